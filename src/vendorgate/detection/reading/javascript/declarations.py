"""What gives names values: `const`, `let` and `var`, classes' members, enumerations.

In: a `Reader` that stands at one. Out: assignments, imports by `require`, variables of the environment, functions.
"""

from __future__ import annotations

from typing import Final

from ...code import UNKNOWN, Assignment, Environment, Items, Reference, Text, Value
from .annotations import after_annotation
from .brackets import key
from .functions import arrow_or_method
from .gathering import Scope
from .patterns import Bound, bound
from .reader import Reader, Steps
from .shapes import either, first_of, member
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
            after, value = reader.at, _each(reader.value) if kind != "=" else reader.value
            yield bind(reader, scope, names, UNKNOWN if kind == "in" else value)
            reader.at = after
        going_on = reader.kinds[reader.at] == ","


def _each(value: Value) -> Value:
    """What a loop takes out of a value."""
    return either(value.values) if isinstance(value, Items) and value.values else UNKNOWN


def bind(reader: Reader, scope: Scope, names: list[Bound], value: Value) -> Steps:
    """Give names what the pattern takes out of a value."""
    for one in names:
        taken = value
        for step in one.steps:
            taken = member(taken, step)
        if one.default >= 0:
            reader.at = one.default
            yield reader.expression(reader, scope, "")
            taken = first_of([taken, reader.value])
        if one.name and not _is_module(reader, one, taken):
            _assign(reader, scope, one, taken)


def _is_module(reader: Reader, one: Bound, value: Value) -> bool:
    """Whether a name gets a module that was loaded, or something of it, which makes it one that is imported."""
    if not isinstance(value, Reference) or not reader.gathering.loaded(value.path) or len(value.path) > 2:
        return False
    reader.gathering.binds(value.path[0], value.path[1] if len(value.path) == 2 else "*", one.name)
    return True


def _assign(reader: Reader, scope: Scope, one: Bound, value: Value) -> None:
    offset = reader.starts[one.at]
    gathering = reader.gathering
    if one.steps and isinstance(value, Environment):
        gathering.reads(offset, value.name)
    place = gathering.places.at(offset)
    assigned = Assignment((one.name,), value, place, function=scope.function, conditional=scope.conditional)
    gathering.assigns(offset, assigned)


def enumeration(reader: Reader, scope: Scope, end: int) -> Steps:
    """The members of an enumeration."""
    while reader.at < end:
        yield _valued(reader, scope, scope.owner, end)
        reader.skip_to(_COMMA, end)
        reader.at += 1


def _valued(reader: Reader, scope: Scope, owner: str, end: int) -> Steps:
    """A member with its value."""
    at = reader.at
    yield key(reader, scope)
    name = reader.value.value if isinstance(reader.value, Text) else ""
    reader.at = after_annotation(reader, reader.at)
    if reader.kinds[reader.at] != "=" or reader.at >= end:
        return
    reader.at += 1
    yield reader.expression(reader, scope, f"{owner}.{name}" if owner and name else name)
    if name:
        offset = reader.starts[at]
        place = reader.gathering.places.at(offset)
        reader.gathering.assigns(offset, Assignment((name,), reader.value, place, owner, scope.function))


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
    reader.at = at
    yield _valued(reader, scope, scope.owner, end)
