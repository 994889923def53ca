"""Fleet policies in the commands for policies: tested, listed, shown, told in English, in the handbook."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

from tests.command import ROOT
from tests.commands.policy.bundles import Part, policies, policy, run, write
from tests.evaluate.fleets import VENDORS

OPENAI: Part = {"offering": "openai-api", "data": ["phi"]}
CLAUDE: Part = {"offering": "anthropic-api", "data": ["phi"]}
GEMINI: Part = {"offering": "gemini-api", "data": ["phi"]}
ACME: Part = {"offering": "unlisted", "vendor": "Acme", "data": ["phi"]}


def rule(*tests: Part, **more: Any) -> Part:
    whole = {"id": "two-vendors", "title": "At most two vendors see PHI", "require": [{"<=": [VENDORS, 2]}]}
    return {"version": 1, "fleet_policies": [{**whole, "tests": [*tests], **more}]}


def case(expect: str, *usages: Part, name: str = "case", **more: Any) -> Part:
    return {"name": name, "usages": [*usages], "expect": expect, **more}


def tried(folder: Path, fleet: Part, *arguments: str, code: int = 0) -> Any:
    write(folder, {"p.yaml": policies(policy()), "fleet.yaml": fleet})
    ended = run("test", ".", "--format", "json", "--as-of", "2026-11-24", *arguments, folder=folder)
    assert ended.code == code, ended.stderr
    return json.loads(ended.stdout)


@pytest.mark.parametrize(
    ("test", "found"),
    [
        (case("pass"), "pass"),
        (case("pass", OPENAI, CLAUDE, {**GEMINI, "data": ["public"]}), "pass"),
        (case("fail", OPENAI, CLAUDE, GEMINI), "fail"),
        (case("pass", OPENAI, {**CLAUDE, "fallbacks": ["openai-api"]}), "pass"),
        (case("fail", OPENAI, {**CLAUDE, "fallbacks": ["gemini-api"]}), "fail"),
        (case("unknown", OPENAI, CLAUDE, ACME), "unknown"),
        (case("unknown", OPENAI, ACME, {**ACME, "vendor": "Bolt"}), "unknown"),
    ],
)
def test_a_test_gives_usages_and_says_what_the_policy_comes_to(test: Part, found: str, tmp_path: Path) -> None:
    report = tried(tmp_path, rule(test), "-k", "two-vendors")
    (one,) = report["tests"]
    assert (one["policy"], one["passed"], one["found"]) == ("two-vendors", True, {"usages": found})
    assert report["untested"] == []


def test_a_usage_of_a_test_says_whose_it_is(tmp_path: Path) -> None:
    owned = {"all": [{"var": "usages"}, {"==": [{"var": "project.owner"}, "care"]}]}
    in_acme = {"none": [{"var": "usages"}, {"matches": [{"var": "repository"}, "acme/*"]}]}
    named = {"some": [{"var": "usages"}, {"==": [{"var": "project.name"}, "tests"]}]}
    care, unowned = {**OPENAI, "owner": "care", "repository": "other/x"}, {**OPENAI, "project": "clinic"}
    other = {**care, "owner": "x"}
    tests = [case("pass", care, name="a"), case("unknown", care, unowned, name="b"), case("fail", other, name="c")]
    report = tried(tmp_path, rule(*tests, require=[owned, in_acme, named]), "-k", "two-vendors")
    assert [one["found"]["usages"] for one in report["tests"]] == ["pass", "unknown", "fail"]


def test_a_test_says_its_day_and_the_reason_that_it_expects(tmp_path: Path) -> None:
    later = {"<": [{"var": "today"}, "2027-01-01"]}
    tests = [
        case("fail", name="later", as_of="2027-01-01"),
        case("fail", OPENAI, CLAUDE, GEMINI, name="three", reason="3 distinct values of offering.platform"),
    ]
    report = tried(tmp_path, rule(*tests, require=[later, {"<=": [VENDORS, 2]}]), "-k", "two-vendors")
    assert report["summary"]["failed"] == 0


def test_a_test_that_fails_is_told_with_what_was_counted(tmp_path: Path) -> None:
    fleet = rule(case("pass", OPENAI, CLAUDE, GEMINI, ACME, reason="none"))
    write(tmp_path, {"p.yaml": policies(policy()), "fleet.yaml": fleet})
    arguments = ("test", ".", "-k", "two-vendors", "--as-of", "2026-11-24")
    told = run(*arguments, folder=tmp_path)
    assert told.code == 1
    assert "expected pass, found fail" in told.stdout
    assert "no reason says `none`" in told.stdout
    assert "fail on all usages" in told.stdout
    assert "1x Anthropic" in told.stdout
    assert "usage `usage-4` of tests, unlisted (Acme)" in told.stdout
    junit = run(*arguments, "--format", "junit", folder=tmp_path)
    assert "3 to 4 distinct values" in "".join(ElementTree.fromstring(junit.stdout).itertext())


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        (case("pass", {**OPENAI, "data": ["phy"]}), "`phy` is not a data class"),
        (case("pass", {**OPENAI, "offering": "opnai-api"}), "`opnai-api` is not an offering of the registry"),
        (case("pass", {**OPENAI, "endpoints": ["respnses"]}), "respnses"),
        (case("not_applicable", OPENAI), "not_applicable"),
        ({**case("pass", OPENAI), "usage": OPENAI}, "unknown key `usage`"),
        (case("pass", {**OPENAI, "projct": "x"}), "unknown key `projct`"),
    ],
)
def test_a_mistake_in_a_test_is_told_where_it_stands(test: Part, expected: str, tmp_path: Path) -> None:
    write(tmp_path, {"p.yaml": policies(policy()), "fleet.yaml": json.dumps(rule(test), indent=1)})
    ended = run("test", ".", folder=tmp_path)
    assert ended.code == 2
    assert expected in ended.stderr
    lines = json.dumps(rule(test), indent=1).splitlines()
    place = ended.stderr.split("fleet.yaml:")[1].split(":")[0]
    assert any(word in lines[int(place) - 1] for word in ("phy", "opnai", "respnses", "not_app", "usage", "projct"))


def test_the_file_that_the_schema_is_held_to_is_one_that_judges(tmp_path: Path) -> None:
    text = (ROOT / "tests/schema/fleet.yaml").read_text(encoding="utf-8")
    write(tmp_path, {"p.yaml": policies(policy()), "fleet.yaml": text})
    ended = run("test", ".", "-k", "two-vendors-see-phi", folder=tmp_path)
    assert (ended.code, ended.stdout[:5]) == (0, "PASS:"), ended.stderr + ended.stdout


@pytest.mark.parametrize("page", ["how-to/fleet.md", "reference/language.md"])
def test_the_example_of_the_documentation_is_one_that_judges(page: str, tmp_path: Path) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml[ a-z-]*\n(version: 1\nfleet_policies:\n.*?)```", text, re.DOTALL)
    write(tmp_path, {"p.yaml": policies(policy()), "fleet.yaml": example})
    ended = run("test", ".", folder=tmp_path)
    assert (ended.code, "FAIL" in ended.stdout) == (0, False), ended.stderr + ended.stdout
    shown = run("show", "two-vendors-see-phi", "--policies", ".", folder=tmp_path)
    assert "is at most 2." in shown.stdout


def test_the_file_is_formatted_as_a_file_of_policies_is(tmp_path: Path) -> None:
    text = (ROOT / "tests/schema/fleet.yaml").read_text(encoding="utf-8")
    severity, unknown = "    severity: warning\n", "    on_unknown: warn\n"
    untidy = "# ours\n" + text.replace(severity + unknown, unknown + severity)
    write(tmp_path, {"p.yaml": policies(policy()), "fleet.yaml": untidy})
    assert run("fmt", ".", folder=tmp_path).code == 0
    tidy = (tmp_path / "fleet.yaml").read_text(encoding="utf-8")
    assert tidy.startswith("# ours\n")
    assert severity + unknown in tidy
    assert yaml.safe_load(tidy) == yaml.safe_load(untidy)
    assert "\n\n  - id: nobody-uses-chat\n" in tidy
    assert run("fmt", ".", "--check", folder=tmp_path).code == 0


def test_coverage_has_the_conditions_outside_of_usages(tmp_path: Path) -> None:
    tests = [case("pass", name="none"), case("fail", OPENAI, CLAUDE, GEMINI, name="three")]
    either = {"or": [{"<=": [VENDORS, 2]}, {"none": [{"var": "usages"}, True]}]}
    report = tried(tmp_path, rule(*tests, require=[either]), "-k", "two-vendors", "--coverage")
    (covered,) = report["coverage"]["policies"]
    assert [one["missed"] for one in covered["conditions"]] == [["unknown"], ["unknown"], ["unknown"]]
    assert covered["percent"] == 66


def test_a_fleet_policy_without_tests_is_named(tmp_path: Path) -> None:
    assert tried(tmp_path, rule())["untested"] == ["two-vendors"]


def test_fleet_policies_are_listed_shown_and_in_the_handbook(tmp_path: Path) -> None:
    override = {"overrides": [{"policy": "*", "severity": "note", "reason": "we begin"}]}
    files = {"p.yaml": policies(policy()), "fleet.yaml": rule(case("pass")), "bundle.yaml": override}
    write(tmp_path, files)
    listed = run("list", ".", folder=tmp_path).stdout.splitlines()
    assert listed[-1] == "error    two-vendors  At most two vendors see PHI (over all usages of a fleet)"
    shown = run("show", "two-vendors", "--policies", ".", folder=tmp_path).stdout
    assert "Applies to all usages of a fleet together." in shown
    assert (
        "Requires that the number of different values that the serving platform has among those of all usages of"
        " the fleet for which the usage sends `phi` is at most 2."
    ) in shown
    assert "Tests: 1" in shown
    assert "fleet.yaml:1:" in shown
    (one,) = json.loads(run("show", "two-vendors", "--policies", ".", "--format", "json", folder=tmp_path).stdout)[
        "policies"
    ]
    assert (one["fleet"], one["tests"], one["severity"], one["override"]) == (True, 1, "error", None)
    handbook = run("docs", ".", folder=tmp_path).stdout
    assert "| Policies in force | 1 of 1 |\n| Rules over all usages of a fleet | 1 |" in handbook
    assert "## At most two vendors see PHI" in handbook


def test_quantifiers_over_all_usages_read_as_sentences(tmp_path: Path) -> None:
    body = {"==": [{"var": "offering.platform"}, "OpenAI"]}
    write(tmp_path, {"p.yaml": policies(policy()), "fleet.yaml": rule(require=[{"none": [{"var": "usages"}, body]}])})
    shown = run("explain", "two-vendors", "--policies", ".", folder=tmp_path).stdout
    assert "for none of all usages of the fleet: the serving platform is `OpenAI`" in shown
