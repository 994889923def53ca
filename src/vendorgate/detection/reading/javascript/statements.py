"""Statements: what stands in a script, a block, or the parentheses of a loop.

In: a `Reader`. Out: all that its text says is gathered. What nobody understands is passed over, token by token.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from .annotations import after_generics, after_type, same_line
from .declarations import declaration, enumeration, members
from .expressions import class_
from .functions import function
from .gathering import Scope
from .modules import export_statement, import_statement
from .reader import Left, Reader, Steps, run
from .words import BINDABLE

_BRANCHES: Final = frozenset(("if", "else", "switch", "catch"))
"""After these, what follows is one of several ways."""
_HEADED: Final = frozenset(("if", "while", "for", "switch", "catch", "with"))
_INTERFACE_BODY: Final = frozenset(("{", ";"))


def read_all(reader: Reader) -> None:
    """Read the whole text."""
    reader.left.append(Left("block", 0, reader.end, Scope()))
    while reader.left:
        part = reader.left.pop()
        reader.at, reader.nesting = part.at, 0
        run(_PARTS[part.kind](reader, part.scope, part.end))


def block(reader: Reader, scope: Scope, end: int) -> Steps:
    """Statements up to a token."""
    following = scope
    while reader.at < end:
        kind, before = reader.kinds[reader.at], reader.at
        if kind in _HEADED or kind in {"else", "do", "try", "finally"}:
            following = _head(reader, following, kind)
            continue
        if kind == "{":
            reader.later("block", before, following)
        elif kind == "throw":
            reader.at += 1
            continue
        elif (statement := _STATEMENTS.get(kind)) is not None:
            yield statement(reader, following, end)
        elif kind in BINDABLE and reader.kinds[before + 1] == ":":
            reader.at += 2
            continue
        else:
            yield reader.expression(reader, following, "")
        if reader.at == before:
            reader.skip()
        following = scope


def _head(reader: Reader, scope: Scope, kind: str) -> Scope:
    """What stands before the statement of a branch or a loop; the scope of that statement."""
    reader.at += 1
    if reader.kinds[reader.at] == "await":
        reader.at += 1
    if kind in _HEADED and reader.kinds[reader.at] == "(":
        reader.later("block", reader.at, scope)
    return scope.in_branch() if kind in _BRANCHES else scope


def _import(reader: Reader, scope: Scope, _end: int) -> Steps:
    if not import_statement(reader):
        yield reader.expression(reader, scope, "")


def _export(reader: Reader, scope: Scope, _end: int) -> Steps:
    yield export_statement(reader, scope)


def _return(reader: Reader, scope: Scope, _end: int) -> Steps:
    reader.at += 1
    before = reader.at
    if not same_line(reader, before):
        return
    yield reader.expression(reader, scope, "")
    if reader.at > before and scope.returns is not None:
        scope.returns.append((reader.starts[before], reader.value))


def _function(reader: Reader, scope: Scope, _end: int) -> Steps:
    yield function(reader, scope, "")


def _async(reader: Reader, scope: Scope, _end: int) -> Steps:
    if reader.kinds[reader.at + 1] == "function":
        reader.at += 1
        yield function(reader, scope, "")
    else:
        yield reader.expression(reader, scope, "")


def _class(reader: Reader, scope: Scope, _end: int) -> Steps:
    yield class_(reader, scope, "")


def _case(reader: Reader, scope: Scope, _end: int) -> Steps:
    reader.at += 1
    yield reader.expression(reader, scope, "")
    reader.at += reader.kinds[reader.at] == ":"


def _declaration(reader: Reader, scope: Scope, end: int) -> Steps:
    """`const`, `let`, `var`; or `const enum`."""
    if reader.kinds[reader.at + 1] == "enum":
        reader.at += 1
        return
    if reader.kinds[reader.at] == "let" and reader.kinds[reader.at + 1] not in BINDABLE | {"{", "["}:
        yield reader.expression(reader, scope, "")
        return
    yield declaration(reader, scope, end)


def _enumeration(reader: Reader, scope: Scope, _end: int) -> Steps:
    if reader.kinds[reader.at + 2] == "{":
        reader.later("enum", reader.at + 2, Scope(reader.words[reader.at + 1], scope.function, scope.conditional))
    else:
        reader.at += 1
    yield from ()


def _interface(reader: Reader, scope: Scope, end: int) -> Steps:
    if reader.kinds[reader.at + 1] not in BINDABLE:
        yield reader.expression(reader, scope, "")
        return
    reader.skip_to(_INTERFACE_BODY, end)
    if reader.kinds[reader.at] == "{":
        reader.skip()


def _type(reader: Reader, scope: Scope, _end: int) -> Steps:
    at = reader.at + 1
    if reader.kinds[at] not in BINDABLE:
        yield reader.expression(reader, scope, "")
        return
    at = after_generics(reader, at + 1)
    reader.at = after_type(reader, at + 1) if reader.kinds[at] == "=" else at


def _namespace(reader: Reader, scope: Scope, _end: int) -> Steps:
    at = reader.at + 1
    if (reader.kinds[at] in BINDABLE or reader.kinds[at] == "string") and reader.kinds[at + 1] == "{":
        reader.later("block", at + 1, scope)
    elif reader.kinds[at] == "string":
        reader.at = at + 1
    else:
        yield reader.expression(reader, scope, "")


def _word(reader: Reader, scope: Scope, _end: int) -> Steps:
    """A word before a declaration, or a name."""
    if reader.kinds[reader.at + 1] in _DECLARED:
        reader.at += 1
    else:
        yield reader.expression(reader, scope, "")


def _decorator(reader: Reader, scope: Scope, _end: int) -> Steps:
    reader.at += 1
    yield reader.expression(reader, scope, "")


def _enumerated(reader: Reader, scope: Scope, end: int) -> Steps:
    return enumeration(reader, scope, end)


_DECLARED: Final = frozenset(
    (
        "class",
        "function",
        "const",
        "let",
        "var",
        "enum",
        "interface",
        "type",
        "module",
        "namespace",
        "abstract",
        "async",
        "name",
    )
)
_STATEMENTS: Final[dict[str, Callable[[Reader, Scope, int], Steps]]] = {
    "import": _import,
    "export": _export,
    "return": _return,
    "function": _function,
    "async": _async,
    "class": _class,
    "case": _case,
    **dict.fromkeys(("const", "let", "var"), _declaration),
    "enum": _enumeration,
    "interface": _interface,
    "type": _type,
    **dict.fromkeys(("namespace", "module"), _namespace),
    **dict.fromkeys(("declare", "abstract"), _word),
    "@": _decorator,
}
_PARTS: Final = {"block": block, "class": members, "enum": _enumerated}
