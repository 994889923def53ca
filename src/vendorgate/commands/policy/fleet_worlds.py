"""What the conditions of a rule over all usages can come to, whatever fleet it judges.

In: a fleet policy. Out: the truths that each requirement and each of its conditions can have, in fleets of which
everything could be read. What is enumerated is a superset of what can be: usages are any of the possible worlds of what
is asked of one, in any company, and parts of a rule are varied independently of each other. So "never" and "always" are
proved, and "can be" is not.
"""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Collection, Iterable, Iterator
from typing import Final, TypeGuard

from ...evaluate.possible import PossibleCase
from ...evaluate.reading import is_number, leaves_of, path_of
from ...logic import UNKNOWN, Json, Literal, Node, Operation, Value, truth_of, unparse
from ...logic.kleene import CHOICES, JUNCTIONS
from ...logic.members import QUANTIFIERS, Held, Range, Truth, compared
from ...logic.paths import COMPARISONS, COUNT
from ...model.policy import Policy
from ...source import Path
from .conditions import PolicyRule, rules_of
from .domains import Domains, may_be_unknown, vocabulary_of
from .fleet_conditions import OverAll, is_over_all, over_all
from .possible_worlds import AS_OF, MOST_WORLDS, AtomValues
from .trace import TracedRule

_TRUTHS: Final[tuple[Truth, ...]] = (True, False, None)
_ANYTHING: Final = frozenset(_TRUTHS)
_AROUND: Final = 2
"""How far around a number with which a count is compared numbers stand for all others; one more for each count."""
_FARTHEST: Final = 1e15


class UsageWalk:
    """What usages can be to a part of a rule that goes through them."""

    def __init__(self, part: OverAll, place: Path) -> None:
        self.part = part
        domains = Domains([*part.asked], AS_OF)
        self.rules = [TracedRule(PolicyRule(domains.simplified(tree), place)) for tree in part.asked]
        worlds = _worlds(domains.axes())
        self.feasible = worlds is not None
        """Whether the worlds of a usage are few enough."""
        self.held: frozenset[Held] = frozenset(itertools.product((True, None), _TRUTHS))
        """Whether a usage may be picked, and what the condition says of it then; of a count nothing is said."""
        if worlds is not None:
            self.held = frozenset(found for world in worlds if (found := self._held(world)) is not None)

    def _held(self, usage: PossibleCase) -> Held | None:
        """Of one usage; None where it is not picked."""
        sure: Truth = True
        for place, rule in enumerate(self.rules):
            truth = truth_of(rule.evaluate(None, usage))
            if place == len(self.part.filters):
                return sure, truth
            if truth is False:
                return None
            sure = sure and truth
        return sure, None

    @property
    def met_by_none(self) -> Node | None:
        """The condition by which no usage is ever picked."""
        if self.held:
            return None
        pairs = zip(self.part.asked, self.rules, strict=True)
        return next((tree for tree, rule in pairs if rule.truths(rule.place) == {"false"}), None)

    @property
    def truths(self) -> frozenset[Truth]:
        """What a quantifier can come to."""
        held, quantifier = [*self.held], QUANTIFIERS[self.part.node.name]
        fleets = itertools.chain.from_iterable(itertools.combinations(held, size) for size in range(len(held) + 1))
        return frozenset(quantifier(fleet, False) for fleet in fleets)

    def ranges(self, around: Collection[float]) -> list[Range]:
        """The numbers that a count can come to, as far as they are told apart by the numbers around which it is asked.

        Usages of which a value is not known make a count that is known as far as its least and its greatest value.
        """
        sure, open_value = {one for one, _ in self.held}, may_be_unknown(self.part.body)
        if not sure:
            return [Range(0, 0)]
        most = _values(self.part.body)
        numbers = sorted({one for one in (0, most, *around) if 0 <= one <= most and one != math.inf})
        if None not in sure and not open_value:
            return [Range(one, one) for one in numbers]
        lows = numbers if True in sure else [0.0]
        highs = [*numbers, *([math.inf] if open_value else [])]
        return [Range(low, high) for low in lows for high in highs if low <= high]


def _values(value: Node) -> float:
    """How many known values there are at most; without an end where nobody can tell."""
    if isinstance(value, Literal):
        return 1
    path = path_of(value)
    words = None if path is None else vocabulary_of(path)
    return math.inf if words is None else len(words)


class RequirementWalk:
    """One requirement of a fleet policy, and what it can come to."""

    def __init__(self, rule: PolicyRule) -> None:
        self.rule = rule
        self.usages = tuple(UsageWalk(part, rule.place) for part in over_all(rule.tree))
        self._walks = {id(one.part.node): one for one in self.usages}
        leaves = [leaf for leaf in leaves_of(rule.tree) if not isinstance(leaf, Literal)]
        self.traced = TracedRule(PolicyRule(_simplified(rule.tree), rule.place))
        worlds = _worlds({_key(leaf): tuple(map(_value, self._of_leaf(leaf))) for leaf in leaves})
        self.truths = _ANYTHING if worlds is None else _truths(self.traced, worlds)
        """What the requirement can come to."""

    def rules(self) -> Iterator[TracedRule]:
        """All that were walked through: the requirement, then what is asked of usages."""
        yield self.traced
        for walk in self.usages:
            if walk.feasible:
                yield from walk.rules

    def _of_leaf(self, leaf: Node) -> frozenset[Truth]:
        if isinstance(leaf, Operation) and is_over_all(leaf):
            return self._walks[id(leaf)].truths
        if isinstance(leaf, Operation) and leaf.name in COMPARISONS:
            ranges = self._ranges(leaf)
            if ranges is not None:
                return frozenset(compared(leaf.name, found) for found in itertools.product(*ranges))
        return _ANYTHING if any(over_all(leaf)) else _of_the_day(leaf)

    def _ranges(self, leaf: Operation) -> list[list[Range]] | None:
        """What each side of a comparison can come to; None where one is neither a count nor a number."""
        counts = [one for one in leaf.arguments if isinstance(one, Operation) and one.name == COUNT]
        numbers = [value for one in leaf.arguments if isinstance(one, Literal) and _is_near(value := one.value)]
        if not counts or len(counts) + len(numbers) < len(leaf.arguments):
            return None
        steps = range(-_AROUND, _AROUND + len(counts) + 1)
        around = {float(math.floor(number) + step) for number in (0, *numbers) for step in steps}
        return [self._walks[id(one)].ranges(around) if one in counts else [_exactly(one)] for one in leaf.arguments]


def _is_near(value: Json) -> TypeGuard[float]:
    """Whether a value is a number, and none beyond which floating point skips some."""
    return is_number(value) and abs(value) < _FARTHEST


def _exactly(node: Node) -> Range:
    assert isinstance(node, Literal)
    assert is_number(node.value)
    return Range(node.value, node.value)


def _of_the_day(leaf: Node) -> frozenset[Truth]:
    """What a condition can come to that reads no usages: there is but the day."""
    domains = Domains([leaf], AS_OF)
    worlds = _worlds(domains.axes())
    rule = TracedRule(PolicyRule(domains.simplified(leaf), ()))
    return _ANYTHING if worlds is None else _truths(rule, worlds)


def _worlds(axes: AtomValues) -> Iterator[PossibleCase] | None:
    """Every world; None where there are too many."""
    if math.prod(map(len, axes.values())) > MOST_WORLDS:
        return None
    found = itertools.product(*axes.values())
    return (PossibleCase(dict(zip(axes, values, strict=True)), AS_OF) for values in found)


def _truths(rule: TracedRule, worlds: Iterable[PossibleCase]) -> frozenset[Truth]:
    return frozenset(truth_of(rule.evaluate(None, world)) for world in worlds)


def _value(truth: Truth) -> Value:
    return UNKNOWN if truth is None else truth


def _key(leaf: Node) -> str:
    return "? " + json.dumps(unparse(leaf), sort_keys=True)


def _simplified(tree: Node) -> Node:
    """The rule with each of its leaves read by its name."""
    if isinstance(tree, Operation) and tree.name in (*JUNCTIONS, *CHOICES):
        return Operation(tree.name, tuple(map(_simplified, tree.arguments)), tree.place)
    return tree if isinstance(tree, Literal) else Operation("var", (Literal(_key(tree)),), tree.place)


def walk_fleets(policy: Policy) -> tuple[RequirementWalk, ...]:
    """All requirements of a fleet policy, with what they can come to."""
    return tuple(map(RequirementWalk, rules_of(policy)))
