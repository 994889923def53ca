"""Calls of the language's own whose results are known: texts that are joined, kept or taken as they are.

In: a call, and what it is called on. Out: its value; nothing where it is whatever the call returns.
"""

from __future__ import annotations

from typing import Final

from ...code import UNKNOWN, Items, Mapping, Path, Text, Value
from .shapes import UNTOLD, joined, spread_into

_SAME: Final[frozenset[Path]] = frozenset(
    (("String",), ("Promise", "all"), ("Promise", "resolve"), ("Object", "freeze"), ("structuredClone",))
)
"""Functions that give back what they are given, as far as it matters here."""
_KEEPING: Final = frozenset(("trim", "trimEnd", "trimStart", "toString"))
"""Methods that give a text as it is, as far as it matters here."""
SLASHES: Final = frozenset(("/\\/+$/", "/\\/$/", "/\\/*$/", "/\\/+$/g", "/\\/$/g", "/[/]+$/", "/[/]$/"))
"""Patterns of slashes at the end, which may be replaced without another address coming of it."""


def result(path: Path, values: tuple[Value, ...], *, is_new: bool) -> Value | None:
    """What a function of the language returns."""
    if path in _SAME and len(values) == 1 and not is_new:
        return values[0]
    if path == ("Object", "assign"):
        return _assigned(values)
    if path == ("URL",) and is_new and values:
        return values[0] if len(values) == 1 else _address(values[0], values[1])
    return None


def _assigned(values: tuple[Value, ...]) -> Value:
    """What `Object.assign` makes of objects."""
    entries: list[tuple[str, Value]] = []
    for value in values:
        spread_into(entries, value, sometimes=False)
    return Mapping(tuple(entries))


def is_keeping(path: Path, values: tuple[Value, ...], *, trims: bool) -> bool:
    """Whether a method gives the text that it is called on; `trims` says that it is told of slashes at the end."""
    if not path:
        return False
    return (path[-1] in _KEEPING and not values) or (path[-1] == "replace" and trims and values[1:] == (Text(""),))


def on_value(value: Value, path: Path, values: tuple[Value, ...]) -> Value | None:
    """What a method returns that is called on something that stands there: `["a", b].join("/")`."""
    if len(path) != 2 or path[0] != UNTOLD:
        return None
    if path[1] == "join" and isinstance(value, Items):
        separator = values[0] if values else Text(",")
        return _between(value, separator)
    if path[1] == "concat" and isinstance(value, Text):
        return joined((value, *values))
    return None


def _between(items: Items, separator: Value) -> Value:
    parts: list[Value] = []
    for one in items.values:
        parts += (separator, one)
    return joined(parts[1:])


def _address(path: Value, base: Value) -> Value:
    """`new URL("/v1/chat", base)`."""
    if not isinstance(path, Text):
        return UNKNOWN
    if "://" in path.value:
        return path
    start = Text(base.value.rstrip("/")) if isinstance(base, Text) else base
    return joined((start, Text("/" + path.value.lstrip("/"))))
