"""The register as CSV (RFC 4180) for spreadsheets: a row for each agreement and offering.

In: a listing. Out: as the CSV report of a check has it: every cell is quoted, is one line, and is no formula.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from msgspec import UnsetType

from ...model.evaluation import NotJudged
from ...report import unjudged
from ...report.csv_rows import joined, written
from .model import RegisterEntry, RegisterListing, Row
from .record import RECORD


def _told(tell: Callable[[RegisterEntry], str], row: Row) -> str:
    return tell(row.entry)


_COLUMNS: Final[Mapping[str, Callable[[Row], str]]] = {
    "offering": lambda row: row.offering or "",
    "glob_without_offering": lambda row: row.glob or "",
    "kind": lambda row: row.entry.agreement.kind,
    "status": lambda row: row.entry.agreement.status,
    "state": lambda row: row.state,
    "signed": lambda row: _day(row.entry.agreement.signed),
    "expires": lambda row: _day(row.entry.agreement.expires),
    "days_left": lambda row: "" if row.days_left is None else str(row.days_left),
    "projects": lambda row: joined(row.entry.agreement.projects),
    "reference": lambda row: row.entry.reference or "",
    "number": lambda row: str(row.entry.index + 1),
    "usages": lambda row: "" if row.usages is None else str(row.usages),
    "path": lambda row: row.entry.location.path,
    "line": lambda row: str(row.entry.location.line),
    "problems": lambda _: "",
    **{name: partial(_told, tell) for name, tell in RECORD.items()},
}


def listing(found: RegisterListing) -> str:
    """A row of names, one for each manifest that was not judged, and one for each row, with the day."""
    left = ([_unjudged(one).get(name, "") for name in _COLUMNS] for one in found.evaluation.not_judged)
    rows = ([value(row) for value in _COLUMNS.values()] for row in found.rows)
    return written([*_COLUMNS, "as_of"], (*left, *rows), [found.evaluation.as_of.isoformat()])


def _unjudged(left: NotJudged) -> Mapping[str, str]:
    place, told = unjudged.place(left), map(unjudged.words, left.problems)
    return {"state": "not_judged", "path": left.path, "line": str(place.line), "problems": joined(told)}


def _day(day: object) -> str:
    return "" if isinstance(day, UnsetType) else str(day)
