"""The JSON report, `vendorgate.report/1`, as it is written."""

from __future__ import annotations

from typing import Any, Literal, Union

import msgspec

from .identity import SaidBy
from .result import NoticeId, ReasonKind
from .vocabulary import Decision, Dimension, Outcome, RouteOfUsage, Severity, Verdict


class ReportedTool(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What made the report."""

    name: Literal["vendorgate"]
    """The program."""
    version: str
    """Its version."""


class ReportedRepository(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The repository that the manifests are judged in."""

    name: Union[str, None]
    """OWNER/NAME; null where nobody said it."""
    said_by: SaidBy
    """Who said it."""


class ReportedManifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A manifest that was judged."""

    path: str
    """As it was named, with forward slashes."""
    sha256: str
    """Of its bytes."""


class ReportedBundle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The policy bundle."""

    name: Union[str, None]
    """Its name."""
    release: Union[str, None]
    """Its release."""
    sha256: str
    """Of its files, with their paths."""


class ReportedRegistry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The registry snapshot."""

    name: str
    """Its name."""
    generated: str
    """The day on which it was made, YYYY-MM-DD."""
    sha256: str
    """Of its files, with their paths."""


class ReportedInputs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that the verdict depends on, with digests."""

    manifests: tuple[ReportedManifest, ...]
    """In the order in which they were judged."""
    bundle: ReportedBundle
    """The policies."""
    registry: ReportedRegistry
    """The evidence."""
    agreements: Literal["register", "self-declared"]
    """What counted as an agreement in force: the bundle's register, or the claims of the manifests."""


class ReportedSummary(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Counts."""

    subjects: int
    """Pairs of usage and offering."""
    passed: int = msgspec.field(name="pass")
    """Results that pass."""
    fail: int
    """Results that fail."""
    unknown: int
    """Results that are unknown."""
    waived: int
    """Results that a waiver covers."""
    not_applicable: int
    """Results of policies that do not apply."""
    blocking: int
    """Results that block."""


class ReportedLocation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A place in a file."""

    path: str
    """The file."""
    line: int
    """From 1."""
    column: int
    """From 1, in code points."""


class ReportedProblem(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A mistake in an input."""

    message: str
    """What was found."""
    location: Union[ReportedLocation, None]
    """Where."""
    help: Union[str, None]
    """What was expected, or what to do."""


class ReportedNotJudged(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A manifest that was not judged."""

    path: str
    """As it was named, with forward slashes."""
    problems: tuple[ReportedProblem, ...]
    """Every mistake in it."""


class ReportedReason(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One step on the way to an outcome."""

    kind: ReasonKind
    """What was looked at."""
    dimension: Union[Dimension, None]
    """The dimension that it is about."""
    outcome: Decision
    """What the step came to."""
    message: str
    """The step in words."""
    reasons: tuple[ReportedReason, ...]
    """What led to it."""


class ReportedRequirement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One requirement of the policy."""

    expression: Any
    """The rule as it is written."""
    outcome: Decision
    """What it came to."""
    message: str
    """What it came to, in words."""
    reasons: tuple[ReportedReason, ...]
    """Why; empty where it passes."""


class ReportedEvidence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A registry cell that the outcome rests on."""

    dimension: Dimension
    """The dimension."""
    value: Union[str, None]
    """The grade; null where the registry states nothing."""
    confidence: Union[str, None]
    """How sure the registry is."""
    verified: Union[str, None]
    """The day on which somebody read the source, YYYY-MM-DD."""
    source: Union[str, None]
    """The primary source."""


class ReportedWaiver(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The waiver in use."""

    policy: str
    """The policies that it names."""
    reason: str
    """Why it was given."""
    approved_by: str
    """By whom."""
    ticket: Union[str, None]
    """Where it is tracked."""
    expires: str
    """Its last day, YYYY-MM-DD."""


class ReportedResult(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One policy on one subject."""

    manifest: str
    """The path of the manifest."""
    project: str
    """The project."""
    usage: str
    """The id of the usage."""
    offering: str
    """The offering that was judged."""
    route: RouteOfUsage
    """How the usage comes to it."""
    policy: str
    """The id of the policy."""
    title: str
    """Its title."""
    severity: Severity
    """In effect on the day."""
    outcome: Outcome
    """What it came to."""
    blocks: bool
    """Whether it fails the check."""
    location: Union[ReportedLocation, None]
    """Where the manifest names the offering."""
    requirements: tuple[ReportedRequirement, ...]
    """All requirements, passes too; none where the policy does not apply."""
    evidence: tuple[ReportedEvidence, ...]
    """What the registry says, with sources."""
    remediation: Union[str, None]
    """The way out."""
    references: tuple[str, ...]
    """Articles and clauses."""
    waiver: Union[ReportedWaiver, None]
    """The waiver in use."""


class ReportedNotice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something worth knowing that never blocks."""

    id: NoticeId
    """What kind of notice it is."""
    severity: Severity
    """How much it matters."""
    message: str
    """The notice in words."""
    location: Union[ReportedLocation, None]
    """Where."""


class Report(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A judgement, with everything that it depends on."""

    schema: Literal["vendorgate.report/1"]
    """The format."""
    tool: ReportedTool
    """What made it."""
    as_of: str
    """The day that was judged by, YYYY-MM-DD."""
    as_of_given: bool
    """Whether somebody chose that day; else it is the day of the run."""
    repository: ReportedRepository
    """In which it was judged."""
    inputs: ReportedInputs
    """What was judged, by what."""
    verdict: Verdict
    """Incomplete as soon as one manifest was not judged, else fail as soon as one result blocks."""
    not_judged: tuple[ReportedNotJudged, ...]
    """Manifests that were meant, too, and have mistakes; nothing else in the report is about them."""
    summary: ReportedSummary
    """Counts."""
    results: tuple[ReportedResult, ...]
    """In manifest order, then route order, then policy order."""
    notices: tuple[ReportedNotice, ...]
    """What is worth knowing."""
