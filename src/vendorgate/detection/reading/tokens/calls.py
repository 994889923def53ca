"""Calls, and what they come to: those that read the environment, wrap a value, put values into a text, or make a list.

In: a frame of arguments that ended. Out: the `Call` in the state, and its value as what stands last.
"""

from __future__ import annotations

from collections.abc import Mapping as Table
from itertools import pairwise
from typing import TypeVar

import msgspec

from ...code import (
    UNKNOWN,
    Assignment,
    Call,
    Environment,
    Items,
    Joined,
    Made,
    Mapping,
    Path,
    Reference,
    Scalar,
    Text,
    Value,
)
from .frames import Frame
from .state import LONGEST, State
from .values import either, formatted, written

_Found = TypeVar("_Found")
_LOOKUPS = frozenset({"get", "getOrDefault", "fetch"})
_TEXTUAL = (Text, Environment, Joined, Reference, Scalar)


def made(state: State, frame: Frame) -> None:
    """The call whose arguments ended in `frame`."""
    path = frame.target
    if path is None:
        return
    chain = frame.chain
    call = Call(
        path,
        state.place(frame.start),
        tuple(frame.values),
        tuple(frame.entries),
        chain if chain is None or _length(chain) < LONGEST else None,
        frame.conditional,
    )
    if path in state.grammar.defining:
        _define(state, frame, call)
    if state.grammar.collections.get(path) == "literal":
        state.set_value(Mapping(call.named) if call.named else Items(call.positional))
        return
    emitted = -1
    if chain is not None or frame.chain_value is None:
        emitted = len(state.calls)
        state.calls.append((frame.start, call))
    state.set_value(_value(state, frame, call), call, emitted)


def _define(state: State, frame: Frame, call: Call) -> None:
    name = call.positional[0] if len(call.positional) > 1 else None
    if isinstance(name, Text):
        found = Assignment((name.value,), call.positional[1], call.place, function=frame.function)
        state.assignments.append((frame.start, found))


def _length(call: Call | None) -> int:
    length = 0
    while call is not None and length < LONGEST:
        call, length = call.receiver, length + 1
    return length


def named(state: State, entries: tuple[tuple[str, Value], ...], more: tuple[Value, ...] = ()) -> None:
    """What stands in braces behind a call: arguments of the call, too."""
    frame = state.frame
    if (entries or more) and isinstance(frame.value, Made) and 0 <= frame.emitted < len(state.calls):
        start, call = state.calls[frame.emitted]
        changed = msgspec.structs.replace(call, named=call.named + entries, positional=call.positional + more)
        state.calls[frame.emitted] = start, changed
        frame.value, frame.call = Made(changed), changed


def ending(table: Table[Path, _Found], path: Path) -> _Found | None:
    """What a table has for the last names of a path."""
    for size in (1, 2, 3):
        found = table.get(path[-size:])
        if found is not None:
            return found
    return None


def _value(state: State, frame: Frame, call: Call) -> Value:
    grammar, path = state.grammar, call.path
    if frame.chain_value is not None:
        found = _method(state, frame, frame.chain_value, call)
        if found is not None:
            return found
    reads = ending(grammar.environment, path)
    if reads is not None:
        return _environment(state, frame, call)
    style = ending(grammar.formats, path)
    if style is not None:
        return _format(state, frame, call, style)
    collects = ending(grammar.collections, path)
    if collects is not None:
        return _pairs(call.positional) if collects == "pairs" else Items(call.positional)
    if ending(grammar.firsts, path) is not None and call.positional:
        return either(call.positional)
    if path[-1] in grammar.lazy and frame.tail is not None:
        return frame.tail
    if frame.chain_value is None and path[-1] in grammar.transparent and _changes_nothing(call):
        return Reference(path[:-1])
    if path[-1] in grammar.wrappers and frame.chain_value is None and len(call.positional) == 1 and not call.named:
        return call.positional[0]
    return Made(call)


def _changes_nothing(call: Call) -> bool:
    """Whether a method of a name, such as `NAME.to_string()`, has nothing but a message for whoever reads errors."""
    return len(call.path) > 1 and call.path[-1] != "get" and all(isinstance(one, Text) for one in call.positional)


def _method(state: State, frame: Frame, base: Value, call: Call) -> Value | None:
    """The value of a method that changes nothing, or says what counts where there is nothing."""
    grammar, name = state.grammar, call.path[-1]
    if len(call.path) > 1:
        return None
    if isinstance(base, Made) and name in _LOOKUPS and ending(grammar.environment, base.call.path) is not None:
        return _environment(state, frame, call)
    if name in grammar.defaults and call.positional and not isinstance(base, Made):
        lazily = frame.tail if call.positional[0] == UNKNOWN else None
        return either([base, lazily or call.positional[0]])
    if name in grammar.transparent and (isinstance(base, _TEXTUAL) or not call.positional):
        return base
    if isinstance(base, Made):
        return None
    return UNKNOWN


def _environment(state: State, frame: Frame, call: Call) -> Value:
    name = call.positional[0] if call.positional else None
    if not isinstance(name, Text):
        return Made(call)
    variable, _, rest = name.value.partition("=")
    state.environment.append((frame.start, variable))
    default = call.positional[1] if len(call.positional) > 1 else Text(rest) if rest else None
    return Environment(variable, default)


def _format(state: State, frame: Frame, call: Call, style: str) -> Value:
    values = list(call.positional)
    while values and not isinstance(values[0], Text):
        del values[0]
    if not values:
        return Made(call)
    value = formatted(values[0], values[1:], dict(call.named), style)
    if frame.written < len(state.literals) and isinstance(values[0], Text):
        start, text = state.literals[frame.written]
        if text == values[0].value:
            state.literals[frame.written] = start, written(value)
    return value


def _pairs(values: tuple[Value, ...]) -> Value:
    """A mapping of pairs, or of keys and values in turn."""
    if all(isinstance(value, Items) and len(value.values) == 2 for value in values):
        values = tuple(one for value in values if isinstance(value, Items) for one in value.values)
    if len(values) % 2:
        return UNKNOWN
    pairs = list(pairwise(values))[::2]
    return Mapping(tuple((key.value, value) for key, value in pairs if isinstance(key, Text)))
