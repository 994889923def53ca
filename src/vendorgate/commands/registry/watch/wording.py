"""What an archive says, in words, the same in every format for people.

In: parts of it. Out: plain text; whoever shows it escapes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from ....git.history import Version
from ....logic.wording import count, few
from .model import SourceChange, Watched
from .watching import day_of

SHORT: Final = 12
"""Digits of a commit that are shown."""
MOST: Final = 8
"""Sentences that are shown of those that came or went."""
_MOST_PAGES: Final = 3


def what_words(one: SourceChange) -> str:
    """What became of a document, and when."""
    now = version_words(one.after)
    if one.kind == "gone":
        return f"gone since {now}"
    if one.kind == "unknown":
        return f"not known: {one.why}; there is one of {now}"
    before = "" if one.before is None else f"; what was read is of {version_words(one.before)}"
    moved = "; the same sentences in another order" if one.difference is not None and one.difference.moved else ""
    looks = "; it says the same" if one.kind == "cosmetic" else ""
    return f"last changed on {now}{before}{moved}{looks}"


def version_words(one: Version) -> str:
    """A version by its day and commit."""
    return f"{day_of(one.seconds)} ({one.commit[:SHORT]})"


def cell_words(one: SourceChange) -> str:
    """The cells that it concerns, each with the day of its reading."""
    grouped = groupby(one.cells, key=lambda cell: (cell.offering.id, cell.verified))
    return "; ".join(
        f"{id} {', '.join(cell.cell.dimension for cell in cells)} (read {day})" for (id, day), cells in grouped
    )


def page_words(one: SourceChange) -> str:
    """What it is a copy of."""
    together = ", together in one document" if len(one.pages) > 1 else ""
    return f"{few(one.pages, _MOST_PAGES)}{together}"


def closing_words(found: Watched) -> Iterator[str]:
    """What it comes to, one sentence a line."""
    changed, cosmetic = found.of("changed", "gone", "unknown"), found.of("cosmetic")
    yield (
        f"{count(len(changed), 'document')} changed, gone or not known, for {_cells(changed)};"
        f" {count(len(cosmetic), 'document')} with nothing but another look, for {_cells(cosmetic)}"
    )
    yield f"{count(found.same, 'cell')} with a source that is what it was when it was read"
    yield f"the archive ends on {found.ends} ({found.commit[:SHORT]})"
    if found.beyond:
        yield f"{count(found.beyond, 'cell')} read after that day, of which it knows nothing: update the checkout"
    if found.unmapped:
        yield f"{count(found.unmapped, 'dated cell')} with a source that is in no document which anybody has named"
    if found.undated:
        yield f"{count(found.undated, 'cell')} that nobody has dated"


def _cells(changes: tuple[SourceChange, ...]) -> str:
    names = {(one.offering.id, one.cell.dimension) for change in changes for one in change.cells}
    return count(len(names), "cell")
