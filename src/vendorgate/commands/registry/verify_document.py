"""What was found in a snapshot, `vendorgate.registry.verify/1`: its type, and what fills it.

In: what was found. Out: ASCII text; JSON's own escapes keep every input harmless.
"""

from __future__ import annotations

import datetime
from typing import Literal, Union

import msgspec

from ...model.vocabulary import Dimension
from ...report.document import written
from .document import RegistryDocument, reported_snapshot
from .freshness import Freshness
from .verifying import OddCell, VerifiedSnapshot


class ReportedOddCell(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A cell of which something is to be said."""

    offering: str
    """The id of the offering."""
    dimension: Dimension
    """The dimension."""
    evidence: str
    """What is wrong with its evidence, in words."""


class ReportedFreshDay(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A day, and what counts on it."""

    day: datetime.date
    """The day."""
    counting: int
    """Dated cells that count on it."""
    share: float
    """Of the dated cells, from 0 to 1, to four places."""


class ReportedDrop(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A day on which cells stop counting."""

    day: datetime.date
    """The first day on which they do not count."""
    cells: int
    """How many fewer count than on the day before."""


class ReportedFreshness(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What counts on the coming days if nobody reads anything."""

    limits: str
    """The bundle whose limits on evidence these are."""
    dated: int
    """Cells that have a day of reading; no other ever counts."""
    worst_drop: Union[ReportedDrop, None]
    """The day on which most stop counting at once; null where none does."""
    days: tuple[ReportedFreshDay, ...]
    """Every day, from the one that is judged by."""


class ReportedMisnamedFact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A fact that is almost called by a common name."""

    offering: str
    """The id of the offering."""
    dimension: Dimension
    """The dimension."""
    fact: str
    """Its name."""
    meant: str
    """The common name."""


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
    misnamed: tuple[ReportedMisnamedFact, ...]
    """Facts that are almost called by a common name, so that whoever reads that one does not find them."""
    freshness: Union[ReportedFreshness, None]
    """The coming days; null where nobody asked for them."""


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
            misnamed=tuple(ReportedMisnamedFact(o.offering.id, o.dimension, o.name, o.meant) for o in found.misnamed),
            freshness=None if found.freshness is None else _freshness(found.freshness),
        )
    )


def _freshness(found: Freshness) -> ReportedFreshness:
    days = (ReportedFreshDay(one.day, one.counting, round(found.share(one.counting), 4)) for one in found.days)
    worst = None if found.worst is None else ReportedDrop(found.worst[0].day, found.worst[1])
    return ReportedFreshness(found.limits, found.cells, worst, tuple(days))


def _cell(one: OddCell) -> ReportedOddCell:
    return ReportedOddCell(one.offering.id, one.dimension, one.words)
