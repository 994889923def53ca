"""What patterns and parameters of a syntax tree bind.

In: the node of a pattern. Out: `Bound` names, each with the way to it in what is taken apart, and with its default.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tree_sitter import Node

from ..tokens import text_of
from .walk import field, parts, text

Way = tuple[str | int, ...]


class Bound(NamedTuple):
    """A name that a pattern binds."""

    name: str
    """Empty where only the default of a pattern within stands."""
    node: Node
    steps: Way
    default: Node | None

    @property
    def key(self) -> str:
        """The name by which a caller passes it."""
        return str(self.steps[0]) if self.steps and isinstance(self.steps[0], str) else self.name


def bound(pattern: Node) -> list[Bound]:
    """What a pattern binds, in the order of the file."""
    names: list[Bound] = []
    waiting: list[tuple[Node, Way, Node | None]] = [(pattern, (), None)]
    while waiting:
        node, steps, default = waiting.pop()
        if node.type in {"object_pattern", "array_pattern"}:
            if default is not None:
                names.append(Bound("", node, steps, default))
            inner = _of_object(node, steps) if node.type == "object_pattern" else _of_list(node, steps)
            waiting += reversed(list(inner))
        elif node.type in {"assignment_pattern", "object_assignment_pattern"}:
            left = field(node, "left")
            if left is not None:
                own = (*steps, text(left)) if left.type == "shorthand_property_identifier_pattern" else steps
                waiting.append((left, own, field(node, "right")))
        elif node.type == "rest_pattern":
            waiting += [(child, steps, default) for child in parts(node)]
        elif node.type in {"identifier", "shorthand_property_identifier_pattern"}:
            names.append(Bound(text(node), node, steps, default))
    return names


def _of_object(pattern: Node, steps: Way) -> Iterator[tuple[Node, Way, Node | None]]:
    for child in parts(pattern):
        if child.type == "pair_pattern":
            value = field(child, "value")
            if value is not None:
                yield value, (*steps, _key(field(child, "key"))), None
        elif child.type == "shorthand_property_identifier_pattern":
            yield child, (*steps, text(child)), None
        elif child.type == "rest_pattern":
            yield child, (*steps, -1), None
        else:
            yield child, steps, None


def _key(key: Node | None) -> str | int:
    if key is None or key.type in {"computed_property_name", "number"}:
        return -1
    return text_of(text(key)) if key.type == "string" else text(key)


def _of_list(pattern: Node, steps: Way) -> Iterator[tuple[Node, Way, Node | None]]:
    place = 0
    for child in pattern.children:
        if child.type == ",":
            place += 1
        elif child.is_named and child.type != "comment":
            yield child, (*steps, place), None


def parameters(node: Node) -> list[Bound]:
    """What parameters bind: those in parentheses, or the one of a short arrow."""
    if node.type == "identifier":
        return [Bound(text(node), node, (), None)]
    names: list[Bound] = []
    for child in parts(node):
        pattern = field(child, "pattern") if child.type in {"required_parameter", "optional_parameter"} else child
        if pattern is None:
            continue
        found = bound(pattern)
        default = field(child, "value")
        if default is not None and pattern.type == "identifier":
            found = [one._replace(default=default) for one in found]
        elif default is not None:
            found.append(Bound("", pattern, (), default))
        names += found
    return names
