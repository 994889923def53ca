"""Fields of a manifest by which a policy asks for something else, or for nothing, of the same offering.

In: a result. Out: names of fields, each once. Where there are any, it is untrue that nothing in the manifest lifts it.
Which data is sent, about whom, what for and where is never changed for a verdict, once it is declared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from ..logic import Node, Operation
from ..logic.kleene import CHOICES
from ..logic.paths import reads, words_of
from ..logic.tree import Literal, children
from ..model.registry import Cell
from ..model.result import Result

_SAME: Final = frozenset(("data", "subjects", "purpose", "environment", "route", "offering", "account", "vendor"))
"""Fields that say what the use is, and which route; attributes of the use are others."""
_JOINING: Final = frozenset(("and", "or", "!!", *CHOICES))
"""Operators under which a rule asks for coverage; under any other it may ask for none."""
_DECLARED_BY: Final = {
    **{axis: f"usage.{axis}" for axis in ("endpoints", "models", "features", "lifecycle")},
    "regions": "usage.region",
    "cloud_regions": "usage.cloud_region",
}
"""By the axis of a scope: the path of what is held against it."""


def asked_by(result: Result) -> tuple[str, ...]:
    """Fields that say whether what a result lacks is asked for."""
    walk = _Walk(result.subject.offering.cells)
    paths = [*reads(result.policy.when)] if result.policy.when is not None else []
    for one in result.requirements:
        if one.outcome != "pass":
            paths.extend(walk.deciding(one.requirement.tree))
    return tuple(dict.fromkeys(path.partition(".")[2] for path in paths if _is_changed(path, result)))


def _is_changed(path: str, result: Result) -> bool:
    root, _, field = path.partition(".")
    if root != "usage":
        return path == "primary.region"
    of_the_use = field in _SAME or field.startswith("attributes.")
    return not of_the_use or path not in result.subject.stated


def _is_of_vendor(rule: Node) -> bool:
    """Whether what the registry says decides a rule."""
    paths = (path.partition(".")[0] for path in reads(rule))
    return bool(words_of(rule, "covered", "documented")) or not {"registry", "offering"}.isdisjoint(paths)


class _Walk:
    """Through rules, and the conditions of the cells that these ask for, each cell once."""

    __slots__ = ("_cells", "_met")

    def __init__(self, cells: Mapping[str, Cell]) -> None:
        self._cells = cells
        self._met: set[tuple[str, bool]] = set()

    def deciding(self, node: Node, *, turned: bool = False) -> Iterator[str]:
        """The paths of conditions of choices, and of all that coverage rests on where it may be unwanted."""
        inner = turned
        if isinstance(node, Operation):
            if node.name in ("covered", "documented") and isinstance(node.arguments[0], Literal):
                yield from self._of_cell(str(node.arguments[0].value), turned=turned)
            if node.name in CHOICES:
                # Where what a vendor documents is to choose and is not known, all branches together can settle it.
                chosen_by = node.arguments[:-1:2]
                for part in node.arguments if any(map(_is_of_vendor, chosen_by)) else chosen_by:
                    yield from reads(part)
            inner = turned or node.name not in _JOINING
        for child in children(node):
            yield from self.deciding(child, turned=inner)

    def _of_cell(self, dimension: str, *, turned: bool) -> Iterator[str]:
        cell = self._cells.get(dimension)
        if cell is None or (dimension, turned) in self._met:
            return
        self._met.add((dimension, turned))
        if turned:
            scope = cell.written.scope
            yield from (path for axis, path in _DECLARED_BY.items() if getattr(scope, axis, None) is not None)
            yield from ("usage.tier",) if cell.written.tier is not None else ()
        for condition in cell.conditions:
            yield from reads(condition.tree) if turned else ()
            yield from self.deciding(condition.tree, turned=turned)
