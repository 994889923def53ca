"""The operators that can decide without knowing everything (strong Kleene logic).

In: an operation's arguments. Out: its evaluator. Beside them stand their names, in groups.
A result that would hold whatever the unknown turned out to be is decided; every other one stays unknown.
"""

from __future__ import annotations

from typing import Final

from .compiler import Compiler, Context, Evaluator
from .tree import Operation
from .values import SOME_FALSE, SOME_TRUE, UNKNOWN, Json, Unknown, Value, strict_equal, truth_of

NEGATIONS: Final = ("!", "not")
JUNCTIONS: Final = ("and", "or", *NEGATIONS, "!!")
CHOICES: Final = ("if", "?:")


def conjunction(operation: Operation, compiler: Compiler[Context]) -> Evaluator[Context]:
    """`and`: the first falsy value, else the last."""
    arguments = compiler.compile_all(operation.arguments)

    def evaluate(data: Json, context: Context) -> Value:
        value: Value = None
        unknown = False
        for argument in arguments:
            value = argument(data, context)
            truth = truth_of(value)
            if truth is False:
                return SOME_FALSE if unknown else value
            if truth is None:
                unknown = True
        return UNKNOWN if unknown else value

    return evaluate


def disjunction(operation: Operation, compiler: Compiler[Context]) -> Evaluator[Context]:
    """`or`: the first truthy value, else the last."""
    arguments = compiler.compile_all(operation.arguments)

    def evaluate(data: Json, context: Context) -> Value:
        value: Value = None
        unknown = False
        for argument in arguments:
            value = argument(data, context)
            truth = truth_of(value)
            if truth is True:
                return SOME_TRUE if unknown else value
            if truth is None:
                unknown = True
        return UNKNOWN if unknown else value

    return evaluate


def negation(operation: Operation, compiler: Compiler[Context]) -> Evaluator[Context]:
    argument = compiler.compile_all(operation.arguments[:1] or _NOTHING)[0]

    def evaluate(data: Json, context: Context) -> Value:
        truth = truth_of(argument(data, context))
        return UNKNOWN if truth is None else not truth

    return evaluate


def double_negation(operation: Operation, compiler: Compiler[Context]) -> Evaluator[Context]:
    argument = compiler.compile_all(operation.arguments[:1] or _NOTHING)[0]

    def evaluate(data: Json, context: Context) -> Value:
        truth = truth_of(argument(data, context))
        return UNKNOWN if truth is None else truth

    return evaluate


def choice(operation: Operation, compiler: Compiler[Context]) -> Evaluator[Context]:
    """`if`: condition, result, condition, result …, else. An unknown condition decides only where both ways agree."""
    arguments = compiler.compile_all(operation.arguments)

    def evaluate(data: Json, context: Context, start: int = 0) -> Value:
        for index in range(start, len(arguments) - 1, 2):
            truth = truth_of(arguments[index](data, context))
            if truth is True:
                return arguments[index + 1](data, context)
            if truth is None:
                return agreement(arguments[index + 1](data, context), evaluate(data, context, index + 2))
        return arguments[-1](data, context) if len(arguments) % 2 else None

    return evaluate


def agreement(one: Value, other: Value) -> Value:
    """What is certain when it is either of two values."""
    if not isinstance(one, Unknown) and not isinstance(other, Unknown) and strict_equal(one, other):
        return one
    truth = truth_of(one)
    if truth is None or truth is not truth_of(other):
        return UNKNOWN
    return SOME_TRUE if truth else SOME_FALSE


_NOTHING = (Operation("or", ()),)
