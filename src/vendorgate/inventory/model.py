"""A register that was filled: its view, its rows, and of each cell what it says and where that comes from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cached_property
from typing import Final, Literal

import msgspec
from msgspec import UNSET, UnsetType

from ..logic import Json, Node
from ..model.evaluation import Evaluation
from ..source import Location
from .view_file import RowKind

SaidBy = Literal["manifest", "bundle", "register", "registry", "observation", "results", "rule", "run"]
"""Who states a value: an input, what was judged, a rule of the view, or the run itself."""
Place = Literal["manifest", "register", "registry", "bundle", "view"]
"""Where something that is missing can be said."""
Completeness = Literal["whole", "missing", "incomplete"]
"""`whole`: nothing is missing that the view requires; `incomplete`: of several manifests one was not judged."""
SHIPPED: Final = "vendorgate:views"
"""What the path of a view that came along begins with."""


class ViewSource(msgspec.Struct, frozen=True):
    """One place that a column is filled from."""

    path: str
    says: str | None
    """Of what answers yes or no: what is written where it is yes."""


class Column(msgspec.Struct, frozen=True):
    """One column, checked; it has sources, a rule, or other columns that it counts."""

    id: str
    title: str
    cites: tuple[str, ...]
    required: bool
    sources: tuple[ViewSource, ...] = ()
    met: Node | None = None
    of: tuple[int, ...] = ()
    """The columns that it counts, by their places."""
    least: int = 1
    when: Node | None = None
    unless_not_met: int | None = None
    """The place of a column with a rule."""


class View(msgspec.Struct, frozen=True):
    """A view whose paths and rules have been checked."""

    name: str
    title: str
    law: tuple[str, ...]
    rows: RowKind
    columns: tuple[Column, ...]
    where: Node | None
    public: bool
    notice: str | None
    sha256: str
    """Of the file that it stands in."""


class CellValue(msgspec.Struct, frozen=True):
    """One thing that a cell says."""

    value: Json
    words: str
    """As people read it; not escaped."""
    said_by: SaidBy
    locate: Callable[[], Location | None] | None = None
    """Finds the place in a manifest, in the register or in another file of the bundle."""
    reference: str | None = None
    """The agreement's, or the source of evidence; of an observation what was asked, or what shows what is attested."""
    verified: str | None = None
    """The day on which somebody read it: of evidence its source, of an observation the account."""
    of: tuple[str, ...] = ()
    """The routes that it is said of, where there are others in the row; empty: all."""
    attested_by: str | None = None
    """Of an observation who attests it; None: it was read at the vendor."""
    claimed: Json | UnsetType = UNSET
    """Of an observation what the manifest claims in its place, where that is something else."""


class CellMissing(msgspec.Struct, frozen=True):
    """One thing that a cell does not say."""

    what: str
    """What the law calls it."""
    place: Place
    """Where it can be said."""
    name: str
    """Of the attribute, the field, the agreement or the cell there."""
    help: str
    """How to say it, an imperative."""
    why: str | None = None
    """Why what is there does not count."""
    of: tuple[str, ...] = ()
    """The routes of which it is missing, where there are others in the row; empty: all."""
    called: str = ""
    """What it is called there, in a few words; empty where `why` says all that there is to say."""
    attribute: str | None = None
    """The attribute of the usage that would say it, where that is where it belongs."""


class Cell(msgspec.Struct, frozen=True):
    """What one column says of one row: values, what is missing, or both; neither where nothing is asked for."""

    values: tuple[CellValue, ...] = ()
    missing: tuple[CellMissing, ...] = ()


NOT_ASKED: Final = Cell()


class RowUsage(msgspec.Struct, frozen=True):
    """A route that a row is of."""

    manifest: str
    project: str
    usage: str
    route: str
    offering: str
    account: str | None
    vendor: str | None


class Row(msgspec.Struct, frozen=True):
    """One row."""

    id: str
    """What it is known by from day to day."""
    name: str
    """As people read it."""
    routes: tuple[RowUsage, ...]
    """What it is of."""
    cells: tuple[Cell, ...]
    """One a column, in their order."""


class InventoryCounts(msgspec.Struct, frozen=True):
    """Counts of rows and cells."""

    rows: int
    usages: int
    """That were judged, whether a row is of them or not."""
    left_out: int
    """Routes that the view is not about."""
    cells: int
    """Of which anything is asked."""
    filled: int
    """Of which nothing is missing."""
    missing: int
    """Of which anything is missing."""
    missing_required: int
    """The same of columns that the view requires."""


class Inventory(msgspec.Struct, frozen=True, dict=True):
    """A view, filled."""

    view: View
    evaluation: Evaluation
    rows: tuple[Row, ...]
    left_out: int

    @cached_property
    def missing_by_column(self) -> Counter[int]:
        """In how many rows anything is missing, by the place of the column."""
        return Counter(place for row in self.rows for place, cell in enumerate(row.cells) if cell.missing)

    @cached_property
    def counts(self) -> InventoryCounts:
        asked = sum(bool(cell.values or cell.missing) for row in self.rows for cell in row.cells)
        missing = self.missing_by_column
        required = sum(count for place, count in missing.items() if self.view.columns[place].required)
        return InventoryCounts(
            rows=len(self.rows),
            usages=sum(len(one.usages) for one in self.evaluation.manifests),
            left_out=self.left_out,
            cells=asked,
            filled=asked - missing.total(),
            missing=missing.total(),
            missing_required=required,
        )

    @property
    def completeness(self) -> Completeness:
        if self.evaluation.not_judged:
            return "incomplete"
        return "missing" if self.counts.missing_required else "whole"
