"""The operators that read data: `var`, `missing`, `missing_some`, `known`.

In: paths. Out: evaluators; a path that leads nowhere gives the compiler's missing value.
"""

from __future__ import annotations

from typing import Any, Final

from .compiler import Compiler, Evaluator, LogicError
from .tree import Literal, Operation
from .values import UNKNOWN, Json, Unknown, Value, to_number, to_text

_ABSENT: Final = Unknown("ABSENT", None)


def variable(operation: Operation, compiler: Compiler) -> Evaluator:
    """`var`: a path and, where nothing is found there, a default."""
    arguments = operation.arguments
    default = compiler.compile(arguments[1]) if len(arguments) > 1 else None
    path = arguments[0] if arguments else Literal(None)
    if isinstance(path, Literal) and not compiler.inside and compiler.read is not None:
        return _with_default(compiler.read(to_text(path.value)), default)
    read = _static(path.value, compiler) if isinstance(path, Literal) else _dynamic(compiler.compile(path), compiler)
    return _with_absent(read, default, compiler.missing)


def _static(path: Json, compiler: Compiler) -> Evaluator:
    if path is None or path == "":
        return lambda data, context: data
    steps = to_text(path).split(".")
    return lambda data, context: descend(data, steps)


def _dynamic(path: Evaluator, compiler: Compiler) -> Evaluator:
    def evaluate(data: Any, context: Any) -> Value:
        where = path(data, context)
        if isinstance(where, Unknown):
            return UNKNOWN
        return data if where is None or where == "" else descend(data, to_text(where).split("."))

    return evaluate


def _with_default(read: Evaluator, default: Evaluator | None) -> Evaluator:
    if default is None:
        return read

    def evaluate(data: Any, context: Any) -> Value:
        value = read(data, context)
        return default(data, context) if value is UNKNOWN else value

    return evaluate


def _with_absent(read: Evaluator, default: Evaluator | None, missing: Value) -> Evaluator:
    def evaluate(data: Any, context: Any) -> Value:
        value = read(data, context)
        if value is not _ABSENT:
            return value
        return missing if default is None else default(data, context)

    return evaluate


def descend(value: Any, steps: list[str]) -> Value:
    """The property that a path leads to, as JavaScript finds it on plain JSON; absent where it ends early."""
    for step in steps:
        if isinstance(value, Unknown):
            return UNKNOWN
        value = _property(value, step)
        if value is _ABSENT:
            return value
    return value  # type: ignore[no-any-return]  # plain JSON all the way down


def _property(value: Any, name: str) -> Any:
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


def missing(operation: Operation, compiler: Compiler) -> Evaluator:
    """`missing`: which of the paths hold nothing, null or an empty text; unknown as soon as one of them is unknown."""
    keys = compiler.compile_all(operation.arguments)

    def evaluate(data: Any, context: Any) -> Value:
        values = [key(data, context) for key in keys]
        if any(isinstance(value, Unknown) for value in values):
            return UNKNOWN
        paths = values[0] if values and isinstance(values[0], list) else values
        return _missing(paths, compiler, data, context)

    return evaluate


def missing_some(operation: Operation, compiler: Compiler) -> Evaluator:
    """`missing_some`: nothing if at least so many of the paths hold something, else those that do not."""
    if len(operation.arguments) < 2:
        raise LogicError("`missing_some` needs a number and a list of paths")
    count, paths = compiler.compile_all(operation.arguments[:2])

    def evaluate(data: Any, context: Any) -> Value:
        needed, listed = count(data, context), paths(data, context)
        if isinstance(needed, Unknown) or isinstance(listed, Unknown):
            return UNKNOWN
        listed = listed if isinstance(listed, list) else [listed]
        absent = _missing(listed, compiler, data, context)
        if not isinstance(absent, list):
            return absent
        return [] if len(listed) - len(absent) >= to_number(needed) else absent

    return evaluate


def _missing(paths: list[Any], compiler: Compiler, data: Any, context: Any) -> Value:
    absent: list[Any] = []
    for path in paths:
        value = variable(Operation("var", (Literal(path),)), compiler)(data, context)
        if isinstance(value, Unknown):
            return UNKNOWN
        if value is None or value == "":
            absent.append(path)
    return absent


def known(operation: Operation, compiler: Compiler) -> Evaluator:
    """`known`: whether a path holds a value; the only operator that turns unknown into an answer."""
    read = variable(Operation("var", operation.arguments[:1]), compiler)
    return lambda data, context: not isinstance(read(data, context), Unknown)
