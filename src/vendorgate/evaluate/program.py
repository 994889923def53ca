"""Checked rules to evaluators, each compiled once, however many subjects they judge.

In: policies and registry cells. Out: evaluators over a `Case`.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Final

import msgspec

from ..logic import GENERAL, UNKNOWN, Compiler, Json, Node, Operation, Operator, Unknown, Value
from ..logic.tree import Literal
from ..model.policy import Bundle, Policy, Requirement
from ..model.registry import Cell, Offering
from ..model.result import RequirementResult
from ..model.subject import Subject
from ..model.vocabulary import Decision
from ..source import Place
from .calendar import days_since, days_until, parse_day
from .cells import JudgingCells
from .wording import state_words

if TYPE_CHECKING:
    from .answers import Answers, CompiledRule
    from .texts import RuleTexts
    from .waiver_index import WaiverIndex


def _read(path: str) -> CompiledRule:
    """How `var` reads the data model: what is declared by its whole path, the rest as the case answers it."""
    root, *steps = path.split(".")
    if root == "registry":
        dimension, field, *below = steps
        return lambda data, context: context.registry(dimension, field, below)
    if root == "agreements":
        kind, *below = steps
        field = ".".join(below)
        return lambda data, context: context.agreement_field(kind, field)
    if path == "project.name":
        return lambda data, context: context.name()
    if path.startswith("usage.settings."):
        return lambda data, context: context.stated.get(path, context.undeclared_setting)
    return lambda data, context: context.stated.get(path, UNKNOWN)


def _word(operation: Operation) -> str:
    argument = operation.arguments[0]
    return str(argument.value) if isinstance(argument, Literal) else ""


def _covered(operation: Operation, compiler: Compiler[Answers]) -> CompiledRule:
    dimension = _word(operation)
    return lambda data, context: context.covered(dimension)


def _documented(operation: Operation, compiler: Compiler[Answers]) -> CompiledRule:
    dimension = _word(operation)
    return lambda data, context: context.documented(dimension)


def _agreement(operation: Operation, compiler: Compiler[Answers]) -> CompiledRule:
    kind = _word(operation)
    return lambda data, context: context.in_force(kind)


def _observed(operation: Operation, compiler: Compiler[Answers]) -> CompiledRule:
    path = _word(operation)
    return lambda data, context: context.is_observed(path)


def _days(
    count: Callable[[datetime.date, datetime.date], int],
) -> Callable[[Operation, Compiler[Answers]], CompiledRule]:
    """`days_since`, `days_until`: a whole number of days to or from the as-of day."""

    def build(operation: Operation, compiler: Compiler[Answers]) -> CompiledRule:
        argument = compiler.compile(operation.arguments[0])

        def evaluate(data: Json, context: Answers) -> Value:
            day = parse_day(argument(data, context))
            return UNKNOWN if day is None else count(day, context.as_of)

        return evaluate

    return build


def _within(operation: Operation, compiler: Compiler[Answers]) -> CompiledRule:
    place, area = (compiler.compile(argument) for argument in operation.arguments)

    def evaluate(data: Json, context: Answers) -> Value:
        inner, outer = place(data, context), area(data, context)
        if isinstance(inner, Unknown) or isinstance(outer, Unknown):
            return UNKNOWN
        from .regions import within  # few usages come to be asked where a place lies

        return within(inner, outer, context.region_groups)

    return evaluate


OPERATORS: Final[Mapping[str, Operator[Answers]]] = {
    **GENERAL,
    "covered": Operator(1, 1, _covered),
    "documented": Operator(1, 1, _documented),
    "agreement": Operator(1, 1, _agreement),
    "observed": Operator(1, 1, _observed),
    "within": Operator(2, 2, _within),
    "days_since": Operator(1, 1, _days(days_since)),
    "days_until": Operator(1, 1, _days(days_until)),
}
"""Every operator that a policy or a registry condition may use."""

COMPILER: Final[Compiler[Answers]] = Compiler(OPERATORS, missing=UNKNOWN, read=_read)


class CompiledPolicy(msgspec.Struct, frozen=True, dict=True):
    """A policy ready to judge."""

    policy: Policy
    when: CompiledRule | None
    watched: tuple[CompiledRule, ...] | None = None
    """What stands in the place of its requirements, to watch them; None: they are asked themselves."""

    @cached_property
    def require(self) -> tuple[CompiledRule, ...]:
        """Its requirements, compiled where somebody asks them: many policies apply to none of a few usages."""
        if self.watched is not None:
            return self.watched
        return tuple([compile_rule(requirement.tree) for requirement in self.policy.require])


class SharedByResults(msgspec.Struct, frozen=True):
    """What the results of a policy have in common, whoever is judged."""

    policy: Policy
    """Kept, so that its id stays its own."""
    passed: tuple[RequirementResult, ...]
    """Each requirement where it passes and nobody asks why."""
    when: Place
    """Where it says when it applies."""
    require: tuple[Place, ...]
    """Where its requirements stand."""


class Program:
    """The rules of a bundle, and of each registry cell that they come to ask for, compiled."""

    __slots__ = (
        *("_cells", "_compiled", "_conditions", "_messages", "_reads", "_shared", "_waivers"),
        *("bundle", "policies", "texts"),
    )

    def __init__(self, bundle: Bundle) -> None:
        self.bundle = bundle
        self.policies = tuple(_compiled(policy) for policy in bundle.policies)
        self._compiled: dict[int, tuple[Node, CompiledRule]] = {}
        self._reads: dict[str, CompiledRule] = {}
        self._messages: dict[tuple[int, Decision], str] = {}
        self._conditions: dict[int, tuple[Cell, tuple[CompiledRule, ...]]] = {}
        self._cells: dict[int, JudgingCells] = {}
        self._shared: dict[int, SharedByResults] = {}
        self.texts: dict[int, RuleTexts] = {}
        """Of rules and their parts by their id, what is said of them; see `texts`."""
        self._waivers: WaiverIndex | None = None

    @property
    def waivers(self) -> WaiverIndex:
        """The bundle's waivers by what they name."""
        if self._waivers is None:
            from .waiver_index import WaiverIndex  # many bundles have none

            self._waivers = WaiverIndex(self.bundle.waivers)
        return self._waivers

    def for_subject(self, subject: Subject) -> Program:
        """The same compiled rules, with those waivers alone that name a subject: for judging one subject many times."""
        from copy import copy  # a check judges each subject once

        program = copy(self)
        waivers = tuple(self.waivers.among(self.waivers.of_subject(subject)))
        program.bundle, program._waivers = msgspec.structs.replace(self.bundle, waivers=waivers), None
        return program

    def evaluator(self, node: Node) -> CompiledRule:
        """The evaluator of a checked rule or of a part of one, to be called with None and a `Case`."""
        found = self._compiled.get(id(node))
        if found is None:
            found = self._compiled[id(node)] = node, COMPILER.compile(node)
        return found[1]

    def reader(self, path: str) -> CompiledRule:
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

    def shared(self, policy: Policy) -> SharedByResults:
        """What the results of a policy have in common."""
        found = self._shared.get(id(policy))
        if found is None:
            passed = [
                RequirementResult(one, "pass", one.message or self.message(one, "pass"), ()) for one in policy.require
            ]
            places = [_place(policy, "require", one.index) for one in policy.require]
            found = SharedByResults(policy, tuple(passed), _place(policy, "when"), tuple(places))
            self._shared[id(policy)] = found
        return found

    def cells(self, offering: Offering) -> JudgingCells:
        """The cells of an offering, as they judge by the bundle's demands."""
        found = self._cells.get(id(offering))
        if found is None:
            # They keep the offering, so that its id stays its own.
            found = JudgingCells(offering, self.bundle.registry, self.bundle.region_groups)
            self._cells[id(offering)] = found
        return found

    def conditions(self, cell: Cell) -> tuple[CompiledRule, ...]:
        """The evaluators of a cell's conditions."""
        found = self._conditions.get(id(cell))
        if found is None:
            # The cell is kept beside its evaluators, so that its id stays its own.
            found = cell, tuple(self.evaluator(condition.tree) for condition in cell.conditions)
            self._conditions[id(cell)] = found
        return found[1]


def _compiled(policy: Policy) -> CompiledPolicy:
    when = None if policy.when is None else compile_rule(policy.when)
    return CompiledPolicy(policy, when)


def _place(policy: Policy, *below: str | int) -> Place:
    return Place(policy.source, ("policies", policy.index, *below), "value")


def compile_rule(tree: Node) -> CompiledRule:
    """The evaluator of a checked rule, to be called with None and a `Case`."""
    return COMPILER.compile(tree)
