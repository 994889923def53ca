"""Statements: imports, assignments, definitions and branches, and where each puts the walk.

In: the statements of a syntax tree. Out: what they add to the `Sheet`.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

import msgspec

from ...code import UNKNOWN, Function, Import, Joined, Reference, Scalar, Value
from .binding import bind, each
from .definitions import default_of, defaults, parameters
from .expressions import others, value
from .sheet import FORGOTTEN, SELF, Sheet, Where
from .texts import summed

_Definition: TypeAlias = "ast.FunctionDef | ast.AsyncFunctionDef"


if sys.version_info >= (3, 11):
    _TRIES: Final = (ast.Try, ast.TryStar)
else:
    _TRIES: Final = (ast.Try,)


def body(sheet: Sheet, statements: Sequence[ast.stmt]) -> None:
    """Read statements, one after the other."""
    for statement in statements:
        _HANDLERS.get(type(statement), _anything)(sheet, statement)


def within(sheet: Sheet, statements: Sequence[ast.stmt], where: Where) -> None:
    """Read statements that stand somewhere else."""
    before = sheet.where
    sheet.where = where
    body(sheet, statements)
    sheet.where = before


def _anything(sheet: Sheet, node: ast.stmt) -> None:
    others(sheet, node)


def _expression(sheet: Sheet, node: ast.stmt) -> None:
    """An expression by itself; a text by itself is documentation."""
    assert isinstance(node, ast.Expr)
    if not isinstance(node.value, ast.Constant):
        value(sheet, node.value)


def _import(sheet: Sheet, node: ast.stmt) -> None:
    assert isinstance(node, ast.Import)
    for alias in node.names:
        local = alias.asname or alias.name
        place = sheet.locate(alias.lineno, alias.col_offset)
        sheet.imports.append(Import(alias.name, place, (("*", local),), sheet.where.types_only))
        steps = tuple(alias.name.split("."))
        sheet.origins[local if alias.asname else steps[0]] = steps if alias.asname else steps[:1]


def _import_from(sheet: Sheet, node: ast.stmt) -> None:
    assert isinstance(node, ast.ImportFrom)
    module = "." * node.level + (node.module or "")
    names = tuple((alias.name, alias.asname or alias.name) for alias in node.names)
    sheet.imports.append(Import(module, sheet.place(node), names, sheet.where.types_only))
    steps = tuple(module.split("."))
    for name, local in names:
        if name == "*" and module == "os":
            sheet.origins |= {one: ("os", one) for one in ("environ", "getenv")}
        elif name != "*":
            sheet.origins[local] = (*steps, name)


def _assign(sheet: Sheet, node: ast.stmt) -> None:
    assert isinstance(node, (ast.Assign, ast.AnnAssign))
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    if node.value is None:
        return
    if isinstance(node.value, ast.Lambda) and isinstance(targets[0], ast.Name):
        _named_lambda(sheet, targets[0], node.value)
        return
    found = value(sheet, node.value)
    found = default_of(sheet, found) if sheet.where.in_class else found
    for target in targets:
        bind(sheet, target, found, value)


def _named_lambda(sheet: Sheet, target: ast.Name, node: ast.Lambda) -> None:
    """A function that is written as an expression."""
    name = f"{sheet.where.owner}.{target.id}" if sheet.where.in_class else target.id
    given = defaults(sheet, node.args, value)
    before = sheet.where
    sheet.where = _inside(before, name, None)
    for argument, default in given:
        sheet.assign((argument.arg,), default, sheet.place(argument), default=True)
    returned = value(sheet, node.body)
    sheet.where = before
    sheet.functions.append(Function(name, parameters(node.args), (returned,), sheet.place(target)))


def _inside(where: Where, name: str, returns: list[Value] | None, me: frozenset[str] | None = None) -> Where:
    scopes = (*where.scopes, {})
    me = where.me if me is None else me
    return msgspec.structs.replace(where, function=name, in_class=False, me=me, scopes=scopes, returns=returns)


def _augmented(sheet: Sheet, node: ast.stmt) -> None:
    """`url += "/v1"`: what the name was, and this."""
    assert isinstance(node, ast.AugAssign)
    added = value(sheet, node.value)
    if not isinstance(node.op, ast.Add) or isinstance(added, Scalar):
        return
    before = value(sheet, node.target) if not isinstance(node.target, ast.Subscript) else UNKNOWN
    found = summed((before, added)) if isinstance(before, Reference) else UNKNOWN
    bind(sheet, node.target, found if isinstance(found, Joined) else UNKNOWN, value)


def _function(sheet: Sheet, node: ast.stmt) -> None:
    assert isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    for decorator in node.decorator_list:
        value(sheet, decorator)
    given = defaults(sheet, node.args, value)
    before = sheet.where
    method, bound = before.in_class and before.owner, before.in_class and not _is_static(node)
    names = parameters(node.args)
    me = frozenset({*SELF, names[0]}) if bound and names and not names[0].startswith("*") else before.me
    returns: list[Value] = []
    name = f"{before.owner}.{node.name}" if method else node.name
    place = sheet.place(node)
    sheet.where = _inside(before, name, returns, me)
    scope = sheet.where.scopes[-1]
    scope.update(dict.fromkeys([(one.lstrip("*"),) for one in names], FORGOTTEN))
    for argument, default in given:
        sheet.assign((argument.arg,), default, sheet.place(argument), default=True)
    body(sheet, node.body)
    sheet.where = before
    own = names[1:] if bound and names and names[0] in me else names
    sheet.functions.append(Function(name, own, tuple(returns), place))


def _is_static(node: _Definition) -> bool:
    return any(isinstance(one, ast.Name) and one.id == "staticmethod" for one in node.decorator_list)


def _class(sheet: Sheet, node: ast.stmt) -> None:
    assert isinstance(node, ast.ClassDef)
    for one in (*node.decorator_list, *node.bases, *(keyword.value for keyword in node.keywords)):
        value(sheet, one)
    where = msgspec.structs.replace(sheet.where, owner=node.name, in_class=True, members={}, returns=None)
    within(sheet, node.body, where)


def _return(sheet: Sheet, node: ast.stmt) -> None:
    assert isinstance(node, ast.Return)
    found = value(sheet, node.value) if node.value is not None else Scalar(None)
    if sheet.where.returns is not None:
        sheet.where.returns.append(found)


def _if(sheet: Sheet, node: ast.stmt) -> None:
    """A branch; what only type checkers read, and what a script does when it is run, are none."""
    assert isinstance(node, ast.If)
    if _names(node.test, "TYPE_CHECKING"):
        within(sheet, node.body, msgspec.structs.replace(sheet.where, types_only=True))
        body(sheet, node.orelse)
    elif _is_main(node.test) or (isinstance(node.test, ast.UnaryOp) and _names(node.test.operand, "TYPE_CHECKING")):
        body(sheet, node.body)
        body(sheet, node.orelse)
    else:
        value(sheet, node.test)
        _branches(sheet, node)


def _branches(sheet: Sheet, node: ast.If) -> None:
    """The branches of a condition, however many `elif` there are."""
    before = sheet.where
    sheet.where = msgspec.structs.replace(before, conditional=True)
    body(sheet, node.body)
    while len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If):
        node = node.orelse[0]
        value(sheet, node.test)
        body(sheet, node.body)
    body(sheet, node.orelse)
    sheet.where = before


def _names(node: ast.expr, name: str) -> bool:
    return (isinstance(node, ast.Name) and node.id == name) or (isinstance(node, ast.Attribute) and node.attr == name)


def _is_main(node: ast.expr) -> bool:
    return isinstance(node, ast.Compare) and (
        _names(node.left, "__name__") or any(_names(one, "__name__") for one in node.comparators)
    )


def _loop(sheet: Sheet, node: ast.stmt) -> None:
    assert isinstance(node, (ast.For, ast.AsyncFor))
    bind(sheet, node.target, each(sheet, value(sheet, node.iter)), value)
    body(sheet, node.body)
    body(sheet, node.orelse)


def _while(sheet: Sheet, node: ast.stmt) -> None:
    assert isinstance(node, ast.While)
    value(sheet, node.test)
    body(sheet, node.body)
    body(sheet, node.orelse)


def _with(sheet: Sheet, node: ast.stmt) -> None:
    assert isinstance(node, (ast.With, ast.AsyncWith))
    for one in node.items:
        found = value(sheet, one.context_expr)
        if one.optional_vars is not None:
            bind(sheet, one.optional_vars, found, value)
    body(sheet, node.body)


def _try(sheet: Sheet, node: ast.stmt) -> None:
    """What is tried is no branch; what is done when it fails is one. `except*` has the same parts."""
    assert isinstance(node, _TRIES)
    body(sheet, node.body)
    for handler in node.handlers:
        if handler.type is not None:
            value(sheet, handler.type)
        within(sheet, handler.body, msgspec.structs.replace(sheet.where, conditional=True))
    body(sheet, node.orelse)
    body(sheet, node.finalbody)


def _match(sheet: Sheet, node: ast.stmt) -> None:
    assert isinstance(node, ast.Match)
    value(sheet, node.subject)
    before = sheet.where
    sheet.where = msgspec.structs.replace(before, conditional=True)
    for case in node.cases:
        others(sheet, case.pattern)
        if case.guard is not None:
            value(sheet, case.guard)
        body(sheet, case.body)
    sheet.where = before


def _nothing(sheet: Sheet, node: ast.stmt) -> None:
    """What says nothing about values."""


_HANDLERS: Final[dict[type[ast.AST], Callable[[Sheet, ast.stmt], None]]] = {
    ast.Expr: _expression,
    ast.Import: _import,
    ast.ImportFrom: _import_from,
    ast.Assign: _assign,
    ast.AnnAssign: _assign,
    ast.AugAssign: _augmented,
    ast.FunctionDef: _function,
    ast.AsyncFunctionDef: _function,
    ast.ClassDef: _class,
    ast.Return: _return,
    ast.If: _if,
    ast.For: _loop,
    ast.AsyncFor: _loop,
    ast.While: _while,
    ast.With: _with,
    ast.AsyncWith: _with,
    ast.Try: _try,
    ast.Match: _match,
    ast.Pass: _nothing,
}
if sys.version_info >= (3, 11):
    _HANDLERS[ast.TryStar] = _try
if sys.version_info >= (3, 12):
    _HANDLERS[ast.TypeAlias] = _nothing
