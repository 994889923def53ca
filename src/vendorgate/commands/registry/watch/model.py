"""What an archive says of the sources of a snapshot."""

from __future__ import annotations

import datetime
from typing import Literal

import msgspec

from ....git.history import Version
from ....model.registry import Cell, Offering, Snapshot

ChangeKind = Literal["changed", "gone", "unknown", "cosmetic"]
"""`unknown`: the archive has no text from before the reading, or one too long to compare; `cosmetic`: nothing but white
space, markup, targets of links and the day of the last update is another."""


class TextDifference(msgspec.Struct, frozen=True):
    """What a text says that another does not, sentence by sentence."""

    removed: tuple[str, ...]
    added: tuple[str, ...]
    moved: bool = False
    """Whether it says the same in another order."""


class WatchedCell(msgspec.Struct, frozen=True):
    """A cell whose source is in the archive."""

    offering: Offering
    cell: Cell

    @property
    def verified(self) -> datetime.date:
        """The day on which somebody last read the source; no other cell is watched."""
        assert self.cell.written.verified is not None
        return self.cell.written.verified


class SourceChange(msgspec.Struct, frozen=True):
    """A document that is another than when the sources of cells were read."""

    document: str
    """Its path in the archive."""
    kind: ChangeKind
    before: Version | None
    """The last version from before the reading; None where the archive has none."""
    after: Version
    """The last version there is."""
    why: str
    """Of what is not known, why; else empty."""
    difference: TextDifference | None
    """None where there is none to show."""
    pages: tuple[str, ...]
    """The addresses that it is a copy of: several where an archive puts pages together."""
    cells: tuple[WatchedCell, ...]


class Watched(msgspec.Struct, frozen=True):
    """What became of the sources of a snapshot."""

    snapshot: Snapshot
    archive: str
    """The folder, as it was named."""
    commit: str
    """The last one of the archive."""
    ends: datetime.date
    """The day of the last version; of later changes it knows nothing."""
    changes: tuple[SourceChange, ...]
    """What changed, what went, what nobody can tell, and at the end what is cosmetic; by document."""
    same: int
    """Cells whose source is what it was."""
    beyond: int
    """Cells that were verified after the last version of the archive."""
    unmapped: int
    """Dated cells of whose source the archive has no copy that anybody has named."""
    undated: int
    """Cells that nobody has dated."""

    def of(self, *kinds: ChangeKind) -> tuple[SourceChange, ...]:
        """The changes of some kinds."""
        return tuple(one for one in self.changes if one.kind in kinds)
