"""The cells that results rest on, each once: what to open and read, for whoever doubts a verdict.

In: an evaluation. Out: JSON (`vendorgate.evidence-cells/1`) and CSV.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Literal, Union

import msgspec

from ..model.evaluation import Evaluation
from ..model.registry import Cell
from .csv_rows import written as csv_written
from .document import TOOL, DatedDocument, ReportedRegistry, ReportedTool, written


class CitedCell(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is documented of one dimension of one offering."""

    offering: str
    """The offering."""
    dimension: str
    """The dimension."""
    owner: Literal["registry", "bundle"] | None = msgspec.field(name="from")
    """Who states it: the registry, or the organization in its bundle; null where nobody does."""
    value: Union[str, None]
    """The grade; null where nothing is stated."""
    confidence: Union[str, None]
    """How sure the registry is of it."""
    verified: Union[datetime.date, None]
    """The day on which somebody read the source."""
    source: Union[str, None]
    """The primary source."""
    archived: Union[str, None]
    """A copy of the source as it was."""
    agreement: Union[str, None]
    """The reference of the contract that it rests on; null of every other."""
    results: int
    """Results that cite it."""
    passes: int
    """Of these, those that pass."""


class CitedCells(DatedDocument, frozen=True, kw_only=True):
    """The cells that the results of a check rest on."""

    schema: Literal["vendorgate.evidence-cells/1"]
    """The format."""
    tool: ReportedTool  # stated once more, so that the fields stay in their order
    """What made it."""
    as_of: datetime.date
    """The day that was judged by."""
    registry: ReportedRegistry
    """The snapshot."""
    cells: tuple[CitedCell, ...]
    """By offering and dimension."""


def cells_json(evaluation: Evaluation) -> str:
    """The document."""
    snapshot = evaluation.snapshot
    return written(
        CitedCells(
            schema="vendorgate.evidence-cells/1",
            tool=TOOL,
            as_of=evaluation.as_of,
            registry=ReportedRegistry(snapshot.written.name, snapshot.written.generated, snapshot.sha256),
            cells=tuple(_cited(evaluation)),
        )
    )


def cells_csv(evaluation: Evaluation) -> str:
    """A row a cell."""
    names = [field.encode_name for field in msgspec.structs.fields(CitedCell)]
    rows = ([_text(value) for value in msgspec.structs.astuple(cell)] for cell in _cited(evaluation))
    day, digest = evaluation.as_of.isoformat(), evaluation.snapshot.sha256
    return csv_written([*names, "as_of", "registry_sha256"], rows, (day, digest))


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _cited(evaluation: Evaluation) -> Iterator[CitedCell]:
    cells: dict[tuple[str, str], Cell | None] = {}
    results: dict[tuple[str, str], list[int]] = {}
    for result in evaluation.results:
        for citation in result.evidence:
            key: tuple[str, str] = (result.subject.offering.id, citation.dimension)
            cells[key] = citation.cell
            counts = results.setdefault(key, [0, 0])
            counts[0] += 1
            counts[1] += result.outcome == "pass"
    for (offering, dimension), cell in sorted(cells.items(), key=lambda one: one[0]):
        yield _cell(offering, dimension, cell, *results[offering, dimension])


def _cell(offering: str, dimension: str, cell: Cell | None, results: int, passes: int) -> CitedCell:
    if cell is None:
        return CitedCell(offering, dimension, None, None, None, None, None, None, None, results, passes)
    stated = cell.written
    return CitedCell(
        offering,
        dimension,
        cell.owner,
        stated.value,
        stated.confidence,
        stated.verified,
        stated.source,
        stated.archived,
        cell.agreement,
        results,
        passes,
    )
