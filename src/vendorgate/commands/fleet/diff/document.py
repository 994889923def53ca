"""What is another in a run as JSON, `vendorgate.fleet-diff/1`: types, and what fills them.

In: a difference. Out: ASCII text.
"""

from __future__ import annotations

import datetime
from typing import Literal, Union

import msgspec

from ....model.vocabulary import FailOn, Outcome, RouteOfUsage, Severity, Verdict
from ....report.document import TOOL, JsonDocument, written
from .model import (
    Example,
    FleetCause,
    FleetDifference,
    PlaceKind,
    Places,
    RunSide,
    Standing,
    Turned,
    TurnedRule,
    TurnKind,
)
from .wording import cause_words, notes


class ReportedRun(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A run that is compared."""

    path: str
    """Its folder, as it was given."""
    as_of: datetime.date
    """The day that was judged by."""
    verdict: Verdict
    """What it came to."""
    fail_on: FailOn
    """The least severity that blocked."""
    vendorgate: str
    """The version that judged."""
    sha256: str
    """Of its database."""
    bundle_sha256: str
    """Of the policies that judged."""
    registry_sha256: str
    """Of the registry that judged."""
    subjects: int
    """Pairs of usage and offering."""
    blocking: int
    """Results that block."""


class FleetDiffSummary(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Counts of results and rules by what became of them."""

    new: int
    """Their subject or policy was not there, and something is wrong."""
    worse: int
    """They are worse."""
    better: int
    """They are less wrong."""
    fixed: int
    """Nothing is wrong any more."""
    gone: int
    """Something was wrong, and their subject or policy is not there any more."""
    lost: int
    """Something was wrong, and what they are of could not be judged any more: no improvement."""
    unchanged: int
    """Results that are as bad as they were."""
    newly_blocking: int
    """They block now and did not before."""
    subjects_added: int
    """Subjects that were not there before."""
    subjects_removed: int
    """Subjects that are not there any more."""


class ReportedStanding(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a policy came to."""

    outcome: Outcome
    """The outcome."""
    severity: Severity
    """In effect on the day."""
    blocks: bool
    """Whether it blocked."""
    waiver: Union[str, None]
    """Who approved a waiver, and until when; null where it is not waived."""


class ReportedTurn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A result that turned."""

    repository: Union[str, None]
    """OWNER/NAME; null where nobody knows it."""
    manifest: str
    """The path of the manifest."""
    line: Union[int, None]
    """The line that names the offering; null where nobody knows it."""
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
    """The policy."""
    before: Union[ReportedStanding, None]
    """What it came to; null: it was not there."""
    after: Union[ReportedStanding, None]
    """What it comes to; null: it is not there."""


class ReportedTurnedPolicy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A policy, and how many of its results turned."""

    policy: str
    """The policy."""
    results: int
    """How many."""


class ReportedTurned(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All results that turned the same way for the same cause."""

    kind: TurnKind
    """What became of them."""
    inputs: tuple[FleetCause, ...]
    """Inputs that differ, any of which can have done it; none: the subject itself came or went."""
    what: str
    """What of these inputs."""
    message: str
    """Why, in words."""
    results: int
    """How many turned."""
    subjects: int
    """Of how many subjects."""
    blocking: int
    """How many block now; of what is gone or lost, blocked before."""
    newly_blocking: int
    """How many block now and did not before."""
    policies: tuple[ReportedTurnedPolicy, ...]
    """The most results first."""
    examples: tuple[ReportedTurn, ...]
    """The first few."""


class ReportedTurnedRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rule over all usages that comes to something else."""

    policy: str
    """The fleet policy."""
    title: str
    """What it demands, in one line."""
    kind: TurnKind
    """What became of it."""
    before: Union[Outcome, None]
    """What it came to; null: it was not there."""
    after: Union[Outcome, None]
    """What it comes to; null: it is not there."""
    blocked: bool
    """Whether it blocked before."""
    blocks: bool
    """Whether it blocks now."""


class ReportedPlaces(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Repositories or manifests that came, went, failed or can be judged again."""

    kind: PlaceKind
    """What became of them."""
    count: int
    """How many."""
    examples: tuple[str, ...]
    """The first few."""


class FleetDiff(JsonDocument, frozen=True):
    """What is another in a run than in an earlier one."""

    schema: Literal["vendorgate.fleet-diff/1"]
    """The format."""
    before: ReportedRun
    """The earlier run."""
    after: ReportedRun
    """The later run."""
    summary: FleetDiffSummary
    """Counts."""
    notes: tuple[str, ...]
    """What a reader should know before all else."""
    turned: tuple[ReportedTurned, ...]
    """By kind, the most results first."""
    rules: tuple[ReportedTurnedRule, ...]
    """Rules over all usages that turned."""
    repositories: tuple[ReportedPlaces, ...]
    """Repositories that came, went, could not be reached or can be reached again."""
    manifests: tuple[ReportedPlaces, ...]
    """Manifests that came, went, could not be judged or can be judged again."""


def render(found: FleetDifference) -> str:
    """The report; the same runs give the same bytes."""
    return written(
        FleetDiff(
            schema="vendorgate.fleet-diff/1",
            tool=TOOL,
            before=_run(found.before),
            after=_run(found.after),
            summary=_summary(found),
            notes=tuple(notes(found)),
            turned=tuple(map(_turned, found.turned)),
            rules=tuple(map(_rule, found.rules)),
            repositories=tuple(map(_places, found.repositories)),
            manifests=tuple(map(_places, found.manifests)),
        )
    )


def _run(side: RunSide) -> ReportedRun:
    return ReportedRun(
        path=side.shown,
        as_of=side.as_of,
        verdict=side.verdict,
        fail_on=side.fail_on,
        vendorgate=side.version,
        sha256=side.database_sha256,
        bundle_sha256=side.bundle_sha256,
        registry_sha256=side.registry_sha256,
        subjects=side.subjects,
        blocking=side.blocking,
    )


def _summary(found: FleetDifference) -> FleetDiffSummary:
    return FleetDiffSummary(
        new=found.count("new"),
        worse=found.count("worse"),
        better=found.count("better"),
        fixed=found.count("fixed"),
        gone=found.count("gone"),
        lost=found.count("lost"),
        unchanged=found.unchanged,
        newly_blocking=found.newly_blocking,
        subjects_added=found.added,
        subjects_removed=found.removed,
    )


def _turned(one: Turned) -> ReportedTurned:
    return ReportedTurned(
        kind=one.kind,
        inputs=one.cause.inputs,
        what=one.cause.what,
        message=cause_words(one.cause),
        results=one.results,
        subjects=one.subjects,
        blocking=one.blocks,
        newly_blocking=one.newly_blocking,
        policies=tuple(ReportedTurnedPolicy(policy, number) for policy, number in one.policies),
        examples=tuple(map(_example, one.examples)),
    )


def _example(one: Example) -> ReportedTurn:
    name = one.subject
    return ReportedTurn(
        repository=name.repository or None,
        manifest=name.manifest,
        line=one.line,
        usage=name.usage,
        route=name.route,
        offering=name.offering,
        account=name.account or None,
        vendor=name.vendor or None,
        policy=one.policy,
        before=_standing(one.before),
        after=_standing(one.after),
    )


def _standing(one: Standing | None) -> ReportedStanding | None:
    return None if one is None else ReportedStanding(one.outcome, one.severity, one.blocks, one.waiver)


def _rule(one: TurnedRule) -> ReportedTurnedRule:
    (before, blocked), (after, blocks) = one.before or (None, False), one.after or (None, False)
    return ReportedTurnedRule(one.policy, one.title, one.kind, before, after, blocked, blocks)


def _places(one: Places) -> ReportedPlaces:
    return ReportedPlaces(one.kind, one.count, one.examples)
