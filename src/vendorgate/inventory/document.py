"""A register for programs, `vendorgate.inventory/1`: its type, and what fills it.

In: an inventory. Out: ASCII text; JSON's own escapes keep every input harmless, on a terminal too.
"""

from __future__ import annotations

import datetime
from typing import Any, Final, Literal, Union

import msgspec
from msgspec import UNSET, UnsetType

from ..report.ascii_json import in_one_line
from ..report.document import (
    TOOL,
    DatedDocument,
    ReportedInputs,
    ReportedLocation,
    ReportedNotJudged,
    inputs,
    location,
    not_judged,
    written,
)
from .controls_reported import InventoryControl, reported_controls
from .model import Cell, CellMissing, CellValue, Completeness, Inventory, Place, Row, RowUsage, SaidBy, View
from .view_file import RowKind


class InventoryColumn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One column."""

    id: str
    """What programs call it."""
    title: str
    """What the law calls it."""
    cites: tuple[str, ...]
    """The articles that ask for it."""
    required: bool
    """Whether the register is not whole without it."""


class InventoryView(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The view that was filled."""

    name: str
    """What it is called by."""
    title: str
    """What people call the register."""
    law: tuple[str, ...]
    """What asks for it."""
    rows: RowKind
    """What one row is of."""
    public: bool
    """Whether its page is for everybody."""
    notice: Union[str, None]
    """How customers are told of changes; null where the view does not say."""
    sha256: str
    """Of the file of the view."""
    columns: tuple[InventoryColumn, ...]
    """In the order in which they are shown."""


class InventoryValue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that a cell says."""

    value: Any
    """As it is stated."""
    words: str
    """As people read it."""
    said_by: SaidBy = msgspec.field(name="from")
    """Who states it."""
    location: Union[ReportedLocation, None]
    """Where, in a manifest or the bundle; null for what stands in no file of the organization."""
    reference: Union[str, None]
    """Of an agreement where it is filed, of evidence its source, of a rule what it read, of an observation what was
    asked, or what shows what is attested; null where there is none."""
    verified: Union[datetime.date, None]
    """The day on which somebody read it: of evidence its source, of an observation the account."""
    of: tuple[str, ...]
    """The usages or routes that it is said of; empty: all of the row."""
    attested_by: Union[str, UnsetType] = UNSET
    """Of an observation who attests it; left out where it was read at the vendor."""
    claimed: Any = UNSET
    """Of an observation what the manifest claims in its place; left out where it claims nothing else."""


class InventoryMissing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that a cell does not say."""

    what: str
    """What the law calls it."""
    where: Place
    """Where it can be said."""
    name: str
    """Of the attribute, the field, the agreement or the cell there."""
    help: str
    """How to say it."""
    why: Union[str, None]
    """Why what is there does not count; null where nothing is."""
    of: tuple[str, ...]
    """The usages or routes of which it is missing; empty: all of the row."""


class InventoryCell(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one column says of one row."""

    applies: bool
    """Whether anything is asked for."""
    values: tuple[InventoryValue, ...]
    """What it says."""
    missing: tuple[InventoryMissing, ...]
    """What it does not say."""


class InventoryRoute(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A route of a usage that a row is of."""

    manifest: str
    """The path of the manifest."""
    project: str
    """The project."""
    usage: str
    """The id of the usage."""
    route: str
    """How the usage comes to it."""
    offering: str
    """The offering."""
    account: Union[str, None]
    """Which account at the vendor; null where the manifest names none."""
    vendor: Union[str, None]
    """Who an unlisted vendor is; null of every other."""


class InventoryRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One row."""

    id: str
    """What it is known by from day to day."""
    name: str
    """As people read it."""
    routes: tuple[InventoryRoute, ...]
    """What it is of."""
    cells: dict[str, InventoryCell]
    """By the ids of the columns."""


class InventorySummary(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Counts."""

    rows: int
    """Rows."""
    usages: int
    """Usages that were judged."""
    left_out: int
    """Routes that the view is not about."""
    cells: int
    """Cells of which anything is asked."""
    filled: int
    """Cells of which nothing is missing."""
    missing: int
    """Cells of which anything is missing."""
    missing_required: int
    """The same in columns that the view requires."""
    missing_by_column: dict[str, int]
    """By the id of the column, where anything is missing: in how many rows."""


class InventoryReport(DatedDocument, frozen=True):
    """A register, filled: `vendorgate inventory --format json`."""

    schema: Literal["vendorgate.inventory/1"]
    """The format."""
    as_of: datetime.date
    """The day that was judged by."""
    as_of_given: bool
    """Whether somebody chose the day."""
    inputs: ReportedInputs
    """Everything that it depends on beside the view, with digests."""
    completeness: Completeness
    """`incomplete` as soon as one manifest was not judged, else `missing` where anything is that the view requires."""
    not_judged: tuple[ReportedNotJudged, ...]
    """Manifests that were meant, too, and have mistakes; nothing else in the register is about them."""
    view: InventoryView
    """The view."""
    summary: InventorySummary
    """Counts."""
    rows: tuple[InventoryRow, ...]
    """In the order of manifests and usages; vendors by name."""
    controls: tuple[InventoryControl, ...] | UnsetType = UNSET
    """The rows under each control whose policies judge them; left out where nobody asked for that."""


def render(inventory: Inventory) -> str:
    """The register, a cell a line; the same inputs give the same bytes."""
    return _rendered(inventory, UNSET)


def render_by_control(inventory: Inventory) -> str:
    """The same, with its rows under each control."""
    return _rendered(inventory, reported_controls(inventory))


_NO_ROWS: Final = '\n  "rows": []'
"""How a register is written without rows: no text of an input has a line break there."""


def _rendered(inventory: Inventory, controls: tuple[InventoryControl, ...] | UnsetType) -> str:
    whole = written(_report(inventory, controls))
    if not inventory.rows:
        return whole
    before, _, after = whole.partition(_NO_ROWS)
    lines = _Lines(inventory.view)
    return "".join((before, '\n  "rows": [\n', ",\n".join(map(lines.row, inventory.rows)), "\n  ]", after))


class _Lines:
    """Rows in lines. They are written one by one and cells shortly, because a large register has half a million."""

    def __init__(self, view: View) -> None:
        self._names = [in_one_line(column.id) for column in view.columns]
        self._shared: dict[int, str] = {}
        """Cells that many rows share, by their identity: what is missing is mostly missing in the same words."""

    def row(self, row: Row) -> str:
        routes = in_one_line(msgspec.to_builtins(tuple(map(_route, row.routes))))
        cells = ",\n".join(
            f"        {name}: {self._cell(cell)}" for name, cell in zip(self._names, row.cells, strict=True)
        )
        id, name = in_one_line(row.id), in_one_line(row.name)
        begin = f'    {{\n      "id": {id},\n      "name": {name},\n      "routes": {routes},\n'
        return f'{begin}      "cells": {{\n{cells}\n      }}\n    }}'

    def _cell(self, cell: Cell) -> str:
        if cell.values:
            return in_one_line(msgspec.to_builtins(_cell(cell)))
        found = self._shared.get(id(cell))
        if found is None:
            found = self._shared[id(cell)] = in_one_line(msgspec.to_builtins(_cell(cell)))
        return found


def _report(inventory: Inventory, controls: tuple[InventoryControl, ...] | UnsetType) -> InventoryReport:
    """All of it but its rows."""
    found = inventory.evaluation
    return InventoryReport(
        schema="vendorgate.inventory/1",
        tool=TOOL,
        as_of=found.as_of,
        as_of_given=found.as_of_given,
        inputs=inputs(found),
        completeness=inventory.completeness,
        not_judged=not_judged(found),
        view=_view(inventory.view),
        summary=_summary(inventory),
        rows=(),
        controls=controls,
    )


def _view(view: View) -> InventoryView:
    columns = tuple(InventoryColumn(one.id, one.title, one.cites, one.required) for one in view.columns)
    return InventoryView(view.name, view.title, view.law, view.rows, view.public, view.notice, view.sha256, columns)


def _summary(inventory: Inventory) -> InventorySummary:
    places = sorted(inventory.missing_by_column.items())
    missing = {inventory.view.columns[place].id: count for place, count in places}
    return InventorySummary(**msgspec.structs.asdict(inventory.counts), missing_by_column=missing)


def _route(one: RowUsage) -> InventoryRoute:
    return InventoryRoute(*msgspec.structs.astuple(one))


def _cell(cell: Cell) -> InventoryCell:
    applies = bool(cell.values or cell.missing)
    return InventoryCell(applies, tuple(map(_value, cell.values)), tuple(map(_missing, cell.missing)))


def _value(one: CellValue) -> InventoryValue:
    place = None if one.locate is None else location(one.locate())
    day = None if one.verified is None else datetime.date.fromisoformat(one.verified)
    attested_by = UNSET if one.attested_by is None else one.attested_by
    return InventoryValue(
        one.value, one.words, one.said_by, place, one.reference, day, one.of, attested_by, one.claimed
    )


def _missing(one: CellMissing) -> InventoryMissing:
    return InventoryMissing(one.what, one.place, one.name, one.help, one.why, one.of)
