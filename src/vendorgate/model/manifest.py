"""What a project declares: its usages of AI-vendor offerings."""

from typing import Annotated, Literal, Union

import msgspec
from msgspec import UNSET, Meta, UnsetType

from ..source import Source
from .vocabulary import AgreementKind, Environment, Lifecycle, Tier

Text = Annotated[str, Meta(min_length=1)]
Slug = Annotated[
    str,
    Meta(
        pattern=r"^(?!.*\n)[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$",
        description="a slug: lower-case letters, digits, hyphens, dots and underscores",
    ),
]
Texts = tuple[Text, ...]
TextsNotEmpty = Annotated[tuple[Text, ...], Meta(min_length=1)]
Scalar = Union[str, int, float, bool]
Settings = dict[str, Scalar]


class Route(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A fallback or gateway with declarations of its own; what it leaves out is not taken from the usage,
    save `region`."""

    offering: Text
    endpoints: TextsNotEmpty | UnsetType = UNSET
    models: TextsNotEmpty | UnsetType = UNSET
    features: Texts = ()
    cloud_region: Text | UnsetType = UNSET
    tier: Tier = "self_serve"
    settings: Settings = {}
    agreements: tuple[AgreementKind, ...] = ()
    region: Text | UnsetType = UNSET


class UsageDraft(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is declared of a use of one offering."""

    offering: Text
    data: TextsNotEmpty
    """Data classes: the contract's and the bundle's own."""
    purpose: str | UnsetType = UNSET
    endpoints: TextsNotEmpty | UnsetType = UNSET
    models: TextsNotEmpty | UnsetType = UNSET
    subjects: TextsNotEmpty | UnsetType = UNSET
    """Regions of the people behind the data."""
    region: Text | UnsetType = UNSET
    """The place that the account or project is pinned to."""
    cloud_region: Text | UnsetType = UNSET
    tier: Tier = "self_serve"
    environment: Environment = "production"
    lifecycle: Lifecycle = "ga"
    features: Texts = ()
    fallbacks: tuple[Union[Text, Route], ...] = ()
    via: Union[Text, Route, None] = None
    settings: Settings = {}
    agreements: tuple[AgreementKind, ...] = ()
    """Claims: kinds that the project believes are in force."""


class Usage(UsageDraft, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One use of one offering, with its name."""

    id: Slug


class ManifestFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A manifest as it is written."""

    version: Literal[1]
    project: Slug
    usages: tuple[Usage, ...]
    owner: Text | UnsetType = UNSET


class Manifest(msgspec.Struct, frozen=True):
    """A manifest that has been checked against the vocabularies, with its source."""

    project: str
    owner: str | None
    usages: tuple[Usage, ...]
    source: Source
    sha256: str
    """Of the file's bytes, in hexadecimal."""
