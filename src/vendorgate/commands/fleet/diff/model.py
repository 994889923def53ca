"""What is another in a run than in an earlier one: turned results by their causes, and what came, went and failed."""

from __future__ import annotations

import datetime
from typing import Final, Literal

import msgspec

from ....model.vocabulary import FailOn, Outcome, RouteOfUsage, Severity, Verdict

TurnKind = Literal["new", "worse", "better", "fixed", "gone", "lost"]
"""What became of a result. `new`: its subject or policy was not there, and something is wrong. `fixed`: nothing is
wrong any more. `gone`: something was wrong, and its subject or policy is not there any more. `lost`: the same, because
what it is of could not be judged: no improvement."""
FleetCause = Literal["manifest", "registry", "policies", "day", "threshold", "version"]
"""Which input differs. `policies`: all that stands in the bundle, agreements, waivers and observations among it."""
PlaceKind = Literal["appeared", "vanished", "failed", "mended"]
"""What became of a repository or manifest. `failed`: it can be reached or read no longer; `mended`: again."""


class SubjectName(msgspec.Struct, frozen=True, order=True):
    """What tells a subject from all others of a run, in the order in which runs are gone through; empty: not known."""

    repository: str
    manifest: str
    usage: str
    route: RouteOfUsage
    offering: str
    account: str
    vendor: str


class Standing(msgspec.Struct, frozen=True):
    """What a policy came to for a subject."""

    outcome: Outcome
    severity: Severity
    blocks: bool
    waiver: str | None


class Example(msgspec.Struct, frozen=True):
    """A result that turned."""

    subject: SubjectName
    line: int | None
    policy: str
    before: Standing | None
    after: Standing | None


class Cause(msgspec.Struct, frozen=True, order=True):
    """Why results turned, as far as the two runs tell."""

    inputs: tuple[FleetCause, ...]
    """Inputs that differ, any of which can have done it; none: the subject itself came or went."""
    what: str
    """Of a registry the offering and its dimensions, of a manifest the paths, of policies what of them: in words."""


class Turned(msgspec.Struct, frozen=True):
    """All results that turned the same way for the same cause."""

    kind: TurnKind
    cause: Cause
    results: int
    subjects: int
    policies: tuple[tuple[str, int], ...]
    """Each with how many of its results turned, the most first."""
    blocks: int
    """How many of them block now; of what is gone or lost, blocked before."""
    newly_blocking: int
    """How many block now and did not before."""
    examples: tuple[Example, ...]


class TurnedRule(msgspec.Struct, frozen=True):
    """A rule over all usages that comes to something else; None: it was not, or is not, there."""

    policy: str
    title: str
    kind: TurnKind
    before: tuple[Outcome, bool] | None
    """The outcome, and whether it blocks."""
    after: tuple[Outcome, bool] | None


class Places(msgspec.Struct, frozen=True):
    """Repositories or manifests that came, went, failed or can be judged again."""

    kind: PlaceKind
    count: int
    examples: tuple[str, ...]


_NO: Final[tuple[Outcome, bool]] = ("pass", False)


class RunSide(msgspec.Struct, frozen=True):
    """A run that is compared."""

    shown: str
    as_of: datetime.date
    verdict: Verdict
    database_sha256: str
    bundle_sha256: str
    registry_sha256: str
    version: str
    fail_on: FailOn
    subjects: int
    blocking: int
    departing: int
    """Differences between code and manifests that block."""


class FleetDifference(msgspec.Struct, frozen=True):
    """Two runs, and what is another in the later one."""

    before: RunSide
    after: RunSide
    turned: tuple[Turned, ...]
    """The most results first, of each kind."""
    rules: tuple[TurnedRule, ...]
    unchanged: int
    """Results that are as bad as they were."""
    added: int
    """Subjects that were not there before."""
    removed: int
    """Subjects that are not there any more."""
    repositories: tuple[Places, ...]
    manifests: tuple[Places, ...]

    def count(self, *kinds: TurnKind) -> int:
        """How many results turned in one of these ways."""
        return sum(one.results for one in self.turned if one.kind in kinds) + sum(
            one.kind in kinds for one in self.rules
        )

    @property
    def newly_blocking(self) -> int:
        """How many results and rules block now and did not before."""
        rules = sum(one.after is not None and one.after[1] and not (one.before or _NO)[1] for one in self.rules)
        return sum(one.newly_blocking for one in self.turned) + rules

    @property
    def is_empty(self) -> bool:
        """Whether nothing came, went or turned."""
        return not (self.turned or self.rules or self.added or self.removed or self.repositories or self.manifests)

    @property
    def is_incomplete(self) -> bool:
        """Whether one of the runs did not judge all that was meant."""
        return "incomplete" in (self.before.verdict, self.after.verdict)

    @property
    def is_turned_round(self) -> bool:
        """Whether the run that is given as the earlier one is of a later day."""
        return self.before.as_of > self.after.as_of
