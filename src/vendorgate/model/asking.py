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


def dimensions_of(tree: Node, paths: Iterable[str] | None = None) -> tuple[Dimension, ...]:
    """The dimensions that a rule asks about; one may come more than once. `paths` has those that it reads, if known."""
    read = reads(tree) if paths is None else paths
    named = (path.split(".")[1] for path in read if path.startswith("registry."))
    return cast("tuple[Dimension, ...]", (*words_of(tree, "covered", "documented"), *named))


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
    return settings_among(path for tree in trees for path in (*reads(tree), *words_of(tree, OBSERVED)))


def settings_among(paths: Iterable[str]) -> frozenset[str]:
    """The names of the settings that are read by any of these paths."""
    return _names_under(_SETTING, paths)


def attributes_of(trees: Iterable[Node]) -> frozenset[str]:
    """The names of the attributes that any of several rules reads."""
    return attributes_among(path for tree in trees for path in reads(tree))


def attributes_among(paths: Iterable[str]) -> frozenset[str]:
    """The names of the attributes that are read by any of these paths."""
    return _names_under(_ATTRIBUTE, paths)


def _names_under(prefix: str, paths: Iterable[str]) -> frozenset[str]:
    return frozenset(path.removeprefix(prefix) for path in paths if path.startswith(prefix))


def facts_of(trees: Iterable[Node]) -> tuple[str, ...]:
    """The paths of the facts that any of several rules reads, each once."""
    return facts_among(path for tree in trees for path in reads(tree))


def facts_among(paths: Iterable[str]) -> tuple[str, ...]:
    """Those of these paths that read facts, each once."""
    found = (path for path in paths if path.startswith("registry."))
    return tuple(dict.fromkeys(path for path in found if path.split(".")[2:3] == ["facts"]))
