"""The registry for programs, `vendorgate.registry.<command>/1`: the types of the documents, and what fills them.

In: offerings and what was found in them. Out: ASCII text; JSON's own escapes keep every input harmless.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Literal, TypedDict, Union

import msgspec
from msgspec import UNSET, UnsetType

from ...model.registry import Cell, CellFile, Offering, OfferingFile, Snapshot
from ...model.vocabulary import DIMENSIONS, Category, Dimension, in_order
from ...report.document import written
from .model import Matches, OfferingList, OfferingPage, WatchOuts


class ReportedSnapshot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The registry snapshot that was looked at."""

    name: str
    """Its name."""
    generated: datetime.date
    """The day on which it was made."""
    sha256: str
    """Of its files, with their paths."""
    license: str
    """Under which it may be used."""
    attribution: str
    """Where the facts come from."""


class RegistryDocument(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a document of one snapshot begins with."""

    schema: str
    """The format."""
    registry: ReportedSnapshot
    """What was looked at."""


def reported_snapshot(snapshot: Snapshot) -> ReportedSnapshot:
    """Which snapshot is meant."""
    file = snapshot.written
    return ReportedSnapshot(file.name, file.generated, snapshot.sha256, file.license, file.attribution)


class ReportedOffering(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which offering is meant."""

    id: str
    """Its id."""
    name: str
    """Its name."""
    developer: str
    """Makes the model."""
    platform: str
    """Serves it."""
    category: Category
    """How the vendor stands to the model."""
    model_family: Union[str, None]
    """What the models are called together; null where the registry does not say."""


class OfferingFields(TypedDict):
    id: str
    name: str
    developer: str
    platform: str
    category: Category
    model_family: str | None


def offering_fields(offering: Offering) -> OfferingFields:
    """Which offering is meant."""
    file = offering.written
    return {
        "id": file.id,
        "name": file.name,
        "developer": file.developer,
        "platform": file.platform,
        "category": file.category,
        "model_family": file.model_family,
    }


class ListedOffering(ReportedOffering, frozen=True):
    """An offering with its grades."""

    grades: dict[str, Union[str, None]]
    """By dimension; null where nothing is stated."""
    own: tuple[str, ...] | UnsetType = UNSET
    """Dimensions that the organization states in its bundle; left out where there are none."""
    owner: Literal["bundle"] | UnsetType = msgspec.field(name="from", default=UNSET)
    """Whose the offering is: the organization's own; left out: the registry's."""


class RegistryList(RegistryDocument, frozen=True):
    """The offerings with their grades."""

    schema: Literal["vendorgate.registry.list/1"]
    """The format."""
    offerings: tuple[ListedOffering, ...]
    """Those that were asked for, by id."""


def listing(found: OfferingList) -> str:
    """The offerings with their grades."""
    listed = tuple(
        ListedOffering(**offering_fields(one), grades=_grades(one), own=_own_names(one), owner=_whose(one))
        for one in found.offerings
    )
    return written(
        RegistryList(schema="vendorgate.registry.list/1", registry=reported_snapshot(found.snapshot), offerings=listed)
    )


def _whose(one: Offering | Cell) -> Literal["bundle"] | UnsetType:
    return "bundle" if one.owner == "bundle" else UNSET


def _own_names(offering: Offering) -> tuple[str, ...] | UnsetType:
    return tuple(name for name in in_order(offering.cells) if offering.cells[name].owner == "bundle") or UNSET


def _grades(offering: Offering) -> dict[str, str | None]:
    cells = {name: offering.cells.get(name) for name in in_order((*DIMENSIONS, *offering.cells))}
    return {name: None if cell is None else cell.written.value for name, cell in cells.items()}


class OwnStatement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A cell that the organization states in its bundle."""

    dimension: str
    """The dimension, which can be one of the bundle's own."""
    agreement: Union[str, None]
    """The reference of the contract that it rests on."""
    cell: CellFile
    """What it states."""


class RegistryShow(RegistryDocument, frozen=True):
    """All that the snapshot says of an offering."""

    schema: Literal["vendorgate.registry.show/1"]
    """The format."""
    offering: OfferingFile
    """The offering as it is written, with null for what is not stated."""
    cloud_regions: Union[dict[str, str], None]
    """By the platform's own names of regions: the region in which each lies; null where the registry knows none."""
    watch_outs: dict[str, tuple[str, ...]]
    """By dimension: why it is not a clean public yes."""
    own: tuple[OwnStatement, ...] | UnsetType = UNSET
    """Cells of the organization, which stand in the place of the registry's; left out where there are none."""


def page(found: OfferingPage) -> str:
    """All that the snapshot says of an offering."""
    offering, snapshot = found.offering, found.snapshot
    return written(
        RegistryShow(
            schema="vendorgate.registry.show/1",
            registry=reported_snapshot(snapshot),
            offering=plain_offering(offering),
            cloud_regions=(snapshot.written.clouds or {}).get(offering.written.cloud or ""),
            watch_outs=told_watch_outs(found.concerns),
            own=own_statements(offering),
        )
    )


def plain_offering(offering: Offering) -> OfferingFile:
    """An offering as a registry would write it: with the usual dimensions, and cells of the usual fields."""
    cells = {name: cell_fields(offering.cells[name]) for name in DIMENSIONS if name in offering.cells}
    return (
        offering.written
        if own_statements(offering) is UNSET
        else msgspec.structs.replace(offering.written, dimensions=cells)
    )


def own_statements(offering: Offering) -> tuple[OwnStatement, ...] | UnsetType:
    """What the organization states of an offering."""
    found = [(name, offering.cells[name]) for name in in_order(offering.cells)]
    own = tuple(OwnStatement(n, one.agreement, _fields_of(one)) for n, one in found if one.owner == "bundle")
    return own or UNSET


def cell_fields(cell: Cell | None) -> CellFile | None:
    """What a cell states, in the usual fields; None for a cell that is not there."""
    return None if cell is None else _fields_of(cell) if cell.owner == "bundle" else cell.written


def _fields_of(cell: Cell) -> CellFile:
    """What a cell states, without the contract that it rests on."""
    return CellFile(**{field: getattr(cell.written, field) for field in CellFile.__struct_fields__})


def told_watch_outs(concerns: Mapping[Dimension, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """By dimension: why it is not a clean public yes."""
    return {dimension: tuple(words) for dimension, words in concerns.items()}


class WatchedOffering(ReportedOffering, frozen=True):
    """An offering with its watch-outs."""

    watch_outs: dict[str, tuple[str, ...]]
    """By dimension: why it is not a clean public yes."""
    own: tuple[str, ...] | UnsetType = UNSET
    """Dimensions that the organization states in its bundle; left out where there are none."""


class RegistryWatchOuts(RegistryDocument, frozen=True):
    """Every cell that is not a clean public yes."""

    schema: Literal["vendorgate.registry.watch-outs/1"]
    """The format."""
    offerings: tuple[WatchedOffering, ...]
    """The one that was asked for, or all of them by id."""


def watch_outs(found: WatchOuts) -> str:
    """Every cell that is not a clean public yes."""
    rows = tuple(
        WatchedOffering(**offering_fields(one), watch_outs=told_watch_outs(concerns), own=_own_names(one))
        for one, concerns in found.offerings
    )
    return written(
        RegistryWatchOuts(
            schema="vendorgate.registry.watch-outs/1", registry=reported_snapshot(found.snapshot), offerings=rows
        )
    )


class ReportedMatch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text of an offering in which the words were found."""

    offering: str
    """The offering."""
    where: str
    """A field of the offering, or `dimension.field` of one of its cells."""
    text: str
    """The text."""
    owner: Literal["bundle"] | UnsetType = msgspec.field(name="from", default=UNSET)
    """Who says it: the organization, in its bundle; left out: the registry."""


class RegistrySearch(RegistryDocument, frozen=True):
    """Texts of offerings that have all the words."""

    schema: Literal["vendorgate.registry.search/1"]
    """The format."""
    matches: tuple[ReportedMatch, ...]
    """By offering, then in the order of the fields."""


def matches(found: Matches) -> str:
    """Texts of offerings that have all the words."""
    rows = tuple(
        ReportedMatch(one.offering.id, one.place, one.text, "bundle" if one.is_own else UNSET) for one in found.matches
    )
    return written(
        RegistrySearch(schema="vendorgate.registry.search/1", registry=reported_snapshot(found.snapshot), matches=rows)
    )
