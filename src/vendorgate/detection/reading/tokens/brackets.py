"""Brackets, braces, templates: which frame each opens, and what it comes to when it closes.

In: the state at such a sign. Out: another frame on the stack, or the value of the one that closed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping as Table
from typing import Final

from ...code import UNKNOWN, Call, Environment, Items, Made, Mapping, Text, Value
from . import frames
from .calls import made, named
from .frames import Frame, Record
from .state import State
from .statements import assign, end_element, end_statement, reads_environment
from .values import either, joined, written

COLLECTION: Final = ("[]",)
"""The type of what has entries and no fields, such as `[]T` and `map[K]V`."""


def open_round(state: State, sign: str, start: int) -> None:
    frame, grammar = state.frame, state.grammar
    frame.member = False
    if frame.head == "function" and not frame.after_parameters:
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


def _declares(frame: Frame) -> bool:
    """Whether a name and a round bracket begin a method: as a member of a class, or behind a type."""
    if frame.targets or frame.terms or frame.base_value is not None or frame.is_new or frame.returning or frame.is_lambda:
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
    inner.target, inner.chain, inner.base_value = frame.path, frame.base, frame.base_value
    return inner


def open_square(state: State, sign: str, start: int) -> None:
    frame = state.frame
    if frame.path is None and frame.value is None:
        state.push(frames.ITEMS, "]", start)
        return
    if state.tokens[state.index - 2][1].endswith("!"):
        arguments(state, frames.ARGUMENTS, "]")  # a macro
        return
    inner = state.push(frames.INDEX, "]", frame.path_start if frame.path is not None else start)
    inner.target, inner.chain, inner.base_value = frame.path, frame.base, frame.base_value
    if frame.value is not None:
        inner.chain, inner.base_value = frame.call, frame.value


def open_brace(state: State, sign: str, start: int) -> None:
    frame = state.frame
    frame.member = False
    opener = _HEADS.get(frame.head)
    if frame.type_path == COLLECTION:
        _items(state, start)
    elif opener is not None:
        opener(state, start)
    elif frame.path is not None or frame.value is not None:
        _BEHIND[state.grammar.braces](state, start)
    elif frame.is_lambda:
        state.push(frames.BLOCK, "}", start)
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
    _block(state, start, conditional=state.frame.in_branch and False)


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
        inner.target, inner.chain, inner.base_value = frame.path, frame.base, frame.base_value
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


def close(state: State, sign: str, start: int) -> None:
    """End frames until the one that the sign ends."""
    if not state.closes(sign):
        return
    while True:
        ended = state.frame.close == sign
        end_frame(state)
        if ended:
            return


def end_frame(state: State) -> None:
    """End the frame, whatever was to end it."""
    if state.frame.kind in frames.STATEMENTS:
        end_statement(state)
    else:
        end_element(state)
    frame = state.drop()
    _ENDS[frame.kind](state, frame)


def _end_block(state: State, frame: Frame) -> None:
    above = state.frame
    if frame.is_trailing:
        return _end_trailing(state, frame)
    record = frame.record
    if not state.stack:
        state.receiver = ("", "")
    if record is not None and record is above.made and state.grammar.tail_returns and frame.tail is not None:
        record.returns.append(frame.tail)
    if frame.close == "end" and not frame.is_expression and above.head == "" and above.kind in frames.STATEMENTS:
        above.tail = _tail(frame)
        above.mark = len(state.calls)
    elif frame.is_expression:
        state.set_value(_tail(frame) or UNKNOWN)
        above.head, above.in_branch = "", False
        if above.kind == frames.CASES and above.is_arm and state.peek() != "else":
            end_statement(state)
    elif frame.close == ")":
        above.reset()
    elif above.kind == frames.CLASS and above.path is not None and above.head == "":
        if state.peek() != "=":
            end_statement(state)
    elif above.targets or above.returning or above.kind not in frames.STATEMENTS:
        state.set_value(UNKNOWN)
    else:
        _end_statement_of(state, frame)
    return None


def _tail(frame: Frame) -> Value | None:
    """What a block comes to."""
    return either(frame.arms) if frame.arms else frame.tail


def _end_statement_of(state: State, frame: Frame) -> None:
    """The block was a statement: what it comes to may be what the function returns."""
    above, tail = state.frame, _tail(frame)
    if above.head == "else" and above.tail is not None and tail is not None:
        tail = either([above.tail, tail])
    above.tail = tail if above.head in ("branch", "else", "cases") else None
    above.reset()
    above.mark = len(state.calls)


def _end_trailing(state: State, frame: Frame) -> None:
    grammar, tail = state.grammar, frame.tail
    if frame.target is not None:
        frame.values = []
        made(state, frame)
    elif frame.kind == frames.BLOCK:
        named(state, tuple(frame.entries))
    above = state.frame
    if isinstance(above.value, Made) and above.value.call.path[-1] in grammar.lazy and tail is not None:
        above.value = tail
    elif isinstance(above.value, Environment) and above.value.default is None and isinstance(tail, Text):
        above.value = Environment(above.value.name, tail)


def _end_arguments(state: State, frame: Frame) -> None:
    if frame.target is not None:
        made(state, frame)
    else:
        named(state, tuple(frame.entries))
    state.frame.is_new = False


def _end_annotation(state: State, frame: Frame) -> None:
    above = state.frame
    kept = above.path, above.path_start, above.value, above.call, above.emitted
    made(state, frame)
    value = above.value
    above.base = above.base_value = None
    above.path, above.path_start, above.value, above.call, above.emitted = kept
    if isinstance(value, Environment):
        above.annotation = value


def _end_attribute(state: State, frame: Frame) -> None:
    """Of all calls in it only what they say of a variable counts."""
    for start, call in state.calls[frame.mark :]:
        name = call.argument("env")
        if isinstance(name, Text):
            state.environment.append((start, name.value))
            state.frame.annotation = Environment(name.value, call.argument("default_value", "default_value_t"))
    del state.calls[frame.mark :]


def _end_group(state: State, frame: Frame) -> None:
    above = state.frame
    if frame.is_condition:
        above.path = above.value = None
        del above.terms[above.condition :]
        above.in_branch = above.in_branch or above.head in ("branch", "cases")
    elif not frame.is_expression:
        value = frame.values[0] if len(frame.values) == 1 else UNKNOWN
        call = value.call if isinstance(value, Made) else None
        state.set_value(value, call)


def _end_items(state: State, frame: Frame) -> None:
    value: Value = Items(tuple(frame.values))
    if frame.entries:
        value = Mapping(tuple(frame.entries))
    elif frame.close == "}" and not frame.values:
        value = Mapping(())
    state.set_value(value)


def _end_index(state: State, frame: Frame) -> None:
    """`x["a"]` is a member of `x`; what other indexes lead to nobody can tell."""
    above = state.frame
    key = frame.values[0] if len(frame.values) == 1 else None
    if not isinstance(key, Text):
        above.is_indexed = True
        if frame.target is None:
            empty = not frame.values and isinstance(frame.base_value, Items)
            state.set_value(frame.base_value if empty and frame.base_value else UNKNOWN, frame.chain)
        return
    found = reads_environment(state, frame, key.value)
    if found is not None:
        if state.peek() == "=":
            above.path = (*(frame.target or ()), key.value)
            return
        state.environment.append((frame.start, key.value))
        state.set_value(found)
    elif state.grammar.index_calls and state.peek() != "=" and frame.target is not None:
        call = Call(frame.target, state.place(frame.start), (key,), (), frame.chain, frame.conditional)
        state.calls.append((frame.start, call))
        state.set_value(Made(call), call, len(state.calls) - 1)
    elif frame.target is not None:
        above.path = (*frame.target, key.value)
    else:
        state.set_value(UNKNOWN, frame.chain)


def _end_parameters(state: State, frame: Frame) -> None:
    if state.frame.head == "function" and not state.frame.after_parameters:
        names = [value.value for value in frame.values if isinstance(value, Text)]
        state.receiver = (names[0], names[-1]) if names else ("", "")
    elif state.grammar.by_words and state.frame.made is not None and state.peek() != "=":
        made = state.frame.made
        inner = state.push(frames.BLOCK, "end", state.frame.name_start)
        inner.record, inner.function = made, made.name


def _end_template(state: State, frame: Frame) -> None:
    value = joined(frame.values)
    state.write(frame.start, written(value))
    state.set_value(value)


def _end_hole(state: State, frame: Frame) -> None:
    state.frame.values.append(frame.values[0] if frame.values else UNKNOWN)


_ENDS: Final[Table[str, Callable[[State, Frame], None]]] = {
    frames.BLOCK: _end_block,
    frames.CLASS: _end_block,
    frames.CASES: _end_block,
    frames.ARGUMENTS: _end_arguments,
    frames.COMMAND: _end_arguments,
    frames.LITERAL: _end_arguments,
    frames.ANNOTATION: _end_annotation,
    frames.ATTRIBUTE: _end_attribute,
    frames.GROUP: _end_group,
    frames.ITEMS: _end_items,
    frames.INDEX: _end_index,
    frames.PARAMETERS: _end_parameters,
    frames.TEMPLATE: _end_template,
    frames.HOLE: _end_hole,
}
