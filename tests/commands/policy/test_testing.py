"""`vendorgate policy test`: what passes, what fails, what is refused, in every format."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.command import vendorgate
from tests.commands.policy.bundles import PHI, REGISTRY, Part, policies, policy, run, write

OPENAI = {"offering": "openai-api", "data": ["phi"]}
COVERED = {
    **OPENAI,
    "endpoints": ["responses"],
    "models": ["gpt-5.2"],
    "settings": {"zero_data_retention": True},
}
ZERO = {"soc2_type2": {"value": "no"}}


def case(expect: Any, usage: Part | None = None, name: str = "case", **more: Any) -> Part:
    return {"name": name, "usage": usage or OPENAI, "expect": expect, **more}


def report_of(folder: Path, *entries: Part, files: Part | None = None, arguments: tuple[str, ...] = ()) -> Any:
    write(folder, {"p.yaml": policies(*entries), **(files or {})})
    ended = run("test", ".", "--format", "json", "--as-of", "2026-11-24", *arguments, folder=folder)
    assert ended.code in (0, 1), ended.stderr
    report = json.loads(ended.stdout)
    assert (ended.code == 1) == (report["summary"]["failed"] > 0)
    return report


def outcome(folder: Path, test: Part, **more: Any) -> str:
    """What a policy comes to in a test, whatever the test expects."""
    (found,) = report_of(folder, policy(tests=[test], **more))["tests"]
    (one,) = found["found"].values()
    assert found["passed"] == (one == test["expect"])
    return str(one)


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        (case("fail"), "fail"),
        (case("pass"), "fail"),
        (case("pass", COVERED, agreements=["baa", "zdr"]), "pass"),
        (case("pass", COVERED, agreements=["baa"]), "fail"),
        (case("pass", {**COVERED, "agreements": ["baa", "zdr"]}), "pass"),
        (case("fail", {**COVERED, "agreements": ["baa", "zdr"]}, agreements=[]), "fail"),
        (case("unknown", {**COVERED, "settings": {}}, agreements=["baa", "zdr"]), "unknown"),
        (case("not_applicable", {"offering": "openai-api", "data": ["pii"]}), "not_applicable"),
    ],
)
def test_policy_comes_to_what_its_evaluator_says(tmp_path: Path, test: Part, expected: str) -> None:
    assert outcome(tmp_path, test) == expected


def test_whole_agreements_count_as_a_register(tmp_path: Path) -> None:
    def with_polarity(**more: Any) -> list[Part]:
        common = {"offerings": ["openai-*"], "status": "executed", "signed": "2026-01-01", **more}
        return [{"kind": kind, **common} for kind in ("baa", "zdr")]

    assert outcome(tmp_path, case("pass", COVERED, agreements=with_polarity())) == "pass"
    assert outcome(tmp_path, case("pass", COVERED, agreements=with_polarity(expires="2026-11-24"))) == "pass"
    assert outcome(tmp_path, case("fail", COVERED, agreements=with_polarity(expires="2026-11-23"))) == "fail"
    assert outcome(tmp_path, case("fail", COVERED, agreements=with_polarity(offerings=["azure-*"]))) == "fail"


def test_nothing_is_known_of_an_agreement_that_is_only_a_kind(tmp_path: Path) -> None:
    require = [{">=": [{"days_until": {"var": "agreements.baa.expires"}}, 1]}]
    assert outcome(tmp_path, case("unknown", agreements=["baa"]), require=require) == "unknown"


def test_agreements_of_a_test_count_for_every_route(tmp_path: Path) -> None:
    usage = {**OPENAI, "fallbacks": ["azure-openai"], "via": "openrouter"}
    assert outcome(tmp_path, case("pass", usage, agreements=["baa"]), require=[{"agreement": "baa"}]) == "pass"


def test_the_worst_route_decides(tmp_path: Path) -> None:
    usage = {**COVERED, "fallbacks": ["azure-openai"]}
    assert outcome(tmp_path, case("fail", usage, agreements=["baa", "zdr"])) != "pass"


def test_register_and_waivers_of_the_bundle_are_not_seen(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "agreements.yaml": {
                "version": 1,
                "agreements": [{"kind": "baa", "offerings": ["*"], "status": "executed", "signed": "2026-01-01"}],
            },
            "waivers.yaml": {
                "version": 1,
                "waivers": [{"policy": "*", "reason": "r", "approved_by": "a", "expires": "2030-01-01"}],
            },
        },
    )
    assert outcome(tmp_path, case("fail"), require=[{"agreement": "baa"}]) == "fail"


def test_demands_of_the_bundle_are_seen(tmp_path: Path) -> None:
    write(tmp_path, {"bundle.yaml": {"registry": {"max_evidence_age_days": 1}}})
    assert outcome(tmp_path, case("unknown"), require=[{"covered": "iso_27001"}]) == "unknown"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ({"value": "no"}, "fail"),
        ({"value": "unclear"}, "unknown"),
        ({"verified": None}, "unknown"),
        ({"confidence": "high"}, "pass"),
        (None, "unknown"),
        ({"scope": {"regions": {"only": ["eu"]}}}, "unknown"),
        ({"conditions": [{"agreement": "nda"}]}, "fail"),
    ],
)
def test_registry_can_be_overridden(tmp_path: Path, cell: Any, expected: str) -> None:
    test = case("pass", registry={"openai-api": {"dimensions": {"iso_27001": cell}}})
    assert outcome(tmp_path, test, require=[{"covered": "iso_27001"}]) == expected


def test_override_is_seen_by_its_own_test_alone(tmp_path: Path) -> None:
    tests = [
        case("fail", name="one", registry={"openai-api": {"dimensions": {"iso_27001": {"value": "no"}}}}),
        case("pass", name="two"),
    ]
    report = report_of(tmp_path, policy(require=[{"covered": "iso_27001"}], tests=tests))
    assert [one["found"]["usage"] for one in report["tests"]] == ["fail", "pass"]


def test_test_has_a_day_of_its_own(tmp_path: Path) -> None:
    require = [{"<=": [{"days_until": "2026-12-01"}, 7]}]
    assert outcome(tmp_path, case("pass", as_of="2026-11-24"), require=require) == "pass"
    assert outcome(tmp_path, case("fail", as_of="2026-11-23"), require=require) == "fail"


def test_expected_reason_must_be_given(tmp_path: Path) -> None:
    tests = [
        case("fail", name="right", reason="agreement `baa` is not in force"),
        case("fail", name="wrong", reason="the moon is full"),
        case("fail", name="whole requirement", reason="hipaa_baa is not covered"),
    ]
    found = report_of(tmp_path, policy(tests=tests))["tests"]
    assert [one["passed"] for one in found] == [True, False, True]
    assert found[1]["mistakes"] == ["no reason says `the moon is full`"]


MANIFEST = {
    "version": 1,
    "project": "p",
    "usages": [{"id": "a", **COVERED}, {"id": "b", **OPENAI}, {"id": "c", "offering": "openai-api", "data": ["pii"]}],
}


def filed(*tests: Part) -> Part:
    return {"p.test.yaml": {"version": 1, "tests": [{"policy": "example", **one} for one in tests]}}


def test_whole_manifest_is_judged(tmp_path: Path) -> None:
    tests = filed(
        {"name": "worst", "manifest": MANIFEST, "expect": "fail", "agreements": ["baa", "zdr"]},
        {
            "name": "each",
            "manifest": MANIFEST,
            "expect": {"a": "pass", "b": "unknown", "c": "not_applicable"},
            "agreements": ["baa", "zdr"],
        },
    )
    found = report_of(tmp_path, policy(), files=tests)["tests"]
    assert [one["name"] for one in found] == ["it can fail", "worst", "each"]
    assert found[1]["mistakes"] == ["expected fail, found unknown"]
    assert found[2]["found"] == {"a": "pass", "b": "unknown", "c": "not_applicable"}
    assert found[2]["passed"]


def test_mistake_names_the_usage(tmp_path: Path) -> None:
    tests = filed({"name": "each", "manifest": MANIFEST, "expect": {"a": "pass", "b": "pass"}, "agreements": []})
    found = report_of(tmp_path, policy(tests=None), files=tests)["tests"]
    assert found[0]["mistakes"] == [
        "usage `a`: expected pass, found fail",
        "usage `b`: expected pass, found fail",
    ]


@pytest.mark.parametrize(
    ("test", "words"),
    [
        ({"name": "n", "expect": "pass"}, ["neither `usage` nor `manifest`"]),
        ({"name": "n", "expect": "pass", "usage": OPENAI, "manifest": MANIFEST}, ["both `usage` and `manifest`"]),
        (
            {"policy": "exmaple", "name": "n", "expect": "pass", "usage": OPENAI},
            ["`exmaple` is not a policy"],
        ),
        ({"name": "n", "expect": {"d": "pass"}, "manifest": MANIFEST}, ["no usage `d`", "p.test.yaml"]),
        ({"name": "n", "expect": {}, "manifest": MANIFEST}, ["expects nothing"]),
        ({"name": "n", "expect": "passes", "usage": OPENAI}, ["did you mean `pass`?"]),
        ({"name": "n", "expect": "pass", "usage": {**OPENAI, "data": ["phl"]}}, ["`phl`", "did you mean `phi`?"]),
        (
            {"name": "n", "expect": "pass", "usage": {**OPENAI, "endpoints": ["chat"]}},
            ["`chat` is not among"],
        ),
        (
            {"name": "n", "expect": "pass", "usage": {**OPENAI, "offering": "opneai-api"}},
            ["did you mean `openai-api`?"],
        ),
        ({"name": "n", "expect": "pass", "usage": OPENAI, "registry": {"openai": {}}}, ["`openai` is not an offering"]),
        (
            {
                "name": "n",
                "expect": "pass",
                "usage": OPENAI,
                "registry": {"openai-api": {"dimensions": {"hippa_baa": {}}}},
            },
            ["unknown key `hippa_baa`", "did you mean `hipaa_baa`?"],
        ),
        (
            {
                "name": "n",
                "expect": "pass",
                "usage": OPENAI,
                "registry": {"openai-api": {"dimensions": {"hipaa_baa": {"conditions": [{"agrement": "baa"}]}}}},
            },
            ["unknown operator `agrement`", "p.test.yaml"],
        ),
        (
            {"name": "n", "expect": "pass", "usage": OPENAI, "agreements": [{"kind": "baa"}, "zdr"]},
            ["`offerings` is missing"],
        ),
        (
            {
                "name": "n",
                "expect": "pass",
                "usage": OPENAI,
                "agreements": [
                    {"kind": "baa", "offerings": ["*"], "status": "executed", "signed": "2026-01-01"},
                    "zdr",
                ],
            },
            ["`zdr` alone beside whole agreements"],
        ),
        (
            {
                "name": "n",
                "expect": "pass",
                "usage": OPENAI,
                "agreements": [
                    {
                        "kind": "baa",
                        "offerings": ["*"],
                        "status": "executed",
                        "signed": "2026-01-01",
                        "expires": "2025-01-01",
                    }
                ],
            },
            ["before it is signed"],
        ),
        (
            {"name": "n", "expect": "pass", "manifest": {**MANIFEST, "usages": [MANIFEST["usages"][0]] * 2}},  # type: ignore[index]
            ["the id `a` is used twice"],
        ),
    ],
)
def test_mistake_in_a_test_is_refused_with_its_place(tmp_path: Path, test: Part, words: list[str]) -> None:
    write(tmp_path, {"p.yaml": policies(policy(tests=None)), **filed(test)})
    ended = run("test", ".", folder=tmp_path)
    assert ended.code == 2
    assert ended.stdout == ""
    assert "p.test.yaml:1:" in ended.stderr
    for word in words:
        assert word in ended.stderr


def test_bundle_without_tests_fails(tmp_path: Path) -> None:
    write(tmp_path, {"p.yaml": policies(policy(tests=None))})
    ended = run("test", ".", folder=tmp_path)
    assert ended.code == 2
    assert "no tests to run" in ended.stderr


def test_filter_that_matches_nothing_fails(tmp_path: Path) -> None:
    write(tmp_path, {"p.yaml": policies(policy())})
    assert run("test", ".", "-k", "nothing", folder=tmp_path).code == 2


@pytest.mark.parametrize(("wanted", "count"), [("one", 1), ("ONE", 1), ("example::", 2), ("ex*two", 1), ("a::o?e", 0)])
def test_filter_is_by_policy_and_name(tmp_path: Path, wanted: str, count: int) -> None:
    tests = [case("fail", name="one"), case("fail", name="two")]
    write(tmp_path, {"p.yaml": policies(policy(tests=tests))})
    ended = run("test", ".", "--format", "json", "-k", wanted, folder=tmp_path)
    assert ended.code == (0 if count else 2)
    if count:
        assert len(json.loads(ended.stdout)["tests"]) == count


def test_policy_file_named_like_tests_is_refused_by_a_check(tmp_path: Path) -> None:
    """A policy that a name switches off would be the worst of all typos."""
    write(
        tmp_path,
        {
            "vendorgate.yaml": {"version": 1, "project": "p", "usages": [{"id": "u", **OPENAI}]},
            "policies/p.yaml": policies(policy()),
            "policies/q.test.yaml": policies(policy("another")),
        },
    )
    ended = vendorgate("check", "--registry", str(REGISTRY), folder=tmp_path)
    assert ended.code == 2
    assert "unknown key `policies`" in ended.stderr
    assert "policies/q.test.yaml" in ended.stderr


def test_check_leaves_tests_alone(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "vendorgate.yaml": {"version": 1, "project": "p", "usages": [{"id": "u", **OPENAI}]},
            "policies/p.yaml": policies(policy()),
            "policies/p.test.yaml": {"version": 1, "tests": [{"name": "a mistake", "policy": 7}]},
        },
    )
    assert vendorgate("check", "--registry", str(REGISTRY), folder=tmp_path).code == 1
    assert run("test", "policies", folder=tmp_path).code == 2


def test_untested_policies_are_named(tmp_path: Path) -> None:
    report = report_of(tmp_path, policy(), policy("another", tests=None))
    assert report["untested"] == ["another"]
    assert "no tests: `another`" in run("test", ".", folder=tmp_path).stdout


def test_threshold_decides_the_exit_code(tmp_path: Path) -> None:
    write(tmp_path, {"p.yaml": policies(policy())})
    assert run("test", ".", "--coverage", folder=tmp_path).code == 0
    assert run("test", ".", "--threshold", "0", folder=tmp_path).code == 0
    ended = run("test", ".", "--threshold", "100", folder=tmp_path)
    assert ended.code == 1
    assert "coverage 40%, wanted 100%" in ended.stdout
    assert "p.yaml:1:" in ended.stdout
    assert run("test", ".", "--threshold", "40", folder=tmp_path).code == 0
    assert run("test", ".", "--threshold", "41", folder=tmp_path).code == 1


def test_condition_that_no_test_comes_to_is_said_to_be_never_judged(tmp_path: Path) -> None:
    either = {"or": [{"covered": "soc2_type2"}, {"==": [{"var": "usage.region"}, "us"]}]}
    write(tmp_path, {"p.yaml": policies(policy(require=[either], tests=[case("pass")]))})
    ended = run("test", ".", "--coverage", folder=tmp_path)
    assert ended.code == 0, ended.stdout
    assert "never judged: usage.region == `us`" in ended.stdout
    assert "never false or unknown: soc2_type2 is covered\n" in ended.stdout


HOSTILE = "x\x1b[31m]]>&<b>\u202e ::error::\ufffe"


def test_junit_is_well_formed_and_counts(tmp_path: Path) -> None:
    tests = [case("fail", name="right"), case("pass", name=json.loads(json.dumps(HOSTILE)).replace("\ufffe", ""))]
    write(tmp_path, {"p.yaml": policies(policy(title=HOSTILE.replace("\ufffe", ""), tests=tests), policy("another"))})
    ended = run("test", ".", "--format", "junit", "--threshold", "100", folder=tmp_path)
    assert ended.code == 1
    root = ElementTree.fromstring(ended.stdout)
    suites = root.findall("testsuite")
    assert [suite.get("name") for suite in suites] == ["example", "another", "coverage"]
    assert [suite.get("tests") for suite in suites] == ["2", "1", "1"]
    assert [suite.get("failures") for suite in suites] == ["1", "0", "1"]
    assert root.get("tests") == "4"
    assert root.get("failures") == "2"
    for suite in suites:
        assert int(suite.get("tests", "")) == len(suite.findall("testcase"))
        assert int(suite.get("failures", "")) == len(suite.findall("testcase/failure"))
    assert "\x1b" not in ended.stdout
    assert "\u202e" not in ended.stdout


def test_text_lets_no_control_character_through(tmp_path: Path) -> None:
    tests = [case("pass", name=HOSTILE.replace("\ufffe", ""))]
    write(tmp_path, {"p.yaml": policies(policy(tests=tests, remediation=HOSTILE.replace("\ufffe", "")))})
    ended = run("test", ".", "--coverage", folder=tmp_path)
    assert ended.code == 1
    assert "\x1b" not in ended.stdout
    assert "\u202e" not in ended.stdout
    assert not any(line.startswith("::") for line in ended.stdout.splitlines())


def test_reports_go_to_files_too(tmp_path: Path) -> None:
    write(tmp_path / "bundle", {"p.yaml": policies(policy())})
    arguments = ("--output", "junit=j.xml", "--output", "json=r.json", "--coverage")
    ended = run("test", "bundle", *arguments, folder=tmp_path)
    assert ended.code == 0
    ElementTree.fromstring((tmp_path / "j.xml").read_text(encoding="utf-8"))
    assert json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["coverage"]["percent"] == 40
    refused = run("test", "bundle", "--output", "json=bundle/p.yaml", folder=tmp_path)
    assert refused.code == 2
    assert "would overwrite an input" in refused.stderr


def test_same_inputs_give_the_same_bytes(tmp_path: Path) -> None:
    write(tmp_path, {"p.yaml": policies(policy(), policy("another", when={"!": PHI}))})
    arguments = ("test", ".", "--coverage", "--format", "json", "--as-of", "2026-11-24")
    assert run(*arguments, folder=tmp_path) == run(*arguments, folder=tmp_path)
