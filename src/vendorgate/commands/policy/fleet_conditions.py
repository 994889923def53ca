"""The conditions of rules over all usages of a fleet: those outside, and those that are asked of each usage.

In: a checked rule of `fleet.yaml`. Out: nodes; what goes through the usages, with what picks them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from ...logic import Literal, Node, Operation
from ...logic.kleene import CHOICES, JUNCTIONS
from ...logic.members import QUANTIFIERS
from ...logic.paths import COUNT, is_of_all
from ...logic.tree import children
from .conditions import conditions_of

_OVER_ALL: Final = (*QUANTIFIERS, COUNT)


class OverAll(msgspec.Struct, frozen=True):
    """A part of a rule that goes through usages: a quantifier, or a count."""

    node: Operation
    filters: tuple[Node, ...]
    """Conditions that pick usages, the one that is asked first in front."""

    @property
    def body(self) -> Node:
        """What is asked of each usage that is picked: a condition, or the value that is counted."""
        return self.node.arguments[1]

    @property
    def asked(self) -> tuple[Node, ...]:
        """All conditions that one usage is asked, in their order."""
        return self.filters if self.node.name == COUNT else (*self.filters, self.body)


def is_over_all(node: Node) -> bool:
    """Whether a node goes through all usages, or those of them that filters pick."""
    return isinstance(node, Operation) and node.name in _OVER_ALL and is_of_all(node.arguments[0])


def over_all(tree: Node) -> Iterator[OverAll]:
    """All parts of a rule that go through usages, in reading order; none stands in another."""
    if isinstance(tree, Operation) and is_over_all(tree):
        yield OverAll(tree, tuple(_filters(tree.arguments[0])))
        return
    for one in children(tree):
        yield from over_all(one)


def _filters(collection: Node) -> Iterator[Node]:
    if isinstance(collection, Operation) and collection.name == "filter":
        over, condition = collection.arguments
        yield from _filters(over)
        yield condition


def outer_conditions(node: Node) -> Iterator[Node]:
    """A condition and those that it joins, where no usage is read; true and false written out are none."""
    if not isinstance(node, Literal):
        yield node
    if isinstance(node, Operation) and node.name in (*JUNCTIONS, *CHOICES):
        for one in node.arguments:
            yield from outer_conditions(one)


def all_conditions(tree: Node) -> Iterator[Node]:
    """Every condition of a rule: those outside, then those that usages are asked; true and false written out, too."""
    yield tree
    if isinstance(tree, Operation) and tree.name in (*JUNCTIONS, *CHOICES):
        for one in tree.arguments:
            yield from all_conditions(one)
        return
    for part in over_all(tree):
        for asked in part.asked:
            yield from conditions_of(asked)
