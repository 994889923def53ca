"""Diagnostics for people, as compilers show them.

In: a diagnostic and a style. Out: lines: what was found, the place with its line, why, and what to do.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...terminal.escape import escape
from ...terminal.snippet import snippet
from ...terminal.style import PLAIN, Look, Style
from ..diagnostic import Diagnosed, Diagnostic


def render(found: Diagnosed, style: Style = PLAIN) -> str:
    """Every diagnostic, then what they come to."""
    show = lines if found.judged else problem
    blocks = ["\n".join(show(one, style)) for one in found.diagnostics]
    return "\n\n".join([*blocks, escape(found.last_line)]) + "\n"


def problem(one: Diagnostic, style: Style = PLAIN) -> Iterator[str]:
    """The lines of a mistake because of which nothing is judged: all of them are errors, and of one kind."""
    return lines(one, style, name="error", gutter=2)


def lines(
    one: Diagnostic, style: Style = PLAIN, name: str | None = None, look: Look | None = None, gutter: int = 3
) -> Iterator[str]:
    """The lines of one; `name` is what it begins with where that is not its severity and id."""
    shown = f"{one.severity}[{escape(one.id)}]" if name is None else escape(name)
    yield f"{style.paint(look or one.severity, shown)}{style.paint('bold', ': ' + escape(one.message))}"
    if one.location is not None:
        yield from snippet(one.location, one.source, "", look or one.severity, style)
    before = " " * gutter
    for reason in one.reasons:
        inner = len(reason) - len(reason.lstrip(" "))
        mark = " " * (inner + 1) if inner else style.paint("bold", "=")
        yield f"{before}{mark} {escape(reason)}"
    for other in one.related:
        yield f"{before}{style.paint('bold', '= with:')} {escape(f'{other.words}, {other.location}')}"
    if one.help is not None:
        yield f"{before}{style.paint('bold', '= help:')} {escape(one.help)}"
    if one.more is not None:
        yield f"{before}{style.paint('bold', '= more:')} {escape(one.more)}"
