"""What stands in brackets: arguments, lists, objects, templates, elements.

In: a `Reader` that stands at an opening bracket. Out: its value, with the reader after the closing one.
"""

from __future__ import annotations

from typing import Final

from ...code import UNKNOWN, Items, Mapping, Reference, Text, Value
from .assigning import assign
from .functions import arrow_or_method
from .gathering import Scope
from .reader import Reader, Steps
from .shapes import DEEPEST, joined, spread_into
from .tokens import text_of, unescaped

_MARKUP_PARTS: Final = frozenset(("attribute", "markup{", "tag(", "markup("))
_BEFORE_KEY: Final = frozenset(("async", "get", "set", "*", "static"))
_AFTER_KEY: Final = frozenset((":", ",", "(", "=", "<", "}"))


def listed(reader: Reader, scope: Scope, values: list[Value]) -> Steps:
    """All values between brackets, into `values`; what is spread is not known."""
    opening, end = reader.at, reader.partners[reader.at]
    reader.at += 1
    reader.nesting += 1
    while reader.at < end:
        spread = reader.kinds[reader.at] == "..."
        reader.at += spread
        if reader.kinds[reader.at] != ",":
            yield reader.expression(reader, scope, "")
            values.append(UNKNOWN if spread else reader.value)
            yield rest(reader, scope, end)
        reader.at += 1
    reader.nesting -= 1
    reader.at = reader.after(opening)


def rest(reader: Reader, scope: Scope, end: int) -> Steps:
    """What stands before the next comma and is not understood, expression by expression."""
    while reader.at < end and reader.kinds[reader.at] != ",":
        before = reader.at
        yield reader.expression(reader, scope, "")
        reader.at += reader.at == before


def array(reader: Reader, scope: Scope) -> Steps:
    """A list."""
    values: list[Value] = []
    yield listed(reader, scope, values)
    reader.value = limited(reader, Items(tuple(values)))


def limited(reader: Reader, value: Value) -> Value:
    """A value that nests others; nothing where it is too deep already."""
    return value if reader.nesting < DEEPEST else UNKNOWN


def mapping(reader: Reader, scope: Scope, name: str) -> Steps:
    """An object."""
    opening, end = reader.at, reader.partners[reader.at]
    entries: list[tuple[str, Value]] = []
    reader.at += 1
    reader.nesting += 1
    while reader.at < end:
        if reader.kinds[reader.at] == "...":
            reader.at += 1
            reader.guarded = False
            yield reader.expression(reader, scope, "")
            spread_into(entries, reader.value, sometimes=reader.guarded)
        else:
            yield _entry(reader, scope, name, end, entries)
        yield rest(reader, scope, end)
        reader.at += 1
    reader.nesting -= 1
    reader.at = reader.after(opening)
    reader.value = limited(reader, Mapping(tuple(entries)))


def _entry(reader: Reader, scope: Scope, name: str, end: int, entries: list[tuple[str, Value]]) -> Steps:
    """A key with what stands after it."""
    while reader.kinds[reader.at] in _BEFORE_KEY and reader.kinds[reader.at + 1] not in _AFTER_KEY:
        reader.at += 1
    at = reader.at
    yield key(reader, scope)
    found = reader.value.value if isinstance(reader.value, Text) else ""
    called = f"{name}.{found}" if name and found else ""
    kind = reader.kinds[reader.at]
    if kind == ":":
        reader.at += 1
        yield reader.expression(reader, scope, called)
    elif kind in {"(", "<"}:
        yield arrow_or_method(reader, scope, called, at)
        return
    else:
        reader.value = Reference((found,)) if reader.kinds[at] not in {"string", "number", "["} else UNKNOWN
    if found:
        entries.append((found, reader.value))
    if called:
        assign(reader.gathering, scope, reader.starts[at], (found,), reader.value, name)


def key(reader: Reader, scope: Scope) -> Steps:
    """A key of an object or a class: a text, or nothing where it is computed."""
    at = reader.at
    kind, word = reader.kinds[at], reader.words[at]
    reader.at += 1
    if kind == "string":
        reader.value = Text(text_of(word))
        reader.gathering.writes(reader.starts[at], text_of(word))
    elif kind == "[":
        reader.at = at
        values: list[Value] = []
        yield listed(reader, scope, values)
        known = values[0] if len(values) == 1 else UNKNOWN
        reader.value = known if isinstance(known, Text) else UNKNOWN
    elif at in reader.partners:
        reader.at = reader.after(at)
        reader.value = UNKNOWN
    else:
        reader.value = Text(word) if word[:1].isalnum() or word[:1] in {"_", "$", "#"} else UNKNOWN


def template(reader: Reader, scope: Scope) -> Steps:
    """A text in which others are put in."""
    opening, end = reader.at, reader.partners[reader.at]
    parts: list[Value] = []
    reader.at += 1
    reader.nesting += 1
    while reader.at < end:
        if reader.kinds[reader.at] == "chunk":
            parts.append(Text(unescaped(reader.words[reader.at])))
            reader.at += 1
        else:
            inner: list[Value] = []
            yield listed(reader, scope, inner)
            parts.append(inner[-1] if inner else UNKNOWN)
    reader.nesting -= 1
    reader.at = reader.after(opening)
    reader.value = limited(reader, joined(parts))
    reader.gathering.writes(reader.starts[opening], written(parts))


def written(parts: list[Value]) -> str:
    """A template as it stands there, with a mark for each part that is not known."""
    return "".join(part.value if isinstance(part, Text) else "\0" for part in parts)


def markup(reader: Reader, scope: Scope) -> Steps:
    """An element with all that is in it, of which the texts of attributes and the scripts count."""
    opening, end = reader.at, reader.partners[reader.at]
    reader.at += 1
    reader.nesting += 1
    while reader.at < end:
        kind = reader.kinds[reader.at]
        if kind == "attribute":
            reader.gathering.writes(reader.starts[reader.at], reader.words[reader.at])
            reader.at += 1
        elif kind == "markup{":
            yield listed(reader, scope, [])
        elif kind in _MARKUP_PARTS:
            yield markup(reader, scope)
        else:
            reader.skip()
    reader.nesting -= 1
    reader.at = reader.after(opening)
    reader.value = UNKNOWN
