"""That somebody has signed off what a bundle demands, and whether it is still what was signed off."""

from __future__ import annotations

import datetime
from typing import Literal

import msgspec

from .registry import Sha256
from .text import Text

SignoffTrouble = Literal["later", "packs", "changed"]
"""Why a sign-off does not hold: its day is still to come; `--pack` adds to what it covers; it is of another bundle."""


class SignoffEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who has signed off a bundle; `vendorgate policy signoff` writes it on one line."""

    by: Text
    """Who."""
    on: datetime.date
    """The day; before it nothing is signed off."""
    digest: Sha256
    """Of all files in force without `--pack`, this line left out."""


class Signoff(msgspec.Struct, frozen=True):
    """A sign-off, held against the files that judge."""

    written: SignoffEntry
    found: str
    """The digest of the files that judge, the sign-off left out."""
    own: str
    """The same without what only `--pack` has in force."""
    added: tuple[str, ...] = ()
    """The packs that only `--pack` has in force."""

    def trouble(self, as_of: datetime.date) -> SignoffTrouble | None:
        """Why it does not hold on a day; None: it does."""
        if self.own != self.written.digest:
            return "changed"
        if self.found != self.written.digest:
            return "packs"
        return "later" if self.written.on > as_of else None

    def holds(self, as_of: datetime.date) -> bool:
        """Whether what judges is what was signed off by a day."""
        return self.trouble(as_of) is None
