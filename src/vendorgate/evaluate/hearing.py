"""What a rule asks for, heard while it is worked out.

In: a case. Out: the same answers as the case's, and every question with its answer.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from ..logic import Unknown, Value
from .case import Case

Question = tuple[str, ...]
"""How it was asked (a method of `Answers`, or `stated`), and of what."""


class Hearing:
    """Answers as a case does, and remembers what it was asked."""

    __slots__ = ("_asked", "_case", "as_of", "region_groups", "stated", "undeclared_setting")

    def __init__(self, case: Case) -> None:
        self._case = case
        self._asked: dict[Question, Value] = {}
        self.as_of: datetime.date = case.as_of
        self.region_groups = case.region_groups
        self.undeclared_setting = case.undeclared_setting
        self.stated = _Stated(case.stated, self._asked)

    def answered(self) -> Iterator[Question]:
        """The questions that had an answer, in the order in which they were asked."""
        return (question for question, answer in self._asked.items() if not isinstance(answer, Unknown))

    def _heard(self, answer: Value, *question: str) -> Value:
        self._asked[question] = answer
        return answer

    def covered(self, dimension: str) -> Value:
        return self._heard(self._case.covered(dimension), "covered", dimension)

    def documented(self, dimension: str) -> Value:
        return self._heard(self._case.documented(dimension), "documented", dimension)

    def in_force(self, kind: str) -> Value:
        return self._heard(self._case.in_force(kind), "in_force", kind)

    def is_observed(self, path: str) -> bool:
        self._heard(found := self._case.is_observed(path), "is_observed", path)
        return found

    def agreement_field(self, kind: str, field: str) -> Value:
        return self._heard(self._case.agreement_field(kind, field), "agreement_field", kind, field)

    def name(self) -> Value:
        return self._heard(self._case.name(), "name")

    def registry(self, dimension: str, field: str, below: list[str]) -> Value:
        return self._heard(self._case.registry(dimension, field, below), "registry", dimension, field, *below)


class _Stated(dict[str, Value]):
    """What paths read; which ones were read goes to the questions."""

    def __init__(self, stated: dict[str, Value], asked: dict[Question, Value]) -> None:
        super().__init__(stated)
        self._asked = asked

    def get(self, path: str, default: Value = None) -> Value:  # type: ignore[override]  # of what is not there
        answer = self._asked["stated", path] = super().get(path, default)
        return answer
