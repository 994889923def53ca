"""The JSON report on waivers, `vendorgate.waivers/1`.

In: an evaluation, and what each waiver does in it. Out: ASCII text; JSON's own escapes keep every input harmless.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec
from msgspec import UnsetType

from ...model.evaluation import Evaluation
from ...model.report import ReportedLocation, ReportedTool
from ...model.result import Result, WaiverUse
from ...report.ascii_json import dumps
from ...report.json import inputs
from ...version import VERSION
from . import document as model


def render(evaluation: Evaluation, uses: Sequence[WaiverUse]) -> str:
    """The report; the same inputs give the same bytes."""
    return dumps(msgspec.to_builtins(_report(evaluation, uses)))


def _report(evaluation: Evaluation, uses: Sequence[WaiverUse]) -> model.WaiversReport:
    states = Counter[str](use.state for use in uses)
    return model.WaiversReport(
        schema="vendorgate.waivers/1",
        tool=ReportedTool("vendorgate", VERSION),
        as_of=evaluation.as_of.isoformat(),
        inputs=inputs(evaluation),
        waived=evaluation.summary.waived,
        summary=model.ReportedStates(**{name: states[name] for name in model.ReportedStates.__struct_fields__}),
        waivers=tuple(_record(use, evaluation) for use in uses),
    )


def _record(use: WaiverUse, evaluation: Evaluation) -> model.ReportedRecord:
    waiver, written = use.waiver, use.waiver.written
    place = waiver.source.locate_entry(("waivers", waiver.index, "policy"))
    return model.ReportedRecord(
        policy=written.policy,
        project=written.project,
        usage=written.usage,
        offering=written.offering,
        reason=written.reason,
        approved_by=written.approved_by,
        ticket=None if isinstance(written.ticket, UnsetType) else written.ticket,
        expires=written.expires.isoformat(),
        fingerprint=None if isinstance(written.fingerprint, UnsetType) else written.fingerprint,
        days_left=(written.expires - evaluation.as_of).days,
        state=use.state,
        waives=tuple(map(_finding, use.waives)),
        void=tuple(
            model.ReportedBreach(breach.rule, breach.words, tuple(map(_finding, results)))
            for breach, results in use.void
        ),
        location=ReportedLocation(place.path, place.line, place.column),
    )


def _finding(result: Result) -> model.ReportedFinding:
    subject = result.subject
    return model.ReportedFinding(
        manifest=subject.manifest.source.path,
        project=subject.manifest.project,
        usage=subject.usage,
        offering=subject.offering.id,
        route=subject.route,
        policy=result.policy.id,
    )
