"""Checked rules to evaluators, each compiled once, however many subjects they judge.

In: policies and registry cells. Out: evaluators over a `Case`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeVar

import msgspec

from ..logic import GENERAL, UNKNOWN, Compiler, Evaluator, Node, Operation, Operator, Value, eager
from ..logic.tree import Literal
from ..model.policy import Bundle, Policy, Requirement
from ..model.registry import Cell
from ..model.subject import Subject
from ..model.vocabulary import Decision
from .calendar import days_since, days_until, parse_day
from .places import within
from .waivers import names_subject
from .wording import state_words

T = TypeVar("T")


def _read(path: str) -> Evaluator:
    """How `var` reads the data model: stated facts by their whole path, the rest from the case."""
    root, *steps = path.split(".")
    if root == "registry":
        dimension, field, *below = steps
        return lambda data, context: context.registry(dimension, field, below)
    if root == "agreements":
        kind, field = steps
        return lambda data, context: context.agreement_field(kind, field)
    if path == "project.name":
        return lambda data, context: context.name()
    return lambda data, context: context.stated.get(path, UNKNOWN)


def _word(operation: Operation) -> str:
    argument = operation.arguments[0]
    return str(argument.value) if isinstance(argument, Literal) else ""


def _covered(operation: Operation, compiler: Compiler) -> Evaluator:
    dimension = _word(operation)
    return lambda data, context: context.covered(dimension)


def _documented(operation: Operation, compiler: Compiler) -> Evaluator:
    dimension = _word(operation)
    return lambda data, context: context.documented(dimension)


def _agreement(operation: Operation, compiler: Compiler) -> Evaluator:
    kind = _word(operation)
    return lambda data, context: context.in_force(kind)


def _days(count: Any) -> Any:
    """`days_since`, `days_until`: a whole number of days to or from the as-of day."""

    def build(operation: Operation, compiler: Compiler) -> Evaluator:
        argument = compiler.compile(operation.arguments[0])

        def evaluate(data: Any, context: Any) -> Value:
            day = parse_day(argument(data, context))
            return UNKNOWN if day is None else count(day, context.as_of)

        return evaluate

    return build


OPERATORS: Final[Mapping[str, Operator]] = {
    **GENERAL,
    "covered": Operator(1, 1, _covered),
    "documented": Operator(1, 1, _documented),
    "agreement": Operator(1, 1, _agreement),
    "within": Operator(2, 2, eager(within)),
    "days_since": Operator(1, 1, _days(days_since)),
    "days_until": Operator(1, 1, _days(days_until)),
}
"""Every operator that a policy or a registry condition may use."""

COMPILER: Final = Compiler(OPERATORS, missing=UNKNOWN, read=_read)


class CompiledPolicy(msgspec.Struct, frozen=True):
    """A policy ready to judge."""

    policy: Policy
    when: Evaluator | None
    require: tuple[Evaluator, ...]


class Program:
    """The rules of a bundle, and of each registry cell that they come to ask for, compiled."""

    __slots__ = ("_compiled", "_conditions", "_messages", "_reads", "bundle", "policies")

    def __init__(self, bundle: Bundle) -> None:
        self.bundle = bundle
        self.policies = tuple(_compiled(policy) for policy in bundle.policies)
        self._compiled: dict[int, tuple[Node, Evaluator]] = {}
        self._reads: dict[str, Evaluator] = {}
        self._messages: dict[tuple[int, Decision], str] = {}
        self._conditions: dict[int, tuple[Cell, tuple[Evaluator, ...]]] = {}

    def for_subject(self, subject: Subject) -> Program:
        """The same rules, compiled once, beside those waivers alone that name a subject: for who judges it often."""
        from copy import copy  # a check judges each subject once

        program = copy(self)
        waivers = tuple(waiver for waiver in self.bundle.waivers if names_subject(waiver, subject))
        program.bundle = msgspec.structs.replace(self.bundle, waivers=waivers)
        return program

    def evaluator(self, node: Node) -> Evaluator:
        """The evaluator of a checked rule or of a part of one, to be called with None and a `Case`."""
        found = self._compiled.get(id(node))
        if found is None:
            found = self._compiled[id(node)] = node, COMPILER.compile(node)
        return found[1]

    def reader(self, path: str) -> Evaluator:
        """The evaluator of a path."""
        found = self._reads.get(path)
        if found is None:
            found = self._reads[path] = COMPILER.compile(Operation("var", (Literal(path),)))
        return found

    def message(self, requirement: Requirement, outcome: Decision) -> str:
        """What a requirement of the bundle came to, in words."""
        found = self._messages.get((id(requirement), outcome))
        if found is None:
            found = self._messages[id(requirement), outcome] = state_words(requirement.tree, outcome)
        return found

    def conditions(self, cell: Cell) -> tuple[Evaluator, ...]:
        """The evaluators of a cell's conditions."""
        found = self._conditions.get(id(cell))
        if found is None:
            # The cell is kept beside its evaluators, so that its id stays its own.
            found = cell, tuple(self.evaluator(condition.tree) for condition in cell.conditions)
            self._conditions[id(cell)] = found
        return found[1]


def _compiled(policy: Policy) -> CompiledPolicy:
    when = None if policy.when is None else compile_rule(policy.when)
    return CompiledPolicy(policy, when, tuple(compile_rule(requirement.tree) for requirement in policy.require))


def compile_rule(tree: Node) -> Evaluator:
    """The evaluator of a checked rule, to be called with None and a `Case`."""
    return COMPILER.compile(tree)
