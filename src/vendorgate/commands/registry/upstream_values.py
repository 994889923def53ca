"""Values of JSON from outside, as our files can hold them: whole texts of a bearable length, nesting that is known."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

from ...logic import Json
from ...model.text import is_blank

_LONGEST_TEXT: Final = 2_000
MOST_LEVELS: Final = 20
KINDS: Final[Mapping[type, str]] = {
    dict: "a mapping",
    list: "a list",
    str: "a text",
    bool: "true or false",
    int: "a number",
    float: "a number",
    type(None): "null",
}


def text_of(value: Json) -> str | None:
    """A text that says something, at a length that a reader bears."""
    text = whole(value.strip()[:_LONGEST_TEXT]) if isinstance(value, str) else ""
    return None if is_blank(text) else text


def whole(text: str) -> str:
    """A text without halves of characters (lone surrogates), which JSON can carry and no file can."""
    return text.encode("utf-8", "replace").decode("utf-8")


def excerpt(value: Json) -> str:
    """The beginning of a value, for a remark."""
    return whole(str(value))[:80]


def readable(value: Json) -> Json:
    """A fact in values that our files can hold: numbers that no double holds exactly become texts."""
    if isinstance(value, dict):
        return {whole(key): readable(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [readable(entry) for entry in value]
    if isinstance(value, str):
        return whole(value)
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value


def longest(value: Json) -> int:
    """Characters of the longest text in a value."""
    if isinstance(value, dict):
        return max(map(longest, (*value.keys(), *value.values())), default=0)
    if isinstance(value, list):
        return max(map(longest, value), default=0)
    return len(value) if isinstance(value, str) else 0


def levels(value: Json) -> int:
    """How deep a value nests."""
    level, count = [value], 0
    while level and count <= MOST_LEVELS:
        count += 1
        inner: list[Json] = []
        for one in level:
            inner.extend(one.values() if isinstance(one, dict) else one if isinstance(one, list) else ())
        level = inner
    return count
