"""What a checked rule asks for by its words: dimensions, kinds of agreement, settings, attributes.

In: a rule. Out: names, in the order in which the rule has them: those of operators first, then those of paths.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, cast

from ..logic import Node
from ..logic.paths import reads, words_of
from .vocabulary import Dimension

SIGNS: Final = ("covered", "documented", "agreement")
"""Operators that ask the registry or the register by one word."""
OBSERVED: Final = "observed"
"""The operator that asks by a path where a value comes from."""
_SETTING: Final = "usage.settings."
_ATTRIBUTE: Final = "usage.attributes."


def dimensions_of(tree: Node) -> tuple[Dimension, ...]:
    """The dimensions that a rule asks about; one may come more than once."""
    return cast("tuple[Dimension, ...]", (*words_of(tree, "covered", "documented"), *named_under(tree, "registry")))


def kinds_of(tree: Node) -> tuple[str, ...]:
    """The kinds of agreement that a rule asks about; one may come more than once."""
    return (*words_of(tree, "agreement"), *named_under(tree, "agreements"))


def asks_by_word(tree: Node) -> bool:
    """Whether a rule asks the registry, the register or the observations of a route otherwise than by paths."""
    return bool(words_of(tree, *SIGNS, OBSERVED))


def named_under(tree: Node, root: str) -> tuple[str, ...]:
    """The second steps of the paths under a root: dimensions under `registry`, kinds under `agreements`."""
    return tuple(path.split(".")[1] for path in reads(tree) if path.startswith(f"{root}."))


def settings_of(trees: Iterable[Node]) -> frozenset[str]:
    """The names of the settings that any of several rules reads, or of which one asks whether it is observed."""
    asked = (path for tree in trees for path in words_of(tree, OBSERVED) if path.startswith(_SETTING))
    return _names_under(_SETTING, trees).union(path.removeprefix(_SETTING) for path in asked)


def attributes_of(trees: Iterable[Node]) -> frozenset[str]:
    """The names of the attributes that any of several rules reads."""
    return _names_under(_ATTRIBUTE, trees)


def _names_under(prefix: str, trees: Iterable[Node]) -> frozenset[str]:
    return frozenset(path.removeprefix(prefix) for tree in trees for path in reads(tree) if path.startswith(prefix))


def facts_of(trees: Iterable[Node]) -> tuple[str, ...]:
    """The paths of the facts that any of several rules reads, each once."""
    found = (path for tree in trees for path in reads(tree) if path.startswith("registry."))
    return tuple(dict.fromkeys(path for path in found if path.split(".")[2:3] == ["facts"]))
