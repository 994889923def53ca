"""Which cells a reading is of: all that the page feeds, or the one that is named.

In: a snapshot, words of the command line. Out: cells; what is not there is refused, with the nearest.
"""

from __future__ import annotations

from collections.abc import Iterator

from ....errors import Problem, UsageError
from ....frame.names import require_known, require_offering
from ....logic.wording import few
from ....model.registry import Snapshot
from ....model.vocabulary import in_order
from ..pages import is_address, nearest_pages, page_of
from .model import CellName, ReadCell


def cell_named(snapshot: Snapshot, offering: str, dimension: str) -> ReadCell:
    """The cell of a name.

    Raises:
        UsageError: there is none.
    """
    require_offering(offering, snapshot.ids)
    known = in_order(snapshot.offerings[offering].cells)
    require_known(dimension, known, f"cell of `{offering}` for")
    return ReadCell(CellName(offering, dimension), snapshot.offerings[offering].cells[dimension])


def cells_of_page(snapshot: Snapshot, source: str) -> tuple[ReadCell, ...]:
    """Every cell that a page feeds, by offering.

    Raises:
        UsageError: there is none; the nearest pages are named.
    """
    page = page_of(source)
    found = tuple(one for one in every_cell(snapshot) if _page(one) == page)
    if found:
        return found
    if source in snapshot.ids:
        help = f"name the cell, too: {source} DIMENSION; or a source: `vendorgate registry show {source}` has them"
        raise UsageError([Problem(f"`{source}` is an offering, and no source", help=help)])
    raise UsageError([Problem(f"{source} feeds no cell of this snapshot", help=_nearest(snapshot, source))])


def every_cell(snapshot: Snapshot) -> Iterator[ReadCell]:
    """All cells, by offering and dimension."""
    for id in sorted(snapshot.offerings):
        cells = snapshot.offerings[id].cells
        yield from (ReadCell(CellName(id, dimension), cells[dimension]) for dimension in in_order(cells))


def _page(one: ReadCell) -> str | None:
    source = one.cell.written.source
    return None if source is None else page_of(source)


def _nearest(snapshot: Snapshot, source: str) -> str:
    if not is_address(source):
        return "give the address as the cells have it, or OFFERING DIMENSION"
    pages = [page for page in map(_page, every_cell(snapshot)) if page is not None]
    found = nearest_pages(source, pages)
    if not found:
        return "`vendorgate registry due --within 36500d` lists every source"
    return f"did you mean {few(found, len(found))}?"
