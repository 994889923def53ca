"""The operators that read data: `var`, `missing`, `missing_some`, `known`.

In: paths. Out: evaluators; a path that leads nowhere gives the compiler's missing value.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from .compiler import Compiler, Context, Evaluator, LogicError
from .tree import Literal, Operation
from .values import UNKNOWN, Json, Unknown, Value, to_number, to_text

_ABSENT: Final = Unknown("ABSENT", None)


def variable(operation: Operation, compiler: Compiler[Context]) -> Evaluator[Context]:
    """`var`: a path and, where nothing is found there, a default."""
    arguments = operation.arguments
    default = compiler.compile(arguments[1]) if len(arguments) > 1 else None
    path = arguments[0] if arguments else Literal(None)
    if isinstance(path, Literal) and not compiler.inside and compiler.read is not None:
        return _with_default(compiler.read(to_text(path.value)), default)
    read = _static(path.value, compiler) if isinstance(path, Literal) else _dynamic(compiler.compile(path), compiler)
    return _with_absent(read, default, compiler.missing)


def _static(path: Json, compiler: Compiler[Context]) -> Evaluator[Context]:
    if path is None or path == "":
        return lambda data, context: data
    steps = to_text(path).split(".")
    return lambda data, context: descend(data, steps)


def _dynamic(path: Evaluator[Context], compiler: Compiler[Context]) -> Evaluator[Context]:
    def evaluate(data: Json, context: Context) -> Value:
        where = path(data, context)
        if isinstance(where, Unknown):
            return UNKNOWN
        return data if where is None or where == "" else descend(data, to_text(where).split("."))

    return evaluate


def _with_default(read: Evaluator[Context], default: Evaluator[Context] | None) -> Evaluator[Context]:
    if default is None:
        return read

    def evaluate(data: Json, context: Context) -> Value:
        value = read(data, context)
        return default(data, context) if value is UNKNOWN else value

    return evaluate


def _with_absent(read: Evaluator[Context], default: Evaluator[Context] | None, missing: Value) -> Evaluator[Context]:
    def evaluate(data: Json, context: Context) -> Value:
        value = read(data, context)
        if value is not _ABSENT:
            return value
        return missing if default is None else default(data, context)

    return evaluate


def descend(value: Value, steps: list[str]) -> Value:
    """The property that a path leads to, as JavaScript finds it on plain JSON; absent where it ends early."""
    for step in steps:
        if isinstance(value, Unknown):
            return UNKNOWN
        value = _property(value, step)
        if value is _ABSENT:
            return value
    return value


def _property(value: Value, name: str) -> Value:
    if isinstance(value, dict):
        return value.get(name, _ABSENT)
    if not isinstance(value, (list, str)):
        return _ABSENT
    units = value if isinstance(value, list) or value.isascii() else _utf16(value)
    if name == "length":
        return len(units)
    if name.isascii() and name.isdigit() and (name == "0" or name[0] != "0") and len(name) < 10:
        index = int(name)
        return units[index] if index < len(units) else _ABSENT
    return _ABSENT


def _utf16(text: str) -> list[str]:
    """The UTF-16 code units of a text, each as a text."""
    raw = text.encode("utf-16-be", "surrogatepass")
    return [chr(int.from_bytes(raw[at : at + 2], "big")) for at in range(0, len(raw), 2)]


def missing(operation: Operation, compiler: Compiler[Context]) -> Evaluator[Context]:
    """`missing`: which of the paths hold nothing, null or an empty text; unknown as soon as one of them is unknown."""
    keys = compiler.compile_all(operation.arguments)

    def evaluate(data: Json, context: Context) -> Value:
        values = [key(data, context) for key in keys]
        known = [value for value in values if not isinstance(value, Unknown)]
        if len(known) < len(values):
            return UNKNOWN
        paths = known[0] if known and isinstance(known[0], list) else known
        return _missing(paths, compiler, data, context)

    return evaluate


def missing_some(operation: Operation, compiler: Compiler[Context]) -> Evaluator[Context]:
    """`missing_some`: nothing if at least so many of the paths hold something, else those that do not."""
    if len(operation.arguments) < 2:
        raise LogicError("`missing_some` needs a number and a list of paths")
    count, paths = compiler.compile_all(operation.arguments[:2])

    def evaluate(data: Json, context: Context) -> Value:
        needed, listed = count(data, context), paths(data, context)
        if isinstance(needed, Unknown) or isinstance(listed, Unknown):
            return UNKNOWN
        listed = listed if isinstance(listed, list) else [listed]
        absent = _missing(listed, compiler, data, context)
        if not isinstance(absent, list):
            return absent
        return [] if len(listed) - len(absent) >= to_number(needed) else absent

    return evaluate


def _missing(paths: Iterable[Json], compiler: Compiler[Context], data: Json, context: Context) -> Value:
    absent: list[Json] = []
    for path in paths:
        value = variable(Operation("var", (Literal(path),)), compiler)(data, context)
        if isinstance(value, Unknown):
            return UNKNOWN
        if value is None or value == "":
            absent.append(path)
    return absent


def known(operation: Operation, compiler: Compiler[Context]) -> Evaluator[Context]:
    """`known`: whether a path holds a value; the only operator that turns unknown into an answer."""
    read = variable(Operation("var", operation.arguments[:1]), compiler)
    return lambda data, context: not isinstance(read(data, context), Unknown)
