"""The coming days as iCalendar (RFC 5545): an all-day event for everything that happens and makes results turn.

In: a plan. Out: a calendar. Every word from an input passes `escape`, so that no control character is in it.
An event keeps its identity when its day moves, so that a calendar that reads the file again moves it, too.
"""

from __future__ import annotations

import datetime
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from ...logic.wording import count
from ...report.calendar_events import Event, calendar
from ...report.diagnostics.ics import line
from ...report.lines import limited, shortened, title
from ...report.unjudged import words
from ...terminal.escape import escape
from .model import Plan, Turn, TurnCause
from .wording import cause_words, is_worse, subject_words, turn_words, ways

_LONGEST: Final = 160
"""Characters of a summary, which calendars show in one line."""
_MOST: Final = 40
"""Results that one event names."""

Occasion = tuple[datetime.date, TurnCause]
"""Something that happens on a day."""


def render(plan: Plan) -> str:
    """The calendar; the same plan gives the same bytes."""
    return calendar((*_unjudged(plan), *_events(plan)), plan.evaluation.as_of)


def _unjudged(plan: Plan) -> Iterator[Event]:
    """An event for each manifest that was not judged, so that no calendar looks as if nothing were to come for it."""
    for left in plan.evaluation.not_judged:
        told = limited(map(line, map(words, left.problems)), _MOST, _LONGEST)
        summary = line(f"vendorgate: not judged: {left.path}")
        yield Event(_identity("not-judged", left.path), plan.evaluation.as_of, summary, tuple(told))


def _events(plan: Plan) -> Iterator[Event]:
    occasions: dict[Occasion, list[Turn]] = {}
    for turn in plan.turns:
        for cause in turn.causes:
            occasions.setdefault((turn.day, cause), []).append(turn)
    projects = sorted({manifest.project for manifest in plan.evaluation.manifests})
    seen: Counter[tuple[str, ...]] = Counter()
    for (day, cause), turns in occasions.items():
        about = (cause.kind, *cause.about)
        seen[about] += 1
        yield _event(day, cause, turns, _identity(*projects, "", *about, str(seen[about])))


def _identity(*parts: str) -> str:
    """A name that is the same in every file about the same projects: of what happens, and which time it is."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32] + "@vendorgate"


def _event(day: datetime.date, cause: TurnCause, turns: list[Turn], identity: str) -> Event:
    reminder = shortened(escape(cause.message), _LONGEST) if any(map(is_worse, turns)) else None
    summary = shortened(_summary(cause, turns), _LONGEST)
    return Event(identity, day, summary, tuple(_description(cause, turns)), reminder)


def _summary(cause: TurnCause, turns: list[Turn]) -> str:
    """What follows, then what happens, so that a narrow column still shows the former."""
    starts = sum(turn.direction == "starts-to-block" for turn in turns)
    comes_to = f"{count(starts, 'result')} start{'s' if starts == 1 else ''} to block" if starts else "results change"
    return f"vendorgate: {comes_to}: {escape(cause.message)}"


def _description(cause: TurnCause, turns: list[Turn]) -> Iterator[str]:
    yield escape(cause_words(cause))
    yield f"last day as before: {turns[0].last_day}"
    yield ""
    for turn in turns[:_MOST]:
        yield f"{escape(turn.policy.id)}: {title(turn.policy)}"
        yield f"  {escape(f'{subject_words(turn)}: {turn_words(turn)}')}"
    if len(turns) > _MOST:
        yield f"and {len(turns) - _MOST} more"
    yield from (f"fix: {way}" for way in _ways(turns))


def _ways(turns: Iterable[Turn]) -> Iterable[str]:
    """What to do, each said once."""
    return dict.fromkeys(escape(way) for turn in turns for way in ways(turn))
