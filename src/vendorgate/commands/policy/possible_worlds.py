"""Every possible world of a policy, where they are few enough to walk through: a value for all that its rules read.

In: a policy. Out: the truths that each of its conditions can have; nothing where there are too many worlds.
What is enumerated is a superset of what can be: paths are varied independently of each other, and a comparison that
cannot be enumerated may come to anything. So "never" and "always" are proved, and "can be" is not.
"""

from __future__ import annotations

import datetime
import itertools
import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

import msgspec

from ...evaluate.answers import CompiledRule
from ...evaluate.possible import PossibleCase
from ...evaluate.program import COMPILER
from ...evaluate.reading import atoms_of
from ...logic import Node, Value, truth_of
from ...model.policy import Policy
from ...source import Path
from .conditions import PolicyRule, rules_of
from .domains import Domains, may_be_unknown
from .model import TRUTHS, Truth
from .trace import TracedRule

MOST_WORLDS: Final = 20_000
_FIRST_WORLDS: Final = 200
"""So many worlds are looked at where there are too many."""
AS_OF: Final = datetime.date(2000, 1, 1)
"""The day of every world; days are varied around it."""
PossibleWorld = Mapping[str, Value]
"""By atom (`covered hipaa_baa`, `usage.region`): its value."""


AtomValues = Mapping[str, tuple[Value, ...]]
"""By atom: the values that it is varied over."""


def _count(axes: AtomValues) -> int:
    return math.prod(len(values) for values in axes.values())


def _worlds(axes: AtomValues, atoms: Collection[str], others: Sequence[PossibleWorld]) -> Iterator[PossibleWorld]:
    """Every world of what one rule reads that agrees with one of the worlds of others, where they read the same.

    What a rule does not read makes no difference to it, so that rules are walked through one by one: how many worlds
    there are adds up then, and is no product.
    """
    shared = [atom for atom in axes if atom in atoms and others and atom in others[0]]
    own = {atom: values for atom, values in axes.items() if atom in atoms and atom not in shared}
    held = {tuple(id(world[atom]) for atom in shared): world for world in others}  # the axes keep their values
    for world in held.values():
        for values in itertools.product(*own.values()):
            yield {**{atom: world[atom] for atom in shared}, **dict(zip(own, values, strict=True))}


_ANY: Final[Sequence[PossibleWorld]] = ({},)
"""No world of another rule's: nothing has to be agreed with."""


class Outcomes(msgspec.Struct, frozen=True):
    """What a policy can come to."""

    applies: frozenset[bool | None]
    require: tuple[frozenset[bool | None], ...]
    """Of each requirement, where the policy may apply."""


class WorldWalk:
    """The rules of a policy, walked through every world."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        rules = rules_of(policy)
        domains = Domains([rule.tree for rule in rules], AS_OF)
        self.rules = [TracedRule(PolicyRule(domains.simplified(rule.tree), rule.place)) for rule in rules]
        self._atoms = [domains.atoms(rule.tree) for rule in rules]
        self._axes = domains.axes()

    @property
    def feasible(self) -> bool:
        """Whether the worlds are few enough."""
        return _count(self._axes) <= MOST_WORLDS

    def run(self) -> Outcomes:
        """Whether the policy applies in any world, and what each requirement comes to where it may."""
        if self.policy.when is None:
            return Outcomes(frozenset({True}), tuple(self._truths(rule, _ANY) for rule in range(len(self.rules))))
        worlds = [*_worlds(self._axes, self._atoms[0], _ANY)]
        applies = [_truth(self.rules[0].evaluate, world) for world in worlds]
        met = [world for world, truth in zip(worlds, applies, strict=True) if truth is not False]
        return Outcomes(frozenset(applies), tuple(self._truths(rule, met) for rule in range(1, len(self.rules))))

    def _truths(self, rule: int, others: Sequence[PossibleWorld]) -> frozenset[bool | None]:
        """What a rule comes to in the worlds that agree with others."""
        evaluate = self.rules[rule].evaluate
        return frozenset(_truth(evaluate, world) for world in _worlds(self._axes, self._atoms[rule], others))


def _truth(evaluate: CompiledRule, world: PossibleWorld) -> bool | None:
    return truth_of(evaluate(None, PossibleCase(world, AS_OF)))


def reachable_truths(policy: Policy) -> dict[Path, set[Truth]]:
    """By place in the policy's file: the truths that a condition can have."""
    found = {
        condition.place: {truth for truth in TRUTHS if truth != "unknown" or may_be_unknown(condition.node)}
        for rule in rules_of(policy)
        for condition in rule.conditions()
    }
    walk = WorldWalk(policy)
    if walk.feasible:
        walk.run()
        found.update((one.place, rule.truths(one.place)) for rule in walk.rules for one in rule.conditions)
    return found


def implies(narrow: Node | None, wide: Node | None) -> bool:
    """Whether a second `when` is met, or not known not to be, wherever a first one is; False where nobody can tell."""
    if wide is None:
        return True
    if narrow is None:
        return False
    domains = Domains([narrow, wide], AS_OF)
    axes = domains.axes()
    if _count(axes) > MOST_WORLDS:
        return False
    first, second = (COMPILER.compile(domains.simplified(tree)) for tree in (narrow, wide))
    met = [one for one in _worlds(axes, domains.atoms(narrow), _ANY) if _truth(first, one) is not False]
    return all(_truth(second, one) is not False for one in _worlds(axes, domains.atoms(wide), met))


class Seen(msgspec.Struct, frozen=True):
    """A `when` by itself, with a few worlds of it."""

    tree: Node
    evaluate: CompiledRule
    reads: frozenset[str]
    """All atoms that its leaves read, and what each leaf is called where it is an atom of its own."""
    keys: frozenset[str]
    free: frozenset[str]
    """Those of its leaves that are atoms of their own."""
    met: tuple[PossibleWorld, ...]
    """Some in which it is met, or not known not to be."""
    missed: tuple[PossibleWorld, ...]
    """Some in which it is not met."""
    cases: tuple[PossibleCase, ...]
    """Of those in which it is met."""


def _seen(tree: Node) -> Seen:
    domains = Domains([tree], AS_OF)
    axes, evaluate = domains.axes(), COMPILER.compile(domains.simplified(tree))
    most = MOST_WORLDS if _count(axes) <= MOST_WORLDS else _FIRST_WORLDS
    worlds = [*itertools.islice(_worlds(axes, domains.atoms(tree), _ANY), most)]
    missed = [_truth(evaluate, world) is False for world in worlds]
    of = [[world for world, misses in zip(worlds, missed, strict=True) if misses is wanted] for wanted in (False, True)]
    met, not_met = (
        tuple(found[place] for place in sorted({0, len(found) // 2, len(found) - 1}) if found) for found in of
    )
    cases = tuple(PossibleCase(world, AS_OF) for world in met)
    return Seen(tree, evaluate, domains.keys | atoms_of(tree), domains.keys, domains.free, met, not_met, cases)


class Implications:
    """Which `when` implies which, for many of them: most pairs are told apart by a world that is known of each.

    A world in which one is met and another is not says that the one does not imply the other; only where no such world
    is known, all worlds of both are walked through.
    """

    def __init__(self) -> None:
        self._seen: dict[str, Seen] = {}
        self._known: dict[tuple[str, str], bool] = {}

    def implies(self, narrow: Node | None, wide: Node | None, texts: tuple[str, str]) -> bool:
        """As `implies`; `texts` are the same for the same two rules."""
        one, other = self.seen(narrow, texts[0]), self.seen(wide, texts[1])
        if one is None or other is None:
            return implies(narrow, wide)
        if self._told_apart(one, other):
            return False
        if texts not in self._known:
            self._known[texts] = implies(narrow, wide)
        return self._known[texts]

    def _told_apart(self, one: Seen, other: Seen) -> bool:
        if (one.free & other.keys) - other.free or (other.free & one.keys) - one.free:
            return False  # what is an atom of its own for the one alone would be so for both
        if any(truth_of(other.evaluate(None, case)) is False for case in one.cases):
            return True  # whatever else the other one reads
        pairs = [*itertools.product(one.met, other.missed)]
        return any(_truth(other.evaluate, {**missed, **met}) is False for met, missed in pairs) or any(
            _truth(one.evaluate, {**met, **missed}) is True for met, missed in pairs
        )

    def seen(self, tree: Node | None, text: str) -> Seen | None:
        """What is known of a rule, if there is one; `text` is the same for the same rule."""
        if tree is None:
            return None
        found = self._seen.get(text)
        if found is None:
            found = self._seen[text] = _seen(tree)
        return found
