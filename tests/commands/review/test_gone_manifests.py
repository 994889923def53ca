"""Manifests that a change moves stay in the review; those that it takes out are findings, which base lets block."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.commands.review.repository import (
    BAA,
    REGISTRY,
    WORLD,
    Content,
    Repository,
    changed,
    kinds,
    manifest,
    notices,
    policies,
    rows,
    usage,
)

M = "vendorgate.yaml"
OTHER = {"other/vendorgate.yaml": manifest(usage("o", "alpha"), project="other")}
BAD = manifest(usage("u", "beta", purpose="Read visits aloud to clinicians who cannot look at a screen"))


def moved(folder: Path, old: str, new: str, more: Mapping[str, Content] | None = None) -> Repository:
    """A repository whose change moves a manifest that fails."""
    repository = changed(folder, {old: BAD, **OTHER, **(more or {})}, {"README": "x"})
    (folder / new).parent.mkdir(parents=True, exist_ok=True)
    repository.git("mv", old, new)
    repository.commit()
    return repository


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("svc/vendorgate.yaml", "svc/vendorgate.yml"),
        ("svc/vendorgate.yml", "svc/vendorgate.yaml"),
        ("svc/vendorgate.yaml", "lib/deep/vendorgate.yaml"),
        ("svc/vendorgate.yaml", "vendorgate.yml"),
        ("svc/vendorgate.yaml", ".hidden/vendorgate.yml"),
    ],
)
def test_manifest_that_moves_is_judged_where_it_is(old: str, new: str, tmp_path: Path) -> None:
    repository = moved(tmp_path, old, new)
    for named in ((), (old, "other/vendorgate.yaml"), (old.replace("svc", "s*"), "other/*")):
        report = repository.report(*named)
        assert rows(report) == [("unchanged", "u beta phi-needs-baa", "fail", "fail")], named
        assert [one["manifest"] for one in report["changes"]] == [new]
        assert report["gone"] == []
        assert repository.review(*named).code == 1


def test_manifest_that_moves_out_of_the_folder_of_the_review_stays_in_it(tmp_path: Path) -> None:
    repository = moved(tmp_path, "sub/svc/vendorgate.yaml", "lib/vendorgate.yml", {"sub/vendorgate.yaml": manifest()})
    inputs = ("--policies", "../policies", "--registry", "../registry-snapshot")
    report = repository.report(*inputs, folder="sub")
    assert [one["manifest"] for one in report["changes"]] == ["../lib/vendorgate.yml"]
    assert kinds(report) == {"blocking": 1}


@pytest.mark.parametrize("new", ["svc/Vendorgate.yaml", "svc/VENDORGATE.YML", "svc/vendorgate.yaml.off", "svc/ai.json"])
def test_manifest_that_moves_to_another_name_is_gone(new: str, tmp_path: Path) -> None:
    report = moved(tmp_path, "svc/vendorgate.yaml", new).report()
    (gone,) = report["gone"]
    assert (gone["manifest"], gone["became"], gone["moved_to"]) == ("svc/vendorgate.yaml", "moved", new)
    assert (gone["usages"], gone["severity"], gone["blocks"]) == (["u"], "warning", False)
    assert new in notices(report)["manifest-gone"]
    assert rows(report) == [("gone", "u beta phi-needs-baa", "fail", None, "manifest")]


def test_manifest_that_moves_and_is_written_anew_is_found_by_its_project(tmp_path: Path) -> None:
    """Out of the glob, and too much changed for git to know it again."""
    anew = manifest(*(usage(f"n{number}", "beta", purpose="Z" * 50) for number in range(9)))
    stranger = manifest(usage("s", "beta"), project="stranger")
    edit: dict[str, Content] = {"svc/vendorgate.yaml": None, "lib/vendorgate.yml": anew, "q/vendorgate.yaml": stranger}
    repository = changed(tmp_path, {"svc/vendorgate.yaml": BAD, "svc/b/vendorgate.yaml": manifest(project="b")}, edit)
    report = repository.report("svc/**/vendorgate.yaml", "--new-only")
    assert {one["manifest"] for one in report["report"]["results"]} == {"lib/vendorgate.yml"}
    assert kinds(report) == {"new": 9, "gone": 1, "blocking": 9}
    assert [one["manifest"] for one in report["gone"]] == ["svc/vendorgate.yaml"]


def test_copy_of_a_manifest_is_new(tmp_path: Path) -> None:
    repository = changed(tmp_path, {"svc/vendorgate.yaml": BAD}, {"copy/vendorgate.yml": BAD})
    report = repository.report("--new-only")
    assert [(one["change"], one["manifest"]) for one in report["changes"]] == [
        ("new", "copy/vendorgate.yml"),
        ("unchanged", "svc/vendorgate.yaml"),
    ]
    assert report["summary"]["blocking"] == 1


def test_manifests_of_both_names_in_one_folder_are_refused(tmp_path: Path) -> None:
    repository = changed(tmp_path, {"svc/vendorgate.yaml": BAD}, {"svc/vendorgate.yml": manifest()})
    for named in ((), ("svc/vendorgate.yml",), ("**/*.yml",)):
        ended = repository.review(*named)
        assert (ended.code, ended.stdout) == (2, "")
        assert "svc/vendorgate.yaml:1:1" in ended.stderr
        assert "vendorgate.yaml and vendorgate.yml in one folder" in ended.stderr


def gone_error(bundle: Mapping[str, Any] | None = None) -> Mapping[str, Content]:
    return {**WORLD, "policies/bundle.yaml": {"review": {"gone": "error"}, **(bundle or {})}}


LEAVING: Mapping[str, tuple[dict[str, Content], str]] = {
    "removed": ({"svc/vendorgate.yaml": None}, "svc/vendorgate.yaml is no longer judged: the change removed it"),
    "emptied": (
        {"svc/vendorgate.yaml": manifest()},
        "svc/vendorgate.yaml declares nothing any more: the change emptied it of `u`",
    ),
    "rewritten elsewhere": (
        {"svc/vendorgate.yaml": None, "lib/vendorgate.yaml": manifest(usage("x", "alpha"), project="x")},
        "svc/vendorgate.yaml is no longer judged: the change removed it",
    ),
    "its usages go into another manifest of the project": (
        {"svc/vendorgate.yaml": manifest(), "lib/vendorgate.yaml": manifest(usage("u", "alpha"), usage("v", "alpha"))},
        "emptied it of `u`; lib/vendorgate.yaml, of the same project, has `u` now, judged as written there",
    ),
}


@pytest.mark.parametrize("name", LEAVING)
def test_manifest_that_leaves_blocks_where_the_bundle_of_base_says_so(name: str, tmp_path: Path) -> None:
    change, words = LEAVING[name]
    repository = changed(tmp_path, {"svc/vendorgate.yaml": BAD, **OTHER}, change, gone_error())
    for more in ((), ("--new-only",), ("--trust-head",)):
        ended = repository.review(*more)
        assert ended.code == 1
        assert "error[manifest-gone]: svc/vendorgate.yaml " in ended.stdout
        assert words in ended.stdout
        assert "this blocks: bring it back" in ended.stdout
        assert "FAIL: " in ended.stdout
        assert ", 1 blocking" in ended.stdout
    report = repository.report()
    assert [(one["severity"], one["blocks"]) for one in report["gone"]] == [("error", True)]
    assert report["report"]["verdict"] == "fail"


SEVERITIES: list[tuple[dict[str, Any], tuple[str, ...], str, int]] = [
    ({}, (), "warning", 0),
    ({}, ("--fail-on", "warning"), "warning", 1),
    ({"fail_on": "warning"}, (), "warning", 1),
    ({"review": {"gone": "note"}}, ("--fail-on", "warning"), "note", 0),
    ({"review": {"gone": "note"}, "fail_on": "note"}, (), "note", 1),
    ({"review": {"gone": "error"}, "fail_on": "never"}, (), "error", 0),
    ({"review": {}}, (), "warning", 0),
]


@pytest.mark.parametrize(("bundle", "options", "severity", "code"), SEVERITIES)
def test_manifest_that_leaves_blocks_as_a_result_of_its_severity(
    bundle: dict[str, Any], options: tuple[str, ...], severity: str, code: int, tmp_path: Path
) -> None:
    world = {**REGISTRY, "policies/rules.yaml": policies(BAA), "policies/bundle.yaml": bundle}
    repository = changed(tmp_path, {"svc/vendorgate.yaml": BAD, **OTHER}, {"svc/vendorgate.yaml": None}, world)
    ended = repository.review(*options)
    assert ended.code == code
    assert f"{severity}[manifest-gone]" in ended.stdout
    assert ("this blocks" in ended.stdout) == bool(code)


def test_change_cannot_lower_what_a_manifest_that_leaves_comes_to(tmp_path: Path) -> None:
    edit: dict[str, Content] = {"svc/vendorgate.yaml": None, "policies/bundle.yaml": {"review": {"gone": "note"}}}
    repository = changed(tmp_path, {"svc/vendorgate.yaml": BAD, **OTHER}, edit, gone_error())
    for more in ((), ("--trust-head",)):
        assert repository.review(*more).code == 1
    report = repository.report()
    (found,) = report["edits"]["edits"]
    assert (found["name"], found["effect"]) == ("review.gone", "weaker")
    assert found["fields"] == [{"field": "review.gone", "old": "error", "new": "note", "effect": "weaker"}]


def test_manifest_that_was_empty_or_not_valid_and_stays_is_not_gone(tmp_path: Path) -> None:
    repository = changed(tmp_path, {M: manifest(), "a/vendorgate.yaml": "version: 1\n", **OTHER}, {"README": "x"})
    repository.commit({"a/vendorgate.yaml": manifest()})
    assert repository.report()["gone"] == []


def test_every_format_of_a_check_carries_the_manifest_that_left(tmp_path: Path) -> None:
    repository = changed(tmp_path, {"svc/vendorgate.yaml": BAD, **OTHER}, {"svc/vendorgate.yaml": None}, gone_error())

    def told(format: str) -> str:
        ended = repository.review("--format", format)
        assert ended.code == 1, format
        return ended.stdout

    root = ElementTree.fromstring(told("junit"))
    (failed,) = root.findall(".//failure")
    assert root.get("failures") == "1"
    assert failed.get("message", "").startswith("blocks: svc/vendorgate.yaml is no longer judged")
    (entry,) = json.loads(told("gitlab"))
    assert (entry["check_name"], entry["severity"]) == ("manifest-gone", "blocker")
    assert entry["location"] == {"path": "svc/vendorgate.yaml", "lines": {"begin": 1}}
    (run,) = json.loads(told("sarif"))["runs"]
    (result,) = run["results"]
    assert (result["ruleId"], result["level"]) == ("manifest-gone", "error")
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "manifest-gone"
    assert run["properties"]["verdict"] == "fail"
    assert "::error file=svc/vendorgate.yaml,line=1" in told("github")
    assert "### Manifests that left, and blocking" in told("markdown")
    (assessed,) = json.loads(told("oscal"))["assessment-results"]["results"]
    states = {one["target"]["target-id"]: one["target"]["status"]["state"] for one in assessed["findings"]}
    assert states["manifest-gone"] == "not-satisfied"
    assert json.loads(told("intoto"))["predicate"]["verificationResult"] == "FAILED"
    assert "error manifest-gone: " in told("cyclonedx")
    assert "manifest-gone" in told("html")
