"""Texts that are put together from several.

In: values, one after the other. Out: one value, and the text that stands there with `\\0` for what is not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from string import Formatter
from typing import Final

from ...code import UNKNOWN, Either, Environment, Items, Joined, Made, Reference, Text, Unknown, Value

GAP: Final = "\0"
_SHORT: Final = 100
"""Characters of a text that a template may repeat; what is longer is not known the second time, so that templates
within templates stay as long as what is written."""
_MOST: Final = 64
"""Parts of a text that was put together; more are not followed."""
_PERCENT: Final = re.compile(r"%(?:\((\w{1,80})\))?[-#0 +]{0,5}(?:\*|\d{1,9})?(?:\.(?:\*|\d{1,9}))?([a-zA-Z%])")
_TELLING: Final = (Text, Joined, Reference, Environment, Made, Either)


def clean(text: str) -> str:
    """The text without halves of surrogate pairs, which a program can name and nobody can write."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def joined(parts: Sequence[Value]) -> Value:
    """The parts as one: texts that touch are one text."""
    merged: list[Value] = []
    run: list[str] = []
    for part in _flat(parts):
        if isinstance(part, Text):
            run.append(part.value)
            continue
        if text := "".join(run):
            merged.append(Text(text))
        run = []
        merged.append(part)
    if (text := "".join(run)) or not merged:
        merged.append(Text(text))
    return merged[0] if len(merged) == 1 and isinstance(merged[0], Text) else Joined(tuple(merged))


def _flat(parts: Sequence[Value]) -> Iterator[Value]:
    for part in parts:
        if isinstance(part, Joined):
            yield from part.parts
        else:
            yield part


def written(value: Value) -> str:
    """A text as it stands there."""
    if isinstance(value, Text):
        return value.value
    parts = value.parts if isinstance(value, Joined) else ()
    return "".join(part.value if isinstance(part, Text) else GAP for part in parts)


def summed(parts: Sequence[Value]) -> Value:
    """What `+` makes: a text, a list, or a number, which nobody asks for."""
    if all(isinstance(part, Items) for part in parts):
        return Items(tuple(value for part in parts if isinstance(part, Items) for value in part.values))
    if any(isinstance(part, (Text, Joined)) for part in parts):
        return joined(parts)
    return Joined(tuple(parts)) if all(isinstance(part, _TELLING) for part in parts) else UNKNOWN


def percent(template: str, value: Value, entries: Mapping[str, Value]) -> Value:
    """`template % value`; entries are those of a dictionary on the right."""
    supply = _Supply(value.values if isinstance(value, Items) else (value,), entries)
    parts: list[Value] = []
    end = 0
    for match in _PERCENT.finditer(template):
        parts.append(Text(template[end : match.start()]))
        end = match.end()
        parts.append(Text("%") if match[2] == "%" else supply.take(match[1] or ""))
    parts.append(Text(template[end:]))
    return _bounded(parts)


def formatted(template: str, positional: Sequence[Value], named: Mapping[str, Value]) -> Value:
    """`template.format(...)`."""
    supply = _Supply(positional, named)
    parts: list[Value] = []
    try:
        for text, name, _, _ in Formatter().parse(template):
            parts.append(Text(text))
            if name is not None:
                parts.append(supply.take(name))
    except ValueError:
        return UNKNOWN
    return _bounded(parts)


def _bounded(parts: Sequence[Value]) -> Value:
    return joined(parts) if len(parts) <= 2 * _MOST else joined((*parts[: 2 * _MOST], UNKNOWN))


class _Supply:
    """What goes into the gaps of a template, each value once; short texts as often as they are asked for."""

    def __init__(self, positional: Sequence[Value], named: Mapping[str, Value]) -> None:
        self._values: dict[str, Value] = {str(at): one for at, one in enumerate(positional)}
        self._values.update(named)
        self._next = 0

    def take(self, name: str) -> Value:
        if not name:
            name, self._next = str(self._next), self._next + 1
        found = self._values.get(name, UNKNOWN)
        if not (isinstance(found, Text) and len(found.value) <= _SHORT):
            self._values.pop(name, None)
        return found


def slashed(parts: Sequence[Value]) -> Value:
    """Parts of an address or a path with one slash between each two; what is absolute begins anew."""
    result: list[Value] = []
    for part in parts:
        begins = part.value[:8] if isinstance(part, Text) else ""
        if begins.startswith(("http://", "https://")):
            result = []
        if result:
            last = result[-1]
            ended = isinstance(last, Text) and last.value.endswith("/")
            if ended and begins.startswith("/") and isinstance(part, Text):
                part = Text(part.value[1:])
            elif not ended and not begins.startswith("/"):
                result.append(Text("/"))
        result.append(part)
    return joined(result) if result else UNKNOWN


def separated(separator: str, value: Value) -> Value:
    """`separator.join(value)`."""
    if not isinstance(value, Items) or any(isinstance(one, Unknown) for one in value.values):
        return UNKNOWN
    parts: list[Value] = []
    for one in value.values:
        parts += [Text(separator), one] if parts else [one]
    return joined(parts)
