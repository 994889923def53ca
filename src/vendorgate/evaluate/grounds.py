"""What decided a result, step by step: the walk through rules, coverage and agreements.

In: a result and the case of its subject. Out: `Support`s, one may come more than once.
It follows what decided: of an `or` that holds the first branch that does, of an `if` the branch that was taken. What a
comparison asks for is heard while the evaluator that decided is called once more. Whatever is not named here can be
taken away, and a pass stays one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from ..logic import Literal, Node, Operation, truth_of
from ..logic.kleene import CHOICES, NEGATIONS
from ..model.registry import Cell
from ..model.result import Result, Support
from ..model.vocabulary import CONTRACT
from .calendar import is_current
from .case import Case
from .hearing import Hearing
from .scope import DECLARED_BY
from .supports import (
    agreement_support,
    cell_support,
    choosing_support,
    claimed_agreement,
    name_support,
    observed_support,
    stated_support,
    waiver_support,
)


class Grounds:
    """The walk through what decided one result."""

    __slots__ = ("_case", "_told")

    def __init__(self, case: Case) -> None:
        self._case = case
        self._told: set[tuple[str, str]] = set()
        """Coverage that has been told."""

    def whether_it_applies(self, result: Result) -> Iterator[Support]:
        """What decides that its policy applies, or does not."""
        if result.policy.when is not None and result.outcome in ("pass", "fail", "not_applicable"):
            yield from self._rule(result.policy.when)

    def what_it_comes_to(self, result: Result) -> Iterator[Support]:
        """What decides its requirements: of a pass all of them, of a failure those that fail."""
        if result.waiver is not None:
            yield from waiver_support(self._case, result.waiver)
        elif result.outcome in ("pass", "fail"):
            for one in result.requirements:
                if one.outcome == result.outcome:
                    yield from self._rule(one.requirement.tree)

    def _rule(self, node: Node) -> Iterator[Support]:
        """What a rule rests on that is true or false; nothing decides an unknown."""
        truth = self._truth(node)
        if truth is None or isinstance(node, Literal):
            return
        if isinstance(node, Operation) and node.name in _WAYS:
            yield from _WAYS[node.name](self, node, truth)
        else:
            yield from self._leaf(node)

    def _same(self, node: Operation, truth: bool) -> Iterator[Support]:
        yield from self._rule(node.arguments[0])

    def _truth(self, node: Node) -> bool | None:
        return truth_of(self._case.program.evaluator(node)(None, self._case))

    def _junction(self, node: Operation, truth: bool) -> Iterator[Support]:
        """The first operand that settles it, else all of them."""
        alike = [one for one in node.arguments if self._truth(one) is truth]
        for one in alike[:1] if truth is (node.name == "or") else alike:
            yield from self._rule(one)

    def _choice(self, node: Operation, truth: bool) -> Iterator[Support]:
        """The branch that was taken and the conditions that led to it; of an unknown condition its branch, too."""
        arguments = node.arguments
        for index in range(0, len(arguments) - 1, 2):
            holds = self._truth(arguments[index])
            yield from self._rule(arguments[index])
            if holds is not False:
                yield from self._rule(arguments[index + 1])
            if holds is True:
                return
        if len(arguments) % 2:
            yield from self._rule(arguments[-1])

    def _leaf(self, node: Node) -> Iterator[Support]:
        """A comparison or the like rests on all that its evaluator asks for."""
        hearing = Hearing(self._case)
        self._case.program.evaluator(node)(None, hearing)
        for kind, *words in hearing.answered():
            yield from _ANSWERS[kind](self, *words)

    def _stated(self, path: str) -> Iterator[Support]:
        return stated_support(self._case, path)

    def _name(self) -> Iterator[Support]:
        return name_support(self._case)

    def _in_force(self, kind: str) -> Iterator[Support]:
        """That no agreement is in force rests on nothing that could be taken away."""
        if self._case.subject.agreements is None:
            if self._case.in_force(kind):
                yield claimed_agreement(self._case, kind)
            return
        current = self._case.agreement(kind)
        if current is not None:
            yield from agreement_support(self._case, current)

    def _is_observed(self, path: str) -> Iterator[Support]:
        """That nothing is observed rests on nothing that could be taken away; that something is, on its observation,
        also where a name contradicts what was read."""
        if self._case.is_observed(path):
            yield observed_support(self._case, path, self._case.observed[path])
            yield from choosing_support(self._case, path)

    def _agreement_field(self, kind: str, field: str) -> Iterator[Support]:
        if field != "all":
            yield from self._in_force(kind)
            return
        for one in self._case.subject.agreements or ():
            if one.kind == kind and is_current(one, self._case.as_of):
                yield from agreement_support(self._case, one)

    def _registry(self, dimension: str, field: str, *below: str) -> Iterator[Support]:
        """A value of a cell rests on the cell, and on what makes it speak of this usage."""
        cell = self._case.cell(dimension)
        assert cell is not None  # nothing is known of one that is not there
        yield from self._cell(cell)
        yield from self._names()
        sources = self._case.fact_sources(cell, below[0]) if field == "facts" else ()
        for source in sources:
            if source.axis is not None:
                yield from self._stated(f"usage.{source.axis}")
        if not all(source.entry for source in sources) or not sources:
            yield from self._tier(cell)
            yield from self._scope(cell)

    def _covered(self, dimension: str) -> Iterator[Support]:
        yield from self._coverage("covered", dimension, self._case.covered(dimension) is True)

    def _documented(self, dimension: str) -> Iterator[Support]:
        yield from self._coverage("documented", dimension, self._case.documented(dimension) is True)

    def _coverage(self, kind: str, dimension: str, holds: bool) -> Iterator[Support]:
        cell = self._case.cell(dimension)
        assert cell is not None  # nothing is known of one that is not there
        if (kind, dimension) in self._told:
            return
        self._told.add((kind, dimension))
        if not holds:
            yield from self._refusal(kind, cell)
            return
        yield from self._cell(cell)
        yield from self._names()
        if kind == "covered" or cell.written.value == "partial":
            yield from self._scope(cell)
        if kind == "covered":
            yield from self._tier(cell)
            for condition in cell.conditions:
                yield from self._rule(condition.tree)

    def _refusal(self, kind: str, cell: Cell) -> Iterator[Support]:
        """The first step that says no; then the age of the evidence does not count."""
        case = self._case
        yield cell_support(case, cell, ages=False)
        if case.grade(cell) == "fail":
            return
        if kind == "covered" and case.tier(cell) == "fail":
            yield from self._tier(cell)
        elif case.reach(cell) == "fail":
            outside = next(gap for gap in case.gaps(cell) if gap.outcome == "fail")
            yield from self._stated(DECLARED_BY[outside.axis])
        else:
            yield from self._rule(next(one.tree for one in cell.conditions if self._truth(one.tree) is False))

    def _cell(self, cell: Cell) -> Iterator[Support]:
        """A cell, and the contract that it rests on."""
        yield cell_support(self._case, cell)
        contract = self._case.contract(cell) if cell.written.value == CONTRACT else None
        if contract is not None:
            yield from agreement_support(self._case, contract)

    def _names(self) -> Iterator[Support]:
        """The models, which must be the offering's, where it lists its own."""
        if self._case.subject.offering.written.models is not None:
            yield from self._stated("usage.models")

    def _tier(self, cell: Cell) -> Iterator[Support]:
        if cell.written.tier is not None:
            yield from self._stated("usage.tier")

    def _scope(self, cell: Cell) -> Iterator[Support]:
        for axis, path in DECLARED_BY.items():
            if getattr(cell.written.scope, axis, None) is not None:
                yield from self._stated(path)


_WAYS: Final[Mapping[str, Callable[[Grounds, Operation, bool], Iterator[Support]]]] = {
    **dict.fromkeys((*NEGATIONS, "!!"), Grounds._same),
    **dict.fromkeys(("and", "or"), Grounds._junction),
    **dict.fromkeys(CHOICES, Grounds._choice),
}
"""How operators that join rules hand on what they rest on."""
_ANSWERS: Final[Mapping[str, Callable[..., Iterator[Support]]]] = {
    "stated": Grounds._stated,
    "name": Grounds._name,
    "in_force": Grounds._in_force,
    "is_observed": Grounds._is_observed,
    "agreement_field": Grounds._agreement_field,
    "registry": Grounds._registry,
    "covered": Grounds._covered,
    "documented": Grounds._documented,
}
"""What each answer rests on, by how it was asked for."""
