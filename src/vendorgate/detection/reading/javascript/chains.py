"""Chains of members and calls, as far as they were read: `client.chat.completions.create(…)`, `a().b()`.

In: link by link, from whoever reads. Out: its calls, imports and variables of the environment, which are gathered, and
its value.
"""

from __future__ import annotations

from typing import Final

import msgspec

from ...code import UNKNOWN, Call, Either, Environment, Made, Path, Reference, Scalar, Text, Value
from .gathering import Gathering, Scope
from .meaning import is_keeping, on_value, result
from .shapes import CALLED, COMPUTED, DEEPEST, UNTOLD, reference

_LOADERS: Final = frozenset((("require",), ("import",)))
_MOST_OPTIONS: Final = 4
"""On how many of several the same call is noted."""


class Chain(msgspec.Struct):
    """How far a chain was read."""

    gathering: Gathering
    offset: int
    """Where it begins in the text."""
    value: Value = UNKNOWN
    """What it came to before `path`."""
    path: Path = ()
    owned: bool = False
    """Whether it began with `this`."""
    is_new: bool = False
    """Whether the next call is one by `new`."""
    receiver: Call | None = None
    links: int = 0
    """How many calls it has so far."""
    later: int = -1
    """Where the path begins after a call."""
    has_name: bool = False
    """Whether it began with a name."""

    @classmethod
    def begun(cls, gathering: Gathering, offset: int, value: Value, path: Path, *, owned: bool) -> Chain:
        """After its first thing: a name, which has a path, or what has a value."""
        path = gathering.meant(path)
        chain = cls(gathering, offset, value, path, owned, has_name=bool(path) or owned)
        if isinstance(value, Reference):
            chain.path, chain.has_name = value.path, True
        elif isinstance(value, Made):
            chain.receiver = value.call
        return chain

    def member(self, steps: Path, offset: int) -> None:
        """Go on to a member."""
        if not self.path and self.receiver is not None:
            self.later = offset
        elif not self.path and not self.has_name:
            self.path = (UNTOLD,)
        self.path += steps
        if len(self.path) == 2 and not self.owned and self.receiver is None:
            self.path = self.gathering.meant(self.path)

    def index(self, value: Value, offset: int) -> None:
        """Go on to what an index says."""
        known = str(value.value) if isinstance(value, Scalar) and type(value.value) is int else COMPUTED
        self.member((value.value if isinstance(value, Text) else known,), offset)

    def may_load(self) -> bool:
        """Whether a call of it may load a module."""
        return self.receiver is None and self.path in _LOADERS

    def loads(self, module: str) -> None:
        """It is `require` or `import()` of a module, and goes on with that."""
        written = f'{self.path[0]}("{module}")'
        self.gathering.loads(self.offset, module, written)
        self.path = (written,)

    def called(self, values: tuple[Value, ...], scope: Scope, *, trims: bool = False) -> None:
        """It is called with these arguments; `trims` says whether the first one is a pattern of slashes at the end."""
        derived = scope.derived if self.path == ("super",) else None
        path, receiver = self.path if derived is None else derived.base, self.receiver
        offset = self.later if receiver is not None and self.later >= 0 else self.offset
        if self.links > DEEPEST or (not path and receiver is None):
            path, receiver = (UNTOLD, *path), None
        self.gathering.refers(offset, path)
        call = Call(path or (CALLED,), self.gathering.places.at(offset), values, (), receiver, scope.conditional)
        calls = _on_each(call, self.value)
        for one in calls:
            self.gathering.calls(offset, one)
        if derived is not None:
            derived.maker.returns.append((offset, Made(calls[0])))
        self.value = self._result(calls[0], offset, trims=trims)
        self.path, self.receiver, self.is_new = (), calls[0], False
        self.links += 1

    def _result(self, call: Call, offset: int, *, trims: bool) -> Value:
        """What a call returns, where that is known, or a variable of the environment."""
        path, values = self.path, call.positional
        if path == ("Deno", "env", "get") and len(values) == 1 and isinstance(values[0], Text):
            self.gathering.reads(offset, values[0].value)
            return Environment(values[0].value)
        if is_keeping(path, values, trims=trims):
            return self._kept()
        known = on_value(self.value, path, values)
        if known is None and self.receiver is None:
            known = result(path, values, is_new=self.is_new)
        return Made(call) if known is None else known

    def _kept(self) -> Value:
        """What a method was called on that gives a text as it is."""
        if self.path[0] == UNTOLD:
            return self.value if len(self.path) == 2 else UNKNOWN
        if len(self.path) > 1:
            return reference(self.path[:-1]) if self.receiver is None else UNKNOWN
        return self.value if self.receiver is not None else UNKNOWN

    def hands_on(self) -> str:
        """What is called of `import()` to go on with the module: its name; nothing where something else is called."""
        is_then = self.receiver is None and self.path[1:] == ("then",) and self.gathering.loaded(self.path)
        return self.path[0] if is_then else ""

    def end(self) -> tuple[Value, Path]:
        """The value of the whole chain, and the path, if it is one that may be assigned to."""
        if self.receiver is not None:
            return UNKNOWN if self.path else self.value, ()
        if not self.path:
            return self.value, ()
        self.gathering.refers(self.offset, self.path)
        return reference(self.path), () if self.path[0] == UNTOLD else self.path


def _on_each(call: Call, value: Value) -> list[Call]:
    """The same call on each of those of which one is called: `(given ?? new Client()).send()`."""
    if not isinstance(value, Either) or call.path[0] != UNTOLD:
        return [call]
    steps = call.path[1:]
    calls: list[Call] = []
    for option in value.options:
        if isinstance(option, Reference):
            calls.append(Call((*option.path, *steps), call.place, call.positional, (), None, call.conditional))
        elif isinstance(option, Made):
            calls.append(Call(steps or (CALLED,), call.place, call.positional, (), option.call, call.conditional))
    return calls[:_MOST_OPTIONS] or [call]
