"""Keywords: branches, loops, casts, values, and whatever else a word can do.

In: the state at a word. Out: the head of a statement, or what stands last in the expression.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Table
from typing import Final

from . import frames
from .closing import close
from .declarations import at_start, class_word, function
from .grammar import Role
from .operands import scalar
from .signs import equals, operator
from .state import State
from .statements import end_statement

Handler = Callable[[State, str, int], None]


def head(kind: str) -> Handler:
    def take(state: State, raw: str, start: int) -> None:
        frame = state.frame
        if frame.kind == frames.COMMAND:
            return
        if frame.head == "else" and kind == "branch":
            frame.head = kind
            return
        if kind == "cases" and not at_start(frame):
            frame.path = frame.value = None
            frame.terms.clear()
        frame.head, frame.condition = kind, len(frame.terms)
        frame.is_new = False

    return take


def case(state: State, raw: str, start: int) -> None:
    frame = state.frame
    if frame.kind in frames.STATEMENTS:
        end_statement(state)
        frame.mark = len(state.calls)
        frame.head = "case"


def otherwise(state: State, raw: str, start: int) -> None:
    """`else`: in an expression it parts two options."""
    frame = state.frame
    if frame.declaring and frame.head == "" and state.grammar.shorthand:
        end_statement(state)  # `let … else`
    if not at_start(frame):
        value = state.operand()
        if value is not None:
            frame.terms.append(value)
        frame.terms.append("else")
    if frame.kind == frames.CASES:
        return
    frame.head, frame.in_branch, frame.condition = "else", True, len(frame.terms)


def cast(state: State, raw: str, start: int) -> None:
    if not at_start(state.frame):
        state.frame.skip_type = True


def test(state: State, raw: str, start: int) -> None:
    if not at_start(state.frame):
        operator(state, raw, start)
        state.frame.skip_type = True


def declare(state: State, raw: str, start: int) -> None:
    frame = state.frame
    frame.declaring = True
    if raw == "let" and frame.head in ("branch", "block"):
        frame.lets = len(frame.targets)


def new(state: State, raw: str, start: int) -> None:
    frame = state.frame
    if at_start(frame):
        frame.is_new = True


def return_word(state: State, raw: str, start: int) -> None:
    frame = state.frame
    if frame.kind in frames.STATEMENTS:
        frame.returning, frame.head = True, ""
        frame.path = frame.value = None


def ignored(state: State, raw: str, start: int) -> None:
    """Says nothing that counts."""


def by(state: State, raw: str, start: int) -> None:
    equals(state, "=", start)


ROLES: Final[Table[Role, Handler]] = {
    "block": head("block"),
    "branch": head("branch"),
    "case": case,
    "cases": head("cases"),
    "cast": cast,
    "class": class_word,
    "declare": declare,
    "either": operator,
    "else": otherwise,
    "end": close,
    "equals": by,
    "false": scalar(False),
    "function": function,
    "ignored": ignored,
    "import": ignored,
    "infix": operator,
    "new": new,
    "null": scalar(None),
    "return": return_word,
    "test": test,
    "true": scalar(True),
}


def unless_member(handler: Handler, otherwise_name: Handler) -> Handler:
    """A keyword behind the sign of a member is a name."""

    def take(state: State, raw: str, start: int) -> None:
        (otherwise_name if state.frame.member else handler)(state, raw, start)

    return take
