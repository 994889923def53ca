"""Chains of members and calls in a syntax tree, where the outermost link comes first.

In: the outermost node of a chain. Out: its value, with all that `Chain` gathers. Its links are gone through from the
first one on, however many there are.
"""

from __future__ import annotations

from typing import Final

from tree_sitter import Node

from ....code import UNKNOWN, Path, Value
from ..chains import Chain
from ..gathering import Scope
from ..meaning import SLASHES
from ..reader import Steps
from ..tokens import text_of, unescaped
from .walk import MisreadError, Walk, field, parts, text

_INNER: Final = {
    "member_expression": "object",
    "subscript_expression": "object",
    "call_expression": "function",
    "new_expression": "constructor",
}
"""Links, and which of their children is what stands before them."""
_PASSED: Final = frozenset(("non_null_expression", "await_expression"))
"""What changes nothing; the grammar has `await` within a call that has types."""
_ALONE: Final = frozenset(("arrow_function", "as_expression", "satisfies_expression"))
"""What has no links: the grammar reads `a as B.C` as if it were `(a as B).C`."""
_LOOSE: Final = frozenset(("binary_expression", "ternary_expression", "unary_expression", "assignment_expression"))
"""What binds less than any link: the grammar reads `a ?? b!()` as if it were `(a ?? b)!()`."""
_NAMES: Final = frozenset(("identifier", "super", "import", "meta_property", "this"))


def chain(walk: Walk, node: Node, scope: Scope, name: str) -> Steps:
    """The value of a chain."""
    offset = walk.offset(node)
    links: list[Node] = []
    inner: Node | None = node
    while inner is not None and (inner.type in _INNER or inner.type in _PASSED):
        links.append(inner)
        before = _INNER.get(inner.type)
        awaited = inner.type == "await_expression"
        inner = field(inner, before) if before is not None else next(parts(inner), None)
        offset = walk.offset(inner) if awaited and inner is not None else offset
    value: Value = UNKNOWN
    path: Path = ()
    owned = False
    if inner is not None and inner.type in _NAMES:
        path, owned = _path(inner)
    elif inner is not None:
        yield walk.visit(walk, inner, scope, name)
        value = walk.value
    begun = Chain.begun(walk.gathering, offset, value, path, owned=owned)
    if inner is not None and inner.type in _LOOSE:
        raise MisreadError
    if inner is not None and inner.type in _ALONE:
        yield _apart(walk, links, scope, inner)
        return
    for link in reversed(links):
        yield _link(walk, link, scope, begun)
    walk.value, walk.path = begun.end()
    walk.owned = owned


def _apart(walk: Walk, links: list[Node], scope: Scope, inner: Node) -> Steps:
    """What the grammar takes for links stands by itself after an arrow, and belongs to the type after a cast."""
    value = walk.value
    for link in links if inner.type == "arrow_function" else ():
        given = field(link, "arguments") or field(link, "index")
        if given is not None:
            yield listed(walk, given, scope, [])
    walk.value = value


def _path(node: Node) -> tuple[Path, bool]:
    word = text(node)
    return ((), True) if word == "this" else (tuple(word.split(".")), False)


def _link(walk: Walk, link: Node, scope: Scope, begun: Chain) -> Steps:
    if link.type == "member_expression":
        member = field(link, "property")
        if member is not None:
            begun.member((text(member),), walk.offset(member))
    elif link.type == "subscript_expression":
        yield _index(walk, link, scope, begun)
    elif link.type in {"call_expression", "new_expression"}:
        begun.is_new = link.type == "new_expression"
        yield _call(walk, link, scope, begun)


def _index(walk: Walk, link: Node, scope: Scope, begun: Chain) -> Steps:
    index = field(link, "index")
    if index is None:
        return
    yield walk.visit(walk, index, scope, "")
    simple = index.type in {"string", "number", "template_string"}
    opening = next((child for child in link.children if child.type == "["), index)
    begun.index(walk.value if simple else UNKNOWN, walk.offset(opening))


def _call(walk: Walk, link: Node, scope: Scope, begun: Chain) -> Steps:
    given = field(link, "arguments")
    if link.type == "call_expression" and begun.may_load() and (module := _module(given)) is not None:
        begun.loads(module)
        return
    values: list[Value] = []
    trims = False
    if given is not None and given.type == "template_string":
        yield walk.visit(walk, given, scope, "")
        values.append(walk.value)
    elif given is not None:
        walk.handed = begun.hands_on()
        yield listed(walk, given, scope, values)
        first = next(parts(given), None)
        trims = first is not None and text(first) in SLASHES
    walk.handed = ""
    begun.called(tuple(values), scope, trims=trims)


def listed(walk: Walk, node: Node, scope: Scope, values: list[Value]) -> Steps:
    """All values between brackets, into `values`; what is spread is not known."""
    walk.nesting += 1
    for child in parts(node):
        yield walk.visit(walk, child, scope, "")
        values.append(UNKNOWN if child.type == "spread_element" else walk.value)
    walk.nesting -= 1


def _module(given: Node | None) -> str | None:
    """The module that these are the arguments for, of `require` or `import()`, if it stands there."""
    first = next(parts(given), None) if given is not None and given.type == "arguments" else None
    if first is None or first.type not in {"string", "template_string"}:
        return None
    if first.type == "string":
        return text_of(text(first))
    inner = any(child.type == "template_substitution" for child in first.children)
    return None if inner else unescaped(text(first)[1:-1])
