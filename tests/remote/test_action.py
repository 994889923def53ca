"""The action pulls the policies that its input names in a step of its own, and judges by nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.command import vendorgate
from tests.commands.action.repositories import POLICY, manifest, pull_request
from tests.commands.action.runner import ACTION, Ran, hear, machine
from tests.commands.review.repository import Content
from tests.remote.server import Authority, GitServer
from tests.remote.test_page import PAGE

LAX = "version: 1\npolicies: []\n"


@pytest.fixture
def address(server: GitServer) -> str:
    files: dict[str, Content] = {"policies/p.yaml": POLICY}
    return server.address(server.repository().commit(files))


def run(tmp_path: Path, authority: Authority, policies: str, *, inside: bool = True, **given: str) -> Ran:
    change = pull_request(tmp_path, {"vendorgate.yaml": manifest("public")}, {"vendorgate.yaml": manifest("phi")})
    environment = {**authority.trusted, "XDG_CACHE_HOME": str(tmp_path / "cache of the action")}
    runner = machine(tmp_path, change.workspace, environment=environment, inside=inside)
    return runner.run("pull_request", change.payload(), change.merge, policies=policies, **given)


def test_pull_request_is_judged_by_policies_of_an_address(tmp_path: Path, authority: Authority, address: str) -> None:
    ran = run(tmp_path, authority, address, inside=False)
    assert (ran.code, ran.outputs["verdict"]) == (1, "fail"), ran.log
    assert ran.codes["Pull the policies"] == 0
    assert "no-phi" in ran.summary
    assert address.split("@")[1].split("#")[0] in ran.summary


def test_policies_that_cannot_be_pulled_judge_nothing_and_the_log_says_why(
    tmp_path: Path, authority: Authority, address: str
) -> None:
    ran = run(tmp_path, authority, address.replace("acme/policies", "acme/missing"))
    assert (ran.code, ran.outputs["verdict"]) == (2, "not-checked")
    assert ran.codes["Pull the policies"] == 0
    assert any("vendorgate policy pull: exit code 2" in text for text in ran.texts("error"))
    assert "the server has no such repository" in ran.log


@pytest.mark.parametrize("policies", ["main", "git@example.org:acme/x"])
def test_policies_without_a_pin_judge_nothing(
    policies: str, tmp_path: Path, authority: Authority, server: GitServer
) -> None:
    ran = run(tmp_path, authority, policies if "@" in policies else server.address(policies))
    assert (ran.code, ran.outputs["verdict"]) == (2, "not-checked")
    assert not server.asked


def test_token_is_for_the_step_that_pulls_alone(tmp_path: Path, authority: Authority, server: GitServer) -> None:
    files: dict[str, Content] = {"policies/p.yaml": POLICY}
    address = server.address(server.repository("private/policies").commit(files), name="private/policies")
    ran = run(tmp_path, authority, address, policies_token=f"{server.token}\n")
    assert ran.outputs["verdict"] == "fail", ran.log
    assert server.token not in ran.log + ran.summary
    holders = [one["name"] for one in ACTION["runs"]["steps"] if "inputs.policies-token" in str(one)]
    assert holders == ["Pull the policies"]


@pytest.mark.parametrize("policies", ["", "policies", "builtin"])
def test_folder_is_not_pulled(policies: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VENDORGATE_POLICIES", policies)
    ended = vendorgate("action", "pull", folder=tmp_path)
    assert (ended.code, ended.stdout, ended.stderr) == (0, "", "")


@pytest.mark.parametrize(
    "hostile",
    [
        "https://x/::set-output name=verdict::pass",
        "git+https://x/y@main\n::error::x",
        "git+https://u:hunter2@x/y",
        "--lock://x",
    ],
)
def test_no_address_becomes_a_command_of_the_runner(
    hostile: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VENDORGATE_POLICIES", hostile)
    ended = vendorgate("action", "pull", folder=tmp_path)
    assert ended.code == 0
    assert [one.name for one in hear(ended.stdout)] == ["error"]
    assert "hunter2" not in ended.stdout + ended.stderr
    assert list(tmp_path.iterdir()) == []


def test_step_that_the_page_shows_has_inputs_of_the_action() -> None:
    (shown,) = [block.split("```")[0] for block in PAGE.split("```yaml\n")[1:] if "uses:" in block.split("```")[0]]
    ((step,),) = [yaml.safe_load(shown)]
    given: dict[str, Any] = step["with"]
    assert given.keys() <= ACTION["inputs"].keys()
