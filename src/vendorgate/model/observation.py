"""How accounts at vendors are really set up: what was read there, and which accounts exist.

Source of the formats: the contract, "Observations". What a file may hold beyond it (`attested`, `max_age_days`,
`scoped_settings`) only ever makes it tell less.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Annotated, Literal, Union

import msgspec
from msgspec import UNSET, Meta, UnsetType

from ..source import Source
from .manifest import Settings, Slug
from .registry import NamesReached, Sha256
from .text import Names, Text, Texts, TextsNotEmpty
from .vocabulary import Lifecycle, Tier

Days = Annotated[int, Meta(ge=0)]


class Attestation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """That a person has read the settings at the vendor, and what shows it."""

    by: Text
    """Who."""
    evidence: Text
    """What shows it: the name of a file, such as a picture of the console, or an address."""


class NamesScope(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """For which names settings hold; one axis."""

    models: Union[NamesReached, None] = None
    """By model."""
    endpoints: Union[NamesReached, None] = None
    """By endpoint."""


class ScopedSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Settings that were read for some models or endpoints alone."""

    scope: NamesScope
    """For which: one of `models` and `endpoints`, by `only`."""
    settings: Annotated[Settings, Meta(min_length=1)]
    """What holds there."""


class SettingsScope(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The usages of an account that its settings were read for."""

    cloud_regions: Union[NamesReached, None] = None
    """By the platform's own regions: what was read in one says nothing of another."""
    models: Union[NamesReached, None] = None
    """By model."""


class ObservationFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How an account is really set up: a file in `observations/` of a bundle."""

    version: Literal[1]
    """The version of the format."""
    offering: Text
    """The offering, by the registry's id or the bundle's."""
    account: Union[Slug, None] = None
    """As manifests name it; left out: usages without `account`."""
    observed: datetime.date
    """The day on which it was read."""
    source: Text | UnsetType = UNSET
    """What was asked, without ids."""
    settings: Settings = {}
    """What the vendor tells of settings."""
    scope: SettingsScope | UnsetType = UNSET
    """For which usages all of its settings were read; left out: for all."""
    scoped_settings: tuple[ScopedSettings, ...] = ()
    """What it tells for some models or endpoints alone; each declared name takes the first entry that reaches it, else
    `settings`."""
    region: Text | UnsetType = UNSET
    """The place that the account is pinned to."""
    cloud_region: Text | UnsetType = UNSET
    """The platform's own name for it."""
    tier: Tier | UnsetType = UNSET
    """The account's tier."""
    lifecycle: Lifecycle | UnsetType = UNSET
    """The least mature thing that it can use."""
    features: Names | UnsetType = UNSET
    """Vendor features switched on."""
    unreadable: Texts = ()
    """What was asked for, and the vendor does not tell."""
    sha256: Sha256 | UnsetType = UNSET
    """Of what was answered, secrets removed; of the evidence where it is attested."""
    attested: Attestation | UnsetType = UNSET
    """That a person has read it, where the vendor tells it in a console only."""
    max_age_days: Days | UnsetType = UNSET
    """For how many days it counts, where these are fewer than the bundle's."""


class ObservedInTest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a test of a policy takes for observed of the account of its usage, on the test's day."""

    settings: Settings = {}
    """What was read of settings."""
    region: Text | UnsetType = UNSET
    """The place that the account is pinned to."""
    cloud_region: Text | UnsetType = UNSET
    """The platform's own name for it."""
    tier: Tier | UnsetType = UNSET
    """The account's tier."""
    lifecycle: Lifecycle | UnsetType = UNSET
    """The least mature thing that it can use."""
    features: Names | UnsetType = UNSET
    """Vendor features switched on."""

    def as_read(self, offering: str, account: str | None, day: datetime.date) -> ObservationFile:
        """The same as if it had been read of an account on a day."""
        told = {field: getattr(self, field) for field in self.__struct_fields__}
        return ObservationFile(version=1, offering=offering, account=account, observed=day, **told)


class AccountEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An account or project at a vendor, by the vendor's ids; which of them are needed, the offering's reader says."""

    offering: Text
    """The offering, by the registry's id or the bundle's."""
    name: Union[Slug, None] = None
    """As manifests name it (`account`); left out: usages without `account`."""
    organization: Text | UnsetType = UNSET
    """The vendor's id of the organization."""
    project: Text | UnsetType = UNSET
    """The vendor's id of the project."""
    workspace: Text | UnsetType = UNSET
    """The vendor's id of the workspace."""
    subscription: Text | UnsetType = UNSET
    """The cloud's id of the subscription."""
    resource_group: Text | UnsetType = UNSET
    """The cloud's name of the group that the resource is in."""
    resource: Text | UnsetType = UNSET
    """The cloud's name of the resource."""
    region: Text | TextsNotEmpty | UnsetType = UNSET
    """The cloud's name of the region or location, or of each of several."""
    account: Text | UnsetType = UNSET
    """The vendor's id of the account."""
    models: Texts = ()
    """Models whose own settings are asked for, as the vendor names them."""


class AccountsFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`accounts.yaml` of a bundle: the accounts that exist."""

    version: Literal[1]
    """The version of the format."""
    accounts: tuple[AccountEntry, ...]
    """Each once; a manifest that names another `account` is a mistake."""


class Observation(msgspec.Struct, frozen=True):
    """An observation, with the file that it stands in."""

    written: ObservationFile
    source: Source

    @property
    def is_attested(self) -> bool:
        """Whether a person has read it, and no program."""
        return not isinstance(self.written.attested, UnsetType)

    @property
    def words(self) -> str:
        """When it was observed, or who attests it."""
        attested = self.written.attested
        if isinstance(attested, UnsetType):
            return f"observed on {self.written.observed}"
        return f"attested by {attested.by} on {self.written.observed}"


Observations = Mapping[tuple[str, Union[str, None]], tuple[Observation, ...]]
"""By offering and account: what was read, before what was attested."""
