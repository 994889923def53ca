"""In which repository, and under whose name, every command judges ("Whose project it is")."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.command import Ended, vendorgate
from tests.identity.world import ASKS, FAILS, Part, baa, written

CLINIC: Part = {"project": "claims", "repositories": ["acme/clinic"], "owner": "c@acme.example"}
BY_PATH: Part = {"project": "claims", "paths": ["claims/**"]}
THERE = "claims/vendorgate.yaml"
INPUTS = ("--policies", "policies", "--registry", "registry")
DAY = ("--as-of", "2026-11-23")


def run(folder: Path, command: Sequence[str], *more: str) -> Ended:
    return vendorgate(*command, *INPUTS, *DAY, *more, folder=folder)


def report(folder: Path, *more: str) -> Any:
    ended = run(folder, ("check", THERE), "--format", "json", *more)
    assert ended.code in (0, 1), ended.stderr
    return json.loads(ended.stdout)


SAID: dict[str, tuple[dict[str, str], str | None, tuple[str | None, str]]] = {
    "nobody": ({}, None, (None, "none")),
    "the option": ({}, "acme/clinic", ("acme/clinic", "option")),
    "GitHub": ({"GITHUB_REPOSITORY": "acme/clinic"}, None, ("acme/clinic", "ci")),
    "GitLab": ({"CI_PROJECT_PATH": "acme/group/clinic"}, None, ("acme/group/clinic", "ci")),
    "an empty variable": ({"GITHUB_REPOSITORY": ""}, "acme/clinic", ("acme/clinic", "option")),
    "both, alike": ({"GITHUB_REPOSITORY": "Acme/clinic"}, "acme/CLINIC", ("Acme/clinic", "ci")),
    "two of CI, alike": (
        {"GITHUB_REPOSITORY": "acme/clinic", "CI_PROJECT_PATH": "acme/Clinic"},
        None,
        ("acme/clinic", "ci"),
    ),
}


@pytest.mark.parametrize(("environment", "option", "said"), SAID.values(), ids=SAID)
def test_report_says_who_named_the_repository(
    environment: dict[str, str],
    option: str | None,
    said: tuple[str | None, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    written(tmp_path, None, {THERE: "claims"})
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    found = report(tmp_path, *(() if option is None else ("--repository", option)))
    assert found["repository"] == {"name": said[0], "said_by": said[1]}


REFUSED: dict[str, tuple[dict[str, str], str | None, str]] = {
    "another than CI's": ({"GITHUB_REPOSITORY": "evil/fork"}, "acme/clinic", "GITHUB_REPOSITORY says evil/fork"),
    "another than GitLab's": ({"CI_PROJECT_PATH": "evil/fork"}, "acme/clinic", "CI_PROJECT_PATH says evil/fork"),
    "two of CI that differ": (
        {"GITHUB_REPOSITORY": "evil/fork", "CI_PROJECT_PATH": "acme/clinic"},
        None,
        "CI_PROJECT_PATH says acme/clinic, and GITHUB_REPOSITORY says evil/fork",
    ),
    "no name": ({}, "clinic", "--repository: no repository is called 'clinic'"),
    "an empty one": ({}, "", "--repository: no repository is called ''"),
    "a URL": ({}, "https://github.com/acme/clinic", "write OWNER/NAME"),
    "steps": ({}, "acme/../clinic", "write OWNER/NAME"),
    "a letter that looks like another": ({}, "acme/\u212aclinic", "write OWNER/NAME"),
    "CI says no name": ({"GITHUB_REPOSITORY": "clinic"}, None, "GITHUB_REPOSITORY: no repository is called 'clinic'"),
}


@pytest.mark.parametrize(("environment", "option", "words"), REFUSED.values(), ids=REFUSED)
def test_name_is_refused(
    environment: dict[str, str], option: str | None, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path, None, {THERE: "claims"})
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    ended = run(tmp_path, ("check", THERE), *(() if option is None else ("--repository", option)))
    assert (ended.code, ended.stdout) == (2, "")
    assert words in ended.stderr


COMMANDS: dict[str, tuple[str, ...]] = {
    "check": ("check", THERE),
    "plan": ("plan", THERE),
    "explain": ("explain", THERE, "--usage", "u"),
    "repair": ("repair", THERE, "--usage", "u"),
    "alternatives": ("alternatives", THERE, "--usage", "u"),
    "agreements list": ("agreements", "list", THERE),
    "agreements check": ("agreements", "check", THERE),
    "agreements report": ("agreements", "report", THERE),
    "waiver list": ("waiver", "list", THERE),
    "impact": ("impact", THERE, "--policies-to", "policies-2"),
}


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_command_that_judges_takes_the_repository(command: tuple[str, ...], tmp_path: Path) -> None:
    """What it says differs between a name that is bound and one that is not."""
    waivers = [{"policy": "f", "project": "claims"}]
    world: Part = {"agreements": [{**baa("claims"), "expires": "2026-12-01"}], "waivers": waivers}
    written(tmp_path, [CLINIC], {THERE: "claims"}, policies=[ASKS, {**FAILS, "id": "f"}], **world)
    other = tmp_path / "policies-2"
    other.mkdir()
    (other / "p.yaml").write_text(json.dumps({"version": 1, "policies": [FAILS]}), encoding="utf-8")
    bound, unbound = (run(tmp_path, command, "--repository", f"acme/{name}") for name in ("clinic", "other"))
    assert bound.code in (0, 1), bound.stderr
    assert unbound.code in (0, 1), unbound.stderr
    assert bound.stdout != unbound.stdout
    assert run(tmp_path, command, "--repository", "x").code == 2


def test_waiver_is_added_for_who_is_bound_and_no_other(tmp_path: Path) -> None:
    written(tmp_path, [CLINIC], {THERE: "claims"}, policies=[FAILS])
    wanted = ("--policy", "p", "--usage", "u", "--reason", "r", "--approved-by", "a", "--expires", "2026-12-31")
    command = ("waiver", "add", THERE, *wanted)
    ended = run(tmp_path, command)
    assert ended.code == 2
    assert "the waiver would not reach project `claims`: no entry of `projects` in bundle.yaml binds it" in ended.stderr
    assert not (tmp_path / "policies" / "waivers.yaml").exists()
    assert run(tmp_path, command, "--repository", "acme/clinic").code == 0
    assert report(tmp_path, "--repository", "acme/clinic")["summary"]["waived"] == 1
    assert report(tmp_path)["summary"]["waived"] == 0


def test_unbound_project_is_no_reason_to_take_its_agreement_away(tmp_path: Path) -> None:
    written(tmp_path, [BY_PATH], {"other/vendorgate.yaml": "claims"}, agreements=[baa("claims")])
    ended = run(tmp_path, ("agreements", "check", "other/vendorgate.yaml"))
    assert "no entry of `projects` binds other/vendorgate.yaml to `claims`" in ended.stdout


@pytest.mark.parametrize(
    "world", [{"agreements": [baa("claims")]}, {"policies": [FAILS], "waivers": [{"project": "c*"}]}]
)
def test_repair_binds_what_a_binding_would_let_pass(world: Part, tmp_path: Path) -> None:
    written(tmp_path, [BY_PATH], {"other/vendorgate.yaml": "claims"}, **world)
    ended = run(tmp_path, ("repair", "other/vendorgate.yaml", "--usage", "u"), "--format", "json")
    (repair,) = json.loads(ended.stdout)["repairs"]
    (change,) = repair["changes"]
    assert (change["kind"], change["field"], change["cost"]) == ("bind", "projects", 8)
    assert change["new"] == '{project: claims, paths: ["other/vendorgate.yaml"]}'
    bundle = tmp_path / "policies" / "bundle.yaml"
    bundle.write_text(f"projects: [{change['new']}]\n", encoding="utf-8")
    assert run(tmp_path, ("check", "other/vendorgate.yaml")).code == 0


def test_repair_of_a_name_that_nothing_waits_for_binds_nothing(tmp_path: Path) -> None:
    flag = {"id": "p", "title": "P", "require": [{"===": [{"var": "usage.settings.a"}, True]}]}
    written(tmp_path, [BY_PATH], {"other/vendorgate.yaml": "claims"}, policies=[flag])
    ended = run(tmp_path, ("repair", "other/vendorgate.yaml", "--usage", "u"), "--format", "json")
    found = [change["kind"] for one in json.loads(ended.stdout)["repairs"] for change in one["changes"]]
    assert found == ["declare"]


@pytest.mark.parametrize(("repository", "outcome"), [("acme/clinic", "pass"), ("acme/other", "fail")])
def test_report_is_verified_in_its_repository(
    repository: str, outcome: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path, [CLINIC], {THERE: "claims"}, agreements=[baa("claims")])
    found = report(tmp_path, "--repository", repository)
    assert found["results"][0]["outcome"] == outcome
    kept = tmp_path / "report.json"
    kept.write_text(run(tmp_path, ("check", THERE), "--format", "json", "--repository", repository).stdout, "utf-8")
    monkeypatch.setenv("GITHUB_REPOSITORY", "somebody/else")
    ended = vendorgate("verify", "report.json", *INPUTS, folder=tmp_path)
    assert ended.code == 0, ended.stdout + ended.stderr


def test_report_is_verified_where_its_manifests_stood(tmp_path: Path) -> None:
    written(tmp_path, [BY_PATH], {THERE: "claims"}, agreements=[baa("claims")])
    kept = run(tmp_path, ("check", THERE), "--format", "json")
    assert kept.code == 0
    (tmp_path / "report.json").write_text(kept.stdout, "utf-8")
    assert vendorgate("verify", "report.json", *INPUTS, folder=tmp_path).code == 0
    (tmp_path / THERE).rename(tmp_path / "elsewhere.yaml")
    ended = vendorgate("verify", "report.json", "--manifest", "elsewhere.yaml", *INPUTS, folder=tmp_path)
    assert ended.code == 0, ended.stdout + ended.stderr


@pytest.mark.parametrize(
    "repository",
    [{"name": None, "said_by": "ci"}, {"name": "a/b", "said_by": "none"}, {"name": "a", "said_by": "option"}],
)
def test_report_of_no_repository_is_refused(repository: Part, tmp_path: Path) -> None:
    written(tmp_path, None, {THERE: "claims"})
    found = {**report(tmp_path), "repository": repository}
    (tmp_path / "report.json").write_text(json.dumps(found), encoding="utf-8")
    assert vendorgate("verify", "report.json", *INPUTS, folder=tmp_path).code == 2


def test_folder_made_a_repository_is_no_root(tmp_path: Path) -> None:
    written(tmp_path, [BY_PATH], {"evil/claims/vendorgate.yaml": "claims"}, agreements=[baa("claims")])
    for folder in (tmp_path, tmp_path / "evil"):
        subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    ended = run(tmp_path, ("check", "evil/claims/vendorgate.yaml"))
    assert (ended.code, "unbound-project" in ended.stdout) == (1, True)
    inside = ("--policies", "../policies", "--registry", "../registry", *DAY)
    ended = vendorgate("check", THERE, *inside, folder=tmp_path / "evil")
    assert (ended.code, "unbound-project" in ended.stdout) == (1, True)


def test_binding_that_binds_nobody_is_refused(tmp_path: Path) -> None:
    for projects, words in (
        ([{"project": "claims", "owner": "x@acme.example"}], "`paths: [services/claims/**]`"),
        ([{"project": "claims", "paths": []}], "`paths` is empty"),
        ([{"project": "claims", "repositories": []}], "`repositories` is empty"),
        ([{"project": "claims", "paths": ["claims/"]}], "`claims/` is not a path from the root"),
        ([{"project": "claims", "paths": ["../claims/**"]}], "is not a path from the root"),
        ([{"project": "claims", "paths": ["/claims/**"]}], "is not a path from the root"),
        ([{"project": "claims", "paths": ["claims\\**"]}], "is not a path from the root"),
        ([{"project": "Claims", "paths": ["claims/**"]}], "is not the name of a project"),
        ([{"project": "claims", "repositories": ["acme"]}], "write OWNER/NAME"),
        ([{"paths": ["claims/**"]}], "`project`"),
    ):
        written(tmp_path, projects, {THERE: "claims"})
        ended = run(tmp_path, ("check", THERE))
        assert ended.code == 2
        assert words in ended.stderr, ended.stderr
