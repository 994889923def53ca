"""The action, run step by step as GitHub runs it, on every event that it knows."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.command import ROOT
from tests.commands.action.api import Api, serving
from tests.commands.action.repositories import LAX, POLICY, Change, commit, git, manifest, once, pull_request
from tests.commands.action.runner import TOKEN, Ran, Runner, machine

OTHER = manifest("phi", project="q")
BASE = {"policies/p.yaml": POLICY, "vendorgate.yaml": manifest("public"), "other/vendorgate.yaml": OTHER}
ADDS_PHI = {"vendorgate.yaml": manifest("public", "phi")}
HARMLESS = {"vendorgate.yaml": manifest("public", "internal")}
IN_A_SHELL = {"inside": False}
"""Of a machine whose scripts all run as the runner runs them: one of each kind of event and of end does."""


def digest() -> str:
    """Of the registry that ships, as anybody can work it out."""
    folder = ROOT / "registry-snapshot"
    names = ["snapshot.yaml", *(f"offerings/{path.name}" for path in (folder / "offerings").glob("*.yaml"))]
    lines = "".join(f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in sorted(names))
    return hashlib.sha256(lines.encode()).hexdigest()


def checked_out(folder: Path, files: dict[str, str], *, inside: bool = True) -> tuple[Runner, str]:
    """A machine with one commit of these files."""
    workspace = folder / "workspace"

    def make() -> tuple[str, ...]:
        workspace.mkdir()
        git(workspace, "init", "--quiet")
        return (commit(workspace, files),)

    (made,) = once(folder, [workspace.name], files, make)
    return machine(folder, workspace, inside=inside), made


def on_pull_request(folder: Path, change: Change, *, fork: bool = False, different: Any = None, **given: str) -> Ran:
    runner = machine(folder, change.workspace, **(different or {}))
    return runner.run("pull_request", change.payload(fork=fork), change.merge, **given)


def test_pull_request_that_sends_phi_fails_by_the_policies_of_its_base(tmp_path: Path) -> None:
    change = pull_request(tmp_path, BASE, {**ADDS_PHI, "policies/p.yaml": LAX})
    ran = on_pull_request(tmp_path, change, different=IN_A_SHELL, manifests="vendorgate.yaml", sarif="true")
    assert ran.failed
    assert ran.code == 1
    assert ran.outputs["verdict"] == "fail"
    assert ran.outputs["exit-code"] == "1"
    counts = json.loads(ran.outputs["counts"])
    assert (counts["fail"], counts["pass"], counts["blocking"], counts["subjects"]) == (1, 0, 1, 1)
    assert ran.outputs["registry-digest"] == digest()
    report = json.loads(Path(ran.outputs["report-json"]).read_text(encoding="utf-8"))
    assert {**report["report"]["summary"], **report["summary"]} == counts
    assert (counts["worse"], counts["unchanged"]) == (1, 0)
    (upload,) = ran.uploads()
    assert upload.given["sarif_file"] == ran.outputs["sarif-file"]
    sarif = json.loads(Path(ran.outputs["sarif-file"]).read_text(encoding="utf-8"))
    assert [result["ruleId"] for result in sarif["runs"][0]["results"]] == ["no-phi"]
    assert "no-phi" in ran.summary
    (error,) = [one for one in ran.said if one.name == "error"]
    assert error.properties["file"] == "vendorgate.yaml"


def test_pull_request_that_changes_nothing_for_the_worse_passes(tmp_path: Path) -> None:
    change = pull_request(tmp_path, BASE, HARMLESS)
    ran = on_pull_request(tmp_path, change, manifests="vendorgate.yaml")
    assert not ran.failed
    assert ran.code == 0
    assert (ran.outputs["verdict"], ran.outputs["exit-code"]) == ("pass", "0")
    assert ran.texts("error") == []
    assert ran.uploads() == []
    assert ran.summary != ""


@pytest.mark.parametrize(("new_only", "code"), [("true", 0), ("false", 1)])
def test_what_failed_before_blocks_unless_only_new_results_may(new_only: str, code: int, tmp_path: Path) -> None:
    change = pull_request(tmp_path, BASE, HARMLESS)
    assert on_pull_request(tmp_path, change, new_only=new_only).code == code


def test_what_others_did_meanwhile_is_not_blamed_on_a_pull_request(tmp_path: Path) -> None:
    """The head still has the old manifest of the other project, which its own base has mended."""
    change = pull_request(
        tmp_path, BASE, HARMLESS, meanwhile={"other/vendorgate.yaml": manifest("public", project="q")}
    )
    assert on_pull_request(tmp_path, change).code == 0


def test_policies_that_became_stricter_meanwhile_judge_an_older_pull_request(tmp_path: Path) -> None:
    change = pull_request(tmp_path, {**BASE, "policies/p.yaml": LAX}, ADDS_PHI, meanwhile={"policies/p.yaml": POLICY})
    ran = on_pull_request(tmp_path, change, manifests="vendorgate.yaml", new_only="true")
    assert ran.code == 1


def test_head_alone_is_reviewed_where_the_workflow_checked_out_the_head_alone(tmp_path: Path) -> None:
    change = pull_request(tmp_path, BASE, ADDS_PHI, meanwhile={"README.md": "more\n"})
    workspace = tmp_path / "head"
    git(tmp_path, "clone", "--quiet", "--branch", "change", (tmp_path / "origin").as_uri(), str(workspace))
    with_head = Change(workspace, change.base, change.head, change.merge)
    ran = on_pull_request(tmp_path, with_head, manifests="vendorgate.yaml")
    assert (ran.code, ran.outputs["verdict"]) == (1, "fail")


def test_two_commits_of_history_are_enough_for_a_pull_request(tmp_path: Path) -> None:
    change = pull_request(tmp_path, BASE, ADDS_PHI, meanwhile={"README.md": "more\n"}, depth=2)
    assert on_pull_request(tmp_path, change, manifests="vendorgate.yaml").code == 1


def test_one_commit_of_history_is_too_little_and_nothing_passes(tmp_path: Path) -> None:
    change = pull_request(tmp_path, BASE, HARMLESS, depth=1)
    ran = on_pull_request(tmp_path, change, different=IN_A_SHELL, sarif="true")
    assert ran.failed
    assert (ran.code, ran.outputs["verdict"], ran.outputs["exit-code"]) == (2, "not-checked", "2")
    assert ran.outputs["counts"] == "{}"
    assert json.loads(Path(ran.outputs["report-json"]).read_text(encoding="utf-8"))["verdict"] == "not-checked"
    assert "fetch-depth: 0" in ran.log
    assert "fetch-depth: 0" in ran.summary
    assert "not checked" in ran.texts("error")[0]
    assert ran.uploads() == []


def test_pull_request_from_a_fork_is_judged_like_any_other_and_its_read_only_token_is_a_warning(tmp_path: Path) -> None:
    change = pull_request(tmp_path, BASE, ADDS_PHI)
    with serving(Api(status=403)) as api:
        ran = on_pull_request(tmp_path, change, fork=True, different={"api": api.url, **IN_A_SHELL}, comment="always")
    assert ran.code == 1
    (warning,) = ran.texts("warning")
    assert "fork" in warning
    assert "the verdict stands" in warning
    assert TOKEN not in ran.log + ran.summary


@pytest.mark.parametrize(
    ("comment", "change", "comments"),
    [
        ("never", ADDS_PHI, 0),
        ("on-failure", ADDS_PHI, 1),
        ("always", ADDS_PHI, 1),
        ("on-failure", HARMLESS, 0),
        ("always", HARMLESS, 1),
    ],
)
def test_comment_is_written_when_it_is_asked_for(
    comment: str, change: dict[str, str], comments: int, tmp_path: Path
) -> None:
    made = pull_request(tmp_path, {**BASE, "other/vendorgate.yaml": None}, change)
    with serving() as api:
        ran = on_pull_request(tmp_path, made, different={"api": api.url}, comment=comment)
    assert ran.code == (1 if change is ADDS_PHI else 0)
    assert len(api.comments) == comments
    assert all(request.authorization == f"Bearer {TOKEN}" for request in api.requests)
    assert bool(api.requests) is (comment != "never")
    assert ran.texts("warning") == []
    assert TOKEN not in ran.log + ran.summary


def test_merge_group_is_reviewed_from_what_stands_before_it_in_the_queue(tmp_path: Path) -> None:
    runner, base = checked_out(tmp_path, BASE)
    head = commit(runner.workspace, ADDS_PHI)
    payload = {
        "merge_group": {"base_sha": base, "head_sha": head, "head_ref": "refs/heads/gh-readonly-queue/main/pr-7"}
    }
    ran = runner.run("merge_group", payload, head, manifests="vendorgate.yaml", new_only="true", comment="always")
    assert (ran.code, ran.outputs["verdict"]) == (1, "fail")
    assert "vendorgate review" in ran.log
    assert ran.texts("warning") == []


@pytest.mark.parametrize("event", ["push", "schedule", "workflow_dispatch", "release"])
def test_other_events_check_everything_and_tell_nobody(event: str, tmp_path: Path) -> None:
    runner, made = checked_out(tmp_path, {**BASE, **ADDS_PHI}, inside=event != "push")
    payload = {"before": "0" * 40, "after": made}
    ran = runner.run(event, payload, made, comment="always", manifests="**/vendorgate.yaml", sarif="true")
    assert (ran.code, ran.outputs["verdict"]) == (1, "fail")
    assert json.loads(ran.outputs["counts"])["subjects"] == 2
    assert "vendorgate check" in ran.log
    assert ran.texts("warning") == []
    assert len(ran.uploads()) == (0 if event == "release" else 1)


def test_push_is_reviewed_where_the_workflow_insists(tmp_path: Path) -> None:
    runner, before = checked_out(tmp_path, BASE)
    after = commit(runner.workspace, HARMLESS)
    ran = runner.run("push", {"before": before, "after": after}, after, review="always", new_only="true")
    assert ran.code == 0
    assert "vendorgate review" in ran.log


@pytest.mark.parametrize("event", ["push", "schedule"])
def test_review_of_nothing_is_refused(event: str, tmp_path: Path) -> None:
    runner, made = checked_out(tmp_path, BASE)
    ran = runner.run(event, {"before": "0" * 40, "after": made}, made, review="always")
    assert ran.code == 2
    assert "has nothing to compare with" in ran.log


def test_pull_request_is_checked_where_the_workflow_wants_no_review(tmp_path: Path) -> None:
    change = pull_request(tmp_path, BASE, {**ADDS_PHI, "policies/p.yaml": LAX})
    ran = on_pull_request(tmp_path, change, review="never")
    assert ran.code == 0
    assert "vendorgate check" in ran.log


def test_code_scanning_is_not_told_what_it_would_file_under_the_base(tmp_path: Path) -> None:
    change = pull_request(tmp_path, BASE, ADDS_PHI)
    runner = machine(tmp_path, change.workspace)
    ran = runner.run("pull_request_target", change.payload(), change.base, sarif="true", manifests="vendorgate.yaml")
    assert ran.code == 1
    assert ran.uploads() == []
    assert Path(ran.outputs["sarif-file"]).is_file()
    assert len(ran.texts("notice")) >= 1


def test_upload_that_fails_is_a_warning_and_the_verdict_stands(tmp_path: Path) -> None:
    runner, made = checked_out(tmp_path, {**BASE, **HARMLESS})
    fails = msgspec.structs.replace(runner, upload="failure")
    ran = fails.run("schedule", {}, made, sarif="true")
    assert not ran.failed
    assert ran.code == 0
    (warning,) = ran.texts("warning")
    assert "security-events: write" in warning


def test_results_of_two_jobs_are_filed_apart(tmp_path: Path) -> None:
    runner, made = checked_out(tmp_path, BASE)
    jobs = [
        runner,
        msgspec.structs.replace(runner, environment={"GITHUB_JOB": "other"}),
        msgspec.structs.replace(runner, matrix={"project": "one"}),
        msgspec.structs.replace(runner, matrix={"project": "two"}),
    ]
    given = {"sarif": "true", "policies": str(runner.workspace / "policies")}
    runs = [one.run("schedule", {}, made, **given) for one in jobs]
    runs.append(runner.run("schedule", {}, made, working_directory="other", **given))
    runs.append(runner.run("schedule", {}, made, **given))
    *apart, again = [ran.uploads()[0].given["category"] for ran in runs]
    assert len(set(apart)) == 5
    assert again == apart[0]


def test_actions_that_it_uses_are_given_what_they_need(tmp_path: Path) -> None:
    runner, made = checked_out(tmp_path, BASE)
    ran = runner.run("schedule", {}, made, sarif="true")
    python, upload = ran.nested
    assert python.uses.startswith("actions/setup-python@")
    assert python.given == {"python-version": "3.13", "update-environment": "false"}
    assert upload.given.keys() == {"sarif_file", "category"}
    assert upload.given["category"].startswith("vendorgate/")
