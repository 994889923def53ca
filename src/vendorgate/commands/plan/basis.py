"""What a policy rests on for an offering, as far as days can change it.

In: a policy and an offering. Out: the cells whose evidence ages, the kinds of agreement, and the rules that count days,
of its own rules and of every registry condition that they come to ask for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from ...logic import Node
from ...logic.reading import reads, words_of
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
    dimensions: dict[str, None] = {}
    kinds: dict[str, None] = {}
    found: list[DayRule] = []
    rules = list(_rules(policy))
    for tree, locate in rules:
        found.extend(day_rules(tree, locate))
        kinds.update(dict.fromkeys(_named(tree, "agreements", "agreement")))
        for dimension in _named(tree, "registry", "covered", "documented"):
            if dimension not in dimensions and dimension in offering.cells:
                dimensions[dimension] = None
                rules.extend(_conditions(offering, offering.cells[dimension]))
    return Basis(tuple(offering.cells[name] for name in dimensions), tuple(kinds), tuple(found))


def _named(tree: Node, root: str, *operators: str) -> list[str]:
    """What a rule names by operators, or by the second step of the paths under a root."""
    steps = [path.split(".") for path in reads(tree)]
    return [*words_of(tree, *operators), *(path[1] for path in steps if path[0] == root and len(path) > 1)]


Rule = tuple[Node, Callable[[Path], Location]]
"""A rule, and what finds a place of it."""


def _rules(policy: Policy) -> Iterator[Rule]:
    def locate(place: Path) -> Callable[[Path], Location]:
        return lambda below: policy.source.locate(("policies", policy.index, *place, *below))

    if policy.when is not None:
        yield policy.when, locate(("when",))
    for requirement in policy.require:
        yield requirement.tree, locate(requirement.place)


def _conditions(offering: Offering, cell: Cell) -> Iterator[Rule]:
    def locate(index: int) -> Callable[[Path], Location]:
        return lambda below: offering.source.locate(("dimensions", cell.dimension, "conditions", index, *below))

    for condition in cell.conditions:
        yield condition.tree, locate(condition.index)
