"""What a report says of the coming days, in words that every format shares.

In: parts of a plan. Out: plain text, not yet escaped.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Final

from ...logic.wording import count
from ...report.finding import usage_words, ways_out
from ...report.unjudged import missing_words
from .model import CauseKind, Direction, Plan, PolicyState, Turn, TurnCause

_MEANING: Final[Mapping[Direction, str]] = {
    "starts-to-block": ", starts to block",
    "stops-blocking": ", no longer blocks",
    "worse": "",
    "better": "",
    "neither": "",
}
"""What a turn means, where its two sides do not say it."""
_IN_TIME: Final[Mapping[CauseKind, str]] = {
    "agreement-ends": "renew it, and enter its new end or its successor in the register",
    "evidence-ages": "have the registry read the source again, and update the snapshot",
    "waiver-ends": "put right what it waives, or have it approved anew",
    "waiver-void": "put right what it waives, or have it approved anew for the reasons that it will have",
    "enforcement": "put right what the policy demands",
}
"""What to do in time about something that makes results worse."""

_AGEING: Final[frozenset[CauseKind]] = frozenset(("evidence-ages", "observation-ages"))
"""What new readings prevent."""


def is_worse(turn: Turn) -> bool:
    """Whether somebody should do something about it."""
    return turn.direction in ("starts-to-block", "worse")


def day_words(day: datetime.date, plan: Plan) -> str:
    """A day, and how far away it is."""
    return f"{day}, in {count((day - plan.evaluation.as_of).days, 'day')}"


def subject_words(turn: Turn) -> str:
    """The usage, its route and offering, and the project."""
    subject = turn.subject
    return f"{usage_words(turn.result)} on {subject.name}, project `{subject.manifest.project}`"


def turn_words(turn: Turn) -> str:
    """From what to what, and what that means."""
    before, after = turn.before, turn.after
    return f"{_state(before, after)} -> {_state(after, before)}{_MEANING[turn.direction]}"


def _state(state: PolicyState, other: PolicyState) -> str:
    """An outcome, with what else is not the same on the other side."""
    words = [state.outcome.replace("_", " ")]
    if state.outcome == other.outcome:
        if state.severity != other.severity:
            words.append(state.severity)
        if state.waiver is not None and state.waiver != other.waiver:
            words.append(f"until {state.waiver.written.expires}")
    return ", ".join(words)


def ways(turn: Turn) -> Iterator[str]:
    """What to do in time, then the ways out of the new outcome; nothing where it gets no worse.

    Where nothing but evidence and observations age, newer ones are the way; to change what passes today would be none.
    """
    if is_worse(turn):
        in_time = dict.fromkeys(cause.in_time or _IN_TIME.get(cause.kind, "") for cause in turn.causes)
        yield from (f"by {turn.last_day}: {what}" for what in in_time if what)
        if not turn.causes or any(cause.kind not in _AGEING for cause in turn.causes):
            yield from ways_out(turn.result)


def cause_words(cause: TurnCause) -> str:
    """What happens, and where that is written."""
    return f"{cause.message} ({cause.location.path}:{cause.location.line})"


def unseen_words(plan: Plan) -> str:
    """What no plan can see coming; nothing where there is a register."""
    if plan.evaluation.agreements == "register":
        return ""
    return (
        "no agreements register in the bundle: what the manifests claim has no last day, so no agreement is seen to end"
    )


def closing_words(plan: Plan) -> str:
    """One line that sums it up."""
    summary = plan.summary
    missing = missing_words(plan.evaluation)
    if not plan.turns:
        return f"{missing}nothing changes by {plan.until}"
    return f"{missing}{_starts(plan)}; {count(summary.turns, 'change')} on {count(summary.days, 'day')}"


def _starts(plan: Plan) -> str:
    summary = plan.summary
    if summary.first_block is None:
        return f"no result will start to block by {plan.until}"
    results = count(summary.starts_to_block, "result")
    first = "" if summary.starts_to_block == 1 else "the first "
    return f"{results} will start to block by {plan.until}, {first}on {summary.first_block}"


def deadline_words(plan: Plan) -> str:
    """What `--fail-within` finds; nothing where nobody asked."""
    if plan.deadline is None:
        return ""
    found = plan.starting_by_deadline
    missing = missing_words(plan.evaluation)
    return f"{missing}{count(found, 'result') if found else 'no result'} will start to block by {plan.deadline}"
