"""What rules ask for, each looked through once: a search asks it of the same rules again and again.

In: checked rules. Out: the paths that they read, the words that they name, their conditions that read a path.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec

from ..evaluate.reading import leaves_of
from ..logic import Json, Literal, Node, Operation, Sequence
from ..logic.paths import KNOWLEDGE, reads
from ..model.asking import OBSERVED

_READING: Final = frozenset(("var", *KNOWLEDGE))


class Asked(msgspec.Struct, frozen=True):
    """All that one rule asks for."""

    tree: Node
    """Kept, so that its id stays its own."""
    paths: frozenset[str]
    """That it reads."""
    whether_known: frozenset[str]
    """The paths of which it asks whether they hold something."""
    observed: frozenset[str]
    """The paths of which it asks whether they are observed."""
    dimensions: frozenset[str]
    kinds: frozenset[str]
    """Of agreements."""


class Asking:
    """What rules ask for, remembered by their ids."""

    __slots__ = ("_known", "_written")

    def __init__(self) -> None:
        self._known: dict[int, Asked] = {}
        self._written: dict[int, tuple[Node, list[Json], list[str]]] = {}
        """By rule: the values that are written out in it, and its operators."""

    def of(self, tree: Node) -> Asked:
        """What a rule, or a part of one, asks for."""
        found = self._known.get(id(tree))
        if found is None:
            found = self._known[id(tree)] = _asked(tree)
        return found

    def dimensions(self, tree: Node) -> frozenset[str]:
        """The dimensions that a rule asks about."""
        return self.of(tree).dimensions

    def leaves(self, trees: Iterable[Node], path: str) -> list[Node]:
        """The conditions of several rules that read a path, in the order in which the rules have them."""
        asking = [tree for tree in trees if self._reads(tree, path)]
        return [leaf for tree in asking for leaf in leaves_of(tree) if self._reads(leaf, path)]

    def observed(self, trees: Iterable[Node]) -> frozenset[str]:
        """The paths of which any of several rules asks whether they are observed."""
        asking = [self.of(tree).observed for tree in trees if OBSERVED in self._written_in(tree)[2]]
        return frozenset[str]().union(*asking)

    def _reads(self, tree: Node, path: str) -> bool:
        """A path that a rule reads is written out in it, which is seen sooner than all that it asks for."""
        return path in self._written_in(tree)[1] and path in self.of(tree).paths

    def _written_in(self, tree: Node) -> tuple[Node, list[Json], list[str]]:
        found = self._written.get(id(tree))
        if found is None:
            # The rule is kept beside them, so that its id stays its own.
            found = self._written[id(tree)] = tree, *_written(tree)
        return found


def _written(tree: Node) -> tuple[list[Json], list[str]]:
    """The values that are written out in a rule, and its operators."""
    values: list[Json] = []
    operators: list[str] = []
    nodes = [tree]
    for node in nodes:  # which grow meanwhile
        if type(node) is Literal:
            values.append(node.value)
        elif type(node) is Operation:
            operators.append(node.name)
            nodes.extend(node.arguments)
        elif type(node) is Sequence:
            nodes.extend(node.items)
    return values, operators


def _asked(tree: Node) -> Asked:
    paths, known = set[str](), set[str]()
    words: dict[str, list[str]] = {"covered": [], "documented": [], "agreement": [], OBSERVED: []}
    waiting: list[Node] = [tree]
    while waiting:
        node = waiting.pop()
        if type(node) is Operation:
            if node.name in _READING:
                read = _read_by(node)
                paths.update(read)
                if node.name != "var":
                    known.update(read)
            elif node.name in words:
                words[node.name].extend([str(one.value) for one in node.arguments[:1] if isinstance(one, Literal)])
            waiting.extend(node.arguments)
        elif type(node) is Sequence:
            waiting.extend(node.items)
    dimensions = frozenset((*words["covered"], *words["documented"], *_under("registry.", paths)))
    kinds = frozenset((*words["agreement"], *_under("agreements.", paths)))
    return Asked(tree, frozenset(paths), frozenset(known), frozenset(words[OBSERVED]), dimensions, kinds)


def _read_by(node: Operation) -> tuple[str, ...]:
    """The paths that an operation names, or that what stands in it reads."""
    if len(node.arguments) == 1:
        path = node.arguments[0]
        if type(path) is Literal:  # of nearly all
            return (path.value,) if isinstance(path.value, str) else ()
    return reads(node)


def _under(root: str, paths: Iterable[str]) -> list[str]:
    """The second steps of the paths that begin with a root and its dot."""
    return [path.split(".", 2)[1] for path in paths if path.startswith(root)]
