"""Diagnostics as workflow commands, which the log of a GitHub job shows as annotations.

In: what was found. Out: at most 10 commands a level, because a step has no more annotations, and a line that says what
it comes to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ...terminal.escape import escape
from ..annotations import COMMAND, MOST, command
from ..diagnostic import Diagnosed, Diagnostic
from ..lines import shortened
from ..surroundings import Surroundings
from .wording import beside

_LONGEST_MESSAGE: Final = 1_500
"""Characters of a message that leaves room for what stands beside it."""
_LONGEST_LINE: Final = 250
_MOST_LINES: Final = 4


def render(found: Diagnosed, surroundings: Surroundings = Surroundings()) -> str:
    """The commands, errors first, in each level what blocks before what does not."""
    worst = found.worst_first
    lines = [
        line
        for severity, name in COMMAND.items()
        for line in _level(name, [one for one in worst if one.severity == severity], surroundings)
    ]
    return "\n".join([*lines, escape(found.last_line)]) + "\n"


def _level(name: str, found: Sequence[Diagnostic], surroundings: Surroundings) -> Iterator[str]:
    yield from (annotation(one, surroundings) for one in found[:MOST])
    if len(found) > MOST:
        words = f"and {len(found) - MOST} more; every other report has all of them"
        yield command(name, "vendorgate", words, None, surroundings)


def annotation(one: Diagnostic, surroundings: Surroundings) -> str:
    """A diagnostic on its line."""
    more = list(beside(one, _MOST_LINES, _LONGEST_LINE, surroundings))
    told = [shortened(escape(one.message), _LONGEST_MESSAGE) if more else escape(one.message), *more]
    heading = f"vendorgate {escape(one.id)}"
    return command(COMMAND[one.severity], heading, "\n".join(told), one.readable, surroundings)
