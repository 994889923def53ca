"""A register as a page: all in one file, without a script or a network.

In: an inventory. Out: HTML. Every text passes `finalize` of `report/page/environment.py`, the only place that
escapes. The page of a view for everybody can be published as it is: it says what the register says, of which day, and
nothing else.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Final

import msgspec
from jinja2 import Template
from markupsafe import Markup

from ..report.page.environment import digest, environment, look, policy
from ..report.page.reference import Reference, reference
from ..report.unjudged import findings
from ..version import VERSION
from .model import Cell, CellValue, Inventory, Row
from .wording import (
    NOT_ASKED_WORDS,
    NOT_STATED,
    closing_words,
    head_words,
    lack_words,
    left_out_words,
    missing_columns,
    origin_words,
    values_words,
)

_MOST_IN_A_TABLE: Final = 8
"""Columns that a reader can take in side by side; a row of more is a list."""


class Told(msgspec.Struct, frozen=True):
    """A cell as the page shows it."""

    words: str
    """Empty where it says nothing."""
    origins: tuple[tuple[str, Reference | None], ...]
    """Where its values come from, with what the page can link to."""
    missing: tuple[str, ...]
    asked: bool


class ToldRow(msgspec.Struct, frozen=True):
    """A row as the page shows it."""

    name: str
    cells: tuple[Told, ...]
    lacks: int
    """Cells of which anything is missing."""


def render(inventory: Inventory) -> str:
    """The page; the same inputs give the same bytes."""
    style = f"{look()}{_part('page.css')}"
    public = inventory.view.public
    return _template().render(
        view=inventory.view,
        evaluation=inventory.evaluation,
        title=inventory.view.title if public else head_words(inventory),
        unjudged=[one.message for one in findings(inventory.evaluation)],
        rows=[_row(row, public) for row in inventory.rows],
        in_a_table=len(inventory.view.columns) <= _MOST_IN_A_TABLE,
        missing=[] if public else [*missing_columns(inventory)],
        closing=closing_words(inventory),
        left_out=left_out_words(inventory),
        nothing=NOT_ASKED_WORDS,
        version=VERSION,
        security=policy({"style-src": digest(style)}),
        # The files of this package are the only markup that is not escaped.
        style=Markup(style),  # noqa: S704
    )


def _row(row: Row, public: bool) -> ToldRow:
    tell = _for_everybody if public else _told
    return ToldRow(row.name, tuple(map(tell, row.cells)), sum(bool(cell.missing) for cell in row.cells))


def _told(cell: Cell) -> Told:
    words = values_words(cell.values) if cell.values else ""
    missing = tuple(lack_words(one) for one in cell.missing)
    return Told(words, tuple(dict.fromkeys(map(_origin, cell.values))), missing, _is_asked(cell))


def _origin(one: CellValue) -> tuple[str, Reference | None]:
    """Where a value comes from; the address of evidence apart, so that the page may link to it."""
    source = None if one.reference is None else reference(one.reference)
    if source is None or not source.is_link:
        return origin_words(one), None
    return origin_words(msgspec.structs.replace(one, reference=None)), source


def _for_everybody(cell: Cell) -> Told:
    words = values_words(cell.values, whose=False) if cell.values else ""
    return Told(words, (), (NOT_STATED,) if cell.missing else (), _is_asked(cell))


def _is_asked(cell: Cell) -> bool:
    return bool(cell.values or cell.missing)


@cache
def _template() -> Template:
    return environment().from_string(_part("page.html.jinja"))


def _part(name: str) -> str:
    return (files(__package__) / name).read_text("utf-8")
