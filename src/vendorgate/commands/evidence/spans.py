"""Days: for which of them a report speaks, and what a result is on each.

In: files of one project by day, a period. Out: spans, which have every day of the period once. A report speaks for its
own day; for days that follow only until the next report, no longer than somebody says, and never beyond the last day of
what a result rests on. For a day that no report speaks for there is no evidence, and that is never a pass.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import msgspec

from ...comparison.model import Standing
from ...comparison.standing import weigh
from .series_model import (
    DayState,
    Disagreement,
    KeptFile,
    Period,
    ResultKey,
    ResultSaid,
    Span,
    SupportSaid,
)

_DAY = datetime.timedelta(days=1)


class SpokenDay(msgspec.Struct, frozen=True):
    """What the files of one day say of a result."""

    day: datetime.date
    state: DayState
    said: ResultSaid | None
    """None where it was not judged."""
    last: datetime.date
    """The last day that they speak for."""
    file: KeptFile
    """The one that counts."""
    disagreement: Disagreement | None = None
    ended: SupportSaid | None = None
    """Why they speak for no further day, where that is not that another file does or that they are too old."""


def worse_of(one: ResultSaid, other: ResultSaid) -> ResultSaid:
    """Of two results of one name the worse."""
    return other if standing_of(other) > standing_of(one) else one


def standing_of(one: ResultSaid) -> Standing:
    """How bad a result is."""
    return weigh(one.outcome, one.severity, one.blocks)


def spoken(key: ResultKey, files: Sequence[KeptFile], every: int) -> list[SpokenDay]:
    """What a result is on each day that files are of; they are all of its project, by day."""
    days = [(day, list(several)) for day, several in groupby(files, key=lambda one: one.as_of)]
    following = [day for day, _ in days[1:]]
    found = []
    for (day, several), after in zip(days, [*following, None], strict=True):
        limit = day + (every - 1) * _DAY
        last = limit if after is None else min(limit, after - _DAY)
        found.append(_of_day(key, day, several, last))
    return found


def _of_day(key: ResultKey, day: datetime.date, files: Sequence[KeptFile], last: datetime.date) -> SpokenDay:
    knowing = [one for one in files if _knows(key, one)]
    stated = [(_state(key, one), one.results.get(key), one) for one in knowing or files]
    state, said, file = max(stated, key=lambda one: _badness(one[0], one[1]))
    states = tuple(dict.fromkeys(one[0] for one in stated))
    blocks = {one[1].blocks for one in stated if one[1] is not None}
    differ = len(states) > 1 or len(blocks) > 1
    disagreement = Disagreement(day, states, tuple(one[2].path for one in stated)) if differ else None
    reach = max(day, min(last, _reach(said, day, last)))
    ended = None if said is None or reach == last else said.first_to_end
    return SpokenDay(day, state, said, reach, file, disagreement, ended)


def _badness(state: DayState, said: ResultSaid | None) -> tuple[bool, int, int, int]:
    """How bad what a file says is; that nothing judged is worse than a pass, and better than a failure."""
    if said is None:
        return False, 0, 1 if state == "not_declared" else 2, 0
    standing = standing_of(said)
    return standing.blocks, standing.trouble, 0, standing.weight


def _reach(said: ResultSaid | None, day: datetime.date, last: datetime.date) -> datetime.date:
    """How far what is said reaches by what it rests on; where that is not known, no further than its own day."""
    if said is None:
        return last
    if said.supports is None:
        return day
    return last if said.until is None else said.until


def _knows(key: ResultKey, file: KeptFile) -> bool:
    """Whether a file can say that a result is not there: what was not judged of it may have had it."""
    return key in file.results or file.verdict != "incomplete"


def _state(key: ResultKey, file: KeptFile) -> DayState:
    said = file.results.get(key)
    if said is not None:
        return said.outcome
    if not _knows(key, file):
        return "no_evidence"
    return "not_declared" if key.policy in file.policies else "not_in_force"


def spans(days: Iterable[SpokenDay], period: Period) -> tuple[Span, ...]:
    """Every day of the period, those of one kind that follow each other together."""
    return tuple(_joined(_whole(days, period)))


def _whole(days: Iterable[SpokenDay], period: Period) -> Iterator[Span]:
    place, ended = period.first, None
    for one in days:
        first, last = max(one.day, period.first), min(one.last, period.last)
        if first > last:
            continue
        if place < first:
            yield _nothing(place, first - _DAY, ended)
        said = one.said
        if one.state == "no_evidence":
            yield _nothing(first, last, None)
            place, ended = last + _DAY, None
            continue
        severity = None if said is None else said.severity
        yield Span(first, last, one.state, severity, said is not None and said.blocks, (one.file.path,))
        place, ended = last + _DAY, one.ended
    if place <= period.last:
        yield _nothing(place, period.last, ended)


def _nothing(first: datetime.date, last: datetime.date, ended: SupportSaid | None) -> Span:
    return Span(first, last, "no_evidence", None, blocks=False, paths=(), ended=ended)


def _joined(found: Iterable[Span]) -> Iterator[Span]:
    waiting: Span | None = None
    for one in found:
        if waiting is None:
            waiting = one
        elif (waiting.state, waiting.severity, waiting.blocks) == (one.state, one.severity, one.blocks):
            waiting = msgspec.structs.replace(waiting, last=one.last, paths=(*waiting.paths, *one.paths))
        else:
            yield waiting
            waiting = one
    if waiting is not None:
        yield waiting
