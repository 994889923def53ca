"""A rule as a tree.

In: a rule as plain JSON. Out: nodes that remember their place in it.
Refuses to judge: what the tree may contain is the checker's business.
"""

from __future__ import annotations

from typing import Union

import msgspec

from .values import Json

Place = tuple[Union[str, int], ...]
"""Steps from the root of the rule to a node: keys and list indices."""


class Literal(msgspec.Struct, frozen=True):
    """A value that stands for itself; also an object that is no operation, which only `apply` accepts."""

    value: Json
    place: Place = ()


class Sequence(msgspec.Struct, frozen=True):
    """A list whose items are evaluated."""

    items: tuple[Node, ...]
    place: Place = ()


class Operation(msgspec.Struct, frozen=True):
    """`{name: arguments}`; a lone argument may stand without its list."""

    name: str
    arguments: tuple[Node, ...]
    place: Place = ()


Node = Union[Literal, Sequence, Operation]


def parse(rule: Json, place: Place = ()) -> Node:
    """The tree of a rule."""
    if isinstance(rule, list):
        return Sequence(_items(rule, place), place)
    if isinstance(rule, dict) and len(rule) == 1:
        ((name, value),) = rule.items()
        inner = (*place, name)
        return Operation(name, _items(value, inner) if isinstance(value, list) else (parse(value, inner),), place)
    return Literal(rule, place)


def _items(rules: list[Json], place: Place) -> tuple[Node, ...]:
    """The trees of a list; most are texts, of which there is nothing to parse."""
    return tuple(
        [
            Literal(item, (*place, index)) if item.__class__ is str else parse(item, (*place, index))
            for index, item in enumerate(rules)
        ]
    )


def unparse(node: Node) -> Json:
    """The rule that a tree stands for, a lone scalar argument without its list."""
    if isinstance(node, Literal):
        return node.value
    if isinstance(node, Sequence):
        return [unparse(item) for item in node.items]
    if len(node.arguments) == 1 and not isinstance(node.arguments[0], Sequence):
        return {node.name: unparse(node.arguments[0])}
    return {node.name: [unparse(argument) for argument in node.arguments]}


def walk(node: Node) -> list[Node]:
    """Every node of the tree, parents before their children."""
    found: list[Node] = []
    waiting = [node]
    while waiting:
        current = waiting.pop()
        found.append(current)
        waiting.extend(reversed(children(current)))
    return found


def children(node: Node) -> tuple[Node, ...]:
    if isinstance(node, Operation):
        return node.arguments
    return node.items if isinstance(node, Sequence) else ()
