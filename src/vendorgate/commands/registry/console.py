"""Tables and text through rich, to a string.

In: renderables. Out: text. Every word from a snapshot passes `cell` or `line`, which escape it and know no markup.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec
from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.text import Text

from ...terminal.escape import escape
from ...terminal.style import PLAIN, Style

if TYPE_CHECKING:
    from rich.table import Table

_WIDE = 120
"""Columns of output that is no terminal."""
_NARROWEST = 100
"""Columns that a table needs; a narrower terminal breaks its lines."""
NARROWEST_ROWS = 72
"""Columns that labels and texts beside them need."""
_WIDEST = 40
"""Columns that a cell which does not wrap may hold on to."""
GRADE_STYLES = {
    "yes_public": "green",
    "yes_sales_gated": "cyan",
    "yes_platform_only": "cyan",
    "yes_contract": "cyan",
    "partial": "yellow",
    "no": "red",
}
"""Of a grade; every other one is dim, because nobody knows."""


class Canvas(msgspec.Struct, frozen=True):
    """Where something is drawn."""

    width: int = 120
    colour: bool = False


def _canvas(style: Style, least: int) -> Canvas:
    """As wide as the terminal, and coloured where it is; a file is wide and plain wherever it is written."""
    on_terminal = style is not PLAIN and sys.stdout.isatty()
    width = os.get_terminal_size(sys.stdout.fileno()).columns if on_terminal else _WIDE
    return Canvas(max(width, least), style.colour)


def drawn(renderables: Iterable[RenderableType], style: Style, least: int = _NARROWEST) -> str:
    """The renderables one below the other, without trailing white space; never in fewer than so many columns."""
    canvas, file = _canvas(style, least), io.StringIO()
    console = Console(
        file=file,
        width=canvas.width,
        force_terminal=canvas.colour,
        color_system="standard" if canvas.colour else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    for renderable in renderables:
        if not isinstance(renderable, Text):
            _hold(renderable)
        console.print(renderable, soft_wrap=isinstance(renderable, Text) and renderable.no_wrap)
    return "".join(f"{line.rstrip()}\n" for line in file.getvalue().split("\n")).rstrip("\n") + "\n"


def _hold(renderable: RenderableType) -> None:
    """Let only the columns that wrap give way where a table is too wide."""
    for column in getattr(renderable, "columns", ()):
        if column.no_wrap:
            texts = [part.plain for part in column.cells if isinstance(part, Text)]
            column.min_width = min(_WIDEST, max(map(cell_len, (*texts, str(column.header)))))


def cell(text: str | None, style: str = "") -> Text:
    """A text for a cell; a dash where there is none."""
    return Text("-" if text is None else escape(text), style)


def grade(value: str | None) -> Text:
    return cell(value, GRADE_STYLES.get(value or "", "dim"))


def line(*parts: Text | str) -> Text:
    """A line of several parts."""
    texts = (Text(part if part.isspace() else escape(part)) if isinstance(part, str) else part for part in parts)
    return Text.assemble(*texts)


def table(*headings: str, flexible: frozenset[str] = frozenset()) -> Table:
    """A plain table; the flexible columns wrap, the others do not."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table  # a list is drawn without

    made = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False, header_style="bold")
    for heading in headings:
        wraps = heading in flexible
        made.add_column(heading, no_wrap=not wraps, overflow="fold" if wraps else "ellipsis")
    return made


def rows(pairs: Iterable[tuple[str, str]]) -> Table:
    """Labels and texts, the texts wrapped beside their labels."""
    from rich.table import Table

    made = Table.grid(padding=(0, 2, 0, 4), pad_edge=True)
    made.add_column(no_wrap=True, style="dim")
    made.add_column(overflow="fold")
    for label, text in pairs:
        made.add_row(cell(label), cell(text))
    return made
