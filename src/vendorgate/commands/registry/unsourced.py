"""Which cells say something without a source that anybody can open.

In: a snapshot. Out: cells and what is wrong with their source.
"""

from __future__ import annotations

import msgspec

from ...model.registry import CellFile, Offering, Snapshot
from ...model.vocabulary import DIMENSIONS, Dimension

_SAYS_NOTHING = ("no_public_evidence", "unclear")
"""Grades that need no source: nobody found one."""


class Unsourced(msgspec.Struct, frozen=True):
    """A cell whose source is missing or not open to everybody."""

    offering: Offering
    dimension: Dimension
    words: str


def unsourced(snapshot: Snapshot) -> tuple[Unsourced, ...]:
    """Cells that are graded without an https source, offerings by id."""
    found = []
    for id in sorted(snapshot.offerings):
        offering = snapshot.offerings[id]
        for dimension in DIMENSIONS:
            cell = offering.cells.get(dimension)
            words = None if cell is None else _words(cell.written)
            if words is not None:
                found.append(Unsourced(offering, dimension, words))
    return tuple(found)


def _words(written: CellFile) -> str | None:
    if written.source is None:
        return None if written.value in _SAYS_NOTHING else "no source"
    return None if written.source.startswith("https://") else "a source that is no https address"
