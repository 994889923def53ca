"""What any rule may ask of a usage, so that usages which differ in nothing of it are one case.

In: the policies of a bundle, and offerings as they come to be read. Out: which fields of a usage matter, and how.
Whatever is not shown to be unread matters.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal

from ....logic import Node
from ....logic.paths import reads, words_of
from ....model.asking import OBSERVED
from ....model.policy import Bundle
from ....model.registry import Offering

SETTINGS: Final = "usage.settings."
ATTRIBUTES: Final = "usage.attributes."
_OF_VALUES: Final = ("var", "missing", "missing_some")
"""Operators whose answer a value can change: for `missing` an empty text is not there, for `known` it is."""
Matter = Literal["value", "whether stated", "not at all"]


class Asked:
    """The paths that rules read: of policies, and of the conditions of every offering that was taken in."""

    def __init__(self, bundle: Bundle, kept: Iterable[str] = ()) -> None:
        self._values = frozenset(kept)
        self._looked_for: frozenset[str] = frozenset()
        self._add(rule for policy in bundle.policies for rule in policy.rules)
        self._own = self._values
        self._taken: dict[str, frozenset[str]] = {}
        """Of each offering the paths whose value it asks for."""
        self._keeps_settings = bool(bundle.observations)
        """What is claimed is held against what was observed, and told."""

    def _add(self, trees: Iterable[Node]) -> None:
        every = tuple(trees)
        self._values = self._values.union(_values_read(every))
        self._looked_for = self._looked_for.union(path for tree in every for path in reads(tree, ("known",)))
        self._looked_for = self._looked_for.union(path for tree in every for path in words_of(tree, OBSERVED))

    def take_in(self, offerings: Iterable[Offering]) -> bool:
        """Have the conditions of offerings count, too; whether that makes anything matter that did not."""
        before = self._values, self._looked_for
        for one in offerings:
            if one.id not in self._taken:
                trees = [rule.tree for cell in one.cells.values() for rule in cell.conditions]
                self._add(trees)
                self._taken[one.id] = _values_read(trees).union(_implied(one))
                self._values = self._values.union(self._taken[one.id])
        return before != (self._values, self._looked_for)

    def is_told_of(self, offering: str, path: str) -> bool:
        """Whether what a case of an offering is known by has the value of a path: the bundle or this offering asks for
        it. What others ask for has no part in that, because it depends on the rows which ones have been met."""
        if self._keeps_settings and path.startswith(SETTINGS):
            return True
        return path in self._own or path in self._taken.get(offering, frozenset())

    def matters(self, path: str) -> Matter:
        """Whether any rule reads a path: its value, or no more than whether it has one."""
        if path in self._values or (self._keeps_settings and path.startswith(SETTINGS)):
            return "value"
        return "whether stated" if path in self._looked_for else "not at all"


def _values_read(trees: Iterable[Node]) -> frozenset[str]:
    return frozenset(path for tree in trees for path in reads(tree, _OF_VALUES))


def _implied(offering: Offering) -> Iterable[str]:
    """What the names of an offering imply: it is held against what is declared."""
    return (f"usage.{field}" for one in offering.written.implies or () for field in one.set)
