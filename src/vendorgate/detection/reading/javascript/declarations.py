"""What gives names values: `const`, `let` and `var`, classes' members, enumerations.

In: a `Reader` that stands at one. Out: assignments, imports by `require`, variables of the environment, functions.
"""

from __future__ import annotations

from typing import Final

from ...code import UNKNOWN, Text, Value
from .annotations import after_annotation
from .assigning import assign, bind, each, taken
from .brackets import key
from .functions import arrow_or_method
from .gathering import Scope
from .patterns import Bound, bound
from .reader import Reader, Steps
from .shapes import first_of
from .words import BINDABLE, kinds

_COMMA: Final = frozenset((",",))
_MEMBER_WORDS: Final = kinds(
    "public private protected static readonly abstract override declare async get set accessor *"
)
_AFTER_MEMBER: Final = frozenset((":", "(", "=", ";", "<", "?", "!", "}", ","))
_MEMBER_END: Final = frozenset((";",))


def declaration(reader: Reader, scope: Scope, end: int) -> Steps:
    """`const a = 1, { b, c = 2 } = d`, at its first word."""
    going_on = True
    while going_on and reader.at < end:
        reader.at += 1
        if reader.kinds[reader.at] not in BINDABLE and reader.kinds[reader.at] not in {"{", "["}:
            return
        simple = reader.words[reader.at] if reader.kinds[reader.at] in BINDABLE else ""
        names = bound(reader)
        kind = reader.kinds[reader.at]
        if kind in {"=", "of", "in"}:
            reader.at += 1
            yield reader.expression(reader, scope, simple)
            after, value = reader.at, each(reader.value) if kind != "=" else reader.value
            yield bind_all(reader, scope, names, UNKNOWN if kind == "in" else value)
            reader.at = after
        going_on = reader.kinds[reader.at] == ","


def bind_all(reader: Reader, scope: Scope, names: list[Bound], value: Value) -> Steps:
    """Give names what the pattern takes out of a value."""
    value = reader.gathering.whole(value)
    for one in names:
        found = taken(value, one.steps)
        if one.default >= 0:
            reader.at = one.default
            yield reader.expression(reader, scope, "")
            found = first_of([found, reader.value])
        if one.name:
            bind(reader.gathering, scope, reader.starts[one.at], one.name, found, inner=bool(one.steps))


def enumeration(reader: Reader, scope: Scope, end: int) -> Steps:
    """The members of an enumeration."""
    while reader.at < end:
        at = reader.at
        yield key(reader, scope)
        yield _valued(reader, scope, at, end)
        reader.skip_to(_COMMA, end)
        reader.at += 1


def _valued(reader: Reader, scope: Scope, at: int, end: int) -> Steps:
    """A member with its value, after its key, which stands at `at`."""
    owner = scope.owner
    name = reader.value.value if isinstance(reader.value, Text) else ""
    reader.at = after_annotation(reader, reader.at)
    if reader.kinds[reader.at] != "=" or reader.at >= end:
        return
    reader.at += 1
    yield reader.expression(reader, scope, f"{owner}.{name}" if owner and name else name)
    if name:
        assign(reader.gathering, scope, reader.starts[at], (name,), reader.value, owner)


def members(reader: Reader, scope: Scope, end: int) -> Steps:
    """The members of a class."""
    while reader.at < end:
        before = reader.at
        yield _member(reader, scope, end)
        if reader.at == before:
            reader.skip()


def _member(reader: Reader, scope: Scope, end: int) -> Steps:
    kinds = reader.kinds
    if kinds[reader.at] == "@":
        reader.at += 1
        yield reader.expression(reader, scope, "")
        return
    if kinds[reader.at] == "static" and kinds[reader.at + 1] == "{":
        reader.later("block", reader.at + 1, scope)
        return
    while kinds[reader.at] in _MEMBER_WORDS and kinds[reader.at + 1] not in _AFTER_MEMBER:
        reader.at += 1
    if kinds[reader.at] == ";":
        return
    at = reader.at
    yield key(reader, scope)
    if kinds[reader.at] in {"(", "<"} or (kinds[reader.at] == "?" and kinds[reader.at + 1] in {"(", "<"}):
        reader.at += kinds[reader.at] == "?"
        name = reader.value.value if isinstance(reader.value, Text) else ""
        yield arrow_or_method(reader, scope, scope.member(name), at)
        return
    yield _valued(reader, scope, at, end)
