"""What YAML, JSON, TOML and HCL have in common: values with their places, and ways through them.

In: nothing. Out: `Leaf`, `Branch` and `Row`, which readers make, and what extractors ask of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

import msgspec

from ..code import Place

MOST_LEVELS: Final = 60
"""Deeper than any file that somebody wrote; readers stop there."""
MOST_NODES: Final = 60_000
"""More values than a configuration has; readers stop there, so that no file takes a second."""
_MOST_WALKED: Final = 200_000


class Leaf(msgspec.Struct, frozen=True):
    """A value that holds no others, as written: `true`, `3`, `gpt-5.2`; nothing is the empty text."""

    value: str
    place: Place
    is_expression: bool = False
    """Whether it is no text but something to be worked out, such as `var.region`."""


class Branch(msgspec.Struct, frozen=True):
    """Keys with values, in their order; a key may stand twice."""

    entries: tuple[tuple[Leaf, Node], ...]
    place: Place


class Row(msgspec.Struct, frozen=True):
    """Values one after the other."""

    items: tuple[Node, ...]
    place: Place


Node: TypeAlias = Leaf | Branch | Row

Path: TypeAlias = tuple[str, ...]
"""Keys from the root; a row adds none."""


def at(node: Node | None, *keys: str) -> Node | None:
    """What stands below these keys; of a key that stands twice the last one counts."""
    for key in keys:
        if not isinstance(node, Branch):
            return None
        node = next((value for name, value in reversed(node.entries) if name.value == key), None)
    return node


def text(node: Node | None, *keys: str) -> Leaf | None:
    """The leaf below these keys, where it says anything."""
    found = at(node, *keys)
    return found if isinstance(found, Leaf) and found.value.strip() else None


def first_text(node: Node | None, *keys: str) -> Leaf | None:
    """The first of several keys that has a text."""
    return next((found for key in keys if (found := text(node, key)) is not None), None)


def entries(node: Node | None) -> tuple[tuple[Leaf, Node], ...]:
    """The entries of a branch; of anything else none."""
    return node.entries if isinstance(node, Branch) else ()


def items(node: Node | None) -> tuple[Node, ...]:
    """The items of a row; of anything else none."""
    return node.items if isinstance(node, Row) else ()


def texts(node: Node | None) -> tuple[Leaf, ...]:
    """The leaves of a row, or the one leaf that it is."""
    if isinstance(node, Leaf):
        return (node,) if node.value.strip() else ()
    return tuple(one for one in items(node) if isinstance(one, Leaf) and one.value.strip())


def walk(node: Node | None) -> Iterator[tuple[Path, Leaf]]:
    """Every leaf with its keys, in the order of the file."""
    for path, found in nodes(node):
        if isinstance(found, Leaf):
            yield path, found


def branches(node: Node | None) -> Iterator[tuple[Path, Branch]]:
    """Every branch with its keys, the outer ones first."""
    for path, found in nodes(node):
        if isinstance(found, Branch):
            yield path, found


def nodes(node: Node | None) -> Iterator[tuple[Path, Node]]:
    """Every node with its keys, in the order of the file; what aliases repeat is bounded."""
    open: list[tuple[Path, Node]] = [((), node)] if node is not None else []
    for _ in range(_MOST_WALKED):
        if not open:
            return
        path, one = open.pop()
        yield path, one
        if isinstance(one, Branch):
            open.extend(((*path, key.value), value) for key, value in reversed(one.entries))
        elif isinstance(one, Row):
            open.extend((path, item) for item in reversed(one.items))
