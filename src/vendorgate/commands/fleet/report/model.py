"""What a report on a fleet is made of: subjects by what they have in common, and everything else that a run knows.

In: nothing. Out: frozen data, read once from a run and rendered by every format. Texts are as the run has them, save
that two which look the same when they are shown are one.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Mapping
from typing import Final, Literal

import msgspec

from ....model.vocabulary import Outcome, Severity

OUTCOMES: Final[tuple[Outcome, ...]] = ("fail", "unknown", "waived", "pass", "not_applicable")
"""The worst first."""
Facet = Literal["team", "platform", "region", "data", "place"]
FACETS: Final[tuple[Facet, ...]] = ("team", "platform", "region", "data", "place")
"""By what subjects are counted: `place` is the repository, else the project; of `data` a subject may have several."""
EndKind = Literal["evidence", "agreement", "waiver", "enforcement"]
END_KINDS: Final[tuple[EndKind, ...]] = ("evidence", "agreement", "waiver", "enforcement")
TURNS: Final[Mapping[EndKind, str]] = {"evidence": "p", "agreement": "p", "waiver": "wW", "enforcement": "fu"}
"""Whose results an end may turn, by the letters of `JudgedCaseView.verdicts`."""
LETTERS: Final[Mapping[Outcome, str]] = {"fail": "f", "unknown": "u", "waived": "w", "pass": "p", "not_applicable": "n"}
"""A verdict as a letter; an upper-case one blocks."""
SEVERITY_LETTERS: Final[Mapping[Severity, str]] = {"error": "e", "warning": "w", "note": "n"}


class Tally(msgspec.Struct, frozen=True):
    """How many of something came to what."""

    outcomes: tuple[int, ...]
    """By `OUTCOMES`; each is counted once."""
    blocks: int
    """How many of them block."""

    @property
    def total(self) -> int:
        return sum(self.outcomes)

    @property
    def worst(self) -> Outcome:
        """The worst outcome that any has."""
        return next((name for name, one in zip(OUTCOMES, self.outcomes, strict=True) if one), "not_applicable")

    def plus(self, other: Tally) -> Tally:
        pairs = zip(self.outcomes, other.outcomes, strict=True)
        return Tally(tuple(one + another for one, another in pairs), self.blocks + other.blocks)


NO_TALLY: Final = Tally((0,) * len(OUTCOMES), 0)


class PolicyRow(msgspec.Struct, frozen=True):
    """A policy of the bundle, and what all its results came to."""

    id: str
    title: str
    severity: str
    tally: Tally


class CaseView(msgspec.Struct, frozen=True):
    """All subjects that no policy could tell apart."""

    platform: int
    region: int
    data: tuple[int, ...]
    """Each by its place in the names of the facet."""
    verdicts: str
    """A letter a policy (`LETTERS`)."""
    severities: str
    """A letter a policy (`SEVERITY_LETTERS`): in effect on the day, which may be less than what the policy says."""
    outcome: Outcome
    """The worst."""
    blocks: bool
    waivers: Mapping[int, str]
    """By policy, who approved and until when."""
    reasons: Mapping[int, str]
    """By policy, in short why it did not pass."""

    def tally(self, many: int) -> Tally:
        """So many subjects of this case."""
        return Tally(tuple(many if name == self.outcome else 0 for name in OUTCOMES), many if self.blocks else 0)


class Manifest(msgspec.Struct, frozen=True):
    """A manifest, judged or not."""

    repository: str | None
    path: str
    project: str | None
    team: int
    place: int
    problems: tuple[str, ...]
    """Why it was not judged."""


class Subjects(msgspec.Struct, frozen=True):
    """All subjects, a column each: in the order of their manifests."""

    manifest: array[int]
    case: array[int]
    offering: array[int]
    usage: array[int]
    account: array[int]
    route: array[int]
    line: array[int]
    """0: nobody knows it."""
    texts: tuple[str, ...]
    """What offerings, usages, accounts and routes are called; the first is of what has none."""


class Ending(msgspec.Struct, frozen=True):
    """What turns results by itself after a day."""

    kind: EndKind
    what: str
    """A dimension, a kind of agreement, who approved a waiver; empty of what is enforced."""
    offering: int | None
    """Its place in the texts of subjects; None: whatever the offering is."""
    policies: tuple[int, ...]
    until: str
    """The last day as it is now, YYYY-MM-DD; empty: nobody knows it."""
    reference: str
    when: str
    """The month of a figure as YYYY-MM, or `later`."""
    subjects: int
    """How many have a result that it may turn."""
    manifests: tuple[int, ...] | None
    """Those of the projects that it is about; None: all."""


class Ends(msgspec.Struct, frozen=True):
    """All that ends."""

    months: tuple[str, ...]
    """Months, and `later`: the columns of a figure."""
    endings: tuple[Ending, ...]
    """The first day first."""
    subjects: Mapping[tuple[EndKind, str], int]
    """How many have a result that anything of a kind may turn, by kind and column."""


class RepositoryRow(msgspec.Struct, frozen=True):
    """A repository that was asked for."""

    name: str
    state: Literal["error", "none", "has"]
    """Could not be read; has no manifest; has some."""
    manifests: int
    problem: str
    help: str
    gathered: str


class DriftRow(msgspec.Struct, frozen=True):
    """One way in which code departs from what is declared."""

    repository: str
    id: str
    severity: Severity
    message: str
    place: str
    offering: str


class NoticeRow(msgspec.Struct, frozen=True):
    """Something worth knowing."""

    id: str
    severity: Severity
    message: str
    manifest: int | None
    case: int | None
    """None twice: of the run as a whole."""
    usage: str


class RuleRow(msgspec.Struct, frozen=True):
    """A fleet policy, which judges all usages together."""

    id: str
    title: str
    outcome: Outcome
    severity: Severity
    blocks: bool
    told: tuple[str, ...]


class RunInput(msgspec.Struct, frozen=True):
    """What a run was judged by."""

    kind: str
    name: str
    sha256: str


class RunAbout(msgspec.Struct, frozen=True):
    """What `run.json` says."""

    verdict: str
    as_of: str
    version: str
    inputs: tuple[RunInput, ...]
    results: Tally
    """Of all results, as the summary counts them."""
    manifests: int
    unjudged: int
    subjects: int
    departing: int
    """Differences between code and manifests that block."""


class Fleet(msgspec.Struct, frozen=True):
    """All that a report shows."""

    about: RunAbout
    names: Mapping[Facet, tuple[str | None, ...]]
    """Of each facet, those with most that blocks first, then those with most; None: it has none."""
    tallies: Mapping[Facet, tuple[Tally, ...]]
    """Subjects by name, by their worst outcome."""
    tally: Tally
    """All subjects."""
    policies: tuple[PolicyRow, ...]
    cases: tuple[CaseView, ...]
    of_case: tuple[int, ...]
    """How many subjects each case is."""
    manifests: tuple[Manifest, ...]
    subjects: Subjects
    ends: Ends
    repositories: tuple[RepositoryRow, ...]
    drift: tuple[DriftRow, ...]
    notices: tuple[NoticeRow, ...]
    rules: tuple[RuleRow, ...]

    @property
    def unreachable(self) -> int:
        """Repositories of which nothing is known."""
        return sum(one.state == "error" for one in self.repositories)

    def together(self) -> Counter[tuple[int, int]]:
        """How many subjects are of a manifest and a case."""
        return Counter(zip(self.subjects.manifest, self.subjects.case, strict=True))
