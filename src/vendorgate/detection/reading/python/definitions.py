"""Functions and their parameters, and what a field's declaration says of its default.

In: a function's header of the syntax tree. Out: its parameters by name with their defaults as assignments.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Final

from ...code import UNKNOWN, Call, Environment, Made, Text, Value
from .chains import Ask
from .sheet import Sheet

_FIELDS: Final = frozenset(
    {"Field", "PrivateAttr", "field", "ib", "attrib", "Option", "Argument", "Query", "Body", "Form", "Header", "Cookie"}
)
"""Functions that declare a field or a parameter, whose first argument, or `default`, is its default."""
_VARIABLES: Final = ("env", "envvar")


def parameters(arguments: ast.arguments) -> tuple[str, ...]:
    """The names of parameters in their order; `*` and `**` stand before those that take many."""
    names = [one.arg for one in (*arguments.posonlyargs, *arguments.args)]
    if arguments.vararg is not None:
        names.append(f"*{arguments.vararg.arg}")
    names += [one.arg for one in arguments.kwonlyargs]
    return (*names, f"**{arguments.kwarg.arg}") if arguments.kwarg is not None else tuple(names)


def defaults(sheet: Sheet, arguments: ast.arguments, ask: Ask) -> list[tuple[ast.arg, Value]]:
    """What each parameter is where nothing is passed for it."""
    return [(one, default_of(sheet, ask(sheet, given))) for one, given in _defaults(arguments)]


def _defaults(arguments: ast.arguments) -> Iterator[tuple[ast.arg, ast.expr]]:
    positional = [*arguments.posonlyargs, *arguments.args]
    count = len(arguments.defaults)
    yield from zip(positional[len(positional) - count :], arguments.defaults, strict=True)
    for one, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        if default is not None:
            yield one, default


def default_of(sheet: Sheet, value: Value) -> Value:
    """The default that a declaration of a field gives; any other value is itself."""
    if not isinstance(value, Made) or value.call.receiver is not None or value.call.path[-1] not in _FIELDS:
        return value
    call = value.call
    default = call.argument("default") or _made(sheet, call) or (call.positional[0] if call.positional else None)
    variable = call.argument(*_VARIABLES)
    if isinstance(variable, Text) and variable.value:
        return sheet.variable(variable.value, call.place, default)
    return UNKNOWN if default is None else default


def _made(sheet: Sheet, call: Call) -> Value | None:
    """What a factory makes; of one without a name its value was taken before."""
    factory = call.argument("default_factory", "factory")
    path = getattr(factory, "path", None)
    if path is None:
        return factory
    made = Call(path, call.place)
    sheet.calls.append(made)
    return Made(made)


__all__ = ["Environment", "default_of", "defaults", "parameters"]
