"""Words that define something: classes, types, functions, and the parameters of types in their heads.

In: the state at the word. Out: what the statement is the head of.
"""

from __future__ import annotations

from . import frames
from .frames import Frame
from .opening import COLLECTION
from .operands import beside, name
from .signs import operator
from .state import State


def at_start(frame: Frame) -> bool:
    return frame.path is None and frame.value is None


def class_word(state: State, raw: str, start: int) -> None:
    """A class; the word may be a name, too, where no name follows."""
    frame = state.frame
    named = state.peek() in ("name", "{", ":", "class", "interface")
    if frame.head in ("class", "function"):
        if not frame.name or frame.head == "function" or frame.kind not in frames.STATEMENTS:
            return
        frame.head = "class"
    elif named and (at_start(frame) or (frame.kind in frames.STATEMENTS and not frame.targets)):
        frame.head = "class"
        frame.path = frame.value = None
    elif not named:
        name(state, raw, start)


def type_word(state: State, raw: str, start: int) -> None:
    """`type Name struct {` of Go."""
    frame = state.frame
    if state.peek() == "name" and at_start(frame):
        frame.head = "class"


def fields(state: State, raw: str, start: int) -> None:
    """`struct {` and `interface {` of Go: the members of the type that is declared, or of one without a name."""
    frame = state.frame
    if (frame.head == "class" and frame.kind == frames.BLOCK) or state.peek() != "{":
        return
    depth = 0
    while state.index < len(state.tokens):
        kind = state.tokens[state.index][0]
        state.index += 1
        depth += (kind == "{") - (kind == "}")
        if depth == 0:
            break
    if not at_start(frame):
        beside(state, frame)
    frame.value, frame.path, frame.path_start, frame.type_path = None, (raw,), start, COLLECTION


def implements(state: State, raw: str, start: int) -> None:
    """`for` of Rust: behind `impl A` it is `B` whose members follow."""
    if state.frame.head == "class":
        state.frame.name = ""
        state.frame.path = None
    else:
        state.frame.head, state.frame.condition = "block", len(state.frame.terms)


def implementation(state: State, raw: str, start: int) -> None:
    """`impl<T> A<T> for B<T>` of Rust."""
    if state.peek() == "<":
        pass_types(state, state.index)
    class_word(state, raw, start)


def pass_types(state: State, begin: int) -> bool:
    """Pass over the parameters of types that begin at a token; whether they end in the same statement."""
    depth = 0
    for index in range(begin, min(begin + 200, len(state.tokens))):
        kind = state.tokens[index][0]
        depth += (kind == "<") - (kind == ">")
        if depth == 0:
            state.index = index + 1
            return True
        if kind in (";", "{", "}"):
            break
    return False


def less(state: State, raw: str, start: int) -> None:
    """`<`: in the head of a function or class, and before the name of a member, types begin."""
    frame = state.frame
    if frame.member:
        pass_types(state, state.index - 1)
    elif frame.head in ("function", "class") and not frame.after_parameters and not frame.targets:
        if not pass_types(state, state.index - 1):
            frame.head = ""
    else:
        operator(state, raw, start)


def function(state: State, raw: str, start: int) -> None:
    frame = state.frame
    if frame.head in ("function", "class"):
        return
    frame.head, frame.name, frame.after_parameters, frame.made = "function", "", False, None
    frame.condition = len(frame.terms)
