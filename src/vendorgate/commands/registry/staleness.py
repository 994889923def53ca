"""Which evidence is too old, or will be.

In: a snapshot, how long evidence counts, a day. Out: cells by the day on which they stop counting.
"""

from __future__ import annotations

import datetime

import msgspec

from ...model.policy import RegistryDemands
from ...model.registry import Offering, Snapshot
from ...model.vocabulary import DIMENSIONS, Dimension


class Aging(msgspec.Struct, frozen=True):
    """A cell whose evidence has ended or ends soon."""

    offering: Offering
    dimension: Dimension
    verified: datetime.date | None
    last_day: datetime.date | None
    """The last day on which it counts: before it is too old, and before an end that the vendor announced; None where it
    was never verified."""


def aging(snapshot: Snapshot, demands: RegistryDemands, as_of: datetime.date, within: int) -> tuple[Aging, ...]:
    """Cells that no longer count on the day, or stop counting within so many days after it; the earliest first."""
    found = []
    for id in sorted(snapshot.offerings):
        offering = snapshot.offerings[id]
        for dimension in DIMENSIONS:
            cell = offering.cells.get(dimension)
            if cell is None:
                continue
            verified = cell.written.verified
            last = None if verified is None else _plus(verified, demands.max_age(dimension))
            if last is not None and cell.written.valid_until is not None:
                last = min(last, cell.written.valid_until)
            if last is None or last < _plus(as_of, within):
                found.append(Aging(offering, dimension, verified, last))
    return tuple(sorted(found, key=lambda one: one.last_day or datetime.date.min))


def _plus(day: datetime.date, days: int) -> datetime.date:
    """A day so many days later, or the last that there is."""
    return day + datetime.timedelta(days=min(days, (datetime.date.max - day).days))
