"""Which line and column an index of a text is.

In: a text, once. Out: places, each in a time that hardly depends on the text's length.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from ..code import Place


class Lines:
    """The lines of a text."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in re.finditer("\n", self._text))]

    def place(self, index: int) -> Place:
        """The place of an index."""
        line = bisect_right(self._starts, index)
        return Place(line, index - self._starts[line - 1] + 1)
