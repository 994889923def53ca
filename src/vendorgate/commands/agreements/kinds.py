"""Which kinds of agreement rules ask for: by themselves, by their fields, or through conditions of the registry.

In: policies and offerings. Out: kinds. What a rule does not ask for cannot change what it comes to.
"""

from __future__ import annotations

from collections.abc import Iterable

from ...logic import Node
from ...logic.reading import reads, words_of
from ...model.policy import Policy
from ...model.registry import Offering

AgreementKinds = frozenset[str]


class AskedKinds:
    """Which kinds each policy asks for where it judges an offering; each answer is worked out once."""

    def __init__(self) -> None:
        self._trees: dict[int, tuple[Node, AgreementKinds, tuple[str, ...]]] = {}
        self._dimensions: dict[tuple[str, str], AgreementKinds] = {}
        self._policies: dict[tuple[str, str], AgreementKinds] = {}

    def policy(self, policy: Policy, offering: Offering) -> AgreementKinds:
        """The kinds that the requirements of a policy ask for on an offering."""
        found = self._policies.get((policy.id, offering.id))
        if found is None:
            found = self._asked((one.tree for one in policy.require), offering)
            self._policies[policy.id, offering.id] = found
        return found

    def offering(self, offering: Offering) -> AgreementKinds:
        """The kinds that any commitment of an offering depends on."""
        return frozenset[str]().union(*(self._dimension(name, offering) for name in offering.cells))

    def _dimension(self, name: str, offering: Offering) -> AgreementKinds:
        """The kinds on which it depends whether a dimension is covered; conditions lead in no circles."""
        found = self._dimensions.get((name, offering.id))
        if found is None:
            cell = offering.cells.get(name)
            found = self._asked((one.tree for one in cell.conditions), offering) if cell is not None else frozenset()
            self._dimensions[name, offering.id] = found
        return found

    def _asked(self, trees: Iterable[Node], offering: Offering) -> AgreementKinds:
        found: set[str] = set()
        for tree in trees:
            kinds, dimensions = self._tree(tree)
            found |= kinds
            for name in dimensions:
                found |= self._dimension(name, offering)
        return frozenset(found)

    def _tree(self, tree: Node) -> tuple[AgreementKinds, tuple[str, ...]]:
        """The kinds that a rule names, and the dimensions whose coverage it asks for."""
        found = self._trees.get(id(tree))
        if found is None:
            fields = [path.split(".")[1] for path in reads(tree) if path.startswith("agreements.")]
            kinds = frozenset((*words_of(tree, "agreement"), *fields))
            # The tree is kept beside the answer, so that its id stays its own.
            found = self._trees[id(tree)] = tree, kinds, words_of(tree, "covered")
        return found[1:]
