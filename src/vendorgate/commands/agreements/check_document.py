"""What is wrong with the agreements register, `vendorgate.agreements-check/1`: its type, and what fills it.

In: what was found. Out: ASCII text; JSON's own escapes keep every input harmless, on a terminal too.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from ...model.vocabulary import FailOn, Severity, Verdict
from ...report.document import TOOL, ReportedLocation, inputs, not_judged, place, written
from .document import RegisterDocument, ReportedAgreement, reported_agreement
from .model import AgreementFinding, FindingId, RegisterCheck


class ReportedRegisterFinding(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing to know."""

    id: FindingId
    """What kind of finding it is."""
    severity: Severity
    """How much it matters."""
    message: str
    """The finding in words."""
    help: str
    """What to do."""
    location: ReportedLocation
    """Where."""
    related: tuple[ReportedAgreement, ...]
    """Other agreements that it is about, ten at most."""


class ReportedRegisterCounts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Counts."""

    agreements: int
    """Entries of the register."""
    subjects: int
    """Pairs of usage and offering."""
    error: int
    """Findings that are errors."""
    warning: int
    """Findings that are warnings."""
    note: int
    """Findings that are notes."""
    blocking: int
    """Findings that fail."""


class AgreementsCheck(RegisterDocument, frozen=True):
    """What is wrong with the agreements register, and with relying on claims."""

    schema: Literal["vendorgate.agreements-check/1"]
    """The format."""
    within_days: int
    """Days that count as soon."""
    review_within_days: int
    """Days for which a review counts."""
    fail_on: FailOn
    """The least severity that fails."""
    verdict: Verdict
    """Incomplete as soon as one manifest was not judged, else fail as soon as one finding is so severe."""
    summary: ReportedRegisterCounts
    """Counts."""
    findings: tuple[ReportedRegisterFinding, ...]
    """Errors first, then by id, then as the files have them."""


def check(found: RegisterCheck) -> str:
    """What was found."""
    counts = found.counts
    return written(
        AgreementsCheck(
            schema="vendorgate.agreements-check/1",
            tool=TOOL,
            as_of=found.evaluation.as_of,
            inputs=inputs(found.evaluation),
            not_judged=not_judged(found.evaluation),
            within_days=found.within,
            review_within_days=found.review_within,
            fail_on=found.fail_on,
            verdict=found.verdict,
            summary=ReportedRegisterCounts(
                agreements=found.entries,
                subjects=len(found.evaluation.subjects),
                error=counts["error"],
                warning=counts["warning"],
                note=counts["note"],
                blocking=found.blocking,
            ),
            findings=tuple(map(_finding, found.findings)),
        )
    )


def _finding(one: AgreementFinding) -> ReportedRegisterFinding:
    related = tuple(map(reported_agreement, one.related))
    return ReportedRegisterFinding(one.id, one.severity, one.message, one.help, place(one.location), related)
