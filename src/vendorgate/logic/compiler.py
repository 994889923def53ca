"""A tree to a function, once; then the function to a value, many times.

In: a tree and the semantics to give it. Out: an `Evaluator`.
Standard and gate semantics share every line here: they differ in what a missing value is, and in nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

import msgspec

from .tree import Literal, Node, Operation, Sequence
from .values import SOME_TRUE, UNKNOWN, Json, Unknown, Value

Context = TypeVar("Context")
"""What the operators of a caller ask beside the data; nothing in this package looks into it."""
Evaluator = Callable[[Json, Context], Value]
"""`evaluator(data, context)`: data is what `var` reads, the element inside an iteration; the context goes through."""


class LogicError(ValueError):
    """A rule that has no meaning: an operator that does not exist, or a nesting too deep to evaluate."""


class Operator(msgspec.Struct, Generic[Context], frozen=True):
    """One row of the table of operators."""

    least: int
    """The fewest arguments that make sense."""
    most: int | None
    """The most; None = any number."""
    compile: Callable[[Operation, Compiler[Context]], Evaluator[Context]]
    words: str = ""
    """How it is said: with `{0}` and `{1}` for its arguments, else what stands between them; empty: like a call."""


class Compiler(msgspec.Struct, Generic[Context], frozen=True):
    """What a rule means: its operators, how `var` reads the outermost data, and what a missing value is."""

    operators: Mapping[str, Operator[Context]]
    missing: Value
    read: Callable[[str], Evaluator[Context]] | None = None
    """How `var` reads a path of the outermost data; None = as a property path of plain JSON."""
    inside: bool = False
    """Inside an iteration, where `var` reads the element."""

    def compile(self, node: Node) -> Evaluator[Context]:
        """The evaluator of a tree.

        Raises:
            LogicError: an operator that the table does not have.
        """
        if isinstance(node, Literal):
            return constant(node.value)
        if isinstance(node, Sequence):
            return _sequence([self.compile(item) for item in node.items])
        operator = self.operators.get(node.name)
        if operator is None:
            raise LogicError(f"unknown operator `{node.name}`")
        return operator.compile(node, self)

    def compile_all(self, nodes: tuple[Node, ...]) -> list[Evaluator[Context]]:
        return [self.compile(node) for node in nodes]

    def element(self) -> Compiler[Context]:
        """The compiler for the body of an iteration."""
        return msgspec.structs.replace(self, inside=True)


def constant(value: Value) -> Evaluator[Context]:
    return lambda data, context: value


def _sequence(items: list[Evaluator[Context]]) -> Evaluator[Context]:
    def evaluate(data: Json, context: Context) -> Value:
        values = [item(data, context) for item in items]
        for value in values:
            if value.__class__ is Unknown:
                return SOME_TRUE
        return values  # type: ignore[return-value]  # none of them is unknown

    return evaluate


def eager(function: Callable[..., Value]) -> Callable[[Operation, Compiler[Context]], Evaluator[Context]]:
    """An operator that needs all of its arguments: one unknown makes it unknown."""

    def build(operation: Operation, compiler: Compiler[Context]) -> Evaluator[Context]:
        most = compiler.operators[operation.name].most
        arguments = compiler.compile_all(operation.arguments[:most])
        if len(arguments) != 2:
            return _variadic(function, arguments)
        written = operation.arguments[1]
        if isinstance(written, Literal):
            return _beside(function, arguments[0], written.value)
        return _binary(function, arguments[0], arguments[1])

    return build


def _binary(function: Callable[..., Value], left: Evaluator[Context], right: Evaluator[Context]) -> Evaluator[Context]:
    def evaluate(data: Json, context: Context) -> Value:
        first = left(data, context)
        if first.__class__ is Unknown:
            return UNKNOWN
        second = right(data, context)
        if second.__class__ is Unknown:
            return UNKNOWN
        return function(first, second)

    return evaluate


def _beside(function: Callable[..., Value], left: Evaluator[Context], right: Json) -> Evaluator[Context]:
    """Most rules have a value written out on their right."""

    def evaluate(data: Json, context: Context) -> Value:
        first = left(data, context)
        return UNKNOWN if first.__class__ is Unknown else function(first, right)

    return evaluate


def _variadic(function: Callable[..., Value], arguments: list[Evaluator[Context]]) -> Evaluator[Context]:
    def evaluate(data: Json, context: Context) -> Value:
        values = [argument(data, context) for argument in arguments]
        for value in values:
            if value.__class__ is Unknown:
                return UNKNOWN
        return function(*values)

    return evaluate
