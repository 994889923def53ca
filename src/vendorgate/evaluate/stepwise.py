"""A subject that is judged step by step, each cell by itself, and nothing read that its steps do not need.

In: as a case. Out: the same answers, more slowly: for whoever watches what is read, or answers a step in another way.
"""

from __future__ import annotations

from ..logic import UNKNOWN, Value, truth_of
from ..model.registry import Cell
from ..model.vocabulary import Decision
from .case import Case
from .scope import Gap, gaps


class StepwiseCase(Case):
    """A case that works out each step where it is asked for."""

    __slots__ = ()

    def _cover(self, dimension: str) -> Value:
        cell = self.cell(dimension)
        if cell is None:
            return UNKNOWN
        outcomes = [self.names(), self.grade(cell), self.evidence(cell), self.tier(cell), self.reach(cell)]
        if "fail" in outcomes:
            return False
        unknown = "unknown" in outcomes
        for condition in self.program.conditions(cell):
            truth = truth_of(condition(None, self))
            if truth is False:
                return False
            unknown = unknown or truth is None
        return UNKNOWN if unknown else True

    def documented(self, dimension: str) -> Value:
        cell = self.cell(dimension)
        if cell is None:
            return UNKNOWN
        outcomes = (self.names(), self._documentation(cell), self.evidence(cell))
        if "fail" in outcomes:
            return False
        return UNKNOWN if "unknown" in outcomes else True

    def _documentation(self, cell: Cell) -> Decision:
        """Step 1 by itself: a partial grade is worth what its scope reaches."""
        grade = self.grade(cell)
        return self.reach(cell) if grade == "pass" and cell.written.value == "partial" else grade

    def gaps(self, cell: Cell) -> list[Gap]:
        scope = cell.written.scope
        return [] if scope is None else gaps(scope, self.stated, self.subject.offering, self.region_groups)

    def _stands(self, cell: Cell) -> bool:
        return self.grade(cell) != "unknown" and self.evidence(cell) == "pass"

    def _speaks(self, cell: Cell) -> bool:
        return self.names() == self.tier(cell) == self.reach(cell) == "pass"

    def _is_strange(self) -> bool:
        return self.names() != "pass"
