"""Names that get values: targets of assignments, of loops and of `with`.

In: a target of the syntax tree with the value that it gets. Out: assignments on the `Sheet`.
"""

from __future__ import annotations

import ast
from typing import Final

from ...code import UNKNOWN, Either, Import, Items, Made, Mapping, Path, Reference, Text, Value
from .chains import Ask, index
from .meaning import ENVIRONMENTS, READER, READER_MAKERS, either
from .sheet import Sheet

_LONGEST: Final = 4
"""Steps of a path that another name is followed to."""


def bind(sheet: Sheet, target: ast.expr, value: Value, ask: Ask) -> None:
    """Give a target its value."""
    waiting = [(target, value)]
    while waiting:
        target, value = waiting.pop()
        if isinstance(target, (ast.Tuple, ast.List)):
            waiting += reversed(list(zip(target.elts, _apart(target.elts, value), strict=True)))
        elif isinstance(target, ast.Starred):
            waiting.append((target.value, UNKNOWN))
        else:
            _bind_one(sheet, target, value, ask)


def _apart(targets: list[ast.expr], value: Value) -> list[Value]:
    """The value of each of several targets."""
    if isinstance(value, Either):
        options = [one for one in value.options if isinstance(one, Items)]
        columns = [[one.values[at] for one in options if at < len(one.values)] for at in range(len(targets))]
        return [either(column) for column in columns]
    fits = isinstance(value, Items) and len(value.values) == len(targets)
    fits = fits and not any(isinstance(one, ast.Starred) for one in targets)
    return list(value.values) if fits and isinstance(value, Items) else [UNKNOWN] * len(targets)


def _bind_one(sheet: Sheet, target: ast.expr, value: Value, ask: Ask) -> None:
    place = sheet.place(target)
    path, member = _target_path(sheet, target, ask)
    if path is None:
        return
    if len(path) == 1 and not member:
        _hand_on(sheet, path[0], value)
    elif sheet.origin(path[:-1]) in ENVIRONMENTS:
        sheet.environment.append((path[-1], place))
        path = ("os", "environ", path[-1])
    sheet.assign(path, value, place, member=member)


def _target_path(sheet: Sheet, target: ast.expr, ask: Ask) -> tuple[Path | None, bool]:
    """The path of a target, and whether it is a member of the class around."""
    where = sheet.where
    if isinstance(target, ast.Name):
        return (target.id,), where.in_class
    steps: list[str] = []
    while isinstance(target, (ast.Attribute, ast.Subscript)):
        steps.append(target.attr if isinstance(target, ast.Attribute) else index(sheet, ask(sheet, target.slice)))
        target = target.value
    if not isinstance(target, ast.Name):
        ask(sheet, target)
        return None, False
    steps.reverse()
    mine = target.id in where.me
    return (tuple(steps) if mine else (target.id, *steps)), mine


def _hand_on(sheet: Sheet, name: str, value: Value) -> None:
    """A module that is imported by a call gets its name; what reads the environment is known by its new one."""
    if not isinstance(value, Made):
        if isinstance(value, Reference) and value.path[0] in sheet.origins and len(value.path) <= _LONGEST:
            path = sheet.origin(value.path)
            sheet.origins[name] = path[: _LONGEST + 1]
        return
    call = value.call
    at = sheet.dynamic.get(id(call))
    if at is not None:
        found = sheet.imports[at]
        sheet.imports[at] = Import(found.module, found.place, (("*", name),), found.types_only)
    elif call.receiver is None and sheet.origin(call.path) in READER_MAKERS:
        sheet.origins[name] = (READER,)


def each(sheet: Sheet, value: Value) -> Value:
    """What a loop over a value gets: one of its items."""
    if isinstance(value, Reference):
        value = sheet.known(value.path)
    if isinstance(value, Mapping):
        return either([Text(key) for key, _ in value.entries])
    return either(value.values) if isinstance(value, Items) else UNKNOWN
