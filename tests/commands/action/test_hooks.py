"""The hooks, run by the real pre-commit, which installs them from a repository with the files of this one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import ROOT
from tests.commands.action.repositories import POLICY, commit, git, manifest, write

ALL, CODE = "vendorgate-all", "vendorgate-code"


class PreCommit:
    """A repository with hooks."""

    def __init__(self, folder: Path, hooks: Path) -> None:
        self.folder = folder
        git(folder, "init", "--quiet")
        revision = git(hooks, "rev-parse", "HEAD")
        ids = "[{id: vendorgate}, {id: vendorgate-all}, {id: vendorgate-code}]"
        commit(folder, {".pre-commit-config.yaml": f"repos:\n  - {{repo: '{hooks}', rev: {revision}, hooks: {ids}}}\n"})

    def change(self, files: dict[str, str], unasked: str) -> dict[str, str]:
        """What each hook says of these files, when they are about to be committed; one is not asked."""
        write(self.folder, files)
        git(self.folder, "add", "--all")
        command = (sys.executable, "-m", "pre_commit", "run", "--color=never", "--verbose")
        environment = {
            **os.environ,
            "GIT_CONFIG_GLOBAL": os.devnull,
            "PIP_COMPILE": "0",  # most of what is installed is never imported here
            "PRE_COMMIT_HOME": str(self.folder.parent / "home"),
            "SKIP": unasked,
        }
        ended = subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False, timeout=600
        )
        said = ended.stdout + ended.stderr
        first, _, others = said.partition("vendorgate, everything")
        second, _, third = others.partition("vendorgate, code")
        assert "hook id: vendorgate" in said or "Skipped" in said, said
        git(self.folder, "commit", "--quiet", "--no-verify", "--allow-empty", "--message", "change")
        return {"vendorgate": first, "vendorgate-all": second, "vendorgate-code": third}


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> PreCommit:
    """A repository whose hooks come from one with the files of this one, committed or not, but its tests."""
    folder = tmp_path_factory.mktemp("pre-commit")
    hooks = folder / "hooks"
    hooks.mkdir()
    git(hooks, "init", "--quiet")
    listed = git(ROOT, "ls-files", "--cached", "--others", "--exclude-standard", "-z").split("\0")
    for name in filter(None, listed):
        if (ROOT / name).is_file() and not name.startswith("tests/"):
            target = hooks / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((ROOT / name).read_bytes())
    commit(hooks, {})
    project = folder / "project"
    project.mkdir()
    return PreCommit(project, hooks)


def test_manifests_that_change_are_judged_and_all_of_them_when_a_policy_does(installed: PreCommit) -> None:
    write(installed.folder, {"policies/p.yaml": POLICY.replace("phi", "pci")})
    said = installed.change(
        {"README.md": "x\n", "a/vendorgate.yaml": manifest("public"), "b/vendorgate.yaml": manifest("phi")}, CODE
    )
    assert "Passed" in said["vendorgate"]
    assert "PASS  2 manifests, 2 usages, " in said["vendorgate"]
    assert "PASS  2 manifests, 2 usages, " in said["vendorgate-all"]

    said = installed.change({"a/vendorgate.yaml": manifest("public", "internal")}, CODE)
    assert "PASS  1 usage," in said["vendorgate"]
    assert "PASS  2 manifests, 2 usages, " in said["vendorgate-all"]

    said = installed.change({"README.md": "y\n"}, CODE)
    assert "Skipped" in said["vendorgate"]
    assert "Skipped" in said["vendorgate-all"]

    said = installed.change({"policies/p.yaml": POLICY}, CODE)
    assert "Skipped" in said["vendorgate"]
    assert "FAIL  2 manifests, 2 usages, " in said["vendorgate-all"]
    assert "no-phi" in said["vendorgate-all"]

    said = installed.change({"a/vendorgate.yaml": "version: 2\n"}, CODE)
    assert "exit code: 2" in said["vendorgate"]
    assert "not checked" in said["vendorgate"]


def test_code_is_held_against_the_manifests_that_cover_it(installed: PreCommit) -> None:
    asks = "detect: {severity: {undeclared-offering: error}}\n"
    files = {
        "policies/p.yaml": POLICY,
        "a/vendorgate.yaml": manifest("public"),
        "b/vendorgate.yaml": manifest("public"),
    }
    said = installed.change(
        {**files, "policies/bundle.yaml": asks, "a/app.py": "import openai\n\nopenai.OpenAI()\n"}, ALL
    )
    assert "Passed" in said["vendorgate-code"]

    said = installed.change({"b/app.py": "import anthropic\n\nanthropic.Anthropic()\n"}, ALL)
    assert "exit code: 1" in said["vendorgate-code"]
    assert "code uses `anthropic-api`, which b/vendorgate.yaml does not declare" in said["vendorgate-code"]
    assert "Skipped" in said["vendorgate"]
