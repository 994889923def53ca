"""What usages can be to a part of a rule that goes through them, in fleets of which everything could be read.

In: a quantifier or a count over usages. Out: what can be held of a usage, and what the part can come to: a superset, as
usages are any of the possible worlds of what is asked of one, in any company.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Collection, Iterator
from typing import Final

from ...evaluate.possible import PossibleCase
from ...evaluate.reading import path_of
from ...logic import Literal, Node, truth_of
from ...logic.members import QUANTIFIERS, Held, Range, Truth
from ...source import Path
from .conditions import PolicyRule
from .domains import Domains, may_be_unknown, vocabulary_of
from .fleet_conditions import OverAll
from .possible_worlds import AS_OF, MOST_WORLDS, AtomValues
from .trace import TracedRule

TRUTHS: Final[tuple[Truth, ...]] = (True, False, None)
Quantified = tuple[Truth, ...]
"""What each of the quantifiers says, in the order in which there are."""


def possible_cases(axes: AtomValues) -> Iterator[PossibleCase] | None:
    """Every possible world; None where there are too many."""
    if math.prod(map(len, axes.values())) > MOST_WORLDS:
        return None
    found = itertools.product(*axes.values())
    return (PossibleCase(dict(zip(axes, values, strict=True)), AS_OF) for values in found)


class UsageWalk:
    """What usages can be to a part of a rule that goes through them."""

    def __init__(self, part: OverAll, place: Path) -> None:
        self.part = part
        domains = Domains([*part.asked], AS_OF)
        self.rules = [TracedRule(PolicyRule(domains.simplified(tree), place)) for tree in part.asked]
        worlds = possible_cases(domains.axes())
        self.feasible = worlds is not None
        """Whether the worlds of a usage are few enough."""
        self.held: frozenset[Held] = frozenset(itertools.product((True, None), TRUTHS))
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
    def quantified(self) -> frozenset[Quantified]:
        """What all quantifiers over the same usages and condition can come to together."""
        held = [*self.held]
        fleets = itertools.chain.from_iterable(itertools.combinations(held, size) for size in range(len(held) + 1))
        return frozenset(tuple([holds(fleet, False) for holds in QUANTIFIERS.values()]) for fleet in fleets)

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
