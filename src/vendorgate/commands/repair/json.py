"""The JSON reports on ways out, `vendorgate.repair/1` and `vendorgate.alternatives/1`.

In: repairs or alternatives. Out: ASCII text; JSON's own escapes keep every input harmless, on a terminal too.
"""

from __future__ import annotations

import msgspec
from msgspec import UnsetType

from ...model.agreement import Agreement
from ...model.evaluation import Evaluation
from ...model.report import ReportedTool
from ...report.ascii_json import dumps
from ...report.json import location, reported, reported_citation, reported_result
from ...version import VERSION
from . import document as model
from .model import Alternative, Alternatives, Repair, Repairs, RepairStep, SearchResult
from .wording import place_of, step_words


def render_repairs(found: Repairs) -> str:
    """The report; the same repairs give the same bytes."""
    return dumps(msgspec.to_builtins(_repairs(found)))


def _repairs(found: Repairs) -> model.RepairReport:
    evaluation, search = found.evaluation, found.search
    repairs = () if search is None else search.repairs
    return model.RepairReport(
        schema="vendorgate.repair/1",
        tool=ReportedTool("vendorgate", VERSION),
        as_of=evaluation.as_of.isoformat(),
        usage=evaluation.subjects[0].usage,
        answer="passes" if search is None else "repairs" if repairs else "none",
        ignored_waivers=found.ignored_waivers,
        repairs=tuple(model.ReportedRepair(one.cost, _changes(one, evaluation)) for one in repairs),
        more=search is not None and search.more,
        stopped=None if search is None else search.stopped,
        bound=None if search is None else search.bound,
        obstacles=() if search is None else tuple(reported_result(one) for one in search.obstacles),
        rest=None if search is None else _rest(search, evaluation),
        report=reported(evaluation),
    )


def _rest(search: SearchResult, evaluation: Evaluation, *, with_places: bool = True) -> model.ReportedRepair | None:
    rest = search.rest
    if rest is None:
        return None
    return model.ReportedRepair(rest.cost, _changes(rest, evaluation, with_places=with_places))


def _changes(repair: Repair, evaluation: Evaluation, *, with_places: bool = True) -> tuple[model.ReportedChange, ...]:
    return tuple(_change(step, evaluation, with_places=with_places) for step in repair.steps)


def _change(step: RepairStep, evaluation: Evaluation, *, with_places: bool) -> model.ReportedChange:
    change, subject = step.change, evaluation.subjects[0]
    place = place_of(change, subject, evaluation.bundle.register) if with_places else None
    return model.ReportedChange(
        kind=change.kind,
        words=step_words(step, subject.manifest.project),
        cost=change.cost,
        offering=change.offering,
        route=change.route,
        field=change.field,
        old=change.old,
        new=change.new,
        options=step.options,
        agreement=None if change.agreement is None else _entry(change.agreement, or_later=step.or_later),
        needed_by=step.needed_by,
        location=location(place),
    )


def _entry(entry: Agreement, *, or_later: bool) -> model.ReportedEntry:
    return model.ReportedEntry(
        kind=entry.kind,
        offerings=entry.offerings,
        status=entry.status,
        signed=str(entry.signed),
        expires=None if isinstance(entry.expires, UnsetType) else entry.expires.isoformat(),
        or_later=or_later,
        projects=entry.projects,
        reference=None if isinstance(entry.reference, UnsetType) else entry.reference,
    )


def render_alternatives(found: Alternatives) -> str:
    """The report, always of all alternatives; the same give the same bytes."""
    return dumps(msgspec.to_builtins(_alternatives(found)))


def _alternatives(found: Alternatives) -> model.AlternativesReport:
    evaluation = found.evaluation
    passes = evaluation.verdict == "pass"
    return model.AlternativesReport(
        schema="vendorgate.alternatives/1",
        tool=ReportedTool("vendorgate", VERSION),
        as_of=evaluation.as_of.isoformat(),
        usage=found.route.usage,
        offering=found.route.offering.id,
        route=found.route.route,
        answer="passes" if passes else "alternatives" if found.passing else "none",
        ignored_waivers=found.ignored_waivers,
        alternatives=tuple(_alternative(one, evaluation) for one in (*found.passing, *found.failing)),
        skipped=tuple(model.ReportedSkipped(*pair) for pair in found.skipped),
        report=reported(evaluation),
    )


def _alternative(one: Alternative, evaluation: Evaluation) -> model.ReportedAlternative:
    written, repair = one.offering.written, one.repair
    same = one.kinship == "same offering"
    return model.ReportedAlternative(
        offering=one.offering.id,
        name=written.name,
        developer=written.developer,
        platform=written.platform,
        kinship=one.kinship,
        passes=repair is not None,
        cost=None if repair is None else repair.cost,
        changes=() if repair is None else _changes(repair, evaluation, with_places=same),
        models=one.models,
        features=one.features,
        left_behind=one.left_behind,
        evidence=tuple(reported_citation(citation) for citation in one.evidence),
        obstacles=tuple(reported_result(result) for result in one.search.obstacles),
        rest=_rest(one.search, evaluation, with_places=same),
        stopped=one.search.stopped,
        bound=one.search.bound,
    )
