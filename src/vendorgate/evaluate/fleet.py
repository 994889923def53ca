"""Rules over all usages of a fleet: what they come to.

In: what is known of the usages, each distinct one once with how many it stands for; a checked rule. Out: a value.
What nobody stated may be anything: an answer stands where it would be the same whatever that turned out to be.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, cast

import msgspec

from ..logic import UNKNOWN, Compiler, Evaluator, Json, Node, Operation, Operator, Unknown, Value, truth_of
from ..logic.members import QUANTIFIERS, Drawn, Held, Range, Truth, compared, distinct
from ..logic.paths import COMPARISONS, COUNT, is_of_all
from ..model.fleet_policy import Sight
from ..model.vocabulary import NO_GROUPS, RegionGroups
from .answers import Answers, CompiledRule
from .program import OPERATORS


class Member(msgspec.Struct, frozen=True):
    """Usages of which all rules read the same, each route of a usage by itself."""

    stated: Mapping[str, Value]
    """By whole path what is known of them; what is not there nobody states."""
    times: int
    """How many there are."""
    first: int
    """What the first of them is known by."""


class Fleet(msgspec.Struct, frozen=True):
    """All usages, as far as they are known."""

    members: tuple[Member, ...]
    unread: int
    """Manifests and repositories that could not be judged: they may have usages of which nothing is known."""
    as_of: datetime.date
    region_groups: RegionGroups = NO_GROUPS
    sight: Callable[[int], Sight] = lambda first: Sight(None, str(first), "", "")
    """Where a usage is seen, by what it is known by."""


class OnTheDay(msgspec.Struct, frozen=True):
    """What a rule may ask beside usages: the day, and where places lie. Nothing else is known of all."""

    as_of: datetime.date
    region_groups: RegionGroups
    stated: Mapping[str, Value] = {}
    undeclared_setting: Unknown = UNKNOWN

    def covered(self, dimension: str) -> Value:
        return UNKNOWN

    def documented(self, dimension: str) -> Value:
        return UNKNOWN

    def in_force(self, kind: str) -> Value:
        return UNKNOWN

    def is_observed(self, path: str) -> bool:
        return False

    def agreement_field(self, kind: str, field: str) -> Value:
        return UNKNOWN

    def name(self) -> Value:
        return UNKNOWN

    def registry(self, dimension: str, field: str, below: list[str]) -> Value:
        return UNKNOWN


def _of_member(path: str) -> CompiledRule:
    """How `var` reads one usage."""
    if path == "today":
        return lambda data, context: context.as_of.isoformat()
    return lambda data, context: cast("Mapping[str, Value]", data).get(path, UNKNOWN)


def _outside(path: str) -> CompiledRule:
    """How `var` reads where no usage is read: the day is all there is."""
    return lambda data, context: context.as_of.isoformat()


ELEMENT: Final[Compiler[Answers]] = Compiler(OPERATORS, missing=UNKNOWN, read=_of_member)
"""Compiles what is asked of one usage."""


class Picked(msgspec.Struct, frozen=True):
    """Usages that may be among those that a rule means."""

    member: Member
    sure: Truth
    """Whether they are; None: it is not known."""


class FleetRules:
    """Rules over the usages of one fleet."""

    def __init__(self, fleet: Fleet) -> None:
        self.fleet = fleet
        self.day: Answers = OnTheDay(fleet.as_of, fleet.region_groups)
        rows: dict[str, Operator[Answers]] = {
            **dict.fromkeys(QUANTIFIERS, Operator(2, 2, self._quantifier)),
            **{name: Operator(2, 3, self._comparison, OPERATORS[name].words) for name in COMPARISONS},
        }
        self._compiler: Compiler[Answers] = Compiler({**OPERATORS, **rows}, missing=UNKNOWN, read=_outside)

    def value(self, tree: Node) -> Value:
        """What a checked rule, or a condition in it that reads no usage by itself, comes to."""
        return self._compiler.compile(tree)(None, self.day)

    def asked(self, body: Node, picked: Iterable[Picked]) -> Iterator[tuple[Picked, Value]]:
        """What a body comes to for each of several usages."""
        evaluate = ELEMENT.compile(body)
        return ((one, evaluate(cast(Json, one.member.stated), self.day)) for one in picked)

    def picked(self, collection: Node) -> Iterator[Picked]:
        """The usages that a list of usages has or may have."""
        assert isinstance(collection, Operation)
        if collection.name == "var":
            yield from (Picked(member, True) for member in self.fleet.members)
            return
        for one, value in self.asked(collection.arguments[1], self.picked(collection.arguments[0])):
            truth = truth_of(value)
            if truth is not False:
                yield Picked(one.member, one.sure and truth)

    def counted(self, count: Operation) -> Iterator[tuple[Picked, Value]]:
        """The usages that a count means, each with its value."""
        return self.asked(count.arguments[1], self.picked(count.arguments[0]))

    def held(self, quantified: Operation) -> Iterator[tuple[Picked, Truth]]:
        """The usages that a quantifier means, each with what it says of them."""
        found = self.asked(quantified.arguments[1], self.picked(quantified.arguments[0]))
        return ((one, truth_of(value)) for one, value in found)

    def range_of(self, count: Operation) -> Range:
        """How many values a count comes to."""
        drawn = (Drawn(one.sure is True, value, one.member.times) for one, value in self.counted(count))
        return distinct(drawn, self.fleet.unread > 0)

    def _quantifier(self, operation: Operation, compiler: Compiler[Answers]) -> Evaluator[Answers]:
        if not is_of_all(operation.arguments[0]):
            return OPERATORS[operation.name].compile(operation, compiler)
        # Members that are held alike say no more than one of them.
        held: set[Held] = {(one.sure, truth) for one, truth in self.held(operation)}
        truth = QUANTIFIERS[operation.name](held, self.fleet.unread > 0)
        return lambda data, context: UNKNOWN if truth is None else truth

    def _comparison(self, operation: Operation, compiler: Compiler[Answers]) -> Evaluator[Answers]:
        if not any(isinstance(one, Operation) and one.name == COUNT for one in operation.arguments):
            return OPERATORS[operation.name].compile(operation, compiler)
        ranges = [self._number(one, compiler) for one in operation.arguments]
        known = [one for one in ranges if one is not None]
        truth = compared(operation.name, known) if len(known) == len(ranges) else None
        return lambda data, context: UNKNOWN if truth is None else truth

    def _number(self, node: Node, compiler: Compiler[Answers]) -> Range | None:
        """A number as far as it is known; None where it is no number, or not known at all."""
        if isinstance(node, Operation) and node.name == COUNT:
            return self.range_of(node)
        value = compiler.compile(node)(None, self.day)
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool) and value == value
        return Range(value, value) if is_number and isinstance(value, (int, float)) else None
