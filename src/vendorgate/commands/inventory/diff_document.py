"""What is another in a register, for programs, `vendorgate.inventory-diff/1`: its type, and what fills it.

In: a difference. Out: ASCII text; JSON's own escapes keep every input harmless.
"""

from __future__ import annotations

import datetime
from typing import Literal, Union

import msgspec

from ...inventory.document import InventoryReport
from ...inventory.model import Completeness
from ...report.document import TOOL, JsonDocument, written
from .difference import InventoryDifference, RowChange, ShownColumn, ShownRow


class ComparedRegister(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of the two registers."""

    as_of: datetime.date
    """The day that was judged by."""
    completeness: Completeness
    """Whether it knows all that was meant, and lacks nothing that its view requires."""
    not_judged: tuple[str, ...]
    """Paths of manifests that it knows nothing of."""
    view_sha256: str
    """Of the file of its view."""


class DiffColumn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A column."""

    id: str
    """What programs call it."""
    title: str
    """What the law calls it."""


class DiffRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row that only one of the two has."""

    id: str
    """What it is known by from day to day."""
    name: str
    """As people read it."""
    cells: dict[str, str]
    """What it says, by the ids of the columns."""


class DiffCell(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A cell that says something else."""

    column: str
    """The id of the column."""
    title: str
    """What the law calls it."""
    said: str
    """In the earlier register."""
    says: str
    """In the later one."""


class DiffChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of which some cells say something else."""

    id: str
    """What it is known by from day to day."""
    name: str
    """As people read it."""
    cells: tuple[DiffCell, ...]
    """Those that do, in the order of the columns."""


class InventoryDiff(JsonDocument, frozen=True):
    """Two registers of one view, side by side: `vendorgate inventory diff --format json`."""

    schema: Literal["vendorgate.inventory-diff/1"]
    """The format."""
    view: str
    """What both are filled from, by its name."""
    title: str
    """What people call the register."""
    notice: Union[str, None]
    """How customers are told and how they object; null where the view does not say."""
    before: ComparedRegister
    """The earlier one."""
    after: ComparedRegister
    """The later one."""
    columns_added: tuple[DiffColumn, ...]
    """That only the later one has."""
    columns_removed: tuple[DiffColumn, ...]
    """That only the earlier one has."""
    added: tuple[DiffRow, ...]
    """Rows that only the later one has."""
    removed: tuple[DiffRow, ...]
    """Rows that only the earlier one has."""
    changed: tuple[DiffChange, ...]
    """Rows that both have, with what is another in them."""


def render(found: InventoryDifference) -> str:
    """The difference; the same registers give the same bytes."""
    return written(
        InventoryDiff(
            schema="vendorgate.inventory-diff/1",
            tool=TOOL,
            view=found.after.view.name,
            title=found.after.view.title,
            notice=found.after.view.notice,
            before=_register(found.before),
            after=_register(found.after),
            columns_added=tuple(map(_column, found.columns_added)),
            columns_removed=tuple(map(_column, found.columns_removed)),
            added=tuple(map(_row, found.added)),
            removed=tuple(map(_row, found.removed)),
            changed=tuple(map(_change, found.changed)),
        )
    )


def _register(one: InventoryReport) -> ComparedRegister:
    left = tuple(left.path for left in one.not_judged)
    return ComparedRegister(one.as_of, one.completeness, left, one.view.sha256)


def _column(one: ShownColumn) -> DiffColumn:
    return DiffColumn(one.id, one.title)


def _row(row: ShownRow) -> DiffRow:
    return DiffRow(row.id, row.name, dict(row.cells))


def _change(one: RowChange) -> DiffChange:
    cells = tuple(DiffCell(cell.column.id, cell.column.title, cell.before, cell.after) for cell in one.changes)
    return DiffChange(one.id, one.name, cells)
