"""Names and values, a line each: Java's properties, files of environment variables.

In: a text. Out: pairs with their places. Comments are none, and a line that is no pair is passed over.
"""

from __future__ import annotations

import re
from typing import Final

from ..code import Place
from .node import Leaf

Pair = tuple[Leaf, Leaf]

_PROPERTY: Final = re.compile(r"[ \t\f]*([^\s=:#!\\][^\s=:]*)[ \t\f]*[=:\s]?[ \t\f]*")
_VARIABLE: Final = re.compile(r"[ \t]*(?:export[ \t]+|set[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*[?:]?=[ \t]*")
_MOST_PAIRS: Final = 6_000
_LONGEST: Final = 4_000
"""Of a line: a longer one holds no name and no host that anybody wrote."""


def read_properties(text: str) -> tuple[Pair, ...]:
    """Java's properties; a value goes on after a `\\` at the end of a line."""
    found: list[Pair] = []
    lines = text.split("\n")
    for number, written in enumerate(lines, 1):
        goes_on = number > 1 and lines[number - 2].rstrip("\r").endswith("\\")
        match = None if goes_on else _PROPERTY.match(written[:_LONGEST])
        if match is None:
            continue
        value = written[match.end() : _LONGEST].rstrip()
        if value.endswith("\\") and number < len(lines):
            value = value[:-1] + lines[number][:_LONGEST].strip().removesuffix("\\")
        found.append(
            (Leaf(match[1], Place(number, match.start(1) + 1)), Leaf(value.strip(), Place(number, match.end() + 1)))
        )
        if len(found) >= _MOST_PAIRS:
            break
    return tuple(found)


def read_variables(text: str) -> tuple[Pair, ...]:
    """A file such as `.env`: `NAME=value`, also with `export` before it and quotes around the value."""
    found: list[Pair] = []
    for number, written in enumerate(text.split("\n"), 1):
        match = _VARIABLE.match(written[:_LONGEST])
        if match is not None:
            value = _unquoted(written[match.end() : _LONGEST].strip())
            found.append(
                (Leaf(match[1], Place(number, match.start(1) + 1)), Leaf(value, Place(number, match.end() + 1)))
            )
        if len(found) >= _MOST_PAIRS:
            break
    return tuple(found)


def _unquoted(value: str) -> str:
    if value[:1] in {'"', "'"}:
        return value[1:].partition(value[0])[0]
    return value.partition(" #")[0].strip()
