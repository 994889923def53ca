"""What the JSON documents on the agreements register share, and how it is filled: their beginning, and its entries."""

from __future__ import annotations

from typing import Union

import msgspec

from ...report.document import DatedDocument, ReportedInputs, ReportedLocation, ReportedNotJudged, place
from .model import RegisterEntry


class RegisterDocument(DatedDocument, frozen=True):
    """What a document on the register begins with."""

    inputs: ReportedInputs
    """What was looked at."""
    not_judged: tuple[ReportedNotJudged, ...]
    """Manifests that were meant, too, and have mistakes; nothing else in the document is about them."""


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


def reported_agreement(entry: RegisterEntry) -> ReportedAgreement:
    """An agreement as it is written."""
    return ReportedAgreement(entry.index + 1, entry.agreement.kind, entry.reference, place(entry.location))
