"""A register as a page: all in one file, without a script or a network.

In: an inventory. Out: HTML. Every text passes `finalize` of `report/page/environment.py`, the only place that
escapes. The page of a view for everybody can be published as it is: it says what the register says, of which day, and
nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Final

import msgspec
from jinja2 import Template
from markupsafe import Markup

from ..report.page.environment import digest, environment, finalize, look, policy, words
from ..report.page.reference import Reference, reference
from ..report.unjudged import findings
from ..version import VERSION
from .model import Cell, CellValue, Inventory
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

_NO_SECTION: Final = Markup()
_MOST_IN_A_TABLE: Final = 8
"""Columns that a reader can take in side by side; a row of more is a list."""


class ShownRow(msgspec.Struct, frozen=True):
    """A row as the page shows it."""

    name: str
    cells: tuple[tuple[Markup, bool], ...]
    """Each as markup, and whether anything is missing in it."""


def render(inventory: Inventory, section: Markup = _NO_SECTION, more_style: str = "") -> str:
    """The page, with a section of markup under its rows; the same inputs give the same bytes."""
    style = f"{look()}{_part('page.css')}{more_style}"
    public = inventory.view.public
    drawn = _Cells(public)
    return _template().render(
        view=inventory.view,
        evaluation=inventory.evaluation,
        title=inventory.view.title if public else head_words(inventory),
        unjudged=[one.message for one in findings(inventory.evaluation)],
        rows=[ShownRow(row.name, tuple(map(drawn.cell, row.cells))) for row in inventory.rows],
        in_a_table=len(inventory.view.columns) <= _MOST_IN_A_TABLE,
        missing=[] if public else [*missing_columns(inventory)],
        closing=closing_words(inventory),
        left_out=left_out_words(inventory),
        section=section,
        version=VERSION,
        security=policy({"style-src": digest(style)}),
        # The files of this package are the only markup that is not escaped.
        style=Markup(style),  # noqa: S704
    )


class _Cells:
    """Cells as markup, each made once: what is missing is mostly missing in the same words."""

    def __init__(self, public: bool) -> None:
        self._public = public
        self._shared: dict[int, tuple[Markup, bool]] = {}
        """By their identity."""

    def cell(self, cell: Cell) -> tuple[Markup, bool]:
        found = self._shared.get(id(cell))
        if found is None:
            parts = _for_everybody(cell) if self._public else _told(cell)
            found = self._shared[id(cell)] = Markup("\n").join(parts), bool(cell.missing)
        return found


def _told(cell: Cell) -> Iterator[Markup]:
    if not cell.values and not cell.missing:
        yield _NOTHING
    if cell.values:
        yield _SAYS.format(finalize(values_words(cell.values)))
        yield _ORIGINS.format(_SEMICOLON.join(map(_origin, dict.fromkeys(map(_whence, cell.values)))))
    yield from (_MISSING.format(words(lack_words(one))) for one in cell.missing)


def _for_everybody(cell: Cell) -> Iterator[Markup]:
    if not cell.values and not cell.missing:
        yield _NOTHING
    if cell.values:
        yield _SAYS.format(finalize(values_words(cell.values, whose=False)))
    if cell.missing:
        yield _MISSING.format(NOT_STATED)


_NOTHING: Final = Markup('<span class="nothing">{}</span>').format(NOT_ASKED_WORDS)
_SAYS: Final = Markup('<span class="says">{}</span>')
_MISSING: Final = Markup('<span class="missing">{}</span>')
_ORIGINS: Final = Markup("<small>{}</small>")
_LINK: Final = Markup('<a href="{0}" rel="noopener noreferrer nofollow">{0}</a>')
_SEMICOLON, _COMMA = Markup("; "), Markup(", ")


def _whence(one: CellValue) -> tuple[str, Reference | None]:
    """Where a value comes from; the address of evidence apart, so that the page may link to it."""
    source = None if one.reference is None else reference(one.reference)
    if source is None or not source.is_link:
        return origin_words(one), None
    return origin_words(msgspec.structs.replace(one, reference=None)), source


def _origin(whence: tuple[str, Reference | None]) -> Markup:
    said, source = whence
    linked = [] if source is None else [_LINK.format(finalize(source.text))]
    return _COMMA.join([finalize(said), *linked])


@cache
def _template() -> Template:
    return environment().from_string(_part("page.html.jinja"))


def _part(name: str) -> str:
    return (files(__package__) / name).read_text("utf-8")
