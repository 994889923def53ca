"""Why nothing was judged, as iCalendar (RFC 5545): an event, so that no calendar looks as if nothing were to come.

In: what was found, and the day. Out: a calendar.
"""

from __future__ import annotations

import datetime
import hashlib
from typing import Final

from ...terminal.escape import escape
from ..calendar_events import Event, calendar
from ..diagnostic import Diagnosed
from ..lines import shortened

_LONGEST: Final = 160
_MOST: Final = 20


def render(found: Diagnosed, day: datetime.date) -> str:
    """The calendar; the same diagnostics on the same day give the same bytes."""
    identity = hashlib.sha256(f"not-checked\0{found.command}".encode()).hexdigest()[:32] + "@vendorgate"
    summary = line(f"{found.command}: nothing was judged: {found.closing}")
    told = [line(one.message) for one in found.diagnostics[:_MOST]]
    more = len(found.diagnostics) - _MOST
    return calendar([Event(identity, day, summary, (*told, *([f"and {more} more"] if more > 0 else [])))], day)


def line(text: str) -> str:
    """One line without what would be a command of a log where a folded line begins with it."""
    return shortened(escape(text), _LONGEST).replace("::", ": :")
