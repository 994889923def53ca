"""How many dated cells count on each of the coming days, if nobody reads anything.

In: a snapshot, what a bundle demands of evidence, a day, how many days to look ahead. Out: a `Freshness`.
"""

from __future__ import annotations

import datetime
from itertools import accumulate, pairwise

import msgspec

from ...evaluate.ageing import last_day_of_evidence
from ...model.policy import RegistryDemands
from ...model.registry import Cell, Snapshot
from ...model.vocabulary import CONFIDENCES


class FreshDay(msgspec.Struct, frozen=True):
    """A day, and how many cells count on it."""

    day: datetime.date
    counting: int


class Freshness(msgspec.Struct, frozen=True):
    """The coming days."""

    limits: str
    """Whose limits on evidence: the bundle, as it is shown."""
    cells: int
    """Of the snapshot that have a day of reading; all others never count."""
    days: tuple[FreshDay, ...]
    """Every day, the first and the last included."""

    def share(self, counting: int) -> float:
        """Of the dated cells, so many; of none, all."""
        return counting / self.cells if self.cells else 1.0

    @property
    def changes(self) -> tuple[tuple[FreshDay, int], ...]:
        """The days on which the number is another than on the day before, and by how much; the first and the last day
        in any case."""
        first, last = self.days[0], self.days[-1]
        turns = [(new, new.counting - old.counting) for old, new in pairwise(self.days) if new.counting != old.counting]
        ends = [] if len(self.days) < 2 or (turns and turns[-1][0] is last) else [(last, 0)]
        return ((first, 0), *turns, *ends)

    @property
    def worst(self) -> tuple[FreshDay, int] | None:
        """The day on which most cells stop counting, the first of equals, and how many; None where none does."""
        falls = [(day, -change) for day, change in self.changes if change < 0]
        return max(falls, key=lambda one: one[1], default=None)


def freshness(snapshot: Snapshot, demands: RegistryDemands, limits: str, as_of: datetime.date, ahead: int) -> Freshness:
    """The day itself, and so many after it."""
    dated = [
        cell
        for offering in snapshot.offerings.values()
        for cell in offering.cells.values()
        if cell.written.verified is not None
    ]
    ahead = min(ahead, (datetime.date.max - as_of).days)
    turns = [0] * (ahead + 2)
    for cell in dated:
        begins, ends = _days(cell, demands, as_of)
        if begins <= ends and begins <= ahead and ends >= 0:
            turns[max(begins, 0)] += 1
            turns[min(ends, ahead) + 1] -= 1
    counts = [*accumulate(turns)][: ahead + 1]
    days = (FreshDay(as_of + datetime.timedelta(days=index), number) for index, number in enumerate(counts))
    return Freshness(limits, len(dated), tuple(days))


def _days(cell: Cell, demands: RegistryDemands, as_of: datetime.date) -> tuple[int, int]:
    """The first and the last day on which evidence counts, in days from the as-of day; the last before the first where
    it never does."""
    verified, last_day = cell.written.verified, last_day_of_evidence(cell, demands)
    confidence = CONFIDENCES.index(cell.written.confidence or "low")
    if verified is None or last_day is None or confidence < CONFIDENCES.index(demands.min_confidence):
        return 0, -1
    return (verified - as_of).days, (last_day - as_of).days
