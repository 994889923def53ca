"""CSV (RFC 4180) as spreadsheets may open it; the only place that builds it.

In: names and texts. Out: rows in which every cell is quoted, is one line, and is no formula.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from ..terminal.escape import escape

_JOINT: Final = " | "
"""Between several texts of one cell; a semicolon or a comma would part cells in a spreadsheet that expects those."""
_BAR: Final = re.compile(r"(?<!\S)\|(?!\S)")
"""A bar that would part a text in two."""
_FORMULA: Final = re.compile(r"[,;|][ \"]*(?=[=+\-@＝＋－＠])")
"""Where a formula would begin in a spreadsheet that takes a comma, a semicolon or a bar for the end of a cell."""


_ROWS: Final = 1000
"""Of a piece."""


def written(names: Iterable[str], rows: Iterable[Iterable[str]], everywhere: Iterable[str]) -> str:
    """A row of names, and rows that end with the same cells."""
    return "".join(lines(names, rows, everywhere))


def lines(names: Iterable[str], rows: Iterable[Iterable[str]], everywhere: Iterable[str]) -> Iterator[str]:
    """The same in pieces of many rows, for tables that are too large to hold."""
    same = [cell(text) for text in everywhere]
    file = io.StringIO()
    writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(names)
    for number, row in enumerate(rows, 1):
        writer.writerow([*(cell(text) for text in row), *same])
        if number % _ROWS == 0:
            yield file.getvalue()
            file.seek(0)
            file.truncate()
    yield file.getvalue()


@lru_cache(maxsize=16384)
def cell(text: str) -> str:
    """One line that is no formula: an apostrophe stands before what would begin one, as OWASP advises."""
    return _FORMULA.sub(_quoted, f",{escape(text)}")[1:]


def _quoted(before: re.Match[str]) -> str:
    return f"{before.group()}'"


def joined(texts: Iterable[str]) -> str:
    """Several texts of one cell; what parts them stands in none of them, so that none can pass for two."""
    return _JOINT.join(_BAR.sub("¦", escape(text)) for text in texts)
