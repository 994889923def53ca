"""Tabs that indent, which YAML refuses and libyaml does not always see.

In: a source, and where the parser has come to. Out: the column of the tab before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..source import Source

if TYPE_CHECKING:
    from .libyaml import Mark


class Tabs:
    """Looks for a tab before the first word of a line; each line is looked at once."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._seen = (0, 0, 0)
        """The line that was last looked at, the column of its first tab, and the white space before its first word."""

    def before(self, mark: Mark) -> int | None:
        """The column, from 1, of a tab among the white space before a mark; None where there is none."""
        number = mark.line + 1
        if self._seen[0] != number:
            line = self._source.line(number)
            blank = len(line) - len(line.lstrip(" \t"))
            self._seen = (number, line.index("\t") + 1 if "\t" in line[:blank] else 0, blank)
        _, tab, blank = self._seen
        return tab if 0 < tab <= mark.column <= blank and mark.column < len(self._source.line(number)) else None
