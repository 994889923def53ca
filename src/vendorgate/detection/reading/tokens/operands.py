"""Names, texts and numbers: what an expression is made of.

In: the state at one. Out: it is what stands last in the expression, or the name of what the statement defines.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Mapping as Table
from typing import Final

from ...code import UNKNOWN, Items, Scalar, Text, Value
from . import frames
from .closing import end_frame
from .frames import Frame
from .opening import COLLECTION, arguments
from .signs import operator
from .state import State
from .tags import environment_of
from .values import number as number_of

_WORD: Final = re.compile(r"\S+")
Handler = Callable[[State, str, int], None]


def name(state: State, raw: str, start: int) -> None:
    frame = state.frame
    path, own = state.path(raw)
    if not path:
        frame.member = False
        return
    if state.receiver[0] and path[0] == state.receiver[0] and len(path) > 1:
        path, own = path[1:], True
    if frame.member:
        state.step(path, start)
        return
    if frame.skip_type:
        frame.skip_type = False
        return
    if frame.head in ("class", "function") and _names(state, frame, path[-1], start):
        return
    if frame.path is not None or frame.value is not None:
        beside(state, frame)
    frame.value = None
    frame.path, frame.path_start, frame.own = path, start, own
    if frame.first is None and state.grammar.style == "name first":
        frame.first = path, start, own
    if frame.is_new and state.grammar.new_alone and state.peek() != "(":
        arguments(state, frames.ARGUMENTS, "")
        end_frame(state)


def _names(state: State, frame: Frame, found: str, start: int) -> bool:
    """Whether the name is that of what the statement defines."""
    after_types = state.tokens[state.index - 2][0] == ">" if state.index > 1 else False
    if frame.after_parameters or frame.targets:
        return False
    if not frame.name or (after_types and frame.path is None and frame.value is None):
        frame.name, frame.name_start = found, start
        frame.path = frame.value = None
        del frame.terms[:]
        return True
    return False


def beside(state: State, frame: Frame) -> None:
    """A name behind an operand: the operand was a type, or a name whose type this is."""
    if state.grammar.style == "name first" and (isinstance(frame.value, Items) or frame.path == ("map",)):
        frame.type_path = COLLECTION
    elif frame.type_path != COLLECTION:
        frame.type_path = frame.path
    frame.adjacent = True
    frame.base = frame.base_value = frame.call = None


def text(state: State, value: str, start: int) -> None:
    frame = state.frame
    if frame.kind == frames.CLASS and state.grammar.style == "name first":
        tag(state, value)
        return
    state.write(start, value)
    if isinstance(frame.value, Text) and state.grammar.by_words:
        frame.value = Text(frame.value.value + value)
    else:
        state.set_value(Text(value))


def tag(state: State, value: str) -> None:
    """What stands behind a field of a Go struct: `env:"X" envDefault:"y"`."""
    state.frame.annotation = environment_of(value)


def chunk(state: State, value: str, start: int) -> None:
    state.frame.values.append(Text(value))


def template(state: State, value: str, start: int) -> None:
    state.push(frames.TEMPLATE, "endtemplate", start)


def hole(state: State, value: str, start: int) -> None:
    state.push(frames.HOLE, "unhole", start)


def number(state: State, raw: str, start: int) -> None:
    state.set_value(number_of(raw))


def character(state: State, raw: str, start: int) -> None:
    state.set_value(UNKNOWN)


def symbol(state: State, raw: str, start: int) -> None:
    state.set_value(Text(raw.lstrip(":").strip("\"'")))


def label(state: State, raw: str, start: int) -> None:
    """`name:` of Ruby."""
    frame = state.frame
    if frame.kind == frames.PARAMETERS:
        frame.typed = (raw[:-1],), start, False
        if state.peek() not in (",", ")", "newline"):
            frame.targets.append(frame.typed)
    elif frame.ternaries:
        name(state, raw[:-1], start)
        frame.ternaries -= 1
        operator(state, ":", start)
    else:
        frame.key = raw[:-1].strip("\"'")


def words(state: State, raw: str, start: int) -> None:
    """`%w[a b]` of Ruby."""
    values: list[Value] = []
    for match in _WORD.finditer(raw, 3, len(raw) - 1):
        values.append(Text(match[0]))
        if raw[1] in "wW":
            state.write(start + match.start(), match[0])
    state.set_value(Items(tuple(values)))


def scalar(value: bool | None) -> Handler:
    def take(state: State, raw: str, start: int) -> None:
        state.set_value(Scalar(value))

    return take


OPERANDS: Final[Table[str, Handler]] = {
    "name": name,
    "text": text,
    "chunk": chunk,
    "template": template,
    "hole": hole,
    "number": number,
    "character": character,
    "symbol": symbol,
    "label": label,
    "words": words,
}
