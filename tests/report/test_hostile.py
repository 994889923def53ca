"""Hostile text in every field of every input does nothing to whoever reads a report, in any format."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree
from markdown_it import MarkdownIt

from tests.report import runner
from tests.report.evaluations import CONTROL, EVALUATIONS
from tests.thoroughness import share
from vendorgate.frame.proposing import proposals_once
from vendorgate.model.evaluation import Evaluation
from vendorgate.report import (
    controls_csv,
    controls_markdown,
    cyclonedx,
    github,
    gitlab,
    intoto,
    junit,
    markdown,
    oscal,
    sarif,
)
from vendorgate.report import csv as csv_report
from vendorgate.report import json as json_report
from vendorgate.report import text as text_report
from vendorgate.report.look import TextLook
from vendorgate.report.surroundings import Surroundings

Judged = tuple[Evaluation, Surroundings]
random_evaluations = settings(
    max_examples=share(40), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
PROPOSING = TextLook(propose=proposals_once())
WITHOUT_COMMANDS: dict[str, Any] = {
    "text": lambda evaluation, _: text_report.render(evaluation, look=PROPOSING),
    "text, every result": lambda evaluation, _: text_report.render(evaluation, look=TextLook("all", statistics=True)),
    "json": lambda evaluation, _: json_report.render(evaluation),
    "sarif": sarif.render,
    "junit": junit.render,
    "markdown": lambda evaluation, surroundings: markdown.render(evaluation, surroundings, PROPOSING),
    "gitlab": gitlab.render,
    "csv": csv_report.render,
    "intoto": intoto.render,
    "oscal": oscal.render,
    "cyclonedx": cyclonedx.render,
    "text by control": lambda evaluation, _: text_report.render(evaluation, look=TextLook("all", by_control=True)),
    "markdown by control": controls_markdown.render,
    "csv by control": controls_csv.render,
}
"""Formats in which no line may be a command."""


@pytest.mark.parametrize("format", WITHOUT_COMMANDS)
@random_evaluations
@given(judged=EVALUATIONS)
def test_no_line_is_a_command_and_none_holds_a_control_character(format: str, judged: Judged) -> None:
    report = WITHOUT_COMMANDS[format](*judged)
    assert not CONTROL.search(report)
    assert not any(runner.read(line) for line in re.split(r"[\n\r\u2028]", report))
    assert not re.search(r"##\w*\[", report)


@random_evaluations
@given(EVALUATIONS)
def test_annotations_are_the_only_commands(judged: Judged) -> None:
    report = github.render(*judged)
    assert not CONTROL.search(report)
    for line in report.splitlines()[:-1]:
        command = runner.read(line)
        assert command is not None
        assert command.name in ("error", "warning", "notice")
        assert set(command.properties) <= {"file", "line", "endLine", "col", "endColumn", "title"}
        assert len(command.message) <= 4096
        assert not CONTROL.search(command.message)


@random_evaluations
@given(EVALUATIONS)
def test_json_formats_are_json_of_the_shape_that_they_should_have(judged: Judged) -> None:
    assert list(json.loads(sarif.render(*judged))) == ["$schema", "version", "runs"]
    for entry in json.loads(gitlab.render(*judged)):
        assert list(entry) == ["description", "check_name", "fingerprint", "severity", "location"]


@random_evaluations
@given(EVALUATIONS)
def test_junit_has_no_element_that_is_not_its_own(judged: Judged) -> None:
    root = etree.fromstring(junit.render(*judged).encode())
    tags = {
        "testsuites",
        "testsuite",
        "properties",
        "property",
        "testcase",
        "failure",
        "error",
        "skipped",
        "system-out",
    }
    assert {element.tag for element in root.iter()} <= tags
    attributes = {name for element in root.iter() for name in element.attrib}
    counts = {"tests", "failures", "errors", "skipped"}
    assert attributes <= {"name", "classname", "message", "type", "file", "value", *counts}


RENDER = MarkdownIt("gfm-like", {"linkify": False, "html": True})
TAGS = re.findall(r"\w+", "h2 h3 p pre table thead tbody tr th td ul li code strong details summary")


@random_evaluations
@given(EVALUATIONS)
def test_markdown_has_no_tag_mention_or_link_of_an_input(judged: Judged) -> None:
    page = RENDER.render(markdown.render(*judged, PROPOSING))
    assert set(re.findall(r"<(/?[a-z0-9!]+)", page)) <= {f"{end}{tag}" for tag in TAGS for end in ("", "/")}
    assert set(re.findall(r"<[a-z0-9]+ ([^>]*)>", page)) <= {'style="text-align:right"', 'class="language-yaml"'}
    tree = etree.HTML(page)
    for code in tree.iter("code"):
        code.text = ""
    words = "".join(map(str, tree.itertext()))
    assert not re.search(r"@\w|#\d|GH-\d|://|www\.\w", words)


@random_evaluations
@given(EVALUATIONS)
def test_markdown_opens_and_closes_every_detail(judged: Judged) -> None:
    page = RENDER.render(markdown.render(*judged))
    events = re.findall(r"<(/?details)>", page)
    assert events == ["details", "/details"] * (len(events) // 2)
    assert html.unescape(page).count("SHA-256") >= 1


FORMULA = tuple("=+-@＝＋－＠")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@random_evaluations
@given(judged=EVALUATIONS)
def test_no_cell_is_a_formula_in_any_spreadsheet(delimiter: str, judged: Judged) -> None:
    report = csv_report.render(*judged)
    table = list(csv.reader(io.StringIO(report), delimiter=delimiter))
    assert not [cell for row in table for cell in row if cell.strip(' "').startswith(FORMULA)]


@random_evaluations
@given(EVALUATIONS)
def test_every_row_is_one_line_of_the_same_length(judged: Judged) -> None:
    report = csv_report.render(*judged)
    table = list(csv.reader(io.StringIO(report)))
    assert len(report.split("\n")) == len(table) + 1
    assert {len(row) for row in table} == {len(csv_report.COLUMNS) + len(csv_report.INPUTS)}
