"""What of a bundle judges nobody: policies that are off, and words that need not be expected."""

import msgspec

from ..source import Location
from .control import Control


class SwitchedOff(msgspec.Struct, frozen=True):
    """A policy of the bundle that judges nobody."""

    policy: str
    reason: str
    location: Location
    """Where the bundle says so."""
    controls: tuple[Control, ...] = ()
    """What it would serve."""


class StaleWord(msgspec.Struct, frozen=True):
    """A word of the bundle's `unmatched` that need not stand there."""

    word: str
    why: str
    location: Location
