"""The evidence that any result rests on, each cell once: results point to it.

In: the results of an evaluation. Out: a sheet for each offering, and where each cell stands in the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import count

import msgspec

from ...model.fact_words import fact_lines
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
    facts: tuple[tuple[str, str], ...]
    """Those that rules read, in words, as they are stated."""


class Sheet(msgspec.Struct, frozen=True):
    """The evidence of an offering."""

    offering: str
    """With its vendor, where the registry does not list it."""
    name: str
    """For people; empty where the registry does not list it."""
    is_own: bool
    """Whether the organization lists the offering itself."""
    rows: tuple[Evidence, ...]
    all_of_it: str
    """The command that shows all that is stated of the offering; empty where the registry does not list it."""


def sheets(results: Iterable[Result]) -> tuple[Sheet, ...]:
    """By offering and dimension, in the order of their names and of the dimensions."""
    subjects: dict[str, Subject] = {}
    cited: dict[str, dict[str, list[Citation]]] = {}
    for result in results:
        for one in result.evidence:
            name = offering_name(result.subject)
            subjects[name] = result.subject
            of_cell = cited.setdefault(name, {}).setdefault(one.dimension, [one])
            of_cell.extend([one] if one.facts else [])
    numbers = count(1)
    return tuple(_sheet(name, subjects[name], cited[name], numbers) for name in sorted(cited))


def anchors(found: Iterable[Sheet]) -> Mapping[tuple[str, str], Evidence]:
    """By offering and dimension: the evidence."""
    return {(sheet.offering, row.dimension): row for sheet in found for row in sheet.rows}


def _sheet(name: str, subject: Subject, cited: Mapping[str, list[Citation]], numbers: Iterable[int]) -> Sheet:
    rows = tuple(_evidence(cited[one], number) for one, number in zip(in_order(cited), numbers, strict=False))
    is_own = subject.offering.owner == "bundle"
    unlisted = subject.name.vendor is not None
    all_of_it = "" if unlisted else f"vendorgate registry show {subject.offering.id}"
    return Sheet(name, "" if unlisted else subject.offering.written.name, is_own, rows, all_of_it)


def _evidence(citations: list[Citation], number: int) -> Evidence:
    """A cell by all that cite it, and the facts that any of their rules read."""
    id, cell = f"e{number}", citations[0].cell
    if cell is None:
        return Evidence(id, citations[0].dimension, "nothing is stated", False, "", None, None, "", ())
    read = dict.fromkeys(path.partition(".")[0] for one in citations for path, _ in one.facts)
    stated = [(name, words) for name, words in fact_lines(cell.written) if name in read]
    missing = [(name, "not stated") for name in read if name not in {name for name, _ in stated}]
    written = cell.written
    return Evidence(
        id,
        cell.dimension,
        _words(cell),
        cell.owner == "bundle",
        written.note or "",
        reference(written.source) if written.source else None,
        reference(written.archived) if written.archived else None,
        cell.agreement or "",
        (*stated, *missing),
    )


def _words(cell: Cell) -> str:
    written = cell.written
    verified = f"verified {written.verified}" if written.verified is not None else "never verified"
    confidence = f"confidence {written.confidence}" if written.confidence is not None else "no confidence stated"
    owner = f", {OWN}" if cell.owner == "bundle" else ""
    return f"{written.value}, {verified}, {confidence}{owner}"
