"""What is another in a register than before: rows that came, went, or say something else.

In: two registers of one view. Out: an `InventoryDifference`. A row is the same by its id; a cell is another where it
says other words or lacks something else, and not where it stands on another line or its source was read again.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from ...inventory.document import InventoryCell, InventoryReport, InventoryRow
from ...inventory.wording import NOT_ASKED_WORDS, NOT_STATED
from ...logic.wording import few

_FEW = 3


class ShownColumn(msgspec.Struct, frozen=True):
    """A column of both registers, or of one."""

    id: str
    title: str


class ShownRow(msgspec.Struct, frozen=True):
    """A row that is in one of the two, with what its cells say, by the ids of the columns."""

    id: str
    name: str
    cells: Mapping[str, str]


class CellChange(msgspec.Struct, frozen=True):
    """A cell that says something else."""

    column: ShownColumn
    before: str
    after: str


class RowChange(msgspec.Struct, frozen=True):
    """A row of which some cells say something else."""

    id: str
    name: str
    changes: tuple[CellChange, ...]


class InventoryDifference(msgspec.Struct, frozen=True):
    """Two registers of one view, side by side."""

    before: InventoryReport
    after: InventoryReport
    columns: tuple[ShownColumn, ...]
    """Of the later one."""
    added: tuple[ShownRow, ...]
    removed: tuple[ShownRow, ...]
    changed: tuple[RowChange, ...]
    columns_added: tuple[ShownColumn, ...]
    columns_removed: tuple[ShownColumn, ...]

    @property
    def public(self) -> bool:
        return self.after.view.public

    @property
    def days(self) -> tuple[datetime.date, datetime.date]:
        return self.before.as_of, self.after.as_of

    @property
    def is_incomplete(self) -> bool:
        """Whether one of the two does not know all its manifests: what is missing in it may be there."""
        return "incomplete" in (self.before.completeness, self.after.completeness)

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.removed or self.changed)


def difference(before: InventoryReport, after: InventoryReport) -> InventoryDifference:
    """What is another in the later register."""
    public = after.view.public
    old, new = ({row.id: row for row in one.rows} for one in (before, after))
    titles = {one.id: ShownColumn(one.id, one.title) for one in after.view.columns}
    had = {one.id: ShownColumn(one.id, one.title) for one in before.view.columns}
    both = [column for id, column in titles.items() if id in had]
    changed = (_change(old[id], row, both, public) for id, row in new.items() if id in old)
    return InventoryDifference(
        before=before,
        after=after,
        columns=tuple(titles.values()),
        added=tuple(_shown(row, public) for id, row in new.items() if id not in old),
        removed=tuple(_shown(row, public) for id, row in old.items() if id not in new),
        changed=tuple(one for one in changed if one.changes),
        columns_added=tuple(column for id, column in titles.items() if id not in had),
        columns_removed=tuple(column for id, column in had.items() if id not in titles),
    )


def _shown(row: InventoryRow, public: bool) -> ShownRow:
    cells = {id: _words(cell, public) for id, cell in row.cells.items()}
    return ShownRow(row.id, _name(row, public), cells)


def _name(row: InventoryRow, public: bool) -> str:
    """What a row is called; for everybody it is what its first cell says, which is no word of ours."""
    return _words(next(iter(row.cells.values())), public) if public else row.name


def _change(old: InventoryRow, new: InventoryRow, columns: Sequence[ShownColumn], public: bool) -> RowChange:
    return RowChange(new.id, _name(new, public), tuple(_changes(old, new, columns, public)))


def _changes(
    old: InventoryRow, new: InventoryRow, columns: Sequence[ShownColumn], public: bool
) -> Iterator[CellChange]:
    for column in columns:
        before, after = _said(old.cells[column.id], public), _said(new.cells[column.id], public)
        if set(before) != set(after):
            yield CellChange(column, "; ".join(before), "; ".join(after))


def _words(cell: InventoryCell, public: bool) -> str:
    return "; ".join(_said(cell, public))


def _said(cell: InventoryCell, public: bool) -> tuple[str, ...]:
    """What a cell says; of what is missing that it is, and no reason that names a day."""
    if not cell.values and not cell.missing:
        return (NOT_ASKED_WORDS,)
    values = dict.fromkeys(f"{one.words}{'' if public else _of(one.of)}" for one in cell.values)
    lacking = [NOT_STATED if public else f"missing{_of(one.of)}" for one in cell.missing]
    return (*values, *dict.fromkeys(lacking))


def _of(labels: Sequence[str]) -> str:
    return f" [{few(labels, _FEW)}]" if labels else ""
