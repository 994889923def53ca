"""Statements of a syntax tree.

In: a node. Out: all that it says is gathered.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tree_sitter import Node

from ....code import UNKNOWN, Reference, Text, Value
from ..assigning import assign, bind, each, taken
from ..gathering import Scope
from ..reader import Steps
from ..shapes import first_of
from ..tokens import text_of
from ..words import kinds
from .binding import bound
from .functions import function
from .values import VISITS, key_of, visit
from .walk import Visit, Walk, field, has, parts, text

Names = list[tuple[str, str]]


def block(walk: Walk, node: Node, scope: Scope) -> Steps:
    """All statements of a block, or one statement."""
    if node.type in {
        "program",
        "statement_block",
        "switch_body",
        "class_static_block",
        "else_clause",
        "finally_clause",
    }:
        for child in parts(node):
            yield visit(walk, child, scope, "")
    else:
        yield visit(walk, node, scope, "")


def members(walk: Walk, node: Node, scope: Scope) -> Steps:
    """The members of a class."""
    for child in parts(node):
        name = field(child, "name") or field(child, "property")
        for part in child.children:
            if part.type == "decorator":
                yield visit(walk, part, scope, "")
        if child.type == "decorator":
            yield visit(walk, child, scope, "")
        elif child.type == "class_static_block":
            walk.later("block", field(child, "body"), scope)
        elif name is not None and child.type in _METHODS:
            yield key_of(walk, name, scope)
            called = walk.value.value if isinstance(walk.value, Text) else ""
            yield function(walk, child, scope, scope.member(called), walk.offset(name))
        elif name is not None:
            yield _valued(walk, name, field(child, "value"), scope)


def enumeration(walk: Walk, node: Node, scope: Scope) -> Steps:
    """The members of an enumeration."""
    for child in parts(node):
        if child.type == "enum_assignment":
            name = field(child, "name")
            if name is not None:
                yield _valued(walk, name, field(child, "value"), scope)
        else:
            yield key_of(walk, child, scope)


def _valued(walk: Walk, name: Node, value: Node | None, scope: Scope) -> Steps:
    yield key_of(walk, name, scope)
    called = walk.value.value if isinstance(walk.value, Text) else ""
    if value is None:
        return
    yield visit(walk, value, scope, f"{scope.owner}.{called}" if scope.owner and called else called)
    if called:
        assign(walk.gathering, scope, walk.offset(name), (called,), walk.value, scope.owner)


def _later(walk: Walk, node: Node, scope: Scope, _name: str) -> Steps:
    walk.later("block", node, scope)
    yield from ()


def _if(walk: Walk, node: Node, scope: Scope, _name: str) -> Steps:
    condition = field(node, "condition")
    if condition is not None:
        yield visit(walk, condition, scope, "")
    for name in ("consequence", "alternative"):
        walk.later("block", field(node, name), scope.in_branch())


def _switch(walk: Walk, node: Node, scope: Scope, _name: str) -> Steps:
    value = field(node, "value")
    if value is not None:
        yield visit(walk, value, scope, "")
    walk.later("block", field(node, "body"), scope.in_branch())


def _catch(walk: Walk, node: Node, scope: Scope, _name: str) -> Steps:
    walk.later("block", field(node, "body"), scope.in_branch())
    yield from ()


def _with_body(walk: Walk, node: Node, scope: Scope, _name: str) -> Steps:
    """A loop: its head now, its body later."""
    body = field(node, "body")
    for child in parts(node):
        if child != body:
            yield visit(walk, child, scope, "")
    walk.later("block", body, scope)


def _loop(walk: Walk, node: Node, scope: Scope, _name: str) -> Steps:
    """`for (const name of value)`."""
    left, right = field(node, "left"), field(node, "right")
    if left is not None and right is not None:
        simple = text(left) if left.type == "identifier" and field(node, "kind") is not None else ""
        yield visit(walk, right, scope, simple)
        value = each(walk.value) if has(node, "of") else UNKNOWN
        if field(node, "kind") is not None:
            yield _bind_all(walk, left, scope, value)
        else:
            yield visit(walk, left, scope, "")
    walk.later("block", field(node, "body"), scope)


def _bind_all(walk: Walk, pattern: Node, scope: Scope, value: Value) -> Steps:
    value = walk.gathering.whole(value)
    for one in bound(pattern):
        found = taken(value, one.steps)
        if one.default is not None:
            yield visit(walk, one.default, scope, "")
            found = first_of([found, walk.value])
        if one.name:
            bind(walk.gathering, scope, walk.offset(one.node), one.name, found, inner=bool(one.steps))


def _declarator(walk: Walk, node: Node, scope: Scope, _name: str) -> Steps:
    pattern, value = field(node, "name"), field(node, "value")
    if pattern is not None and value is not None:
        yield visit(walk, value, scope, text(pattern) if pattern.type == "identifier" else "")
        yield _bind_all(walk, pattern, scope, walk.value)


def _return(walk: Walk, node: Node, scope: Scope, _name: str) -> Steps:
    value = next(parts(node), None)
    if value is not None:
        yield visit(walk, value, scope, "")
        if scope.returns is not None:
            scope.returns.append((walk.offset(value), walk.value))


def _enumeration(walk: Walk, node: Node, scope: Scope, _name: str) -> Steps:
    walk.later("enum", field(node, "body"), Scope(text(field(node, "name")), scope.function, scope.conditional))
    yield from ()


def _namespace(walk: Walk, node: Node, scope: Scope, _name: str) -> Steps:
    walk.later("block", field(node, "body"), scope)
    yield from ()


def _import(walk: Walk, node: Node, _scope: Scope, _name: str) -> Steps:
    names: Names = []
    types: Names = []
    source = field(node, "source")
    types_only = has(node, "type")
    for clause in parts(node):
        if clause.type == "import_clause":
            _clause(clause, names, types)
        elif clause.type == "import_require_clause":
            names.append(("*", text(next(parts(clause), None))))
            source = field(clause, "source")
    if source is not None:
        types_only = types_only or (bool(types) and not names)
        walk.gathering.imports(walk.offset(node), text_of(text(source)), tuple(names or types), types_only=types_only)
    yield from ()


def _clause(clause: Node, names: Names, types: Names) -> None:
    for child in parts(clause):
        if child.type == "identifier":
            names.append(("default", text(child)))
        elif child.type == "namespace_import":
            names.append(("*", text(next(parts(child), None))))
        else:
            _specifiers(child, names, types)


def _specifiers(node: Node, names: Names, types: Names) -> None:
    for one in parts(node):
        name = field(one, "name")
        alias = field(one, "alias") or name
        (types if has(one, "type") else names).append((_name_of(name), _name_of(alias)))


def _name_of(node: Node | None) -> str:
    return text_of(text(node)) if node is not None and node.type == "string" else text(node)


def _export(walk: Walk, node: Node, scope: Scope, _name: str) -> Steps:
    declaration, value = field(node, "declaration"), field(node, "value")
    source = field(node, "source")
    offset = walk.offset(node)
    for child in parts(node):
        if child.type == "decorator":
            yield visit(walk, child, scope, "")
    if source is not None:
        _export_from(walk, node, source)
    elif has(node, "default"):
        yield _export_default(walk, node, scope, declaration, value)
    elif declaration is not None:
        yield visit(walk, declaration, scope, "")
    elif has(node, "="):
        yield visit(walk, list(parts(node))[-1], scope, "module.exports")
        assign(walk.gathering, Scope(), offset, ("module", "exports"), walk.value)
    elif not has(node, "type"):
        for clause in parts(node):
            if clause.type == "export_clause":
                _rename(walk, clause, offset)


def _export_from(walk: Walk, node: Node, source: Node) -> None:
    names: Names = []
    types: Names = []
    for clause in parts(node):
        if clause.type == "export_clause":
            _specifiers(clause, names, types)
        elif clause.type == "namespace_export":
            names.append(("*", _name_of(next(parts(clause), None))))
    if has(node, "*"):
        names.append(("*", "*"))
    types_only = has(node, "type") or (bool(types) and not names)
    walk.gathering.imports(walk.offset(node), text_of(text(source)), tuple(names or types), types_only=types_only)


def _export_default(walk: Walk, node: Node, scope: Scope, declaration: Node | None, value: Node | None) -> Steps:
    """A value, or a declaration that gives its name."""
    offset = walk.offset(node)
    inner = declaration if declaration is not None else value
    own = (
        field(inner, "name") if inner is not None and inner.type not in {"new_expression", "call_expression"} else None
    )
    if inner is not None:
        yield visit(walk, inner, scope, "default")
    known = Reference((text(own),)) if own is not None else walk.value
    assign(walk.gathering, Scope(), offset, ("default",), known)


def _rename(walk: Walk, clause: Node, offset: int) -> None:
    names: Names = []
    types: Names = []
    _specifiers(clause, names, types)
    for name, exported in names or types:
        if name != exported:
            assign(walk.gathering, Scope(), offset, (exported,), Reference((name,)))


_BLOCKS: Final = kinds("program statement_block switch_body class_static_block else_clause finally_clause")
_METHODS: Final = frozenset(("method_definition", "method_signature", "abstract_method_signature"))
PARTS: Final[dict[str, Callable[[Walk, Node, Scope], Steps]]] = {
    "block": block,
    "class": members,
    "enum": enumeration,
}
_STATEMENTS: Final[dict[str, Visit]] = {
    "statement_block": _later,
    "if_statement": _if,
    "switch_statement": _switch,
    "catch_clause": _catch,
    **dict.fromkeys(("for_statement", "while_statement", "do_statement", "with_statement"), _with_body),
    "for_in_statement": _loop,
    "variable_declarator": _declarator,
    "return_statement": _return,
    "enum_declaration": _enumeration,
    **dict.fromkeys(("internal_module", "module"), _namespace),
    "import_statement": _import,
    "export_statement": _export,
}
VISITS.update(_STATEMENTS)
