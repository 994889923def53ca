"""Why nothing was judged, as iCalendar (RFC 5545): an event, so that no calendar looks as if nothing were to come.

In: what was found, and the day. Out: CRLF, folded at 75 octets, as the standard has it.
"""

from __future__ import annotations

import datetime
import hashlib
from typing import Final

from icalendar import Calendar, Event

from ...terminal.escape import escape
from ...version import VERSION
from ..diagnostic import Diagnosed
from ..lines import shortened

_LONGEST: Final = 160
_MOST: Final = 20


def render(found: Diagnosed, day: datetime.date) -> str:
    """The calendar; the same diagnostics on the same day give the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", f"-//vendorgate//vendorgate {VERSION}//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    event = Event()
    event.add("uid", hashlib.sha256(f"not-checked\0{found.command}".encode()).hexdigest()[:32] + "@vendorgate")
    event.add("dtstamp", datetime.datetime.combine(day, datetime.time(), datetime.timezone.utc))
    event.add("sequence", day.toordinal())
    event.add("dtstart", day)
    event.add("summary", line(f"{found.command}: nothing was judged: {found.closing}"))
    told = [line(one.message) for one in found.diagnostics[:_MOST]]
    more = len(found.diagnostics) - _MOST
    event.add("description", "\n".join([*told, *([f"and {more} more"] if more > 0 else [])]))
    event.add("categories", ["vendorgate"])
    event.add("transp", "TRANSPARENT")
    calendar.add_component(event)
    text: str = calendar.to_ical().decode("utf-8")
    return text


def line(text: str) -> str:
    """One line without what would be a command of a log where a folded line begins with it."""
    return shortened(escape(text), _LONGEST).replace("::", ": :")
