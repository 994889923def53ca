"""The nouns of reading accounts: which account, who reads it, what was found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Literal, Union

import msgspec
from msgspec import UNSET, UnsetType

from ...model.manifest import SettingValue
from ...model.observation import AccountEntry

if TYPE_CHECKING:
    from .asking import Asking

IdName = Literal[
    "organization", "project", "workspace", "subscription", "resource_group", "resource", "region", "account", "models"
]
"""A field of an entry of `accounts.yaml` that only the vendor knows."""


class ScopedValue(msgspec.Struct, frozen=True):
    """A setting that was read for some names alone."""

    axis: Literal["models", "endpoints"]
    names: tuple[str, ...]
    """As the registry names them; globs are allowed."""
    setting: str
    value: SettingValue


class Reading(msgspec.Struct, frozen=True):
    """What the answers of a vendor prove of one account, and nothing else.

    Whatever the reader could tell (`Reader.tells`) and is not here goes into `unreadable` of the observation.
    """

    settings: Mapping[str, SettingValue] = {}
    scoped: tuple[ScopedValue, ...] = ()
    cloud_regions: tuple[str, ...] = ()
    """The platform's regions that the settings were read for; none: wherever the account is used."""
    models: tuple[str, ...] = ()
    """The models that they were read for, as manifests name them, globs allowed; none: whichever is used."""
    region: str | UnsetType = UNSET
    """As vendorgate names regions: `us`, `eu`, `global`."""
    cloud_region: str | UnsetType = UNSET
    why: Mapping[str, str] = {}
    """Of what is not told: why not, in words, by the name of the setting or field."""
    beside: tuple[str, ...] = ()
    """What else a reader of the difference should know, in sentences; no value rests on it."""


class Reader(msgspec.Struct, frozen=True):
    """Reads accounts of some offerings; a row of the table."""

    vendor: str
    """As people call it."""
    offerings: tuple[str, ...]
    tells: tuple[str, ...]
    """Settings, and `region` and `cloud_region`, that it can tell, whatever the account."""
    credentials: tuple[tuple[str, ...], ...]
    """Variables of the environment: one of these sets must be there, whole. The vendor's usual ones."""
    needs: tuple[IdName, ...]
    """What an entry of `accounts.yaml` must have for it."""
    takes: tuple[IdName, ...]
    """What it may have beside."""
    privilege: str
    """The least that the credentials must be allowed, in a sentence."""
    read: Callable[[AccountEntry, Asking], Reading]
    """Ask; raises `asking.CannotObserve` where nothing can be said of the account: what is known of it stays."""
    tells_of: Union[Callable[[AccountEntry], tuple[str, ...]], None] = None
    """Where not every offering has all that it tells: what it tells of an account."""
