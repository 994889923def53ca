"""The JSON report on the coming days, `vendorgate.plan/1`: its type, and what fills it.

In: a plan. Out: ASCII text; JSON's own escapes keep every input harmless, on a terminal too.
"""

from __future__ import annotations

import datetime
from typing import Literal, Union

import msgspec

from ...model.vocabulary import RouteOfUsage, Verdict
from ...report.document import (
    TOOL,
    DatedDocument,
    ReportedInputs,
    ReportedLocation,
    ReportedNotJudged,
    ReportedStanding,
    ReportedSummary,
    ReportedWaiver,
    inputs,
    location,
    not_judged,
    place,
    result_fields,
    summary,
    waiver,
    written,
)
from .model import CauseKind, Direction, Plan, PolicyState, Turn, TurnCause
from .wording import ways


class PlannedState(ReportedStanding, frozen=True):
    """A result on one day."""

    waiver: Union[ReportedWaiver, None]
    """The waiver that covers it."""


class PlannedCause(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something that happens on a day."""

    kind: CauseKind
    """What kind of thing."""
    message: str
    """In words."""
    location: ReportedLocation
    """Where its date, or the rule that counts days, is written."""


class PlannedTurn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One policy on one subject, on a day on which it comes to something else than on the day before."""

    day: datetime.date
    """The first day on which it is so."""
    in_days: int
    """From the day on which the plan begins."""
    last_day: datetime.date
    """The last day on which it is as before."""
    direction: Direction
    """What it means to whoever has to pass."""
    manifest: str
    """The path of the manifest."""
    project: str
    """The project."""
    usage: str
    """The id of the usage."""
    offering: str
    """The offering."""
    account: Union[str, None]
    """Which account at the vendor; null where the manifest names none."""
    vendor: Union[str, None]
    """Who an unlisted vendor is; null of every other."""
    route: RouteOfUsage
    """How the usage comes to it."""
    policy: str
    """The id of the policy."""
    title: str
    """Its title."""
    location: Union[ReportedLocation, None]
    """Where the manifest names the offering."""
    before: PlannedState
    """On the day before."""
    after: PlannedState
    """On the day."""
    causes: tuple[PlannedCause, ...]
    """Without each of them it would not have turned, or each would have made it turn by itself."""
    ways_out: tuple[str, ...]
    """What to do; empty where it gets no worse."""


class PlannedCounts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Counts of what turns."""

    turns: int
    """Results that turn, once for every day on which they do."""
    days: int
    """Days on which something turns."""
    starts_to_block: int
    """Results that start to block on some day, each counted once."""
    stops_blocking: int
    """Results that stop blocking on some day, each counted once."""
    first_block: Union[datetime.date, None]
    """The first day on which a result starts to block."""


class PlannedDeadline(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What `--fail-within` asks for."""

    until: datetime.date
    """The last day that counts."""
    starts_to_block: int
    """Results that start to block by then, each counted once."""


class PlanReport(DatedDocument, frozen=True):
    """The coming days, judged by the inputs as they are: `vendorgate plan --format json`."""

    schema: Literal["vendorgate.plan/1"]
    """The format."""
    as_of: datetime.date
    """The day on which it begins."""
    until: datetime.date
    """The last day that was judged."""
    inputs: ReportedInputs
    """Everything that it depends on, with digests."""
    verdict: Verdict
    """Incomplete as soon as one manifest was not judged, else fail where a result starts to block by the deadline."""
    not_judged: tuple[ReportedNotJudged, ...]
    """Manifests that were meant, too, and have mistakes; nothing else in the report is about them."""
    deadline: Union[PlannedDeadline, None]
    """Null without `--fail-within`."""
    today: ReportedSummary
    """Counts of results on the day on which it begins."""
    summary: PlannedCounts
    """Counts of what turns after it."""
    turns: tuple[PlannedTurn, ...]
    """By day, then in the order of the results of a check."""


def render(plan: Plan) -> str:
    """The report; the same plan gives the same bytes."""
    return written(_report(plan))


def _report(plan: Plan) -> PlanReport:
    begins = plan.evaluation.as_of
    return PlanReport(
        schema="vendorgate.plan/1",
        tool=TOOL,
        as_of=begins,
        until=plan.until,
        inputs=inputs(plan.evaluation),
        verdict=plan.verdict,
        not_judged=not_judged(plan.evaluation),
        deadline=_deadline(plan),
        today=summary(plan.evaluation),
        summary=_counts(plan),
        turns=tuple(_turn(turn, begins) for turn in plan.turns),
    )


def _deadline(plan: Plan) -> PlannedDeadline | None:
    if plan.deadline is None:
        return None
    return PlannedDeadline(plan.deadline, plan.starting_by_deadline)


def _counts(plan: Plan) -> PlannedCounts:
    counts = plan.summary
    return PlannedCounts(counts.turns, counts.days, counts.starts_to_block, counts.stops_blocking, counts.first_block)


def _turn(turn: Turn, begins: datetime.date) -> PlannedTurn:
    return PlannedTurn(
        day=turn.day,
        in_days=(turn.day - begins).days,
        last_day=turn.last_day,
        direction=turn.direction,
        **result_fields(turn.subject, turn.policy),
        location=location(turn.subject.location),
        before=_state(turn.before),
        after=_state(turn.after),
        causes=tuple(_cause(cause) for cause in turn.causes),
        ways_out=tuple(ways(turn)),
    )


def _state(state: PolicyState) -> PlannedState:
    covered = None if state.waiver is None else waiver(state.waiver)
    return PlannedState(state.outcome, state.severity, state.blocks, covered)


def _cause(cause: TurnCause) -> PlannedCause:
    return PlannedCause(cause.kind, cause.message, place(cause.location))
