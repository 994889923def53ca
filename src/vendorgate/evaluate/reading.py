"""What a rule rests on, and what it is made of: cells of the registry, paths, signs, leaves, values written out.

In: a checked rule, an offering. Out: cells, paths, signs, nodes, values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeGuard

from ..logic import Json, Literal, Node, Operation, walk
from ..logic.kleene import CHOICES, JUNCTIONS
from ..logic.tree import children
from ..model.asking import OBSERVED, SIGNS, dimensions_of
from ..model.registry import Cell, Offering

_BY_WORD: Final = (*SIGNS, OBSERVED)
ROOTS: Final = ("usage", "primary", "project", "offering", "registry", "agreements", "repository", "today")


def path_of(node: Node) -> str | None:
    """The path that a `var` of the outermost data reads."""
    if isinstance(node, Operation) and node.name == "var" and isinstance(node.arguments[0], Literal):
        value = node.arguments[0].value
        return value if isinstance(value, str) and value.partition(".")[0] in ROOTS else None
    return None


def atoms_of(tree: Node) -> set[str]:
    """The paths that a rule reads, the signs that it asks for, and what it asks to be observed."""
    found = set()
    for node in walk(tree):
        path = path_of(node)
        if path is not None:
            found.add(path)
        elif isinstance(node, Operation) and node.name in _BY_WORD and isinstance(node.arguments[0], Literal):
            found.add(f"{node.name} {node.arguments[0].value}")
        elif isinstance(node, Operation) and node.name == "known" and isinstance(node.arguments[0], Literal):
            found.add(str(node.arguments[0].value))
    return found


def leaves_of(tree: Node) -> Iterator[Node]:
    """The conditions of a rule that have no conditions in them, quantifiers whole."""
    if isinstance(tree, Operation) and tree.name in (*JUNCTIONS, *CHOICES):
        for argument in tree.arguments:
            yield from leaves_of(argument)
    else:
        yield tree


def is_number(value: Json) -> TypeGuard[float]:
    """Whether a value is a number, and no boolean."""
    return type(value) in (int, float)


def literals_of(leaves: Iterable[Node]) -> list[Json]:
    """Every value written out in leaves, those of `var` paths and words of signs aside."""
    found: list[Json] = []
    for leaf in leaves:
        waiting: list[Node] = [leaf]
        while waiting:
            node = waiting.pop()
            if isinstance(node, Literal):
                found.append(node.value)
            elif isinstance(node, Operation) and node.name in (*_BY_WORD, "known"):
                continue
            elif isinstance(node, Operation) and node.name == "var":
                waiting.extend(node.arguments[1:])
            else:
                waiting.extend(children(node))
    return found


def cells_behind(
    trees: Iterable[Node], offering: Offering, asks: Callable[[Node], Iterable[str]] = dimensions_of
) -> tuple[Cell, ...]:
    """The cells of an offering that rules come to ask for, by themselves or through the conditions of other cells.

    Each once, in the order in which they are asked for. `asks` gives the dimensions that one rule asks for.
    """
    found: dict[str, Cell] = {}
    waiting = list(trees)
    for tree in waiting:  # which grows meanwhile
        for name in asks(tree):
            cell = offering.cells.get(name)
            if cell is not None and name not in found:
                found[name] = cell
                waiting.extend(condition.tree for condition in cell.conditions)
    return tuple(found.values())
