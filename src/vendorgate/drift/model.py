"""What differs between code and manifests, what is excepted, and what must be known beside.

In: nothing. Out: the nouns of `DriftFound`.
"""

from __future__ import annotations

import datetime
from typing import Literal

import msgspec

from ..model.detect import DriftKind
from ..model.result import Notice
from ..model.vocabulary import Severity
from ..source import Location


class Drift(msgspec.Struct, frozen=True):
    """One difference between what code does and what is declared."""

    kind: DriftKind
    severity: Severity
    blocks: bool
    message: str
    help: str
    location: Location
    """The first place of the code that shows it; of what is declared and not found, where it is declared."""
    manifest: str | None
    """The manifest that covers the code, as it is shown; None: none does."""
    offering: str | None
    """Whom it is about. Exactly one of offering and vendor is there."""
    vendor: str | None
    names: tuple[str, ...] = ()
    """Endpoints, models, regions or settings that it is about."""
    places: tuple[Location, ...] = ()
    """Every place that shows it, the first of them too."""


class Suppressed(msgspec.Struct, frozen=True):
    """A difference that the bundle excepts, or a comment in the code that the bundle lets count."""

    drift: Drift
    """As it would be."""
    by: Literal["exception", "comment"]
    location: Location
    """Of the exception or the comment."""
    reason: str
    expires: datetime.date | None
    """The last day on which it counts; None: it has no end."""


class DriftFound(msgspec.Struct, frozen=True):
    """What came of holding code against manifests."""

    drift: tuple[Drift, ...]
    """By place."""
    suppressed: tuple[Suppressed, ...] = ()
    """By place."""
    notices: tuple[Notice, ...] = ()
    """Code that was not read, exceptions and comments that do nothing, and kinds that are off."""

    @property
    def blocking(self) -> int:
        """How much of it blocks."""
        return sum(one.blocks for one in self.drift) + sum(one.blocks for one in self.notices)
