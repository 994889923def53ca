"""What is another in a register, as CSV (RFC 4180) for spreadsheets: a row a cell.

In: a difference. Out: as the CSV of a check has it: every cell is quoted, is one line, and is no formula.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ...report.csv_rows import joined, written
from .diff_wording import warning_words
from .difference import InventoryDifference

_COLUMNS: Final = ("change", "row", "name", "column", "title", "before", "after")


def render(found: InventoryDifference) -> str:
    """A row of names, one for each warning, and one for each cell of what is new, gone or another."""
    same = {
        "view": found.after.view.name,
        "before_as_of": found.before.as_of.isoformat(),
        "as_of": found.after.as_of.isoformat(),
    }
    return written([*_COLUMNS, *same], _rows(found), same.values())


def _rows(found: InventoryDifference) -> Iterator[tuple[str, ...]]:
    for words in warning_words(found):
        yield ("warning", "", joined([words]), "", "", "", "")
    titles = {one.id: one.title for one in (*found.columns, *found.columns_removed)}
    for row in found.added:
        yield from (("added", row.id, row.name, id, titles[id], "", words) for id, words in row.cells.items())
    for row in found.removed:
        yield from (("removed", row.id, row.name, id, titles[id], words, "") for id, words in row.cells.items())
    for one in found.changed:
        for cell in one.changes:
            yield ("changed", one.id, one.name, cell.column.id, cell.column.title, cell.before, cell.after)
