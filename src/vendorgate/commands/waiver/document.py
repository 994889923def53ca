"""The JSON report on waivers, `vendorgate.waivers/1`: its type, and what fills it.

In: an evaluation, and what each waiver does in it. Out: ASCII text; JSON's own escapes keep every input harmless.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from typing import Literal, Union

import msgspec

from ...model.evaluation import Evaluation
from ...model.result import Result, WaiverUse
from ...model.waiver import WaiverRule, WaiverState
from ...report.document import (
    TOOL,
    DatedDocument,
    ReportedInputs,
    ReportedLocation,
    ReportedNotJudged,
    ReportedSubject,
    inputs,
    not_judged,
    place,
    stated,
    subject_fields,
    written,
)


class ReportedFinding(ReportedSubject, frozen=True):
    """One policy on one subject."""

    policy: str
    """The id of the policy."""


class ReportedBreach(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rule that makes the waiver void."""

    rule: WaiverRule
    """A rule of the bundle, or the waiver's own fingerprint."""
    message: str
    """What is wrong with the first of the findings, and what to do."""
    findings: tuple[ReportedFinding, ...]
    """What it does not waive because of it."""


class ReportedRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A waiver, and where it stands."""

    policy: str
    """The policies that it names."""
    project: str
    """The projects."""
    usage: str
    """The usages."""
    offering: str
    """The offerings."""
    account: Union[str, None]
    """The accounts; null is any."""
    vendor: Union[str, None]
    """The unlisted vendor; null is none of them."""
    reason: str
    """Why it was given."""
    approved_by: str
    """By whom."""
    ticket: Union[str, None]
    """Where it is tracked."""
    expires: datetime.date
    """Its last day."""
    fingerprint: Union[str, None]
    """Of the finding that it was given for."""
    days_left: int
    """Until its last day; below zero where that is over."""
    state: WaiverState
    """Where it stands."""
    waives: tuple[ReportedFinding, ...]
    """What it waives."""
    void: tuple[ReportedBreach, ...]
    """Why it does not waive something else that it names."""
    location: ReportedLocation
    """Where it stands in its file."""


class ReportedStates(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Counts of waivers by state."""

    in_use: int
    """Waive something."""
    ends_soon: int
    """Waive something, for at most 30 more days."""
    expired: int
    """Their last day is over."""
    void: int
    """Waive nothing, because they break a rule or the reasons have changed."""
    outlived: int
    """Another waiver that ends later covers all that they would."""
    unused: int
    """Meet no failing or unknown result."""


class WaiversReport(DatedDocument, frozen=True):
    """The waivers of a bundle, held against manifests."""

    schema: Literal["vendorgate.waivers/1"]
    """The format."""
    inputs: ReportedInputs
    """What was judged, by what."""
    not_judged: tuple[ReportedNotJudged, ...]
    """Manifests that were meant, too, and have mistakes: a waiver may be of use for them."""
    waived: int
    """Results that a waiver covers."""
    summary: ReportedStates
    """Counts of waivers."""
    waivers: tuple[ReportedRecord, ...]
    """In the order of their file."""


def render(evaluation: Evaluation, uses: Sequence[WaiverUse]) -> str:
    """The report; the same inputs give the same bytes."""
    return written(_report(evaluation, uses))


def _report(evaluation: Evaluation, uses: Sequence[WaiverUse]) -> WaiversReport:
    states = Counter[str](use.state for use in uses)
    return WaiversReport(
        schema="vendorgate.waivers/1",
        tool=TOOL,
        as_of=evaluation.as_of,
        inputs=inputs(evaluation),
        not_judged=not_judged(evaluation),
        waived=evaluation.summary.waived,
        summary=ReportedStates(**{name: states[name] for name in ReportedStates.__struct_fields__}),
        waivers=tuple(_record(use, evaluation) for use in uses),
    )


def _record(use: WaiverUse, evaluation: Evaluation) -> ReportedRecord:
    waiver, entry = use.waiver, use.waiver.written
    return ReportedRecord(
        policy=entry.policy,
        project=entry.project,
        usage=entry.usage,
        offering=entry.offering,
        account=stated(entry.account),
        vendor=stated(entry.vendor),
        reason=entry.reason,
        approved_by=entry.approved_by,
        ticket=stated(entry.ticket),
        expires=entry.expires,
        fingerprint=stated(entry.fingerprint),
        days_left=(entry.expires - evaluation.as_of).days,
        state=use.state,
        waives=tuple(map(_finding, use.waives)),
        void=tuple(
            ReportedBreach(breach.rule, breach.words, tuple(map(_finding, results))) for breach, results in use.void
        ),
        location=place(waiver.source.locate_entry(("waivers", waiver.index, "policy"))),
    )


def _finding(result: Result) -> ReportedFinding:
    return ReportedFinding(**subject_fields(result.subject), policy=result.policy.id)
