"""Those of many `when` that one of them may imply, looked up by the words that each of them needs.

In: rules. Out: of one of them, the places of those about which asking `implies` is worth it: it would say no of others.

A rule does not imply another one where in one world the first is met, or not known not to be, and the other is refuted.
In a world in which the first is met the project is called `a`, say: there a rule that needs a project called `b` is
refuted, whatever else it reads. Where the first rule does not read the project's name, it may be any. All else is kept:
rules that need nothing of the kind, and those of which nobody can tell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from heapq import merge
from itertools import groupby
from typing import Final, Union

from ...evaluate.possible import PossibleCase
from ...evaluate.program import COMPILER
from ...logic import Node, Value, truth_of
from .domains import Domains
from .possible_worlds import AS_OF, PossibleWorld, Seen

_FEW: Final = 8
"""So many rules are asked about without looking any up."""
_MOST_ATOMS: Final = 16
"""Of what reads more, nothing is looked for that it needs."""
_Key = tuple[str, Union[str, None]]
"""An atom, and a word that it is or has; None: whatever it is."""
_Needed = tuple[_Key, ...]
"""A rule is refuted wherever none of these is given."""


class Implied:
    """Of some rules, those that another one may imply."""

    def __init__(self, places: Sequence[int], seen: Callable[[int], Seen | None]) -> None:
        """Of the rules at some places, in order; `seen` says what is known of one, None where there is none."""
        self._places, self._seen = places, seen
        self._lookup: _Lookup | None = None

    def by(self, place: int) -> Iterable[int]:
        """The places of those that the rule at a place may imply, in order."""
        if len(self._places) <= _FEW:
            return self._places
        if self._lookup is None:
            self._lookup = _Lookup(self._places, self._seen)
        return self._lookup.by(self._seen(place))


class _Lookup:
    """Rules by what they need."""

    def __init__(self, places: Sequence[int], seen: Callable[[int], Seen | None]) -> None:
        self._places = places
        rules = {place: rule for place in places if (rule := seen(place)) is not None}
        self._everywhere = [place for place in places if place not in rules]
        """Those that are met everywhere."""
        self._always: list[int] = []
        """Those of which nothing is known that they need."""
        self._by_key: dict[_Key, list[int]] = {}
        self._by_atom: dict[str, list[int]] = {}
        for place, needed in zip(rules, _needed(rules.values()), strict=True):
            if needed is None:
                self._always.append(place)
                continue
            for key in needed:
                self._by_key.setdefault(key, []).append(place)
            for atom in {atom for atom, _ in needed}:
                self._by_atom.setdefault(atom, []).append(place)

    def by(self, rule: Seen | None) -> Iterable[int]:
        """The places of those that a rule may imply, in order; None: a rule that is met everywhere."""
        if rule is None:
            return self._everywhere
        if not rule.met:
            return self._places
        found = min((self._in(world, rule.reads) for world in rule.met), key=lambda lists: sum(map(len, lists)))
        return (place for place, _ in groupby(merge(self._everywhere, self._always, *found)))

    def _in(self, world: PossibleWorld, reads: Set[str]) -> list[list[int]]:
        """Those that are not refuted in a world, as far as anybody can tell; what no rule reads may be anything."""
        found: list[list[int]] = []
        for atom in self._by_atom.keys() & reads:
            words = _words(world.get(atom))
            if words:
                found += [self._by_key.get((atom, word), []) for word in (*words, None)]
            else:
                found.append(self._by_atom[atom])
        return found


def _words(value: Value) -> tuple[str, ...]:
    """The text, or the texts of a list; nothing of all else."""
    if isinstance(value, str):
        return (value,)
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()


def _needed(rules: Collection[Seen]) -> list[_Needed | None]:
    """What each rule needs, that by which the fewest are found; None where nothing is known."""
    each = [id(rule) for rule in rules]  # the same rule is the same object
    ways = {id(rule): _ways(rule.tree) for rule in {id(rule): rule for rule in rules}.values()}
    common = Counter(key for one in each for key in {key for needed in ways[one] for key in needed})
    return [
        min(ways[one], key=lambda keys: max((common[key] for key in keys), default=0), default=None) for one in each
    ]


def _ways(tree: Node) -> list[_Needed]:
    """In which ways a rule may be looked up."""
    domains = Domains([tree], AS_OF)
    axes = domains.axes()
    if len(axes) > _MOST_ATOMS:
        return []
    part, worded = _Part(tree, domains), domains.worded()
    keys: dict[str, list[_Key]] = {
        atom: [(atom, word) for word in words] for atom, (words, _) in worded.items() if words
    }
    others: dict[str, Value] = {
        **{atom: worded[atom][1] for atom in keys},
        **dict.fromkeys(domains.free, False),
    }
    ways: list[_Needed] = [
        tuple(key for atom in stated for key in keys.get(atom, [(atom, None)]))
        for stated in (*({atom: other} for atom, other in others.items()), others)
        if part.is_refuted_by(stated)
    ]
    for atom, values in axes.items():
        if any(part.is_refuted_by({atom: value}) for value in values):
            ways.append(((atom, None),))
    return ways


class _Part:
    """A rule of which only some atoms are known: every leaf that reads another one may come to anything."""

    def __init__(self, tree: Node, domains: Domains) -> None:
        self._evaluate = COMPILER.compile(domains.skeleton(tree))
        self._leaves = [
            (leaf.key, domains.atoms(leaf.node), COMPILER.compile(domains.simplified(leaf.node)))
            for leaf in domains.leaves
        ]

    def is_refuted_by(self, stated: Mapping[str, Value]) -> bool:
        """Whether it is false whatever the other atoms are."""
        case = PossibleCase(stated, AS_OF)
        known = {key: evaluate(None, case) for key, atoms, evaluate in self._leaves if atoms <= stated.keys()}
        return truth_of(self._evaluate(None, PossibleCase(known, AS_OF))) is False
