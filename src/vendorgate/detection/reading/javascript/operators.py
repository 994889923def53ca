"""What operators make of values.

In: the values of an expression and the operators between them. Out: its value. Only what texts, defaults and choices
come to is told; arithmetic and comparisons are not.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ...code import UNKNOWN, Value
from .shapes import first_of, joined
from .words import kinds

TIGHT: Final = frozenset(("*", "/", "%", "**"))
CHOOSING: Final = frozenset(("||", "??"))
BINARY: Final = (
    TIGHT
    | CHOOSING
    | {"+", "-", "&&", "<", ">", "<=", ">=", "==", "===", "!=", "!==", "&", "|", "^", "<<"}
    | {
        "in",
        "instanceof",
    }
)
ASSIGNING: Final = kinds("= ||= ??= &&= += -= *= /= %= **= &= |= ^= <<= >>= >>>=")


def combined(values: list[Value], operators: list[str]) -> Value:
    """The value of operands with operators between them."""
    if not operators:
        return values[0]
    return _choice(values, operators)


def _choice(values: list[Value], operators: list[str]) -> Value:
    return _split(values, operators, CHOOSING, _conjunction, first_of)


def _conjunction(values: list[Value], operators: list[str]) -> Value:
    return _split(values, operators, frozenset(("&&",)), _sum, lambda parts: parts[-1])


def _sum(values: list[Value], operators: list[str]) -> Value:
    if any(operator != "+" and operator not in TIGHT for operator in operators):
        return UNKNOWN
    return _split(values, operators, frozenset(("+",)), lambda _values, _operators: UNKNOWN, joined)


def _split(
    values: list[Value],
    operators: list[str],
    at: frozenset[str],
    part: Callable[[list[Value], list[str]], Value],
    whole: Callable[[list[Value]], Value],
) -> Value:
    """The parts between some operators, and what they make together; one part alone is what it is."""
    parts: list[Value] = []
    begin = 0
    for place, operator in enumerate([*operators, ""]):
        if operator in at or not operator:
            only = place == begin
            parts.append(values[begin] if only else part(values[begin : place + 1], operators[begin:place]))
            begin = place + 1
    return parts[0] if len(parts) == 1 else whole(parts)
