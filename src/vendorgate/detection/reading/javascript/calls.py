"""What follows a name or a value: members, indices, calls on calls.

In: a `Reader` that stands behind the first thing of a chain. Out: the chain's value; its calls, imports and variables
of the environment are gathered.
"""

from __future__ import annotations

from typing import Final

import msgspec

from ...code import UNKNOWN, Call, Either, Environment, Made, Path, Reference, Scalar, Text, Value
from .annotations import same_line
from .brackets import listed, template
from .gathering import Scope
from .names import steps_of
from .reader import DEEPEST, Reader, Steps
from .shapes import CALLED, COMPUTED, UNTOLD, reference
from .tokens import text_of, unescaped

_TEMPLATES: Final = frozenset(("template", "template("))
_CALLED: Final = _TEMPLATES | {"("}
_KEEPING: Final = frozenset(("trim", "trimEnd", "trimStart", "toString"))
"""Methods that give a text as it is, as far as it matters here."""
_LOADERS: Final = frozenset(("require", "import"))


MOST_OPTIONS: Final = 4
"""On how many of several the same call is noted."""


class Chain(msgspec.Struct):
    """How far a chain was read."""

    value: Value
    """What it came to before `path`."""
    path: Path
    at: int
    """Where the path begins."""
    is_new: bool
    """Whether the next call is one by `new`."""
    receiver: Call | None = None
    links: int = 0
    offset: int = -1
    """Where the path begins in the text, if no token does."""

    def add(self, steps: Path, *, rooted: bool) -> None:
        """Go on to a member; `rooted` says whether the chain began with a name or with `this`."""
        if not self.path and self.receiver is None and not rooted:
            self.path = (UNTOLD,)
        self.path += steps


def chain(reader: Reader, scope: Scope, at: int) -> Steps:
    """All that follows the first thing, which began at the token `at`."""
    state = Chain(reader.value, reader.path, at, reader.kinds[at] == "new")
    rooted = bool(state.path) or reader.owned
    owned = reader.owned
    if isinstance(state.value, Reference):
        state.path, rooted = state.value.path, True
    elif isinstance(state.value, Made):
        state.receiver = state.value.call
    while True:
        kind = reader.kinds[reader.at]
        if kind == "member":
            _start(reader, state)
            state.add(steps_of(reader.words[reader.at]), rooted=rooted)
            reader.at += 1
        elif kind == "[":
            _start(reader, state)
            yield _index(reader, scope)
            state.add((_step(reader.value),), rooted=rooted)
        elif kind in _CALLED:
            yield _call(reader, scope, state)
        elif not _passed_over(reader, state):
            break
    if state.is_new and reader.at > at + 1:
        _called(reader, scope, state, ())
    _finish(reader, state, owned=owned)


def _start(reader: Reader, state: Chain) -> None:
    if state.receiver is not None and not state.path:
        word = reader.words[reader.at]
        state.offset = reader.starts[reader.at] + len(word) - len(word.lstrip("!?."))


def _passed_over(reader: Reader, state: Chain) -> bool:
    """Whether what stands here changes nothing of the chain, such as `!` and `<string>`."""
    kind, following = reader.kinds[reader.at], reader.kinds[reader.at + 1 : reader.at + 2]
    if kind == "<" and reader.at in reader.partners:
        end = reader.after(reader.at)
        if not state.is_new and reader.kinds[end] not in _CALLED:
            return False
        reader.at = end
        return True
    if kind in {"?.", "."} and following and (kind == "?." or reader.words[reader.at + 1][:1].isalpha()):
        reader.at += 1
        if reader.kinds[reader.at] not in {"(", "["}:
            reader.kinds[reader.at], reader.words[reader.at] = "member", "." + reader.words[reader.at]
        return True
    if kind in {"!", "++", "--"} and same_line(reader, reader.at):
        reader.at += 1
        return True
    return False


def _index(reader: Reader, scope: Scope) -> Steps:
    """What stands in the brackets of an index."""
    opening = reader.at
    values: list[Value] = []
    yield listed(reader, scope, values)
    simple = len(values) == 1 and reader.partners[opening] == opening + 2
    reader.value = values[0] if simple else UNKNOWN


def _step(value: Value) -> str:
    """An index as a step of a path."""
    if isinstance(value, Text):
        return value.value
    return str(value.value) if isinstance(value, Scalar) and type(value.value) is int else COMPUTED


def _call(reader: Reader, scope: Scope, state: Chain) -> Steps:
    """Arguments, or the template of a tag."""
    kind = reader.kinds[reader.at]
    if (
        kind == "("
        and state.receiver is None
        and len(state.path) == 1
        and state.path[0] in _LOADERS
        and _loads(reader, state)
    ):
        return
    values: list[Value] = []
    if kind == "(":
        yield listed(reader, scope, values)
    elif kind == "template":
        text = unescaped(reader.words[reader.at])
        reader.gathering.writes(reader.starts[reader.at], text)
        values.append(Text(text))
        reader.at += 1
    else:
        yield template(reader, scope)
        values.append(reader.value)
    _called(reader, scope, state, tuple(values))


def _loads(reader: Reader, state: Chain) -> bool:
    """Whether these are the arguments of `require` or `import()` with a module; then the chain goes on with the
    module."""
    at = reader.at + 1
    kind, word = reader.kinds[at], reader.words[at]
    if kind not in {"string", "template"} or reader.kinds[at + 1] not in {")", ","}:
        return False
    module = text_of(word) if kind == "string" else unescaped(word)
    written = f'{state.path[0]}("{module}")'
    reader.gathering.loads(reader.starts[state.at], module, written)
    state.path = (written,)
    reader.at = reader.after(reader.at)
    return True


def _called(reader: Reader, scope: Scope, state: Chain, values: tuple[Value, ...]) -> None:
    """A call is complete."""
    path, receiver = state.path, state.receiver
    offset = state.offset if receiver is not None and state.offset >= 0 else reader.starts[state.at]
    if state.links > DEEPEST or (not path and receiver is None):
        path, receiver = (UNTOLD, *path), None
    reader.gathering.refers(offset, path)
    call = Call(path or (CALLED,), reader.gathering.places.at(offset), values, (), receiver, scope.conditional)
    call, *others = _on_each(call, state.value)
    for one in (call, *others):
        reader.gathering.calls(offset, one)
    state.value = _result(reader, state, call, offset)
    state.path, state.receiver, state.is_new = (), call, False
    state.links += 1


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
    return calls[:MOST_OPTIONS] or [call]


def _result(reader: Reader, state: Chain, call: Call, offset: int) -> Value:
    """What a call returns, where that is the text it is called on or with, or a variable of the environment."""
    path = state.path
    if path == ("Deno", "env", "get") and len(call.positional) == 1 and isinstance(call.positional[0], Text):
        name = call.positional[0].value
        reader.gathering.reads(offset, name)
        return Environment(name)
    if path == ("String",) and len(call.positional) == 1 and not state.is_new:
        return call.positional[0]
    if path and path[-1] in _KEEPING and not call.positional:
        if path[0] == UNTOLD:
            return state.value if len(path) == 2 else UNKNOWN
        if len(path) > 1:
            return reference(path[:-1]) if state.receiver is None else UNKNOWN
        return state.value if state.receiver is not None else UNKNOWN
    return Made(call)


def _finish(reader: Reader, state: Chain, *, owned: bool) -> None:
    """The value of the whole chain."""
    reader.path, reader.owned = (), owned
    if state.receiver is not None:
        reader.value = UNKNOWN if state.path else state.value
        return
    if state.path:
        reader.gathering.refers(reader.starts[state.at], state.path)
        reader.value = reference(state.path)
        if state.path[0] != UNTOLD:
            reader.path = state.path
        return
    reader.value = state.value
