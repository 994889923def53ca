"""Ruby's way: blocks that end with `end`, arguments without parentheses, conditions behind what they decide on.

In: the state at a word of Ruby. Out: frames that `end` ends, calls without a sign of one, statements that are branches.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Table
from typing import Final

import msgspec

from . import frames
from .closing import end_frame
from .frames import Frame, Record
from .imports import add
from .opening import arguments
from .operands import name as plain_name
from .state import State
from .statements import end_statement

Handler = Callable[[State, str, int], None]
_OPERANDS: Final = frozenset({
    "name", "text", "template", "number", "symbol", "label", "words", "true", "false", "nil", "not", "lambda", "proc",
    "->", "self", "case",
})  # fmt: skip
_TIGHT: Final = frozenset({"[", "*", "**", "&", ":", "::", "-"})
_NO_CALL: Final = frozenset({"(", ".", "&.", "::", "=", "||=", "&&=", "+=", "-=", "{", "do", "[", ","})


def name(state: State, raw: str, start: int) -> None:
    """A name; behind `new`, and with arguments behind a blank, it is a call."""
    frame = state.frame
    on_call = frame.member and frame.path is None
    plain_name(state, raw, start)
    path = frame.path
    if path is None:
        return
    if "new" in path[1:-1]:
        at = path.index("new", 1) + 1
        frame.path = path[:at]
        _call(state)
        state.step(path[at:], start)
        on_call, path = True, path[at:]
    following = state.peek()
    if _begins_argument(state):
        arguments(state, frames.COMMAND, "")
    elif following in _NO_CALL:
        return
    elif on_call or (path[-1] == "new" and len(path) > 1):
        _call(state)
    elif len(path) > 1 and not path[-1][:1].isupper() and "." in raw:
        kept = frame.path, frame.path_start, frame.own
        _call(state)
        frame.value = frame.call = None
        frame.emitted = -1
        frame.path, frame.path_start, frame.own = kept


def _call(state: State) -> None:
    """A call without arguments and parentheses."""
    arguments(state, frames.ARGUMENTS, "")
    end_frame(state)


def _begins_argument(state: State) -> bool:
    """Whether the next token, behind a blank, begins an argument of the name before it."""
    if state.index >= len(state.tokens) or state.frame.head == "class":
        return False
    kind, raw, at = state.tokens[state.index]
    if state.text[at - 1] not in " \t":
        return False
    if kind in _TIGHT:
        return state.text[at + len(raw) : at + len(raw) + 1].strip() != ""
    return kind in _OPERANDS


def _end_commands(state: State) -> None:
    while state.frame.kind == frames.COMMAND:
        end_frame(state)


def open_unit(state: State, start: int, kind: str = frames.BLOCK) -> Frame:
    """Open what `end` ends."""
    above = state.frame
    wanted = bool(above.targets or above.returning or above.kind not in frames.STATEMENTS)
    inner = state.push(kind, "end", start)
    inner.is_expression = wanted
    return inner


def branch(state: State, raw: str, start: int) -> None:
    """`if` and its like: before what they decide on they open a block, behind it they make a branch of it."""
    frame = state.frame
    before = state.tokens[state.index - 2][0] if state.index > 1 else "newline"
    if frame.path is None and frame.value is None and before not in _ALONE:
        inner = open_unit(state, start)
        inner.is_condition = True
        return
    _modify(state, conditional=raw != "while" and raw != "until")


_ALONE: Final = frozenset({"return", "break", "next", "redo", "retry", "raise", ")", "]", "}", "end", "text"})


def _modify(state: State, *, conditional: bool) -> None:
    """What the statement calls and assigns stands in a branch."""
    _end_commands(state)
    frame = state.frame
    if frame.kind not in frames.STATEMENTS:
        return
    mark, targets = frame.mark, len(state.assignments)
    end_statement(state)
    if conditional:
        for index in range(mark, len(state.calls)):
            start, call = state.calls[index]
            state.calls[index] = start, msgspec.structs.replace(call, conditional=True)
        for index in range(targets, len(state.assignments)):
            start, made = state.assignments[index]
            state.assignments[index] = start, msgspec.structs.replace(made, conditional=True)
    frame.head = "modifier"


def condition_over(state: State) -> None:
    """What follows is what the condition decides on."""
    frame = state.frame
    if frame.is_condition:
        frame.is_condition = False
        frame.conditional = True
        frame.tail = None


def then(state: State, raw: str, start: int) -> None:
    _end_commands(state)
    if state.frame.kind in frames.STATEMENTS:
        end_statement(state)
        state.frame.tail = None
        condition_over(state)


def otherwise(state: State, raw: str, start: int) -> None:
    """`else`, `elsif`, `when`, `rescue`: the next of several."""
    _end_commands(state)
    frame = state.frame
    if frame.kind not in frames.STATEMENTS:
        return
    if raw == "rescue" and (frame.path is not None or frame.value is not None):
        _modify(state, conditional=False)
        return
    end_statement(state)
    if frame.tail is not None and not frame.is_condition:
        frame.arms.append(frame.tail)
    frame.tail = None
    frame.conditional = True
    frame.is_condition = raw != "else"


def loop(state: State, raw: str, start: int) -> None:
    frame = state.frame
    if frame.path is None and frame.value is None:
        inner = open_unit(state, start)
        inner.head = "loop" if raw != "begin" else ""
    else:
        _modify(state, conditional=False)


def ensure(state: State, raw: str, start: int) -> None:
    _end_commands(state)
    if state.frame.kind in frames.STATEMENTS:
        end_statement(state)
        state.frame.conditional = state.stack[-1].conditional if state.stack else False


def do(state: State, raw: str, start: int) -> None:
    """`do` belongs to the call before it, or to the loop whose head this is."""
    _end_commands(state)
    frame = state.frame
    if frame.head == "loop":
        end_statement(state)
        return
    inner = state.push(frames.BLOCK, "end", start)
    if frame.path is not None or frame.value is not None:
        inner.is_trailing = True
    if frame.path is not None:
        inner.target, inner.chain, inner.chain_value = frame.path, frame.base, frame.base_value
        inner.start = frame.path_start


def define(state: State, raw: str, start: int) -> None:
    """`def name(…)`, `def self.name`, `def name = …`."""
    frame = state.frame
    frame.reset()
    kind, written, at = state.tokens[state.index] if state.index < len(state.tokens) else ("newline", "", start)
    if kind == "newline":
        return
    state.index += 1
    frame.head, frame.name_start = "function", at
    frame.name = written.rpartition(".")[2] if kind == "name" else written
    if state.peek() == "(":
        return
    state.frame.after_parameters = True
    qualified = f"{frame.owner}.{frame.name}" if frame.owner else frame.name
    frame.made = Record(qualified, at)
    state.functions.append(frame.made)
    while state.index < len(state.tokens) and state.peek() in ("name", "label", ",", "*", "&", "**"):
        kind, written, _ = state.tokens[state.index]
        state.index += 1
        if kind in ("name", "label"):
            frame.made.parameters.append(written.strip(":"))
    body(state)


def body(state: State) -> None:
    """The body of the function whose head was read; behind `=` it is one value."""
    frame = state.frame
    if frame.made is None or state.peek() == "=":
        return
    inner = state.push(frames.BLOCK, "end", frame.name_start)
    inner.record, inner.function = frame.made, frame.made.name


def define_class(state: State, raw: str, start: int) -> None:
    frame = state.frame
    frame.reset()
    inner = state.push(frames.CLASS, "end", start)
    if state.peek() in ("name", "::"):
        state.index += state.peek() == "::"
        if state.peek() == "name":
            inner.owner = state.path(state.tokens[state.index][1])[0][-1]
            state.index += 1
    inner.function, inner.record = "", None


def stabby(state: State, raw: str, start: int) -> None:
    """`->(x) { … }`: a lambda."""
    if state.peek() == "(":
        for index in range(state.index, min(state.index + 60, len(state.tokens))):
            if state.tokens[index][0] == ")":
                state.index = index + 1
                break
    if state.peek() in ("{", "do"):
        sign = "}" if state.peek() == "{" else "end"
        state.index += 1
        state.push(frames.BLOCK, sign, start)


def require(state: State, raw: str, start: int) -> None:
    """`require "a"`; what is required relative to the file begins with a dot."""
    following = state.tokens[state.index : state.index + 2]
    kinds = [kind for kind, _, _ in following]
    if kinds[:1] == ["text"] or kinds == ["(", "text"]:
        _, module, at = following[-1] if kinds[0] == "(" else following[0]
        add(state, f"./{module}" if raw == "require_relative" and module[:1] != "." else module, at)
        state.index += 2 if kinds[0] == "(" else 1
    else:
        name(state, raw, start)


RUBY: Final[Table[str, Handler]] = {
    "name": name,
    **dict.fromkeys(("if", "unless", "case"), branch),
    **dict.fromkeys(("while", "until", "for", "begin"), loop),
    **dict.fromkeys(("else", "elsif", "when", "in", "rescue"), otherwise),
    "then": then,
    "ensure": ensure,
    "do": do,
    "def": define,
    **dict.fromkeys(("class", "module"), define_class),
    "->": stabby,
    **dict.fromkeys(("require", "require_relative"), require),
}
