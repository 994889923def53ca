"""Workflow commands: what GitHub's runner makes of them, and no more of them than it shows."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.report.evaluations import PIECES
from tests.report.one import MANIFEST, evaluation, repeated, world
from tests.report.runner import Command, read
from vendorgate.model.evaluation import Evaluation
from vendorgate.report import github
from vendorgate.report.annotations import data, property_value
from vendorgate.report.surroundings import Surroundings

ANY = st.one_of(st.lists(st.sampled_from(PIECES)).map("".join), st.text(), st.text("%0A:,25\r\n"))


def commands(found: Evaluation, surroundings: Surroundings = Surroundings()) -> list[Command]:
    read_lines = [read(line) for line in github.render(found, surroundings).splitlines()[:-1]]
    assert all(read_lines)
    return [command for command in read_lines if command is not None]


@given(ANY)
def test_message_comes_back_as_it_was(text: str) -> None:
    line = f"::error title=x::{data(text)}"
    assert "\n" not in line
    assert "\r" not in line
    assert read(line) == Command("error", {"title": "x"}, text)


@given(ANY.filter(str.strip).map(str.strip), ANY)
def test_properties_come_back_as_they_were(value: str, message: str) -> None:
    line = f"::notice file={property_value(value)},line=1::{data(message)}"
    assert read(line) == Command("notice", {"file": value, "line": "1"}, message)


@pytest.mark.parametrize(
    ("text", "message", "value"),
    [
        ("50%", "50%25", "50%25"),
        ("a\r\nb", "a%0D%0Ab", "a%0D%0Ab"),
        ("%0A", "%250A", "%250A"),
        ("a:b,c", "a:b,c", "a%3Ab%2Cc"),
    ],
)
def test_escapes_are_those_of_the_toolkit(text: str, message: str, value: str) -> None:
    assert (data(text), property_value(text)) == (message, value)


def test_annotation_stands_at_the_place_and_says_reason_and_way_out(tmp_path: Path) -> None:
    files = world()
    files["policies/p.yaml"]["policies"][1]["remediation"] = "Ask Legal"
    error, *_ = commands(evaluation(tmp_path, **files), Surroundings(str(tmp_path), str(tmp_path)))
    assert error == Command(
        "error",
        {"file": MANIFEST, "line": "1", "endLine": "1", "col": "63", "endColumn": "82", "title": "needs-baa: A BAA"},
        "blocks: usage `first` on alpha: hipaa_baa is not covered\n"
        "- graded `no`: the vendor documents that it does not offer this\n"
        "advice: Ask Legal",
    )


def test_severity_is_the_level_and_waived_results_are_not_shown(tmp_path: Path) -> None:
    found = [(one.name, one.properties["title"]) for one in commands(evaluation(tmp_path), Surroundings(waived=True))]
    assert found == [
        ("error", "needs-baa: A BAA"),
        ("notice", "unknown-but-passes: T"),
        ("notice", "vendorgate self-declared"),
    ]


@pytest.mark.parametrize(
    ("times", "errors", "words"),
    [
        (8, 8, None),
        (9, 9, None),
        (10, 10, "and 1 more: 1 result; every other report has all of them"),
        (300, 10, "and 291 more: 291 results; every other report has all of them"),
    ],
)
def test_at_most_nine_of_a_level_and_one_that_counts_the_rest(
    times: int, errors: int, words: str | None, tmp_path: Path
) -> None:
    found = commands(repeated(evaluation(tmp_path), times))
    shown = [one for one in found if one.name == "error"]
    assert len(shown) == errors
    assert (shown[-1].message if words else None) == words
    notices = [one for one in found if one.name == "notice"]
    assert len(notices) <= 10
    if times == 300:
        assert notices[-1].message.startswith("and 292 more: 291 results and 1 notice;")


def test_what_blocks_comes_before_what_does_not(tmp_path: Path) -> None:
    files = world()
    files["policies/bundle.yaml"] = {"fail_on": "note"}
    policies = files["policies/p.yaml"]["policies"]
    policies.append({**policies[1], "id": "small", "severity": "note"})
    found = commands(evaluation(tmp_path, **files))
    assert [one.properties["title"].partition(":")[0] for one in found][1:3] == ["small", "unknown-but-passes"]
    assert [one.message.partition(":")[0] for one in found][1:3] == ["blocks", "does not block"]


def test_long_hostile_text_leaves_room_for_the_way_out(tmp_path: Path) -> None:
    files = world()
    rules = [{"that": {"covered": "hipaa_baa"}, "message": f"{number} {'x' * 5000}"} for number in range(30)]
    files["policies/p.yaml"]["policies"][1] |= {"require": rules, "title": "t" * 5000, "remediation": "Ask Legal"}
    error, *_ = commands(evaluation(tmp_path, **files))
    assert len(error.message) <= 4096
    assert error.message.endswith("advice: Ask Legal")
    assert len(error.properties["title"]) <= 255
