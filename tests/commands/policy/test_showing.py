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


MANIFEST: Final = """
version: 1
project: letters
usages:
  - {id: u, purpose: Answer, offering: openai-api, data: [letters]}
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


WAITING: Final = "extra-is-asked-for"


@pytest.fixture
def with_a_pack(tmp_path: Path) -> Path:
    """A bundle with a pack that nobody asks for, one of the library, and a policy in no pack."""
    shutil.copytree(ROOT / "examples" / "own-bundle" / "policies", tmp_path / "policies")
    with (tmp_path / "policies" / "bundle.yaml").open("a", encoding="utf-8") as file:
        file.write("packs: [hipaa]\noptional_packs: [extra]\n")
    extra = tmp_path / "policies" / "extra"
    extra.mkdir()
    (extra / "p.yaml").write_text(
        f"version: 1\npolicies: [{{id: {WAITING}, title: T, require: [{{covered: soc2_type2}}]}}]\n", encoding="utf-8"
    )
    return tmp_path


def test_list_marks_what_is_not_in_force(with_a_pack: Path) -> None:
    marked = [line.split()[1] for line in said(with_a_pack, "list").splitlines() if "not in force" in line]
    assert marked == [WAITING]
    assert "(not in force: the pack extra is optional)" in said(with_a_pack, "list")


@pytest.mark.parametrize("command", ["show", "explain"])
def test_policy_that_is_not_in_force_says_so(command: str, with_a_pack: Path) -> None:
    assert "  Not in force: the pack extra is optional.\n" in said(with_a_pack, command, WAITING)
    assert "Not in force" not in said(with_a_pack, command, OFF)


def test_handbook_says_what_is_in_force_and_by_which_digest(with_a_pack: Path) -> None:
    text = said(with_a_pack, "docs")
    (with_a_pack / "vendorgate.yaml").write_text(MANIFEST, encoding="utf-8")
    checked = json.loads(vendorgate("check", "--format", "json", folder=with_a_pack).stdout)
    assert f"| Digest of what is in force | `{checked['inputs']['bundle']['sha256']}` |" in text
    assert "| Packs in force | hipaa |" in text
    assert "| Optional, and not in force | extra |" in text
    assert "| What blocks | errors and warnings |" in text
    assert "(#extra-is-asked-for) (not in force)" in text
    assert "**Not in force:** the pack extra is optional." in text


def test_document_names_the_pack_and_whether_it_is_in_force(with_a_pack: Path) -> None:
    found = json.loads(said(with_a_pack, "list", "--format", "json"))["policies"]
    by_id = {one["id"]: (one["pack"], one["in_force"]) for one in found}
    assert by_id[WAITING] == ("extra", False)
    assert by_id[OFF] == (None, True)
    assert by_id["phi-has-a-purpose"] == ("hipaa", True)


def test_pack_of_the_library_that_is_asked_for_alone_is_not_in_force(with_a_pack: Path) -> None:
    assert "(not in force: the pack pci is optional)" in said(with_a_pack, "list", "--pack", "pci")
    assert "not in force" not in said(with_a_pack, "list", "--pack", "hipaa")


def test_policy_that_is_off_is_not_in_force(folder: Path) -> None:
    found = json.loads(said(folder, "list", "--format", "json"))["policies"]
    assert {one["id"]: one["in_force"] for one in found} == {OFF: False, LATER: True}
    assert f"| Switched off | `{OFF}` |" in said(folder, "docs")


@pytest.mark.parametrize("command", ["show", "explain"])
def test_policy_of_a_pack_that_is_not_required_is_told_with_the_pack(command: str, tmp_path: Path) -> None:
    assert vendorgate("init", "bundle", "--name", "ours", "--pack", "gdpr", folder=tmp_path).code == 0
    for id, pack in (("phi-needs-baa-and-zdr", "hipaa"), ("ict-service-stands-in-the-register", "financial")):
        ended = vendorgate("policy", command, id, folder=tmp_path)
        assert (ended.code, ended.stdout) == (2, "")
        words = f"the bundle does not require the pack `{pack}` of the library, which has it: --pack {pack}\n"
        assert f"error: no policy `{id}`\n  = help: {words}" in ended.stderr
        assert f"{id}: " in vendorgate("policy", command, id, "--pack", pack, folder=tmp_path).stdout
    ended = vendorgate("policy", command, "personal-data-need-dpa", folder=tmp_path)
    assert "= help: did you mean `personal-data-needs-dpa`?" in ended.stderr
