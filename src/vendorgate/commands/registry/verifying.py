"""What is found in a snapshot that is valid: evidence that is too old or soon will be, cells without a source.

In: a snapshot, how long evidence counts, a day. Out: a `VerifiedSnapshot`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import msgspec

from ...load.common_facts import near_misses
from ...logic.wording import count
from ...model.policy import RegistryDemands
from ...model.registry import Offering, Snapshot
from ...model.vocabulary import Dimension, in_order
from ...source import Path
from .freshness import Freshness
from .staleness import Aging, aging
from .unsourced import unsourced


class OddCell(msgspec.Struct, frozen=True):
    """A cell of which something is to be said."""

    offering: Offering
    dimension: Dimension
    words: str
    """What is wrong with its evidence."""
    counts: bool
    """Whether a check counts it on the day."""


class MisnamedFact(msgspec.Struct, frozen=True):
    """A fact that is almost called by a common name, so that whoever reads that one does not find it."""

    offering: Offering
    dimension: Dimension
    path: Path
    """Below the cell."""
    name: str
    meant: str

    @property
    def words(self) -> str:
        """What is wrong."""
        return f"the fact `{self.name}` is almost called `{self.meant}`"


class VerifiedSnapshot(msgspec.Struct, frozen=True):
    """What was found in a snapshot."""

    snapshot: Snapshot
    within: int
    """Days that count as soon."""
    aging: tuple[OddCell, ...]
    """Whose evidence no longer counts, or soon will not; the earliest first."""
    unsourced: tuple[OddCell, ...]
    """That say something without a source that anybody can open; offerings by id."""
    freshness: Freshness | None = None
    """How many cells count on the coming days, where somebody asks."""
    misnamed: tuple[MisnamedFact, ...] = ()
    """Facts that are almost called by a common name; offerings by id."""

    @property
    def cells(self) -> int:
        """Of the whole snapshot."""
        return sum(len(offering.cells) for offering in self.snapshot.offerings.values())


def verify(
    snapshot: Snapshot,
    demands: RegistryDemands,
    as_of: datetime.date,
    within: int,
    freshness: Freshness | None = None,
) -> VerifiedSnapshot:
    """Look at every cell; `within` says how many days are soon."""
    old = (_aging(one, as_of) for one in aging(snapshot, demands, as_of, within))
    bare = (OddCell(one.offering, one.dimension, one.words, counts=True) for one in unsourced(snapshot))
    return VerifiedSnapshot(snapshot, within, tuple(old), tuple(bare), freshness, tuple(_misnamed(snapshot)))


def _misnamed(snapshot: Snapshot) -> Iterator[MisnamedFact]:
    for id in sorted(snapshot.offerings):
        offering = snapshot.offerings[id]
        for dimension in in_order(offering.cells):
            for path, name, meant in near_misses(offering.cells[dimension].written):
                yield MisnamedFact(offering, dimension, path, name, meant)


def _aging(one: Aging, as_of: datetime.date) -> OddCell:
    counts = one.last_day is not None and one.last_day >= as_of
    return OddCell(one.offering, one.dimension, _words(one, as_of), counts)


def _words(one: Aging, as_of: datetime.date) -> str:
    if one.verified is None or one.last_day is None:
        return "never verified"
    if one.last_day < as_of:
        return f"verified {one.verified}, counted until {one.last_day}"
    days = (one.last_day - as_of).days
    return f"verified {one.verified}, counts until {one.last_day}, {count(days, 'more day')}"
