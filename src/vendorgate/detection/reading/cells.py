"""The cells of a notebook, and where each character of their sources stands in the file.

In: the text of an `.ipynb` file, which is JSON of nbformat 3 or 4. Out: the sources of its code cells. Outputs are
passed over by the decoder and never kept.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from itertools import accumulate
from typing import Final

import msgspec

from ..code import Place
from .python.places import places_of
from .unreadable import Unreadable

_DECODER: Final = json.JSONDecoder()
_SPACE: Final = re.compile(r"[ \t\r\n]*")
_ESCAPE: Final = re.compile(r"\\(?:u[dD][89abAB]..\\u[dD][c-fC-F]..|u....|.)")
_LINE: Final = re.compile(r"\r\n|\r|\n")

_MOST_STEPS: Final = 200_000
"""Cells, their lines and what else is said of each, of a notebook that is read."""


class Part(msgspec.Struct, frozen=True):
    """One JSON string of a source: usually a line of it."""

    text: str
    begin: int
    """Where its first character stands in the file, after the quote."""
    end: int


class Cell(msgspec.Struct):
    """One cell, as far as it matters."""

    kind: str = ""
    language: str = ""
    """Where the cell says it itself; else empty."""
    parts: list[Part] = []

    @property
    def source(self) -> str:
        return "".join(part.text for part in self.parts)


class Notebook:
    """What is read of a file: its cells, and the language of all of them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.cells: list[Cell] = []
        self.language = ""
        self.breaks = [match.start() for match in re.finditer("\n", text)]
        """Where each line ends."""
        self._steps = 0
        try:
            end = self._members(0, self._of_notebook)
            if self._spaced(end) != len(text):
                raise ValueError(end)
        except (ValueError, IndexError):
            raise Unreadable("not JSON") from None
        except (RecursionError, MemoryError):
            raise Unreadable("nested too deeply") from None

    def _of_notebook(self, key: str, at: int) -> int | None:
        if key in {"cells", "worksheets"} and self.text[at] == "[":
            return self._elements(at, self._cell if key == "cells" else self._worksheet)
        if key == "metadata":
            about, end = _DECODER.raw_decode(self.text, at)
            self.language = _language(about)
            return end
        return None

    def _worksheet(self, at: int) -> int:
        return self._members(at, lambda key, place: self._of_notebook(key, place) if key == "cells" else None)

    def _cell(self, at: int) -> int:
        cell = Cell()
        end = self._members(at, lambda key, place: self._of_cell(cell, key, place))
        self.cells.append(cell)
        return end

    def _of_cell(self, cell: Cell, key: str, at: int) -> int | None:
        if key in {"source", "input"}:
            cell.parts = []
            if self.text[at] == "[":
                return self._elements(at, lambda place: self._part(cell, place))
            return self._part(cell, at)
        if key not in {"cell_type", "language", "metadata"}:
            return None
        held, end = _DECODER.raw_decode(self.text, at)
        if key == "cell_type" and isinstance(held, str):
            cell.kind = held
        elif key == "language" and isinstance(held, str):
            cell.language = held
        elif key == "metadata":
            cell.language = _own_language(held) or cell.language
        return end

    def _part(self, cell: Cell, at: int) -> int:
        if self.text[at] != '"':
            return self._skipped(at)
        found, end = self._string(at)
        cell.parts.append(Part(found, at + 1, end - 1))
        return end

    def _string(self, at: int) -> tuple[str, int]:
        """A string, and where it ends."""
        if self.text[at] != '"':
            raise ValueError(at)
        return _DECODER.raw_decode(self.text, at)

    def _skipped(self, at: int) -> int:
        return _DECODER.raw_decode(self.text, at)[1]

    def _members(self, at: int, take: Callable[[str, int], int | None]) -> int:
        """Walk an object; what `take` does not read is passed over. Where it ends."""
        at = self._after(at, "{")
        while self.text[at] != "}":
            key, end = self._string(at)
            at = self._after(self._spaced(end), ":")
            end = take(key, at) or self._skipped(at)
            at = self._next(end, "}")
        return at + 1

    def _elements(self, at: int, take: Callable[[int], int]) -> int:
        """Walk a list. Where it ends."""
        at = self._after(at, "[")
        while self.text[at] != "]":
            at = self._next(take(at), "]")
        return at + 1

    def _after(self, at: int, sign: str) -> int:
        """Where something stands after this sign."""
        at = self._spaced(at)
        if self.text[at] != sign:
            raise ValueError(sign)
        return self._spaced(at + 1)

    def _next(self, at: int, closing: str) -> int:
        """After the comma, or at the end of a list or an object."""
        self._steps += 1
        if self._steps > _MOST_STEPS:
            raise Unreadable("more than a notebook has")
        at = self._spaced(at)
        return at if self.text[at] == closing else self._after(at, ",")

    def _spaced(self, at: int) -> int:
        match = _SPACE.match(self.text, at)
        return match.end() if match else at


class Positions:
    """Places of a cell's source in the file."""

    def __init__(self, notebook: Notebook, cell: Cell) -> None:
        source = cell.source
        self._text = notebook.text
        self._breaks = notebook.breaks
        self._parts = cell.parts
        self._places = places_of(source)
        self._lines = [0, *(match.end() for match in _LINE.finditer(source))]
        self._starts = [0, *accumulate(len(part.text) for part in cell.parts)]
        self._escapes: dict[int, tuple[list[int], list[int]]] = {}

    def at(self, line: int, offset: int) -> Place:
        """The place of a line of the cell and an offset in its bytes."""
        character = self._lines[min(line, len(self._lines)) - 1] + self._places(line, offset).column - 1
        number = min(bisect_right(self._starts, character), len(self._parts)) - 1
        part = self._parts[number]
        inside = min(character - self._starts[number], len(part.text))
        position = part.begin + inside + self._surplus(number, inside)
        before = bisect_left(self._breaks, position)
        return Place(before + 1, position - (self._breaks[before - 1] if before else -1))

    def _surplus(self, number: int, inside: int) -> int:
        """How many more characters the file has up to there than the source, for what is escaped."""
        found = self._escapes.get(number)
        if found is None:
            part = self._parts[number]
            found = self._escapes[number] = _escapes(self._text, part.begin, part.end)
        at = bisect_left(found[0], inside)
        return found[1][at - 1] if at else 0


def _escapes(text: str, begin: int, end: int) -> tuple[list[int], list[int]]:
    """Which characters of a string are escaped, and how much longer the file is after each."""
    at: list[int] = []
    longer: list[int] = []
    total = 0
    for match in _ESCAPE.finditer(text, begin, end):
        at.append(match.start() - begin - total)
        total += match.end() - match.start() - 1
        longer.append(total)
    return at, longer


def _language(about: object) -> str:
    """What the metadata of a notebook say of its language."""
    if not isinstance(about, dict):
        return ""
    info, kernel = about.get("language_info"), about.get("kernelspec")
    for held in (
        info.get("name") if isinstance(info, dict) else "",
        kernel.get("language") if isinstance(kernel, dict) else "",
    ):
        if isinstance(held, str) and held:
            return held.lower()
    return ""


def _own_language(about: object) -> str:
    """What an editor notes of a cell's language."""
    editor = about.get("vscode") if isinstance(about, dict) else None
    held = editor.get("languageId") if isinstance(editor, dict) else None
    return held.lower() if isinstance(held, str) else ""
