"""Reports on the coming days: they agree with each other, every calendar can read them, and no text does anything."""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event

from tests.command import ROOT, Ended, vendorgate
from tests.commands.plan.worlds import SPAN, START, Part, day, world, worlds, write
from tests.golden.cast import CAST, plan
from tests.report.evaluations import CONTROL, TEXTS
from tests.thoroughness import share
from vendorgate.commands.plan.csv import COLUMNS
from vendorgate.report.csv import INPUTS

UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
REQUIRED = ("UID", "DTSTAMP", "DTSTART", "SUMMARY")


def planned(folder: Path, files: Mapping[str, Part], *more: str) -> Ended:
    write(folder, files)
    inputs = ("--policies", "policies", "--registry", "registry", "--as-of", START.isoformat())
    return vendorgate("plan", *inputs, *more, folder=folder)


def events(text: str) -> list[Any]:
    """The events of a calendar, read by a library of its own."""
    calendar: Any = Calendar.from_ical(text)
    assert isinstance(calendar, Calendar)
    return [one for one in calendar.walk("VEVENT") if isinstance(one, Event)]


def begins(event: Event) -> datetime.date:
    """The day of an event."""
    day: Any = event.decoded("DTSTART")
    assert type(day) is datetime.date
    return day


def assert_sound(text: str) -> None:
    """What RFC 5545 demands of a file, beyond what the library reads."""
    assert text.endswith("END:VCALENDAR\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode("utf-8")) <= 75 for line in text.split("\r\n"))
    assert not UNSAFE.search(text)
    calendar = Calendar.from_ical(text)
    assert (str(calendar["VERSION"]), "vendorgate" in str(calendar["PRODID"])) == ("2.0", True)
    assert [type(one).__name__ for one in calendar.subcomponents] == ["Event"] * len(events(text))
    for event in events(text):
        assert not event.errors
        assert all(name in event for name in REQUIRED)
        assert begins(event)
        assert event["TRANSP"] == "TRANSPARENT"
    identities = [str(event["UID"]) for event in events(text)]
    assert len(set(identities)) == len(identities)


BAA = {"require": [{"agreement": "baa"}]}
ENDING: Part = {"kind": "baa", "signed": day(-30), "expires": day(9), "reference": "LEGAL-482"}


@settings(max_examples=share(60), deadline=None, suppress_health_check=list(HealthCheck))
@given(worlds())
def test_all_formats_tell_of_the_same_turns(files: Mapping[str, Part]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        outputs = [word for format in ("json", "csv", "ics") for word in ("--output", f"{format}={format}.out")]
        ended = planned(folder, files, "--within", f"{SPAN}d", *outputs)
        report = json.loads((folder / "json.out").read_text(encoding="utf-8"))
        rows = list(csv.DictReader(io.StringIO((folder / "csv.out").read_text(encoding="utf-8"))))
        calendar = (folder / "ics.out").read_bytes().decode("utf-8")
    assert ended.code == 0, ended.stderr
    turns = report["turns"]
    assert [(row["day"], row["usage"], row["policy"], row["outcome"], row["direction"]) for row in rows] == [
        (one["day"], one["usage"], one["policy"], one["after"]["outcome"], one["direction"]) for one in turns
    ]
    assert_sound(calendar)
    days = {begins(event).isoformat() for event in events(calendar)}
    assert days == {one["day"] for one in turns}
    assert len(events(calendar)) == len({(one["day"], str(cause)) for one in turns for cause in one["causes"]})
    assert re.findall(r"^(\d{4}-\d\d-\d\d), in \d+ days?$", ended.stdout, re.MULTILINE) == sorted(days)
    starts = {(one["usage"], one["offering"], one["policy"]) for one in turns if one["direction"] == "starts-to-block"}
    assert report["summary"]["starts_to_block"] == len(starts)
    assert report["summary"]["turns"] == len(turns)


@settings(max_examples=share(60), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(TEXTS, min_size=6, max_size=6))
def test_no_text_of_an_input_does_anything(texts: list[str]) -> None:
    reference, ticket, title, remediation, reason, person = texts
    agreement: Part = {**ENDING, "reference": reference, "offerings": ["alpha", title]}
    waiver: Part = {"policy": "p", "expires": day(20), "ticket": ticket, "reason": reason, "approved_by": person}
    files = world({**BAA, "title": title, "remediation": remediation}, agreements=[agreement], waivers=[waiver])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        outputs = [word for format in ("csv", "json") for word in ("--output", f"{format}={format}.out")]
        text = planned(folder, files, *outputs).stdout
        calendar = planned(folder, files, "--format", "ics").stdout
        rows = (folder / "csv.out").read_text(encoding="utf-8")
        report = (folder / "json.out").read_text(encoding="utf-8")
    assert_sound(calendar)
    assert len(events(calendar)) == 2
    assert not any(CONTROL.search(one) for one in (text, rows, report))
    assert not re.search(r"^(?! |20\d\d-|PASS|FAIL|note: no agreements|\d+ results? will|$)", text, re.MULTILINE)
    assert "##[" not in text + report
    assert len(rows.splitlines()) == 3
    assert not [cell for row in csv.reader(io.StringIO(rows)) for cell in row if cell.startswith(tuple("=+-@"))]


def test_json_report_is_as_its_schema_says() -> None:
    validator = jsonschema_rs.Draft7Validator(json.loads(vendorgate("schema", "plan", folder=CAST).stdout))
    report: Any = json.loads(plan("--format", "json"))
    validator.validate(report)
    report["turns"][0]["direction"] = "sideways"
    assert not validator.is_valid(report)


def test_event_names_everything_that_it_turns_and_reminds_in_time(tmp_path: Path) -> None:
    usages = [{"id": name, "offering": "alpha", "data": ["phi"]} for name in ("first", "second")]
    files = dict(world(BAA, agreements=[ENDING]))
    files["vendorgate.yaml"] = {**files["vendorgate.yaml"], "usages": usages}
    (event,) = events(planned(tmp_path, files, "--format", "ics").stdout)
    assert event["SUMMARY"] == f"vendorgate: 2 results start to block: agreement `baa` (LEGAL-482) ends on {day(9)}"
    assert "first" in str(event["DESCRIPTION"])
    assert "second" in str(event["DESCRIPTION"])
    (alarm,) = event.subcomponents
    assert alarm.decoded("TRIGGER") == datetime.timedelta(days=-14)


def test_nobody_is_reminded_of_what_gets_better(tmp_path: Path) -> None:
    files = world(BAA, agreements=[{"kind": "baa", "signed": day(9)}])
    (event,) = events(planned(tmp_path, files, "--format", "ics").stdout)
    assert event.subcomponents == []


def test_event_keeps_its_identity_when_its_day_moves_and_the_later_plan_counts(tmp_path: Path) -> None:
    found = []
    for number, expires in enumerate((9, 30)):
        files = world(BAA, agreements=[{**ENDING, "expires": day(expires)}])
        write(tmp_path / str(number), files)
        (event,) = events(
            vendorgate(
                "plan",
                *("--policies", "policies", "--registry", "registry", "--as-of", day(number), "--format", "ics"),
                folder=tmp_path / str(number),
            ).stdout
        )
        found.append(event)
    first, second = found
    assert first["UID"] == second["UID"]
    assert begins(first) < begins(second)
    assert int(str(first["SEQUENCE"])) < int(str(second["SEQUENCE"]))


def test_calendar_in_which_nothing_happens_is_one(tmp_path: Path) -> None:
    text = planned(tmp_path, world({"require": [True]}), "--format", "ics").stdout
    assert_sound(text)
    assert events(text) == []


def test_text_says_plainly_that_nothing_changes(tmp_path: Path) -> None:
    text = planned(tmp_path, world({"require": [True]}), "--within", "10d").stdout
    assert text.splitlines()[-1] == f"nothing changes by {day(10)}"


def test_text_says_that_no_agreement_is_seen_to_end_where_there_is_no_register(tmp_path: Path) -> None:
    said = "so no agreement is seen to end"
    assert said in planned(tmp_path / "claims", world(BAA, usage={"agreements": ["baa"]})).stdout
    assert said not in planned(tmp_path / "register", world(BAA, agreements=[ENDING])).stdout


def test_what_still_fails_is_never_called_a_pass(tmp_path: Path) -> None:
    rule = {">=": [{"days_until": {"var": "agreements.baa.expires"}}, 30]}
    text = planned(tmp_path, world({"require": [rule]}, agreements=[ENDING])).stdout
    assert f"{day(10)}, in 10 days\n  because agreement " in text
    assert "\n    error[p]: P\n      fail -> unknown\n      usage `u` on alpha, project `clinic` (vendorgate" in text
    assert "pass[" not in text


def test_what_is_alike_shares_a_line(tmp_path: Path) -> None:
    files = dict(world({"require": [True], "enforce_from": day(5)}))
    usages = [{"id": f"u{number}", "offering": "alpha", "data": ["phi"]} for number in range(12)]
    files["vendorgate.yaml"] = {**files["vendorgate.yaml"], "usages": usages}
    text = planned(tmp_path, files).stdout
    assert "    note[p]: P\n      12 results, pass, warning -> pass, error\n      usage `u0` on alpha, project" in text
    assert "      and 11 more (--verbose)\n" in text
    assert "no result will start to block by" in text
    assert "12 changes on 1 day" in text


def test_columns_are_those_that_the_documentation_names() -> None:
    page = (ROOT / "docs" / "reports.md").read_text(encoding="utf-8")
    table = page.partition("| column of a plan |")[2].partition("\n\n")[0]
    cells = re.findall(r"^\| (`.*?`) \| ", table, re.MULTILINE)
    assert re.findall(r"`([a-z0-9_]+)`", " ".join(cells)) == [*COLUMNS, *INPUTS, "until"]


@pytest.mark.parametrize("format", ["text", "json", "csv", "ics"])
def test_the_last_day_of_the_calendar_can_be_told(format: str, tmp_path: Path) -> None:
    write(tmp_path, world({"require": [{"==": [{"var": "today"}, "9999-12-31"]}]}))
    inputs = ("--policies", "policies", "--registry", "registry", "--as-of", "9999-12-30", "--within", "1d")
    ended = vendorgate("plan", *inputs, "--format", format, folder=tmp_path)
    assert ended.code == 0
    assert re.fullmatch(r"as of 9999-12-30, \d+ days after today\n", ended.stderr)


@pytest.mark.parametrize("format", ["text", "json", "csv", "ics"])
def test_the_same_inputs_give_the_same_bytes(format: str, tmp_path: Path) -> None:
    files = world(BAA, agreements=[ENDING])
    assert len({planned(tmp_path, files, "--format", format).stdout for _ in range(2)}) == 1
