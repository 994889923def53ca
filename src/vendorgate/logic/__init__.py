"""JSON Logic with unknown.

`apply` is the standard's own evaluation. The rest of the package compiles the same operators for data in which
a missing value is unknown. Imports nothing else of vendorgate and could stand alone.
"""

from __future__ import annotations

from .compiler import Compiler, Evaluator, LogicError, Operator, constant, eager
from .operators import GENERAL, STANDARD
from .tree import Literal, Node, Operation, Place, Sequence, parse, unparse, walk
from .values import CONTRADICTED, SOME_FALSE, SOME_TRUE, UNKNOWN, WITHHELD, Json, Unknown, Value, truth_of

__all__ = [
    "CONTRADICTED",
    "GENERAL",
    "SOME_FALSE",
    "SOME_TRUE",
    "STANDARD",
    "UNKNOWN",
    "WITHHELD",
    "Compiler",
    "Evaluator",
    "Json",
    "Literal",
    "LogicError",
    "Node",
    "Operation",
    "Operator",
    "Place",
    "Sequence",
    "Unknown",
    "Value",
    "apply",
    "constant",
    "eager",
    "parse",
    "truth_of",
    "unparse",
    "walk",
]


def apply(rule: Json, data: Json = None) -> Json:
    """Evaluate a rule as JSON Logic defines it: two-valued, a missing value is null.

    Raises:
        LogicError: an operator that does not exist, or a rule nested too deeply.
    """
    try:
        value = Compiler(STANDARD, missing=None).compile(parse(rule))(data, None)
    except RecursionError:
        raise LogicError("the rule is nested too deeply") from None
    if isinstance(value, Unknown):
        raise LogicError("an unknown in the data")
    return value
