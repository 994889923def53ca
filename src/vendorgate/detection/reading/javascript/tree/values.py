"""Values in a syntax tree.

In: a node. Out: its value, and what is gathered on the way. A node that says nothing to us is gone through for what it
holds.
"""

from __future__ import annotations

from typing import Final

from tree_sitter import Node

from ....code import UNKNOWN, Items, Mapping, Reference, Scalar, Text, Value
from ..assigning import assign, operated
from ..gathering import Scope
from ..operators import combined
from ..reader import Steps
from ..shapes import DEEPEST, NOTHING, either, joined, spread_into
from ..tokens import number_of, text_of, unescaped
from ..words import kinds
from .functions import class_node, function, function_node
from .links import chain, listed
from .walk import MisreadError, Visit, Walk, field, has, parts, text

_KNOWN: Final[dict[str, Value]] = {"true": Scalar(True), "false": Scalar(False), "null": NOTHING, "undefined": NOTHING}
_SILENT: Final = kinds(
    "type_annotation type_arguments type_parameters type_alias_declaration interface_declaration regex"
    " implements_clause asserts_annotation type_predicate_annotation comment jsx_text html_character_reference"
    " predefined_type accessibility_modifier override_modifier statement_identifier index_signature"
)
"""What says nothing at run time."""


def visit(walk: Walk, node: Node, scope: Scope, name: str) -> Steps:
    """The value of any node."""
    found = VISITS.get(node.type, _others)
    walk.value, walk.path, walk.owned = UNKNOWN, (), False
    return found(walk, node, scope, name)


def _others(walk: Walk, node: Node, scope: Scope, _name: str) -> Steps:
    if node.type not in _SILENT:
        for child in parts(node):
            yield visit(walk, child, scope, "")
    walk.value, walk.path = UNKNOWN, ()


def _string(walk: Walk, node: Node, _scope: Scope, _name: str) -> Steps:
    walk.value = Text(text_of(text(node)))
    walk.gathering.writes(walk.offset(node), walk.value.value)
    yield from ()


def _template(walk: Walk, node: Node, scope: Scope, _name: str) -> Steps:
    found: list[Value] = []
    written = node.text or b""
    begin = 1
    walk.nesting += 1
    for child in node.children:
        if child.type == "template_substitution":
            _chunk(written[begin : child.start_byte - node.start_byte], found)
            yield _inner(walk, child, scope)
            found.append(walk.value)
            begin = child.end_byte - node.start_byte
    _chunk(written[begin:-1], found)
    walk.nesting -= 1
    walk.value = _limited(walk, joined(found))
    walk.path = ()
    text_written = "".join(part.value if isinstance(part, Text) else "\0" for part in found)
    walk.gathering.writes(walk.offset(node), text_written)


def _chunk(written: bytes, found: list[Value]) -> None:
    if written:
        found.append(Text(unescaped(written.decode("utf-8", "replace"))))


def _inner(walk: Walk, node: Node, scope: Scope) -> Steps:
    """The last of what stands in brackets."""
    values: list[Value] = []
    yield listed(walk, node, scope, values)
    walk.value, walk.path = values[-1] if values else UNKNOWN, ()


def _parenthesis(walk: Walk, node: Node, scope: Scope, _name: str) -> Steps:
    return _inner(walk, node, scope)


def _sequence(walk: Walk, node: Node, scope: Scope, _name: str) -> Steps:
    return _inner(walk, node, scope)


def _number(walk: Walk, node: Node, _scope: Scope, _name: str) -> Steps:
    number = number_of(text(node))
    walk.value = UNKNOWN if number is None else Scalar(number)
    yield from ()


def _word(walk: Walk, node: Node, _scope: Scope, _name: str) -> Steps:
    walk.value = _KNOWN[node.type]
    yield from ()


def _first(walk: Walk, node: Node, scope: Scope, name: str) -> Steps:
    """The one thing that a node says: what is cast, awaited or spread."""
    inner = next(parts(node), None)
    if inner is not None:
        yield visit(walk, inner, scope, name)


def _last(walk: Walk, node: Node, scope: Scope, name: str) -> Steps:
    inner = list(parts(node))
    if inner:
        yield visit(walk, inner[-1], scope, name)


def _unary(walk: Walk, node: Node, scope: Scope, name: str) -> Steps:
    inner = field(node, "argument")
    if inner is not None:
        yield visit(walk, inner, scope, name)
    value = walk.value
    negative = has(node, "-") and isinstance(value, Scalar) and value.value is not None
    walk.value = Scalar(-value.value) if negative and isinstance(value, Scalar) and value.value is not None else UNKNOWN
    walk.path = ()


def _update(walk: Walk, node: Node, scope: Scope, name: str) -> Steps:
    inner = field(node, "argument")
    if inner is not None:
        yield visit(walk, inner, scope, name)
    if node.children[0].type in {"++", "--"}:
        walk.value = UNKNOWN
    walk.path = ()


def _is_cast(node: Node) -> bool:
    """Whether a type ends here, which the grammar takes for an operand: `a as B.C & D`."""
    inner: Node | None = node
    while inner is not None and inner.type in {"member_expression", "subscript_expression"}:
        inner = field(inner, "object")
    return inner is not None and inner.type in {"as_expression", "satisfies_expression"}


def _binary(walk: Walk, node: Node, scope: Scope, name: str) -> Steps:
    """Operands from the first one on, however many there are."""
    operands: list[Node] = []
    operators: list[str] = []
    inner: Node | None = node
    while inner is not None and inner.type == "binary_expression":
        right, operator = field(inner, "right"), field(inner, "operator")
        operands += () if right is None else (right,)
        operators.append(operator.type if operator is not None else "")
        inner = field(inner, "left")
    operands += () if inner is None else (inner,)
    if {"&", "|"} & set(operators) and any(_is_cast(operand) for operand in operands):
        raise MisreadError
    values: list[Value] = []
    walk.guarded = walk.guarded or "&&" in operators
    for operand in reversed(operands):
        yield visit(walk, operand, scope, name)
        values.append(walk.value)
    operators.reverse()
    walk.value, walk.path = combined(values, operators) if len(values) == len(operators) + 1 else UNKNOWN, ()


def _ternary(walk: Walk, node: Node, scope: Scope, name: str) -> Steps:
    """Both ways of a choice, and of those to which the second one leads."""
    options: list[Value] = []
    inner: Node | None = node
    while inner is not None and inner.type == "ternary_expression":
        condition, consequence = field(inner, "condition"), field(inner, "consequence")
        if condition is not None:
            yield visit(walk, condition, scope, name)
        scope = scope.in_branch()
        if consequence is not None:
            yield visit(walk, consequence, scope, name)
            options.append(walk.value)
        inner = field(inner, "alternative")
    if inner is not None:
        yield visit(walk, inner, scope, name)
        options.append(walk.value)
    walk.value, walk.path = either(options), ()


def _assignment(walk: Walk, node: Node, scope: Scope, name: str) -> Steps:
    """`a = b += c`, from the first name on."""
    targets: list[tuple[int, tuple[str, ...], str, str]] = []
    inner: Node | None = node
    while inner is not None and inner.type in {"assignment_expression", "augmented_assignment_expression"}:
        left, operator = field(inner, "left"), field(inner, "operator")
        if left is not None:
            yield visit(walk, left, scope, name)
            name = ".".join(walk.path) or name
            sign = operator.type if operator is not None else "="
            targets.append((walk.offset(left), walk.path, scope.owner if walk.owned else "", sign))
        inner = field(inner, "right")
    if inner is not None:
        yield visit(walk, inner, scope, name)
    value = walk.value
    for offset, path, owner, sign in targets:
        if path:
            assign(walk.gathering, scope, offset, path, operated(path, sign, value), owner)
    walk.path = ()


def _limited(walk: Walk, value: Value) -> Value:
    return value if walk.nesting < DEEPEST else UNKNOWN


def _array(walk: Walk, node: Node, scope: Scope, _name: str) -> Steps:
    values: list[Value] = []
    yield listed(walk, node, scope, values)
    walk.value, walk.path = _limited(walk, Items(tuple(values))), ()


def _object(walk: Walk, node: Node, scope: Scope, name: str) -> Steps:
    entries: list[tuple[str, Value]] = []
    walk.nesting += 1
    for child in parts(node):
        if child.type == "spread_element":
            walk.guarded = False
            yield visit(walk, child, scope, "")
            spread_into(entries, walk.value, sometimes=walk.guarded)
        else:
            yield _entry(walk, child, scope, name, entries)
    walk.nesting -= 1
    walk.value, walk.path = _limited(walk, Mapping(tuple(entries))), ()


def _entry(walk: Walk, node: Node, scope: Scope, name: str, entries: list[tuple[str, Value]]) -> Steps:
    key = node if node.type == "shorthand_property_identifier" else field(node, "key") or field(node, "name")
    if key is None:
        return
    yield key_of(walk, key, scope)
    found = walk.value.value if isinstance(walk.value, Text) else ""
    called = f"{name}.{found}" if name and found else ""
    value = field(node, "value")
    if node.type == "method_definition":
        yield function(walk, node, scope, called, walk.offset(key))
        return
    if value is not None:
        yield visit(walk, value, scope, called)
    else:
        walk.value = Reference((found,)) if node.type == "shorthand_property_identifier" else UNKNOWN
    if found:
        entries.append((found, walk.value))
    if called:
        assign(walk.gathering, scope, walk.offset(key), (found,), walk.value, name)


def key_of(walk: Walk, key: Node, scope: Scope) -> Steps:
    """A key of an object or a class: a text, or nothing where it is computed."""
    if key.type == "string":
        yield _string(walk, key, scope, "")
    elif key.type == "computed_property_name":
        yield _inner(walk, key, scope)
        walk.value = walk.value if isinstance(walk.value, Text) else UNKNOWN
    else:
        walk.value = Text(text(key))


def _attribute(walk: Walk, node: Node, scope: Scope, _name: str) -> Steps:
    """An attribute of an element, whose text has no backslashes."""
    for child in list(parts(node))[1:]:
        if child.type == "string":
            walk.gathering.writes(walk.offset(child), text(child)[1:-1])
        else:
            yield visit(walk, child, scope, "")


def _element(walk: Walk, node: Node, scope: Scope, _name: str) -> Steps:
    walk.nesting += 1
    for child in parts(node):
        if child.type not in _ELEMENT_NAMES:
            yield visit(walk, child, scope, "")
    walk.nesting -= 1
    walk.value, walk.path = UNKNOWN, ()


_ELEMENT_NAMES: Final = (
    frozenset(("identifier", "member_expression", "nested_identifier", "jsx_namespace_name")) | _SILENT
)
VISITS: Final[dict[str, Visit]] = {
    "string": _string,
    "template_string": _template,
    "number": _number,
    **dict.fromkeys(_KNOWN, _word),
    **dict.fromkeys(("identifier", "this", "super", "member_expression", "subscript_expression"), chain),
    **dict.fromkeys(("call_expression", "new_expression", "non_null_expression", "meta_property", "import"), chain),
    "parenthesized_expression": _parenthesis,
    "sequence_expression": _sequence,
    **dict.fromkeys(("as_expression", "satisfies_expression", "await_expression", "spread_element"), _first),
    "instantiation_expression": _first,
    "type_assertion": _last,
    "unary_expression": _unary,
    "update_expression": _update,
    "binary_expression": _binary,
    "ternary_expression": _ternary,
    **dict.fromkeys(("assignment_expression", "augmented_assignment_expression"), _assignment),
    "array": _array,
    "object": _object,
    **dict.fromkeys(("arrow_function", "function_expression", "generator_function"), function_node),
    **dict.fromkeys(("function_declaration", "generator_function_declaration", "function_signature"), function_node),
    **dict.fromkeys(("class", "class_declaration", "abstract_class_declaration"), class_node),
    "jsx_attribute": _attribute,
    **dict.fromkeys(
        ("jsx_element", "jsx_self_closing_element", "jsx_opening_element", "jsx_closing_element"), _element
    ),
}
