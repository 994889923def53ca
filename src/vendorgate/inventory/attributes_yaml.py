"""The attributes that usages lack and the view requires, as YAML to paste into a manifest and to fill in.

In: an inventory. Out: lines. Nothing is filled in: a text that is empty is refused when the manifest is read, so that
nobody can forget one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Final

from ..logic.wording import count
from ..model.additions import AttributeType
from ..model.register_words import REGISTER_ATTRIBUTES
from ..terminal.escape import escape
from .model import Column, Inventory
from .wording import column_words

_WHAT_TO_DO: Final = (
    "To paste into the usages that lack them (below `attributes` where that is there), and to fill in: "
    "an empty text is refused"
)
_PLAIN: Final = re.compile(r"[a-z][a-z0-9_]*")
"""A name that needs no quotes."""
_KINDS: Final[Mapping[AttributeType, str]] = {
    "text": "",
    "flag": "; `true` or `false`, without quotes",
    "day": "; YYYY-MM-DD",
    "number": "; a number, without quotes",
}


def to_paste(inventory: Inventory) -> Iterator[str]:
    """A line that says what to do, and the YAML; nothing where no attribute that is required is missing."""
    lacking = _lacking(inventory)
    if not lacking:
        return
    yield _WHAT_TO_DO
    yield "    attributes:"
    for name, (column, rows) in lacking.items():
        some = "" if rows == len(inventory.rows) else f"; missing in {count(rows, 'row')}"
        key = name if _PLAIN.fullmatch(name) else json.dumps(name)
        yield f'      {key}: ""  # {escape(column_words(column))}{_kind(name)}{some}'


def _kind(name: str) -> str:
    """What values it takes, where these are not any text."""
    known = REGISTER_ATTRIBUTES.get(name)
    if known is None:
        return ""
    return f"; {known.meaning}" if known.type == "text" and known.meaning.startswith("`") else _KINDS[known.type]


def _lacking(inventory: Inventory) -> Mapping[str, tuple[Column, int]]:
    """By attribute, the first column that requires it, and in how many rows it is missing."""
    found: dict[str, tuple[Column, int]] = {}
    for place, column in enumerate(inventory.view.columns):
        if column.required and inventory.missing_by_column[place]:
            cells = [dict.fromkeys(one.attribute for one in row.cells[place].missing) for row in inventory.rows]
            names = [name for cell in cells for name in cell]
            for name in dict.fromkeys(names):
                if name is not None:
                    found.setdefault(name, (column, names.count(name)))
    return found
