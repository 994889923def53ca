"""What an organization tolerates for a while."""

import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from ..source import Source
from .text import Text

Fingerprint = Annotated[
    str,
    Meta(
        pattern=r"^(?!.*\n)sha256:[0-9a-f]{64}$",
        description="a fingerprint: `sha256:` and 64 hexadecimal digits, as `vendorgate waiver add` writes it",
    ),
]


class WaiverEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A waiver as it is written; `policy`, `project`, `usage`, `offering` and `account`
    are globs."""

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
    account: Text | UnsetType = UNSET
    """An account at the vendor, or a glob; left out: any."""
    vendor: Text | UnsetType = UNSET
    """An unlisted vendor, whole: no other is waived, and none by a glob."""
    ticket: Text | UnsetType = UNSET
    """Where it is tracked."""
    fingerprint: Fingerprint | UnsetType = UNSET
    """Of the one finding that it waives; it is void as soon as the finding has other reasons."""


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


WaiverRule = Literal["max_days", "require_ticket", "forbid_self_approval", "forbid_policies", "fingerprint"]
"""What a waiver can break: the rules of its bundle, and its own fingerprint."""
WaiverState = Literal["in_use", "ends_soon", "expired", "void", "outlived", "unused"]
"""`outlived`: another waiver that ends later covers all that it would."""


class Breach(msgspec.Struct, frozen=True):
    """Why a waiver is void for a result."""

    rule: WaiverRule
    words: str
    """What is wrong, and what to do about it."""


class Void(msgspec.Struct, frozen=True):
    """A waiver that names a result and does not waive it."""

    waiver: Waiver
    breaches: tuple[Breach, ...]
    """At least one."""
