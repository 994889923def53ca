"""What the JSON documents on the agreements register share, and how it is filled: their beginning, and its entries."""

from __future__ import annotations

import datetime
from typing import Union

import msgspec

from ...report.document import DatedDocument, ReportedInputs, ReportedLocation, ReportedNotJudged, place, stated
from .model import RegisterEntry


class RegisterDocument(DatedDocument, frozen=True):
    """What a document on the register begins with."""

    inputs: ReportedInputs
    """What was looked at."""
    not_judged: tuple[ReportedNotJudged, ...]
    """Manifests that were meant, too, and have mistakes; nothing else in the document is about them."""


class ReportedReview(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """That somebody has read an agreement."""

    by: str
    """Who."""
    on: datetime.date
    """The day, as the register has it; one that is still to come counts for nothing."""


class ReportedRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the register says of an agreement beside what is in force; null: it does not say."""

    counterparty: Union[str, None]
    """Who else has signed."""
    document: Union[str, None]
    """Where the paper is: a path below the bundle, or an address."""
    sha256: Union[str, None]
    """Of the document that was filed."""
    owner: Union[str, None]
    """Who looks after it."""
    notice_days: Union[int, None]
    """How many days before its end notice must be given."""
    notice_by: Union[datetime.date, None]
    """The last day for it; null, too, where it has no end."""
    scc_modules: Union[tuple[int, ...], None]
    """The modules of standard contractual clauses in it."""
    reviewed: Union[ReportedReview, None]
    """Its last review."""


def record(entry: RegisterEntry) -> ReportedRecord:
    """What the register says of an agreement beside what is in force."""
    agreement, review = entry.agreement, stated(entry.agreement.reviewed)
    return ReportedRecord(
        counterparty=stated(agreement.counterparty),
        document=stated(agreement.document),
        sha256=stated(agreement.sha256),
        owner=stated(agreement.owner),
        notice_days=stated(agreement.notice_days),
        notice_by=entry.notice_by,
        scc_modules=stated(agreement.scc_modules),
        reviewed=None if review is None else ReportedReview(review.by, review.on),
    )


class ReportedAgreement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An agreement of the register."""

    number: int
    """Its place in the register, from 1."""
    kind: str
    """What was signed."""
    reference: Union[str, None]
    """Where it is filed."""
    location: ReportedLocation
    """Where it stands."""
    record: ReportedRecord
    """What else the register says of it."""


def reported_agreement(entry: RegisterEntry) -> ReportedAgreement:
    """An agreement as it is written."""
    agreement, where = entry.agreement, place(entry.location)
    return ReportedAgreement(entry.index + 1, agreement.kind, entry.reference, where, record(entry))
