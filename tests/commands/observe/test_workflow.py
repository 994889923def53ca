"""The workflow reads with what it is given, by schedule alone, and proposes what is another now with other rights."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from tests.command import ROOT
from tests.commands.action.repositories import commit, git
from tests.commands.observe.bundles import ACCOUNTS, PROJECTS, RULES, asked, observation
from tests.commands.observe.server import Server
from vendorgate.version import VERSION

WORKFLOW: Final[dict[Any, Any]] = yaml.safe_load((ROOT / "examples/workflows/observe.yml").read_text("utf-8"))
EVENTS: Final = WORKFLOW[True]
"""YAML 1.1 takes `on` for true."""
READ, PROPOSE = WORKFLOW["jobs"]["read"], WORKFLOW["jobs"]["propose"]
SCRIPTS: Final = {step["name"]: step["run"] for job in (READ, PROPOSE) for step in job["steps"] if "run" in step}
GH: Final = """#!/bin/sh
echo "$*" >> "$GH_LOG"
case "$1 $2" in "pr list") echo "$OPEN" ;; esac
"""


def test_nothing_but_the_clock_and_a_hand_starts_it() -> None:
    assert EVENTS.keys() == {"schedule", "workflow_dispatch"}
    assert len(EVENTS["schedule"]) == 1


def test_who_has_the_credentials_cannot_write_and_who_can_has_none() -> None:
    assert WORKFLOW["permissions"] == {}
    assert READ["permissions"] == {"contents": "read", "id-token": "write"}
    assert PROPOSE["permissions"] == {"contents": "write", "pull-requests": "write"}
    assert READ["environment"]
    assert "environment" not in PROPOSE
    assert "secrets." not in str(PROPOSE)
    holding = [step["name"] for step in READ["steps"] if "secrets." in str(step)]
    assert holding == ["Read"], "and no other step of its job"
    assert "secrets." not in str({**WORKFLOW, "jobs": {}})
    assert WORKFLOW["env"]["VENDORGATE_VERSION"] == VERSION


def test_run_is_red_where_an_account_was_not_read_and_the_others_are_proposed() -> None:
    assert PROPOSE["needs"] == "read"
    assert PROPOSE["if"] == "${{ !cancelled() }}"
    after = [step for step in READ["steps"] if step["name"] in ("Put together", "Keep for the pull request")]
    assert [step["if"] for step in after] == ["${{ !cancelled() }}"] * 2
    assert all("continue-on-error" not in step for step in READ["steps"])


@pytest.fixture
def vendor() -> Iterator[Server]:
    with asked() as server:
        yield server


class Repository:
    """A clone as a runner has it, its origin, and a `gh` that writes down what it is asked."""

    def __init__(self, folder: Path) -> None:
        self.origin, self.clone, self.temporary = folder / "origin", folder / "clone", folder / "temp"
        self.temporary.mkdir()
        self.origin.mkdir()
        git(self.origin, "init", "--quiet", "--initial-branch", "main")
        text = {
            "policies/rules.yaml": yaml.safe_dump(dict(RULES)),
            "policies/accounts.yaml": yaml.safe_dump(ACCOUNTS),
            "policies/observations/a.yaml": yaml.safe_dump(observation(settings={"zero_data_retention": True})),
        }
        commit(self.origin, text)
        subprocess.run(("git", "clone", "--quiet", str(self.origin), str(self.clone)), check=True)
        programs = folder / "programs"
        programs.mkdir()
        (programs / "gh").write_text(GH, encoding="utf-8")
        (programs / "gh").chmod(0o755)
        self.log = folder / "gh.log"
        self.log.touch()
        self._environment = {
            **os.environ,
            "PATH": f"{programs}:{Path(sys.executable).parent}:{os.environ['PATH']}",
            "GH_LOG": str(self.log),
            "RUNNER_TEMP": str(self.temporary),
            "GITHUB_STEP_SUMMARY": str(self.temporary / "summary.md"),
        }

    def run(self, name: str, **environment: str) -> int:
        """Run a step as a runner does."""
        given = {**self._environment, **environment}
        return subprocess.run(("bash", "-e", "-c", SCRIPTS[name]), cwd=self.clone, env=given, check=False).returncode

    def propose(self, open: int) -> int:
        """Run the second job's step, where so many pull requests are open."""
        step = next(one for one in PROPOSE["steps"] if one["name"] == "Propose")
        told = {"BASE": "main", "BRANCH": step["env"]["BRANCH"], "TITLE": step["env"]["TITLE"]}
        return self.run("Propose", **told, GH_TOKEN="t", OPEN=str(open))

    def proposed(self) -> str:
        """What the branch changes."""
        shown = ("git", "diff", "--stat", "main", WORKFLOW["concurrency"]["group"])
        return subprocess.run(shown, cwd=self.origin, capture_output=True, text=True, check=True).stdout


def test_difference_becomes_a_pull_request_and_the_next_one_renews_it(tmp_path: Path, vendor: Server) -> None:
    repository = Repository(tmp_path)
    vendor.tell(f"{PROJECTS}/proj_us", 401)
    assert repository.run("Read") == 2
    assert repository.run("Put together") == 0
    difference = (repository.clone / "proposal" / "difference.md").read_text("utf-8")
    assert "openai-api (account eu-prod), OpenAI: changed" in difference
    assert "openai-api (account us-prod), OpenAI: not read" in difference
    assert (repository.temporary / "summary.md").read_text("utf-8") == difference
    subprocess.run(("git", "checkout", "--quiet", "."), cwd=repository.clone, check=True)
    assert repository.propose(0) == 0
    assert "policies/observations/a.yaml" in repository.proposed()
    assert "proposal" not in repository.proposed()
    asked_of = repository.log.read_text("utf-8").splitlines()
    assert [" ".join(line.split()[:2]) for line in asked_of] == ["auth setup-git", "pr list", "pr create"]
    assert asked_of[-1].endswith("-F proposal/difference.md")
    subprocess.run(("git", "reset", "--quiet", "--hard", "origin/main"), cwd=repository.clone, check=True)
    assert repository.propose(1) == 0
    assert repository.log.read_text("utf-8").splitlines()[-1].startswith("pr edit ")


def test_nothing_is_proposed_where_nothing_is_another(tmp_path: Path, vendor: Server) -> None:
    repository = Repository(tmp_path)
    assert repository.run("Read") == 0
    assert repository.run("Put together") == 0
    git(repository.clone, "config", "user.email", "a@example.org")
    git(repository.clone, "config", "user.name", "a")
    git(repository.clone, "add", "policies")
    git(repository.clone, "commit", "--quiet", "--message", "merged")
    assert repository.propose(0) == 0
    assert repository.log.read_text("utf-8") == ""
