"""A register as Markdown, for a page, a wiki or a pull request: a table, with the articles under its names.

In: an inventory. Out: Markdown; every word from an input passes `markdown`. A view for everybody says nothing of
where a value comes from.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..report.markup import markdown
from ..report.unjudged import findings
from .model import Cell, CellValue, Inventory
from .wording import (
    NOT_ASKED_WORDS,
    closing_words,
    head_words,
    left_out_words,
    missing_words,
    origin_words,
    public_words,
    values_words,
)

_FEW_ORIGINS: Final = 3


def render(inventory: Inventory) -> str:
    """A heading, what was not judged, and a table."""
    return "\n".join(_public(inventory) if inventory.view.public else _internal(inventory)) + "\n"


def _public(inventory: Inventory) -> Iterator[str]:
    yield f"# {markdown(inventory.view.title)}"
    yield ""
    yield from _unjudged(inventory)
    yield f"As of {inventory.evaluation.as_of}."
    yield ""
    yield from _table(inventory)
    if inventory.view.notice is not None:
        yield ""
        yield markdown(inventory.view.notice)


def _internal(inventory: Inventory) -> Iterator[str]:
    yield f"# {markdown(head_words(inventory))}"
    yield ""
    yield from _unjudged(inventory)
    yield from (f"- {markdown(law)}" for law in inventory.view.law)
    yield ""
    yield from _table(inventory)
    yield ""
    left = left_out_words(inventory)
    yield f"{markdown(closing_words(inventory))}{f'; {markdown(left)}' if left else ''}"


def _unjudged(inventory: Inventory) -> Iterator[str]:
    """What a document begins with where manifests were not judged."""
    if inventory.evaluation.not_judged:
        yield from ("## Not judged", "", *(f"- {markdown(one.message)}" for one in findings(inventory.evaluation)), "")


def _table(inventory: Inventory) -> Iterator[str]:
    columns, public = inventory.view.columns, inventory.view.public
    if not inventory.rows:
        yield "There is nothing to list."
        return
    names = [
        markdown(one.title) + ("" if public or not one.cites else f"<br>{markdown('; '.join(one.cites))}")
        for one in columns
    ]
    first = [] if public else ["Row"]
    yield f"| {' | '.join((*first, *names))} |"
    yield f"|{'---|' * (len(names) + len(first))}"
    for row in inventory.rows:
        cells = [markdown(public_words(cell)) if public else _cell(cell) for cell in row.cells]
        yield f"| {' | '.join((*([] if public else [markdown(row.name)]), *cells))} |"


def _cell(cell: Cell) -> str:
    if not cell.values and not cell.missing:
        return NOT_ASKED_WORDS
    told = [f"{markdown(values_words(cell.values))}<br>*{markdown(_origins(cell.values))}*"] if cell.values else []
    return "<br>".join((*told, *(f"**{markdown(missing_words(one))}**" for one in cell.missing)))


def _origins(values: tuple[CellValue, ...]) -> str:
    origins = [*dict.fromkeys(map(origin_words, values))]
    more = f" and {len(origins) - _FEW_ORIGINS} more" if len(origins) > _FEW_ORIGINS else ""
    return "; ".join(origins[:_FEW_ORIGINS]) + more
