"""Mistakes in inputs, on the error stream.

In: problems. Out: one block each, sorted by place, and a closing line.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from ..errors import ENOUGH, Problem, enough
from ..terminal.escape import escape
from ..terminal.snippet import snippet
from ..terminal.style import Style
from .streams import style_for


def show_problems(problems: Iterable[Problem], stream: TextIO) -> None:
    """Print every problem with its place, excerpt and advice."""
    style = style_for(stream)
    ordered = sorted(dict.fromkeys(problems), key=_place)
    blocks = ["\n".join(_block(problem, style)) for problem in ordered[:ENOUGH]]
    count = (
        f"{ENOUGH} or more problems" if enough(ordered) else f"{len(ordered)} problem{'' if len(ordered) == 1 else 's'}"
    )
    blocks.append(f"{style.paint('error', 'not checked')}: {count}")
    stream.write("\n\n".join(blocks) + "\n")


def _place(problem: Problem) -> tuple[str, int, int, str]:
    at = problem.location
    return (at.path, at.line, at.column, problem.title) if at is not None else ("", 0, 0, problem.title)


def _block(problem: Problem, style: Style) -> Iterable[str]:
    yield f"{style.paint('error', 'error')}{style.paint('bold', ': ' + escape(problem.title))}"
    if problem.location is not None:
        yield from snippet(problem.location, problem.source, "", "error", style)
    if problem.help is not None:
        yield f"  {style.paint('bold', '= help:')} {escape(problem.help)}"
