"""What a reader of tokens made of a file, in short, with what `said` leaves out: branches, functions, defaults.

A call in a branch ends with ` if`; an assignment may end with ` in FUNCTION` and with ` by default`.
"""

from __future__ import annotations

from tests.detection.reading.said import assignment_said, call_said, said
from vendorgate.detection.code import Assignment, Code


def calls(code: Code) -> list[str]:
    return [call_said(one) + (" if" if one.conditional else "") for one in code.calls]


def _assignment(one: Assignment) -> str:
    inside = f" in {one.function}" if one.function else ""
    return f"{assignment_said(one)}{inside}" + (" by default" if one.is_default else "")


def assignments(code: Code) -> list[str]:
    return [_assignment(one) for one in code.assignments]


def imports(code: Code) -> list[str]:
    """`module`, or `module: name as local, other`."""
    return [one.module + (": " + ", ".join(map(_name, one.names)) if one.names else "") for one in code.imports]


def _name(pair: tuple[str, str]) -> str:
    name, local = pair
    return name if name == local else f"{name} as {local}"


def functions(code: Code) -> list[str]:
    return [f"{one.name}({', '.join(one.parameters)}) -> {', '.join(map(said, one.returns))}" for one in code.functions]
