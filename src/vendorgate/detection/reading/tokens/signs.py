"""Signs between operands: assignments, names of arguments, separators, operators.

In: the state at a sign. Out: what stands before it is taken as a target, a name or an operand.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Table
from typing import Final

from ...code import UNKNOWN, Items, Reference
from . import frames
from .closing import close, end_frame
from .state import State
from .statements import as_key, end_element, end_statement, target


def equals(state: State, sign: str, start: int) -> None:
    frame = state.frame
    by_name = frame.kind in frames.TAKES_NAMES and ("=" in state.grammar.names or frame.kind == frames.ANNOTATION)
    if by_name and frame.key is None and not frame.is_lambda:
        frame.key = as_key(state)
        return
    if frame.head in ("branch", "class") and not frame.path and frame.value is None:
        return
    found = target(state) if frame.made is None else None
    made, lambdas = frame.made, frame.returning
    type_path = frame.type_path
    is_lambda = frame.is_lambda
    frame.begin()
    frame.type_path = type_path
    if is_lambda and frame.kind not in frames.STATEMENTS:
        frame.values.append(UNKNOWN)
    if found is not None:
        if not frame.targets:
            frame.was_in_branch = frame.in_branch
        frame.targets.append(found)
    elif made is not None or lambdas:
        frame.returning, frame.head = True, ""
    else:
        frame.head = "value"


def compound(state: State, sign: str, start: int) -> None:
    """`+=` and its like: what was there, and then the value."""
    found = target(state)
    equals(state, sign, start)
    if found is not None and sign in _SUMS:
        state.frame.terms = [Reference(found[0]), "+" if "+" in state.grammar.sums else "."]
    elif found is not None and sign not in _OTHERWISE:
        state.frame.negated = "~"


_SUMS: Final = frozenset({"+=", ".="})
_OTHERWISE: Final = frozenset({"||=", "??="})


def colon(state: State, sign: str, start: int) -> None:
    frame, grammar = state.frame, state.grammar
    if frame.ternaries:
        frame.ternaries -= 1
        operator(state, ":", start)
    elif frame.kind == frames.INDEX:
        frame.has_parameters = True  # a part of a list
    elif frame.head == "case" or frame.kind == frames.HOLE:
        _drop_pattern(state)
    elif frame.kind in frames.TAKES_NAMES and ":" in grammar.names and frame.key is None:
        frame.key = as_key(state)
    elif grammar.style == "colon" and frame.typed is None and not frame.targets and frame.head != "class":
        if frame.path is not None:
            frame.typed = frame.path, frame.path_start, frame.own
            frame.path = None
    elif frame.head == "function":
        frame.path = frame.value = None
    elif frame.kind in frames.STATEMENTS and frame.head != "class" and frame.path is not None and not frame.targets:
        end_statement(state)  # a label


def _drop_pattern(state: State) -> None:
    """What stood there is a pattern, or the format of a value."""
    frame = state.frame
    if frame.kind == frames.HOLE:
        end_element(state)
        return
    if state.grammar.style != "name first":
        del state.calls[frame.mark :]
    frame.reset()


def arrow(state: State, sign: str, start: int) -> None:
    """`=>` and `->`: behind parameters, a pattern or a key."""
    frame, grammar = state.frame, state.grammar
    if frame.kind == frames.CASES and not frame.is_arm:
        del state.calls[frame.mark :]
        frame.reset()
        frame.is_arm = True
    elif frame.head == "function" and frame.after_parameters:
        frame.path = frame.value = None
        if sign in grammar.lambdas:
            frame.head = ""
            frame.returning, frame.is_lambda = frame.made is not None, frame.made is None
            frame.is_thunk = _takes_nothing(state)
    elif sign in grammar.names:
        if frame.key is None:
            frame.key = as_key(state)
    elif sign in grammar.lambdas:
        _lambda(state)


def _lambda(state: State) -> None:
    """What stands before is parameters, or the name of a member."""
    frame = state.frame
    if frame.kind == frames.CLASS and frame.path is not None:
        equals(state, "=", frame.path_start)
        return
    frame.has_parameters = frame.kind == frames.BLOCK
    key, targets, returning = frame.key, frame.targets, frame.returning
    frame.begin()
    frame.key, frame.targets, frame.returning, frame.is_lambda = key, targets, returning, True
    frame.is_thunk = _takes_nothing(state)


def _takes_nothing(state: State) -> bool:
    """Whether the lambda whose arrow this is has no parameters, so that it stands for what it comes to."""
    return [kind for kind, _, _ in state.tokens[max(state.index - 3, 0) : state.index - 1]] == ["(", ")"]


def comma(state: State, sign: str, start: int) -> None:
    frame = state.frame
    if frame.kind not in frames.STATEMENTS:
        end_element(state)
        return
    if frame.kind == frames.CASES or (frame.kind == frames.CLASS and not frame.targets and not frame.returning):
        end_statement(state)
    elif frame.targets or frame.returning:
        value = state.finish()
        targets = frame.targets
        frame.begin()
        frame.values.append(UNKNOWN if value is None else value)
        frame.targets = targets
    elif (found := target(state)) is not None:
        frame.lefts.append(found)
        frame.path = frame.value = frame.first = frame.typed = None


def semicolon(state: State, sign: str, start: int) -> None:
    while state.frame.kind == frames.COMMAND:
        end_frame(state)
    if state.frame.kind in frames.STATEMENTS:
        head = state.frame.head if state.grammar.style == "name first" else ""
        returning = state.frame.returning
        end_statement(state)
        state.frame.head = head
        state.frame.tail = state.frame.tail if state.grammar.by_words or returning else None
    else:
        end_element(state)


def newline(state: State, sign: str, start: int) -> None:
    """The end of a line, where the expression is at an end, too."""
    while state.frame.kind == frames.COMMAND:
        frame = state.frame
        open_ended = frame.path is None and frame.value is None and frame.key is None
        before = state.tokens[state.index - 2][0]
        if before == "," or state.peek() in state.grammar.continues or (open_ended and frame.terms):
            return
        end_frame(state)
    frame = state.frame
    if frame.kind not in frames.STATEMENTS or frame.member:
        return
    if frame.annotation is not None and frame.path is None and frame.typed is None and frame.value is None:
        return
    if state.peek() in state.grammar.continues:
        return
    waits = frame.terms or frame.targets or frame.lefts or state.tokens[state.index - 2][0] == "="
    if frame.path is None and frame.value is None and waits:
        return
    if frame.head in ("class", "function") and state.peek() == "{":
        return
    end_statement(state)
    if frame.is_condition:
        frame.is_condition, frame.conditional, frame.tail = False, True, None


def question(state: State, sign: str, start: int) -> None:
    frame = state.frame
    if state.grammar.question_is_postfix or (frame.path is None and frame.value is None):
        return
    if frame.kind == frames.PARAMETERS or (frame.kind == frames.CLASS and not frame.targets and not frame.returning):
        return  # a type that may be null
    operator(state, "?", start)
    frame.ternaries += 1
    frame.in_branch = True


def operator(state: State, sign: str, start: int) -> None:
    """A sign between two values, or before one."""
    frame = state.frame
    if frame.path is None and frame.value is None:
        if sign in _NEGATING:
            frame.negated = sign
        elif sign in _SPREADING and frame.kind in frames.CALLS and state.grammar.by_words:
            frame.spread = True
        return
    if sign in _POSTFIX:
        return
    if sign == "*" and (isinstance(frame.value, Items) or frame.path == ("map",)) and not state.grammar.methods:
        return
    value = state.operand()
    if value is not None:
        frame.terms.append(value)
    frame.terms.append(sign)


_NEGATING: Final = frozenset({"!", "-", "~"})
_SPREADING: Final = frozenset({"*", "**", "&"})
_POSTFIX: Final = frozenset({"!", "!!", "++", "--"})


def spread(state: State, sign: str, start: int) -> None:
    frame = state.frame
    if frame.kind in frames.CALLS:
        frame.spread = True


def member(state: State, sign: str, start: int) -> None:
    frame = state.frame
    frame.member = frame.path is not None or frame.value is not None


def annotate(state: State, sign: str, start: int) -> None:
    """`@Name` or `@Name(…)`: no part of what it stands before."""
    if state.peek() != "name":
        return
    _, raw, at = state.tokens[state.index]
    state.index += 1
    if state.peek() == "(":
        state.index += 1
        inner = state.push(frames.ANNOTATION, ")", at)
        inner.target = state.path(raw)[0]


def attribute(state: State, sign: str, start: int) -> None:
    """`#[…]`."""
    if state.peek() == "!":
        state.index += 1
    if state.peek() == "[":
        state.index += 1
        state.push(frames.ATTRIBUTE, "]", start)


def bar(state: State, sign: str, start: int) -> None:
    """The parameters of a lambda, between bars."""
    frame, tokens = state.frame, state.tokens
    if frame.path is not None or frame.value is not None or not state.grammar.bars:
        operator(state, sign, start)
        return
    frame.is_lambda = not state.grammar.by_words
    frame.has_parameters = True
    frame.is_thunk = [raw for _, raw, _ in tokens[state.index : state.index + 2]] == ["_", "|"]
    for index in range(state.index, min(state.index + 60, len(tokens))):
        if tokens[index][0] == "|":
            state.index = index + 1
            return


def bars(state: State, sign: str, start: int) -> None:
    frame = state.frame
    if frame.path is None and frame.value is None and state.grammar.bars:
        frame.is_lambda = frame.is_thunk = not state.grammar.by_words
        return
    operator(state, sign, start)


Handler = Callable[[State, str, int], None]
SIGNS: Final[Table[str, Handler]] = {
    "=": equals,
    ":=": equals,
    **dict.fromkeys(
        ("+=", "-=", "*=", "/=", "%=", ".=", "|=", "&=", "^=", "<<=", "**=", "||=", "&&=", "??="), compound
    ),
    ":": colon,
    ",": comma,
    ";": semicolon,
    "newline": newline,
    "?": question,
    "...": spread,
    "..": spread,
    "@": annotate,
    "#": attribute,
    "|": bar,
    "||": bars,
    **dict.fromkeys((")", "]", "}", "end", "unhole", "endtemplate"), close),
}
