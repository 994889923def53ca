"""`Code` in a few words, so that a test says what it expects on a line.

Values: `'text'`, `a.b`, `?` for what is unknown, `$X` and `$X|'default'` for variables of the environment, `{'a', b}` for a
text out of parts, `(a | b)` for one of several, `[a, b]`, `{k: a}`, `f(a, n=b)` for what a call returns, and `f()>g()` for a
call on the result of another.
"""

from __future__ import annotations

from vendorgate.detection.code import (
    Assignment,
    Call,
    Code,
    Either,
    Environment,
    Items,
    Joined,
    Made,
    Mapping,
    Reference,
    Scalar,
    Text,
    Unknown,
    Value,
)


def value(one: Value) -> str:
    match one:
        case Text():
            return repr(one.value)
        case Scalar():
            return str(one.value)
        case Reference():
            return ".".join(one.path)
        case Environment():
            return f"${one.name}" + (f"|{value(one.default)}" if one.default is not None else "")
        case Joined():
            return "{" + ", ".join(map(value, one.parts)) + "}"
        case Either():
            return "(" + " | ".join(map(value, one.options)) + ")"
        case Items():
            return "[" + ", ".join(map(value, one.values)) + "]"
        case Mapping():
            return "{" + ", ".join(f"{key}: {value(each)}" for key, each in one.entries) + "}"
        case Made():
            return call(one.call)
        case Unknown():
            return "?"


def call(one: Call) -> str:
    arguments = [*map(value, one.positional), *(f"{name}={value(each)}" for name, each in one.named)]
    before = f"{call(one.receiver)}>" if one.receiver is not None else ""
    return f"{before}{'.'.join(one.path)}({', '.join(arguments)})" + ("?" if one.conditional else "")


def assignment(one: Assignment) -> str:
    where = f"{one.owner}/" if one.owner else ""
    inside = f" in {one.function}" if one.function else ""
    return f"{where}{'.'.join(one.path)} = {value(one.value)}{inside}" + (" by default" if one.is_default else "")


def calls(code: Code) -> list[str]:
    """Each call; a question mark behind it says that it stands in a branch."""
    return [call(one) for one in code.calls]


def assignments(code: Code) -> list[str]:
    return [assignment(one) for one in code.assignments]


def imports(code: Code) -> list[str]:
    """`module: name` or `module: name as local`, one for each."""
    return [
        f"{one.module}: "
        + ", ".join(name if name == local or local == "" else f"{name} as {local}" for name, local in one.names)
        if one.names
        else one.module
        for one in code.imports
    ]


def functions(code: Code) -> list[str]:
    return [f"{one.name}({', '.join(one.parameters)}) -> {', '.join(map(value, one.returns))}" for one in code.functions]


def literals(code: Code) -> list[str]:
    return [one.value for one in code.literals]


def environment(code: Code) -> list[str]:
    return [name for name, _ in code.environment]
