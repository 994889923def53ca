"""What changed between two snapshots, for programs, `vendorgate.registry.diff/1`: its type, and what fills it.

In: a difference. Out: ASCII text; JSON's own escapes keep every input harmless, on a terminal too.
"""

from __future__ import annotations

from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

from ...comparison.document import ReportedRegistryField, reported_fields
from ...comparison.registry_model import RegistryChangeKind, RegistryDifference, RegistryDirection
from ...model.vocabulary import Dimension
from ...report.document import written


class DiffedSnapshot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of two snapshots."""

    sha256: str
    """Of its files, with their paths."""


class DiffedOffering(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An offering that came or went, or whose own fields changed."""

    offering: str
    """The offering."""
    kind: RegistryChangeKind
    """What became of it."""
    direction: RegistryDirection
    """For somebody who relies on it."""
    fields: tuple[ReportedRegistryField, ...]
    """Where it changed: the fields that differ."""


class DiffedCell(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A cell that came or went, or changed."""

    offering: str
    """The offering."""
    dimension: Dimension
    """The dimension."""
    kind: RegistryChangeKind
    """What became of it."""
    direction: RegistryDirection
    """For somebody who relies on it."""
    fields: tuple[ReportedRegistryField, ...]
    """The fields that differ."""
    own: Literal[True] | UnsetType = UNSET
    """True where a cell of the organization's own stands in its place, so that nothing rests on it; else left out."""


class RegistryDiff(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What changed from one snapshot to another."""

    schema: Literal["vendorgate.registry.diff/1"]
    """The format."""
    old: DiffedSnapshot
    """Before."""
    new: DiffedSnapshot
    """After."""
    worse: int
    """How many changes are worse for somebody who relies on what is documented."""
    snapshot: tuple[ReportedRegistryField, ...]
    """What the snapshot says of all offerings, and now says otherwise."""
    offerings: tuple[DiffedOffering, ...]
    """By id."""
    cells: tuple[DiffedCell, ...]
    """By offering, then in the order of the dimensions; of offerings that are on both sides."""


def difference(found: RegistryDifference) -> str:
    """What changed from one snapshot to another."""
    return written(
        RegistryDiff(
            schema="vendorgate.registry.diff/1",
            old=DiffedSnapshot(found.old_sha256),
            new=DiffedSnapshot(found.new_sha256),
            worse=found.worse,
            snapshot=reported_fields(found.snapshot),
            offerings=tuple(
                DiffedOffering(one.offering.id, one.kind, one.direction, reported_fields(one.fields))
                for one in found.offerings
            ),
            cells=tuple(
                DiffedCell(
                    one.offering,
                    one.dimension,
                    one.kind,
                    one.direction,
                    reported_fields(one.fields),
                    True if one.covered else UNSET,
                )
                for one in found.cells
            ),
        )
    )
