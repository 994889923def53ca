"""What a project declares: its usages of AI-vendor offerings."""

from typing import Annotated, Final, Literal, Union

import msgspec
from msgspec import UNSET, Meta, UnsetType

from ..source import Source
from .additions import AttributeValue
from .identity import Whereabouts
from .text import Name, Names, NamesNotEmpty, Text, Texts, TextsNotEmpty
from .vocabulary import Environment, Lifecycle, Tier

FILE_NAMES: Final = ("vendorgate.yaml", "vendorgate.yml")
"""What a manifest is called where nobody names one, everywhere alike; both in one folder is an error."""
SLUG: Final = r"^(?!.*\n)[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$"
Slug = Annotated[
    str,
    Meta(
        pattern=SLUG,
        description="a slug: lower-case letters, digits, hyphens, dots and underscores",
    ),
]
SettingValue = Union[Text, int, float, bool]
"""A blank text would say nothing, and pass for false and for 0 wherever it is compared."""
Settings = dict[Text, SettingValue]
Attributes = dict[Text, AttributeValue]


class RouteName(msgspec.Struct, frozen=True):
    """What tells the routes of a usage apart."""

    offering: str
    account: str | None = None
    vendor: str | None = None

    def __str__(self) -> str:
        beside = ", ".join(word for word in (self.vendor, self.account and f"account {self.account}") if word)
        return f"{self.offering} ({beside})" if beside else self.offering


class Route(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A fallback, gateway or recipient with declarations of its own; what it leaves out is not taken from the usage,
    save `region` and `lifecycle`."""

    offering: Text
    """The offering that the traffic may take, or `unlisted`."""
    vendor: Union[Name, None] = None
    """Of `unlisted`: who it is, in words."""
    account: Union[Slug, None] = None
    """Which account or project at the vendor; left out: the only one."""
    endpoints: NamesNotEmpty | UnsetType = UNSET
    """As the registry names them, each by itself; left out: not declared."""
    models: NamesNotEmpty | UnsetType = UNSET
    """Each by itself, without `*` or `?`; left out: not declared."""
    features: Names = ()
    """Vendor features switched on; left out: none."""
    cloud_region: Text | UnsetType = UNSET
    """The platform's own name for the region."""
    tier: Tier = "self_serve"
    """The account's tier."""
    settings: Settings = {}
    """How this vendor's account is configured."""
    agreements: Texts = ()
    """Claims: kinds that the project believes are in force with this vendor."""
    region: Text | UnsetType = UNSET
    """The place that this account is pinned to; left out: the usage's."""
    lifecycle: Lifecycle | UnsetType = UNSET
    """The least mature thing used of this offering; left out: the usage's."""


class UsageDraft(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is declared of a use of one offering."""

    offering: Text
    """An offering of the registry, or `unlisted`."""
    data: TextsNotEmpty
    """Data classes: the contract's and the bundle's own."""
    vendor: Union[Name, None] = None
    """Of `unlisted`: who it is, in words."""
    account: Union[Slug, None] = None
    """Which account or project at the vendor; left out: the only one."""
    purpose: Text | UnsetType = UNSET
    """What it is used for."""
    endpoints: NamesNotEmpty | UnsetType = UNSET
    """As the registry names them, each by itself; left out: not declared."""
    models: NamesNotEmpty | UnsetType = UNSET
    """Each by itself, without `*` or `?`; left out: not declared."""
    subjects: TextsNotEmpty | UnsetType = UNSET
    """Regions of the people behind the data."""
    region: Text | UnsetType = UNSET
    """The place that the account or project is pinned to."""
    cloud_region: Text | UnsetType = UNSET
    """The platform's own name for the region."""
    tier: Tier = "self_serve"
    """The account's tier."""
    environment: Environment = "production"
    """Where it runs."""
    lifecycle: Lifecycle = "ga"
    """The least mature thing used."""
    features: Names = ()
    """Vendor features switched on; left out: none."""
    fallbacks: tuple[Union[Text, Route], ...] = ()
    """Other offerings that this traffic may take."""
    via: Union[Text, Route, None] = None
    """A gateway offering that it passes through."""
    recipients: tuple[Union[Text, Route], ...] = ()
    """Other offerings that get the prompts: tracing, evaluation, guardrails."""
    settings: Settings = {}
    """How the vendor account is configured."""
    agreements: Texts = ()
    """Claims: kinds that the project believes are in force."""
    attributes: Attributes = {}
    """What is true of the use itself, whoever serves it."""


class Usage(UsageDraft, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One use of one offering, with its name."""

    id: Slug
    """Unique in the file."""


def name_of(route: str | Route | UsageDraft) -> RouteName:
    """What tells a route from the others of its usage, as it is written."""
    return RouteName(route) if isinstance(route, str) else RouteName(route.offering, route.account, route.vendor)


class ManifestFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A manifest as it is written."""

    version: Literal[1]
    """The version of the format."""
    project: Slug
    """The project's name."""
    usages: tuple[Usage, ...]
    """Every use of an AI vendor; may be empty, which is a statement."""
    owner: Text | UnsetType = UNSET
    """Who answers for it."""


class Manifest(msgspec.Struct, frozen=True):
    """A manifest that has been checked against the vocabularies, with its source."""

    project: str
    owner: str | None
    usages: tuple[Usage, ...]
    source: Source
    sha256: str
    """Of the file's bytes, in hexadecimal."""
    whereabouts: Whereabouts = Whereabouts()
    """Where it stands."""
