"""The table of operators: one row each, the standard's first, then what is true of any three-valued logic.

Domain operators (dates, regions, coverage) are rows that the caller adds.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from . import access, functions, iteration, kleene, written
from .compiler import Operator, eager
from .values import LONGEST_LIST, LONGEST_TEXT, UNKNOWN, Json, Value


def _identity(value: Json = None) -> Json:
    return value


def _matches(text: Json, glob: Json) -> Value:
    return functions.matches_glob(text, glob) if isinstance(text, str) and isinstance(glob, str) else UNKNOWN


def _concatenate(*parts: Json) -> Value:
    texts = [functions.concatenate(part) for part in parts]
    return "".join(texts) if sum(map(len, texts)) <= LONGEST_TEXT else UNKNOWN


def _merge(*lists: Json) -> Value:
    length = sum(len(part) if isinstance(part, list) else 1 for part in lists)
    return functions.merge(*lists) if length <= LONGEST_LIST else UNKNOWN


STANDARD: Final[Mapping[str, Operator[Any]]] = {
    "==": Operator(2, 2, eager(functions.equal), "=="),
    "!=": Operator(2, 2, eager(functions.not_equal), "!="),
    "===": Operator(2, 2, eager(functions.identical), "==="),
    "!==": Operator(2, 2, eager(functions.not_identical), "!=="),
    "<": Operator(2, 3, eager(functions.less), "<"),
    "<=": Operator(2, 3, eager(functions.less_or_equal), "<="),
    ">": Operator(2, 2, eager(functions.greater), ">"),
    ">=": Operator(2, 2, eager(functions.greater_or_equal), ">="),
    "and": Operator(1, None, kleene.conjunction, "and"),
    "or": Operator(1, None, kleene.disjunction, "or"),
    "!": Operator(1, 1, kleene.negation, "not ({0})"),
    "!!": Operator(1, 1, kleene.double_negation, "{0}"),
    "if": Operator(1, None, kleene.choice),
    "?:": Operator(1, None, kleene.choice),
    "var": Operator(1, 2, access.variable),
    "missing": Operator(1, None, access.missing),
    "missing_some": Operator(2, 2, access.missing_some),
    "in": Operator(2, 2, written.membership, "in"),
    "cat": Operator(1, None, eager(_concatenate)),
    "substr": Operator(2, 3, eager(functions.slice_text)),
    "+": Operator(1, None, eager(functions.add), "+"),
    "-": Operator(1, 2, eager(functions.subtract), "-"),
    "*": Operator(1, None, eager(functions.multiply), "*"),
    "/": Operator(2, 2, eager(functions.divide), "/"),
    "%": Operator(2, 2, eager(functions.remainder), "%"),
    "min": Operator(1, None, eager(functions.smallest)),
    "max": Operator(1, None, eager(functions.largest)),
    "merge": Operator(1, None, eager(_merge)),
    "map": Operator(2, 2, iteration.transformation),
    "filter": Operator(2, 2, iteration.selection),
    "reduce": Operator(2, 3, iteration.accumulation),
    "all": Operator(2, 2, iteration.every),
    "some": Operator(2, 2, iteration.some),
    "none": Operator(2, 2, iteration.none),
    "log": Operator(1, 1, eager(_identity)),
}
"""JSON Logic itself (https://jsonlogic.com/operations.html); `log` gives its argument back and prints nothing. A list
or a text that grows beyond all measure is unknown."""

GENERAL: Final[Mapping[str, Operator[Any]]] = {
    **STANDARD,
    "not": STANDARD["!"],
    "known": Operator(1, 1, access.known, "{0} is known"),
    "subset": Operator(2, 2, written.subset, "is a subset of"),
    "disjoint": Operator(2, 2, written.disjoint, "shares nothing with"),
    "matches": Operator(2, 2, eager(_matches), "matches"),
}
"""The standard and the additions that need no domain. Where their arguments are of the wrong kind they are unknown."""

ARITIES: Final[Mapping[str, tuple[int, int | None]]] = {name: (row.least, row.most) for name, row in GENERAL.items()}
