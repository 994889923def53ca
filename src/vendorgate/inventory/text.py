"""A register for people at a terminal: a table a row, then what is missing, column by column, and how to say it.

In: an inventory and a style. Out: text. Every word from an input passes `escape` on its way.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..logic.wording import count
from ..report import unjudged
from ..terminal.escape import escape
from ..terminal.style import PLAIN, Style
from .attributes_yaml import to_paste
from .model import Cell, Inventory, Row
from .wording import (
    NOT_ASKED_WORDS,
    closing_words,
    column_words,
    head_words,
    left_out_words,
    missing_columns,
    origin_words,
    short_words,
    values_words,
)

_NO_NOTICE: Final = (
    "the page does not say how customers are told of changes and object: `notice` of a view of your own does"
)
_MOST_ROWS: Final = 20
"""Rows that are told."""


def render(inventory: Inventory, style: Style = PLAIN, *, verbose: bool = False) -> str:
    """The register, ending with one line that sums it up; `verbose` tells every row."""
    blocks = [*unjudged.blocks(inventory.evaluation, style), "\n".join(_head(inventory, style))]
    shown = inventory.rows if verbose else inventory.rows[:_MOST_ROWS]
    blocks.extend("\n".join(_row(row, inventory, style)) for row in shown)
    if len(shown) < len(inventory.rows):
        blocks.append(f"and {count(len(inventory.rows) - len(shown), 'more row')} (--verbose)")
    if inventory.missing_by_column:
        blocks.append("\n".join(_missing(inventory, style)))
    blocks.extend("\n".join(lines) for lines in [[*to_paste(inventory)]] if lines)
    blocks.append("\n".join(_end(inventory)))
    return "\n\n".join(blocks) + "\n"


def render_verbose(inventory: Inventory, style: Style = PLAIN) -> str:
    """The register with every row."""
    return render(inventory, style, verbose=True)


def _head(inventory: Inventory, style: Style) -> Iterator[str]:
    yield style.paint("bold", escape(head_words(inventory)))
    yield from (f"  {escape(law)}" for law in inventory.view.law)


def _row(row: Row, inventory: Inventory, style: Style) -> Iterator[str]:
    columns = inventory.view.columns
    widest = max(len(one.id) for one in columns)
    yield style.paint("bold", escape(row.name))
    for column, cell in zip(columns, row.cells, strict=True):
        for place, line in enumerate(_lines(cell, style)):
            yield f"  {column.id if not place else '':<{widest}}  {line}"


def _lines(cell: Cell, style: Style) -> Iterator[str]:
    """What a cell says with where that comes from, and what it does not say."""
    if not cell.values and not cell.missing:
        yield style.paint("dim", NOT_ASKED_WORDS)
    if cell.values:
        origins = dict.fromkeys(map(origin_words, cell.values))
        more = f" and {len(origins) - 1} more" if len(origins) > 1 else ""
        yield f"{escape(values_words(cell.values))} {style.paint('dim', escape(f'({next(iter(origins))}{more})'))}"
    for one in cell.missing:
        yield style.paint("warning", escape(short_words(one)))


def _missing(inventory: Inventory, style: Style) -> Iterator[str]:
    yield style.paint("bold", "Missing")
    for column, rows, help in missing_columns(inventory):
        look = style.paint("warning", "required") if column.required else "optional"
        yield f"  {look}: {escape(column_words(column))}, in {count(rows, 'row')}: {escape(help)}"


def _end(inventory: Inventory) -> Iterator[str]:
    left = left_out_words(inventory)
    if left:
        yield escape(left)
    if inventory.view.public and inventory.view.notice is None:
        yield _NO_NOTICE
    yield escape(closing_words(inventory))
