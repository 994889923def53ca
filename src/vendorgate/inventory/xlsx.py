"""A register as a workbook, which GRC portals take as a document: the table, its columns with their articles, the run.

In: an inventory. Out: bytes; `report/workbook.py` alone builds them, and no cell of it is a formula.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from ..report import unjudged
from ..report.workbook import Cell, Sheet, shown_name, workbook
from ..version import VERSION
from .csv import about, of_row
from .model import Inventory
from .wording import cell_words, closing_words, head_words, left_out_words, public_words

_NOT_JUDGED, _ABOUT, _RUN = "Not judged", "Columns", "Run"
"""Sheets beside the register; it is called otherwise, in any case."""
_COLUMNS = ("column", "what the law calls it", "articles", "required", "missing in rows")


def render(inventory: Inventory, more: Iterable[Sheet] = ()) -> bytes:
    """The workbook and further sheets; the same inputs give the same bytes. For everybody: the table alone."""
    return workbook(head_words(inventory), chain(_sheets(inventory), more))


def _sheets(inventory: Inventory) -> Iterator[Sheet]:
    if inventory.evaluation.not_judged:
        yield Sheet(_NOT_JUDGED, ("manifest", "problems"), _unjudged(inventory))
    yield _register(inventory)
    if not inventory.view.public:
        yield Sheet(_ABOUT, _COLUMNS, _columns(inventory))
        yield Sheet(_RUN, ("what", "value"), _run(inventory))


def _unjudged(inventory: Inventory) -> Iterator[Sequence[Cell]]:
    for left in inventory.evaluation.not_judged:
        yield left.path, "; ".join(map(unjudged.words, left.problems))


def _register(inventory: Inventory) -> Sheet:
    view = inventory.view
    titles = Counter(one.title for one in view.columns)
    names = [one.title if titles[one.title] == 1 else f"{one.title} ({one.id})" for one in view.columns]
    if view.public:
        return Sheet(_name(view.title), names, (list(map(public_words, row.cells)) for row in inventory.rows))
    own = {"row", "manifests", "usages", "routes", "missing", "sources"}
    shown = [f"{name} (column)" if name in own else name for name in names]
    rows = ([*of_row(row), *map(cell_words, row.cells), *about(row, inventory)] for row in inventory.rows)
    return Sheet(_name(view.title), ("row", "manifests", "usages", "routes", *shown, "missing", "sources"), rows)


def _name(title: str) -> str:
    name = shown_name(title)
    taken = {one.casefold() for one in (_NOT_JUDGED, _ABOUT, _RUN)}
    return shown_name(f"register {title}") if name.casefold() in taken else name


def _columns(inventory: Inventory) -> Iterator[Sequence[Cell]]:
    for place, one in enumerate(inventory.view.columns):
        missing = inventory.missing_by_column[place]
        yield one.id, one.title, "; ".join(one.cites) or "none", one.required, missing


def _run(inventory: Inventory) -> Iterator[Sequence[Cell]]:
    found = inventory.evaluation
    yield "register", closing_words(inventory)
    if inventory.left_out:
        yield "left out", left_out_words(inventory)
    yield "as of", found.as_of
    yield "day given by whoever ran it", found.as_of_given
    yield from (("asked for by", law) for law in inventory.view.law)
    yield "view", inventory.view.name
    yield "SHA-256 of the view", inventory.view.sha256
    yield "SHA-256 of the policies", found.bundle.sha256
    yield "SHA-256 of the registry", found.snapshot.sha256
    for manifest in found.manifests:
        yield f"SHA-256 of {manifest.source.path}", manifest.sha256
    yield "vendorgate", VERSION
