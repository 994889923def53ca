"""What a value says as a text: literals, constants of any file, defaults of variables, texts put together.

In: a value, where it stands, the project. Out: `Said`, several where several count. What cannot be told stands as
`\\0`, and is never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

import msgspec

from ..catalogue.facts import words
from ..code import (
    Call,
    Either,
    Environment,
    Items,
    Joined,
    Made,
    Mapping,
    Place,
    Reference,
    Scalar,
    Text,
    Value,
)
from .project import Found, Project
from .view import View

HOLE: Final = "\0"
_DEEPEST: Final = 7
_MOST: Final = 8
_LONGEST: Final = 2_000
_EFFORT: Final = 400
"""Values that are looked at for the sake of one, so that what is put together of itself many times ends."""
_SAME: Final = words("same_text")
"""Functions and methods that leave a text as it is, or change nothing that matters of an address."""
_FALLBACKS: Final = frozenset({"unwrap_or", "unwrap_or_else", "getorelse", "orelse"})
"""Methods that say what counts where nothing else does."""

_KEYED: Final = frozenset({"fetch", "get", "getordefault", "getproperty", "pop", "setdefault"})
"""The same, after a key."""
_FIELDS: Final = frozenset({"field", "attrib", "ib", "attr", "mapped_column", "configurablefield"})
"""What declares a field of a class, with what it is where nothing is given."""


class Said(msgspec.Struct, frozen=True):
    """One text that a value may be."""

    text: str | None = None
    """None where nothing of it is known."""
    variables: tuple[str, ...] = ()
    """Variables of the environment that it is made of."""
    is_nothing: bool = False
    """Whether it is null or left out."""
    is_default: bool = False
    """Whether the environment or whoever calls may say otherwise."""

    @property
    def exact(self) -> str | None:
        """The text where all of it is known."""
        return self.text if self.text and HOLE not in self.text else None


_UNKNOWN: Final = Said()


def said(project: Project, view: View, value: Value | None, at: Place | None, depth: int = 0) -> tuple[Said, ...]:
    """The texts that a value may be."""
    if value is None:
        return ()
    if depth == 0:
        project.left = _EFFORT
    project.left -= 1
    if depth > _DEEPEST or project.left < 0:
        return (_UNKNOWN,)
    return tuple(dict.fromkeys(islice(_said(project, view, value, at, depth), _MOST)))


def texts(project: Project, view: View, value: Value | None, at: Place | None) -> list[str]:
    """Those of the texts that are known whole."""
    return [one.exact for one in said(project, view, value, at) if one.exact]


def _said(project: Project, view: View, value: Value, at: Place | None, depth: int) -> Iterator[Said]:
    match value:
        case Text():
            yield Said(value.value[:_LONGEST])
        case Scalar():
            yield Said(is_nothing=True) if value.value is None or value.value is False else _UNKNOWN
        case Environment():
            yield from _of_environment(project, view, value, at, depth)
        case Joined():
            yield from _joined([said(project, view, part, at, depth + 1) for part in value.parts[:20]])
        case Either():
            for option in value.options[:_MOST]:
                yield from said(project, view, option, at, depth + 1)
        case Reference():
            yield from _of_reference(project, view, value, at, depth)
        case Made():
            yield from _of_call(project, view, value.call, at, depth)
        case Items():
            for one in value.values[:_MOST]:
                yield from said(project, view, one, at, depth + 1)
        case _:
            yield _UNKNOWN


def _of_environment(project: Project, view: View, value: Environment, at: Place | None, depth: int) -> Iterator[Said]:
    given = [one for one in said(project, view, value.default, at, depth + 1) if one.text]
    for one in given:
        yield Said(one.text, (value.name, *one.variables), is_default=True)
    if not given:
        yield Said(variables=(value.name,))


def _joined(parts: list[tuple[Said, ...]]) -> Iterator[Said]:
    """Each part's first text; the alternatives of the first part that has several."""
    several = next((at for at, part in enumerate(parts) if len(part) > 1), None)
    for choice in range(len(parts[several]) if several is not None else 1):
        chosen = [(part[choice] if at == several else part[0]) if part else _UNKNOWN for at, part in enumerate(parts)]
        text = "".join(HOLE if one.text is None else one.text for one in chosen)
        variables = tuple(name for one in chosen for name in one.variables)
        yield Said(text[:_LONGEST], variables, is_default=any(one.is_default for one in chosen))


def _of_reference(project: Project, view: View, value: Reference, at: Place | None, depth: int) -> Iterator[Said]:
    found = list(islice(project.lookup(view, value.path, at), _MOST))
    if not found:
        if _is_of_package(view, value):
            yield Said(is_nothing=True)
        else:
            yield from _of_caller(project, view, value, at, depth)
        return
    for one in found:
        if isinstance(one.value, Reference) and one.view is view and one.value.path == value.path:
            continue
        for text in within(project, one, depth + 1):
            yield msgspec.structs.replace(text, is_default=text.is_default or one.is_default)


def _is_of_package(view: View, value: Reference) -> bool:
    """Whether it is a constant that a package has of itself: its own address, which is what counts without one."""
    name = value.path[-1]
    return (
        value.path[0] in view.bound
        and name.isupper()
        and any(word in name for word in ("API_BASE", "BASE_URL", "API_URL", "ENDPOINT", "DEFAULT"))
    )


def within(project: Project, found: Found, depth: int) -> Iterator[Said]:
    """The texts of what was found, after the steps that are left."""
    if not found.rest:
        yield from said(project, found.view, found.value, found.place, depth)
        return
    value, step = found.value, found.rest[0]
    match value:
        case Mapping():
            inner = value.get(step)
            if inner is not None:
                rest = msgspec.structs.replace(found, value=inner, rest=found.rest[1:])
                yield from within(project, rest, depth + 1)
            elif depth <= _DEEPEST and step == "*":
                for _, one in value.entries[:_MOST]:
                    yield from said(project, found.view, one, found.place, depth + 1)
            else:
                yield _UNKNOWN
        case Made():
            members = next(filter(None, (project.members(name, step) for name in reversed(value.call.path))), [])
            for view, member in members[:_MOST]:
                yield from said(project, view, member.value, member.place, depth + 1)
            if not members:
                yield _UNKNOWN
        case Reference() if depth <= _DEEPEST:
            path = (*value.path, *found.rest)
            yield from said(project, found.view, Reference(path), found.place, depth + 1)
        case _:
            yield _UNKNOWN


def _of_caller(project: Project, view: View, value: Reference, at: Place | None, depth: int) -> Iterator[Said]:
    """A parameter: what the project's calls of its function give."""
    function = view.function_at(at) if at is not None else ""
    names = view.parameters(function)
    if value.path[0] not in names or len(value.path) > 1 or depth > 2:
        yield _UNKNOWN
        return
    yield from _given(project, function, names.index(value.path[0]), value.path[0], depth) or [_UNKNOWN]


def _given(project: Project, function: str, index: int, name: str, depth: int) -> list[Said]:
    found: list[Said] = []
    for view, call in project.calls_of(function)[:_MOST]:
        given = call.argument(name)
        if given is None and index < len(call.positional):
            given = call.positional[index]
        if given is not None:
            found += said(project, view, given, call.place, depth + 2)
    return found


def _of_call(project: Project, view: View, call: Call, at: Place | None, depth: int) -> Iterator[Said]:
    name = call.path[-1].lower()
    receiver: Value | None = None
    if call.receiver is not None:
        receiver = Made(call.receiver)
    elif len(call.path) > 1:
        receiver = Reference(call.path[:-1])
    if name in _FIELDS and (default := call.argument("default")) is not None:
        yield from said(project, view, default, at, depth + 1)
    elif name in _KEYED:
        yield from _fallback(project, view, call, receiver, at, depth) if len(call.positional) > 1 else [_UNKNOWN]
    elif name in _FALLBACKS and call.positional:
        yield from _fallback(project, view, call, receiver, at, depth)
    elif name in _SAME or (call.path[-1][:1].isupper() and len(call.positional) == 1):  # a class around a text
        yield from _handed_on(project, view, call, receiver, at, depth)
    else:
        yield from _returned(project, view, call, depth)


def _handed_on(
    project: Project, view: View, call: Call, receiver: Value | None, at: Place | None, depth: int
) -> Iterator[Said]:
    """What is passed, or on what it is called: whichever says something."""
    for value in (*call.positional[:1], receiver):
        found = said(project, view, value, at, depth + 1)
        if any(one.text or one.variables for one in found):
            yield from found
            return
    yield _UNKNOWN


def _fallback(
    project: Project, view: View, call: Call, receiver: Value | None, at: Place | None, depth: int
) -> Iterator[Said]:
    first = said(project, view, receiver, at, depth + 1) if receiver is not None else ()
    variables = tuple(name for one in first for name in one.variables)
    for one in said(project, view, call.positional[-1], at, depth + 1):
        yield msgspec.structs.replace(one, is_default=True, variables=(*variables, *one.variables))


def _returned(project: Project, view: View, call: Call, depth: int) -> Iterator[Said]:
    functions = project.function(view, call.path, call.place) if call.receiver is None else []
    values = [(other, one, value) for other, one in functions[:2] for value in one.returns]
    if not values:
        yield _UNKNOWN
    for other, function, value in values[:_MOST]:
        yield from said(project, other, value, other.end_of(function.place), depth + 1)


def first(found: Iterable[Said]) -> str | None:
    """The first text that is known whole."""
    return next((one.exact for one in found if one.exact), None)
