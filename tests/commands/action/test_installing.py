"""The action installs vendorgate as it says: from its own checkout, or a version of the package index."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.command import ROOT
from tests.commands.action.repositories import POLICY, manifest, write
from tests.commands.action.runner import Ran, Runner
from tests.thoroughness import thorough
from vendorgate.version import VERSION

NO_BYTECODE = {"PIP_COMPILE": "0"}
"""Most of what is installed is never imported here; what is gets compiled then."""
TRAP = 'open("trapped", "w").close()\nraise SystemExit("a file of the workspace was imported")\n'
UNNEEDED = (".git", ".venv", "node_modules", ".*_cache", "tests", "benchmarks")
"""Of a checkout, for installing it."""
WRONG = (
    "0.0.0",
    f"{VERSION} --index-url=http://127.0.0.1:9",
    '"; touch trapped; "',
    *((" ", "$(touch trapped)", "`touch trapped`") if thorough() else ()),
)


def machine(folder: Path) -> Runner:
    """A machine with nothing on it, and a workspace that wants to be imported."""
    workspace, temporary = folder / "workspace", folder / "runner temp"
    temporary.mkdir()
    names = ("venv", "pip", "vendorgate", "sitecustomize", "click", "json", "requests")
    write(
        workspace,
        {"vendorgate.yaml": manifest("phi"), "policies/p.yaml": POLICY, **{f"{name}.py": TRAP for name in names}},
    )
    return Runner(workspace, temporary, skipped=frozenset(), environment=NO_BYTECODE)


MADE = frozenset(("Make an environment",))
"""The step that is as good as done where a test stands on an environment that is there."""


class Bare(NamedTuple):
    """A run on a machine with nothing on it, with no checkout to install from."""

    machine: Runner
    ran: Ran


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Bare:
    """It leaves an environment behind, as the step makes one."""
    runner = machine(tmp_path_factory.mktemp("bare"))
    return Bare(runner, different(runner, GITHUB_ACTION_PATH="/nowhere").run("schedule", {}, "0" * 40))


@pytest.fixture
def prepared(tmp_path: Path, bare: Bare) -> Runner:
    """A machine with such an environment where the action looks for it."""
    runner = machine(tmp_path)
    shutil.copytree(bare.machine.temporary / "vendorgate", runner.temporary / "vendorgate", symlinks=True)
    return Runner(runner.workspace, runner.temporary, skipped=MADE, environment=runner.environment)


def different(runner: Runner, **environment: str) -> Runner:
    environment = {**runner.environment, **environment}
    return Runner(runner.workspace, runner.temporary, environment=environment, skipped=runner.skipped)


def test_own_checkout_is_installed_in_an_environment_of_its_own(prepared: Runner, bare: Bare, tmp_path: Path) -> None:
    assert bare.ran.codes["Make an environment"] == 0, bare.ran.log
    checkout = tmp_path / "the action"
    shutil.copytree(ROOT, checkout, ignore=shutil.ignore_patterns(*UNNEEDED))
    version = checkout / "src" / "vendorgate" / "version.py"
    version.write_text(version.read_text(encoding="utf-8").replace(VERSION, "9.9.9"), encoding="utf-8")
    ran = different(prepared, GITHUB_ACTION_PATH=str(checkout)).run("schedule", {}, "0" * 40)
    assert ran.codes["Install vendorgate from this action's checkout"] == 0, ran.log
    assert (ran.code, ran.outputs["verdict"]) == (1, "fail")
    assert '"version": "9.9.9"' in Path(ran.outputs["report-json"]).read_text(encoding="utf-8")
    assert not (prepared.workspace / "trapped").exists()


def test_nothing_is_judged_where_there_is_no_checkout(bare: Bare) -> None:
    assert bare.ran.codes["Make an environment"] == 0, bare.ran.log
    assert bare.ran.failed
    assert "Judge" not in bare.ran.codes
    assert not (bare.machine.workspace / "trapped").exists()


def test_version_is_taken_from_the_package_index_and_one_that_is_none_installs_nothing(
    prepared: Runner, wheel: Path
) -> None:
    environment = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheel.parent), "PIP_NO_DEPS": "1"}
    runner = different(prepared, **environment)
    for version in WRONG:
        ran = runner.run("schedule", {}, "0" * 40, version=version)
        assert ran.failed, version
        assert "Install vendorgate from this action's checkout" not in ran.codes
        assert "Judge" not in ran.codes
    assert not (runner.workspace / "trapped").exists()
    ran = runner.run("schedule", {}, "0" * 40, version=VERSION)
    assert ran.codes["Install vendorgate from the package index"] == 0, ran.log
    (installed,) = (runner.temporary / "vendorgate").rglob("vendorgate-*.dist-info")
    assert installed.name == f"vendorgate-{VERSION}.dist-info"
