"""The JSON report, `vendorgate.report/1`.

In: an evaluation. Out: ASCII text; JSON's own escapes keep every input harmless, on a terminal too.
"""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import UnsetType

from ..errors import Problem
from ..model import report as model
from ..model.evaluation import Evaluation, NotJudged
from ..model.result import Citation, Notice, Reason, RequirementResult, Result
from ..model.waiver import Waiver
from ..source import Location
from ..version import VERSION
from .ascii_json import dumps


def render(evaluation: Evaluation) -> str:
    """The report; the same evaluation gives the same bytes."""
    return dumps(report(evaluation))


def report(evaluation: Evaluation) -> dict[str, Any]:
    """The report as plain JSON, keys in the order of the contract."""
    plain: dict[str, Any] = msgspec.to_builtins(reported(evaluation))
    return plain


def reported(evaluation: Evaluation) -> model.Report:
    """The report as it is typed."""
    return model.Report(
        schema="vendorgate.report/1",
        tool=model.ReportedTool("vendorgate", VERSION),
        as_of=evaluation.as_of.isoformat(),
        as_of_given=evaluation.as_of_given,
        repository=model.ReportedRepository(evaluation.repository.name, evaluation.repository.said_by),
        inputs=inputs(evaluation),
        verdict=evaluation.verdict,
        not_judged=tuple(map(_not_judged, evaluation.not_judged)),
        summary=summary(evaluation),
        results=tuple(reported_result(result) for result in evaluation.results),
        notices=tuple(notice(one) for one in evaluation.notices),
    )


def inputs(evaluation: Evaluation) -> model.ReportedInputs:
    """Everything that a verdict depends on, with digests."""
    bundle, written = evaluation.bundle, evaluation.snapshot.written
    return model.ReportedInputs(
        tuple(model.ReportedManifest(one.source.path, one.sha256) for one in evaluation.manifests),
        model.ReportedBundle(bundle.name, bundle.release, bundle.sha256),
        model.ReportedRegistry(written.name, written.generated.isoformat(), evaluation.snapshot.sha256),
        evaluation.agreements,
    )


def summary(evaluation: Evaluation) -> model.ReportedSummary:
    """Counts."""
    return model.ReportedSummary(*msgspec.structs.astuple(evaluation.summary))


def _not_judged(left: NotJudged) -> model.ReportedNotJudged:
    return model.ReportedNotJudged(left.path, tuple(map(problem, left.problems)))


def problem(found: Problem) -> model.ReportedProblem:
    """A mistake in an input as it is written."""
    return model.ReportedProblem(found.title, location(found.location), found.help)


def reported_result(result: Result) -> model.ReportedResult:
    """A result as it is typed."""
    subject, policy = result.subject, result.policy
    return model.ReportedResult(
        manifest=subject.manifest.source.path,
        project=subject.manifest.project,
        usage=subject.usage,
        offering=subject.offering.id,
        route=subject.route,
        policy=policy.id,
        title=policy.title,
        severity=result.severity,
        outcome=result.outcome,
        blocks=result.blocks,
        location=location(subject.location),
        requirements=tuple(_requirement(requirement) for requirement in result.requirements),
        evidence=tuple(reported_citation(citation) for citation in result.evidence),
        remediation=policy.remediation,
        references=policy.references,
        waiver=None if result.waiver is None else waiver(result.waiver),
    )


def location(found: Location | None) -> model.ReportedLocation | None:
    """A place as it is written, where there is one."""
    return None if found is None else place(found)


def place(found: Location) -> model.ReportedLocation:
    """A place as it is written."""
    return model.ReportedLocation(found.path, found.line, found.column)


def _requirement(result: RequirementResult) -> model.ReportedRequirement:
    reasons = tuple(_reason(reason) for reason in result.reasons)
    return model.ReportedRequirement(result.requirement.expression, result.outcome, result.message, reasons)


def _reason(reason: Reason) -> model.ReportedReason:
    inner = tuple(_reason(one) for one in reason.reasons)
    return model.ReportedReason(reason.kind, reason.dimension, reason.outcome, reason.message, inner)


def reported_citation(citation: Citation) -> model.ReportedEvidence:
    """What the registry says, as it is typed."""
    written = citation.cell.written if citation.cell is not None else None
    if written is None:
        return model.ReportedEvidence(citation.dimension, None, None, None, None)
    verified = None if written.verified is None else written.verified.isoformat()
    return model.ReportedEvidence(citation.dimension, written.value, written.confidence, verified, written.source)


def waiver(found: Waiver) -> model.ReportedWaiver:
    """A waiver as it is written."""
    written = found.written
    return model.ReportedWaiver(
        policy=written.policy,
        reason=written.reason,
        approved_by=written.approved_by,
        ticket=None if isinstance(written.ticket, UnsetType) else written.ticket,
        expires=written.expires.isoformat(),
    )


def notice(told: Notice) -> model.ReportedNotice:
    """A notice as it is written."""
    assert told.id != "not-judged"
    return model.ReportedNotice(told.id, told.severity, told.message, location(told.location))
