"""A register as CSV (RFC 4180) for spreadsheets: a row a row, its columns by their ids.

In: an inventory. Out: as the CSV of a check has it: every cell is quoted, is one line, and is no formula.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from ..report import unjudged
from ..report.csv import INPUTS
from ..report.csv_rows import joined, written
from .model import Inventory, Row
from .wording import cell_words, origin_words

_BEFORE: Final = ("row", "not_judged", "manifests", "usages", "routes")
_AFTER: Final = ("missing", "sources")
_OTHER: Final = "column_"
"""What stands before the id of a column that is called as one of ours, or begins so itself: no two are called alike."""


def render(inventory: Inventory) -> str:
    """A row of names, one for each manifest that was not judged, and one for each row, with the inputs."""
    same = same_everywhere(inventory)
    return written([*titles(inventory), *same], _rows(inventory), same.values())


def same_everywhere(inventory: Inventory) -> dict[str, str]:
    """The view and the inputs, the same in every row, by the names of their columns."""
    inputs = {name: value(inventory.evaluation) for name, value in INPUTS.items()}
    return {"view": inventory.view.name, "view_sha256": inventory.view.sha256, **inputs}


def titles(inventory: Inventory, beside: Collection[str] = ()) -> list[str]:
    """The names of the columns; a column of the view that is called as one of ours, or as one `beside`, says so."""
    own = {*_BEFORE, *_AFTER, *beside, *same_everywhere(inventory)}
    columns = (one.id for one in inventory.view.columns)
    named = (f"{_OTHER}{one}" if one in own or one.startswith(_OTHER) else one for one in columns)
    return [*_BEFORE, *named, *_AFTER]


def _rows(inventory: Inventory) -> Iterator[list[str]]:
    yield from unjudged_rows(inventory)
    yield from (words_of_row(row, inventory) for row in inventory.rows)


def unjudged_rows(inventory: Inventory) -> Iterator[list[str]]:
    """A row for each manifest that was not judged."""
    for left in inventory.evaluation.not_judged:
        problems = joined(map(unjudged.words, left.problems))
        yield ["", f"not judged: {problems}", left.path, "", "", *("" for _ in inventory.view.columns), "", ""]


def words_of_row(row: Row, inventory: Inventory) -> list[str]:
    """The cells of a row."""
    id, *of = of_row(row)
    return [id, "", *of, *map(cell_words, row.cells), *about(row, inventory)]


def of_row(row: Row) -> list[str]:
    """What a row is of: its id, its manifests, usages and routes."""
    manifests = dict.fromkeys(one.manifest for one in row.routes)
    usages = dict.fromkeys(f"{one.project}/{one.usage}" for one in row.routes)
    routes = dict.fromkeys(f"{one.route} {one.offering}" for one in row.routes)
    return [row.id, joined(manifests), joined(usages), joined(routes)]


def about(row: Row, inventory: Inventory) -> Iterator[str]:
    """The columns of which anything is missing, and where each value comes from."""
    cells = [*zip(inventory.view.columns, row.cells, strict=True)]
    yield joined(column.id for column, cell in cells if cell.missing)
    yield joined(
        f"{column.id}: {'; '.join(dict.fromkeys(map(origin_words, cell.values)))}"
        for column, cell in cells
        if cell.values
    )
