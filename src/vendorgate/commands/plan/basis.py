"""What a policy rests on for an offering, as far as days can change it.

In: a policy and an offering. Out: the cells whose evidence ages, the kinds of agreement, and the rules that count days,
of its own rules and of every registry condition that they come to ask for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from ...evaluate.reading import cells_behind
from ...logic import Node
from ...model.asking import kinds_of
from ...model.policy import Policy
from ...model.registry import Cell, Offering
from ...source import Location, Path
from .day_rules import DayRule, day_rules


class Basis(msgspec.Struct, frozen=True):
    """What a policy rests on for an offering, and days can change."""

    cells: tuple[Cell, ...]
    kinds: tuple[str, ...]
    """Of agreements."""
    day_rules: tuple[DayRule, ...]


def basis_of(policy: Policy, offering: Offering) -> Basis:
    """Everything that a policy can come to ask for, in the order in which it does."""
    own = list(_rules(policy))
    cells = cells_behind((tree for tree, _ in own), offering)
    rules = [*own, *(rule for cell in cells for rule in _conditions(offering, cell))]
    kinds = dict.fromkeys(kind for tree, _ in rules for kind in kinds_of(tree))
    found = (one for tree, locate in rules for one in day_rules(tree, locate))
    return Basis(cells, tuple(kinds), tuple(found))


LocatedRule = tuple[Node, Callable[[Path], Location]]
"""A rule, and what finds a place of it."""


def _rules(policy: Policy) -> Iterator[LocatedRule]:
    def locate(place: Path) -> Callable[[Path], Location]:
        return lambda below: policy.source.locate(("policies", policy.index, *place, *below))

    if policy.when is not None:
        yield policy.when, locate(("when",))
    for requirement in policy.require:
        yield requirement.tree, locate(requirement.place)


def _conditions(offering: Offering, cell: Cell) -> Iterator[LocatedRule]:
    source = offering.source_of(cell.dimension)

    def locate(index: int) -> Callable[[Path], Location]:
        return lambda below: source.locate(("dimensions", cell.dimension, "conditions", index, *below))

    for condition in cell.conditions:
        yield condition.tree, locate(condition.index)
