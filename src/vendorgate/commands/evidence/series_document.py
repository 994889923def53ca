"""The JSON report on a period, `vendorgate.evidence-series/1`: its type, and what fills it.

In: an `EvidenceSeries`. Out: ASCII text; JSON's own escapes keep every input harmless, on a terminal too.
"""

from __future__ import annotations

import datetime
from typing import Literal, Union

import msgspec

from ...model.vocabulary import RouteOfUsage, Severity, Verdict
from ...report.document import TOOL, JsonDocument, ReportedProblem, problem, written
from .series_model import (
    DayState,
    EvidenceSeries,
    FileKind,
    KeptFile,
    LeftBecause,
    ResultSeries,
    SeriesTurn,
    Span,
    TurnDirection,
    TurnKind,
)
from .turning import support_words


class ReportedPeriod(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The days that are asked about."""

    first: datetime.date = msgspec.field(name="from")
    """The first one."""
    until: datetime.date
    """The last one."""
    days: int
    """How many there are."""
    every: int
    """For how many days a report speaks at most, its own included."""


class ReportedFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A pack or a report that speaks for the period."""

    path: str
    """In the folder."""
    kind: FileKind
    """A pack, whose digests hold, or a report, which says nothing of itself."""
    sha256: str
    """Of its bytes."""
    as_of: datetime.date
    """Its day."""
    as_of_given: bool
    """Whether somebody chose that day: then it can have been made on any other."""
    version: str
    """Of vendorgate, as it says."""
    repository: Union[str, None]
    """In which it was judged; null where nobody said it."""
    verdict: Verdict
    """As it says."""
    bundle: str
    """SHA-256 of its policies."""
    registry: str
    """SHA-256 of its registry."""
    projects: tuple[str, ...]
    """Of which it says something."""


class ReportedLeft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file that says nothing of the period."""

    path: str
    """In the folder."""
    why: LeftBecause
    """It is no evidence, a document of another kind, a link, of a day to come, or of one outside of the period."""


class ReportedRefused(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file that should be evidence, and cannot be relied on."""

    path: str
    """In the folder."""
    problems: tuple[ReportedProblem, ...]
    """What is wrong with it."""


class ReportedSpan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Days on which a result is the same."""

    first: datetime.date = msgspec.field(name="from")
    """The first one."""
    until: datetime.date
    """The last one."""
    state: DayState
    """The outcome; `not_declared`: the usage or route was not there; `not_in_force`: no policy of that id judged;
    `no_evidence`: no file speaks for these days, or one that could not judge all."""
    severity: Union[Severity, None]
    """In effect on these days; null where nothing was judged."""
    blocks: Union[bool, None]
    """Whether it fails a check; null where nobody knows."""
    paths: tuple[str, ...]
    """Files that say so."""
    because: Union[str, None]
    """What counted until the day before, where that is why there is no evidence; else null."""


class ReportedTurnReason(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing because of which a result turned."""

    kind: TurnKind
    """What it is."""
    message: str
    """In words."""


class ReportedSeriesTurn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A result that is another one from a day on."""

    day: datetime.date
    """The first day that is known to be so."""
    last_day: datetime.date
    """The last day that is known to be as before; where that is not the day before, nobody knows when it turned."""
    before: DayState
    """What it was."""
    after: DayState
    """What it is."""
    direction: TurnDirection
    """Whether it got worse; that a policy no longer judges is worse, too."""
    reasons: tuple[ReportedTurnReason, ...]
    """Why."""
    cause: Union[str, None]
    """What keeps it from passing now, as the report says; null where nothing does."""


class ReportedDisagreement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A day of which two files say different things; the worse of them counts."""

    day: datetime.date
    """The day."""
    states: tuple[DayState, ...]
    """What they say."""
    paths: tuple[str, ...]
    """The files."""


class ReportedSeries(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One policy on one subject over the period."""

    repository: Union[str, None]
    """Null where nobody said it."""
    project: str
    """The project."""
    usage: str
    """The id of the usage."""
    route: RouteOfUsage
    """How the usage comes to the offering."""
    offering: str
    """The offering."""
    account: Union[str, None]
    """Which account at the vendor; null where the manifest names none."""
    vendor: Union[str, None]
    """Who an unlisted vendor is; null of every other."""
    policy: str
    """The id of the policy."""
    held: bool
    """Whether it passed, was waived, did not apply or was not there on every day, all of which are known."""
    spans: tuple[ReportedSpan, ...]
    """Every day of the period, each once."""
    turns: tuple[ReportedSeriesTurn, ...]
    """When it turned."""
    disagreements: tuple[ReportedDisagreement, ...]
    """Days of which two files say different things."""


class ReportedMissing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Days of which no file says anything about a project."""

    repository: Union[str, None]
    """Null where nobody said it."""
    project: str
    """The project."""
    first: datetime.date = msgspec.field(name="from")
    """The first one."""
    until: datetime.date
    """The last one."""


class SeriesSummary(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Counts of results over the period."""

    series: int
    """Results that there were."""
    held: int
    """Of these, those that held on every day."""
    blocked: int
    """Those that failed a check on some day."""
    missing: int
    """Those of which some day is not known."""
    worse: int
    """Those that got worse on some day."""
    disagreeing: int
    """Those of which two files of one day say different things."""


class EvidenceSeriesReport(JsonDocument, frozen=True):
    """Whether it was so on every day of a period."""

    schema: Literal["vendorgate.evidence-series/1"]
    """The format."""
    period: ReportedPeriod
    """The days that are asked about."""
    summary: SeriesSummary
    """Counts."""
    files: tuple[ReportedFile, ...]
    """Packs and reports that speak for the period, by day."""
    refused: tuple[ReportedRefused, ...]
    """Files that should be evidence, and cannot be relied on."""
    left: tuple[ReportedLeft, ...]
    """Files that say nothing of the period."""
    missing: tuple[ReportedMissing, ...]
    """Days of which no file says anything, by project."""
    series: tuple[ReportedSeries, ...]
    """By repository, project, usage, route, offering and policy."""


def render(found: EvidenceSeries) -> str:
    """The report; the same files give the same bytes."""
    return written(_report(found))


def summary(found: EvidenceSeries) -> SeriesSummary:
    """Counts."""
    every = found.series
    return SeriesSummary(
        len(every),
        sum(one.held for one in every),
        sum(one.blocked for one in every),
        sum(one.missing for one in every),
        sum(one.worse for one in every),
        sum(bool(one.disagreements) for one in every),
    )


def _report(found: EvidenceSeries) -> EvidenceSeriesReport:
    period = found.period
    return EvidenceSeriesReport(
        schema="vendorgate.evidence-series/1",
        tool=TOOL,
        period=ReportedPeriod(period.first, period.last, period.days, period.every),
        summary=summary(found),
        files=tuple(map(_file, found.files)),
        refused=tuple(ReportedRefused(one.path, tuple(map(problem, one.problems))) for one in found.refused),
        left=tuple(ReportedLeft(one.path, one.why) for one in found.left),
        missing=tuple(
            ReportedMissing(one.repository or None, one.project, one.first, one.last) for one in found.missing
        ),
        series=tuple(map(_series, found.series)),
    )


def _file(one: KeptFile) -> ReportedFile:
    return ReportedFile(
        one.path,
        one.kind,
        one.sha256,
        one.as_of,
        one.as_of_given,
        one.version,
        one.repository or None,
        one.verdict,
        one.bundle,
        one.registry,
        tuple(sorted(one.projects)),
    )


def _series(one: ResultSeries) -> ReportedSeries:
    subject = one.key.subject
    return ReportedSeries(
        subject.repository or None,
        subject.project,
        subject.usage,
        subject.route,
        subject.offering,
        subject.account or None,
        subject.vendor or None,
        one.key.policy,
        one.held,
        tuple(map(_span, one.spans)),
        tuple(map(_turn, one.turns)),
        tuple(ReportedDisagreement(it.day, it.states, it.paths) for it in one.disagreements),
    )


def _span(one: Span) -> ReportedSpan:
    blocks = None if one.state == "no_evidence" else one.blocks
    because = None if one.ended is None else support_words(one.ended)
    return ReportedSpan(one.first, one.last, one.state, one.severity, blocks, one.paths, because)


def _turn(one: SeriesTurn) -> ReportedSeriesTurn:
    reasons = tuple(ReportedTurnReason(it.kind, it.words) for it in one.reasons)
    return ReportedSeriesTurn(one.day, one.last_day, one.before, one.after, one.direction, reasons, one.said)
