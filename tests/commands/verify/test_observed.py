"""A report and a pack are of the observations that were there: one that is another one is said."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Final

import pytest

from tests.command import Ended, vendorgate
from tests.golden.accounted import ACCOUNTS

JUDGES: Final = ("--registry", "registry", "--as-of", "2026-11-23")
OBSERVATION: Final = "policies/observations/alpha-eu-prod.yaml"
LATER: Final = ("observed: 2026-11-20", "observed: 2026-11-21")
OTHER: Final = ("zero_data_retention: false", "zero_data_retention: true")


@pytest.fixture
def accounts(tmp_path: Path) -> Path:
    shutil.copytree(ACCOUNTS, tmp_path, dirs_exist_ok=True)
    return tmp_path


def changed(folder: Path, name: str, edit: tuple[str, str]) -> None:
    path = folder / name
    before = path.read_text(encoding="utf-8")
    assert before.count(edit[0]) == 1
    path.write_text(before.replace(*edit), encoding="utf-8")


def verify(folder: Path, *arguments: str) -> Ended:
    return vendorgate("verify", *arguments, "--registry", "registry", folder=folder)


def kept(folder: Path) -> None:
    ended = vendorgate("check", *JUDGES, "--format", "json", folder=folder)
    (folder / "report.json").write_text(ended.stdout, encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "edit"),
    [
        (OBSERVATION, OTHER),
        (OBSERVATION, LATER),
        ("policies/accounts.yaml", ("name: backup}", "name: backup, project: other}")),
    ],
)
def test_report_is_not_of_what_was_observed_otherwise(name: str, edit: tuple[str, str], accounts: Path) -> None:
    kept(accounts)
    held = verify(accounts, "report.json")
    assert (held.code, held.stdout.split(":")[0]) == (0, "holds")
    changed(accounts, name, edit)
    ended = verify(accounts, "report.json")
    assert (ended.code, ended.stdout.split(":")[0]) == (1, "not reproduced")
    assert "bundle sha256: the report has " in ended.stdout


def test_report_that_says_other_settings_than_were_judged_does_not_hold(accounts: Path) -> None:
    kept(accounts)
    report = json.loads((accounts / "report.json").read_text(encoding="utf-8"))
    setting = report["usages"][0]["routes"][0]["settings"][1]
    setting["status"] = "claimed"
    (accounts / "report.json").write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    ended = verify(accounts, "report.json")
    assert ended.code == 1
    assert "routes[0].settings[1].status" in ended.stdout


def test_pack_has_observations_and_accounts_and_is_judged_again_by_them(accounts: Path, tmp_path: Path) -> None:
    ended = vendorgate("evidence", "pack", "--output", "evidence.zip", *JUDGES, folder=accounts)
    assert ended.code == 1, ended.stderr
    changed(accounts, OBSERVATION, OTHER)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    held = vendorgate("verify", "../evidence.zip", folder=elsewhere)
    assert (held.code, held.stdout.split(":")[0]) == (0, "holds"), held.stdout


@pytest.mark.parametrize("name", [OBSERVATION, "policies/accounts.yaml"])
def test_sign_off_is_of_observations_and_accounts_too(name: str, accounts: Path) -> None:
    inputs = ("policy", "signoff", "policies", "--registry", "registry")
    assert vendorgate(*inputs, "--by", "Dana Example", "--on", "2026-11-22", "--write", folder=accounts).code == 0
    check = (*inputs, "--check", "--as-of", "2026-11-23")
    assert vendorgate(*check, folder=accounts).code == 0
    with (accounts / name).open("a", encoding="utf-8") as file:
        file.write("# another one\n")
    assert vendorgate(*check, folder=accounts).code == 1
    report = json.loads(vendorgate("check", *JUDGES, "--format", "json", folder=accounts).stdout)
    assert report["inputs"]["bundle"]["signoff"]["holds"] is False
