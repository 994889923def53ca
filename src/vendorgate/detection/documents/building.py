"""Collections that are open while a file is read, without recursion.

In: keys and values as a reader meets them. Out: nodes, also of a file that ends too early.
"""

from __future__ import annotations

from ..code import Place
from .node import MOST_LEVELS, MOST_NODES, Branch, Leaf, Node, Row


class Full(Exception):
    """There is more than anybody reads: too deep, or too many values."""


class Open:
    """One collection that is being read."""

    __slots__ = ("anchor", "before", "entries", "is_branch", "items", "key", "place")

    def __init__(self, place: Place, is_branch: bool, anchor: str | None = None, before: int = 0) -> None:
        self.place = place
        self.is_branch = is_branch
        self.anchor = anchor
        self.before = before
        """Nodes that had been made before it."""
        self.key: Leaf | None = None
        self.entries: list[tuple[Leaf, Node]] = []
        self.items: list[Node] = []

    def put(self, node: Node) -> None:
        """Add a value; in a branch a leaf without a key before it is the key."""
        if not self.is_branch:
            self.items.append(node)
        elif self.key is not None:
            self.entries.append((self.key, node))
            self.key = None
        else:
            self.key = node if isinstance(node, Leaf) else Leaf("", node.place)

    def closed(self) -> Node:
        """The collection with all that it got."""
        if not self.is_branch:
            return Row(tuple(self.items), self.place)
        if self.key is not None and self.key.value:
            self.entries.append((self.key, Leaf("", self.key.place)))
        return Branch(tuple(self.entries), self.place)


class Building:
    """Open collections, the innermost last, and the roots that are done."""

    def __init__(self) -> None:
        self.open: list[Open] = []
        self.roots: list[Node] = []
        self.made = 0
        """How many nodes there are, those that aliases repeat counted again."""

    def put(self, node: Node, size: int = 1) -> None:
        """Hand a value to the innermost collection."""
        self.made += size
        if self.made > MOST_NODES:
            raise Full
        if self.open:
            self.open[-1].put(node)
        else:
            self.roots.append(node)

    def start(self, place: Place, *, is_branch: bool, anchor: str | None = None) -> None:
        """Open a collection."""
        if len(self.open) >= MOST_LEVELS:
            raise Full
        self.open.append(Open(place, is_branch, anchor, self.made))

    def end(self) -> tuple[Open, Node] | None:
        """Close the innermost collection; None where none is open."""
        if not self.open:
            return None
        ended = self.open.pop()
        node = ended.closed()
        if self.open:
            self.open[-1].put(node)
        else:
            self.roots.append(node)
        self.made += 1
        return ended, node

    def finish(self) -> list[Node]:
        """Close everything that is still open; the roots."""
        while self.open:
            self.end()
        return self.roots
