"""Chains of attributes, indexes and calls: `client.chat.completions.create(...)`, `Agent().with_tools([]).run()`.

In: the outermost link of a chain. Out: its value; every call of it is noted. A chain is walked from its beginning to
its end, however long it is.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Final, TypeAlias

from ...code import UNKNOWN, Call, Either, Items, Made, Mapping, Path, Reference, Scalar, Text, Unknown, Value
from .meaning import ENVIRONMENTS, meaning, named_variable, pick
from .sheet import Sheet
from .texts import clean, written

Ask: TypeAlias = Callable[[Sheet, ast.expr], Value]
"""What an expression says."""
ANY: Final = "*"
"""The step of an index that cannot be told."""
CALLED: Final = "__call__"
"""The step of what a call returns and that is called at once: `tool()(question)`."""
LONGEST: Final = 40
"""Calls on results of calls of which one call tells."""
_FACTORIES: Final = frozenset({"default_factory", "factory"})
_Link: TypeAlias = "ast.Attribute | ast.Subscript | ast.Call | ast.Await"


class _Target:
    """How far a chain is walked: a value, and the steps after it that are no value of their own."""

    __slots__ = ("call", "place", "steps", "value")

    def __init__(self, value: Value, call: Call | None = None) -> None:
        self.value = value
        self.call = call if call is not None else value.call if isinstance(value, Made) else None
        """The call that returned it."""
        self.steps: list[str] = []
        self.place: tuple[int, int] | None = None
        """Where the first step stands, after a call."""


def chain(sheet: Sheet, node: ast.expr, ask: Ask) -> Value:
    """The value of a chain."""
    links: list[_Link] = []
    while isinstance(node, (ast.Attribute, ast.Subscript, ast.Call, ast.Await)):
        links.append(node)
        node = node.func if isinstance(node, ast.Call) else node.value
    target = _Target(_beginning(sheet, node, links, ask))
    remaining, depth = sum(isinstance(link, ast.Call) for link in links), sheet.depth
    for link in reversed(links):
        if isinstance(link, ast.Attribute):
            _attribute(target, link)
        elif isinstance(link, ast.Subscript):
            target = _subscript(sheet, target, link, ask)
        elif isinstance(link, ast.Call):
            sheet.depth = depth + remaining % LONGEST
            target = _called(sheet, target, link, node, ask, cut=remaining % LONGEST == 0)
            remaining -= 1
    sheet.depth = depth
    return _value(sheet, target)


def _beginning(sheet: Sheet, node: ast.expr, links: list[_Link], ask: Ask) -> Value:
    """The first value; a template is not noted before it is filled."""
    match node, links:
        case ast.Constant(value=str() as template), [*_, ast.Call(), ast.Attribute(attr="format")]:
            return Text(clean(template))
    return ask(sheet, node)


def _attribute(target: _Target, link: ast.Attribute) -> None:
    if not target.steps and link.end_lineno is not None and link.end_col_offset is not None:
        target.place = (link.end_lineno, link.end_col_offset - len(link.attr.encode("utf-8", "replace")))
    target.steps.append(link.attr)


def _subscript(sheet: Sheet, target: _Target, link: ast.Subscript, ask: Ask) -> _Target:
    key = ask(sheet, link.slice)
    if isinstance(target.value, (Mapping, Items)) and not target.steps:
        return _Target(pick(target.value, key))
    path = _path(sheet, target)
    if path is not None and sheet.origin(path) in ENVIRONMENTS:
        name = named_variable(sheet, key)
        if name is not None:
            return _Target(sheet.variable(name, sheet.place(link)))
    target.place = target.place or (link.value.end_lineno or link.lineno, link.value.end_col_offset or 0)
    target.steps.append(index(sheet, key))
    return target


def index(sheet: Sheet, key: Value) -> str:
    """An index as a step of a path: a text or a number as it is."""
    if isinstance(key, Reference):
        known = sheet.known(key.path)
        key = known if isinstance(known, Text) else key
    if isinstance(key, Text):
        return key.value
    return str(key.value) if isinstance(key, Scalar) else ANY


def _path(sheet: Sheet, target: _Target) -> Path | None:
    """The path of what is a reference so far, without the object itself in front."""
    if not isinstance(target.value, Reference):
        return None
    path = (*target.value.path, *target.steps)
    if len(path) > 1 and path[0] in sheet.where.me:
        return path[2:] if path[1] == "__class__" and len(path) > 2 else path[1:]
    return path


def _value(sheet: Sheet, target: _Target) -> Value:
    if not target.steps:
        return target.value
    path = _path(sheet, target)
    return UNKNOWN if path is None else Reference(path)


def _called(sheet: Sheet, target: _Target, link: ast.Call, start: ast.expr, ask: Ask, *, cut: bool) -> _Target:
    positional, named = _positional(sheet, link, ask), _named(sheet, link, ask)
    spread = [one for one in named if one[0] == "**"]
    if spread:
        named, positional = [one for one in named if one[0] != "**"], [*positional, *(UNKNOWN for _ in spread)]
    path, receiver = _callee(sheet, target)
    place = sheet.place(start)
    if receiver is not None:
        line, offset = target.place or (link.func.end_lineno or link.lineno, link.func.end_col_offset or 0)
        place = sheet.locate(line, offset)
        path, receiver = (("", *path), None) if cut else (path, receiver)
    call = Call(path, place, tuple(positional), tuple(named), receiver, sheet.where.conditional)
    sheet.calls.append(call)
    _others(sheet, target, call)
    found = meaning(sheet, call, target.value if len(target.steps) == 1 else UNKNOWN)
    if isinstance(target.value, Text) and path[-1] == "format" and found is not None:
        sheet.write(written(found), start)
    return _Target(Made(call) if found is None else found, call)


def _callee(sheet: Sheet, target: _Target) -> tuple[Path, Call | None]:
    """What is called, and on whose result."""
    path = _path(sheet, target)
    if path is None and isinstance(target.value, Either) and target.call is None:
        first = next((one for one in target.value.options if isinstance(one, (Reference, Made))), UNKNOWN)
        return _callee(sheet, _with(target, first)) if not isinstance(first, Unknown) else (("", *target.steps), None)
    if path is not None:
        return (sheet.where.owner,) if path == ("cls",) and sheet.where.owner else path, None
    if target.call is None:
        return ("", *target.steps), None
    return tuple(target.steps) or (CALLED,), target.call


def _with(target: _Target, value: Value) -> _Target:
    other = _Target(value)
    other.steps = target.steps
    return other


def _others(sheet: Sheet, target: _Target, call: Call) -> None:
    """Note the same call on the others of which one is meant: `(given or Client()).send()`."""
    if not isinstance(target.value, Either) or target.call is not None or not target.steps:
        return
    found = [one for one in target.value.options if isinstance(one, (Reference, Made))]
    for option in found[1:_MOST]:
        path, receiver = _callee(sheet, _with(target, option))
        sheet.calls.append(Call(path, call.place, call.positional, call.named, receiver, call.conditional))


_MOST: Final = 4
"""Of how many the same call is noted."""


def _positional(sheet: Sheet, link: ast.Call, ask: Ask) -> list[Value]:
    found: list[Value] = []
    for argument in link.args:
        if not isinstance(argument, ast.Starred):
            found.append(ask(sheet, argument))
            continue
        spread = ask(sheet, argument.value)
        spread = sheet.known(spread.path) if isinstance(spread, Reference) else spread
        found += spread.values if isinstance(spread, Items) else (UNKNOWN,)
    return found


def _named(sheet: Sheet, link: ast.Call, ask: Ask) -> list[tuple[str, Value]]:
    """Keywords with their values; what is spread and cannot be told is called `**`."""
    found: list[tuple[str, Value]] = []
    for keyword in link.keywords:
        made = keyword.value
        if keyword.arg in _FACTORIES and isinstance(made, ast.Lambda):
            made = made.body
        value = ask(sheet, made)
        if keyword.arg is not None:
            found.append((keyword.arg, value))
            continue
        value = sheet.known(value.path) if isinstance(value, Reference) else value
        found += value.entries if isinstance(value, Mapping) else [("**", UNKNOWN)]
    return found
