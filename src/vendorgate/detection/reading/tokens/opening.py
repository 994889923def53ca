"""Brackets and braces: which frame each opens, by what stands before it.

In: the state at such a sign. Out: another frame on the stack.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Table
from typing import Final

from ...code import UNKNOWN, Made
from . import frames
from .frames import Frame, Record
from .state import State
from .statements import assign

COLLECTION: Final = ("[]",)
"""The type of what has entries and no fields, such as `[]T` and `map[K]V`."""


def open_round(state: State, sign: str, start: int) -> None:
    frame, grammar = state.frame, state.grammar
    if frame.member or frame.type_path == COLLECTION or (frame.kind == frames.CLASS and grammar.style == "name first"):
        _types(state, start)
    elif frame.head == "function" and not frame.after_parameters:
        _parameters(state, start)
    elif frame.head == "class" and frame.name and frame.path is None and not frame.terms:
        state.push(frames.PARAMETERS, ")", start)
    elif frame.path is not None and grammar.methods and _declares(frame):
        frame.head, frame.name, frame.name_start = "function", frame.path[-1], frame.path_start
        _parameters(state, start)
    elif frame.path is not None and not (frame.kind == frames.CLASS and grammar.bars and not grammar.by_words):
        arguments(state, frames.ARGUMENTS, ")")
    elif frame.is_new and frame.targets and frame.type_path:
        frame.path, frame.path_start = frame.type_path, start
        arguments(state, frames.ARGUMENTS, ")")
    elif frame.declaring and grammar.style == "name first":
        state.push(frames.BLOCK, ")", start).declaring = True
    else:
        inner = state.push(frames.GROUP, ")", start)
        inner.is_condition = frame.head in ("branch", "block", "cases") and frame.value is None
        inner.is_expression = frame.after_parameters


def _types(state: State, start: int) -> None:
    """`x.(T)` of Go is `x`, `[]T(x)` as well; a method of an interface is no call."""
    frame = state.frame
    converts = frame.type_path == COLLECTION
    if converts:
        frame.path = frame.value = frame.type_path = None
    frame.member = False
    state.push(frames.GROUP, ")", start).is_expression = not converts


def _declares(frame: Frame) -> bool:
    """Whether a name and a round bracket begin a method: as a member of a class, or behind a type."""
    if (
        frame.targets
        or frame.terms
        or frame.base_value is not None
        or frame.is_new
        or frame.returning
        or frame.is_lambda
    ):
        return False
    if frame.kind == frames.CLASS:
        return frame.adjacent or frame.path == (frame.owner,)
    return frame.kind == frames.BLOCK and frame.adjacent and frame.path is not None and len(frame.path) == 1


def _parameters(state: State, start: int) -> None:
    """The parameters of the function whose head the statement is; of one in an expression they are nobody's."""
    frame = state.frame
    outermost = not state.stack and not frame.targets and not frame.terms and not frame.returning
    if not frame.name and state.grammar.style == "name first" and outermost:
        state.push(frames.PARAMETERS, ")", start)
        return
    frame.after_parameters = True
    owner = state.receiver[1] or frame.owner
    name = f"{owner}.{frame.name}" if owner else frame.name
    frame.path = frame.value = None
    inner = state.push(frames.PARAMETERS, ")", start)
    inner.record = None
    if frame.name:
        frame.made = inner.record = Record(name, frame.name_start)
        inner.function = name
        state.functions.append(frame.made)


def arguments(state: State, kind: str, close: str) -> Frame:
    """Open the arguments of a call of the path that stands last."""
    frame = state.frame
    inner = state.push(kind, close, frame.path_start)
    inner.target, inner.chain, inner.chain_value = frame.path, frame.base, frame.base_value
    return inner


def open_square(state: State, sign: str, start: int) -> None:
    frame = state.frame
    if frame.path is None and frame.value is None:
        state.push(frames.ITEMS, "]", start)
        return
    if state.grammar.shorthand and state.tokens[state.index - 2][1].endswith("!"):
        arguments(state, frames.ARGUMENTS, "]")  # a macro of Rust
        return
    inner = state.push(frames.INDEX, "]", frame.path_start if frame.path is not None else start)
    inner.target, inner.chain, inner.chain_value = frame.path, frame.base, frame.base_value
    if frame.value is not None:
        inner.chain, inner.chain_value = frame.call, frame.value


def open_brace(state: State, sign: str, start: int) -> None:
    frame = state.frame
    frame.member = False
    opener = _HEADS.get(frame.head)
    if frame.type_path == COLLECTION and frame.head != "function":
        _items(state, start)
    elif opener is not None:
        opener(state, start)
    elif frame.path is not None or frame.value is not None:
        _BEHIND[state.grammar.braces](state, start)
    elif frame.is_lambda:
        state.push(frames.BLOCK, "}", start).is_expression = frame.is_thunk
    elif frame.is_new:
        _items(state, start)
    elif _at_start(frame) and not state.grammar.by_words:
        state.push(frames.BLOCK, "}", start)
    else:
        _BARE[state.grammar.bare](state, start)


def _at_start(frame: Frame) -> bool:
    """Whether nothing of a statement stands before."""
    return frame.kind in frames.STATEMENTS and not frame.targets and not frame.returning and not frame.is_arm


def _class(state: State, start: int) -> None:
    frame = state.frame
    inner = state.push(frames.CLASS, "}", start)
    inner.owner, inner.function, inner.record = frame.name or frame.owner, "", None


def _body(state: State, start: int) -> None:
    """The body of a function; one without a name returns to nobody."""
    frame = state.frame
    if not frame.after_parameters and not frame.name:
        return _branch(state, start)
    record = frame.made
    inner = _block(state, start, conditional=False)
    inner.record, inner.is_expression = record, False
    if record is not None:
        inner.function = record.name
    return None


def _block(state: State, start: int, *, conditional: bool) -> Frame:
    """A block behind a condition, which is not part of any value."""
    frame = state.frame
    if frame.lets >= 0:
        value, targets = state.finish(), frame.targets
        for found in targets[frame.lets :]:
            assign(state, found, UNKNOWN if value is None else value)
        frame.targets, frame.lets = targets[: frame.lets], -1
    wanted = bool(frame.targets or frame.returning or frame.is_arm or frame.kind not in frames.STATEMENTS)
    terms, key, targets = frame.terms[: frame.condition], frame.key, frame.targets
    ternaries = frame.ternaries
    frame.begin()
    frame.terms, frame.key, frame.targets, frame.ternaries = terms, key, targets, ternaries
    inner = state.push(frames.BLOCK, "}", start)
    inner.is_expression = wanted
    inner.conditional = inner.conditional or conditional
    return inner


def _branch(state: State, start: int) -> None:
    _block(state, start, conditional=True)


def _loop(state: State, start: int) -> None:
    _block(state, start, conditional=False)


def _cases(state: State, start: int) -> None:
    _block(state, start, conditional=True).kind = frames.CASES


_HEADS: Final[Table[str, Callable[[State, int], None]]] = {
    "class": _class,
    "function": _body,
    "branch": _branch,
    "else": _branch,
    "block": _loop,
    "cases": _cases,
}


def _literal(state: State, start: int) -> None:
    """`T{…}`: the fields are arguments of a call of `T`."""
    frame = state.frame
    if frame.path is None or (state.grammar.tail_returns and frame.path[-1][:1].islower()):
        state.push(frames.BLOCK, "}", start)
    else:
        arguments(state, frames.LITERAL, "}")


def _initializer(state: State, start: int) -> None:
    frame = state.frame
    if frame.path is not None and frame.is_new:
        arguments(state, frames.LITERAL, "}")
    elif isinstance(frame.value, Made) and frame.emitted >= 0:
        state.push(frames.LITERAL, "}", start)
    elif frame.is_new:
        _items(state, start)
    else:
        state.push(frames.BLOCK, "}", start)


def _lambda(state: State, start: int) -> None:
    """A block that belongs to the call before it, or makes a call of the name before it."""
    frame = state.frame
    inner = state.push(frames.BLOCK, "}", start)
    inner.is_trailing = True
    if frame.path is not None:
        inner.target, inner.chain, inner.chain_value = frame.path, frame.base, frame.base_value
        inner.start = frame.path_start


def _members(state: State, start: int) -> None:
    """Members of a class without a name, behind a call; or entries of an array behind its type."""
    if isinstance(state.frame.value, Made):
        state.push(frames.CLASS, "}", start).is_trailing = True
    elif state.frame.is_new or state.frame.targets:
        _items(state, start)
    else:
        state.push(frames.BLOCK, "}", start)


def _plain(state: State, start: int) -> None:
    state.push(frames.BLOCK, "}", start)


def _items(state: State, start: int) -> None:
    state.push(frames.ITEMS, "}", start)


def _value_block(state: State, start: int) -> None:
    """A block whose last value counts; a text and a colon begin entries, as in Rust's `json!`."""
    behind = state.tokens[state.index + 1 : state.index + 2]
    if state.peek() == "text" and behind and behind[0][0] == ":":
        return _items(state, start)
    state.push(frames.BLOCK, "}", start).is_expression = True
    return None


_BEHIND: Final[Table[str, Callable[[State, int], None]]] = {
    "literal": _literal,
    "initializer": _initializer,
    "lambda": _lambda,
    "class": _members,
    "none": _plain,
}
_BARE: Final[Table[str, Callable[[State, int], None]]] = {
    "items": _items,
    "lambda": _value_block,
    "block": _value_block,
}
