"""What a reader made of a file, in short: so that a table of sources reads like one.

`"x"` a text, `$NAME|default` a variable of the environment, `a.b` a reference, `f(1, k=2)` what a call returns, `a+b`
joined, `<a|b>` one of several, `[a, b]` items, `{k: v}` a mapping, `?` what cannot be told.
"""

from __future__ import annotations

import json

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


def said(value: Value) -> str:
    match value:
        case Text(text):
            return json.dumps(text, ensure_ascii=False)
        case Scalar(scalar):
            return repr(scalar)
        case Reference(path):
            return ".".join(path)
        case Environment(name, default):
            return f"${name}" + (f"|{said(default)}" if default is not None else "")
        case Joined(parts):
            return "+".join(map(said, parts))
        case Either(options):
            return f"<{'|'.join(map(said, options))}>"
        case Items(values):
            return f"[{', '.join(map(said, values))}]"
        case Mapping(entries):
            return "{" + ", ".join(f"{key}: {said(one)}" for key, one in entries) + "}"
        case Made(call):
            return call_said(call)
        case Unknown():
            return "?"


def call_said(call: Call) -> str:
    """`Client(k=1) -> chat.create("x")`: what is called on the result of another."""
    arguments = [*map(said, call.positional), *(f"{name}={said(one)}" for name, one in call.named)]
    before = f"{call_said(call.receiver)} -> " if call.receiver is not None else ""
    return f"{before}{'.'.join(call.path)}({', '.join(arguments)})"


def calls(code: Code) -> list[str]:
    return [call_said(call) for call in code.calls]


def assignments(code: Code) -> list[str]:
    """`owner:path = value`."""
    return [assignment_said(one) for one in code.assignments]


def assignment_said(one: Assignment) -> str:
    return f"{one.owner + ':' if one.owner else ''}{'.'.join(one.path)} = {said(one.value)}"


def literals(code: Code) -> list[str]:
    return [one.value for one in code.literals]


def variables(code: Code) -> list[str]:
    return [name for name, _ in code.environment]


def imports(code: Code) -> list[str]:
    """`module: name as local`; `?` after the module where only types are meant."""
    return [
        f"{one.module}{'?' if one.types_only else ''}: "
        + ", ".join(name if name == local else f"{name} as {local}" for name, local in one.names)
        for one in code.imports
    ]
