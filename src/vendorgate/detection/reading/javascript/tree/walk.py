"""Where the walk through a syntax tree is, and what it has found last.

In: a text and its tree. Out: `Walk`, which the functions of `values` and `statements` go on with, and what a node's
children are.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple, TypeAlias

from tree_sitter import Node

from ....code import UNKNOWN, Path, Value
from ..gathering import Gathering, Scope
from ..reader import Steps

Visit: TypeAlias = Callable[["Walk", Node, Scope, str], Steps]
_WIDE: Final = re.compile(r"[^\x00-\x7f]")


class MisreadError(Exception):
    """The grammar has read something otherwise than the language does."""


class Left(NamedTuple):
    """A part that is read later, as what is around it does not turn on it."""

    kind: str
    """`block`, `class` or `enum`."""
    node: Node
    scope: Scope


class Walk:
    """A text with its tree, and what was found last."""

    def __init__(self, text: str, written: bytes, visit: Visit) -> None:
        self.gathering = Gathering(text)
        self.visit = visit
        """What reads any node, which all that holds others asks."""
        self.value: Value = UNKNOWN
        """What was read last."""
        self.path: Path = ()
        """The path that was read last, if it is one that may be assigned to."""
        self.owned = False
        """Whether that was a member of `this`."""
        self.guarded = False
        """Whether `&&` was read since somebody asked."""
        self.handed = ""
        """The module that the next function is handed."""
        self.nesting = 0
        self.left: list[Left] = []
        self._wide: list[int] = []
        """Where characters end that take more than one byte."""
        self._extra: list[int] = [0]
        """How many bytes more than characters there are up to then."""
        if len(text) != len(written):
            self._measure(text)

    def _measure(self, text: str) -> None:
        extra = 0
        for found in _WIDE.finditer(text):
            more = len(found[0].encode("utf-8", "replace")) - 1
            extra += more
            self._wide.append(found.end() + extra)
            self._extra.append(extra)

    def offset(self, node: Node) -> int:
        """Where a node begins, counted in characters."""
        start = node.start_byte
        return start - self._extra[bisect_right(self._wide, start)] if self._wide else start

    def later(self, kind: str, node: Node | None, scope: Scope) -> None:
        """Read this part later."""
        if node is not None:
            self.left.append(Left(kind, node, scope))


def text(node: Node | None) -> str:
    """What stands there."""
    held = node.text if node is not None else None  # the grammar copies it each time that it is asked
    return held.decode("utf-8", "replace") if held else ""


def parts(node: Node) -> Iterator[Node]:
    """The children that have names in the grammar, without comments."""
    return (child for child in node.named_children if child.type != "comment")


def has(node: Node, mark: str) -> bool:
    """Whether a mark or a word stands directly in a node."""
    return any(child.type == mark for child in node.children)


def field(node: Node, name: str) -> Node | None:
    """A child by what it is for."""
    return node.child_by_field_name(name)
