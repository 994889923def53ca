"""What an organization tolerates for a while."""

import datetime
from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

from ..source import Source
from .manifest import Text


class WaiverEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A waiver as it is written; `policy`, `project`, `usage` and `offering` are globs."""

    policy: Text
    reason: Text
    approved_by: Text
    expires: datetime.date
    """The last day on which it waives."""
    project: Text = "*"
    usage: Text = "*"
    offering: Text = "*"
    ticket: Text | UnsetType = UNSET


class WaiversFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`waivers.yaml`."""

    version: Literal[1]
    waivers: tuple[WaiverEntry, ...]


class Waiver(msgspec.Struct, frozen=True):
    """A waiver and where it stands."""

    written: WaiverEntry
    source: Source
    index: int
