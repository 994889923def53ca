"""Calendars are, byte for byte, what a library of its own writes for the same events."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Alarm, Calendar
from icalendar import Event as WrittenEvent

from tests.report.evaluations import TEXTS
from tests.thoroughness import share
from vendorgate.report.calendar_events import Event, calendar
from vendorgate.terminal.escape import escape
from vendorgate.version import VERSION

JUDGED = datetime.date(2026, 11, 24)
WORDS = st.one_of(
    TEXTS, st.text(st.sampled_from("aé漢😀\\;,^: n"), max_size=300), st.text(st.characters(codec="utf-8"), max_size=200)
).map(lambda text: escape(text).replace(r"\N", r"\n"))
"""As they are handed over; the library takes `\\N`, which nobody means as one, for a line break."""
EVENTS = st.builds(
    Event,
    st.text(st.sampled_from("0123456789abcdef"), min_size=32, max_size=32).map(lambda text: f"{text}@vendorgate"),
    st.dates(),
    WORDS,
    st.lists(WORDS, max_size=4).map(tuple),
    st.none() | WORDS,
)


def written(events: Sequence[Event], judged: datetime.date) -> str:
    made = Calendar()
    made.add("prodid", f"-//vendorgate//vendorgate {VERSION}//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    for one in events:
        event = WrittenEvent()
        event.add("uid", one.identity)
        event.add("dtstamp", datetime.datetime.combine(judged, datetime.time(), datetime.timezone.utc))
        event.add("sequence", judged.toordinal())
        event.add("dtstart", one.day)
        event.add("categories", ["vendorgate"])
        event.add("transp", "TRANSPARENT")
        event.add("summary", one.summary)
        event.add("description", "\n".join(one.description))
        if one.reminder is not None:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", one.reminder)
            alarm.add("trigger", datetime.timedelta(days=-14))
            event.add_component(alarm)
        made.add_component(event)
    text: str = made.to_ical().decode("utf-8")
    return text


@settings(max_examples=share(200), deadline=None)
@given(st.lists(EVENTS, max_size=2), st.dates())
def test_calendar_is_what_the_library_writes(events: list[Event], judged: datetime.date) -> None:
    assert calendar(events, judged) == written(events, judged)


@pytest.mark.parametrize("length", range(60, 90))
@pytest.mark.parametrize("end", ["x", ",x", "\\x", "é", "漢", "😀", "^x"])
def test_line_is_folded_where_the_library_folds_it(length: int, end: str) -> None:
    events = [Event("0@vendorgate", JUDGED, "s" * length + end, ("d" * length + end * 40,))]
    assert calendar(events, JUDGED) == written(events, JUDGED)


@pytest.mark.parametrize("text", ["a\r\nEND:VEVENT", "a\rEND:VEVENT", "a\nEND:VEVENT", r"C:\New;x,y"])
def test_no_text_begins_a_line(text: str) -> None:
    lines = calendar([Event("0@vendorgate", JUDGED, text, (text,), text)], JUDGED)
    assert lines.split("\r\n").count("END:VEVENT") == 1
    assert "\r" not in lines.replace("\r\n", "")


def test_summary_is_read_back_as_it_was_given() -> None:
    told = r"C:\New; x, y ^ z"
    (event,) = Calendar.from_ical(calendar([Event("0@vendorgate", JUDGED, told, ())], JUDGED)).walk("VEVENT")
    assert str(event["SUMMARY"]) == told
