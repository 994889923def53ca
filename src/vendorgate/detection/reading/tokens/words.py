"""Names, texts and keywords.

In: the state at a word. Out: an operand, the head of a statement, or a block that a word opens or ends.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Mapping as Table
from typing import Final

from ...code import UNKNOWN, Items, Scalar, Text, Value
from . import frames
from .closing import close, end_frame
from .frames import Frame
from .grammar import Role
from .opening import COLLECTION, arguments
from .signs import equals, operator
from .state import State
from .statements import end_statement
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
        _beside(state, frame)
    frame.value = None
    frame.is_indexed = False
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


def _beside(state: State, frame: Frame) -> None:
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


def _at_start(frame: Frame) -> bool:
    return frame.path is None and frame.value is None


def class_word(state: State, raw: str, start: int) -> None:
    """A class; the word may be a name, too, where no name follows."""
    frame = state.frame
    named = state.peek() in ("name", "{", ":", "class", "interface")
    if frame.head in ("class", "function"):
        if not frame.name or frame.head == "function" or frame.kind not in frames.STATEMENTS:
            return
        frame.head = "class"
    elif named and (_at_start(frame) or (frame.kind in frames.STATEMENTS and not frame.targets)):
        frame.head = "class"
        frame.path = frame.value = None
    elif not named:
        name(state, raw, start)


def type_word(state: State, raw: str, start: int) -> None:
    """`type Name struct {` of Go."""
    frame = state.frame
    if state.peek() == "name" and _at_start(frame):
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
    if not _at_start(frame):
        _beside(state, frame)
    frame.value, frame.path, frame.path_start, frame.type_path = None, (raw,), start, COLLECTION


def implements(state: State, raw: str, start: int) -> None:
    """`for` of Rust: behind `impl A` it is `B` whose members follow."""
    if state.frame.head == "class":
        state.frame.name = ""
        state.frame.path = None
    else:
        head("block")(state, raw, start)


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
    """`<`: in the head of a function or class its parameters of types begin."""
    frame = state.frame
    if frame.head in ("function", "class") and not frame.after_parameters and not frame.targets:
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


def head(kind: str) -> Handler:
    def take(state: State, raw: str, start: int) -> None:
        frame = state.frame
        if frame.kind == frames.COMMAND:
            return
        if frame.head == "else" and kind == "branch":
            frame.head = kind
            return
        if kind == "cases" and not _at_start(frame):
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
    if not _at_start(frame):
        value = state.operand()
        if value is not None:
            frame.terms.append(value)
        frame.terms.append("else")
    if frame.kind == frames.CASES:
        return
    frame.head, frame.in_branch, frame.condition = "else", True, len(frame.terms)


def cast(state: State, raw: str, start: int) -> None:
    if not _at_start(state.frame):
        state.frame.skip_type = True


def test(state: State, raw: str, start: int) -> None:
    if not _at_start(state.frame):
        operator(state, raw, start)
        state.frame.skip_type = True


def declare(state: State, raw: str, start: int) -> None:
    frame = state.frame
    frame.declaring = True
    if raw == "let" and frame.head in ("branch", "block"):
        frame.lets = len(frame.targets)


def new(state: State, raw: str, start: int) -> None:
    frame = state.frame
    if _at_start(frame):
        frame.is_new = True


def return_word(state: State, raw: str, start: int) -> None:
    frame = state.frame
    if frame.kind in frames.STATEMENTS:
        frame.returning, frame.head, frame.in_branch = True, "", frame.in_branch
        frame.path = frame.value = None


def either(state: State, raw: str, start: int) -> None:
    operator(state, raw, start)


def ignored(state: State, raw: str, start: int) -> None:
    """Says nothing that counts."""


def by(state: State, raw: str, start: int) -> None:
    equals(state, "=", start)


ROLES: Final[Table[Role, Handler]] = {
    "annotation": ignored,
    "block": head("block"),
    "branch": head("branch"),
    "case": case,
    "cases": head("cases"),
    "cast": cast,
    "class": class_word,
    "declare": declare,
    "do": ignored,
    "either": either,
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
    "rescue": ignored,
    "return": return_word,
    "test": test,
    "true": scalar(True),
}


def unless_member(handler: Handler, otherwise_name: Handler) -> Handler:
    """A keyword behind the sign of a member is a name."""

    def take(state: State, raw: str, start: int) -> None:
        (otherwise_name if state.frame.member else handler)(state, raw, start)

    return take


OPERANDS: Final[Table[str, Handler]] = {
    "<": less,
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
