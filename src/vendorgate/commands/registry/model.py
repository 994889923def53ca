"""What somebody looks up in a snapshot of the registry."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import msgspec

from ...model.registry import Offering, Snapshot
from ...model.vocabulary import Dimension
from .selection import Match

Concerns = Mapping[Dimension, tuple[str, ...]]
"""Why each cell that is not a clean public yes is none."""


class OfferingList(msgspec.Struct, frozen=True):
    """Offerings with their grades."""

    snapshot: Snapshot
    offerings: tuple[Offering, ...]


class OfferingPage(msgspec.Struct, frozen=True):
    """All that is said of one offering."""

    snapshot: Snapshot
    offering: Offering
    concerns: Concerns
    as_of: datetime.date
    """From which the age of evidence is counted."""


class SideBySide(msgspec.Struct, frozen=True):
    """Offerings to compare, in the order in which they are named."""

    snapshot: Snapshot
    offerings: tuple[Offering, ...]


class OneDimension(msgspec.Struct, frozen=True):
    """All offerings by one dimension."""

    snapshot: Snapshot
    dimension: Dimension
    offerings: tuple[Offering, ...]


class WatchOuts(msgspec.Struct, frozen=True):
    """What to watch out for, by offering."""

    snapshot: Snapshot
    offerings: tuple[tuple[Offering, Concerns], ...]


class Matches(msgspec.Struct, frozen=True):
    """Texts in which words were found."""

    snapshot: Snapshot
    matches: tuple[Match, ...]
    """By offering."""
