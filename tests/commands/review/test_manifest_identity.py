"""Who is who in a review: the base decides, and a change that says otherwise goes by nobody's name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.commands.review.repository import (
    BAA,
    REGISTRY,
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

Part = dict[str, Any]
HOME = "clinic/vendorgate.yaml"
SIGNED: Part = {
    "kind": "baa",
    "offerings": ["*"],
    "projects": ["clinical-*"],
    "status": "executed",
    "signed": "2026-01-01",
}
NEEDS: Part = {**BAA, "require": [{"agreement": "baa"}]}
WORLD: Mapping[str, Content] = {
    **REGISTRY,
    "policies/rules.yaml": policies(NEEDS),
    "policies/agreements.yaml": {"version": 1, "agreements": [SIGNED]},
}
CLINIC = manifest(usage("u", "alpha"), project="clinical-notes", owner="h@acme.example")
SHOP = manifest(usage("s", "alpha", "public"), project="shop")


def bound(*entries: Part, **more: Any) -> Mapping[str, Content]:
    return {**WORLD, "policies/bundle.yaml": {"projects": list(entries), **more}}


def outcomes(report: Part) -> dict[str, str]:
    return {f"{one['manifest']} {one['usage']}": one["outcome"] for one in report["report"]["results"]}


TAKING: Mapping[str, tuple[Mapping[str, Content], dict[str, Content], str, str]] = {
    "a new manifest": (
        {"shop/vendorgate.yaml": SHOP},
        {"x/vendorgate.yaml": manifest(usage("u", "alpha"), project="clinical-x")},
        "x/vendorgate.yaml",
        "the base main has no manifest there",
    ),
    "a manifest that changes its project": (
        {"shop/vendorgate.yaml": SHOP},
        {"shop/vendorgate.yaml": manifest(usage("u", "alpha"), project="clinical-notes")},
        "shop/vendorgate.yaml",
        "the base main has project `shop` there",
    ),
    "a manifest in the place of one that is not valid": (
        {"shop/vendorgate.yaml": "version: 1\n", HOME: CLINIC},
        {"shop/vendorgate.yaml": manifest(usage("u", "alpha"), project="clinical-notes")},
        "shop/vendorgate.yaml",
        "the base main has no manifest there that says a project",
    ),
    "a manifest that moves": (
        {HOME: CLINIC},
        {HOME: None, "shop/vendorgate.yaml": CLINIC},
        "shop/vendorgate.yaml",
        "the base main has no manifest there",
    ),
}


@pytest.mark.parametrize("name", TAKING)
def test_name_that_a_change_brings_reaches_nothing_that_is_limited_to_it(name: str, tmp_path: Path) -> None:
    before, after, path, why = TAKING[name]
    repository = changed(tmp_path, before, after, WORLD)
    for more in ((), ("--new-only",)):
        report = repository.report(*more)
        assert outcomes(report)[f"{path} u"] == "fail"
        assert report["verdict"] == "fail"
        told = notices(report)["unbound-project"]
        assert why in told
        assert "only its own `projects` bind what it does not have" in told
        assert "add to `projects`: {project: clinical-" in told


@pytest.mark.parametrize("name", TAKING)
def test_base_that_binds_the_name_lets_it_count(name: str, tmp_path: Path) -> None:
    before, after, path, _ = TAKING[name]
    world = bound({"project": "clinical-*", "paths": ["*/vendorgate.yaml"]}, {"project": "shop", "paths": ["**"]})
    report = changed(tmp_path, before, after, world).report()
    assert outcomes(report)[f"{path} u"] == "pass"
    assert "unbound-project" not in notices(report)


@pytest.mark.parametrize("name", TAKING)
def test_change_cannot_bind_its_own_name(name: str, tmp_path: Path) -> None:
    before, after, path, _ = TAKING[name]
    edit: Mapping[str, Content] = {"policies/bundle.yaml": {"projects": [{"project": "*", "paths": ["**"]}]}}
    report = changed(tmp_path, before, {**after, **edit}, WORLD).report()
    assert outcomes(report)[f"{path} u"] == "fail"
    assert [one["name"] for one in report["edits"]["edits"] if one["what"] == "bundle"] == ["projects"]


def test_manifest_that_stays_where_it_is_keeps_its_name(tmp_path: Path) -> None:
    repository = changed(tmp_path, {HOME: CLINIC}, {HOME: {**CLINIC, "usages": [usage("u", "beta")]}}, WORLD)
    repository.git("mv", HOME, "clinic/vendorgate.yml")
    repository.commit()
    report = repository.report()
    assert outcomes(report) == {"clinic/vendorgate.yml u": "pass"}
    assert "unbound-project" not in notices(report)


def test_manifest_that_the_change_leaves_alone_keeps_its_name_whatever_others_did(tmp_path: Path) -> None:
    repository = changed(tmp_path, {HOME: CLINIC}, {"README": "x"}, WORLD)
    repository.git("checkout", "--quiet", "main")
    repository.commit({HOME: None, "moved/vendorgate.yaml": CLINIC})
    repository.git("checkout", "--quiet", "change")
    assert outcomes(repository.report()) == {f"{HOME} u": "pass"}


@pytest.mark.parametrize("trusted", [False, True])
def test_policy_reads_that_nobody_is_bound(trusted: bool, tmp_path: Path) -> None:
    world = {**REGISTRY, "policies/rules.yaml": policies({**BAA, "require": [{"var": "project.bound"}]})}
    repository = changed(tmp_path, {HOME: CLINIC}, {"x/vendorgate.yaml": manifest(usage("u", "alpha"))}, world)
    report = repository.report(*(["--trust-head"] if trusted else []))
    assert outcomes(report) == {f"{HOME} u": "unknown", "x/vendorgate.yaml u": "fail"}


def test_changed_project_and_owner_are_shown_as_edits_to_what_judges(tmp_path: Path) -> None:
    edit = {**CLINIC, "project": "clinical-other", "owner": "x@acme.example"}
    repository = changed(tmp_path, {HOME: CLINIC}, {HOME: edit}, WORLD)
    report = repository.report()
    (found,) = report["edits"]["edits"]
    assert (found["what"], found["name"], found["kind"], found["effect"]) == ("manifest", HOME, "changed", "changed")
    assert [(one["field"], one["old"], one["new"]) for one in found["fields"]] == [
        ("project", "clinical-notes", "clinical-other"),
        ("owner", "h@acme.example", "x@acme.example"),
    ]
    assert report["edits"]["in_force"] is False
    assert "another project and another owner into clinic/vendorgate.yaml" in notices(report)["edits-not-in-force"]
    for format in ("text", "markdown"):
        shown = repository.review("--format", format).stdout
        assert "not in force in this review" in shown
        assert "project clinical-notes -" in shown.replace("`", "").replace("\\", "")


def test_manifest_that_a_change_leaves_without_project_and_owner_says_no_other(tmp_path: Path) -> None:
    shop, broken = {"shop/vendorgate.yaml": SHOP}, {"version": 1}
    repository = changed(tmp_path, {HOME: CLINIC, **shop}, {HOME: broken}, WORLD)
    done = repository.review("--format", "text")
    assert done.code == 2
    assert "project clinical-notes -> not stated; owner h@acme.example -> not stated" in done.stdout
    assert "the change writes no project and no owner into clinic/vendorgate.yaml" in done.stdout


WAIVED: Part = {"policy": "*", "reason": "r", "approved_by": "boss@acme.example", "expires": "2027-01-01"}
OWNERS: list[tuple[str | None, str | None, int]] = [
    ("boss@acme.example", "somebody@acme.example", 1),
    ("somebody@acme.example", "boss@acme.example", 1),
    ("one@acme.example", "two@acme.example", 0),
    (None, "two@acme.example", 1),
    ("one@acme.example", None, 1),
]


@pytest.mark.parametrize(("before", "after", "code"), OWNERS)
def test_change_of_the_owner_makes_no_approval_of_ones_own(
    before: str | None, after: str | None, code: int, tmp_path: Path
) -> None:
    world = {
        **REGISTRY,
        "policies/rules.yaml": policies(BAA),
        "policies/bundle.yaml": {"waivers": {"forbid_self_approval": True}},
        "policies/waivers.yaml": {"version": 1, "waivers": [WAIVED]},
    }
    old, new = (
        manifest(usage("u", "beta"), **({} if owner is None else {"owner": owner})) for owner in (before, after)
    )
    repository = changed(tmp_path, {HOME: old}, {HOME: new}, world)
    assert repository.review().code == code
    bound_owner = {
        "projects": [{"project": "*", "paths": ["**"], "owner": "legal@acme.example"}],
        "waivers": {"forbid_self_approval": True},
    }
    repository.git("checkout", "--quiet", "main")
    repository.commit({"policies/bundle.yaml": bound_owner})
    assert repository.review("--head", "change").code == 0


def test_nothing_of_a_repository_that_has_no_base_is_bound(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit({**WORLD, HOME: CLINIC})
    report = repository.report(
        "--policies", "policies", "--registry", "registry-snapshot", "--trust-head", base="0" * 40
    )
    assert outcomes(report) == {f"{HOME} u": "fail"}
    assert rows(report) == [("new", "u alpha phi-needs-baa", None, "fail", "manifest")]
    assert kinds(report) == {"new": 1, "blocking": 1}
