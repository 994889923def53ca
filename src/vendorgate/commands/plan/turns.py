"""The check, replayed over the coming days, and only on those on which something can change.

In: the evaluation of the day on which it begins, and the last day. Out: a `Plan`. Decides nothing: on each day
the one function that rules is asked.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from ...comparison.standing import weigh
from ...evaluate import Program
from ...evaluate.case import Case
from ...evaluate.judge import Ruling, result_for, rule
from ...evaluate.program import CompiledPolicy
from ...model.evaluation import Evaluation
from ...model.policy import Bundle
from ...model.result import Result
from ...model.subject import Subject
from ...model.vocabulary import FailOn
from .basis import Basis, basis_of
from .causes import causes
from .days import PossibleDays
from .model import Direction, Plan, PolicyState, Turn


def plan_of(
    evaluation: Evaluation,
    until: datetime.date,
    fail_on: FailOn | None = None,
    deadline: datetime.date | None = None,
) -> Plan:
    """Every turn from the day after an evaluation through the day `until`.

    Args:
        evaluation: of the day on which it begins.
        until: the last day to judge.
        fail_on: the threshold that the evaluation was made with; None: the bundle's.
        deadline: the last day by which a result that starts to block makes the plan fail.
    """
    day_by_day = _DayByDay(evaluation, fail_on or evaluation.bundle.fail_on)
    span = range(evaluation.as_of.toordinal() + 1, until.toordinal() + 1)
    turns = [turn for subject, row in day_by_day.rows() for turn in day_by_day.turns(subject, row, span)]
    turns.sort(key=lambda turn: turn.day)
    return Plan(evaluation, until, deadline, tuple(turns))


class _DayByDay:
    """Follows the results of one evaluation from day to day."""

    def __init__(self, evaluation: Evaluation, threshold: FailOn) -> None:
        self._evaluation = evaluation
        self._program = Program(evaluation.bundle)
        self._threshold = threshold
        self._bases: dict[tuple[str, str], Basis] = {}

    def rows(self) -> Iterator[tuple[Subject, tuple[Result, ...]]]:
        """Each subject with its results, in the order of the policies."""
        width = len(self._program.policies)
        for index, subject in enumerate(self._evaluation.subjects):
            yield subject, self._evaluation.results[index * width : (index + 1) * width]

    def turns(self, subject: Subject, row: tuple[Result, ...], span: range) -> Iterator[Turn]:
        """Every turn of one subject's results."""
        states = [PolicyState(one.outcome, one.severity, one.blocks, one.waiver) for one in row]
        program = self._program.for_subject(subject)
        due, daily = self._due(subject, program.bundle, span)
        for day in span if daily else sorted(due):
            date = datetime.date.fromordinal(day)
            case = Case(subject, program, date)
            for index in sorted({*due.get(day, ()), *daily}):
                compiled = program.policies[index]
                ruling = rule(compiled, case, self._threshold)
                state = _state(ruling)
                if state != states[index]:
                    yield self._turn(compiled, case, states[index], ruling)
                    states[index] = state

    def _due(self, subject: Subject, bundle: Bundle, span: range) -> tuple[dict[int, list[int]], list[int]]:
        """By day, which policies to ask again, by their place; and those to ask every day."""
        possible_days = PossibleDays(subject, bundle, span)
        due: dict[int, list[int]] = {}
        daily: list[int] = []
        for index, compiled in enumerate(self._program.policies):
            days = possible_days.of(compiled.policy, self._basis_of(compiled, subject))
            if days is span:
                daily.append(index)
            else:
                for day in days:
                    due.setdefault(day, []).append(index)
        return due, daily

    def _basis_of(self, compiled: CompiledPolicy, subject: Subject) -> Basis:
        key = compiled.policy.id, subject.offering.id
        found = self._bases.get(key)
        if found is None:
            found = self._bases[key] = basis_of(compiled.policy, subject.offering)
        return found

    def _turn(self, compiled: CompiledPolicy, case: Case, before: PolicyState, ruling: Ruling) -> Turn:
        day_before = Case(case.subject, case.program, case.as_of - datetime.timedelta(days=1))
        earlier = rule(compiled, day_before, self._threshold)
        why = causes(compiled, day_before, case, earlier, ruling, self._basis_of(compiled, case.subject))
        after = _state(ruling)
        result = result_for(compiled, case, self._threshold)
        return Turn(case.as_of, _direction(before, after), before, after, result, why)


def _state(ruling: Ruling) -> PolicyState:
    return PolicyState(ruling.outcome, ruling.severity, ruling.blocks, ruling.waiver)


def _direction(before: PolicyState, after: PolicyState) -> Direction:
    if before.blocks != after.blocks:
        return "starts-to-block" if after.blocks else "stops-blocking"
    old, new = (weigh(state.outcome, state.severity, state.blocks) for state in (before, after))
    return "neither" if old == new else "worse" if new > old else "better"
