"""Rules and values in words, and how many there are.

In: trees and values. Out: one line each; escaping is the reports' business.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from . import tree
from .operators import GENERAL
from .tree import Literal, Node, Operation
from .values import Json, to_text

_WORDS: Final[Mapping[str, str]] = {name: row.words for name, row in GENERAL.items() if row.words}


class Wording:
    """Words for the rules of a dialect: phrases by operator, with `{0}`, `{1}` for the arguments."""

    def __init__(self, phrases: Mapping[str, str]) -> None:
        self._words = {**_WORDS, **phrases}

    def words(self, node: Node) -> str:
        """A rule in one line."""
        if isinstance(node, Literal):
            return value_words(node.value)
        if isinstance(node, tree.Sequence):
            return "[" + ", ".join(self.words(item) for item in node.items) + "]"
        if node.name == "var":
            return self.bare(node.arguments[0]) or "it"
        words = self._words.get(node.name, "")
        if "{0}" in words:
            return words.format(*(self.bare(argument) for argument in node.arguments))
        if words and len(node.arguments) > 1:
            return f" {words} ".join(self._inner(argument) for argument in node.arguments)
        return f"{node.name}({', '.join(self.words(argument) for argument in node.arguments)})"

    def bare(self, node: Node) -> str:
        """A rule in words, a text without its quotes."""
        return node.value if isinstance(node, Literal) and isinstance(node.value, str) else self.words(node)

    def _inner(self, node: Node) -> str:
        text = self.words(node)
        return f"({text})" if isinstance(node, Operation) and node.name in ("and", "or") else text


def value_words(value: Json) -> str:
    """A value as a reader knows it: text in back-ticks, a list of such, everything else as JSON has it."""
    if isinstance(value, str):
        return f"`{value}`"
    if isinstance(value, list):
        return "[" + ", ".join(value_words(item) for item in value) + "]"
    return "an object" if isinstance(value, dict) else to_text(value)


def count(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun: `1 day`, `2 days`."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def few(words: Sequence[str], most: int, more: str = "more") -> str:
    """The first of several words, and how many there are beside: `a, b and 3 more`."""
    return and_more(", ".join(words[:most]), len(words) - most, more)


def and_more(shown: str, left: int, more: str = "more") -> str:
    """What is shown, and how many are left, where any are."""
    return f"{shown} and {left} {more}" if left > 0 else shown
