"""The examples do what they say: each is run, on the events that it asks for, in a repository made for it."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.command import ROOT
from tests.commands.action.api import serving
from tests.commands.action.repositories import LAX, POLICY, commit, git, manifest, pull_request, write
from tests.commands.action.runner import machine

BASE = {
    "policies/p.yaml": POLICY,
    "a/vendorgate.yaml": manifest("public", project="a"),
    "b/vendorgate.yaml": manifest("phi", project="b"),
}
ADDS_PHI = {"a/vendorgate.yaml": manifest("phi", project="a")}
HARMLESS = {"a/vendorgate.yaml": manifest("internal", project="a")}


def given(name: str) -> dict[str, str]:
    """The inputs that an example gives the action."""
    workflow = yaml.safe_load((ROOT / "examples" / "workflows" / f"{name}.yml").read_text(encoding="utf-8"))
    (job,) = workflow["jobs"].values()
    (found,) = (step.get("with", {}) for step in job["steps"] if "vendorgate/" in step["uses"])
    return {key.replace("-", "_"): value for key, value in found.items()}


def test_pull_request_is_told_in_comment_and_code_scanning(tmp_path: Path) -> None:
    change = pull_request(tmp_path, BASE, ADDS_PHI)
    with serving() as api:
        runner = machine(tmp_path, change.workspace, api=api.url, inside=False)
        ran = runner.run("pull_request", change.payload(), change.merge, **given("pull-request"))
    assert ran.code == 1
    assert len(ran.uploads()) == 1
    assert len(api.comments) == 1
    assert ran.texts("warning") == []


CALLS = "import anthropic\n\nclient = anthropic.Anthropic()\n"
ASKS = {**BASE, "policies/bundle.yaml": "detect: {severity: {undeclared-offering: error}}\n"}


@pytest.mark.parametrize(
    ("before", "edit", "code"),
    [
        (ASKS, {"a/app.py": CALLS}, 1),
        (BASE, {"a/app.py": CALLS}, 0),
        (ASKS, {"a/test_app.py": CALLS}, 0),
        (ASKS, {"a/app.py": CALLS, "policies/bundle.yaml": "name: mine\n"}, 1),
    ],
)
def test_pull_request_that_calls_whom_nobody_declared_is_told_at_the_line(
    before: dict[str, str], edit: dict[str, str], code: int, tmp_path: Path
) -> None:
    clean = {**before, "b/vendorgate.yaml": manifest("public", project="b")}
    change = pull_request(tmp_path, clean, edit)
    with serving() as api:
        runner = machine(tmp_path, change.workspace, api=api.url, inside=before is not BASE)
        ran = runner.run("pull_request", change.payload(), change.merge, **given("code"))
    assert ran.code == code
    told = [one for one in ran.said if one.properties.get("title") == "vendorgate undeclared-offering"]
    places = [(one.name, one.properties["file"], one.properties["line"]) for one in told]
    is_code = "a/app.py" in edit
    assert places == ([("error" if before is ASKS else "warning", "a/app.py", "1")] if is_code else [])
    assert len(api.comments) == code


@pytest.mark.parametrize(("change", "code"), [(HARMLESS, 0), (ADDS_PHI, 1)])
def test_merge_queue_blocks_on_what_is_new(change: dict[str, str], code: int, tmp_path: Path) -> None:
    workspace = tmp_path / "workspace"
    workspace.mkdir()
    git(workspace, "init", "--quiet")
    base, head = commit(workspace, BASE), commit(workspace, change)
    payload = {"merge_group": {"base_sha": base, "head_sha": head}}
    assert machine(tmp_path, workspace).run("merge_group", payload, head, **given("merge-queue")).code == code


def test_weekly_check_fails_and_uploads(tmp_path: Path) -> None:
    workspace = tmp_path / "workspace"
    workspace.mkdir()
    git(workspace, "init", "--quiet")
    made = commit(workspace, BASE)
    ran = machine(tmp_path, workspace).run("schedule", {"schedule": "17 5 * * 1"}, made, **given("weekly"))
    assert ran.code == 1
    assert json.loads(ran.outputs["counts"])["subjects"] == 2
    assert len(ran.uploads()) == 1


@pytest.mark.parametrize("attack", [{}, {"policies/p.yaml": LAX}, {"ai-policies/p.yaml": LAX}])
def test_organization_judges_by_its_own_policies_whatever_the_project_commits(
    attack: dict[str, str], tmp_path: Path
) -> None:
    before = {"policies/p.yaml": LAX, "ai-policies/p.yaml": LAX, "vendorgate.yaml": manifest("public")}
    change = pull_request(tmp_path, before, {"vendorgate.yaml": manifest("phi"), **attack})
    change.workspace.rename(tmp_path / "project")
    workspace = tmp_path / "workspace"
    workspace.mkdir()
    (tmp_path / "project").rename(workspace / "project")
    write(workspace / "ai-policies", {"p.yaml": POLICY})
    ran = machine(tmp_path, workspace, inside="policies/p.yaml" not in attack).run(
        "pull_request", change.payload(), change.merge, **given("organization-required")
    )
    assert ran.code == 1
    (error,) = [one for one in ran.said if one.name == "error"]
    assert error.properties["file"] == "vendorgate.yaml"


def test_project_without_a_manifest_fails_and_one_that_says_so_passes(tmp_path: Path) -> None:
    for number, (change, code) in enumerate(
        [({"x": "y"}, 2), ({"vendorgate.yaml": "version: 1\nproject: p\nusages: []\n"}, 0)]
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        made = pull_request(folder, {"README.md": "x\n"}, change)
        write(folder / "ai-policies", {"p.yaml": POLICY})
        made.workspace.rename(folder / "project")
        ran = machine(folder, folder).run("pull_request", made.payload(), made.merge, **given("organization-required"))
        assert ran.code == code, ran.log


class GitLab:
    """Runs the scripts of the template as a runner of GitLab does, in a clone that it made."""

    def __init__(self, folder: Path) -> None:
        self.origin, self.clone = folder / "origin", folder / "clone"
        self.origin.mkdir()
        git(self.origin, "init", "--quiet")
        commit(self.origin, BASE)

    def run(self, job: str, change: dict[str, str]) -> int:
        git(self.origin, "checkout", "--quiet", "-b", "change")
        head = commit(self.origin, change)
        git(self.origin, "checkout", "--quiet", "main")
        self.clone.mkdir()
        git(self.clone, "init", "--quiet")
        git(self.clone, "remote", "add", "origin", self.origin.as_uri())
        git(self.clone, "fetch", "--quiet", "origin", f"+{head}:refs/pipelines/1")
        git(self.clone, "checkout", "--quiet", "--detach", "refs/pipelines/1")
        template: Any = yaml.safe_load(
            (ROOT / "examples" / "gitlab" / "vendorgate.gitlab-ci.yml").read_text(encoding="utf-8")
        )
        programs = Path(sys.executable).parent
        environment = {
            **os.environ,
            "PATH": f"{programs}:{os.environ['PATH']}",
            "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
        }
        script = "\n".join(template[job]["script"])
        return subprocess.run(("bash", "-e", "-c", script), cwd=self.clone, env=environment, check=False).returncode

    def reports(self) -> list[str]:
        return sorted(path.name for path in self.clone.iterdir() if path.is_file())


@pytest.mark.parametrize("job", ["vendorgate review", "vendorgate check"])
def test_template_of_gitlab_judges_and_leaves_its_reports(job: str, tmp_path: Path) -> None:
    gitlab = GitLab(tmp_path)
    assert gitlab.run(job, {**ADDS_PHI, "policies/p.yaml": LAX if "review" in job else POLICY}) == 1
    assert gitlab.reports() == ["gl-code-quality-report.json", "vendorgate-junit.xml", "vendorgate.json"]
    assert json.loads((gitlab.clone / "vendorgate.json").read_text(encoding="utf-8"))["verdict"] == "fail"


@pytest.mark.parametrize(("data", "code"), [("internal", 0), ("phi", 1)])
def test_what_passes_is_taken_apart_for_signing_and_what_fails_is_not_signed(
    data: str, code: int, tmp_path: Path
) -> None:
    """Whoever signs is handed each manifest with the digest that was judged."""
    workflow = yaml.safe_load((ROOT / "examples" / "workflows" / "attest.yml").read_text(encoding="utf-8"))
    scripts = {step["name"]: step["run"] for job in workflow["jobs"].values() for step in job["steps"] if "run" in step}
    text = manifest(data)
    write(tmp_path, {"policies/p.yaml": POLICY, "a b/vendorgate.yaml": text})
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    given = {**os.environ, "PATH": path, "GITHUB_REPOSITORY": "acme/clinic"}
    ended = [
        subprocess.run(("bash", "-e", "-c", scripts[name]), cwd=tmp_path, env=given, check=False).returncode
        for name in ("Judge", "Take apart")
    ]
    assert ended == [code, 0]
    digest = hashlib.sha256((tmp_path / "a b" / "vendorgate.yaml").read_bytes()).hexdigest()
    assert (tmp_path / "subjects.txt").read_text(encoding="utf-8") == f"{digest}  a b/vendorgate.yaml\n"
    predicate = json.loads((tmp_path / "predicate.json").read_text(encoding="utf-8"))
    assert predicate["verificationResult"] == ("FAILED" if code else "PASSED")
    assert predicate["resourceUri"] == "urn:vendorgate:repository:acme/clinic"
