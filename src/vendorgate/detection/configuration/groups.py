"""Variables of the environment wherever a document sets them, and addresses wherever it holds them.

In: nodes, the catalogue. Out: sightings. A mapping whose keys are written like variables is a group, and so are a list
of names with values and blocks that stand one after the other: `env { name = "A_B" … }`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ..catalogue.catalogue import Catalogue
from ..documents.node import Branch, Leaf, Node, Row, first_text, nodes, walk
from ..sighting import Reach, Sighting
from .environment import Pair, environment
from .telling import vendor_address

_VARIABLE: Final = re.compile(r"[A-Z][A-Z0-9]*_[A-Z0-9_]+\Z")
_BLOCK: Final = re.compile(r"env(?:ironment)?(?:_?var(?:iable)?s?)?\Z", re.IGNORECASE)
"""What blocks are called that set one variable each."""
_NAMES: Final = ("name", "key", "Name", "secretKey")
_VALUES: Final = ("value", "Value", "defaultValue")
_MOST_PAIRS: Final = 4_000


def variables(
    document: Node, catalogue: Catalogue, reach: Reach = "used", named_reach: Reach = "declared"
) -> Iterator[Sighting]:
    """What every group of variables says."""
    left = _MOST_PAIRS
    for _, node in nodes(document):
        found = group(node)
        left -= len(found)
        if left < 0:
            return
        if found:
            yield from environment(found, catalogue, reach, named_reach=named_reach)


def is_variable(name: str) -> bool:
    """Whether a name is written like a variable."""
    return bool(_VARIABLE.match(name))


def group(node: Node) -> list[Pair]:
    """The variables that a node sets itself."""
    if isinstance(node, Branch):
        plain = [(name, _plain(value, name)) for name, value in node.entries if _VARIABLE.match(name.value)]
        blocks = [value for name, value in node.entries if isinstance(value, Branch) and _BLOCK.match(name.value)]
        return plain + [pair for one in blocks if (pair := _of_item(one)) is not None]
    if isinstance(node, Row):
        return [pair for one in node.items if (pair := _of_item(one)) is not None]
    return []


def _of_item(item: Node) -> Pair | None:
    if isinstance(item, Leaf):
        name, equals, value = item.value.partition("=")
        return (Leaf(name, item.place), Leaf(value, item.place)) if equals and _VARIABLE.match(name) else None
    name_leaf = first_text(item, *_NAMES)
    if name_leaf is None or not _VARIABLE.match(name_leaf.value):
        return None
    return name_leaf, first_text(item, *_VALUES) or Leaf("", name_leaf.place)


def _plain(value: Node, name: Leaf) -> Leaf:
    if isinstance(value, Leaf):
        return value
    return first_text(value, *_VALUES) or Leaf("", name.place)


def addresses(document: Node, catalogue: Catalogue, reach: Reach = "used") -> Iterator[Sighting]:
    """Hosts of vendors that a document holds, in whatever key."""
    for path, leaf in walk(document):
        if "." in leaf.value and not (path and _VARIABLE.match(path[-1])) and not re.search(r"\s", leaf.value):
            found = vendor_address(catalogue, leaf, reach=reach)
            if found is not None:
                yield found
