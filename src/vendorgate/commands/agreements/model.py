"""What is found out about the agreements register: its entries, findings, and what would be lost with an agreement."""

from __future__ import annotations

import datetime
from collections import Counter
from functools import cached_property
from typing import Literal

import msgspec
from msgspec import UnsetType

from ...model.agreement import Agreement
from ...model.evaluation import Evaluation
from ...model.policy import Policy
from ...model.subject import Subject
from ...model.vocabulary import AgreementState, Decision, Dimension, FailOn, Outcome, Severity, Verdict
from ...source import Location, Path, Source

FindingId = Literal[
    "matches-nothing",
    "contradiction",
    "ended",
    "gap",
    "ends-soon",
    "claim-only",
    "overlap",
    "unused-agreement",
    "missing-document",
    "another-document",
    "unpinned-document",
    "review-due",
    "notice-due",
    "incomplete-entry",
]


class RegisterEntry(msgspec.Struct, frozen=True):
    """An agreement at its place in the register."""

    agreement: Agreement
    source: Source
    index: int
    """From 0."""

    @property
    def reference(self) -> str | None:
        """Where it is filed."""
        written = self.agreement.reference
        return None if isinstance(written, UnsetType) else written

    @property
    def filed(self) -> str:
        """Where it is filed, for messages: its reference, or without one its place in the register, from 1."""
        return f"({self.reference})" if self.reference is not None else f"(no. {self.index + 1})"

    @property
    def name(self) -> str:
        """Its kind and where it is filed, for messages."""
        return f"`{self.agreement.kind}` {self.filed}"

    @property
    def notice_by(self) -> datetime.date | None:
        """The last day on which notice can be given; None where it has no end, or nobody said how long before."""
        days, expires = self.agreement.notice_days, self.agreement.expires
        if isinstance(days, UnsetType) or isinstance(expires, UnsetType):
            return None
        return datetime.date.fromordinal(max(expires.toordinal() - days, 1))

    @property
    def path(self) -> Path:
        """Where it stands in the register's file."""
        return ("agreements", self.index)

    @property
    def location(self) -> Location:
        """Where its kind stands."""
        return self.source.locate_entry((*self.path, "kind"))


class Row(msgspec.Struct, frozen=True):
    """An agreement for one offering."""

    entry: RegisterEntry
    offering: str | None
    """None where a glob matches no offering of the registry."""
    glob: str | None
    """The glob that matches none."""
    state: AgreementState
    days_left: int | None
    """To the last day, which is day 0; None where it is not in force or has no end."""
    usages: int | None
    """How many usages, by all routes, of the given manifests it names; None where no manifest is given."""


class RegisterListing(msgspec.Struct, frozen=True):
    """The register by offering and kind."""

    evaluation: Evaluation
    """Of the manifests that are given, or of none."""
    rows: tuple[Row, ...]
    entries: int
    """In the whole register."""


class AgreementFinding(msgspec.Struct, frozen=True):
    """One thing to know about the register, or about claims."""

    id: FindingId
    severity: Severity
    message: str
    help: str
    source: Source
    place: Path
    related: tuple[RegisterEntry, ...] = ()
    """Other agreements that it is about."""

    @property
    def location(self) -> Location:
        return self.source.locate_entry(self.place)


class RegisterCheck(msgspec.Struct, frozen=True, dict=True):
    """A register that has been looked at, beside the usages of some manifests."""

    evaluation: Evaluation
    findings: tuple[AgreementFinding, ...]
    """Errors first, then by id, then as the files have them."""
    entries: int
    """In the register."""
    within: int
    """Days that count as soon."""
    review_within: int
    """Days for which a review counts."""
    fail_on: FailOn
    """The least severity that fails."""
    blocking: int
    """Findings that are so severe."""

    @property
    def verdict(self) -> Verdict:
        """Incomplete as soon as one manifest was not judged, else fail as soon as one finding is so severe."""
        if self.evaluation.not_judged:
            return "incomplete"
        return "fail" if self.blocking else "pass"

    @cached_property
    def counts(self) -> Counter[Severity]:
        """Findings by severity."""
        return Counter(finding.severity for finding in self.findings)


class PolicyRuling(msgspec.Struct, frozen=True):
    """The outcome of a policy for a subject, with the decision on each requirement."""

    outcome: Outcome
    severity: Severity
    blocks: bool
    decisions: tuple[Decision, ...]
    """Of each requirement."""


class Shift(msgspec.Struct, frozen=True):
    """A result that would be another one."""

    policy: Policy
    before: PolicyRuling
    after: PolicyRuling
    way: Literal[-1, 0, 1]
    """1 where it would be worse, -1 where it would be better."""


class Succession(msgspec.Struct, frozen=True):
    """An agreement that counts for a subject, and the one that would count in its place."""

    entry: RegisterEntry
    successor: RegisterEntry | None


class TerminationEffect(msgspec.Struct, frozen=True):
    """What would become of a subject."""

    subject: Subject
    successions: tuple[Succession, ...]
    lost: tuple[Dimension, ...]
    """Dimensions that are covered and would not be."""
    shifts: tuple[Shift, ...]

    @property
    def blocking(self) -> int:
        """How many results would begin to block."""
        return sum(shift.after.blocks and not shift.before.blocks for shift in self.shifts)

    @property
    def harmless(self) -> bool:
        """Whether nothing would change."""
        return not self.lost and not self.shifts


class Termination(msgspec.Struct, frozen=True):
    """What would happen if agreements were terminated on the as-of day, all of them together."""

    entries: tuple[RegisterEntry, ...]
    states: tuple[AgreementState, ...]
    """Where each of them stands on the day."""
    effects: tuple[TerminationEffect, ...]
    """On each subject for which one of them counts, and on no other."""
    spare: int
    """For how many subjects one of them is in force and another agreement counts anyway."""

    @property
    def harmless(self) -> bool:
        """Whether nothing would change."""
        return all(effect.harmless for effect in self.effects)

    @property
    def blocking(self) -> int:
        """How many results would begin to block."""
        return sum(effect.blocking for effect in self.effects)


class Terminations(msgspec.Struct, frozen=True):
    """What would happen if agreements were terminated."""

    evaluation: Evaluation
    found: tuple[Termination, ...]
    """Of each agreement by itself in the order of the register, or of those that were asked for together."""
