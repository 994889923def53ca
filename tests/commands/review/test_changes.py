"""What a change does to results: new, worse, better, fixed, unchanged, gone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.commands.review.repository import (
    AUDITED,
    BAA,
    DAY,
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
CHANGES: Mapping[str, tuple[dict[str, Any] | None, dict[str, Any] | None, list[tuple[Any, ...]], int]] = {
    "a usage that fails is new": (
        manifest(),
        manifest(usage("u", "beta")),
        [("new", "u beta phi-needs-baa", None, "fail", "manifest")],
        1,
    ),
    "a usage that is not known to pass is new": (
        manifest(),
        manifest(usage("u", "gamma", "phi")),
        [
            ("new", "u gamma phi-needs-baa", None, "unknown", "manifest"),
            ("new", "u gamma audited", None, "fail", "manifest"),
        ],
        1,
    ),
    "a usage that passes is not told": (manifest(), manifest(usage("u", "alpha")), [], 0),
    "what passed and fails is worse": (
        manifest(usage("u", "beta", "public")),
        manifest(usage("u", "beta", "phi")),
        [("worse", "u beta phi-needs-baa", "not_applicable", "fail", "manifest")],
        1,
    ),
    "another offering is another result": (
        manifest(usage("u", "gamma", "phi")),
        manifest(usage("u", "beta", "phi")),
        [
            ("new", "u beta phi-needs-baa", None, "fail", "manifest"),
            ("gone", "u gamma phi-needs-baa", "unknown", None, "manifest"),
            ("gone", "u gamma audited", "fail", None, "manifest"),
        ],
        1,
    ),
    "what failed and passes is fixed": (
        manifest(usage("u", "beta", "phi")),
        manifest(usage("u", "beta", "public")),
        [("fixed", "u beta phi-needs-baa", "fail", "not_applicable", "manifest")],
        0,
    ),
    "what fails as before is unchanged and still blocks": (
        manifest(usage("u", "beta", "phi")),
        manifest(usage("v", "alpha"), usage("u", "beta", "phi")),
        [("unchanged", "u beta phi-needs-baa", "fail", "fail")],
        1,
    ),
    "what fails with more data than before is worse": (
        manifest(usage("u", "beta", "phi")),
        manifest(usage("u", "beta", "phi", "public")),
        [("worse", "u beta phi-needs-baa", "fail", "fail", "manifest")],
        1,
    ),
    "a usage that is taken out is gone": (
        manifest(usage("u", "beta", "phi"), usage("v", "alpha")),
        manifest(usage("v", "alpha")),
        [("gone", "u beta phi-needs-baa", "fail", None, "manifest")],
        0,
    ),
    "another name makes a usage new": (
        manifest(usage("u", "beta", "phi")),
        manifest(usage("w", "beta", "phi")),
        [
            ("new", "w beta phi-needs-baa", None, "fail", "manifest"),
            ("gone", "u beta phi-needs-baa", "fail", None, "manifest"),
        ],
        1,
    ),
    "a fallback is a route of its own": (
        manifest(usage("u", "alpha", "phi")),
        manifest(usage("u", "alpha", "phi", fallbacks=["beta"])),
        [("new", "u beta phi-needs-baa", None, "fail", "manifest")],
        1,
    ),
    "a manifest that comes is new": (
        None,
        manifest(usage("u", "beta")),
        [("new", "u beta phi-needs-baa", None, "fail", "manifest")],
        1,
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_change_is_told(name: str, tmp_path: Path) -> None:
    before, after, expected, code = CHANGES[name]
    repository = changed(tmp_path, {} if before is None else {M: before}, {M: after})
    report = repository.report()
    assert rows(report) == expected
    assert report["verdict"] == ("fail" if code else "pass")
    assert sum(report["summary"][kind] for kind in ("new", "worse", "better", "fixed", "unchanged")) == len(
        report["report"]["results"]
    )


TWO = {"id": "both", "title": "Both", "require": [{"covered": "hipaa_baa"}, {"==": [{"var": "usage.region"}, "us"]}]}


def test_another_way_of_failing_is_worse_though_the_result_failed_before(tmp_path: Path) -> None:
    repository = changed(
        tmp_path,
        {M: manifest(usage("u", "beta", region="us"))},
        {M: manifest(usage("u", "beta", region="de"))},
        {**WORLD, "policies/rules.yaml": policies(TWO)},
    )
    assert rows(repository.report("--new-only")) == [("worse", "u beta both", "fail", "fail", "manifest")]
    assert repository.review("--new-only").code == 1
    assert "fail, 1 of 2 requirements not met -> fail, 2 of 2 requirements not met" in repository.review().stdout


def test_one_requirement_less_is_better_and_blocks_unless_only_new_ones_do(tmp_path: Path) -> None:
    repository = changed(
        tmp_path,
        {M: manifest(usage("u", "beta", region="de"))},
        {M: manifest(usage("u", "beta", region="us"))},
        {**WORLD, "policies/rules.yaml": policies(TWO)},
    )
    assert kinds(repository.report()) == {"better": 1, "blocking": 1}
    assert kinds(repository.report("--new-only")) == {"better": 1}


def test_waived_results_are_told_and_block_nothing(tmp_path: Path) -> None:
    waiver = {"policy": "phi-needs-baa", "reason": "r", "approved_by": "a", "expires": "2027-01-01", "usage": "w*"}
    world = {**WORLD, "policies/waivers.yaml": {"version": 1, "waivers": [waiver]}}
    repository = changed(tmp_path, {M: manifest(usage("u", "beta"))}, {M: manifest(usage("w", "beta"))}, world)
    assert rows(repository.report()) == [
        ("new", "w beta phi-needs-baa", None, "waived", "manifest"),
        ("gone", "u beta phi-needs-baa", "fail", None, "manifest"),
    ]
    assert repository.review("--new-only").code == 0


def test_only_new_and_worse_block_where_that_is_asked_for_in_every_format(tmp_path: Path) -> None:
    repository = changed(
        tmp_path, {M: manifest(usage("u", "beta"))}, {M: manifest(usage("u", "beta"), usage("v", "alpha"))}
    )
    assert repository.review().code == 1
    report = repository.report("--new-only")
    assert (report["verdict"], report["summary"]["blocking"]) == ("pass", 0)
    assert not any(result["blocks"] for result in report["report"]["results"])
    assert report["report"]["verdict"] == "pass"
    assert "0 blocking, of what is new or worse" in repository.review("--new-only").stdout


def test_stricter_threshold_counts_on_both_sides(tmp_path: Path) -> None:
    repository = changed(
        tmp_path,
        {M: manifest(usage("u", "gamma", "public"))},
        {M: manifest(usage("u", "gamma", "public"), project="q")},
    )
    assert repository.review().code == 0
    assert repository.review("--fail-on", "warning").code == 1
    assert repository.review("--fail-on", "warning", "--new-only").code == 0
    assert repository.review("--fail-on", "never").code == 2


def test_new_integrations_carry_their_watch_outs(tmp_path: Path) -> None:
    repository = changed(
        tmp_path, {M: manifest(usage("u", "alpha"))}, {M: manifest(usage("u", "alpha", fallbacks=["gamma"]))}
    )
    (found,) = repository.report()["integrations"]
    assert (found["usage"], found["offering"], found["route"], found["data"]) == ("u", "gamma", "fallback", ["phi"])
    watch = {one["dimension"]: one["concerns"] for one in found["watch_outs"]}
    assert watch["hipaa_baa"] == ["what the vendor documents is unclear"]
    assert watch["gdpr_dpa"] == ["the registry states nothing"]
    assert found["location"]["path"] == M
    assert "watch out: soc2_type2: the vendor documents that it does not offer this" in repository.review().stdout


def test_integration_that_is_there_by_another_route_is_not_new(tmp_path: Path) -> None:
    repository = changed(
        tmp_path,
        {M: manifest(usage("u", "alpha", fallbacks=["gamma"]))},
        {M: manifest(usage("u", "gamma", fallbacks=["alpha"]))},
    )
    assert repository.report()["integrations"] == []


def test_data_that_is_newly_sent_is_told_though_nothing_fails(tmp_path: Path) -> None:
    repository = changed(
        tmp_path,
        {M: manifest(usage("u", "alpha", "pii"))},
        {M: manifest(usage("u", "alpha", "phi", "pii", fallbacks=["beta"]), usage("v", "alpha", "pci"))},
    )
    assert [(one["usage"], one["data"]) for one in repository.report()["data"]] == [("u", ["phi"])]
    assert "usage `u` of project `p` begins to send phi" in repository.review().stdout


def test_several_manifests_are_judged_together_in_order(tmp_path: Path) -> None:
    names = ("b/vendorgate.yaml", "a/vendorgate.yaml", "a/deep/er/vendorgate.yaml")
    after: dict[str, Content] = {name: manifest(usage("u", "beta"), project=f"p{n}") for n, name in enumerate(names)}
    report = changed(tmp_path, {"a/vendorgate.yaml": manifest()}, after).report()
    assert [one["path"] for one in report["report"]["inputs"]["manifests"]] == sorted(names)
    assert kinds(report) == {"new": 3, "blocking": 3}


def test_what_others_did_meanwhile_is_not_blamed_on_the_change(tmp_path: Path) -> None:
    repository = changed(tmp_path, {M: manifest(usage("u", "beta"))}, {"README": "x"})
    repository.git("checkout", "--quiet", "main")
    repository.commit({M: manifest(usage("u", "alpha")), "policies/more.yaml": policies({**AUDITED, "id": "more"})})
    repository.git("checkout", "--quiet", "change")
    report = repository.report()
    assert rows(report) == [("unchanged", "u beta phi-needs-baa", "fail", "fail")]
    assert report["merge_base"] != report["base"]["commit"]
    # The policies that judge are those of base as it is now.
    assert {result["policy"] for result in report["report"]["results"]} == {"phi-needs-baa", "audited", "more"}
    assert report["edits"]["files"] == []
    assert "begun at" in repository.review().stdout


def test_identical_commits_change_nothing(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit({**WORLD, M: manifest(usage("u", "beta"))})
    assert kinds(repository.report()) == {"blocking": 1}
    assert kinds(repository.report("--new-only")) == {}


def test_day_before_the_change_can_be_another(tmp_path: Path) -> None:
    repository = changed(tmp_path, {M: manifest(usage("u", "alpha"))}, {"README": "x"})
    report = repository.report("--base-as-of", "2026-11-02", "--as-of", "2028-01-01")
    assert {row[0]: row[4:] for row in rows(report)} == {"worse": ("staleness",)}
    assert report["base_as_of"] == "2026-11-02"
    assert report["as_of"] == "2028-01-01"
    assert DAY not in repository.review("--base-as-of", "2026-11-02", "--as-of", "2028-01-01").stdout


def test_policy_that_begins_to_be_enforced_is_a_policy_that_changed(tmp_path: Path) -> None:
    world = {**WORLD, "policies/rules.yaml": policies({**BAA, "enforce_from": "2026-11-20"})}
    repository = changed(tmp_path, {M: manifest(usage("u", "beta"))}, {"README": "x"}, world)
    report = repository.report("--base-as-of", "2026-11-02")
    assert rows(report) == [("worse", "u beta phi-needs-baa", "fail", "fail", "policy")]
    assert (
        "fail, warning, not blocking -> fail, error, blocking" in repository.review("--base-as-of", "2026-11-02").stdout
    )
    assert notices(report).keys() == {"self-declared"}
