"""What a confirmation is about, and what it comes to."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

import msgspec

from ....model.registry import Cell, Reading


class CellName(NamedTuple):
    """Which cell is meant."""

    offering: str
    dimension: str

    def __str__(self) -> str:
        return f"{self.offering} {self.dimension}"


def names_words(names: Iterable[CellName]) -> str:
    """Cells, each offering once."""
    grouped = groupby(names, key=lambda name: name.offering)
    return "; ".join(f"{offering} {', '.join(name.dimension for name in found)}" for offering, found in grouped)


class ReadCell(msgspec.Struct, frozen=True):
    """A cell whose source was read."""

    name: CellName
    cell: Cell

    def is_later_than(self, day: datetime.date) -> bool:
        """Whether somebody has verified it after a day."""
        verified = self.cell.written.verified
        return verified is not None and verified > day

    def has(self, reading: Reading) -> bool:
        """Whether this reading is recorded already."""
        return reading in (self.cell.written.readings or ())
