"""`policy lint` and `policy controls` of `fleet.yaml`: what is asked of policies is asked of rules over all usages."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.commands.policy.bundles import Part, policies, policy, run, write
from tests.evaluate.fleets import VENDORS
from vendorgate.model.frameworks.table import FRAMEWORKS

USAGES, PLATFORM = {"var": "usages"}, {"var": "offering.platform"}
SETTING, FEATURES = {"var": "usage.settings.days"}, {"in": ["web_search", {"var": "usage.features"}]}
THREE = [{"offering": one, "data": ["phi"]} for one in ("openai-api", "anthropic-api", "gemini-api")]
NEVER = {"and": [{"==": [{"var": "usage.tier"}, "free"]}, {"==": [{"var": "usage.tier"}, "enterprise"]}]}


def fleet(*entries: Part) -> Part:
    return {"version": 1, "fleet_policies": [*entries]}


def rule(*require: Any, id: str = "vendors", **more: Any) -> Part:
    """A rule over all usages that no lint dislikes, with something of it replaced; None takes out."""
    whole = {
        "id": id,
        "title": "Vendors",
        "require": [*require] or [{"<=": [VENDORS, 2]}],
        "remediation": "Use another one",
        "references": ["POL-7"],
        "tests": [{"name": "it can fail", "usages": THREE, "expect": "fail"}],
        **more,
    }
    return {key: value for key, value in whole.items() if value is not None}


def bundle(folder: Path, *entries: Part, **files: Any) -> Path:
    named = {name.replace("_", "."): content for name, content in files.items()}
    return write(folder, {"p.yaml": policies(policy()), "fleet.yaml": fleet(*entries), **named})


def linted(folder: Path, *arguments: str) -> dict[str, Any]:
    ended = run("lint", ".", "--format", "json", *arguments, folder=folder)
    assert ended.code in (0, 1), ended.stderr
    found: dict[str, Any] = json.loads(ended.stdout)
    assert (ended.code == 1) == bool(found["findings"])
    return found


def ids(folder: Path, *arguments: str) -> list[str]:
    return [one["id"] for one in linted(folder, *arguments)["findings"]]


def test_a_rule_that_says_what_it_means_is_clean_and_counted(tmp_path: Path) -> None:
    bundle(tmp_path, rule(), rule({"none": [USAGES, True]}, id="nobody"))
    found = linted(tmp_path)
    assert (found["findings"], found["summary"]["policies"]) == ([], 3)
    assert "in 3 policies" in run("lint", ".", folder=tmp_path).stdout


@pytest.mark.parametrize(
    ("changed", "id"),
    [
        ({"tests": None}, "missing-tests"),
        ({"tests": [{"name": "none", "usages": [], "expect": "pass"}]}, "no-failing-test"),
        ({"remediation": None}, "missing-remediation"),
        ({"references": None}, "missing-references"),
        ({"tags": ["a", "b", "a"]}, "repeated-word"),
        ({"on_unknown": "pass"}, "unknown-passes"),
        ({"controls": [{"framework": "hippa", "id": "164.504(e)"}]}, "misspelt-control"),
        ({"controls": [{"framework": "hipaa", "id": "§ 164.504(e)"}]}, "misspelt-control"),
        ({"require": [{"<=": [VENDORS, 2]}, {"<=": [VENDORS, 2]}]}, "duplicate-requirement"),
        ({"require": [{"and": [{"<=": [VENDORS, 2]}]}]}, "redundant-operator"),
        (
            {"require": [{"none": [USAGES, {"!": {"!": [FEATURES]}}]}]},
            "redundant-operator",
        ),
        ({"require": [{">=": [VENDORS, 0]}]}, "never-fails"),
        ({"require": [{"none": [{"filter": [USAGES, NEVER]}, True]}]}, "never-fails"),
        ({"require": [True]}, "never-fails"),
        ({"require": [{"<": [VENDORS, 0]}]}, "never-passes"),
        ({"require": [False]}, "never-passes"),
        ({"require": [{"<=": [VENDORS, 2]}, {">=": [VENDORS, 0]}]}, "constant-condition"),
        ({"require": [{"or": [{"<=": [VENDORS, 2]}, {"some": [USAGES, NEVER]}]}]}, "constant-condition"),
        ({"require": [{"none": [{"filter": [USAGES, True]}, FEATURES]}], "on_unknown": "fail"}, "constant-condition"),
        ({"require": [{"none": [USAGES, FEATURES]}]}, "negated-declaration"),
        ({"require": [{"all": [USAGES, {"<=": [SETTING, 30]}]}]}, "unbounded-setting"),
        ({"require": [{"<=": [{"count_distinct": [{"filter": [USAGES, SETTING]}, PLATFORM]}, 2]}]}, "truth-of-setting"),
        ({"require": [{"none": [USAGES, {"===": [SETTING, False]}]}]}, "denied-setting"),
        ({"require": [{"all": [USAGES, {"==": [SETTING, False]}]}]}, "loose-setting"),
        ({"require": [{"all": [USAGES, {"!": {">": [SETTING, 30]}}]}]}, "negated-order"),
        ({"require": [{"some": [USAGES, {"in": ["care", {"var": "project.owner"}]}]}]}, "part-of-text"),
        ({"require": [{"all": [USAGES, {"<=": [{"days_since": SETTING}, 30]}]}]}, "future-day"),
        ({"require": [{"all": [USAGES, {"in": ["baa", {"var": "usage.agreements"}]}]}]}, "claim-not-agreement"),
    ],
)
def test_what_is_found_in_a_policy_is_found_in_a_rule_over_all_usages(changed: Part, id: str, tmp_path: Path) -> None:
    bundle(tmp_path, rule(**changed))
    found = linted(tmp_path)["findings"]
    assert id in [one["id"] for one in found]
    assert {(one["policy"], one["location"]["path"]) for one in found} == {("vendors", "fleet.yaml")}


@pytest.mark.parametrize(
    "require",
    [
        [{"all": [USAGES, {"<=": [1, SETTING, 30]}]}],
        [{"all": [USAGES, {"<=": [SETTING, 30]}]}, {"all": [USAGES, {">=": [SETTING, 1]}]}],
        [{"none": [{"filter": [USAGES, {"in": ["phi", {"var": "usage.data"}]}]}, {"!==": [SETTING, 30]}]}],
        [{">=": [{"count_distinct": [{"filter": [USAGES, {"===": [SETTING, 30]}]}, PLATFORM]}, 1]}],
        [{"<=": [{"count_distinct": [{"filter": [USAGES, {"!==": [SETTING, 30]}]}, PLATFORM]}, 0]}],
        [{"none": [USAGES, {"matches": [{"var": "repository"}, "attic/*"]}]}],
    ],
)
def test_what_is_meant_is_not_found(require: list[Any], tmp_path: Path) -> None:
    bundle(tmp_path, rule(*require))
    assert ids(tmp_path) == []


def test_a_filter_that_picks_nothing_is_named(tmp_path: Path) -> None:
    bundle(tmp_path, rule({"none": [{"filter": [USAGES, NEVER]}, FEATURES]}))
    messages = [one["message"] for one in linted(tmp_path)["findings"] if one["id"] == "never-fails"]
    assert messages == ["every fleet passes: no usage meets usage.tier == `free` and usage.tier == `enterprise`"]


@pytest.mark.parametrize("require", [{"<": [VENDORS, 0]}, {"<=": [3, VENDORS, 2]}, False])
def test_a_rule_that_no_fleet_can_pass_says_so(require: Any, tmp_path: Path) -> None:
    bundle(tmp_path, rule(require))
    (found,) = linted(tmp_path)["findings"]
    assert found["id"] == "never-passes"
    assert found["message"].startswith("no fleet passes, as this never holds: ")


ALL_PHI, NONE_PHI = ({name: [USAGES, {"in": ["phi", {"var": "usage.data"}]}]} for name in ("all", "none"))
FEW = {"count_distinct": [USAGES, PLATFORM]}


@pytest.mark.parametrize(
    ("require", "is_found"),
    [
        ([{"<=": [FEW, 2]}, {">=": [FEW, 3]}], True),
        ([{"<=": [FEW, 3]}, {">=": [FEW, 3]}], False),
        ([{"<=": [FEW, 2]}, {"==": [FEW, 4]}], True),
        ([{"<": [10, FEW]}, {"<": [FEW, 100]}, {"!==": [FEW, 50]}], False),
        ([{"<": [10, FEW]}, {"<": [FEW, 12]}, {"!==": [FEW, 11]}], True),
        ([{"and": [{"<=": [FEW, 2]}, {">": [FEW, VENDORS]}, {">": [VENDORS, 1]}]}], True),
        ([{"and": [{"<=": [FEW, 2]}, {">": [FEW, VENDORS]}, {">=": [VENDORS, 1]}]}], False),
        ([ALL_PHI, NONE_PHI], True),
        ([ALL_PHI, {"!": NONE_PHI}], False),
        ([ALL_PHI, {"none": [{"filter": [USAGES, FEATURES]}, True]}], False),
    ],
)
def test_requirements_that_exclude_each_other_are_found(require: list[Any], is_found: bool, tmp_path: Path) -> None:
    bundle(tmp_path, rule(*require))
    assert ("never-passes" in ids(tmp_path)) is is_found


def test_a_rule_that_passes_where_nothing_is_known_is_not_said_to_pass_never(tmp_path: Path) -> None:
    exception = {"ignore": "unknown-passes", "policies": ["vendors"], "reason": "we begin"}
    settings = {"version": 1, "lint": [exception]}
    bundle(tmp_path, rule({"<=": [3, VENDORS, 2]}, on_unknown="pass"), bundle_yaml=settings)
    assert ids(tmp_path) == []


def test_two_rules_are_held_against_each_other_and_against_no_policy(tmp_path: Path) -> None:
    more = rule({"<=": [VENDORS, 2]}, {"none": [USAGES, FEATURES]}, id="more")
    bundle(tmp_path, rule(), rule(id="again"), more)
    found = [(one["id"], one["policy"]) for one in linted(tmp_path)["findings"] if one["policy"] != "more"]
    assert found == [("shadowed-policy", "vendors"), ("duplicate-policy", "again")]


def test_a_data_class_that_only_a_rule_over_all_usages_names_is_used(tmp_path: Path) -> None:
    settings = {"version": 1, "data_classes": ["trade_secrets"]}
    picked = {"filter": [USAGES, {"in": ["trade_secrets", {"var": "usage.data"}]}]}
    bundle(tmp_path, rule({"none": [picked, True]}), bundle_yaml=settings)
    assert ids(tmp_path) == []
    bundle(tmp_path, rule(), bundle_yaml=settings)
    assert ids(tmp_path) == ["unused-data-class"]


def test_a_lint_is_switched_off_for_a_rule_over_all_usages(tmp_path: Path) -> None:
    exception = {"ignore": "missing-tests", "policies": ["vendors"], "reason": "we begin"}
    bundle(tmp_path, rule(tests=None), bundle_yaml={"version": 1, "lint": [exception]})
    found = linted(tmp_path)
    assert (found["findings"], found["summary"]["excepted"]) == ([], 1)


def test_fixes_mend_the_file_and_keep_comments(tmp_path: Path) -> None:
    untidy = rule({"and": [{"<=": [VENDORS, 2]}]}, {"<=": [VENDORS, 2]}, tags=["a", "a"])
    both = fleet(rule({"<=": [VENDORS, 1]}, id="first"), untidy)
    lines = yaml.safe_dump(both, sort_keys=False, default_flow_style=None, width=1000)
    bundle(tmp_path)
    write(tmp_path, {"fleet.yaml": f"# ours\n{lines}"})
    assert linted(tmp_path, "--fix")["summary"]["fixed"] == 2
    assert ids(tmp_path) == []
    text = (tmp_path / "fleet.yaml").read_text(encoding="utf-8")
    assert text.startswith("# ours\n")
    mended = yaml.safe_load(text)["fleet_policies"][1]
    assert (mended["require"], mended["tags"]) == ([{"<=": [VENDORS, 2]}], ["a"])


def test_a_typo_in_a_rule_is_refused_with_its_place(tmp_path: Path) -> None:
    bundle(tmp_path, rule({"<=": [{"count_distinct": [USAGES, {"var": "offering.platfrm"}]}, 2]}))
    ended = run("lint", ".", folder=tmp_path)
    assert (ended.code, ended.stdout) == (2, "")
    assert "did you mean `offering.platform`?" in ended.stderr
    assert "fleet.yaml:1:" in ended.stderr


def served(folder: Path, *arguments: str) -> dict[str, Any]:
    ended = run("controls", ".", "--format", "json", *arguments, folder=folder)
    assert ended.code == 0, ended.stderr
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


def test_a_control_that_a_rule_over_all_usages_serves_is_addressed(tmp_path: Path) -> None:
    bundle(tmp_path, rule(controls=[{"framework": "dora", "id": "Art. 29(1)"}]), rule(id="none"))
    found = served(tmp_path)
    (dora,) = found["frameworks"]
    assert len(dora["controls"]) == len(FRAMEWORKS["dora"].controls)
    (addressed,) = [one for one in dora["controls"] if one["state"] == "addressed"]
    assert [(one["id"], one["fleet"], one["in_force"]) for one in addressed["policies"]] == [("vendors", True, True)]
    assert [(one["id"], one["fleet"]) for one in found["without_controls"]] == [("example", False), ("none", True)]
    assert served(tmp_path, "--framework", "dora")["summary"] == found["summary"]


def test_every_format_says_that_no_check_asks_it(tmp_path: Path) -> None:
    bundle(tmp_path, rule(controls=[{"framework": "dora", "id": "Art. 29(1)"}]))
    told = run("controls", ".", folder=tmp_path).stdout
    assert "vendors (over all usages of a fleet)" in told
    markdown = run("controls", ".", "--format", "markdown", folder=tmp_path).stdout
    assert "`vendors` (over all usages of a fleet)" in markdown
    rows = [*csv.DictReader(io.StringIO(run("controls", ".", "--format", "csv", folder=tmp_path).stdout))]
    assert {row["policy"]: row["fleet"] for row in rows} == {"": "", "vendors": "yes", "example": "no"}
    assert "[vendors](#vendors) (over all usages of a fleet)" in run("docs", ".", folder=tmp_path).stdout
