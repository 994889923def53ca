"""Every file of `malformed/` is refused, with each of its mistakes at its place.

`expected.json` says which mistakes a file of its folder has: line, column, a part of the message, a part of the advice.
The folder's name is the kind of input that the file is given as.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.command import vendorgate

HERE = Path(__file__).parent / "malformed"
GOOD = HERE / "good"
"""A manifest, a bundle and a registry that have no mistake."""
PLACES = {
    "manifest": "vendorgate.yaml",
    "policy": "policies/policy.yaml",
    "policy-tests": "policies/policy.yaml",
    "bundle": "policies/bundle.yaml",
    "agreements": "policies/agreements.yaml",
    "waivers": "policies/waivers.yaml",
    "snapshot": "registry/snapshot.yaml",
    "offering": "registry/offerings/alpha.yaml",
    "fleet": "policies/fleet.yaml",
    "overlay": "policies/offerings/overlay.yaml",
}
COMMAND = ("check", "vendorgate.yaml", "--policies", "policies", "--registry", "registry", "--as-of", "2026-11-23")
TESTS = ("policy", "test", "policies", "--registry", "registry", "--as-of", "2026-11-23")
Mistake = tuple[int, int, str, str]
CASES: list[tuple[str, str, list[Mistake]]] = [
    (kind, name, mistakes)
    for kind in PLACES
    if (HERE / kind / "expected.json").exists()
    for name, mistakes in json.loads((HERE / kind / "expected.json").read_text(encoding="utf-8")).items()
]


@pytest.mark.parametrize(("kind", "name", "mistakes"), CASES, ids=[f"{kind}/{name}" for kind, name, _ in CASES])
def test_malformed_input_is_refused(kind: str, name: str, mistakes: list[Mistake], tmp_path: Path) -> None:
    shutil.copytree(GOOD, tmp_path, dirs_exist_ok=True)
    (tmp_path / PLACES[kind]).parent.mkdir(exist_ok=True)
    shutil.copyfile(HERE / kind / name, tmp_path / PLACES[kind])
    ended = vendorgate(*(TESTS if kind == "policy-tests" else COMMAND), folder=tmp_path)
    assert ended.code == 2, ended.stdout + ended.stderr
    assert ended.stdout == ""
    told = re.sub(r"\Aas of .*\n", "", ended.stderr)
    blocks = [block for block in told.split("\n\n") if block.startswith("error")]
    found = [re.search(rf"--> {re.escape(PLACES[kind])}:(\d+):(\d+)", block) for block in blocks]
    places = [(int(match[1]), int(match[2])) if match else None for match in found]
    assert places == [(line, column) for line, column, _, _ in mistakes], ended.stderr
    for block, (_, _, message, advice) in zip(blocks, mistakes, strict=True):
        assert message in block
        assert advice in block


@pytest.mark.parametrize("name", [name for kind, name, _ in CASES if kind == "policy-tests"])
def test_a_test_of_a_policy_cannot_break_a_check(name: str, tmp_path: Path) -> None:
    shutil.copytree(GOOD, tmp_path, dirs_exist_ok=True)
    shutil.copyfile(HERE / "policy-tests" / name, tmp_path / "policies" / "policy.yaml")
    ended = vendorgate(*COMMAND, "--format", "json", folder=tmp_path)
    assert ended.code in (0, 1), ended.stderr
    assert {result["policy"] for result in json.loads(ended.stdout)["results"]} == {"rule"}


def test_the_good_inputs_are_good(tmp_path: Path) -> None:
    shutil.copytree(GOOD, tmp_path, dirs_exist_ok=True)
    assert vendorgate(*COMMAND, folder=tmp_path).code == 0


def test_there_are_enough_malformed_inputs() -> None:
    assert len(CASES) >= 60
    listed = {(kind, name) for kind, name, _ in CASES}
    there = {(path.parent.name, path.name) for kind in PLACES for path in (HERE / kind).glob("*.yaml")}
    assert listed == there
