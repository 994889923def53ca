"""Texts on which Python's own parser takes much longer, or much more memory, than their length lets expect.

In: a text, before it is parsed. Out: `Unreadable` for one that nobody wrote by hand. The parser of every Python from
3.10 on is quadratic in the parts of a dotted name that is imported and in the fields of one f-string.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from ..unreadable import Unreadable

_MOST_SIGNS: Final = 150_000
"""Signs between names: people write one in twelve characters, so that a file of 1.8 megabytes has as many."""
_SIGNS: Final = "(,=.;[:+\n"
_COST: Final = 1_000_000_000
"""Fields times characters of f-strings; about a quarter of a second."""
_NAME_COST: Final = 200_000_000
"""Dots times characters of lines that import; about a tenth of a second and 100 megabytes."""
_LONG: Final = 500
_CONTINUED: Final = re.compile(r"\\(?:\r\n|\r|\n)")
_ESCAPED: Final = re.compile(r"\\.", re.DOTALL)
_BEGINS: Final = re.compile(r"""[fFtT][rR]?["']|[rR][fFtT]["']""")
_BEFORE: Final = re.compile(r"(?:[fFtT][rR]?|[rR][fFtT])\Z")


def demand_modest(text: str) -> None:
    """Refuse a text that would take the parser too long.

    Raises:
        Unreadable: it would.
    """
    cost = _names(text) * (_COST // _NAME_COST)
    if sum(map(text.count, _SIGNS)) > _MOST_SIGNS or cost > _COST:
        raise Unreadable("more than Python's parser takes in time")
    if text.count("{") * len(text) > _COST and _fields(text) > _COST:
        raise Unreadable("more than Python's parser takes in time")


def _names(text: str) -> int:
    """What dotted names that are imported cost at most."""
    lines = _CONTINUED.sub("", text).splitlines() if "\\" in text else text.splitlines()
    long = [line for line in lines if len(line) > _LONG and ("import" in line or "from" in line)]
    return sum(line.count(".") * len(line) for line in long)


def _fields(text: str) -> int:
    """What the fields of f-strings cost at most: those of a line, and those between three quotes."""
    joined = _CONTINUED.sub("", text)
    lines = [line for line in joined.splitlines() if len(line) > _LONG and _BEGINS.search(line)]
    cost = sum(line.count("{") * len(line) for line in lines)
    plain = _ESCAPED.sub("__", text)
    for quotes in ('"""', "'''"):
        pieces = plain.split(quotes)
        cost += sum(piece.count("{") * len(piece) for before, piece in pairwise(pieces) if _BEFORE.search(before[-2:]))
    return cost
