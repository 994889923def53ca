"""A period as CSV (RFC 4180) for spreadsheets: a row for every span of days of every result.

In: an `EvidenceSeries`. Out: as the CSV of a check; the same words in both mean the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ...report.csv_rows import joined, written
from ...version import VERSION
from .series_model import EvidenceSeries, MissingDays, ResultSeries, Span
from .series_wording import missing_words, turn_words
from .turning import support_words

COLUMNS: Final = (
    *("repository", "project", "usage", "route", "offering", "account", "vendor", "policy"),
    *("from", "until", "days", "state", "severity", "blocks", "turned", "files"),
)


def render(found: EvidenceSeries) -> str:
    """Rows by result and day; then one for each file that was refused, and for each project whose days are missing."""
    period = found.period
    rows = [row for it in found.series for row in _rows(it)]
    rows += [
        _row(state="refused", turned=problem.title, files=one.path) for one in found.refused for problem in one.problems
    ]
    for one in found.missing:
        cells = {
            "from": one.first.isoformat(),
            "until": one.last.isoformat(),
            "days": str((one.last - one.first).days + 1),
        }
        where = {"repository": one.repository, "project": one.project}
        rows.append(_row(state="no_evidence", turned=missing_words(one), **where, **cells))
    everywhere = (period.first.isoformat(), period.last.isoformat(), str(period.every), VERSION)
    return written([*COLUMNS, "period_from", "period_until", "every", "vendorgate"], rows, everywhere)


def _missing(one: MissingDays) -> list[str]:
    days = {"from": one.first.isoformat(), "until": one.last.isoformat(), "days": str((one.last - one.first).days + 1)}
    where = {"repository": one.repository, "project": one.project}
    return _row(state="no_evidence", turned=missing_words(one), **where, **days)


def _why(one: Span) -> str:
    return "" if one.ended is None else f"{support_words(one.ended)} counted until {one.ended.until}"


def _blocks(one: Span) -> str:
    return "unknown" if one.state == "no_evidence" else "yes" if one.blocks else "no"


def _row(**cells: str) -> list[str]:
    return [cells.get(name, "") for name in COLUMNS]


def _rows(one: ResultSeries) -> Iterator[list[str]]:
    subject = one.key.subject
    turns = {turn.day: turn for turn in one.turns}
    for span in one.spans:
        turned = joined(turn_words(turns[span.first])) if span.first in turns else _why(span)
        yield [
            *(subject.repository, subject.project, subject.usage, subject.route, subject.offering),
            *(subject.account, subject.vendor, one.key.policy),
            *(span.first.isoformat(), span.last.isoformat(), str(span.days), span.state),
            *(span.severity or "", _blocks(span), turned, joined(span.paths)),
        ]
