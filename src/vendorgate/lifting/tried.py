"""What sets of changes came to, for searches that try one again: each subject resolved once, each policy asked once.

In: subjects as they would be, what judges. Out: rulings. Refuses to know what a search looks for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from ..evaluate.case import Case
from ..evaluate.judge import Ruling, rule
from ..evaluate.program import CompiledPolicy
from ..model.subject import Subject
from .changes import LISTS
from .judges import Judges

Numbers = frozenset[int]
"""Of candidates for one usage."""
_LONG: Final = 20
"""Declared names that weigh as much as a judgement."""
_MOST: Final = 4_000
"""Subjects that are remembered, by their weight."""


class Tried:
    """A subject with some changes, and what policies have come to on it so far."""

    __slots__ = ("_judges", "_rulings", "case", "is_as_before", "subject", "weight")

    def __init__(self, subject: Subject, judges: Judges, before: Tried | None = None) -> None:
        self.subject = subject
        self.weight = weight(subject)
        """What one judgement of it counts for."""
        self.case = Case(subject, judges.program, judges.as_of)
        self.is_as_before = before is None or _is_same(self.case, before.case)
        """Whether changes make no difference to it."""
        self._judges = judges
        self._rulings: dict[str, Ruling] = {}

    def ruling(self, compiled: CompiledPolicy) -> Ruling:
        """What a policy comes to on it."""
        found = self._rulings.get(compiled.policy.id)
        if found is None:
            found = self._rulings[compiled.policy.id] = rule(compiled, self.case, self._judges.fail_on)
        return found


class Routes:
    """The routes of a usage with some changes, tried one by one and only as far as somebody looks."""

    __slots__ = ("_rest", "_tried")

    def __init__(self, rest: Iterator[Tried]) -> None:
        self._rest = rest
        self._tried: list[Tried] = []

    def __iter__(self) -> Iterator[Tried]:
        place = 0
        while place < len(self._tried) or self._try_next():
            yield self._tried[place]
            place += 1

    def _try_next(self) -> bool:
        one = next(self._rest, None)
        if one is not None:
            self._tried.append(one)
        return one is not None


class Remembered:
    """What sets of changes of one usage came to, by their numbers; all is forgotten before it is too much."""

    def __init__(self, weight: int) -> None:
        """`weight`: of all routes of the usage."""
        self._most = max(_MOST // weight, 1)
        self._sets: dict[Numbers, Routes | None] = {}

    def of(self, numbers: Numbers, trying: Callable[[], Routes | None]) -> Routes | None:
        """What a set came to; None where no manifest could say so."""
        if numbers in self._sets:
            return self._sets[numbers]
        if len(self._sets) >= self._most:
            self._sets.clear()
        found = self._sets[numbers] = trying()
        return found


def weight(subject: Subject) -> int:
    """What one judgement counts for: one, and more where a manifest declares lists without end."""
    lists = (subject.stated.get(f"usage.{field}") for field in LISTS)
    return 1 + sum(len(names) for names in lists if isinstance(names, list)) // _LONG


def _is_same(case: Case, other: Case) -> bool:
    """Whether all that a rule may read of two subjects of one route is the same."""
    subject, before = case.subject, other.subject
    return (
        subject.stated == before.stated
        and case.stated == other.stated
        and case.contradictions == other.contradictions
        and case.observed == other.observed
        and subject.claims == before.claims
        and subject.agreements == before.agreements
        and subject.identity == before.identity
    )
