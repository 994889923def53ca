"""What the coming days do to results: which turn, on which day, and because of what."""

from __future__ import annotations

import datetime
from functools import cached_property
from typing import Literal

import msgspec

from ...model.evaluation import Evaluation
from ...model.policy import Policy
from ...model.result import Result
from ...model.subject import Subject
from ...model.vocabulary import Outcome, Severity, Verdict
from ...model.waiver import Waiver
from ...source import Location

CauseKind = Literal[
    "agreement-begins",
    "agreement-ends",
    "agreement-reviewed",
    "evidence-begins",
    "evidence-ages",
    "observation-begins",
    "observation-ages",
    "days",
    "waiver-begins",
    "waiver-ends",
    "waiver-void",
    "enforcement",
]
"""What happens on a day; `days`: a rule counts days, and what it counts passes a limit."""
Direction = Literal["starts-to-block", "stops-blocking", "worse", "better", "neither"]
"""What a turn means to whoever has to pass; `neither`: as bad as before, though something else about it differs."""


class TurnCause(msgspec.Struct, frozen=True):
    """Something that happens on a day and makes results turn."""

    kind: CauseKind
    message: str
    location: Location
    """Of the date, or of the rule that counts days."""
    about: tuple[str, ...]
    """What it happens to, by names that stay the same when the day moves."""
    in_time: str = ""
    """What to do in time where it makes results worse, as far as it is not the same for all of its kind."""


class PolicyState(msgspec.Struct, frozen=True):
    """The outcome of one policy for one subject; two days are alike where all of this is."""

    outcome: Outcome
    severity: Severity
    """In effect on the day."""
    blocks: bool
    waiver: Waiver | None


class Turn(msgspec.Struct, frozen=True):
    """One policy on one subject, on a day on which its outcome is another than on the day before."""

    day: datetime.date
    """The first day on which it is so."""
    direction: Direction
    before: PolicyState
    after: PolicyState
    result: Result
    """On that day, with reasons."""
    causes: tuple[TurnCause, ...]
    """Without each of them it would not have turned, or each would have made it turn by itself."""

    @property
    def subject(self) -> Subject:
        return self.result.subject

    @property
    def policy(self) -> Policy:
        return self.result.policy

    @property
    def last_day(self) -> datetime.date:
        """The last day on which it is as before."""
        return self.day - datetime.timedelta(days=1)


class PlanSummary(msgspec.Struct, frozen=True):
    """Counts of what turns."""

    turns: int
    days: int
    """On which something turns."""
    starts_to_block: int
    """Results that start to block on some day, each counted once."""
    stops_blocking: int
    """Results that stop blocking on some day, each counted once."""
    first_block: datetime.date | None
    """The first day on which a result starts to block."""


class Plan(msgspec.Struct, frozen=True, dict=True):
    """The coming days, judged by the inputs as they are."""

    evaluation: Evaluation
    """Of the day on which it begins."""
    until: datetime.date
    """The last day that was judged."""
    deadline: datetime.date | None
    """The last day by which a result that starts to block fails; None: never."""
    turns: tuple[Turn, ...]
    """By day, then in the order of the results."""

    @cached_property
    def summary(self) -> PlanSummary:
        starts, stops = self._going("starts-to-block"), self._going("stops-blocking")
        return PlanSummary(
            turns=len(self.turns),
            days=len({turn.day for turn in self.turns}),
            starts_to_block=len({_key(turn) for turn in starts}),
            stops_blocking=len({_key(turn) for turn in stops}),
            first_block=min((turn.day for turn in starts), default=None),
        )

    @property
    def starting_by_deadline(self) -> int:
        """Results that start to block by the deadline, each counted once."""
        deadline = self.deadline
        starts = self._going("starts-to-block")
        return len({_key(turn) for turn in starts if deadline is not None and turn.day <= deadline})

    @property
    def verdict(self) -> Verdict:
        """Incomplete as soon as one manifest was not judged, else fail as soon as one result starts to block by the
        deadline."""
        if self.evaluation.not_judged:
            return "incomplete"
        return "fail" if self.starting_by_deadline else "pass"

    def _going(self, direction: Direction) -> list[Turn]:
        return [turn for turn in self.turns if turn.direction == direction]


def _key(turn: Turn) -> tuple[int, str]:
    """What makes two turns those of one result."""
    return id(turn.subject), turn.policy.id
