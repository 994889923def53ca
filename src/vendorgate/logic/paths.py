"""What a checked rule asks for, the paths that it reads and the words that it names, and groups of operators.

In: a tree. Out: texts, in the order in which the rule has them.
"""

from __future__ import annotations

from typing import Final

from .tree import Literal, Node, Operation, Sequence

ORDERS: Final = ("<", "<=", ">", ">=")
COMPARISONS: Final = ("==", "!=", "===", "!==", *ORDERS)
KNOWLEDGE: Final = ("known", "missing", "missing_some")
"""Operators that ask whether a path holds something."""
ITERATIONS: Final = ("map", "filter", "reduce", "all", "some", "none")
COUNT: Final = "count_distinct"
"""Counts over all usages; of rules over all usages alone, like the list of them."""
USAGES: Final = "usages"


def is_of_all(node: Node) -> bool:
    """Whether a node is the list of all usages, or those of such a list that a `filter` picks."""
    while isinstance(node, Operation) and node.name == "filter" and len(node.arguments) == 2:
        node = node.arguments[0]
    if not isinstance(node, Operation) or node.name != "var" or len(node.arguments) != 1:
        return False
    path = node.arguments[0]
    return isinstance(path, Literal) and path.value == USAGES


def reads(tree: Node, operators: tuple[str, ...] = ("var", *KNOWLEDGE)) -> tuple[str, ...]:
    """Every path of the outermost data that a checked rule reads, in the order in which it names them; those that it
    reads by some operators alone: `var` reads values, the others whether there is one."""
    found: dict[str, None] = {}
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if type(node) is Operation:
            if node.name in operators:
                found.update(dict.fromkeys(_paths(node)))
            waiting.extend(node.arguments[::-1])
        elif type(node) is Sequence:
            waiting.extend(node.items[::-1])
    return tuple(found)


def _paths(node: Operation) -> list[str]:
    named = node.arguments[:1] if node.name in ("var", "known") else node.arguments
    items: list[Node] = []
    for path in named:
        items.extend(path.items if type(path) is Sequence else (path,))
    return [item.value for item in items if type(item) is Literal and isinstance(item.value, str)]


def words_of(tree: Node, *operators: str) -> tuple[str, ...]:
    """The literal first arguments of the named operators, in the order in which the rule names them.

    The rule may have been refused: an operator may have no argument at all.
    """
    found: dict[str, None] = {}
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if type(node) is Operation:
            if node.name in operators:
                found.update((str(one.value), None) for one in node.arguments[:1] if isinstance(one, Literal))
            waiting.extend(node.arguments[::-1])
        elif type(node) is Sequence:
            waiting.extend(node.items[::-1])
    return tuple(found)
