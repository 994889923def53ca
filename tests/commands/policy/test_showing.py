"""Policies are shown as they count: what the bundle's `overrides` make of them, and why."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any, Final

import pytest

from tests.command import ROOT, vendorgate

OFF: Final = "approved-models-only"
LATER: Final = "letters-need-a-signed-dpa"
OVERRIDES: Final = """
overrides:
  - {policy: "*", off: true, reason: not yet}
  - {policy: letters-*, severity: note, enforce_from: 2027-01-01, reason: migration}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "examples" / "own-bundle" / "policies", tmp_path / "policies")
    with (tmp_path / "policies" / "bundle.yaml").open("a", encoding="utf-8") as file:
        file.write(OVERRIDES)
    return tmp_path


def said(folder: Path, *command: str) -> str:
    ended = vendorgate("policy", *command, folder=folder)
    assert ended.code == 0, ended.stderr
    return ended.stdout


def test_list_has_the_severity_that_counts_and_says_why(folder: Path) -> None:
    later, off = said(folder, "list").splitlines()
    assert later.startswith(f"note     {LATER} ")
    assert later.endswith("(here: note instead of error, enforced from 2027-01-01: migration)")
    assert off.startswith(f"off      {OFF} ")
    assert off.endswith("(here: off, and judges nobody: not yet)")


@pytest.mark.parametrize("command", ["show", "explain"])
def test_policy_that_is_off_threatens_nobody(command: str, folder: Path) -> None:
    text = said(folder, command, OFF)
    assert "Where it is not met" not in text
    assert "  Here: off, and judges nobody: not yet (policies/bundle.yaml:" in text


@pytest.mark.parametrize("command", ["show", "explain"])
def test_consequences_are_those_that_count(command: str, folder: Path) -> None:
    text = said(folder, command, LATER)
    assert "  Where it is not met: a note." in text
    assert "  Here: note instead of error, enforced from 2027-01-01: migration (policies/bundle.yaml:" in text


def test_handbook_says_it_too(folder: Path) -> None:
    text = said(folder, "docs")
    assert f"`{OFF}` · off" in text
    assert "**Here:** off, and judges nobody: not yet." in text
    assert f"`{LATER}` · note" in text


def test_document_has_what_counts_and_what_is_written(folder: Path) -> None:
    later, off = json.loads(said(folder, "list", "--format", "json"))["policies"]
    assert (later["severity"], later["enforce_from"], later["off"]) == ("note", "2027-01-01", False)
    override: dict[str, Any] = later["override"]
    assert (override["reason"], override["written_severity"], override["written_enforce_from"]) == (
        "migration",
        "error",
        None,
    )
    assert (off["severity"], off["off"], off["override"]["reason"]) == ("warning", True, "not yet")


def test_policy_that_nobody_overrides_says_nothing_of_it() -> None:
    folder = ROOT / "examples" / "own-bundle"
    assert "ere:" not in said(folder, "list") + said(folder, "show", OFF)
    assert {one["override"] for one in json.loads(said(folder, "list", "--format", "json"))["policies"]} == {None}
