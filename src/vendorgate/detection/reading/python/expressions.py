"""Expressions: each is visited once, says its value, and notes the calls and texts within.

In: an expression of the syntax tree. Out: its `Value`, and what it adds to the `Sheet`. Chains of calls and sums of any
length are walked without recursion; what is nested deeper than `DEEPEST` is read by itself later, and is unknown to
what is around it.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Final, TypeAlias

import msgspec

from ...code import UNKNOWN, Items, Joined, Mapping, Reference, Scalar, Text, Value
from .binding import bind, each
from .chains import ANY, chain
from .meaning import either
from .sheet import Sheet
from .texts import GAP, clean, joined, percent, slashed, summed, written

Handler: TypeAlias = Callable[[Sheet, ast.expr], Value]
DEEPEST: Final = 40
"""Expressions within expressions, and calls on results of calls, of which one value tells."""


def value(sheet: Sheet, node: ast.expr) -> Value:
    """What an expression says."""
    if isinstance(node, ast.Name):
        return Reference((node.id,))
    if isinstance(node, ast.Constant):
        return _constant(sheet, node)
    if sheet.depth >= DEEPEST:
        sheet.later.append((node, sheet.where))
        return UNKNOWN
    sheet.depth += 1
    found = _HANDLERS.get(type(node), others)(sheet, node)
    sheet.depth -= 1
    return found


def read_later(sheet: Sheet) -> None:
    """Read what was nested too deeply."""
    before = sheet.where
    while sheet.later:
        node, sheet.where = sheet.later.pop()
        sheet.depth = 0
        value(sheet, node)
    sheet.where, sheet.depth = before, 0


def others(sheet: Sheet, node: ast.AST) -> Value:
    """Anything else: what it holds is read, and its value is not known."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr):
            value(sheet, child)
        elif not isinstance(child, ast.expr_context):
            others(sheet, child)
    return UNKNOWN


def in_branch(sheet: Sheet, node: ast.expr) -> Value:
    """An expression that is evaluated in some cases alone."""
    before = sheet.where
    if not before.conditional:
        sheet.where = msgspec.structs.replace(before, conditional=True)
    found = value(sheet, node)
    sheet.where = before
    return found


def _constant(sheet: Sheet, node: ast.Constant) -> Value:
    found = plain(node)
    if isinstance(found, Text):
        sheet.write(found.value, node)
    return found


def plain(node: ast.Constant) -> Value:
    """A constant, and nothing is noted."""
    held = node.value
    if isinstance(held, str):
        return Text(clean(held))
    if isinstance(held, bytes):
        return Text(held.decode("utf-8", "replace"))
    if isinstance(held, (bool, float)) or held is None or (isinstance(held, int) and abs(held) < 2**63):
        return Scalar(held)
    return UNKNOWN


def _binary(sheet: Sheet, node: ast.expr) -> Value:
    assert isinstance(node, ast.BinOp)
    match node.op, node.left:
        case ast.Add(), _:
            return _template(sheet, node)
        case ast.Mod(), ast.Constant(value=str() | bytes()):
            return _percent(sheet, node, node.left)
        case ast.Div(), _:
            left, right = value(sheet, node.left), value(sheet, node.right)
            return slashed((left, right)) if isinstance(left, Joined) or isinstance(right, (Text, Joined)) else UNKNOWN
        case ast.BitOr(), ast.Dict() | ast.Name():
            left, right = value(sheet, node.left), value(sheet, node.right)
            if isinstance(left, Mapping) and isinstance(right, Mapping):
                return Mapping((*left.entries, *right.entries))
            return UNKNOWN
    return _operands(sheet, node)


def _operands(sheet: Sheet, node: ast.BinOp) -> Value:
    """Both sides, however many such operations stand on the left."""
    left: ast.expr = node
    kind = type(node.op)
    waiting = []
    while isinstance(left, ast.BinOp) and type(left.op) is kind:
        waiting.append(left.right)
        left = left.left
    for operand in (left, *reversed(waiting)):
        value(sheet, operand)
    return UNKNOWN


def _percent(sheet: Sheet, node: ast.BinOp, template: ast.Constant) -> Value:
    text, right = plain(template), value(sheet, node.right)
    entries = dict(right.entries) if isinstance(right, Mapping) else {}
    found = percent(written(text), right, entries)
    sheet.write(written(found), template)
    return found


def _template(sheet: Sheet, node: ast.expr) -> Value:
    """A sum or an f-string: the text is noted as a whole, not piece by piece."""
    texts: list[ast.expr] = []
    parts: list[Value] = []
    waiting: list[ast.expr] = [node]
    while waiting:
        part = waiting.pop()
        if isinstance(part, ast.BinOp) and isinstance(part.op, ast.Add):
            waiting += (part.right, part.left)
        elif isinstance(part, ast.JoinedStr):
            waiting += reversed(part.values)
            texts.append(part)
        elif isinstance(part, ast.FormattedValue):
            parts.append(value(sheet, part.value))
            if part.format_spec is not None:
                others(sheet, part.format_spec)
        elif isinstance(part, ast.Constant):
            parts.append(plain(part))
            texts.append(part)
        else:
            parts.append(value(sheet, part))
    found = joined(parts) if isinstance(node, ast.JoinedStr) else summed(parts)
    text = written(found)
    if texts and text.strip(GAP):
        sheet.write(text, texts[0])
    return found


def _either(sheet: Sheet, node: ast.expr) -> Value:
    assert isinstance(node, ast.BoolOp)
    options = [value(sheet, operand) for operand in node.values]
    return either(options) if isinstance(node.op, ast.Or) else options[-1]


def _ternary(sheet: Sheet, node: ast.expr) -> Value:
    options: list[Value] = []
    while isinstance(node, ast.IfExp):
        in_branch(sheet, node.test) if options else value(sheet, node.test)
        options.append(in_branch(sheet, node.body))
        node = node.orelse
    return either((*options, in_branch(sheet, node)))


def _items(sheet: Sheet, node: ast.expr) -> Value:
    assert isinstance(node, (ast.List, ast.Tuple, ast.Set))
    found: list[Value] = []
    for one in node.elts:
        if isinstance(one, ast.Starred):
            spread = value(sheet, one.value)
            found += spread.values if isinstance(spread, Items) else (UNKNOWN,)
        else:
            found.append(value(sheet, one))
    return Items(tuple(found))


def _mapping(sheet: Sheet, node: ast.expr) -> Value:
    assert isinstance(node, ast.Dict)
    entries: list[tuple[str, Value]] = []
    for key, held in zip(node.keys, node.values, strict=True):
        name = "**" if key is None else _key(value(sheet, key))
        one = value(sheet, held)
        spread = sheet.known(one.path) if key is None and isinstance(one, Reference) else one
        if key is None and isinstance(spread, Mapping):
            entries += spread.entries
        else:
            entries.append((name, one))
    return Mapping(tuple(entries))


def _key(key: Value) -> str:
    """A key as written."""
    if isinstance(key, Text):
        return key.value
    return ".".join(key.path) if isinstance(key, Reference) else str(key.value) if isinstance(key, Scalar) else ANY


def _negative(sheet: Sheet, node: ast.expr) -> Value:
    assert isinstance(node, ast.UnaryOp)
    inner: ast.expr = node
    while isinstance(inner, ast.UnaryOp):
        inner = inner.operand
    found = value(sheet, inner)
    single = inner is node.operand and isinstance(node.op, ast.USub) and isinstance(found, Scalar)
    held = found.value if isinstance(found, Scalar) and single else None
    return UNKNOWN if held is None or isinstance(held, bool) else Scalar(-held)


def _lambda(sheet: Sheet, node: ast.expr) -> Value:
    """What a function without a name returns, to whoever takes it for a factory, is asked of its body elsewhere."""
    while isinstance(node, ast.Lambda):
        for default in (*node.args.defaults, *node.args.kw_defaults):
            if default is not None:
                value(sheet, default)
        node = node.body
    value(sheet, node)
    return UNKNOWN


def _walrus(sheet: Sheet, node: ast.expr) -> Value:
    assert isinstance(node, ast.NamedExpr)
    found = value(sheet, node.value)
    sheet.assign((node.target.id,), found, sheet.place(node.target))
    return found


def _inner(sheet: Sheet, node: ast.expr) -> Value:
    assert isinstance(node, (ast.Starred, ast.YieldFrom))
    return value(sheet, node.value)


def _yield(sheet: Sheet, node: ast.expr) -> Value:
    """What a generator yields counts as returned: fixtures and context managers hand on their client so."""
    assert isinstance(node, ast.Yield)
    found = value(sheet, node.value) if node.value is not None else Scalar(None)
    if sheet.where.returns is not None:
        sheet.where.returns.append(found)
    return UNKNOWN


def _chain(sheet: Sheet, node: ast.expr) -> Value:
    return chain(sheet, node, value)


def _comprehension(sheet: Sheet, node: ast.expr) -> Value:
    assert isinstance(node, (ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp))
    for one in node.generators:
        bind(sheet, one.target, each(sheet, value(sheet, one.iter)), value)
        for condition in one.ifs:
            value(sheet, condition)
    for made in (node.key, node.value) if isinstance(node, ast.DictComp) else (node.elt,):
        value(sheet, made)
    return UNKNOWN


_HANDLERS: Final[dict[type[ast.expr], Handler]] = {
    ast.Attribute: _chain,
    ast.Subscript: _chain,
    ast.Call: _chain,
    ast.Await: _chain,
    ast.BinOp: _binary,
    ast.JoinedStr: _template,
    ast.BoolOp: _either,
    ast.IfExp: _ternary,
    ast.List: _items,
    ast.Tuple: _items,
    ast.Set: _items,
    ast.Dict: _mapping,
    ast.UnaryOp: _negative,
    ast.Lambda: _lambda,
    ast.NamedExpr: _walrus,
    ast.Starred: _inner,
    ast.YieldFrom: _inner,
    ast.Yield: _yield,
    ast.ListComp: _comprehension,
    ast.SetComp: _comprehension,
    ast.GeneratorExp: _comprehension,
    ast.DictComp: _comprehension,
}
