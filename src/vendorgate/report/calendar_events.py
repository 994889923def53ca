"""iCalendar (RFC 5545) as far as it is needed: events of whole days, with a reminder.

In: events, whose words are escaped for readers already. Out: CRLF, folded at 75 octets, as the standard has it; here
alone is what would be syntax escaped.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from ..version import VERSION

_LONGEST: Final = 75
"""Octets of a line, section 3.1."""
_SYNTAX: Final = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": "\\n"})
"""Section 3.3.11."""
_BEGIN_ESCAPES: Final = "\\^"
"""The standard lets a line be folded after one of these, and some calendars then read it wrongly (`^`: RFC 6868)."""


class Event(msgspec.Struct, frozen=True):
    """What happens on a day."""

    identity: str
    """The same in every file that tells of it."""
    day: datetime.date
    summary: str
    description: tuple[str, ...]
    """Lines."""
    reminder: str | None = None
    """What is said two weeks ahead; None where nobody is reminded."""


def calendar(events: Iterable[Event], judged: datetime.date) -> str:
    """A calendar as of a day; the same events give the same bytes."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//vendorgate//vendorgate {VERSION}//EN",
        "CALSCALE:GREGORIAN",
        *(line for one in events for line in _event(one, judged)),
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _event(event: Event, judged: datetime.date) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"SUMMARY:{_text(event.summary)}"
    # Without an end it is that day, section 3.6.1; the last day of all has none after it.
    yield f"DTSTART;VALUE=DATE:{_day(event.day)}"
    yield f"DTSTAMP:{_day(judged)}T000000Z"
    yield f"UID:{_text(event.identity)}"
    yield f"SEQUENCE:{judged.toordinal()}"  # so that what a later file says counts
    yield "CATEGORIES:vendorgate"
    yield "DESCRIPTION:" + _text("\n".join(event.description))
    yield "TRANSP:TRANSPARENT"
    if event.reminder is not None:
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_text(event.reminder)}")
        yield from ("TRIGGER:-P14D", "END:VALARM")
    yield "END:VEVENT"


def _day(day: datetime.date) -> str:
    return day.isoformat().replace("-", "")


def _text(text: str) -> str:
    return text.translate(_SYNTAX)


def _folded(line: str) -> str:
    """Divided between two characters, and never within what stands for one."""
    rows, row, octets = list[str](), "", 0
    for character in line:
        width = len(character.encode("utf-8"))
        if octets + width >= _LONGEST:  # with the space that goes on
            kept = len(row) - (row[-1] in _BEGIN_ESCAPES)
            rows.append(row[:kept])
            row = row[kept:]
            octets = len(row)
        row += character
        octets += width
    return "\r\n ".join([*rows, row])
