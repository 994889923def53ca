"""What vendors publicly document: offerings, their cells, and where a commitment reaches."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from functools import cached_property
from typing import Annotated, Any, Final, Literal, Union

import msgspec
from msgspec import Meta

from ..logic import Json, Node
from ..source import Location, Source
from .manifest import Slug
from .signatures import Signatures
from .text import Text, Texts, TextsNotEmpty
from .vocabulary import (
    UNLISTED,
    AccessRoute,
    Category,
    Confidence,
    Default,
    Dimension,
    ListedCategory,
    Owner,
    Tier,
    plain_cloud_region,
)


class Reach(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One axis of a scope: names or globs that are inside, and names or globs that are not."""

    only: Texts | None = None
    """Names or globs that are inside, and no others."""
    excluded: Texts | None = msgspec.field(name="except", default=None)
    """Names or globs that are outside."""


class Scope(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a commitment reaches; an axis that is left out is not restricted."""

    endpoints: Reach | None = None
    """By endpoint."""
    models: Reach | None = None
    """By model."""
    regions: Reach | None = None
    """By region."""
    cloud_regions: Reach | None = None
    """By the platform's own regions."""
    features: Reach | None = None
    """By feature."""
    lifecycle: Reach | None = None
    """By maturity."""


Sha256 = Annotated[str, Meta(pattern=r"^(?!.*\n)[0-9a-f]{64}$", description="64 hexadecimal digits")]


class NamesReached(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Names or globs, and no others."""

    only: TextsNotEmpty
    """Names or globs that are inside."""


class FactScope(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """For which names facts hold; one axis."""

    endpoints: NamesReached | None = None
    """By endpoint."""
    models: NamesReached | None = None
    """By model."""
    features: NamesReached | None = None
    """By feature."""


class ScopedFacts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Facts that are others for some endpoints, models or features."""

    scope: FactScope
    """For which."""
    facts: Annotated[dict[Text, Any], Meta(min_length=1)]
    """What holds there; null: not known."""


class Reading(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """That somebody read the source of a cell."""

    on: datetime.date
    """The day."""
    by: Text
    """Who."""
    quote_sha256: Sha256 | None = None
    """Of the passage that was read."""
    archived: Text | None = None
    """A copy of the source as it was."""


class CellFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one offering documents about one dimension, as it is written."""

    value: Text
    """A grade; one that this version does not know is unknown."""
    confidence: Confidence | None = None
    """How sure the registry is of it."""
    verified: datetime.date | None = None
    """The day on which someone read the source."""
    source: Text | None = None
    """The primary source."""
    archived: Text | None = None
    """A copy of the source as it was."""
    tier: Tier | None = None
    """The least tier at which the commitment is offered."""
    route: AccessRoute | None = None
    """How an organization gets at it."""
    default: Default | None = None
    """Whether it holds by itself, by configuration or by approval."""
    geography: Text | None = None
    """Where it is offered, in words."""
    note: Text | None = None
    """In own words, short."""
    scope: Scope | None = None
    """Where it reaches; left out: everywhere."""
    conditions: tuple[Any, ...] | None = None
    """JSON Logic; all must hold for the commitment to apply to us."""
    facts: dict[str, Any] | None = None
    """Anything that a policy may compute on."""
    scoped_facts: tuple[ScopedFacts, ...] | None = None
    """Key by key other facts, where their scope reaches; of several that reach a name the first."""
    valid_until: datetime.date | None = None
    """The last day of what the vendor has announced to end."""
    readings: tuple[Reading, ...] | None = None
    """Who read the source, and when."""


# These stand in the field and not in a type of their own, so that nothing compiles them where what ships judges.
_IMPLIED_FIELD: Final = r"^(?!.*\n)(?:settings\..+|features|lifecycle|region)$"
_IMPLIED_FIELD_WORDS: Final = "a field that a name can imply: `settings.<name>`, `features`, `lifecycle` or `region`"


class Implication(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a name says by itself: a usage that declares it declares these fields, too, or contradicts itself."""

    set: Annotated[
        dict[
            Annotated[str, Meta(pattern=_IMPLIED_FIELD, description=_IMPLIED_FIELD_WORDS)],
            Union[Text, int, float, bool, Texts],
        ],
        Meta(min_length=1),
    ]
    """By field (`settings.<name>`, `features`, `lifecycle`, `region`): what the name implies."""
    models: TextsNotEmpty | None = None
    """Names or globs of models."""
    endpoints: TextsNotEmpty | None = None
    """Names or globs of endpoints."""
    features: TextsNotEmpty | None = None
    """Names or globs of features."""


class OfferingFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one offering is, and what it documents, whoever states it."""

    id: Slug
    """The name of the file, too."""
    name: Text
    """For people."""
    developer: Text
    """Makes the model."""
    platform: Text
    """Serves it."""
    category: Category
    """How the vendor stands to the model."""
    dimensions: dict[Dimension, Union[CellFile, None]]
    """One cell each."""
    model_family: Text | None = None
    """What the models are called together."""
    summary: Text | None = None
    """In own words, short."""
    endpoints: TextsNotEmpty | None = None
    """All there are."""
    models: TextsNotEmpty | None = None
    """Globs."""
    features: Texts | None = None
    """All there are."""
    hosts: Texts | None = None
    """Where it is served from."""
    sdk_packages: dict[Text, Texts] | None = None
    """By system: packages that call it."""
    aliases: Texts | None = None
    """Other names."""
    cloud: Text | None = None
    """Whose names `cloud_region` has: a key of the snapshot's `clouds`; left out: nobody's that the registry knows."""
    implies: tuple[Implication, ...] | None = None
    """What declared names say by themselves."""
    signatures: Signatures | None = None
    """What code that calls it is known by."""


class ListedOfferingFile(OfferingFile, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One file of `offerings/` of a registry."""

    category: ListedCategory
    """How the vendor stands to the model."""


class Former(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An offering that is gone: policies may go on naming it and its words."""

    since: datetime.date | None = None
    """The day on which it went."""
    instead: Slug | None = None
    """The offering that took its place."""
    note: Text | None = None
    """In own words, short."""
    platform: Text | None = None
    """Served it."""
    developer: Text | None = None
    """Made the model."""
    model_family: Text | None = None
    """What the models were called together."""
    endpoints: Texts | None = None
    """All there were."""
    features: Texts | None = None
    """All there were."""


class SnapshotFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`snapshot.yaml`."""

    version: Literal[1]
    """The version of the format."""
    name: Text
    """The snapshot's name."""
    generated: datetime.date
    """The day on which it was made."""
    license: Text
    """Under which it may be used."""
    attribution: Text
    """Where the facts come from."""
    dimensions: Annotated[dict[Dimension, Text], Meta(min_length=1)]
    """By id: the question that it answers."""
    homepage: Text | None = None
    """Where it is published."""
    disclaimer: Text | None = None
    """What it is not."""
    clouds: dict[Text, dict[Text, Text]] | None = None
    """By cloud: its own names of regions, and the region in which each lies."""
    former: dict[Slug, Former] | None = None
    """By id: offerings that are gone."""


class CellCondition(msgspec.Struct, frozen=True):
    """A checked condition of a cell."""

    tree: Node
    index: int


class Cell(msgspec.Struct, frozen=True):
    """A cell with its conditions checked."""

    dimension: Dimension
    written: CellFile
    conditions: tuple[CellCondition, ...]
    needs: tuple[Dimension, ...] = ()
    """Other dimensions that its conditions read."""
    owner: Owner = "registry"
    """Who states it."""
    source: Source | None = None
    """The file that it stands in, where that is not its offering's."""
    agreement: str | None = None
    """The reference of the contract that it rests on."""
    facts_read: tuple[str, ...] = ()
    """The paths of the facts that its conditions read."""


_STATED: Final = (
    *("id", "name", "developer", "platform", "category", "model_family", "summary", "endpoints", "models"),
    *("features", "hosts", "aliases"),
)
"""Fields of an offering that rules read."""


class Offering(msgspec.Struct, frozen=True, dict=True):
    """An offering with its cells checked."""

    id: str
    written: OfferingFile
    cells: dict[str, Cell]
    """By dimension; a cell that is not there is not stated."""
    source: Source
    settings_read: frozenset[str]
    """Names of the settings that a condition of any cell reads."""
    owner: Owner = "registry"
    """Who states it; cells of the organization may stand in an offering of the registry."""
    cloud_regions: Collection[str] = ()
    """The names that its cloud has for regions, as the snapshot writes them; none where it has no `cloud`."""

    @cached_property
    def cloud_names(self) -> dict[str, str]:
        """The regions of its cloud, each by its name without case, spaces and hyphens."""
        return {plain_cloud_region(name): name for name in self.cloud_regions}

    @cached_property
    def stated(self) -> dict[str, Json]:
        """What `offering.*` reads, by whole path, the same for all that use it; of an unlisted vendor it is known that
        it is one, and nothing else: a rule against one vendor clears nobody of whom it is not known who they are."""
        if self.id == UNLISTED:
            return {"offering.category": UNLISTED}
        facts = {f"offering.{name}": getattr(self.written, name) for name in _STATED}
        packages = self.written.sdk_packages or {}
        facts.update((f"offering.sdk_packages.{system}", names) for system, names in packages.items())
        known = {path: value for path, value in facts.items() if value is not None}
        return {path: [*value] if isinstance(value, tuple) else value for path, value in known.items()}

    def source_of(self, dimension: str) -> Source:
        """The file in which a cell stands, or would."""
        cell = self.cells.get(dimension)
        return self.source if cell is None or cell.source is None else cell.source


class Snapshot(msgspec.Struct, frozen=True):
    """A registry snapshot; only the offerings that were asked for are parsed, all are hashed."""

    written: SnapshotFile
    sha256: str
    """Of the whole snapshot, as `load.digest` defines it."""
    ids: frozenset[str]
    """Of every offering, the organization's own included."""
    offerings: dict[str, Offering]
    """Those that a manifest names, or a command asks for."""
    stale_index: Location | None = None
    """Where `index.yaml` is of other files, and was not used."""
