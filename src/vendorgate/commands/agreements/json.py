"""The JSON reports on the agreements register.

In: a listing, what was found, or what would happen. Out: ASCII text; JSON's own escapes keep every input harmless.
"""

from __future__ import annotations

import datetime
from typing import Any, Final

import msgspec
from msgspec import UnsetType

from ...model.evaluation import Evaluation
from ...model.report import ReportedLocation, ReportedTool
from ...report.ascii_json import dumps
from ...report.json import inputs
from ...source import Location
from ...version import VERSION
from . import document as model
from .model import Checked, Effect, Entry, Finding, Listing, Row, Ruled, Shift, Succession, Termination, Terminations
from .phrasing import CHANGE

_TOOL: Final = ReportedTool("vendorgate", VERSION)


def listing(found: Listing) -> str:
    """The register by offering and kind."""
    return _written(
        model.AgreementsList(
            schema="vendorgate.agreements-list/1",
            **_head(found.evaluation),
            agreements=found.entries,
            rows=tuple(_row(row) for row in found.rows),
        )
    )


def check(found: Checked) -> str:
    """What was found."""
    counts = found.counts
    return _written(
        model.AgreementsCheck(
            schema="vendorgate.agreements-check/1",
            **_head(found.evaluation),
            within_days=found.within,
            fail_on=found.fail_on,
            verdict=found.verdict,
            summary=model.ReportedFindings(
                agreements=found.entries,
                subjects=len(found.evaluation.subjects),
                error=counts["error"],
                warning=counts["warning"],
                note=counts["note"],
                blocking=found.blocking,
            ),
            findings=tuple(_finding(one) for one in found.findings),
        )
    )


def report(found: Terminations) -> str:
    """What would happen."""
    return _written(
        model.AgreementsReport(
            schema="vendorgate.agreements-report/1",
            **_head(found.evaluation),
            terminations=tuple(_termination(one) for one in found.found),
        )
    )


def _written(document: msgspec.Struct) -> str:
    return dumps(msgspec.to_builtins(document))


def _head(evaluation: Evaluation) -> dict[str, Any]:
    """What every report begins with."""
    return {"tool": _TOOL, "as_of": evaluation.as_of.isoformat(), "inputs": inputs(evaluation)}


def _row(row: Row) -> model.ReportedRow:
    agreement = row.entry.agreement
    return model.ReportedRow(
        offering=row.offering,
        glob=row.glob,
        kind=agreement.kind,
        status=agreement.status,
        state=row.state,
        signed=_day(agreement.signed),
        expires=_day(agreement.expires),
        days_left=row.days_left,
        projects=agreement.projects,
        reference=row.entry.reference,
        number=row.entry.index + 1,
        usages=row.usages,
        location=_location(row.entry.location),
    )


def _day(day: datetime.date | UnsetType) -> str | None:
    return None if isinstance(day, UnsetType) else day.isoformat()


def _location(place: Location) -> ReportedLocation:
    return ReportedLocation(place.path, place.line, place.column)


def _entry(entry: Entry) -> model.ReportedEntry:
    return model.ReportedEntry(entry.index + 1, entry.agreement.kind, entry.reference, _location(entry.location))


def _finding(one: Finding) -> model.ReportedFinding:
    related = tuple(_entry(entry) for entry in one.related)
    return model.ReportedFinding(one.id, one.severity, one.message, one.help, _location(one.location), related)


def _termination(one: Termination) -> model.ReportedTermination:
    entries, effects = tuple(_entry(entry) for entry in one.entries), tuple(_effect(effect) for effect in one.effects)
    return model.ReportedTermination(entries, one.states, one.blocking, one.spare, effects)


def _effect(effect: Effect) -> model.ReportedEffect:
    subject = effect.subject
    return model.ReportedEffect(
        manifest=subject.manifest.source.path,
        project=subject.manifest.project,
        usage=subject.usage,
        offering=subject.offering.id,
        route=subject.route,
        location=_location(subject.location),
        successions=tuple(_succession(one) for one in effect.successions),
        lost=effect.lost,
        results=tuple(_shift(one) for one in effect.shifts),
    )


def _succession(one: Succession) -> model.ReportedSuccession:
    return model.ReportedSuccession(_entry(one.entry), None if one.successor is None else _entry(one.successor))


def _shift(one: Shift) -> model.ReportedShift:
    return model.ReportedShift(
        one.policy.id, one.policy.title, CHANGE[one.way], _ruling(one.before), _ruling(one.after)
    )


def _ruling(one: Ruled) -> model.ReportedRuling:
    return model.ReportedRuling(one.outcome, one.severity, one.blocks)
