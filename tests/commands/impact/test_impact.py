"""What adopting another registry or other policies does: which results change, how, and because of what."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.command import Ended, vendorgate
from tests.commands.impact.sides import (
    AUDITED,
    BAA,
    DAY,
    MANIFEST,
    Files,
    Sides,
    cell,
    counts,
    manifest,
    offering,
    origins,
    policies,
    rows,
    usage,
)

U = manifest(usage("u", "alpha"))
BETA = manifest(usage("u", "beta"))
AGREED = {"id": "agreed", "title": "T", "require": [{"agreement": "baa"}]}
SIGNED = {"kind": "baa", "offerings": ["*"], "status": "executed", "signed": "2026-01-01"}
WAIVER = {"policy": "phi-needs-baa", "reason": "r", "approved_by": "a", "expires": "2027-01-01"}
MAKER_TO_COME: dict[str, Any] = {"policies/bundle.yaml": {"unmatched": ["X"]}}
OF_X = {**BAA, "when": {"==": [{"var": "offering.developer"}, "X"]}, "require": [{"covered": "gdpr_dpa"}]}
BASE = "u alpha phi-needs-baa"


def alpha(**cells: Any) -> Files:
    return {"registry/offerings/alpha.yaml": offering("alpha", **{"hipaa_baa": cell(), "soc2_type2": cell(), **cells})}


def bundle(*entries: dict[str, Any], **more: Any) -> Files:
    files = {"policies/rules.yaml": policies(*entries)}
    return {**files, **{f"policies/{name}.yaml": {"version": 1, **value} for name, value in more.items()}}


CHANGES: Mapping[str, tuple[dict[str, Any], Files, Files, list[tuple[Any, ...]]]] = {
    "nothing": (U, {}, {}, []),
    "a grade that falls": (
        U,
        {},
        alpha(hipaa_baa=cell("no")),
        [("blocking", BASE, "pass", "fail", "registry", "alpha hipaa_baa")],
    ),
    "a grade that rises": (
        U,
        alpha(hipaa_baa=cell("no")),
        {},
        [("fixed", BASE, "fail", "pass", "registry", "alpha hipaa_baa")],
    ),
    "a failure that becomes unknown": (
        U,
        alpha(hipaa_baa=cell("no")),
        alpha(hipaa_baa=cell("unclear")),
        [("better", BASE, "fail", "unknown", "registry", "alpha hipaa_baa")],
    ),
    "an unknown that becomes a failure": (
        U,
        alpha(hipaa_baa=cell("unclear")),
        alpha(hipaa_baa=cell("no")),
        [("worse", BASE, "unknown", "fail", "registry", "alpha hipaa_baa")],
    ),
    "evidence that is older": (
        U,
        {},
        alpha(hipaa_baa=cell(verified="2024-01-01")),
        [("blocking", BASE, "pass", "unknown", "staleness", "alpha hipaa_baa")],
    ),
    "a cell that another depends on": (
        U,
        alpha(hipaa_baa=cell(conditions=[{"covered": "soc2_type2"}])),
        alpha(hipaa_baa=cell(conditions=[{"covered": "soc2_type2"}]), soc2_type2=cell("no")),
        [
            ("blocking", BASE, "pass", "fail", "registry", "alpha soc2_type2"),
            ("worse", "u alpha audited", "pass", "fail", "registry", "alpha soc2_type2"),
        ],
    ),
    "a cell that differs beside one that does it": (
        U,
        bundle({**BAA, "require": [{"covered": "hipaa_baa"}, {"covered": "soc2_type2"}]}),
        {
            **bundle({**BAA, "require": [{"covered": "hipaa_baa"}, {"covered": "soc2_type2"}]}),
            **alpha(hipaa_baa=cell(verified="2026-11-02"), soc2_type2=cell("no")),
        },
        [("blocking", BASE, "pass", "fail", "registry", "alpha soc2_type2")],
    ),
    "a field of the offering": (
        U,
        {**MAKER_TO_COME, **bundle(OF_X)},
        {
            **MAKER_TO_COME,
            **bundle(
                {**BAA, "when": {"==": [{"var": "offering.developer"}, "X"]}, "require": [{"covered": "gdpr_dpa"}]}
            ),
            "registry/offerings/alpha.yaml": {
                **offering("alpha", hipaa_baa=cell(), soc2_type2=cell()),
                "developer": "X",
            },
        },
        [("blocking", BASE, "not_applicable", "unknown", "registry", "alpha")],
    ),
    "a field of the offering beside a cell": (
        U,
        {**MAKER_TO_COME, **bundle(OF_X), **alpha(gdpr_dpa=cell())},
        {
            **MAKER_TO_COME,
            **bundle(OF_X),
            "registry/offerings/alpha.yaml": {**offering("alpha", gdpr_dpa=cell("no")), "developer": "X"},
        },
        [("blocking", BASE, "not_applicable", "fail", "registry", "alpha")],
    ),
    "a policy that comes": (
        BETA,
        bundle(AUDITED),
        {},
        [("blocking", "u beta phi-needs-baa", None, "fail", "policy", "policy phi-needs-baa")],
    ),
    "a policy that comes and passes": (
        U,
        bundle(AUDITED),
        {},
        [("added", BASE, None, "pass", "policy", "policy phi-needs-baa")],
    ),
    "a policy that is taken out": (
        BETA,
        {},
        bundle(AUDITED),
        [("dropped", "u beta phi-needs-baa", "fail", None, "policy", "policy phi-needs-baa")],
    ),
    "a policy that passed and is taken out": (
        U,
        {},
        bundle(AUDITED),
        [("dropped", BASE, "pass", None, "policy", "policy phi-needs-baa")],
    ),
    "a policy that does not apply any more": (
        BETA,
        {},
        bundle({**BAA, "when": {"in": ["pci", {"var": "usage.data"}]}}, AUDITED),
        [("dropped", "u beta phi-needs-baa", "fail", "not_applicable", "policy", "policy phi-needs-baa")],
    ),
    "a policy that asks for less": (
        BETA,
        {},
        bundle({**BAA, "require": [{"covered": "soc2_type2"}]}, AUDITED),
        [("loosened", "u beta phi-needs-baa", "fail", "pass", "policy", "policy phi-needs-baa")],
    ),
    "a policy that weighs less": (
        BETA,
        {},
        bundle({**BAA, "severity": "warning"}, AUDITED),
        [("loosened", "u beta phi-needs-baa", "fail", "fail", "policy", "policy phi-needs-baa")],
    ),
    "a title": (U, {}, bundle({**BAA, "title": "Another"}, AUDITED), []),
    "a setting of the bundle": (
        U,
        {},
        {"policies/bundle.yaml": {"registry": {"max_evidence_age_days": 1}}},
        [
            ("blocking", BASE, "pass", "unknown", "policy", "bundle registry.max_evidence_age_days"),
            ("worse", "u alpha audited", "pass", "unknown", "policy", "bundle registry.max_evidence_age_days"),
        ],
    ),
    "a threshold": (
        manifest(usage("u", "gamma", "public")),
        {},
        {"policies/bundle.yaml": {"fail_on": "warning"}},
        [("blocking", "u gamma audited", "fail", "fail", "policy", "bundle fail_on")],
    ),
    "a waiver that comes": (
        BETA,
        {},
        {"policies/waivers.yaml": {"version": 1, "waivers": [WAIVER, {**WAIVER, "policy": "audited"}]}},
        [
            (
                *("loosened", "u beta phi-needs-baa", "fail", "waived", "waiver"),
                "waiver phi-needs-baa on *, *, *",
            )
        ],
    ),
    "a waiver that goes": (
        BETA,
        {"policies/waivers.yaml": {"version": 1, "waivers": [WAIVER]}},
        {"policies/waivers.yaml": {"version": 1, "waivers": []}},
        [
            (
                *("blocking", "u beta phi-needs-baa", "waived", "fail", "waiver"),
                "waiver phi-needs-baa on *, *, *",
            )
        ],
    ),
    "an agreement that comes": (
        U,
        bundle(AGREED, agreements={"agreements": []}),
        bundle(AGREED, agreements={"agreements": [SIGNED, {**SIGNED, "offerings": ["beta"]}]}),
        [("fixed", "u alpha agreed", "fail", "pass", "agreement", "agreement baa with * for *")],
    ),
    "a register that comes": (
        manifest(usage("u", "alpha", agreements=["baa"])),
        bundle(AGREED),
        bundle(AGREED, agreements={"agreements": []}),
        [("blocking", "u alpha agreed", "pass", "fail", "agreement", "bundle agreements register")],
    ),
    "two inputs that only together do it": (
        U,
        {},
        {**alpha(gdpr_dpa=cell("no")), **bundle({**BAA, "require": [{"documented": "gdpr_dpa"}]}, AUDITED)},
        [("blocking", BASE, "pass", "fail", "policy", "policy phi-needs-baa")],
    ),
    "two inputs that each do it": (
        U,
        {},
        {**alpha(hipaa_baa=cell("no")), **bundle({**BAA, "require": [{"covered": "gdpr_dpa"}]}, AUDITED)},
        [("blocking", BASE, "pass", "unknown", "policy registry", "alpha hipaa_baa", "policy phi-needs-baa")],
    ),
}


@pytest.mark.parametrize(("project", "now", "then", "expected"), CHANGES.values(), ids=CHANGES)
def test_every_result_that_changes_is_told_with_its_causes(
    project: dict[str, Any], now: Files, then: Files, expected: list[tuple[Any, ...]], tmp_path: Path
) -> None:
    report = Sides(tmp_path, {MANIFEST: project}, now, then).report()
    assert rows(report) == expected
    assert sum(counts(report).values()) == len(expected)


LOST: Mapping[str, tuple[Files, dict[str, Any], str, list[str], list[str]]] = {
    "an offering": (
        {"registry/offerings/alpha.yaml": None},
        usage("u", "alpha"),
        "`alpha` is not an offering of the registry",
        ["registry"],
        ["alpha"],
    ),
    "a fallback": (
        {"registry/offerings/beta.yaml": None},
        usage("u", "alpha", fallbacks=["beta"]),
        "`beta` is not an offering of the registry",
        ["registry"],
        ["beta"],
    ),
    "a gateway": (
        {"registry/offerings/beta.yaml": None},
        usage("u", "alpha", via="beta"),
        "`beta` is not an offering of the registry",
        ["registry"],
        ["beta"],
    ),
    "an endpoint": (
        {"registry/offerings/alpha.yaml": {**offering("alpha"), "endpoints": ["batch"]}},
        usage("u", "alpha", endpoints=["chat"]),
        "`chat` is not among the endpoints of alpha",
        ["registry"],
        ["alpha"],
    ),
    "a data class": (
        {"policies/bundle.yaml": {"data_classes": []}},
        usage("u", "alpha", "letters"),
        "`letters` is not a data class",
        ["policy"],
        ["bundle data_classes"],
    ),
}
LETTERS: Files = {"policies/bundle.yaml": {"data_classes": ["letters"]}}


@pytest.mark.parametrize(("then", "lost", "said", "causes", "because"), LOST.values(), ids=LOST)
def test_usage_that_could_not_be_judged_any_more_is_refused(
    then: Files, lost: dict[str, Any], said: str, causes: list[str], because: list[str], tmp_path: Path
) -> None:
    sides = Sides(tmp_path, {MANIFEST: manifest(usage("v", "gamma"), lost)}, LETTERS, {**LETTERS, **then})
    report = sides.report()
    (refused,) = report["refused"]
    assert (refused["usage"], refused["causes"], origins(refused["because"])) == ("u", causes, because)
    assert [one["message"] for one in refused["problems"]] == [said]
    assert report["after"]["verdict"] == "refused"
    # What is gone with the usage is told once, and the other usage is judged as before.
    assert rows(report) == []
    assert refused["judged"] > 0
    assert sides.check("then").code == 2
    assert said in sides.check("then").stderr
    assert sides.impact("--fail-when", "new").code == 1
    assert "refused: usage `u` of project `p`" in sides.impact().stdout
    assert said in sides.impact("--format", "markdown").stdout


@pytest.mark.parametrize(("now", "missing", "said", "causes", "because"), LOST.values(), ids=LOST)
def test_usage_that_cannot_be_judged_now_is_new(
    now: Files, missing: dict[str, Any], said: str, causes: list[str], because: list[str], tmp_path: Path
) -> None:
    sides = Sides(tmp_path, {MANIFEST: manifest(usage("v", "gamma"), missing)}, {**LETTERS, **now}, LETTERS)
    report = sides.report()
    assert report["refused"] == []
    (notice,) = report["notices"]
    assert notice["id"] == "not-judged-before"
    assert said in notice["message"]
    found = rows(report)
    assert {row[1].split()[0] for row in found} == {"u"}
    assert all(row[2] is None and row[4] == " ".join(causes) for row in found)
    assert len(found) == len([one for one in json.loads(sides.check("then").stdout)["results"] if judged(one, "u")])


def judged(result: dict[str, Any], usage: str) -> bool:
    return bool(result["usage"] == usage and result["outcome"] != "not_applicable")


def test_many_usages_that_are_lost_are_all_refused(tmp_path: Path) -> None:
    usages = [usage(f"u{number}", "alpha") for number in range(150)]
    sides = Sides(tmp_path, {MANIFEST: manifest(*usages)}, {}, {"registry/offerings/alpha.yaml": None})
    report = sides.report()
    assert counts(report) == {"refused": 150}


def test_places_are_those_of_the_manifest_where_an_earlier_usage_is_lost(tmp_path: Path) -> None:
    usages = ("- {id: u, offering: alpha, data: [phi]}", "- {id: v, offering: beta, data: [public]}")
    project = "\n".join(("version: 1", "project: p", "usages:", *usages, ""))
    then = {"registry/offerings/alpha.yaml": None, "registry/offerings/beta.yaml": offering("beta")}
    (row,) = Sides(tmp_path, {MANIFEST: project}, {}, then).report()["groups"][0]["results"]
    assert (row["usage"], row["location"]["line"]) == ("v", 5)


@pytest.fixture
def sides(tmp_path: Path) -> Sides:
    """Two usages: one that newly blocks and one that does as before; one cell and one policy without effect."""
    now = {**alpha(), "policies/rules.yaml": policies(BAA, AUDITED)}
    without_effect = {"registry/offerings/gamma.yaml": offering("gamma", hipaa_baa=cell("no"))}
    then = {
        **alpha(hipaa_baa=cell("no")),
        **without_effect,
        "policies/rules.yaml": policies(BAA, {**AUDITED, "title": "T"}),
    }
    return Sides(tmp_path, {MANIFEST: manifest(usage("u", "alpha"), usage("v", "beta"))}, now, then)


@pytest.mark.parametrize(
    ("fail_when", "code"), [((), 0), (("new",), 1), (("worse",), 1), (("any",), 1), (("never",), 0)], ids=str
)
def test_exit_code_is_asked_for(fail_when: tuple[str, ...], code: int, sides: Sides) -> None:
    for format in ("text", "json", "markdown"):
        ended = sides.impact("--format", format, *(f"--fail-when={word}" for word in fail_when))
        assert ended.code == code
        assert ended.stdout


def test_what_is_better_fails_only_where_any_change_does(tmp_path: Path) -> None:
    sides = Sides(tmp_path, {MANIFEST: U}, alpha(hipaa_baa=cell("no")), {})
    codes = {word: sides.impact("--fail-when", word).code for word in ("new", "worse", "any", "never")}
    assert codes == {"new": 0, "worse": 0, "any": 1, "never": 0}


def test_what_is_worse_and_does_not_block_fails_only_where_that_is_asked_for(tmp_path: Path) -> None:
    sides = Sides(tmp_path, {MANIFEST: U}, {}, alpha(soc2_type2=cell("no")))
    codes = {word: sides.impact("--fail-when", word).code for word in ("new", "worse", "any", "never")}
    assert codes == {"new": 0, "worse": 1, "any": 1, "never": 0}
    assert sides.impact("--fail-when", "new", "--fail-on", "warning").code == 1


def test_what_changes_nothing_is_counted(sides: Sides) -> None:
    assert "2 further cells and 1 further edit change no result" in sides.impact().stdout


def test_policy_that_is_weaker_without_effect_is_named(tmp_path: Path) -> None:
    then = bundle({**BAA, "severity": "note"}, AUDITED)
    text = Sides(tmp_path, {MANIFEST: U}, {}, then).impact().stdout
    assert "changes no result here, but is weaker: policy `phi-needs-baa`: severity error -> note" in text


def test_results_that_pass_and_are_no_longer_judged_are_counted(tmp_path: Path) -> None:
    project = manifest(*(usage(f"u{number}", "alpha") for number in range(3)), usage("v", "beta"))
    sides = Sides(tmp_path, {MANIFEST: project}, {}, bundle(AUDITED))
    text = sides.impact().stdout
    assert "no longer judged: 3 results that passed" in text
    assert "no longer judged: error[phi-needs-baa]: usage `v` with beta, project `p`: fail -> not there" in text
    assert counts(sides.report()) == {"dropped": 4}


def test_results_that_pass_and_that_a_policy_no_longer_applies_to_are_counted(tmp_path: Path) -> None:
    project = manifest(*(usage(f"u{number}", "alpha") for number in range(3)), usage("v", "beta"))
    then = bundle({**BAA, "when": {"in": ["pci", {"var": "usage.data"}]}}, AUDITED)
    text = Sides(tmp_path, {MANIFEST: project}, {}, then).impact().stdout
    assert "no longer judged: 3 results that passed" in text
    assert "usage `v` with beta, project `p`: fail -> not applicable" in text


def test_many_manifests_are_judged_as_check_does(tmp_path: Path) -> None:
    files = {"a/vendorgate.yaml": U, "b/vendorgate.yaml": manifest(usage("u", "alpha"), project="q")}
    sides = Sides(tmp_path, files, {}, alpha(hipaa_baa=cell("no")))
    report = sides.report(manifests=("*/vendorgate.yaml",))
    assert [one["path"] for one in report["manifests"]] == sorted(files)
    assert [one["project"] for one in report["groups"][0]["results"]] == ["p", "q"]


@pytest.mark.parametrize("option", ["--to", "--policies-to"])
def test_what_is_not_named_is_the_same_on_both_sides(option: str, sides: Sides) -> None:
    shutil.copytree(sides.folder / "now" / "policies", sides.folder / "policies")
    shutil.copytree(sides.folder / "now" / "registry", sides.folder / "registry-snapshot")
    there = {"--to": "then/registry", "--policies-to": "then/policies"}[option]
    ended = vendorgate("impact", option, there, "--as-of", DAY, "--format", "json", folder=sides.folder)
    used, day, *more = ended.stderr.splitlines()
    assert (used, day.split(",")[0], more) == ("using policies/ and registry-snapshot/", f"as of {DAY}", [])
    report = json.loads(ended.stdout)
    same, other = ("bundle", "registry") if option == "--to" else ("registry", "bundle")
    assert report["before"][same] == report["after"][same]
    assert report["before"][other] != report["after"][other]


def test_policies_and_registry_are_other_names_of_what_judges_now(sides: Sides) -> None:
    inputs = ("--policies", "now/policies", "--registry", "now/registry", "--to", "then/registry", "--as-of", DAY)
    ended = vendorgate("impact", *inputs, "--policies-to", "then/policies", folder=sides.folder)
    assert ended == sides.impact()


def test_packs_are_in_force_on_both_sides(tmp_path: Path) -> None:
    files = {
        "policies/bundle.yaml": {"optional_packs": ["extra"]},
        "policies/extra/rules.yaml": policies({**AGREED, "id": "extra"}),
    }
    sides = Sides(tmp_path, {MANIFEST: U}, files, files)
    counted = [sides.report(*more) for more in ((), ("--pack", "extra"))]
    for side in ("before", "after"):
        assert [sum(report[side]["summary"][name] for name in ("pass", "fail")) for report in counted] == [2, 3]
    assert not any(report["groups"] for report in counted)


def pin(sides: Sides, registry: str, *names: str) -> str:
    """Let the bundles of some sides pin the registry of one; its digest."""
    digest: str = sides.report()[registry]["registry"]["sha256"]
    for name in names:
        sides.write({f"{name}/policies/bundle.yaml": {"registry": {"sha256": digest}}})
    return digest


@pytest.mark.parametrize(
    ("registry", "said"),
    [("before", "does not pin the registry that is to be adopted"), ("after", "does not pin the registry of today")],
)
def test_pin_of_one_registry_is_told_and_stops_nothing(registry: str, said: str, sides: Sides) -> None:
    digest = pin(sides, registry, "now")
    inputs = ("--from", "now/registry", "--to", "then/registry", "--policies", "now/policies", "--as-of", DAY)
    ended = vendorgate("impact", *inputs, "--format", "json", folder=sides.folder)
    report = json.loads(ended.stdout)
    (notice,) = report["notices"]
    assert notice["id"] == "pins-another-registry"
    assert said in notice["message"]
    assert report["after"]["registry"]["sha256"] in notice["message"]
    assert report[registry]["registry"]["sha256"] == digest


def test_pin_of_other_policies_is_held_against_the_registry_that_comes_with_them(sides: Sides) -> None:
    pin(sides, "before", "now", "then")
    ended = sides.impact()
    assert ended.code == 2
    assert "and the bundle pins another (on the to side)" in ended.stderr


def test_offering_that_is_not_valid_and_that_nobody_names_stops_nothing(tmp_path: Path) -> None:
    then = {"registry/offerings/gamma.yaml": {"id": "gamma"}, "registry/offerings/beta.yaml": offering("beta")}
    report = Sides(tmp_path, {MANIFEST: U}, {}, then).report()
    (notice,) = report["notices"]
    assert (notice["id"], "`gamma`" in notice["message"]) == ("invalid-offering", True)
    assert {one["offering"] for one in report["without_effect"]["registry"]} == {"beta"}


BROKEN: Mapping[str, tuple[Files, Files, str]] = {
    "policy of the to side": ({}, bundle({**BAA, "require": [{"covered": "hippa_baa"}]}), "(on the to side)"),
    "policy of the from side": (bundle({**BAA, "severity": "eror"}), {}, "(on the from side)"),
    "offering of the to side": ({}, alpha(hipaa_baa={"value": 1}), "(on the to side)"),
    "register of the to side": ({}, {"policies/agreements.yaml": {"version": 2}}, "(on the to side)"),
    "waivers of the to side": ({}, {"policies/waivers.yaml": "{"}, "(on the to side)"),
    "snapshot of the to side": ({}, {"registry/snapshot.yaml": {"version": 1}}, "(on the to side)"),
}


@pytest.mark.parametrize(("now", "then", "said"), BROKEN.values(), ids=BROKEN)
def test_what_is_not_valid_is_said_with_its_side(now: Files, then: Files, said: str, tmp_path: Path) -> None:
    ended = Sides(tmp_path, {MANIFEST: U}, now, then).impact()
    assert (ended.code, ended.stdout) == (2, "")
    assert said in ended.stderr


def test_all_problems_of_both_sides_and_of_manifests_are_said_together(tmp_path: Path) -> None:
    now = bundle({**BAA, "severity": "eror"})
    then = bundle({**BAA, "on_unknown": "fial"})
    ended = Sides(tmp_path, {MANIFEST: {"version": 2}}, now, then).impact()
    assert ended.code == 2
    for words in ("eror", "fial", "vendorgate.yaml:1", "(on the from side)", "(on the to side)"):
        assert words in ended.stderr


def test_mistake_of_a_manifest_is_said_once_and_of_no_side(tmp_path: Path) -> None:
    ended = Sides(tmp_path, {MANIFEST: manifest(usage("u", "alhpa"))}).impact()
    assert ended.code == 2
    assert ended.stderr.count("`alhpa` is not an offering of the registry") == 1
    assert "did you mean `alpha`?" in ended.stderr
    assert "side" not in ended.stderr


WRONG: Mapping[str, tuple[tuple[str, ...], str]] = {
    "nothing to adopt": (("impact", MANIFEST), "nothing to compare with"),
    "no such snapshot": (("impact", MANIFEST, "--to", "nowhere"), "nowhere:1:1"),
    "a file as a snapshot": (("impact", MANIFEST, "--to", MANIFEST), MANIFEST),
    "no such bundle": (("impact", MANIFEST, "--policies-to", "nowhere"), "no such file"),
    "no such manifest": (("impact", "nowhere.yaml", "--to", "then/registry"), "no such file"),
    "a glob without a match": (("impact", "x/*.yaml", "--to", "then/registry"), "no manifest matches"),
    "a day that does not exist": (("impact", MANIFEST, "--to", "then/registry", "--as-of", "2026-02-30"), "YYYY-MM-DD"),
    "another word for --fail-when": (("impact", MANIFEST, "--to", "then/registry", "--fail-when", "error"), "new"),
    "another severity": (("impact", MANIFEST, "--to", "then/registry", "--fail-on", "eror"), "error"),
    "another format": (("impact", MANIFEST, "--to", "then/registry", "--format", "sarif"), "markdown"),
    "a pack that does not exist": (
        ("impact", MANIFEST, "--to", "then/registry", "--policies", "now/policies", "--pack", "hippa"),
        "did you mean `hipaa`?",
    ),
    "an option with a typo": (("impact", MANIFEST, "--too", "x"), "--to"),
}


@pytest.mark.parametrize(("arguments", "said"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_done_is_said_on_stderr_alone(arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    sides = Sides(tmp_path, {MANIFEST: U})
    ended: Ended = vendorgate(*arguments, folder=sides.folder)
    assert (ended.code, ended.stdout) == (2, "")
    assert said in ended.stderr


def test_threshold_is_not_laxer_than_the_bundles(tmp_path: Path) -> None:
    strict = {"policies/bundle.yaml": {"fail_on": "note"}}
    ended = Sides(tmp_path, {MANIFEST: U}, strict).impact("--fail-on", "warning")
    assert ended.code == 2
    assert "laxer than the bundle's fail_on" in ended.stderr


def test_without_a_manifest_the_one_that_is_here_is_judged(tmp_path: Path) -> None:
    sides = Sides(tmp_path, {})
    ended = vendorgate("impact", "--to", "then/registry", folder=tmp_path)
    assert (ended.code, "no vendorgate.yaml or vendorgate.yml here" in ended.stderr) == (2, True)
    sides.write({MANIFEST: U})
    assert sides.impact(manifests=()) == sides.impact()


def test_day_is_the_same_on_both_sides(tmp_path: Path) -> None:
    sides = Sides(tmp_path, {MANIFEST: U})
    report = sides.report("--as-of", "2030-01-01")
    assert report["groups"] == []
    assert report["before"]["summary"]["unknown"] == report["after"]["summary"]["unknown"] == 2
