"""Every report says how much is waived, and every one shows a void waiver."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from tests.command import vendorgate
from tests.commands.review.repository import BAA, REGISTRY, changed, manifest, policies, usage
from tests.golden.cast import CAST

NUMBER: dict[str, Callable[[str], int]] = {
    "text": lambda text: int(re.findall(r" (\d+) waived\n", text)[-1]),
    "json": lambda text: int(json.loads(text)["summary"]["waived"]),
    "sarif": lambda text: int(json.loads(text)["runs"][0]["properties"]["summary"]["waived"]),
    "junit": lambda text: sum(
        int(one.get("value", "")) for one in etree.fromstring(text.encode()).iterfind(".//property[@name='waived']")
    ),
    "github": lambda text: int(re.findall(r" (\d+) waived, ", text)[-1]),
    "markdown": lambda text: int(re.findall(r"^\| \d+ \| \d+ \| (\d+) \|", text, re.MULTILINE)[0]),
    "gitlab": lambda text: sum(
        int(one["description"].split()[0]) for one in json.loads(text) if one["check_name"] == "vendorgate-waived"
    ),
    "csv": lambda text: sum(row["outcome"] == "waived" for row in csv.DictReader(io.StringIO(text))),
    "html": lambda text: int(re.findall(r'<li class="waived"><b>(\d+)</b>', text)[0]),
}
INPUTS = ("--policies", "policies", "--registry", "registry", "--as-of", "2026-11-23")


@pytest.mark.parametrize("format", NUMBER)
def test_number_of_waived_results_stands_in_every_format(format: str) -> None:
    text = vendorgate("check", *INPUTS, "--format", format, folder=CAST).stdout
    expected = json.loads(vendorgate("check", *INPUTS, "--format", "json", folder=CAST).stdout)
    assert NUMBER[format](text) == expected["summary"]["waived"] == 2


@pytest.mark.parametrize("format", ["text", "json", "sarif", "junit", "github", "markdown", "html"])
def test_void_waiver_is_told_in_every_format_that_has_notices(format: str) -> None:
    assert "void-waiver" in vendorgate("check", *INPUTS, "--format", format, folder=CAST).stdout


REVIEW: dict[str, Callable[[str], int]] = {
    "text": lambda text: int(re.findall(r"; (\d+) waived, ", text)[-1]),
    "markdown": lambda text: int(re.findall(r"; (\d+) waived, ", text)[0]),
    "json": lambda text: int(json.loads(text)["report"]["summary"]["waived"]),
}


@pytest.mark.parametrize("format", REVIEW)
def test_number_of_waived_results_stands_in_every_format_of_a_review(format: str, tmp_path: Path) -> None:
    waiver = {"policy": "*", "usage": "u", "reason": "r", "approved_by": "a", "expires": "2027-01-01"}
    world = {
        **REGISTRY,
        "policies/rules.yaml": policies(BAA),
        "policies/waivers.yaml": {"version": 1, "waivers": [waiver]},
    }
    usages = [usage("u", "beta", "phi"), usage("v", "beta", "phi")]
    repository = changed(tmp_path, {"vendorgate.yaml": manifest()}, {"vendorgate.yaml": manifest(*usages)}, world)
    assert REVIEW[format](repository.review("--format", format).stdout) == 1
