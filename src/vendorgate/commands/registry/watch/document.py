"""What an archive says for programs, `vendorgate.registry-watch/1`: its type, and what fills it.

In: what was found. Out: ASCII text; JSON's own escapes keep every input harmless.
"""

from __future__ import annotations

import datetime
from typing import Literal, Union

import msgspec

from ....git.history import Version
from ....report.document import written
from ..document import RegistryDocument, reported_snapshot
from .model import ChangeKind, SourceChange, TextDifference, Watched, WatchedCell
from .watching import day_of


class ReportedVersion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A version of a document."""

    commit: str
    """The commit that made it."""
    day: datetime.date
    """The day that the commit states, in UTC."""


class ReportedArchive(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The archive that was asked."""

    path: str
    """Its folder, as it was named."""
    commit: str
    """Its last commit."""
    ends: datetime.date
    """The day of its last version: of later changes it knows nothing."""


class ReportedWatchedCell(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A cell whose source it is."""

    offering: str
    """The id of the offering."""
    dimension: str
    """The dimension."""
    verified: datetime.date
    """The day on which somebody last read the source."""
    source: str
    """The address as the cell states it."""


class ReportedTextDifference(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What it says otherwise, sentence by sentence, without markup."""

    removed: tuple[str, ...]
    """What it no longer says, or not as often."""
    added: tuple[str, ...]
    """What it says now."""
    moved: bool
    """Whether it says the same in another order."""


class ReportedSourceChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A document that is another than when sources were read."""

    document: str
    """Its path in the archive."""
    kind: ChangeKind
    """`changed`, `gone`, `unknown` (nothing to compare with), or `cosmetic`: it says the same."""
    why: Union[str, None]
    """Of what is not known, why; else null."""
    before: Union[ReportedVersion, None]
    """The last version from before the reading; null where the archive has none."""
    after: ReportedVersion
    """The last version there is."""
    difference: Union[ReportedTextDifference, None]
    """Of what changed; else null."""
    pages: tuple[str, ...]
    """The addresses that it is a copy of."""
    cells: tuple[ReportedWatchedCell, ...]
    """Those that were read when it was as `before` has it."""


class RegistryWatch(RegistryDocument, frozen=True):
    """Whose sources have changed since somebody read them."""

    schema: Literal["vendorgate.registry-watch/1"]
    """The format."""
    archive: ReportedArchive
    """Who says so."""
    changes: tuple[ReportedSourceChange, ...]
    """What changed, what went, what is not known, and at the end what is cosmetic; by document."""
    same: int
    """Cells whose source is what it was."""
    beyond: int
    """Cells that were read after the archive ends."""
    unmapped: int
    """Dated cells whose source is in no document that anybody has named."""
    undated: int
    """Cells that nobody has dated."""


def render(found: Watched) -> str:
    """What was found; the same inputs give the same bytes."""
    return written(
        RegistryWatch(
            schema="vendorgate.registry-watch/1",
            registry=reported_snapshot(found.snapshot),
            archive=ReportedArchive(found.archive, found.commit, found.ends),
            changes=tuple(map(_change, found.changes)),
            same=found.same,
            beyond=found.beyond,
            unmapped=found.unmapped,
            undated=found.undated,
        )
    )


def _change(one: SourceChange) -> ReportedSourceChange:
    return ReportedSourceChange(
        document=one.document,
        kind=one.kind,
        why=one.why or None,
        before=None if one.before is None else _version(one.before),
        after=_version(one.after),
        difference=None if one.difference is None else _difference(one.difference),
        pages=one.pages,
        cells=tuple(map(_cell, one.cells)),
    )


def _version(one: Version) -> ReportedVersion:
    return ReportedVersion(one.commit, day_of(one.seconds))


def _difference(one: TextDifference) -> ReportedTextDifference:
    return ReportedTextDifference(one.removed, one.added, one.moved)


def _cell(one: WatchedCell) -> ReportedWatchedCell:
    return ReportedWatchedCell(one.offering.id, one.cell.dimension, one.verified, one.cell.written.source or "")
