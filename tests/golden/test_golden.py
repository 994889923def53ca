"""Reports look as they should, and no text of an input does anything to whoever reads them."""

from __future__ import annotations

import json
import re
from functools import cache

import pytest

from tests.golden.cast import GOLDEN, HERE, check

CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@cache
def made(name: str) -> str:
    """A report, made once for all who look at it."""
    return GOLDEN[name]()


@pytest.mark.parametrize("name", GOLDEN)
def test_report_is_as_it_should_be(name: str) -> None:
    assert made(name) == (HERE / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", GOLDEN)
def test_no_control_character_reaches_the_terminal(name: str) -> None:
    assert not CONTROL.search(made(name))


def test_no_input_begins_a_line_of_its_own() -> None:

    # The reason of a waiver is the only free text that stands alone, indented under its heading.
    alone = [line for line in check().splitlines() if line.lstrip().startswith("<b>")]
    assert all(line.startswith("       <b>") for line in alone)


def test_json_report_escapes_what_a_terminal_would_obey() -> None:
    report = check("--format", "json")
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", report)
    assert "\x1b[31mred" in json.loads(report)["results"][0]["title"]


def test_counts_of_the_json_report_add_up() -> None:
    report = json.loads(check("--format", "json"))
    summary, results = report["summary"], report["results"]
    outcomes = ("pass", "fail", "unknown", "waived", "not_applicable")
    assert sum(summary[name] for name in outcomes) == len(results)
    assert all(summary[name] == sum(result["outcome"] == name for result in results) for name in outcomes)
    assert summary["blocking"] == sum(result["blocks"] for result in results)
    assert summary["subjects"] == 4
