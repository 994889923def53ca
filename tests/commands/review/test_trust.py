"""Who judges: base, whatever the change brings, unless somebody says aloud that head is trusted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.command import vendorgate
from tests.commands.review.repository import (
    AUDITED,
    BAA,
    DAY,
    REGISTRY,
    WORLD,
    Content,
    cell,
    changed,
    kinds,
    manifest,
    notices,
    offering,
    policies,
    rows,
    usage,
)

M = "vendorgate.yaml"
BAD = {M: manifest(usage("u", "beta"))}
WAIVER = {"policy": "*", "reason": "r", "approved_by": "a", "expires": "2027-01-01"}
WAIVERS: dict[str, Content] = {"policies/waivers.yaml": {"version": 1, "waivers": [WAIVER]}}
SIGNED = {"kind": "baa", "offerings": ["*"], "status": "executed", "signed": "2026-01-01"}
NEEDS_BAA = {**BAA, "require": [{"agreement": "baa"}]}
REGISTERED: dict[str, Content] = {
    **REGISTRY,
    "policies/rules.yaml": policies(NEEDS_BAA),
    "policies/agreements.yaml": {"version": 1, "agreements": []},
}
WEAKENED: Mapping[str, tuple[Mapping[str, Content], dict[str, Content], str]] = {
    "the policy is taken out": (WORLD, {"policies/rules.yaml": policies(AUDITED)}, "policy"),
    "the policy only warns": (
        WORLD,
        {"policies/rules.yaml": policies({**BAA, "severity": "warning"}, AUDITED)},
        "policy",
    ),
    "nothing blocks": (WORLD, {"policies/bundle.yaml": {"fail_on": "never"}}, "policy"),
    "all is waived": (WORLD, WAIVERS, "waiver"),
    "the rules for waivers are taken out": (
        {**WORLD, **WAIVERS, "policies/bundle.yaml": {"waivers": {"require_ticket": True}}},
        {"policies/bundle.yaml": {"name": "b"}},
        "waiver",
    ),
    "an agreement is signed": (
        REGISTERED,
        {"policies/agreements.yaml": {"version": 1, "agreements": [SIGNED]}},
        "agreement",
    ),
    "the registry grades better": (
        WORLD,
        {"registry-snapshot/offerings/beta.yaml": offering("beta", hipaa_baa=cell(), soc2_type2=cell())},
        "registry",
    ),
    "a cell of our own grades better": (
        WORLD,
        {"policies/offerings/beta.yaml": {"extends": "beta", "dimensions": {"hipaa_baa": cell()}}},
        "policy",
    ),
    "a contract of our own is brought along": (
        {**WORLD, "policies/agreements.yaml": {"version": 1, "agreements": [{**SIGNED, "reference": "C-1"}]}},
        {
            "policies/offerings/beta.yaml": {
                "extends": "beta",
                "dimensions": {"hipaa_baa": {"value": "yes_contract", "agreement": "C-1", "verified": "2026-11-01"}},
            }
        },
        "",
    ),
    "the policies are deleted": (WORLD, {"policies/rules.yaml": None}, ""),
}


@pytest.mark.parametrize("name", WEAKENED)
def test_change_that_weakens_what_judges_and_needs_it_still_fails(name: str, tmp_path: Path) -> None:
    world, edit, _ = WEAKENED[name]
    repository = changed(tmp_path, {M: manifest()}, {**BAD, **edit}, world)
    report = repository.report()
    assert rows(report) == [("new", "u beta phi-needs-baa", None, "fail", "manifest")]
    assert report["verdict"] == "fail"
    assert report["edits"]["in_force"] is False
    assert report["edits"]["files"] == [next(iter(edit))]
    assert report["judged_by"]["side"] == "base"
    assert "edits-not-in-force" in notices(report)


@pytest.mark.parametrize("name", [name for name in WEAKENED if WEAKENED[name][2]])
def test_head_judges_itself_where_somebody_trusts_it_aloud(name: str, tmp_path: Path) -> None:
    world, edit, cause = WEAKENED[name]
    repository = changed(tmp_path, BAD, edit, world)
    report = repository.report("--trust-head")
    assert report["verdict"] == "pass"
    assert report["edits"]["in_force"] is True
    assert report["judged_by"]["side"] == "head"
    ((change, _, before, _, *causes),) = [row for row in rows(report) if "phi-needs-baa" in row[1]]
    assert before == "fail"
    assert change in ("fixed", "better", "gone")
    assert causes == [cause]
    assert "head-is-trusted" in notices(report)
    ended = repository.review("--trust-head")
    assert "--trust-head" in ended.stderr
    assert "warning[head-is-trusted]: head HEAD is judged by its own policies" in ended.stdout
    assert "because --trust-head was given" in ended.stdout
    assert "because --trust-head was given" in repository.review("--trust-head", "--format", "markdown").stdout


def test_waiver_that_the_change_brings_is_not_in_force(tmp_path: Path) -> None:
    repository = changed(tmp_path, {M: manifest()}, {**BAD, **WAIVERS})
    ended = repository.review()
    assert ended.code == 1
    assert "the change edits what judges, not in force in this review:" in ended.stdout
    assert "weaker: waiver `* on *, *, *` added" in ended.stdout
    assert "warning[edits-not-in-force]: the change edits policies/waivers.yaml" in ended.stdout


def test_policies_come_from_the_base_though_the_work_tree_has_others(tmp_path: Path) -> None:
    repository = changed(tmp_path, {M: manifest()}, BAD)
    repository.write({"policies/rules.yaml": policies(AUDITED), "policies/extra.yaml": "not: [valid"})
    ended = repository.review()
    assert ended.code == 1
    assert "not judged, because it is not committed: policies/extra.yaml, policies/rules.yaml\n" in ended.stderr


def test_folder_that_is_named_comes_from_the_base_too(tmp_path: Path) -> None:
    world = {**REGISTRY, "rules/own.yaml": policies(BAA)}
    repository = changed(tmp_path, {M: manifest()}, {**BAD, "rules/own.yaml": policies(AUDITED)}, world)
    for named in ("rules", "./rules/", str(tmp_path / "rules"), "registry-snapshot/../rules"):
        report = repository.report("--policies", named)
        assert kinds(report) == {"new": 1, "blocking": 1}, named
        assert report["judged_by"]["policies"] == {"origin": "base", "path": "rules"}


def test_folder_that_only_head_has_judges_nothing(tmp_path: Path) -> None:
    repository = changed(tmp_path, {M: manifest()}, {**BAD, "mine/own.yaml": policies(AUDITED)})
    ended = repository.review("--policies", "mine")
    assert (ended.code, ended.stdout) == (2, "")
    assert "no such folder in base main" in ended.stderr
    assert "--trust-head" in ended.stderr
    assert repository.review("--policies", "mine", "--trust-head").code == 0


def test_link_that_the_change_puts_in_the_place_of_the_policies_is_not_followed(tmp_path: Path) -> None:
    repository = changed(tmp_path, {M: manifest()}, {**BAD, "mine/own.yaml": policies(AUDITED)})
    repository.git("rm", "-r", "--quiet", "policies")
    (tmp_path / "policies").symlink_to("mine")
    repository.commit()
    for more in ((), ("--policies", "policies")):
        report = repository.report(*more)
        assert kinds(report) == {"new": 1, "blocking": 1}
        assert "a link, where only a file of the commit is read" in notices(report)["head-does-not-load"]
    assert repository.review("--trust-head").code == 2


@pytest.mark.parametrize("named", ["README", "policies/rules.yaml"])
def test_file_is_no_folder_of_policies(named: str, tmp_path: Path) -> None:
    ended = changed(tmp_path, {M: manifest(), "README": "x"}, BAD).review("--policies", named)
    assert ended.code == 2
    assert "a file, not a folder" in ended.stderr


def test_folder_outside_of_the_repository_judges_both_sides(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    repository = changed(tmp_path / "repository", {M: manifest()}, {**BAD, "policies/rules.yaml": policies(AUDITED)})
    (outside / "policies").mkdir(parents=True)
    (outside / "policies" / "p.yaml").write_text(json.dumps(policies(BAA)), encoding="utf-8")
    for named in (str(outside / "policies"), "../outside/policies"):
        report = repository.report("--policies", named)
        assert kinds(report) == {"new": 1, "blocking": 1}
        assert report["judged_by"]["policies"] == {"origin": "disk", "path": named}
        assert report["edits"]["files"] == []


def test_folder_that_git_does_not_track_is_read_from_the_disk(tmp_path: Path) -> None:
    """As where CI puts an organization's policies beside the project's files."""
    repository = changed(tmp_path, {M: manifest()}, BAD)
    repository.write({"organization/p.yaml": policies({**BAA, "id": "of-the-organization"})})
    report = repository.report("--policies", "organization")
    assert rows(report) == [("new", "u beta of-the-organization", None, "fail", "manifest")]
    assert report["judged_by"]["policies"] == {"origin": "disk", "path": "organization"}
    assert "organization, which git does not track" in repository.review("--policies", "organization").stderr


@pytest.mark.parametrize("name", ["organization/own.yaml", "Organization/own.yaml", "organization"])
def test_change_cannot_slip_its_own_files_into_a_folder_of_that_name(name: str, tmp_path: Path) -> None:
    repository = changed(tmp_path, {M: manifest()}, {**BAD, name: policies(AUDITED)})
    repository.git("checkout", "--quiet", "main")
    repository.write({"organization/p.yaml": policies(AUDITED)})
    ended = repository.review("--head", "change", "--policies", "organization")
    assert ended.code == 2
    assert "no such folder in base main" in ended.stderr


def test_base_without_policies_is_judged_by_those_that_ship(tmp_path: Path) -> None:
    repository = changed(
        tmp_path,
        {M: manifest()},
        {M: manifest(usage("u", "openai-api", "phi")), "policies/p.yaml": policies(AUDITED)},
        {},
    )
    ended = repository.review()
    assert ended.code == 1
    assert "judging by the policies that came with vendorgate, and by the registry-snapshot that came" in ended.stderr
    assert "phi-needs-baa-and-zdr" in ended.stdout
    assert repository.report()["judged_by"]["policies"] == {"origin": "built-in", "path": "vendorgate:policies"}
    assert "the change edits policies/p.yaml" in ended.stdout


def test_head_with_policies_that_do_not_load_is_judged_all_the_same(tmp_path: Path) -> None:
    broken = policies({**BAA, "require": [{"coverd": "hipaa_baa"}]})
    repository = changed(tmp_path, {M: manifest()}, {**BAD, "policies/rules.yaml": broken})
    report = repository.report()
    assert kinds(report) == {"new": 1, "blocking": 1}
    assert report["edits"]["edits"] == [] or report["edits"]["edits"][0]["kind"] == "changed"
    assert "coverd" in notices(report)["head-does-not-load"]
    ended = repository.review("--trust-head")
    assert ended.code == 2
    assert "coverd" in ended.stderr


def test_base_with_policies_that_do_not_load_judges_nothing_until_head_is_trusted(tmp_path: Path) -> None:
    broken = {**WORLD, "policies/rules.yaml": "version: 2\n"}
    repository = changed(tmp_path, {M: manifest()}, {**BAD, "policies/rules.yaml": policies(BAA)}, broken)
    ended = repository.review()
    assert (ended.code, ended.stdout) == (2, "")
    assert "the change edits policies/rules.yaml, too, but main judges" in ended.stderr
    report = repository.report("--trust-head")
    assert rows(report) == [("new", "u beta phi-needs-baa", None, "fail", "manifest")]
    assert "policies or registry of base do not load" in notices(report)["base-does-not-load"]


def test_offering_that_only_head_has_says_why_it_is_not_known(tmp_path: Path) -> None:
    after: dict[str, Content] = {
        M: manifest(usage("u", "delta")),
        "registry-snapshot/offerings/delta.yaml": offering("delta", hipaa_baa=cell(), soc2_type2=cell()),
    }
    repository = changed(tmp_path, {M: manifest()}, after)
    ended = repository.review()
    assert ended.code == 2
    assert "`delta` is not an offering of the registry" in ended.stderr
    assert "the change edits registry-snapshot/offerings/delta.yaml, too" in ended.stderr
    report = repository.report("--trust-head")
    assert (kinds(report), report["verdict"]) == ({}, "pass")


def test_pin_of_the_base_holds(tmp_path: Path) -> None:
    (tmp_path / "registry").mkdir()
    pinned = {**WORLD, "policies/bundle.yaml": {"registry": {"sha256": "0" * 64}}}
    repository = changed(tmp_path / "r", {M: manifest()}, {**BAD, "policies/bundle.yaml": {"fail_on": "error"}}, pinned)
    ended = repository.review()
    assert ended.code == 2
    assert "the bundle pins another" in ended.stderr
    assert repository.review("--trust-head").code == 1


def test_head_is_judged_as_a_check_with_the_files_of_the_base_would(tmp_path: Path) -> None:
    repository = changed(
        tmp_path / "r", {M: manifest()}, {M: manifest(usage("u", "gamma", fallbacks=["beta"])), **WAIVERS}
    )
    base = tmp_path / "base"
    repository.git("worktree", "add", "--quiet", str(base), "main")
    arguments = ("--policies", str(base / "policies"), "--registry", str(base / "registry-snapshot"))
    ended = vendorgate("check", M, "--as-of", DAY, "--format", "json", *arguments, folder=tmp_path / "r")
    check: dict[str, Any] = json.loads(ended.stdout)
    review = repository.report()["report"]
    own = [one for one in review["notices"] if one["id"] != "edits-not-in-force"]
    assert {**review, "notices": own} == check


def test_packs_are_in_force_on_both_sides_beside_the_built_in_bundle(tmp_path: Path) -> None:
    after = {M: manifest(usage("u", "openai-api", "source_code", "credentials"))}
    repository = changed(tmp_path, {M: manifest()}, after, {})
    report = repository.report("--pack", "source-code")
    asked = {result["policy"] for result in report["report"]["results"]}
    assert {"credentials-are-never-sent", "source-code-is-kept-briefly", "no-training-on-our-data"} <= asked


def test_two_inputs_that_only_together_change_a_result_are_both_its_cause(tmp_path: Path) -> None:
    repository = changed(
        tmp_path, {M: manifest(usage("u", "alpha"))}, {**BAD, "policies/rules.yaml": policies({**BAA, "id": "other"})}
    )
    (row,) = [row for row in rows(repository.report("--trust-head")) if row[0] == "new"]
    assert row == ("new", "u beta other", None, "fail", "manifest", "policy")


@pytest.mark.parametrize(
    ("edit", "cause"),
    [
        ({"policies/offerings/a.yaml": {"extends": "alpha", "dimensions": {"hipaa_baa": cell("no")}}}, "policy"),
        ({"policies/offerings/a.yaml": {"extends": "alpha", "dimensions": {"soc2_type2": cell("no")}}}, "registry"),
        ({}, "registry"),
    ],
)
def test_cell_of_our_own_is_told_from_the_registrys_where_both_change(
    edit: dict[str, Any], cause: str, tmp_path: Path
) -> None:
    listed = {"hipaa_baa": cell() if cause == "policy" else cell("no"), "soc2_type2": cell("no")}
    registry = {"registry-snapshot/offerings/alpha.yaml": offering("alpha", **listed)}
    world = {**REGISTRY, "policies/rules.yaml": policies(BAA)}
    repository = changed(tmp_path, {M: manifest(usage("u", "alpha"))}, {**registry, **edit}, world)
    (row,) = rows(repository.report("--trust-head"))
    assert row == ("worse", "u alpha phi-needs-baa", "pass", "fail", cause)


@pytest.mark.parametrize(
    ("hipaa", "cause"),
    [
        (cell(verified="2024-01-01"), "staleness"),
        (cell(verified=None), "staleness"),
        (cell("no"), "registry"),
        (cell("no", verified="2024-01-01"), "registry"),
    ],
)
def test_registry_that_only_aged_is_staleness(hipaa: dict[str, Any], cause: str, tmp_path: Path) -> None:
    edit = {"registry-snapshot/offerings/alpha.yaml": offering("alpha", hipaa_baa=hipaa, soc2_type2=cell())}
    repository = changed(tmp_path, {M: manifest(usage("u", "alpha"))}, edit)
    (row,) = rows(repository.report("--trust-head"))
    assert (row[0], row[4:]) == ("worse", (cause,))


def test_confidence_that_is_not_enough_any_more_is_staleness(tmp_path: Path) -> None:
    world = {**WORLD, "policies/bundle.yaml": {"registry": {"min_confidence": "medium"}}}
    low = cell(confidence="low")
    edit = {"registry-snapshot/offerings/alpha.yaml": offering("alpha", hipaa_baa=low, soc2_type2=cell())}
    (row,) = rows(changed(tmp_path, {M: manifest(usage("u", "alpha"))}, edit, world).report("--trust-head"))
    assert row == ("worse", "u alpha phi-needs-baa", "pass", "unknown", "staleness")


@pytest.mark.parametrize(
    ("files", "cause"),
    [
        ({"policies/waivers.yaml": {"version": 1, "waivers": [{**WAIVER, "expires": "2026-11-10"}]}}, "waiver"),
        (
            {"policies/agreements.yaml": {"version": 1, "agreements": [{**SIGNED, "expires": "2026-11-10"}]}},
            "agreement",
        ),
    ],
    ids=["waiver", "agreement"],
)
def test_day_on_which_something_ended_is_told_by_what_ended(
    files: dict[str, Content], cause: str, tmp_path: Path
) -> None:
    rule = NEEDS_BAA if cause == "agreement" else BAA
    world = {**REGISTRY, "policies/rules.yaml": policies(rule), **files}
    repository = changed(tmp_path, BAD, {"README": "x"}, world)
    (row,) = rows(repository.report("--base-as-of", "2026-11-02"))
    assert (row[0], row[4:]) == ("worse", (cause,))
