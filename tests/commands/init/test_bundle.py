"""`vendorgate init bundle`: by flags, at a terminal, and never over anything that is there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from tests.command import vendorgate
from tests.commands.init.folder import FLAGS, snapshot
from tests.terminal import answered
from vendorgate.load.files import shipped
from vendorgate.load.packs import packs_of


def test_bundle_by_flags_judges_and_its_tests_pass(tmp_path: Path) -> None:
    arguments = ("init", "bundle", "--name", 'Ours: "all" # of it', "--pack", "hipaa", "--pack", "pci", "--register")
    ended = vendorgate(*arguments, folder=tmp_path)
    assert ended.code == 0
    written = yaml.safe_load((tmp_path / "policies" / "bundle.yaml").read_text(encoding="utf-8"))
    assert written["packs"] == ["hipaa", "pci"]
    assert vendorgate("init", *FLAGS, folder=tmp_path).code == 0
    report = json.loads(vendorgate("check", "--format", "json", folder=tmp_path).stdout)
    assert report["inputs"]["bundle"]["name"] == 'Ours: "all" # of it'
    assert report["inputs"]["agreements"] == "register"
    assert {"no-credentials", "phi-has-a-purpose"} <= {result["policy"] for result in report["results"]}
    assert vendorgate("policy", "test", folder=tmp_path).code == 0
    assert vendorgate("policy", "lint", folder=tmp_path).code == 0
    assert vendorgate("policy", "fmt", "--check", folder=tmp_path).code == 0


@pytest.mark.parametrize("pack", sorted(packs_of(shipped("policies"))))
def test_the_first_policy_asks_nothing_that_a_pack_asks_already(pack: str, tmp_path: Path) -> None:
    assert vendorgate("init", "bundle", "--name", "ours", "--pack", pack, folder=tmp_path).code == 0
    ended = vendorgate("policy", "lint", folder=tmp_path)
    assert (ended.code, ended.stdout.count("own.yaml")) == (0, 0), ended.stdout
    assert vendorgate("policy", "test", folder=tmp_path).code == 0
    assert vendorgate("policy", "fmt", "--check", folder=tmp_path).code == 0


def test_example_of_an_agreement_covers_what_its_counterparty_serves(tmp_path: Path) -> None:
    assert vendorgate("init", "bundle", "--name", "ours", "--register", folder=tmp_path).code == 0
    register = tmp_path / "policies" / "agreements.yaml"
    lines = register.read_text(encoding="utf-8").replace("agreements: []", "agreements:").splitlines()
    kept = [line.replace("#", " ", 1) if line.startswith("#  ") else line for line in lines if "openai-baa" not in line]
    register.write_text("\n".join([*kept, ""]), encoding="utf-8")
    ended = vendorgate("agreements", "list", "--format", "json", "--as-of", "2026-11-24", folder=tmp_path)
    reached = [(one["kind"], one["offering"], one["state"]) for one in json.loads(ended.stdout)["rows"]]
    assert reached == [("baa", "openai-api", "in_force")]


def test_new_bundle_ends_with_what_to_type_next(tmp_path: Path) -> None:
    ended = vendorgate("init", "bundle", "--name", "ours", folder=tmp_path)
    command = ended.stdout.splitlines()[-1].removeprefix("next: vendorgate ")
    assert command == "policy list"
    assert "no-credentials" in vendorgate(*command.split(), folder=tmp_path).stdout


@pytest.mark.parametrize(
    ("there", "arguments"),
    [
        ("policies/bundle.yaml", ("--name", "b")),
        ("policies/own/own.yaml", ("--name", "b")),
        ("policies/agreements.yaml", ("--name", "b", "--register")),
    ],
)
def test_nothing_is_overwritten(tmp_path: Path, there: str, arguments: tuple[str, ...]) -> None:
    path = tmp_path / there
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("mine", encoding="utf-8")
    before = snapshot(tmp_path)
    ended = vendorgate("init", "bundle", *arguments, folder=tmp_path)
    assert ended.code == 2
    assert "there is a file of that name" in ended.stderr
    assert "= help: change what is there, or move it out of the way\n" in ended.stderr
    assert there in ended.stderr
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [((), "--name is missing"), (("--name", "b", "--pack", "hippa"), "did you mean `hipaa`?")],
)
def test_what_is_missing_or_wrong_is_said(tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    ended = vendorgate("init", "bundle", *arguments, folder=tmp_path)
    assert (ended.code, ended.stdout) == (2, "")
    assert words in ended.stderr
    assert snapshot(tmp_path) == {}


def test_terminal_is_asked_for_a_bundle(tmp_path: Path) -> None:
    answers = [("Name of the bundle", "Ours"), ("Packs to require", "hipaa, gdpr"), ("agreements register", "y")]
    ended = answered(tmp_path, answers, "init", "bundle")
    assert ended.code == 0, ended.stdout
    written = yaml.safe_load((tmp_path / "policies" / "bundle.yaml").read_text(encoding="utf-8"))
    assert (written["name"], written["packs"]) == ("Ours", ["hipaa", "gdpr"])
    assert (tmp_path / "policies" / "agreements.yaml").exists()
