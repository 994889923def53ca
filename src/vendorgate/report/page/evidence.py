"""The evidence that any result rests on, each cell once: results point to it.

In: the results of an evaluation. Out: a sheet for each offering, and where each cell stands in the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import count

import msgspec

from ...model.registry import Cell
from ...model.result import Citation, Result
from ...model.subject import Subject
from ...model.vocabulary import in_order
from ..finding import OWN
from .names import offering_name
from .reference import Reference, reference


class Evidence(msgspec.Struct, frozen=True):
    """What is documented of one dimension of one offering, and where that is read."""

    id: str
    """Its anchor in the page."""
    dimension: str
    words: str
    """Grade, day and confidence; whose it is, where it is not the registry's."""
    is_own: bool
    """Whether the organization states it in its bundle."""
    note: str
    source: Reference | None
    archived: Reference | None
    contract: str
    """The reference of the contract that it rests on; mostly empty."""


class Sheet(msgspec.Struct, frozen=True):
    """The evidence of an offering."""

    offering: str
    """With its vendor, where the registry does not list it."""
    name: str
    """For people; empty where the registry does not list it."""
    is_own: bool
    """Whether the organization lists the offering itself."""
    rows: tuple[Evidence, ...]


def sheets(results: Iterable[Result]) -> tuple[Sheet, ...]:
    """By offering and dimension, in the order of their names and of the dimensions."""
    subjects: dict[str, Subject] = {}
    cited: dict[str, dict[str, Citation]] = {}
    for result in results:
        for one in result.evidence:
            name = offering_name(result.subject)
            subjects[name] = result.subject
            cited.setdefault(name, {})[one.dimension] = one
    numbers = count(1)
    return tuple(_sheet(name, subjects[name], cited[name], numbers) for name in sorted(cited))


def anchors(found: Iterable[Sheet]) -> Mapping[tuple[str, str], Evidence]:
    """By offering and dimension: the evidence."""
    return {(sheet.offering, row.dimension): row for sheet in found for row in sheet.rows}


def _sheet(name: str, subject: Subject, cited: Mapping[str, Citation], numbers: Iterable[int]) -> Sheet:
    rows = tuple(_evidence(cited[one], number) for one, number in zip(in_order(cited), numbers, strict=False))
    is_own = subject.offering.owner == "bundle"
    return Sheet(name, "" if subject.name.vendor is not None else subject.offering.written.name, is_own, rows)


def _evidence(citation: Citation, number: int) -> Evidence:
    id, cell = f"e{number}", citation.cell
    if cell is None:
        return Evidence(id, citation.dimension, "nothing is stated", False, "", None, None, "")
    written = cell.written
    return Evidence(
        id,
        citation.dimension,
        _words(cell),
        cell.owner == "bundle",
        written.note or "",
        reference(written.source) if written.source else None,
        reference(written.archived) if written.archived else None,
        cell.agreement or "",
    )


def _words(cell: Cell) -> str:
    written = cell.written
    verified = f"verified {written.verified}" if written.verified is not None else "never verified"
    confidence = f"confidence {written.confidence}" if written.confidence is not None else "no confidence stated"
    owner = f", {OWN}" if cell.owner == "bundle" else ""
    return f"{written.value}, {verified}, {confidence}{owner}"
