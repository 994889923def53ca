"""A place in a file with its line, as compilers show it.

In: a location, its source, a label. Out: escaped, painted lines.
"""

from __future__ import annotations

from typing import Final

from ..source import Location, Source
from .escape import escape, escape_source, width
from .style import Look, Style

_LONGEST: Final = 110
"""Code points of a source line that are shown."""
_BEFORE: Final = 40
"""Of a longer line, how many are kept before the place that is meant."""


def arrow(location: Location, style: Style, gutter: int = 1) -> str:
    """`--> file:line:column`."""
    return f"{' ' * gutter}{style.paint('frame', '-->')} {escape(str(location))}"


def snippet(location: Location, source: Source | None, label: str, look: Look, style: Style) -> list[str]:
    """The arrow, the line and carets under the place; the arrow alone where there is no text to show."""
    gutter = len(str(location.line))
    text = source.line(location.line) if source is not None else ""
    if not text.strip():
        return [arrow(location, style, gutter)]
    line, column = _window(text, location.column)
    before = escape_source(line[: column - 1])
    meant = escape_source(line[column - 1 : column - 1 + location.width])
    shown = escape_source(line)  # whole: what is harmless in parts may be a command when they are joined
    bar = style.paint("frame", "|")
    carets = style.paint(look, "^" * max(1, width(meant)) + (f" {label}" if label else ""))
    return [
        arrow(location, style, gutter),
        f"{' ' * gutter} {bar}",
        f"{style.paint('frame', str(location.line))} {bar} {shown}",
        f"{' ' * gutter} {bar} {' ' * width(before)}{carets}",
    ]


def _window(text: str, column: int) -> tuple[str, int]:
    """A line, cut around a column where it is very long, and where the column is then."""
    if len(text) <= _LONGEST:
        return text, column
    start = max(0, min(column - 1 - _BEFORE, len(text) - _LONGEST))
    return text[start : start + _LONGEST], column - start
