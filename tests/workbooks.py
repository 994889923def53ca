"""Workbooks read back by another library than the one that writes them."""

from __future__ import annotations

import io
from collections.abc import Iterator

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell


def sheets(data: bytes) -> dict[str, list[list[object]]]:
    """The values of each sheet, by its name; the row of names first."""
    return {
        page.title: [list(row) for row in page.iter_rows(values_only=True)] for page in load_workbook(io.BytesIO(data))
    }


def table(data: bytes, name: str) -> list[dict[str, object]]:
    """The rows of a sheet, by the names of its columns."""
    names, *rows = sheets(data)[name]
    return [dict(zip(map(str, names), row, strict=True)) for row in rows]


def cells(data: bytes) -> Iterator[Cell]:
    """Every cell of every sheet that holds something."""
    for page in load_workbook(io.BytesIO(data)):
        for row in page.iter_rows():
            yield from (one for one in row if isinstance(one, Cell) and one.value is not None)


def texts(data: bytes) -> str:
    """All that is read in it."""
    return "\n".join(str(one.value) for one in cells(data))
