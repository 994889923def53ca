"""How much work a rule can be, whatever it is asked about.

In: a tree. Out: how many nodes are worked out at most. The lists that inputs state are counted as one element: how long
they are, the limits of files say. A rule that makes longer and longer values comes to unknown (`operators`).
"""

from __future__ import annotations

from typing import Final

from .tree import Literal, Node, Operation, Sequence, children
from .values import LONGEST_LIST

MOST: Final = 100_000
"""Nodes that may be worked out for one rule; those that ship need less than a hundred."""
_ITERATIONS: Final = frozenset(("map", "filter", "all", "some", "none", "reduce"))
_AS_LONG: Final = frozenset(("map", "filter"))
_ONE_OF: Final = frozenset(("if", "?:", "and", "or", "log"))


def effort(node: Node) -> int:
    """How many nodes are worked out at most, quantifiers in quantifiers multiplied."""
    if type(node) is Literal:
        return 1
    if isinstance(node, Operation) and node.name in _ITERATIONS and len(node.arguments) > 1:
        over, body, *others = node.arguments
        return 1 + effort(over) + max(1, _length(over)) * effort(body) + sum(map(effort, others))
    return 1 + sum(map(effort, children(node)))


def _length(node: Node) -> int:
    """How many elements a list has at most; of one that is read, one."""
    if isinstance(node, Sequence):
        return len(node.items)
    if isinstance(node, Literal) or not node.arguments:
        return 1
    if node.name in _AS_LONG:
        return _length(node.arguments[0])
    if node.name == "reduce":
        return LONGEST_LIST
    lengths = [_length(one) for one in node.arguments]
    if node.name == "merge":
        return sum(lengths)
    return max(lengths) if node.name in _ONE_OF else 1
