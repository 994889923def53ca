"""A register in words that every format shares; plain text, not yet escaped.

In: parts of an inventory. Out: one line each. What is missing is said with where it can be said, and never left blank.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import UnsetType

from ..logic.wording import and_more, count, few
from ..report.unjudged import missing_words as unjudged_words
from .answer import words_of
from .model import Cell, CellMissing, CellValue, Column, Inventory, Row

NOT_ASKED_WORDS: Final = "not applicable"
NOT_STATED: Final = "not stated"
"""What a page for everybody says of what is missing."""
_FEW: Final = 3
ROW_WORDS: Final = {"usage": "usage", "route": "route of a usage", "vendor": "vendor"}


def values_words(values: Sequence[CellValue], *, whose: bool = True) -> str:
    """What a cell says; of what is not said of all routes, of which."""
    told = [f"{one.words}{_of(one.of) if whose else ''}" for one in values]
    distinct = list(dict.fromkeys(told))
    return ("; " if any("," in one or ";" in one for one in distinct) else ", ").join(distinct)


def missing_words(one: CellMissing) -> str:
    """What a cell does not say, why, and how to say it."""
    why = "; ".join(text for text in (one.why, one.help) if text)
    return f"missing: {one.what}{_of(one.of)}" + (f" ({why})" if why else "")


def short_words(one: CellMissing) -> str:
    """The same in a few words, where how to say it is told once for all rows."""
    told = f"{one.called} ({one.why})" if one.called and one.why else one.called or one.why or one.help
    return f"missing{_of(one.of)}: {told}"


def lack_words(one: CellMissing) -> str:
    """The same where the column is named beside it."""
    why = "; ".join(text for text in (one.why, one.help) if text)
    return f"missing{_of(one.of)}" + (f": {why}" if why else "")


def cell_words(cell: Cell) -> str:
    """A cell in one text: what it says, and what is missing."""
    if not cell.values and not cell.missing:
        return NOT_ASKED_WORDS
    told = [values_words(cell.values)] if cell.values else []
    return "; ".join((*told, *map(missing_words, cell.missing)))


def public_words(cell: Cell) -> str:
    """The same for everybody: nothing of routes, and nothing of how to say what is missing."""
    if not cell.values and not cell.missing:
        return NOT_ASKED_WORDS
    told = [values_words(cell.values, whose=False)] if cell.values else []
    return "; ".join((*told, *([NOT_STATED] if cell.missing else [])))


def _of(labels: Sequence[str]) -> str:
    return f" [{few(labels, _FEW)}]" if labels else ""


def origin_words(one: CellValue) -> str:
    """Where a value comes from, and whose word it is."""
    place = None if one.locate is None else one.locate()
    where = f"{place.path}:{place.line}" if place is not None else ""
    if one.said_by == "observation":
        return ", ".join(text for text in (_observed(one), where, one.reference or "", _claimed(one)) if text)
    read = f"verified {one.verified}" if one.verified is not None else ""
    who = {"bundle": "our own", "rule": "by rule", "run": "of this run", "results": "as judged"}.get(
        one.said_by, one.said_by
    )
    return ", ".join(text for text in (who, where, one.reference or "", read) if text)


def _observed(one: CellValue) -> str:
    return f"{'observed' if one.attested_by is None else f'attested by {one.attested_by}'} on {one.verified}"


def _claimed(one: CellValue) -> str:
    return "" if isinstance(one.claimed, UnsetType) else f"claimed: {words_of(one.claimed)}"


def column_words(column: Column) -> str:
    """A column with the articles that ask for it."""
    return f"{column.title} ({'; '.join(column.cites)})" if column.cites else column.title


def head_words(inventory: Inventory) -> str:
    """What the register is, and of which day."""
    return f"{inventory.view.title}, as of {inventory.evaluation.day}"


def closing_words(inventory: Inventory) -> str:
    """Everything in one line: how much of it there is, and what of it is missing."""
    counts = inventory.counts
    rows = f"{count(counts.rows, 'row')}, one a {ROW_WORDS[inventory.view.rows]}"
    cells = f"{counts.filled} of {count(counts.cells, 'cell')} filled"
    required = f", {counts.missing_required} of them required" if counts.missing_required else ""
    missing = f"{counts.missing} missing{required}" if counts.missing else "nothing missing"
    return f"{unjudged_words(inventory.evaluation)}inventory `{inventory.view.name}`: {rows}; {cells}, {missing}"


def left_out_words(inventory: Inventory) -> str:
    """Of how much there is no row; empty where all has one."""
    if not inventory.left_out:
        return ""
    has = "has" if inventory.left_out == 1 else "have"
    return f"{count(inventory.left_out, 'route')} that the view is not about {has} no row"


def missing_columns(inventory: Inventory) -> Iterator[tuple[Column, int, str]]:
    """What is missing column by column, the required first: in how many rows, and how to say it, each way once."""
    order = sorted(inventory.missing_by_column, key=lambda place: (not inventory.view.columns[place].required, place))
    helps: dict[int, dict[str, None]] = {}
    for row in inventory.rows:
        for place, cell in enumerate(row.cells):
            for one in cell.missing:
                helps.setdefault(place, {})[one.help] = None
    for place in order:
        told = [*helps[place]]
        more = and_more("; ".join(told[:_FEW]), len(told) - _FEW)
        yield inventory.view.columns[place], inventory.missing_by_column[place], more


def route_words(row: Row) -> str:
    """The usages and routes that a row is of."""
    return few([f"{one.project}/{one.usage}" for one in row.routes], _FEW)
