"""The JSON report on the coming days, `vendorgate.plan/1`.

In: an outlook. Out: ASCII text; JSON's own escapes keep every input harmless, on a terminal too.
"""

from __future__ import annotations

import datetime

import msgspec

from ...model.report import ReportedTool
from ...report.ascii_json import dumps
from ...report.json import inputs, location, place, summary, waiver
from ...version import VERSION
from . import document as model
from .model import Cause, Outlook, State, Turn
from .wording import ways


def render(outlook: Outlook) -> str:
    """The report; the same outlook gives the same bytes."""
    return dumps(msgspec.to_builtins(_report(outlook)))


def _report(outlook: Outlook) -> model.PlanReport:
    begins = outlook.evaluation.as_of
    return model.PlanReport(
        schema="vendorgate.plan/1",
        tool=ReportedTool("vendorgate", VERSION),
        as_of=begins.isoformat(),
        until=outlook.until.isoformat(),
        inputs=inputs(outlook.evaluation),
        verdict=outlook.verdict,
        deadline=_deadline(outlook),
        today=summary(outlook.evaluation),
        summary=_counts(outlook),
        turns=tuple(_turn(turn, begins) for turn in outlook.turns),
    )


def _deadline(outlook: Outlook) -> model.PlannedDeadline | None:
    if outlook.deadline is None:
        return None
    return model.PlannedDeadline(outlook.deadline.isoformat(), outlook.starting_by_deadline)


def _counts(outlook: Outlook) -> model.PlannedCounts:
    counts = outlook.summary
    first = None if counts.first_block is None else counts.first_block.isoformat()
    return model.PlannedCounts(counts.turns, counts.days, counts.starts_to_block, counts.stops_blocking, first)


def _turn(turn: Turn, begins: datetime.date) -> model.PlannedTurn:
    subject, policy = turn.subject, turn.policy
    return model.PlannedTurn(
        day=turn.day.isoformat(),
        in_days=(turn.day - begins).days,
        last_day=turn.last_day.isoformat(),
        direction=turn.direction,
        manifest=subject.manifest.source.path,
        project=subject.manifest.project,
        usage=subject.usage,
        offering=subject.offering.id,
        route=subject.route,
        policy=policy.id,
        title=policy.title,
        location=location(subject.location),
        before=_state(turn.before),
        after=_state(turn.after),
        causes=tuple(_cause(cause) for cause in turn.causes),
        ways_out=tuple(ways(turn)),
    )


def _state(state: State) -> model.PlannedState:
    covered = None if state.waiver is None else waiver(state.waiver)
    return model.PlannedState(state.outcome, state.severity, state.blocks, covered)


def _cause(cause: Cause) -> model.PlannedCause:
    return model.PlannedCause(cause.kind, cause.message, place(cause.location))
