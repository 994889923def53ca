"""What a bundle says of policies that others wrote, and what it adds to the contract's words."""

import datetime

import msgspec
from msgspec import UNSET, UnsetType

from ..source import Location
from .text import Text
from .vocabulary import Severity


class PolicyOverride(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How policies count in this organization; of several that fit a policy, the last one counts alone."""

    policy: Text
    """The id of a policy or a glob; one that fits no policy is an error."""
    reason: Text
    """Why they count so."""
    severity: Severity | UnsetType = UNSET
    """How much they matter."""
    enforce_from: datetime.date | UnsetType = UNSET
    """Until this day they are warnings at most."""
    off: bool | UnsetType = UNSET
    """Whether they judge nobody; true stands alone, false undoes an earlier entry."""


class SwitchedOff(msgspec.Struct, frozen=True):
    """A policy of the bundle that judges nobody."""

    policy: str
    reason: str
    location: Location
    """Where the bundle says so."""
