"""The JSON report on the coming days, `vendorgate.plan/1`, as it is written."""

from __future__ import annotations

from typing import Literal, Union

import msgspec

from ...model.report import ReportedInputs, ReportedLocation, ReportedSummary, ReportedTool, ReportedWaiver
from ...model.vocabulary import Outcome, RouteOfUsage, Severity
from .model import CauseKind, Direction


class PlannedState(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A result on one day."""

    outcome: Outcome
    """What it comes to."""
    severity: Severity
    """In effect on the day."""
    blocks: bool
    """Whether it blocks."""
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

    day: str
    """The first day on which it is so, YYYY-MM-DD."""
    in_days: int
    """From the day on which the plan begins."""
    last_day: str
    """The last day on which it is as before, YYYY-MM-DD."""
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
    first_block: Union[str, None]
    """The first day on which a result starts to block, YYYY-MM-DD."""


class PlannedDeadline(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What `--fail-within` asks for."""

    until: str
    """The last day that counts, YYYY-MM-DD."""
    starts_to_block: int
    """Results that start to block by then, each counted once."""


class PlanReport(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The coming days, judged by the inputs as they are: `vendorgate plan --format json`."""

    schema: Literal["vendorgate.plan/1"]
    """The version of this format."""
    tool: ReportedTool
    """What made the report."""
    as_of: str
    """The day on which it begins, YYYY-MM-DD."""
    until: str
    """The last day that was judged, YYYY-MM-DD."""
    inputs: ReportedInputs
    """Everything that it depends on, with digests."""
    verdict: Literal["pass", "fail"]
    """Fail where a result starts to block by the deadline; without one always pass."""
    deadline: Union[PlannedDeadline, None]
    """Null without `--fail-within`."""
    today: ReportedSummary
    """Counts of results on the day on which it begins."""
    summary: PlannedCounts
    """Counts of what turns after it."""
    turns: tuple[PlannedTurn, ...]
    """By day, then in the order of the results of a check."""
