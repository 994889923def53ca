"""JSON as tools write it and people change it: with comments, commas too many, and what is missing at the end.

In: a text. Out: its value. Tokens are read one after the other; what is none is passed over.
"""

from __future__ import annotations

import json
import re
from typing import Final

from .building import Building, Full
from .lines import Lines
from .node import Leaf, Node

_TOKEN: Final = re.compile(
    r"""
    (?P<space>[\s,]+)
    |(?P<text>"[^"\\\n]*(?:\\.[^"\\\n]*)*"?)
    |(?P<single>'[^'\\\n]*(?:\\.[^'\\\n]*)*'?)
    |(?P<mark>[\[\]{}:])
    |(?P<comment>//[^\n]*|/\*.*?(?:\*/|\Z))
    |(?P<word>[^\s,\[\]{}:"'/]+)
    |(?P<rest>.)
    """,
    re.VERBOSE | re.DOTALL,
)


def read_json(text: str) -> Node | None:
    """The value of a text, as far as it can be read; None where there is none."""
    building, lines = Building(), Lines(text)
    try:
        for token in _TOKEN.finditer(text):
            kind = token.lastgroup
            if kind == "mark":
                _mark(building, token[0], lines, token.start())
            elif kind in {"text", "single"}:
                building.put(Leaf(unquoted(token[0]), lines.place(token.start())))
            elif kind == "word":
                word = token[0]
                building.put(Leaf("" if word == "null" else word, lines.place(token.start())))
    except Full:
        pass
    roots = building.finish()
    return roots[0] if roots else None


def _mark(building: Building, mark: str, lines: Lines, at: int) -> None:
    if mark in "[{":
        building.start(lines.place(at), is_branch=mark == "{")
    elif mark in "]}":
        building.end()


def unquoted(written: str) -> str:
    """What a text says without its quotes."""
    inner = written[1:-1] if len(written) > 1 and written[-1] == written[0] else written[1:]
    if "\\" not in inner:
        return inner
    try:
        found = json.loads(f'"{inner}"')
    except ValueError:
        return inner
    return found if isinstance(found, str) else inner
