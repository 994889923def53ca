"""What a checked rule asks for, the paths that it reads and the words that it names, and groups of operators.

In: a tree. Out: texts, in the order in which the rule has them.
"""

from __future__ import annotations

from typing import Final

from .tree import Literal, Node, Operation, Sequence, children

NEGATIONS: Final = ("!", "not")
JUNCTIONS: Final = ("and", "or", *NEGATIONS, "!!")
CHOICES: Final = ("if", "?:")
ORDERS: Final = ("<", "<=", ">", ">=")
COMPARISONS: Final = ("==", "!=", "===", "!==", *ORDERS)
KNOWLEDGE: Final = ("known", "missing", "missing_some")
"""Operators that ask whether a path holds something."""
ITERATIONS: Final = ("map", "filter", "reduce", "all", "some", "none")


def reads(tree: Node, operators: tuple[str, ...] = ("var", *KNOWLEDGE)) -> tuple[str, ...]:
    """Every path of the outermost data that a checked rule reads, in the order in which it names them; those that it
    reads by some operators alone: `var` reads values, the others whether there is one."""
    found: dict[str, None] = {}
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Operation) and node.name in operators:
            for item in _paths(node):
                found.setdefault(item)
        waiting.extend(reversed(children(node)))
    return tuple(found)


def _paths(node: Operation) -> list[str]:
    named = node.arguments[:1] if node.name in ("var", "known") else node.arguments
    items = [item for path in named for item in (path.items if isinstance(path, Sequence) else (path,))]
    return [item.value for item in items if isinstance(item, Literal) and isinstance(item.value, str)]


def words_of(tree: Node, *operators: str) -> tuple[str, ...]:
    """The literal first arguments of the named operators, in the order in which the rule names them.

    The rule may have been refused: an operator may have no argument at all.
    """
    found: dict[str, None] = {}
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Operation) and node.name in operators:
            found.update((str(one.value), None) for one in node.arguments[:1] if isinstance(one, Literal))
        waiting.extend(reversed(children(node)))
    return tuple(found)
