"""Where things stand in a text, as people count.

In: lines from 1 and offsets in bytes from 0, as Python's parser counts them. Out: `Place`s in code points.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from typing import TypeAlias

from ...code import Place

Locate: TypeAlias = Callable[[int, int], Place]
"""The place of a line and an offset in bytes."""


def lines_of(text: str) -> list[str]:
    """The lines as Python's tokenizer counts them: a form feed or another separator of Unicode ends none."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def places_of(text: str) -> Locate:
    """How to find a place of this text."""
    if text.isascii():
        return _plain
    return _Wide(lines_of(text)).at


def _plain(line: int, offset: int) -> Place:
    return Place(line, max(offset, 0) + 1)


class _Wide:
    """A text in which some characters take several bytes; each line is looked through once, when it is first asked."""

    __slots__ = ("_lines", "_surplus")

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._surplus: dict[int, list[int]] = {}
        """The offset of each byte of a line that starts no character."""

    def at(self, line: int, offset: int) -> Place:
        surplus = self._surplus.get(line)
        if surplus is None:
            surplus = self._surplus[line] = _continuing(self._lines[line - 1]) if line <= len(self._lines) else []
        return Place(line, max(offset - bisect_left(surplus, offset), 0) + 1)


def _continuing(line: str) -> list[int]:
    if line.isascii():
        return []
    return [offset for offset, byte in enumerate(line.encode("utf-8", "replace")) if byte & 0xC0 == 0x80]
