"""Every possible world of a policy, where they are few enough to walk through: a value for all that its rules read.

In: a policy. Out: the truths that each of its conditions can have; nothing where there are too many worlds.
What is enumerated is a superset of what can be: paths are varied independently of each other, and a comparison that
cannot be enumerated may come to anything. So "never" and "always" are proved, and "can be" is not.
"""

from __future__ import annotations

import datetime
import itertools
import math
from collections.abc import Iterator, Mapping
from typing import Final

from ...evaluate.possible import PossibleCase
from ...evaluate.program import COMPILER, CompiledRule
from ...logic import Node, Value, truth_of
from ...model.policy import Policy
from ...source import Path
from .conditions import PolicyRule, rules_of
from .domains import Domains, may_be_unknown
from .model import TRUTHS, Truth
from .trace import TracedRule

MOST_WORLDS: Final = 20_000
AS_OF: Final = datetime.date(2000, 1, 1)
"""The day of every world; days are varied around it."""
PossibleWorld = Mapping[str, Value]
"""By atom (`covered hipaa_baa`, `usage.region`): its value."""


AtomValues = Mapping[str, tuple[Value, ...]]
"""By atom: the values that it is varied over."""


def _count(axes: AtomValues) -> int:
    return math.prod(len(values) for values in axes.values())


def _worlds(axes: AtomValues) -> Iterator[PossibleWorld]:
    for values in itertools.product(*axes.values()):
        yield dict(zip(axes, values, strict=True))


def _evaluators(trees: list[Node]) -> tuple[AtomValues, list[CompiledRule]]:
    domains = Domains(trees, AS_OF)
    return domains.axes(), [COMPILER.compile(domains.simplified(tree)) for tree in trees]


class WorldWalk:
    """The rules of a policy, walked through every world."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        rules = rules_of(policy)
        domains = Domains([rule.tree for rule in rules], AS_OF)
        self.rules = [TracedRule(PolicyRule(domains.simplified(rule.tree), rule.place)) for rule in rules]
        self._axes = domains.axes()

    @property
    def feasible(self) -> bool:
        """Whether the worlds are few enough."""
        return _count(self._axes) <= MOST_WORLDS

    def run(self) -> Iterator[tuple[bool | None, list[bool | None]]]:
        """In each world: whether the policy applies, and what its requirements come to where it may."""
        when, require = (None, self.rules) if self.policy.when is None else (self.rules[0], self.rules[1:])
        for world in _worlds(self._axes):
            case = PossibleCase(world, AS_OF)
            applies = True if when is None else truth_of(when.evaluate(None, case))
            truths = [] if applies is False else [truth_of(rule.evaluate(None, case)) for rule in require]
            yield applies, truths


def reachable_truths(policy: Policy) -> dict[Path, set[Truth]]:
    """By place in the policy's file: the truths that a condition can have."""
    found = {
        condition.place: {truth for truth in TRUTHS if truth != "unknown" or may_be_unknown(condition.node)}
        for rule in rules_of(policy)
        for condition in rule.conditions()
    }
    walk = WorldWalk(policy)
    if walk.feasible:
        for _ in walk.run():
            pass
        found.update((one.place, rule.truths(one.place)) for rule in walk.rules for one in rule.conditions)
    return found


def implies(narrow: Node | None, wide: Node | None) -> bool:
    """Whether a second `when` is met, or not known not to be, wherever a first one is; False where nobody can tell."""
    if wide is None:
        return True
    if narrow is None:
        return False
    axes, (first, second) = _evaluators([narrow, wide])
    if _count(axes) > MOST_WORLDS:
        return False
    cases = [PossibleCase(world, AS_OF) for world in _worlds(axes)]
    return all(truth_of(second(None, case)) is not False for case in cases if truth_of(first(None, case)) is not False)
