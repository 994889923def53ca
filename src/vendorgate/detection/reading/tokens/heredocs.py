"""Texts whose lines stand below the one that names them, as Ruby and PHP have them.

In: a text. Out: where such a text begins and ends. Lines that can end one are looked for once, and
only where there is one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Final, NamedTuple

_NAMED: Final = re.compile(r"<<<?[-~]?\s*(['\"`]?)(\w+)")
_WORD_ALONE: Final = re.compile(r"^[ \t]*(\w+)\b", re.MULTILINE)


class Heredoc(NamedTuple):
    """Where the lines of one stand."""

    start: int
    end: int
    is_raw: bool
    """Whether it is without other code in it."""
    resume: int
    """Where the code goes on: on the line that names it, or below it."""


class Heredocs:
    """The heredocs of one text, as far as the lexer has come."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.ends: dict[str, list[tuple[int, int]]] | None = None
        """By a word, the lines that begin with it: where the line begins, and where the word ends."""
        self.line_end = -1
        """The end of the line on which the last one is named."""
        self.below: dict[int, int] = {}
        """By the end of a line, where the code goes on below its heredocs."""

    def behind(self, line_end: int) -> int:
        """Where to go on at a line's end; -1 where no heredoc stands below."""
        return self.below.get(line_end, -1)

    def find(self, written: str, position: int) -> Heredoc | None:
        """The one that is named before `position`; None where its lines do not end."""
        named = _NAMED.match(written)
        if position > self.line_end:
            found = self.text.find("\n", position)
            self.line_end = found if found >= 0 else len(self.text)
        if named is None:
            return None
        start = self.below.get(self.line_end, self.line_end) + 1
        in_php = written.startswith("<<<")
        for begin, end in self.lines(named[2], start):
            if in_php or self.text[end : end + 1] in ("", "\n", "\r"):
                self.below[self.line_end] = end
                return Heredoc(start, begin, named[1] == "'", end if in_php else position)
        return None

    def lines(self, word: str, start: int) -> list[tuple[int, int]]:
        """The next few lines that begin with a word."""
        if self.ends is None:
            self.ends = {}
            for match in _WORD_ALONE.finditer(self.text):
                self.ends.setdefault(match[1], []).append((match.start(), match.end()))
        found = self.ends.get(word, [])
        index = bisect_left(found, (start, 0))
        return found[index : index + 4]
