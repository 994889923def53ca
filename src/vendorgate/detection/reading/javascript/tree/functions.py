"""Functions and classes of a syntax tree.

In: the node of one. Out: the function among what is gathered; blocks and bodies are left for later.
"""

from __future__ import annotations

from tree_sitter import Node

from ....code import UNKNOWN, Reference
from ..assigning import assign_default
from ..gathering import Scope
from ..reader import Steps
from .binding import parameters
from .walk import Walk, field, parts, text


def function(walk: Walk, node: Node, scope: Scope, name: str, offset: int) -> Steps:
    """A function of any form; its block is left for later."""
    inner = scope.inner(name)
    returns = inner.returns if inner.returns is not None else []
    given = field(node, "parameters") or field(node, "parameter")
    names = parameters(given) if given is not None else []
    module, walk.handed = walk.handed, ""
    for one in names if module else ():
        walk.gathering.hands(module, one.steps, one.name)
    for one in names:
        if one.default is not None:
            yield walk.visit(walk, one.default, inner, "")
            if one.name:
                assign_default(walk.gathering, inner, walk.offset(one.node), one.name, walk.value)
    if name:
        walk.gathering.defines(offset, name, tuple(one.key for one in names if one.name), inner)
    body = field(node, "body")
    if body is not None and body.type != "statement_block":
        yield walk.visit(walk, body, inner, "")
        returns.append((walk.offset(body), walk.value))
    else:
        walk.later("block", body, inner)
    walk.value, walk.path = UNKNOWN, ()


def function_node(walk: Walk, node: Node, scope: Scope, name: str) -> Steps:
    own = field(node, "name")
    start = own or field(node, "parameters") or field(node, "parameter") or node
    if own is None and node.type != "arrow_function":
        start = next((child for child in node.children if child.type == "function"), node)
    return function(walk, node, scope, text(own) if own is not None else name, walk.offset(start))


def class_node(walk: Walk, node: Node, scope: Scope, name: str) -> Steps:
    own = field(node, "name")
    name = text(own) if own is not None else name
    start = own or next((child for child in node.children if child.type == "class"), node)
    derived = None
    for child in parts(node):
        if child.type == "decorator":
            yield walk.visit(walk, child, scope, "")
        elif child.type == "class_heritage":
            yield _base(walk, child, scope)
            base = walk.value.path if isinstance(walk.value, Reference) else ()
            derived = walk.gathering.derives(walk.offset(start), name, base)
    walk.later("class", field(node, "body"), Scope(name, scope.function, scope.conditional, None, derived))
    walk.value, walk.path = UNKNOWN, ()


def _base(walk: Walk, node: Node, scope: Scope) -> Steps:
    """The class that another extends."""
    walk.value = UNKNOWN
    for clause in parts(node):
        value = field(clause, "value")
        if clause.type == "extends_clause" and value is not None:
            yield walk.visit(walk, value, scope, "")
