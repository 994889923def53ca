"""What vendors publicly document: offerings, their cells, and where a commitment reaches."""

import datetime
from typing import Annotated, Any, Literal, Union

import msgspec
from msgspec import Meta

from ..logic import Node
from ..source import Source
from .manifest import Slug, Text, Texts, TextsNotEmpty
from .vocabulary import Category, Confidence, Default, Dimension, Route, Tier


class Reach(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One axis of a scope: names or globs that are inside, and names or globs that are not."""

    only: Texts | None = None
    excluded: Texts | None = msgspec.field(name="except", default=None)


class Scope(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a commitment reaches; an axis that is left out is not restricted."""

    endpoints: Reach | None = None
    models: Reach | None = None
    regions: Reach | None = None
    cloud_regions: Reach | None = None
    features: Reach | None = None
    lifecycle: Reach | None = None


class CellFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one offering documents about one dimension, as it is written."""

    value: Text
    """A grade; one that this version does not know is unknown."""
    confidence: Confidence | None = None
    verified: datetime.date | None = None
    """The day on which someone read the source."""
    source: str | None = None
    archived: str | None = None
    tier: Tier | None = None
    """The least tier at which the commitment is offered."""
    route: Route | None = None
    default: Default | None = None
    geography: str | None = None
    note: str | None = None
    scope: Scope | None = None
    conditions: tuple[Any, ...] | None = None
    """JSON Logic; all must hold for the commitment to apply to us."""
    facts: dict[str, Any] | None = None
    """Anything that a policy may compute on."""


class OfferingFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file of `offerings/`."""

    id: Slug
    name: Text
    developer: Text
    """Makes the model."""
    platform: Text
    """Serves it."""
    category: Category
    dimensions: dict[Dimension, Union[CellFile, None]]
    model_family: str | None = None
    summary: str | None = None
    endpoints: TextsNotEmpty | None = None
    models: TextsNotEmpty | None = None
    """Globs."""
    features: Texts | None = None
    hosts: Texts | None = None
    sdk_packages: dict[str, Texts] | None = None
    aliases: Texts | None = None


class SnapshotFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`snapshot.yaml`."""

    version: Literal[1]
    name: Text
    generated: datetime.date
    license: Text
    attribution: Text
    dimensions: Annotated[dict[Dimension, Text], Meta(min_length=1)]
    homepage: str | None = None
    disclaimer: str | None = None


class Condition(msgspec.Struct, frozen=True):
    """A checked condition of a cell."""

    tree: Node
    index: int


class Cell(msgspec.Struct, frozen=True):
    """A cell with its conditions checked."""

    dimension: Dimension
    written: CellFile
    conditions: tuple[Condition, ...]
    needs: tuple[Dimension, ...] = ()
    """Other dimensions that its conditions read."""


class Offering(msgspec.Struct, frozen=True):
    """An offering with its cells checked."""

    id: str
    written: OfferingFile
    cells: dict[str, Cell]
    """By dimension; a cell that is not there is not stated."""
    source: Source
    settings_read: frozenset[str]
    """Names of the settings that a condition of any cell reads."""


class Snapshot(msgspec.Struct, frozen=True):
    """A registry snapshot; only the offerings that were asked for are parsed, all are hashed."""

    written: SnapshotFile
    sha256: str
    """Of the whole snapshot, as `load.digest` defines it."""
    ids: frozenset[str]
    """Of every offering."""
    offerings: dict[str, Offering]
    """Those that a manifest names, or a command asks for."""
