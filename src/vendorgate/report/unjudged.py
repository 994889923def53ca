"""What was meant and not judged, which every report begins with.

In: an evaluation. Out: lines, or one finding a manifest for formats that know nothing but findings.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..errors import ENOUGH, Problem
from ..logic.wording import few
from ..model.evaluation import Evaluation, NotJudged
from ..model.result import Notice
from ..source import Location
from ..terminal.escape import escape
from ..terminal.style import Style
from .diagnostic import in_order, of_problem
from .diagnostics import text

_NAMED = 5
"""Manifests that a line names."""


def problem_lines(problem: Problem, style: Style) -> Iterator[str]:
    """A mistake with its place, excerpt and advice."""
    return text.problem(of_problem(problem), style)


def blocks(evaluation: Evaluation, style: Style) -> list[str]:
    """Every mistake of what was not judged, and a line that says so; nothing where all was judged."""
    if not evaluation.not_judged:
        return []
    problems = in_order(problem for left in evaluation.not_judged for problem in left.problems)
    told = ["\n".join(problem_lines(problem, style)) for problem in problems[:ENOUGH]]
    more = f", with {len(problems) - ENOUGH} more problems" if len(problems) > ENOUGH else ""
    return [*told, f"{style.paint('error', 'not judged')}: {escape(names(evaluation))}{more}"]


def names(evaluation: Evaluation) -> str:
    """How many of how many manifests were not judged, and which."""
    left = [one.path for one in evaluation.not_judged]
    return f"{counted(evaluation)}: {few(left, _NAMED)}"


def missing_words(evaluation: Evaluation) -> str:
    """What a line that sums up begins with; nothing where all was judged."""
    return f"{counted(evaluation)} not judged; " if evaluation.not_judged else ""


def counted(evaluation: Evaluation) -> str:
    """How many of how many manifests were not judged."""
    left, every = len(evaluation.not_judged), len(evaluation.not_judged) + len(evaluation.manifests)
    return f"{left} of {every} manifests"


def findings(evaluation: Evaluation) -> list[Notice]:
    """A finding that blocks for each manifest that was not judged."""
    return [_finding(one) for one in evaluation.not_judged]


def _finding(left: NotJudged) -> Notice:
    told = "; ".join(map(words, in_order(left.problems)))
    return Notice("not-judged", "error", f"not judged: {told}", place(left), blocks=True)


def place(left: NotJudged) -> Location:
    """Of the first mistake."""
    found = (one.location for one in in_order(left.problems) if one.location is not None)
    return next(found, Location(left.path, 1, 1))


def words(problem: Problem) -> str:
    """A mistake in one line."""
    at = "" if problem.location is None else f"{problem.location.line}:{problem.location.column}: "
    return f"{at}{problem.title}" + ("" if problem.help is None else f" ({problem.help})")
