"""Whose source has changed since somebody read it.

In: a snapshot, an archive of texts in git, which document is a copy of which page. Out: `Watched`. A text counts as
read where it was recorded before the day of reading: what was recorded on that day may have come after the reader.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from ....git.history import Version, Versions
from ....git.repository import Repository, TreeEntry
from ....model.registry import Cell, Snapshot
from ....model.vocabulary import in_order
from ..pages import page_of
from .mapping import DocumentsByPage, contents_of_copies
from .model import ChangeKind, SourceChange, TextDifference, Watched, WatchedCell
from .substance import difference

_LARGEST: Final = 4 * 1024 * 1024
"""Bytes of a text that is compared."""
_ORDER: Final[Mapping[ChangeKind, int]] = {"changed": 0, "gone": 1, "unknown": 2, "cosmetic": 3}
_EPOCH: Final = datetime.date(1970, 1, 1)
_DAY: Final = 86_400
"""Seconds."""


Copies = Callable[[Cell], frozenset[str]]
"""The contents that a cell names as copies of its source."""


class _Pair:
    """Two versions of a document between which nothing but cells differs."""

    __slots__ = ("after", "before", "cells", "document")

    def __init__(self, document: str, before: Version | None, after: Version) -> None:
        self.document, self.before, self.after = document, before, after
        self.cells: list[WatchedCell] = []


def watched(snapshot: Snapshot, repository: Repository, shown: str, commit: str, documents: DocumentsByPage) -> Watched:
    """Every dated cell whose source the archive has, held against the last version of it."""
    history = repository.history(commit)
    ends = max((versions[0].seconds for versions in history.values()), default=0)
    cells, undated = _dated(snapshot)
    mapped = [(one, found) for one in cells if (found := _documents(one, documents, history))]
    known = [(one, found) for one, found in mapped if _begins(one.verified) <= ends]
    pairs, same = _pairs(known, history, lambda cell: contents_of_copies(cell, repository))
    pages = _pages(documents)
    changes = [_change(pair, repository, pages.get(pair.document, ())) for pair in pairs]
    return Watched(
        snapshot=snapshot,
        archive=shown,
        commit=commit,
        ends=day_of(ends),
        changes=tuple(sorted(changes, key=lambda one: (_ORDER[one.kind], one.document, one.cells[0].verified))),
        same=same,
        beyond=len(mapped) - len(known),
        unmapped=len(cells) - len(mapped),
        undated=undated,
    )


def day_of(seconds: int) -> datetime.date:
    """The day of a second, in UTC."""
    return _EPOCH + datetime.timedelta(days=seconds // _DAY)


def _begins(day: datetime.date) -> int:
    return (day - _EPOCH).days * _DAY


def _dated(snapshot: Snapshot) -> tuple[list[WatchedCell], int]:
    found, undated = [], 0
    for id in sorted(snapshot.offerings):
        offering = snapshot.offerings[id]
        for dimension in in_order(offering.cells):
            cell = offering.cells[dimension]
            if cell.written.verified is None:
                undated += 1
            else:
                found.append(WatchedCell(offering, cell))
    return found, undated


def _documents(one: WatchedCell, documents: DocumentsByPage, history: Versions) -> Sequence[str]:
    source = one.cell.written.source
    return [] if source is None else [path for path in documents.get(page_of(source), ()) if path in history]


def _pairs(
    known: Iterable[tuple[WatchedCell, Sequence[str]]], history: Versions, copies: Copies
) -> tuple[list[_Pair], int]:
    """The versions to compare, with the cells that each concerns; how many cells have a source that is what it was."""
    found: dict[tuple[str, str | None], _Pair] = {}
    same = 0
    for one, documents in known:
        differs = False
        for document in documents:
            before, after = _before(history[document], one, copies), history[document][0]
            if before is not None and before.content is not None and before.content == after.content:
                continue
            differs = True
            key = document, None if before is None else before.content
            found.setdefault(key, _Pair(document, before, after)).cells.append(one)
        same += not differs
    return list(found.values()), same


def _before(versions: Sequence[Version], read: WatchedCell, copies: Copies) -> Version | None:
    """What was read: the last version from before the day, or that of the day itself of which the cell names a copy.

    None where there is none, or the document was gone.
    """
    begins, named = _begins(read.verified), copies(read.cell)
    for one in versions:
        if one.seconds < begins or (one.seconds < begins + _DAY and one.content in named):
            return None if one.content is None else one
    return None


def _pages(documents: DocumentsByPage) -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for page, paths in documents.items():
        for path in paths:
            found[path].append(page)
    return {path: tuple(sorted(pages)) for path, pages in found.items()}


def _change(pair: _Pair, repository: Repository, pages: tuple[str, ...]) -> SourceChange:
    kind, why, found = _judged(pair, repository)
    return SourceChange(pair.document, kind, pair.before, pair.after, why, found, pages, tuple(pair.cells))


def _judged(pair: _Pair, repository: Repository) -> tuple[ChangeKind, str, TextDifference | None]:
    """What became of a document. Its texts are read here and not kept: an archive can have any number of them."""
    if pair.after.content is None:
        return "gone", "", None
    if pair.before is None or pair.before.content is None:
        return "unknown", "the archive has no text of it from before the reading", None
    ids = pair.before.content, pair.after.content
    contents = repository.contents((TreeEntry("file", id) for id in ids), _LARGEST)
    old, new = (contents[id] for id in ids)
    if max(len(old), len(new)) > _LARGEST:
        return "unknown", f"more than {_LARGEST >> 20} MiB of text, which is not compared", None
    found = difference(old.decode("utf-8", "replace"), new.decode("utf-8", "replace"))
    return ("cosmetic", "", None) if found is None else ("changed", "", found)
