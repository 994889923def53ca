"""What the requirements of a policy over all usages can come to, whatever fleet it judges.

In: a fleet policy. Out: the truths that each requirement and each of its conditions can have, and whether all can hold
together, in fleets of which everything could be read. What is enumerated is a superset of what can be: what goes
through other usages, or asks them something else, is varied independently. So "never" and "always" are proved, and
"can be" is not.
"""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Final, TypeGuard, Union

import msgspec

from ...evaluate.possible import PossibleCase
from ...evaluate.reading import is_number, leaves_of
from ...logic import UNKNOWN, Json, Literal, Node, Operation, truth_of, unparse
from ...logic.members import QUANTIFIERS, Range, Truth, compared
from ...logic.paths import COMPARISONS, COUNT
from ...model.policy import Policy
from .conditions import PolicyRule, rules_of, with_atoms
from .domains import Domains
from .fleet_conditions import is_over_all, over_all
from .fleet_usages import TRUTHS, Quantified, UsageWalk, possible_cases
from .possible_worlds import AS_OF, MOST_WORLDS
from .trace import TracedRule

_AROUND: Final = 2
"""How far around a number with which a count is compared numbers stand for all others; one more for each count."""
_FARTHEST: Final = 1e15
_PLACES: Final = {name: place for place, name in enumerate(QUANTIFIERS)}
Part = Union[Truth, Quantified, Range]
"""What a condition comes to, or all quantifiers over the same usages, or a count."""
PossibleFleet = Mapping[str, Part]
"""By what is asked of a fleet: what that comes to."""
Options = dict[str, tuple[Part, ...]]


class _Leaf(msgspec.Struct, frozen=True):
    """A condition without conditions in it, where no usage is read."""

    key: str
    parts: tuple[str, ...]
    """What it is worked out of."""
    truth: Callable[[PossibleFleet], Truth]


class RequirementWalk:
    """One requirement of a fleet policy, and what it can come to; its counts are asked around these numbers."""

    def __init__(self, rule: PolicyRule, around: Collection[float]) -> None:
        self.rule = rule
        self.usages = tuple(UsageWalk(part, rule.place) for part in over_all(rule.tree))
        self._walks = {id(one.part.node): one for one in self.usages}
        self._around = around
        self.options: Options = {}
        """By what is asked of a fleet: all that it can come to."""
        self.leaves = [self._leaf(leaf) for leaf in leaves_of(rule.tree) if not isinstance(leaf, Literal)]
        self.traced = TracedRule(PolicyRule(_simplified(rule.tree), rule.place))
        fleets = _possible_fleets(self.options, self.leaves)
        self.truths = frozenset(TRUTHS if fleets is None else map(self.truth, fleets))
        """What the requirement can come to."""

    def truth(self, fleet: PossibleFleet) -> Truth:
        """What it comes to in one fleet."""
        found = ((leaf.key, leaf.truth(fleet)) for leaf in self.leaves)
        stated = {key: UNKNOWN if truth is None else truth for key, truth in found}
        return truth_of(self.traced.evaluate(None, PossibleCase(stated, AS_OF)))

    def rules(self) -> Iterator[TracedRule]:
        """All that were walked through: the requirement, then what is asked of usages."""
        yield self.traced
        for walk in self.usages:
            if walk.feasible:
                yield from walk.rules

    def _leaf(self, leaf: Node) -> _Leaf:
        if isinstance(leaf, Operation) and is_over_all(leaf):
            return self._quantifier(leaf)
        if isinstance(leaf, Operation) and _compares_counts(leaf):
            return self._comparison(leaf)
        key = _key(leaf)
        self.options[key] = TRUTHS if any(over_all(leaf)) else tuple(_of_the_day(leaf))
        return _Leaf(key, (key,), lambda fleet: _truth(fleet[key]))

    def _quantifier(self, leaf: Operation) -> _Leaf:
        part, place = _key(*leaf.arguments), _PLACES[leaf.name]
        self.options[part] = tuple(self._walks[id(leaf)].quantified)
        return _Leaf(_key(leaf), (part,), lambda fleet: _quantified(fleet[part])[place])

    def _comparison(self, leaf: Operation) -> _Leaf:
        sides: list[str | Range] = []
        for one in leaf.arguments:
            if isinstance(one, Literal):
                assert _is_near(one.value)
                sides.append(Range(one.value, one.value))
            else:
                sides.append(_key(one))
                self.options[_key(one)] = tuple(self._walks[id(one)].ranges(self._around))
        parts = tuple(dict.fromkeys(one for one in sides if isinstance(one, str)))
        return _Leaf(_key(leaf), parts, lambda fleet: compared(leaf.name, [_range(one, fleet) for one in sides]))


class FleetWalk(msgspec.Struct, frozen=True):
    """The requirements of a fleet policy, walked through every fleet."""

    requirements: tuple[RequirementWalk, ...]
    holds: frozenset[Truth]
    """What all of them together can come to."""


def walk_fleets(policy: Policy) -> FleetWalk:
    """All requirements of a fleet policy, with what they can come to by themselves and together."""
    rules = rules_of(policy)
    around = frozenset(_around([rule.tree for rule in rules]))
    requirements = tuple(RequirementWalk(rule, around) for rule in rules)
    options: Options = {key: found for one in requirements for key, found in one.options.items()}
    fleets = _possible_fleets(options, [leaf for one in requirements for leaf in one.leaves])
    holds = TRUTHS if fleets is None else (_all(one.truth(fleet) for one in requirements) for fleet in fleets)
    return FleetWalk(requirements, frozenset(holds))


def _all(truths: Iterable[Truth]) -> Truth:
    found = {*truths}
    return False if False in found else None if None in found else True


def _possible_fleets(options: Options, leaves: Collection[_Leaf]) -> Iterator[PossibleFleet] | None:
    """Every fleet that these leaves tell apart; None where there are too many."""
    told_apart = {key: _told_apart(key, found, leaves) for key, found in options.items()}
    if math.prod(map(len, told_apart.values())) > MOST_WORLDS:
        return None
    return (dict(zip(told_apart, parts, strict=True)) for parts in itertools.product(*told_apart.values()))


def _told_apart(key: str, options: Collection[Part], leaves: Iterable[_Leaf]) -> Collection[Part]:
    """One option for each way in which the leaves that read it answer, where they read nothing beside."""
    readers = [leaf for leaf in leaves if key in leaf.parts]
    if any(leaf.parts != (key,) for leaf in readers):
        return options
    return {tuple(leaf.truth({key: one}) for leaf in readers): one for one in options}.values()


def _around(trees: Iterable[Node]) -> Iterator[float]:
    """The numbers that stand for all that a count of these rules can be, as far as they tell it apart."""
    leaves = [leaf for tree in trees for leaf in leaves_of(tree)]
    compared_ones = [leaf for leaf in leaves if isinstance(leaf, Operation) and _compares_counts(leaf)]
    sides = [one for leaf in compared_ones for one in leaf.arguments]
    numbers = [value for one in sides if isinstance(one, Literal) and _is_near(value := one.value)]
    steps = range(-_AROUND, _AROUND + len(sides) - len(numbers) + 1)
    return (float(math.floor(number) + step) for number in (0, *numbers) for step in steps)


def _compares_counts(leaf: Operation) -> bool:
    """Whether a leaf compares counts with each other and with numbers that are written out, and with nothing else."""
    counts = [one for one in leaf.arguments if isinstance(one, Operation) and one.name == COUNT]
    numbers = [one for one in leaf.arguments if isinstance(one, Literal) and _is_near(one.value)]
    return leaf.name in COMPARISONS and bool(counts) and len(counts) + len(numbers) == len(leaf.arguments)


def _is_near(value: Json) -> TypeGuard[float]:
    """Whether a value is a number, and none beyond which floating point skips some."""
    return is_number(value) and abs(value) < _FARTHEST


def _truth(part: Part) -> Truth:
    assert part is None or isinstance(part, bool)
    return part


def _quantified(part: Part) -> Quantified:
    assert isinstance(part, tuple)
    return part


def _range(side: str | Range, fleet: PossibleFleet) -> Range:
    part = fleet[side] if isinstance(side, str) else side
    assert isinstance(part, Range)
    return part


def _of_the_day(leaf: Node) -> frozenset[Truth]:
    """What a condition can come to that reads no usages: there is but the day."""
    domains = Domains([leaf], AS_OF)
    cases = possible_cases(domains.axes())
    rule = TracedRule(PolicyRule(domains.simplified(leaf), ()))
    return frozenset(TRUTHS if cases is None else (truth_of(rule.evaluate(None, case)) for case in cases))


def _key(*nodes: Node) -> str:
    return "? " + json.dumps([unparse(node) for node in nodes], sort_keys=True)


def _simplified(tree: Node) -> Node:
    """The rule with each of its leaves read by its name."""
    return with_atoms(tree, lambda leaf: None if isinstance(leaf, Literal) else _key(leaf))
