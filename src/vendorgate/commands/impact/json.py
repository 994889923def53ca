"""The JSON report on an adoption, `vendorgate.impact/1`.

In: an adoption. Out: ASCII text; JSON's own escapes keep every input harmless, on a terminal too.
"""

from __future__ import annotations

import msgspec

from ...comparison.document import changed_cell, changed_offering, edited, standing
from ...errors import Problem
from ...model.report import ReportedTool
from ...report.ascii_json import dumps
from ...report.finding import shortfalls
from ...report.json import inputs, location, notice, summary
from ...version import VERSION
from . import document as model
from .model import Adoption, Impact, ImpactGroup, Origins, Refusal, Side


def render(adoption: Adoption) -> str:
    """The report; the same adoption gives the same bytes."""
    return dumps(msgspec.to_builtins(_report(adoption)))


def _report(adoption: Adoption) -> model.ImpactReport:
    now = adoption.before.evaluation
    return model.ImpactReport(
        schema="vendorgate.impact/1",
        tool=ReportedTool("vendorgate", VERSION),
        as_of=now.as_of.isoformat(),
        manifests=inputs(now).manifests,
        before=_side(adoption.before),
        after=_side(adoption.after, refused=bool(adoption.refusals)),
        summary=model.ReportedImpactCounts(*msgspec.structs.astuple(adoption.summary)),
        refused=tuple(map(_refusal, adoption.refusals)),
        groups=tuple(map(_group, adoption.groups)),
        without_effect=_differences(adoption.idle),
        notices=tuple(map(notice, adoption.notices)),
    )


def _side(side: Side, refused: bool = False) -> model.ReportedSide:
    found = inputs(side.evaluation)
    return model.ReportedSide(
        policies=side.policies,
        bundle=found.bundle,
        registry_path=side.registry,
        registry=found.registry,
        agreements=found.agreements,
        verdict="refused" if refused else side.evaluation.verdict,
        summary=summary(side.evaluation),
    )


def _refusal(refusal: Refusal) -> model.ReportedRefusal:
    return model.ReportedRefusal(
        manifest=refusal.manifest.source.path,
        project=refusal.manifest.project,
        usage=refusal.usage,
        causes=refusal.causes,
        because=_differences(refusal.origins),
        problems=tuple(map(_problem, refusal.problems)),
        judged=refusal.judged,
    )


def _problem(problem: Problem) -> model.ReportedProblem:
    return model.ReportedProblem(problem.title, problem.help, location(problem.location))


def _group(group: ImpactGroup) -> model.ReportedGroup:
    return model.ReportedGroup(group.causes, _differences(group.origins), tuple(map(_impact, group.impacts)))


def _differences(origins: Origins) -> model.ReportedDifferences:
    registry = (*map(changed_cell, origins.cells), *map(changed_offering, origins.offerings))
    return model.ReportedDifferences(registry, tuple(map(edited, origins.edits)))


def _impact(impact: Impact) -> model.ReportedImpact:
    result, after = impact.result, impact.after
    subject = result.subject
    return model.ReportedImpact(
        kind=impact.kind,
        manifest=subject.manifest.source.path,
        project=subject.manifest.project,
        usage=subject.usage,
        offering=subject.offering.id,
        route=subject.route,
        policy=result.policy.id,
        title=result.policy.title,
        location=location(subject.location),
        before=standing(impact.before),
        after=standing(after),
        why=() if after is None else tuple(one.message for one in shortfalls(after)),
    )
