"""Evidence of many days: what each file says of its day, and what that comes to over a period."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Literal, Union

import msgspec

from ...errors import Problem
from ...model.manifest import RouteName
from ...model.result import SupportKind
from ...model.vocabulary import Outcome, RouteOfUsage, Severity, Verdict

DayState = Union[Outcome, Literal["not_declared", "not_in_force", "no_evidence"]]
"""What a result is on a day: an outcome; `not_declared`: the usage or route was not there; `not_in_force`: no policy of
that id judged; `no_evidence`: nobody knows."""
FileKind = Literal["pack", "report"]
LeftBecause = Literal["not-evidence", "another-document", "link", "to-come", "outside"]
"""Why a file says nothing of the period: it is no evidence at all, a document of another kind, a link, of a day that is
still to come, or of one outside of the period."""
TurnDirection = Literal["worse", "better", "neither"]
TurnKind = Literal[
    "agreement-ended",
    "waiver-ended",
    "evidence-aged",
    "observation-aged",
    "agreement",
    "waiver",
    "evidence",
    "observation",
    "manifest",
    "policies",
    "registry",
    "version",
    "day",
]
"""Why a result turned: what it rested on had ended; what it rested on counts no more, or says something else; an input
is another one; or nothing but the day differs."""


class SupportSaid(msgspec.Struct, frozen=True):
    """Something that could be shown and that a result rested on."""

    kind: SupportKind
    what: str
    value: str
    reference: str | None
    until: datetime.date | None


class ResultSaid(msgspec.Struct, frozen=True):
    """What a report says of a result."""

    outcome: Outcome
    severity: Severity
    blocks: bool
    manifest: str
    """SHA-256 of its manifest."""
    supports: tuple[SupportSaid, ...] | None
    """None: a report of an earlier version, which does not say."""
    cause: str | None

    @property
    def first_to_end(self) -> SupportSaid | None:
        """Of what it rests on, what ends first; None where nothing does."""
        ending = [(one.until, one) for one in self.supports or () if one.until is not None]
        return min(ending, key=lambda pair: pair[0])[1] if ending else None

    @property
    def until(self) -> datetime.date | None:
        """The earliest last day of what it rests on."""
        return None if self.first_to_end is None else self.first_to_end.until


class SubjectKey(msgspec.Struct, frozen=True, order=True):
    """Which usage by which route, in whatever report."""

    repository: str
    """Empty where nobody said one."""
    project: str
    usage: str
    route: RouteOfUsage
    offering: str
    account: str
    vendor: str

    @property
    def name(self) -> RouteName:
        return RouteName(self.offering, self.account or None, self.vendor or None)


class ResultKey(msgspec.Struct, frozen=True, order=True):
    """Which policy on which subject."""

    subject: SubjectKey
    policy: str


class KeptFile(msgspec.Struct, frozen=True):
    """A pack or a report that was read."""

    path: str
    kind: FileKind
    sha256: str
    as_of: datetime.date
    as_of_given: bool
    """Whether somebody chose the day."""
    version: str
    verdict: Verdict
    repository: str
    """Empty where nobody said one."""
    bundle: str
    release: str
    registry: str
    projects: frozenset[str]
    policies: frozenset[str]
    """Those that judged."""
    results: Mapping[ResultKey, ResultSaid]


class LeftFile(msgspec.Struct, frozen=True):
    """A file that says nothing of the period."""

    path: str
    why: LeftBecause


class RefusedFile(msgspec.Struct, frozen=True):
    """A file that should be evidence, and cannot be relied on."""

    path: str
    problems: tuple[Problem, ...]


class Collected(msgspec.Struct, frozen=True):
    """All files of a folder."""

    kept: tuple[KeptFile, ...]
    """By day and path."""
    left: tuple[LeftFile, ...]
    refused: tuple[RefusedFile, ...]


class Period(msgspec.Struct, frozen=True):
    """The days that are asked about, both ends included."""

    first: datetime.date
    last: datetime.date
    every: int
    """For how many days a report speaks at most."""

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


class Span(msgspec.Struct, frozen=True):
    """Days on which a result is the same."""

    first: datetime.date
    last: datetime.date
    state: DayState
    severity: Severity | None
    """None where nothing was judged."""
    blocks: bool
    paths: tuple[str, ...]
    """Files that say so."""
    ended: SupportSaid | None = None
    """What had ended that the last file before relied on, where that is why there is no evidence."""

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


class TurnReason(msgspec.Struct, frozen=True):
    """One thing because of which a result turned."""

    kind: TurnKind
    words: str


class SeriesTurn(msgspec.Struct, frozen=True):
    """A result that is another one from a day on."""

    day: datetime.date
    """The first day that is known to be so."""
    last_day: datetime.date
    """The last day that is known to be as before."""
    before: DayState
    after: DayState
    direction: TurnDirection
    reasons: tuple[TurnReason, ...]
    said: str | None
    """What keeps it from passing now, as the report says."""


class Disagreement(msgspec.Struct, frozen=True):
    """A day of which two files say different things of one result; the worse of them counts."""

    day: datetime.date
    states: tuple[DayState, ...]
    paths: tuple[str, ...]


class ResultSeries(msgspec.Struct, frozen=True):
    """One result over the period."""

    key: ResultKey
    spans: tuple[Span, ...]
    """Every day of the period, each once."""
    turns: tuple[SeriesTurn, ...]
    disagreements: tuple[Disagreement, ...]

    @property
    def held(self) -> bool:
        """Whether it passed, was waived, did not apply or was not there, on every day."""
        return all(one.state in ("pass", "waived", "not_applicable", "not_declared") for one in self.spans)

    @property
    def blocked(self) -> bool:
        return any(one.blocks for one in self.spans)

    @property
    def missing(self) -> bool:
        return any(one.state == "no_evidence" for one in self.spans)

    @property
    def worse(self) -> bool:
        return any(one.direction == "worse" for one in self.turns)


class MissingDays(msgspec.Struct, frozen=True):
    """Days of which no file says anything about a project."""

    repository: str
    project: str
    first: datetime.date
    last: datetime.date


class EvidenceSeries(msgspec.Struct, frozen=True):
    """Whether it was so on every day of a period."""

    period: Period
    files: tuple[KeptFile, ...]
    """Those that speak for the period."""
    left: tuple[LeftFile, ...]
    refused: tuple[RefusedFile, ...]
    series: tuple[ResultSeries, ...]
    missing: tuple[MissingDays, ...]

    @property
    def repositories(self) -> tuple[str, ...]:
        return tuple(sorted({one.repository for one in self.files}))

    @property
    def failed(self) -> bool:
        """Whether anything blocked, got worse, is not known on some day, or is told in two ways."""
        short = any(one.blocked or one.worse or one.missing or one.disagreements for one in self.series)
        return short or bool(self.incomplete or self.failed_beside)

    @property
    def incomplete(self) -> tuple[KeptFile, ...]:
        """Files of checks that could not judge all manifests."""
        return tuple(one for one in self.files if one.verdict == "incomplete")

    @property
    def failed_beside(self) -> tuple[KeptFile, ...]:
        """Files of checks that failed by something that is no result of a policy, such as code that nobody declares."""
        failed = (one for one in self.files if one.verdict == "fail")
        return tuple(one for one in failed if not any(said.blocks for said in one.results.values()))

    @property
    def chosen(self) -> tuple[KeptFile, ...]:
        """Files of a day that somebody chose: they can have been made on any other."""
        return tuple(one for one in self.files if one.as_of_given)
