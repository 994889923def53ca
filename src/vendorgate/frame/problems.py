"""Mistakes in inputs, on the error stream.

In: problems. Out: one block each, sorted by place, and a closing line.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from ..errors import ENOUGH, Problem, enough
from ..report.diagnostic import in_order
from ..report.unjudged import problem_lines
from .streams import style_for


def show_problems(problems: Iterable[Problem], stream: TextIO) -> None:
    """Print every problem with its place, excerpt and advice."""
    style = style_for(stream)
    ordered = in_order(problems)
    blocks = ["\n".join(problem_lines(problem, style)) for problem in ordered[:ENOUGH]]
    count = (
        f"{ENOUGH} or more problems" if enough(ordered) else f"{len(ordered)} problem{'' if len(ordered) == 1 else 's'}"
    )
    blocks.append(f"{style.paint('error', 'not checked')}: {count}")
    stream.write("\n\n".join(blocks) + "\n")
