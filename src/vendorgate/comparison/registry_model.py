"""What changed from one snapshot to another."""

from __future__ import annotations

from typing import Final, Literal

import msgspec

from ..model.registry import Offering
from ..model.vocabulary import Dimension

RegistryDirection = Literal["better", "worse", "changed"]
"""For somebody who relies on it; `changed` where nobody can say without reading."""
RegistryChangeKind = Literal["added", "removed", "changed"]


COVERED: Final = "the organization's own cell stands in its place"
"""Said of a change on which nothing rests here."""


class FieldChange(msgspec.Struct, frozen=True):
    """One field of a cell or an offering; None = not stated."""

    field: str
    old: object
    new: object
    direction: RegistryDirection


class CellChange(msgspec.Struct, frozen=True):
    """One cell."""

    offering: str
    dimension: Dimension
    kind: RegistryChangeKind
    direction: RegistryDirection
    fields: tuple[FieldChange, ...]
    covered: bool = False
    """Whether a cell of the organization's own stands in its place, so that nothing rests on it here."""


class OfferingChange(msgspec.Struct, frozen=True):
    """An offering that came or went, or whose own fields changed."""

    offering: Offering
    kind: RegistryChangeKind
    direction: RegistryDirection
    fields: tuple[FieldChange, ...] = ()


class RegistryDifference(msgspec.Struct, frozen=True):
    """Everything that changed, offerings by id, cells in the order of the dimensions."""

    old_sha256: str
    new_sha256: str
    offerings: tuple[OfferingChange, ...]
    cells: tuple[CellChange, ...]
    snapshot: tuple[FieldChange, ...] = ()
    """What the snapshot says of all offerings: where clouds' regions lie, which offerings are gone."""

    @property
    def total(self) -> int:
        """How many changes there are."""
        return len(self.snapshot) + len(self.offerings) + len(self.cells)

    @property
    def worse(self) -> int:
        """How many changes are worse."""
        groups: tuple[tuple[FieldChange | OfferingChange | CellChange, ...], ...]
        groups = (self.snapshot, self.offerings, self.cells)
        return sum(one.direction == "worse" for group in groups for one in group)
