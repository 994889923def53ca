"""A register as CSV (RFC 4180) for spreadsheets: a row a row, its columns by their ids.

In: an inventory. Out: as the CSV of a check has it: every cell is quoted, is one line, and is no formula.
"""

from __future__ import annotations

from collections.abc import Iterator
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
    ids = [one.id for one in inventory.view.columns]
    same = {
        "view": inventory.view.name,
        "view_sha256": inventory.view.sha256,
        **{name: value(inventory.evaluation) for name, value in INPUTS.items()},
    }
    ours = {*_BEFORE, *_AFTER, *same}
    named = (f"{_OTHER}{one}" if one in ours or one.startswith(_OTHER) else one for one in ids)
    names = [*_BEFORE, *named, *_AFTER, *same]
    return written(names, _rows(inventory, len(ids)), same.values())


def _rows(inventory: Inventory, columns: int) -> Iterator[list[str]]:
    for left in inventory.evaluation.not_judged:
        problems = joined(map(unjudged.words, left.problems))
        yield ["", f"not judged: {problems}", left.path, "", "", *("" for _ in range(columns)), "", ""]
    for row in inventory.rows:
        id, *of = of_row(row)
        yield [id, "", *of, *map(cell_words, row.cells), *about(row, inventory)]


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
