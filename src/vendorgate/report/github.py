"""Workflow commands: what the log of a GitHub job shows as annotations on the lines of the manifests.

In: an evaluation. Out: at most 10 commands a level, because a step has no more annotations, and a line of counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..logic.wording import count
from ..model.evaluation import Evaluation
from ..model.result import Notice, Result
from ..terminal.escape import escape
from ..terminal.style import PLAIN
from . import unjudged
from .annotations import COMMAND, MOST, command
from .closing import counted_closing
from .diagnostic import of_notice
from .diagnostics import github as diagnostics
from .finding import shortfalls
from .lines import limited, shortened, summary, title, ways
from .order import findings
from .surroundings import Surroundings

_LONGEST_SUMMARY: Final = 1_000
_LONGEST_LINE: Final = 250
_MOST_REASONS: Final = 6
_MOST_WAYS: Final = 4


def render(evaluation: Evaluation, surroundings: Surroundings = Surroundings()) -> str:
    """The commands, errors first, in each level what blocks before what does not, and notices last."""
    results = findings(evaluation, waived=False)
    left = unjudged.findings(evaluation)
    lines = [_notice(one, surroundings) for one in left[:MOST]]
    if len(left) > MOST:
        words = f"and {len(left) - MOST} more manifests that were not judged; every other report has all of them"
        lines.append(command("error", "vendorgate", words, None, surroundings))
    for severity, name in COMMAND.items():
        own = [one for one in results if one.severity == severity]
        notices = [one for one in evaluation.notices if one.severity == severity]
        taken = min(len(left), MOST) if severity == "error" else 0
        lines.extend(_level(name, own, notices, MOST - taken, surroundings))
    return "\n".join([*lines, counted_closing(evaluation, PLAIN)]) + "\n"


def _level(
    name: str, results: list[Result], notices: list[Notice], most: int, surroundings: Surroundings
) -> Iterator[str]:
    shown = results[:most]
    beside = notices[: most - len(shown)]
    for result in shown:
        words = f"{result.policy.id}: {title(result.policy)}"
        yield command(name, words, _message(result), result.subject.location, surroundings)
    for notice in beside:
        yield _notice(notice, surroundings)
    more = _count(len(results) - len(shown), "result"), _count(len(notices) - len(beside), "notice")
    if any(more):
        left = len(results) + len(notices) - most
        words = f"and {left} more: {' and '.join(filter(None, more))}; every other report has all of them"
        yield command(name, "vendorgate", words, None, surroundings)


def _notice(notice: Notice, surroundings: Surroundings) -> str:
    return diagnostics.annotation(of_notice(notice), surroundings)


def _count(number: int, noun: str) -> str:
    return count(number, noun) if number else ""


def _message(result: Result) -> str:
    """What is wrong, the outermost reasons, the ways out."""
    reasons = [escape(step.text) for found in shortfalls(result) for step in found.steps if step.depth == 0]
    blocks = "blocks" if result.blocks else "does not block"
    lines = [
        shortened(f"{blocks}: {summary(result)}", _LONGEST_SUMMARY),
        *(f"- {reason}" for reason in limited(reasons, _MOST_REASONS, _LONGEST_LINE)),
        *limited(ways(result), _MOST_WAYS, _LONGEST_LINE),
    ]
    return "\n".join(lines)
