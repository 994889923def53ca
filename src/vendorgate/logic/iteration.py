"""The operators that run a rule over the elements of a list, where `var` reads the element.

In: an operation's arguments. Out: its evaluator.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from .compiler import Compiler, Context, Evaluator, constant
from .tree import Operation
from .values import SOME_TRUE, UNKNOWN, Json, Unknown, Value, truth_of


def _over(operation: Operation, compiler: Compiler[Context]) -> tuple[Evaluator[Context], Evaluator[Context]]:
    arguments = operation.arguments
    elements = compiler.compile(arguments[0]) if arguments else constant(None)
    body = compiler.element().compile(arguments[1]) if len(arguments) > 1 else constant(None)
    return elements, body


def transformation(operation: Operation, compiler: Compiler[Context]) -> Evaluator[Context]:
    """`map`."""
    elements, body = _over(operation, compiler)

    def evaluate(data: Json, context: Context) -> Value:
        values = elements(data, context)
        if isinstance(values, Unknown):
            return UNKNOWN
        if not isinstance(values, list):
            return []
        mapped = [body(value, context) for value in values]
        if any(isinstance(value, Unknown) for value in mapped):
            return SOME_TRUE
        return mapped  # type: ignore[return-value]  # none of them is unknown

    return evaluate


def selection(operation: Operation, compiler: Compiler[Context]) -> Evaluator[Context]:
    """`filter`."""
    elements, body = _over(operation, compiler)

    def evaluate(data: Json, context: Context) -> Value:
        values = elements(data, context)
        if isinstance(values, Unknown):
            return UNKNOWN
        if not isinstance(values, list):
            return []
        truths = [truth_of(body(value, context)) for value in values]
        if None in truths:
            return SOME_TRUE if True in truths else UNKNOWN
        return [value for value, truth in zip(values, truths, strict=True) if truth]

    return evaluate


def accumulation(operation: Operation, compiler: Compiler[Context]) -> Evaluator[Context]:
    """`reduce`: the body reads `current` and `accumulator`."""
    elements, body = _over(operation, compiler)
    initial = compiler.compile(operation.arguments[2]) if len(operation.arguments) > 2 else constant(None)

    def evaluate(data: Json, context: Context) -> Value:
        values = elements(data, context)
        accumulator = initial(data, context)
        if isinstance(values, Unknown):
            return UNKNOWN
        if not isinstance(values, list):
            return accumulator
        for value in values:
            # An unknown may stand in it: what reads it looks for one.
            accumulator = body(cast("Json", {"current": value, "accumulator": accumulator}), context)
        return accumulator

    return evaluate


def _quantifier(
    empty: bool, decisive: bool, verdict: bool
) -> Callable[[Operation, Compiler[Context]], Evaluator[Context]]:
    """A quantifier: `decisive` is the truth of one element that settles it as `verdict`; `empty` its empty result."""

    def build(operation: Operation, compiler: Compiler[Context]) -> Evaluator[Context]:
        elements, body = _over(operation, compiler)

        def evaluate(data: Json, context: Context) -> Value:
            values = elements(data, context)
            if isinstance(values, Unknown):
                return UNKNOWN
            if not isinstance(values, list) or not values:
                return empty
            unknown = False
            for value in values:
                truth = truth_of(body(value, context))
                if truth is decisive:
                    return verdict
                unknown = unknown or truth is None
            return UNKNOWN if unknown else not verdict

        return evaluate

    return build


every = _quantifier(empty=False, decisive=False, verdict=False)
"""`all`; false of an empty list, as the standard has it."""
some = _quantifier(empty=False, decisive=True, verdict=True)
none = _quantifier(empty=True, decisive=True, verdict=False)
