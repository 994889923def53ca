"""The register by offering and kind for programs, `vendorgate.agreements-list/1`: its type, and what fills it.

In: a listing. Out: ASCII text; JSON's own escapes keep every input harmless, on a terminal too.
"""

from __future__ import annotations

import datetime
from typing import Literal, Union

import msgspec

from ...model.vocabulary import AgreementState, AgreementStatus
from ...report.document import TOOL, ReportedLocation, inputs, not_judged, place, stated, written
from .document import RegisterDocument, ReportedRecord, record
from .model import RegisterListing, Row


class ReportedRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An agreement for one offering."""

    offering: Union[str, None]
    """The offering; null where a glob matches none of the registry."""
    glob: Union[str, None]
    """The glob that matches none; else null."""
    kind: str
    """What was signed."""
    status: AgreementStatus
    """As the register has it."""
    state: AgreementState
    """Where it stands on the day; `not_yet`: executed, and signed on a day to come."""
    signed: Union[datetime.date, None]
    """The day on which it was signed."""
    expires: Union[datetime.date, None]
    """Its last day; null without an end."""
    days_left: Union[int, None]
    """To the last day, which is day 0; null where it is not in force or has no end."""
    projects: tuple[str, ...]
    """Globs."""
    reference: Union[str, None]
    """Where it is filed."""
    number: int
    """Its place in the register, from 1."""
    usages: Union[int, None]
    """How many usages, by all routes, of the given manifests it names; null where none is given."""
    location: ReportedLocation
    """Where it stands."""
    record: ReportedRecord
    """What else the register says of it."""


class AgreementsList(RegisterDocument, frozen=True):
    """The agreements register by offering and kind."""

    schema: Literal["vendorgate.agreements-list/1"]
    """The format."""
    agreements: int
    """Entries of the whole register."""
    rows: tuple[ReportedRow, ...]
    """By offering, then by kind, then as the register has them; globs that match nothing last."""


def listing(found: RegisterListing) -> str:
    """The register by offering and kind."""
    return written(
        AgreementsList(
            schema="vendorgate.agreements-list/1",
            tool=TOOL,
            as_of=found.evaluation.as_of,
            inputs=inputs(found.evaluation),
            not_judged=not_judged(found.evaluation),
            agreements=found.entries,
            rows=tuple(map(_row, found.rows)),
        )
    )


def _row(row: Row) -> ReportedRow:
    agreement = row.entry.agreement
    return ReportedRow(
        offering=row.offering,
        glob=row.glob,
        kind=agreement.kind,
        status=agreement.status,
        state=row.state,
        signed=stated(agreement.signed),
        expires=stated(agreement.expires),
        days_left=row.days_left,
        projects=agreement.projects,
        reference=row.entry.reference,
        number=row.entry.index + 1,
        usages=row.usages,
        location=place(row.entry.location),
        record=record(row.entry),
    )
