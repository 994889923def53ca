"""The conditions of a rule: its nodes of which only the truth counts.

In: a checked rule. Out: its conditions in reading order, each with the paths that say where it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from ...logic import Literal, Node, Operation
from ...logic.kleene import CHOICES, JUNCTIONS
from ...model.policy import Policy
from ...source import Path

QUANTIFIERS = ("all", "some", "none", "filter")


class PolicyCondition(msgspec.Struct, frozen=True):
    """A node whose truth counts."""

    node: Node
    place: Path
    """In the policy's file."""


class PolicyRule(msgspec.Struct, frozen=True):
    """`when` or one requirement of a policy."""

    tree: Node
    place: Path
    """In the policy's file."""

    def conditions(self) -> tuple[PolicyCondition, ...]:
        """The rule itself and every condition in it; true and false written out are none."""
        nodes = conditions_of(self.tree)
        return tuple(
            PolicyCondition(node, (*self.place, *node.place)) for node in nodes if not isinstance(node, Literal)
        )


def rules_of(policy: Policy) -> tuple[PolicyRule, ...]:
    """`when`, where there is one, then the requirements."""
    place: Path = ("policies", policy.index)
    when = () if policy.when is None else (PolicyRule(policy.when, (*place, "when")),)
    return (*when, *(PolicyRule(one.tree, (*place, *one.place)) for one in policy.require))


def conditions_of(node: Node) -> Iterator[Node]:
    """A condition and those in it, parents first."""
    yield node
    if not isinstance(node, Operation):
        return
    if node.name in JUNCTIONS or node.name in CHOICES:
        inner = node.arguments
    elif node.name in QUANTIFIERS and len(node.arguments) > 1:
        inner = node.arguments[1:2]
    else:
        inner = ()
    for argument in inner:
        yield from conditions_of(argument)


def with_atoms(tree: Node, called: Callable[[Node], str | None]) -> Node:
    """A rule of which each condition without conditions in it is read from an atom, where that is called something."""
    if isinstance(tree, Operation) and tree.name in (*JUNCTIONS, *CHOICES):
        return Operation(tree.name, tuple(with_atoms(one, called) for one in tree.arguments), tree.place)
    name = called(tree)
    return tree if name is None else Operation("var", (Literal(name),), tree.place)
