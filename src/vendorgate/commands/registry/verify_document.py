"""What was found in a snapshot, `vendorgate.registry.verify/1`: its type, and what fills it.

In: what was found. Out: ASCII text; JSON's own escapes keep every input harmless.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from ...model.vocabulary import Dimension
from ...report.document import written
from .document import RegistryDocument, reported_snapshot
from .verifying import OddCell, VerifiedSnapshot


class ReportedOddCell(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A cell of which something is to be said."""

    offering: str
    """The id of the offering."""
    dimension: Dimension
    """The dimension."""
    evidence: str
    """What is wrong with its evidence, in words."""


class RegistryVerification(RegistryDocument, frozen=True):
    """That a snapshot is valid, and what is to be said of its evidence; of one that is not: problems."""

    schema: Literal["vendorgate.registry.verify/1"]
    """The format."""
    valid: Literal[True]
    """Every file is."""
    offerings: int
    """In the snapshot."""
    cells: int
    """Of all offerings."""
    within: int
    """Days that count as soon."""
    aging: tuple[ReportedOddCell, ...]
    """Evidence that does not count on the day, or soon will not; the earliest first."""
    unsourced: tuple[ReportedOddCell, ...]
    """Cells that say something without a source that anybody can open."""


def verification(found: VerifiedSnapshot) -> str:
    """What was found in a snapshot that is valid."""
    return written(
        RegistryVerification(
            schema="vendorgate.registry.verify/1",
            registry=reported_snapshot(found.snapshot),
            valid=True,
            offerings=len(found.snapshot.offerings),
            cells=found.cells,
            within=found.within,
            aging=tuple(map(_cell, found.aging)),
            unsourced=tuple(map(_cell, found.unsourced)),
        )
    )


def _cell(one: OddCell) -> ReportedOddCell:
    return ReportedOddCell(one.offering.id, one.dimension, one.words)
