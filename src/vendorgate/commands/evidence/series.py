"""Whether it was so on every day of a period: what a folder of packs and reports comes to.

In: files that were read, the days that are asked about. Out: an `EvidenceSeries`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from ...errors import InputError, Problem, UsageError
from .series_model import (
    Collected,
    EvidenceSeries,
    KeptFile,
    LeftFile,
    MissingDays,
    Period,
    ResultKey,
    ResultSeries,
)
from .spans import spans, spoken
from .turning import turns

_DAY = datetime.timedelta(days=1)
Stream = tuple[str, str]
"""A repository and a project."""


class SeriesQuestion(msgspec.Struct, frozen=True):
    """What is asked."""

    first: datetime.date | None
    """None: the day of the first file."""
    last: datetime.date | None
    """None: the day of the last file."""
    every: int


def series_of(found: Collected, question: SeriesQuestion) -> EvidenceSeries:
    """The answer.

    Raises:
        InputError: no file is evidence of any day that is asked about.
        UsageError: the period ends before it begins.
    """
    period = _period(found, question)
    speaking = tuple(one for one in found.kept if _reaches(one, period))
    silent = tuple(LeftFile(one.path, "outside") for one in found.kept if not _reaches(one, period))
    if not speaking:
        raise InputError([*(problem for one in found.refused for problem in one.problems), Problem(*_nothing(period))])
    if not any(one.results for one in speaking):
        help = "an audit of nothing says nothing: name a folder of checks that judged something"
        raise InputError([Problem("packs and reports without a single result", help=help)])
    streams = _streams(speaking)
    return EvidenceSeries(
        period,
        speaking,
        tuple(sorted((*found.left, *silent), key=lambda one: one.path)),
        found.refused,
        tuple(one for _, files, keys in streams for one in _series(files, keys, period)),
        tuple(one for stream, files, _ in streams for one in _missing(stream, files, period)),
    )


def _nothing(period: Period) -> tuple[str, None, str]:
    title = f"no evidence of any day from {period.first} to {period.last}"
    return title, None, "give a folder with packs or reports: vendorgate evidence pack, check --output json=PATH"


def _period(found: Collected, question: SeriesQuestion) -> Period:
    days = [one.as_of for one in found.kept]
    first = question.first or min(days, default=None)
    last = question.last or max(days, default=None)
    if first is None or last is None:
        problems = [problem for one in found.refused for problem in one.problems]
        title, help = "no pack and no report in this folder", "name the folder in which they are kept"
        raise InputError(problems or [Problem(title, help=help)])
    if last < first:
        title = f"a period that ends on {last}, before it begins on {first}"
        raise UsageError([Problem(title, help="give the earlier day to --from")])
    return Period(first, last, question.every)


def _reaches(one: KeptFile, period: Period) -> bool:
    return one.as_of <= period.last and one.as_of + (period.every - 1) * _DAY >= period.first


def _streams(files: Iterable[KeptFile]) -> list[tuple[Stream, list[KeptFile], list[ResultKey]]]:
    """Every project of every repository, with the files that say something of it and the results that they have."""
    kept: dict[Stream, list[KeptFile]] = {}
    keys: dict[ResultKey, None] = {}
    for one in files:
        keys.update(dict.fromkeys(one.results))
        for project in one.projects:
            kept.setdefault((one.repository, project), []).append(one)
    by_stream: dict[Stream, list[ResultKey]] = {}
    for key in sorted(keys):
        by_stream.setdefault((key.subject.repository, key.subject.project), []).append(key)
    return [(stream, kept[stream], by_stream.get(stream, [])) for stream in sorted(kept)]


def _series(files: Sequence[KeptFile], keys: Iterable[ResultKey], period: Period) -> Iterator[ResultSeries]:
    for key in keys:
        days = spoken(key, files, period.every)
        turned = tuple(one for one in turns(days) if period.first <= one.day <= period.last)
        disagreeing = tuple(one.disagreement for one in days if one.disagreement is not None)
        yield ResultSeries(key, spans(days, period), turned, disagreeing)


def _missing(stream: Stream, files: Sequence[KeptFile], period: Period) -> Iterator[MissingDays]:
    """Days that no file of a project speaks for, whatever it says."""
    place = period.first
    for one in files:
        if place < one.as_of:
            yield MissingDays(*stream, place, min(one.as_of - _DAY, period.last))
        place = max(place, one.as_of + period.every * _DAY)
    if place <= period.last:
        yield MissingDays(*stream, place, period.last)
