"""What any rule may ask of a usage, so that usages which differ in nothing of it are one case.

In: the policies of a bundle, and offerings as they come to be read. Out: which fields of a usage matter. Whatever is not
shown to be unread matters.
"""

from __future__ import annotations

from collections.abc import Iterable

from ....logic import Node
from ....logic.paths import reads, words_of
from ....model.asking import OBSERVED
from ....model.policy import Bundle
from ....model.registry import Offering

_SETTINGS = "usage.settings."
_ATTRIBUTES = "usage.attributes."


class Asked:
    """The paths that rules read: of policies, and of the conditions of every offering that was taken in."""

    def __init__(self, bundle: Bundle, kept: Iterable[str] = ()) -> None:
        trees = [tree for policy in bundle.policies for tree in (policy.when, *(one.tree for one in policy.require))]
        self._paths = _read_by(tree for tree in trees if tree is not None).union(kept)
        self._taken: dict[str, Offering] = {}
        self.keeps_settings = bool(bundle.observations)
        """Whether every setting matters: what is claimed is held against what was observed."""
        self.keeps_attributes = bool(bundle.attributes)
        """Whether every attribute matters: the bundle says what each may be."""

    def take_in(self, offerings: Iterable[Offering]) -> bool:
        """Have the conditions of offerings count, too; whether that makes anything matter that did not."""
        before = len(self._paths)
        for one in offerings:
            if one.id not in self._taken:
                self._taken[one.id] = one
                self._paths = self._paths | _read_by(rule.tree for cell in one.cells.values() for rule in cell.conditions)
                self._paths = self._paths.union(_implied(one))
        return len(self._paths) > before

    @property
    def paths(self) -> frozenset[str]:
        """Every path that some rule reads."""
        return self._paths

    def reads(self, path: str) -> bool:
        """Whether any rule reads a path."""
        return path in self._paths

    def names_under(self, prefix: str) -> frozenset[str]:
        """The settings or attributes that any rule reads."""
        return frozenset(path.removeprefix(prefix) for path in self._paths if path.startswith(prefix))

    @property
    def settings(self) -> frozenset[str]:
        """The settings that any rule reads."""
        return self.names_under(_SETTINGS)

    @property
    def attributes(self) -> frozenset[str]:
        """The attributes that any rule reads."""
        return self.names_under(_ATTRIBUTES)


def _read_by(trees: Iterable[Node]) -> frozenset[str]:
    return frozenset(path for tree in trees for path in (*reads(tree), *words_of(tree, OBSERVED)))


def _implied(offering: Offering) -> Iterable[str]:
    """What the names of an offering imply: it is held against what is declared."""
    return (f"usage.{field}" for one in offering.written.implies or () for field in one.set)
