"""`vendorgate.lock`: a record of policies that were pulled, which no check follows."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from .registry import Sha256
from .text import Text

CommitId = Annotated[
    str, Meta(pattern=r"^(?!.*\n)(?:[0-9a-f]{40}|[0-9a-f]{64})$", description="the id of a commit in full")
]


class LockedPolicies(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was pulled from one place."""

    place: Text
    """The address without its pin: https://… of an archive, git+https://…#PATH of a folder in a repository."""
    sha256: Sha256
    """Of the archive, or one digest for the files of the folder, as that of a bundle is made."""
    pulled: datetime.date
    """The day, in UTC."""
    commit: CommitId | UnsetType = UNSET
    """Of a repository."""


class LockFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`vendorgate.lock`: what policies were pulled. A check compares it, and takes nothing from it."""

    version: Literal[1]
    """The version of the format."""
    policies: tuple[LockedPolicies, ...]
    """One for each place."""
