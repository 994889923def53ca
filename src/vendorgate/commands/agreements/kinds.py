"""Which kinds of agreement rules ask for: by themselves, by their fields, or through conditions of the registry.

In: policies, offerings and a register. Out: kinds. What a rule does not ask for cannot change its outcome.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...evaluate.contracts import KIND_OF
from ...evaluate.reading import cells_behind
from ...logic import Node
from ...logic.paths import words_of
from ...model.agreement import Register
from ...model.asking import kinds_of
from ...model.policy import Policy
from ...model.registry import Cell, Offering

AgreementKinds = frozenset[str]


class AskedKinds:
    """Which kinds each policy asks for where it judges an offering; each answer is worked out once."""

    def __init__(self, register: Register | None) -> None:
        self._filed: dict[str, set[str]] = {}
        """The kinds of what is filed under each reference."""
        for one in () if register is None else register.agreements:
            if isinstance(one.reference, str):
                self._filed.setdefault(one.reference, set()).add(one.kind)
        self._policies: dict[tuple[str, str], AgreementKinds] = {}

    def policy(self, policy: Policy, offering: Offering) -> AgreementKinds:
        """The kinds that the requirements of a policy ask for on an offering."""
        found = self._policies.get((policy.id, offering.id))
        if found is None:
            trees = [one.tree for one in policy.require]
            cells = cells_behind(trees, offering, _covered)
            contracts = self._of_contracts(cells_behind(trees, offering))
            found = self._policies[policy.id, offering.id] = _asked((*trees, *_conditions(cells))) | contracts
        return found

    def offering(self, offering: Offering) -> AgreementKinds:
        """The kinds that any commitment of an offering depends on."""
        return _asked(_conditions(offering.cells.values())) | self._of_contracts(offering.cells.values())

    def _of_contracts(self, cells: Iterable[Cell]) -> AgreementKinds:
        """The kinds of the contracts that cells name: of what is filed under the reference, and what the dimension
        asks for."""
        found = [(cell.dimension, cell.agreement) for cell in cells if cell.agreement is not None]
        asked = {KIND_OF[dimension] for dimension, _ in found if dimension in KIND_OF}
        return frozenset(asked.union(*(self._filed.get(reference, ()) for _, reference in found)))


def _covered(tree: Node) -> Iterable[str]:
    """The dimensions whose coverage a rule asks for: no other question looks at the conditions of a cell."""
    return words_of(tree, "covered")


def _conditions(cells: Iterable[Cell]) -> Iterator[Node]:
    return (condition.tree for cell in cells for condition in cell.conditions)


def _asked(trees: Iterable[Node]) -> AgreementKinds:
    return frozenset(kind for tree in trees for kind in kinds_of(tree))
