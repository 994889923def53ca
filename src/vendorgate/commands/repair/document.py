"""The JSON reports on ways out, `vendorgate.repair/1` and `vendorgate.alternatives/1`: types, and what fills them.

In: repairs or alternatives. Out: ASCII text; JSON's own escapes keep every input harmless, on a terminal too.
"""

from __future__ import annotations

import datetime
from typing import Literal, Union

import msgspec
from msgspec import UnsetType

from ...lifting.model import ChangeKind, Limit, Repair, Repairs, RepairStep, SearchResult
from ...model.agreement import Agreement
from ...model.evaluation import Evaluation
from ...model.manifest import SettingValue
from ...model.vocabulary import RouteOfUsage
from ...report.document import TOOL, DatedDocument, ReportedLocation, location, stated, written
from ...report.json import Report, ReportedEvidence, ReportedResult, reported, reported_citation, reported_result
from .model import Alternative, Alternatives, Kinship
from .wording import place_of, step_words


class ReportedEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An entry that the agreements register needs."""

    kind: str
    """What is to be signed."""
    offerings: tuple[str, ...]
    """Globs; the entry may name more."""
    status: str
    """Where it must stand."""
    signed: datetime.date
    """The day by which it must be signed."""
    expires: Union[datetime.date, None]
    """The day until which it must run; null where one without an end will do."""
    or_later: bool
    """Whether it may run for another year as well."""
    projects: tuple[str, ...]
    """Globs; the entry may name more."""
    reference: Union[str, None]
    """That it is filed somewhere; null where no policy asks for that."""


class ReportedStep(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One change."""

    kind: ChangeKind
    """What is asked of us."""
    words: str
    """What to do, in words."""
    cost: int
    """What it asks of us, as a number; the costs of a set add up."""
    offering: str
    """Of the route that it is on."""
    account: Union[str, None]
    """Of the route; null where the manifest names none."""
    vendor: Union[str, None]
    """Of a route to an unlisted vendor; null of every other."""
    route: RouteOfUsage
    """How the usage comes to it."""
    field: str
    """As the manifest names it, settings with their name: `settings.data_sharing`."""
    old: Union[SettingValue, None]
    """The value that it has, or the name in a list that is replaced; null where nothing is declared or only added."""
    new: Union[SettingValue, None]
    """The value or the name instead; null: do without."""
    options: tuple[SettingValue, ...]
    """What would do as well as `new`, with all else as it is."""
    agreement: Union[ReportedEntry, None]
    """The entry that the register needs; null without a register, or where no agreement is meant."""
    needed_by: tuple[str, ...]
    """Policies that block without it."""
    location: Union[ReportedLocation, None]
    """Where in the manifest or in the register; null where neither has such a place yet."""


class ReportedRepair(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A set of changes with which the usage passes, and with fewer of them does not."""

    cost: int
    """Of all its changes."""
    changes: tuple[ReportedStep, ...]
    """By route, the least first."""


class RepairReport(DatedDocument, frozen=True):
    """The repairs of a usage."""

    schema: Literal["vendorgate.repair/1"]
    """The format."""
    usage: str
    """The id of the usage."""
    answer: Literal["passes", "repairs", "none"]
    """It passes already; there are repairs; or none was found."""
    ignored_waivers: bool
    """Whether waivers were left out of account."""
    repairs: tuple[ReportedRepair, ...]
    """The cheapest first."""
    more: bool
    """Whether there may be more."""
    stopped: Union[Limit, None]
    """The bound that ended the search early; null where none did."""
    bound: Union[int, None]
    """How much that was: so many judgements of a route by a policy, or changes on one route."""
    obstacles: tuple[ReportedResult, ...]
    """Without a repair: results that no changes on our side lift."""
    rest: Union[ReportedRepair, None]
    """Beside these: the cheapest changes with which nothing else blocks; null where nothing else does, or none were
    found."""
    report: Report
    """On the usage as it is, as a check writes it, without notices."""


class ReportedAlternative(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An offering in the place of another."""

    offering: str
    """The offering."""
    name: str
    """Its name."""
    developer: str
    """Makes the model."""
    platform: str
    """Serves it."""
    kinship: Kinship
    """How near it is to the one that it would replace."""
    passes: bool
    """Whether the usage passes with it and with the changes."""
    cost: Union[int, None]
    """Of the changes; null where it does not pass."""
    changes: tuple[ReportedStep, ...]
    """What it still needs."""
    models: Union[tuple[str, ...], None]
    """Models that are taken over, by their names there; null where none are declared, or not before a change does."""
    features: tuple[str, ...]
    """Features that are taken over. Nothing else of the route is: other accounts have their own."""
    left_behind: tuple[str, ...]
    """What is declared now and has no counterpart there by its name."""
    evidence: tuple[ReportedEvidence, ...]
    """Where it passes: what the policies that apply would rest on."""
    obstacles: tuple[ReportedResult, ...]
    """Where it does not: results that no changes on our side lift."""
    rest: Union[ReportedRepair, None]
    """Beside these: the cheapest changes with which nothing else blocks; null where nothing else does, or none were
    found."""
    stopped: Union[Limit, None]
    """The bound that ended the search early; null where none did."""
    bound: Union[int, None]
    """How much that was: so many judgements of a route by a policy, or changes on one route."""


class ReportedSkipped(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An offering that was not looked at."""

    offering: str
    """The offering."""
    why: str
    """Why."""


class AlternativesReport(DatedDocument, frozen=True):
    """Every offering in the place of one route's."""

    schema: Literal["vendorgate.alternatives/1"]
    """The format."""
    usage: str
    """The id of the usage."""
    offering: str
    """The offering that would be replaced."""
    account: Union[str, None]
    """Of the route; null where the manifest names none."""
    vendor: Union[str, None]
    """Of a route to an unlisted vendor; null of every other."""
    route: RouteOfUsage
    """How the usage comes to it."""
    answer: Literal["passes", "alternatives", "none"]
    """The usage passes already; there are offerings with which it would; or there are none."""
    ignored_waivers: bool
    """Whether waivers were left out of account."""
    alternatives: tuple[ReportedAlternative, ...]
    """Those that pass, the nearest first, then those that do not, the closest first; empty where it passes already."""
    skipped: tuple[ReportedSkipped, ...]
    """Offerings that were not looked at."""
    report: Report
    """On the usage as it is, as a check writes it, without notices."""


def render_repairs(found: Repairs) -> str:
    """The report; the same repairs give the same bytes."""
    return written(_repairs(found))


def _repairs(found: Repairs) -> RepairReport:
    evaluation, search = found.evaluation, found.search
    repairs = () if search is None else search.repairs
    return RepairReport(
        schema="vendorgate.repair/1",
        tool=TOOL,
        as_of=evaluation.as_of,
        usage=evaluation.subjects[0].usage,
        answer="passes" if search is None else "repairs" if repairs else "none",
        ignored_waivers=found.ignored_waivers,
        repairs=tuple(ReportedRepair(one.cost, _changes(one, evaluation)) for one in repairs),
        more=search is not None and search.more,
        stopped=None if search is None else search.stopped,
        bound=None if search is None else search.bound,
        obstacles=() if search is None else tuple(reported_result(one) for one in search.obstacles),
        rest=None if search is None else _rest(search, evaluation),
        report=reported(evaluation),
    )


def _rest(search: SearchResult, evaluation: Evaluation, *, with_places: bool = True) -> ReportedRepair | None:
    rest = search.rest
    if rest is None:
        return None
    return ReportedRepair(rest.cost, _changes(rest, evaluation, with_places=with_places))


def _changes(repair: Repair, evaluation: Evaluation, *, with_places: bool = True) -> tuple[ReportedStep, ...]:
    return tuple(_change(step, evaluation, with_places=with_places) for step in repair.steps)


def _change(step: RepairStep, evaluation: Evaluation, *, with_places: bool) -> ReportedStep:
    change, subject = step.change, evaluation.subjects[0]
    place = place_of(change, subject, evaluation.bundle) if with_places else None
    return ReportedStep(
        kind=change.kind,
        words=step_words(step, subject.manifest.project),
        cost=change.cost,
        offering=change.name.offering,
        account=change.name.account,
        vendor=change.name.vendor,
        route=change.route,
        field=change.field,
        old=change.old,
        new=change.new,
        options=step.options,
        agreement=None if change.agreement is None else _entry(change.agreement, or_later=step.or_later),
        needed_by=step.needed_by,
        location=location(place),
    )


def _entry(entry: Agreement, *, or_later: bool) -> ReportedEntry:
    assert not isinstance(entry.signed, UnsetType), "what is to be executed is signed on a day"
    return ReportedEntry(
        kind=entry.kind,
        offerings=entry.offerings,
        status=entry.status,
        signed=entry.signed,
        expires=stated(entry.expires),
        or_later=or_later,
        projects=entry.projects,
        reference=stated(entry.reference),
    )


def render_alternatives(found: Alternatives) -> str:
    """The report, always of all alternatives; the same give the same bytes."""
    return written(_alternatives(found))


def _alternatives(found: Alternatives) -> AlternativesReport:
    evaluation = found.evaluation
    passes = evaluation.verdict == "pass"
    return AlternativesReport(
        schema="vendorgate.alternatives/1",
        tool=TOOL,
        as_of=evaluation.as_of,
        usage=found.route.usage,
        offering=found.route.offering.id,
        account=found.route.name.account,
        vendor=found.route.name.vendor,
        route=found.route.route,
        answer="passes" if passes else "alternatives" if found.passing else "none",
        ignored_waivers=found.ignored_waivers,
        alternatives=tuple(_alternative(one, evaluation) for one in (*found.passing, *found.failing)),
        skipped=tuple(ReportedSkipped(*pair) for pair in found.skipped),
        report=reported(evaluation),
    )


def _alternative(one: Alternative, evaluation: Evaluation) -> ReportedAlternative:
    offering, repair = one.offering.written, one.repair
    same = one.kinship == "same offering"
    return ReportedAlternative(
        offering=one.offering.id,
        name=offering.name,
        developer=offering.developer,
        platform=offering.platform,
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
