"""What brackets, braces and templates come to when they close.

In: the state at a sign that ends one. Out: a value of what stands in it, a call, a body that is read.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Table
from typing import Final

from ...code import UNKNOWN, Call, Environment, Items, Made, Mapping, Scalar, Text, Value
from . import frames
from .calls import made, named
from .frames import Frame
from .state import State
from .statements import end_element, end_statement, reads_environment
from .tags import annotated
from .values import either, joined, written

ANY: Final = "*"
"""The step of an index that is not known."""


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
        above.head, above.in_branch = "value", False
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
    options = [*frame.arms, *([frame.tail] if frame.tail is not None and frame.close == "end" else [])]
    return either(options) if options else frame.tail


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
    lazily = (tail,) if tail is not None and not frame.has_parameters else ()
    if frame.target is not None:
        frame.values = [*lazily] if frame.target[-1] in grammar.defaults else []
        made(state, frame)
    elif frame.kind == frames.BLOCK:
        found = state.frame.value
        fallback = lazily if isinstance(found, Made) and found.call.path[-1] in grammar.defaults else ()
        named(state, tuple(frame.entries), fallback)
    above = state.frame
    if isinstance(above.value, Made) and above.value.call.path[-1] in grammar.lazy and tail is not None:
        above.value = tail
    elif isinstance(above.value, Environment) and above.value.default is None and tail not in (None, UNKNOWN):
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
    found = annotated(above.call) if above.call is not None else None
    above.base = above.base_value = None
    above.path, above.path_start, above.value, above.call, above.emitted = kept
    if found is not None:
        above.annotation = found
        if isinstance(found, Environment):
            state.environment.append((frame.start, found.name))


def _end_attribute(state: State, frame: Frame) -> None:
    """Of Rust's only what they say of a variable and its default counts; PHP's are annotations."""
    if not state.grammar.shorthand:
        return
    for start, call in state.calls[frame.mark :]:
        name, default = call.argument("env"), call.argument("default_value", "default_value_t")
        if isinstance(name, Text):
            state.environment.append((start, name.value))
            state.frame.annotation = Environment(name.value, default)
        elif default is not None:
            state.frame.annotation = default
    if state.frame.annotation is None:
        del state.literals[frame.written :]
    del state.calls[frame.mark :]


def _end_group(state: State, frame: Frame) -> None:
    above = state.frame
    if frame.is_condition:
        above.path = above.value = None
        del above.terms[above.condition :]
        above.in_branch = above.in_branch or above.head in ("branch", "cases")
    elif not frame.is_expression:
        several = Items(tuple(frame.values)) if frame.values else UNKNOWN
        value = frame.values[0] if len(frame.values) == 1 else several
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
    """`x["a"]` is a member of `x`."""
    above = state.frame
    key = frame.values[0] if len(frame.values) == 1 else None
    if not isinstance(key, Text):
        return _end_other_index(state, frame, key)
    found = reads_environment(state, frame, key.value)
    if found is not None:
        if state.peek() == "=":
            above.path = (*(frame.target or ()), key.value)
            return None
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
    return None


def _end_other_index(state: State, frame: Frame, key: Value | None) -> None:
    """By a number, or by what is not known, which is `*`; a part of a list counts as the list.

    Before brackets it is the type that a function or a literal of Go is for.
    """
    if frame.target is None:
        empty = not frame.values and isinstance(frame.chain_value, Items)
        state.set_value(frame.chain_value if empty and frame.chain_value else UNKNOWN, frame.chain)
    elif not frame.has_parameters and frame.target != ("map",) and state.peek() not in ("(", "{"):
        step = str(key.value) if isinstance(key, Scalar) else ANY
        state.frame.path = (*frame.target, step)


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
