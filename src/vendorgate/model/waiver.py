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
    """A policy's id, or a glob."""
    reason: Text
    """Why it is tolerated."""
    approved_by: Text
    """Who decided it."""
    expires: datetime.date
    """The last day on which it waives."""
    project: Text = "*"
    """A project, or a glob."""
    usage: Text = "*"
    """A usage's id, or a glob."""
    offering: Text = "*"
    """An offering, or a glob; left out: every route."""
    ticket: Text | UnsetType = UNSET
    """Where it is tracked."""


class WaiversFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`waivers.yaml`."""

    version: Literal[1]
    """The version of the format."""
    waivers: tuple[WaiverEntry, ...]
    """What is tolerated for a while."""


class Waiver(msgspec.Struct, frozen=True):
    """A waiver and where it stands."""

    written: WaiverEntry
    source: Source
    index: int
