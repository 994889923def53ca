"""What is wrong with a text that is not YAML, and tabs that indent, some of which libyaml does not mind.

In: a source, what libyaml says of it, or where it has come to. Out: a problem, or the place of a tab.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import Problem
from ..source import Location, Source

if TYPE_CHECKING:
    from .libyaml import Mark, MarkedYAMLError


class Tabs:
    """Looks for a tab before the first word of a line; each line is looked at once."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._seen = (0, 0, 0)
        """The line that was last looked at, the column of its first tab, and the white space before its first word."""

    def before(self, mark: Mark) -> Location | None:
        """The place of a tab among the white space before a mark; None where there is none."""
        number = mark.line + 1
        if self._seen[0] != number:
            line = self._source.line(number)
            blank = len(line) - len(line.lstrip(" \t"))
            self._seen = (number, line.index("\t") + 1 if "\t" in line[:blank] else 0, blank)
        _, tab, blank = self._seen
        indents = 0 < tab <= mark.column <= blank and mark.column < len(self._source.line(number))
        return Location(self._source.path, number, tab) if indents else None


def syntax_problem(error: MarkedYAMLError, source: Source) -> Problem:
    """What libyaml stopped at, in our words."""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark is not None else (0, 0)
    location = Location(source.path, line + 1, column + 1)
    if source.line(line + 1)[column : column + 1] == "\t":
        return Problem("a tab for indentation", location, "indent with spaces", source)
    begun = error.context_mark
    where = f" that begins on line {begun.line + 1}" if begun is not None and begun.line != line else ""
    context = f" {error.context}{where}" if error.context else ""
    help = "check the indentation, and quote a text that contains `: ` or begins with a sign"
    return Problem(f"not YAML: {error.problem}{context}", location, help, source)
