"""What is another in a register, in words that every format shares; plain text, not yet escaped."""

from __future__ import annotations

from collections.abc import Iterator

from ...logic.wording import count, few
from .difference import InventoryDifference, ShownRow

_FEW = 5
NEW, GONE, OTHER = "New", "No longer listed", "Changed"


def title_words(found: InventoryDifference) -> str:
    """What is compared, and the two days."""
    before, after = found.days
    return f"{found.after.view.title}: what has changed between {before} and {after}"


def warning_words(found: InventoryDifference) -> Iterator[str]:
    """What keeps the difference from being all of it, or from being about the same thing."""
    for which, one in (("the earlier", found.before), ("the later", found.after)):
        if one.not_judged:
            left = few([left.path for left in one.not_judged], _FEW)
            yield f"{which} register is incomplete: not judged: {left}; what it does not list may be there all the same"
    if found.before.as_of > found.after.as_of:
        yield "the register that is given first is of the later day"
    for words, columns in (("added", found.columns_added), ("taken out", found.columns_removed)):
        if columns:
            yield f"columns {words} since: {few([one.id for one in columns], _FEW)}"


def cells_of(row: ShownRow, found: InventoryDifference) -> Iterator[tuple[str, str]]:
    """What a row says, by the titles of its columns."""
    titles = {one.id: one.title for one in (*found.columns, *found.columns_removed)}
    yield from ((titles[id], words) for id, words in row.cells.items())


def closing_words(found: InventoryDifference) -> str:
    """Everything in one line."""
    if found.is_empty:
        return f"inventory `{found.after.view.name}`: nothing has changed"
    parts = (
        (len(found.added), "new"),
        (len(found.removed), "no longer listed"),
        (len(found.changed), "changed"),
    )
    told = ", ".join(f"{number} {words}" for number, words in parts if number)
    return f"inventory `{found.after.view.name}`: {told}, of {count(len(found.after.rows), 'row')}"
