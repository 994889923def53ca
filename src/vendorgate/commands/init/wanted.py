"""What the registry's conditions want of a setting: the values with which they hold.

In: an offering, the name of a setting. Out: values, by dimension.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...evaluate.reading import path_of
from ...logic import Json, Literal, Node, Operation
from ...logic.nearest import typo
from ...logic.tree import Sequence as Items
from ...logic.wording import value_words
from ...model.registry import Offering


def wanted_words(offering: Offering, setting: str) -> str:
    """What conditions want of a setting, in a line; empty where none says."""
    found: dict[tuple[str, ...], list[str]] = {}
    for dimension, cell in offering.cells.items():
        values = [one for condition in cell.conditions for one in _wanted(condition.tree, f"usage.settings.{setting}")]
        if values:
            shown = tuple(dict.fromkeys(value_words(value).strip("`") for value in values))
            found.setdefault(shown, []).append(dimension)
    return "; ".join(f"{', '.join(dimensions)}: {' or '.join(values)}" for values, dimensions in found.items())


def meant_setting(offering: Offering, setting: str) -> str | None:
    """The setting that is meant by one that no condition reads, where its letters are nearly those of one."""
    return None if setting in offering.settings_read else typo(setting, offering.settings_read)


def _wanted(node: Node, path: str) -> Iterator[Json]:
    """Values with which a path makes a rule hold, or may; what it must not be is none."""
    if not isinstance(node, Operation):
        return
    if node.name in ("and", "or", "if", "?:"):
        for one in node.arguments:
            yield from _wanted(one, path)
    elif node.name in ("==", "===") and len(node.arguments) == 2:
        for one, other in (node.arguments, node.arguments[::-1]):
            if path_of(one) == path and isinstance(other, Literal):
                yield other.value
    elif node.name == "in" and path_of(node.arguments[0]) == path:
        yield from _listed(node.arguments[1])


def _listed(node: Node) -> Iterator[Json]:
    if isinstance(node, Items):
        yield from (one.value for one in node.items if isinstance(one, Literal))
    elif isinstance(node, Literal) and isinstance(node.value, list):
        yield from node.value
