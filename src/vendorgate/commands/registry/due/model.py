"""The queue of what to read next: sources, the cells that each feeds, and what rests on them."""

from __future__ import annotations

import datetime
from functools import cached_property

import msgspec

from ....model.evaluation import Evaluation
from ....model.registry import Cell, Offering, Snapshot

UsageName = tuple[str, str]
"""The path of a manifest, and the id of a usage in it."""


class FedCell(msgspec.Struct, frozen=True):
    """A cell that a source feeds."""

    offering: Offering
    cell: Cell
    last_day: datetime.date | None
    """The last day on which it counts; None where nobody has dated it, so that it never does."""
    usages: frozenset[UsageName]
    """Those with a result that rests on it, of the manifests that were given."""

    @property
    def verified(self) -> datetime.date | None:
        """The day on which somebody last read the source."""
        return self.cell.written.verified


class SourceToRead(msgspec.Struct, frozen=True):
    """A source, read once for all that it feeds."""

    source: str | None
    """The address of the page, without a fragment; None: the cells state none."""
    cells: tuple[FedCell, ...]
    """What stops counting first, first; at the end those that nobody has dated."""

    @property
    def last_read(self) -> datetime.date | None:
        """The last day on which somebody read it for any of its cells."""
        return max((one.verified for one in self.cells if one.verified is not None), default=None)

    @property
    def last_day(self) -> datetime.date | None:
        """The last day on which all of its dated cells count."""
        return min((one.last_day for one in self.cells if one.last_day is not None), default=None)

    @property
    def undated(self) -> int:
        """Cells that nobody has dated."""
        return sum(one.last_day is None for one in self.cells)

    @property
    def usages(self) -> frozenset[UsageName]:
        """Those with a result that rests on any of its cells."""
        return frozenset[UsageName]().union(*(one.usages for one in self.cells))


class DueQueue(msgspec.Struct, frozen=True, dict=True):
    """What is to be read, and by when."""

    snapshot: Snapshot
    as_of: datetime.date
    within: int
    """Days that count as soon."""
    due: tuple[SourceToRead, ...]
    """That feed a cell that no longer counts, or stops counting within so many days; the earliest first."""
    never_read: tuple[SourceToRead, ...]
    """That are not due, and feed a cell that nobody has dated; those on which most usages rest first."""
    later: int
    """Sources whose cells all count for longer."""
    evaluation: Evaluation | None
    """The manifests that were given, judged; None where none was."""

    @cached_property
    def undated(self) -> int:
        """Cells that nobody has dated, beside dated ones of the same source or not."""
        return sum(one.undated for one in (*self.due, *self.never_read))
