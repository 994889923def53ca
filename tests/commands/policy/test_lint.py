"""`vendorgate policy lint`: what each page says is found is found, and fixes change no verdict."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.command import ROOT, vendorgate
from tests.commands.policy.bundles import PHI, policies, policy, run, write
from tests.commands.policy.rules import POLICIES, WORLDS, read
from tests.thoroughness import share
from vendorgate.commands.policy.conditions import rules_of
from vendorgate.commands.policy.lint_model import LintId, Put, Remove
from vendorgate.commands.policy.lints import repetition
from vendorgate.commands.policy.lints.table import LINTS
from vendorgate.commands.policy.possible_worlds import AS_OF
from vendorgate.commands.policy.trace import TracedRule
from vendorgate.evaluate.possible import PossibleCase
from vendorgate.logic import truth_of

PAGES = ROOT / "docs" / "lints"


def test_every_lint_is_in_the_table_and_has_a_page() -> None:
    assert set(LINTS) == set(get_args(LintId)) == {path.stem for path in PAGES.glob("*.md")}


def examples(id: str, kind: str) -> dict[str, str]:
    """The files of an example on a page."""
    text = (PAGES / f"{id}.md").read_text(encoding="utf-8")
    (block,) = re.findall(rf"```yaml {kind}\n(.*?)```", text, re.DOTALL)
    if block.startswith("# offerings/"):
        return {block.split()[1]: block, "p.yaml": json.dumps(policies(policy()))}
    if block.startswith("# fleet.yaml"):
        return {"fleet.yaml": block, "p.yaml": json.dumps(policies(policy("beside")))}
    if block.startswith("# bundle.yaml"):
        return {"bundle.yaml": block, "p.yaml": json.dumps(policies(policy()))}
    return {"p.yaml": block}


def found(folder: Path, *arguments: str) -> list[dict[str, Any]]:
    ended = run("lint", ".", "--format", "json", *arguments, folder=folder)
    assert ended.code in (0, 1), ended.stderr
    findings: list[dict[str, Any]] = json.loads(ended.stdout)["findings"]
    assert (ended.code == 1) == bool(findings)
    return findings


@pytest.mark.parametrize("id", LINTS)
def test_bad_example_of_a_page_is_found_and_nothing_else(id: str, tmp_path: Path) -> None:
    write(tmp_path, examples(id, "bad"))
    assert [finding["id"] for finding in found(tmp_path)] == [id]


@pytest.mark.parametrize("id", sorted(set(LINTS) - {"unused-data-class"}))
def test_good_example_of_a_page_is_clean(id: str, tmp_path: Path) -> None:
    write(tmp_path, examples(id, "good"))
    assert found(tmp_path) == []


def test_data_class_that_a_policy_names_is_used(tmp_path: Path) -> None:
    when = {"in": ["trade_secrets", {"var": "usage.data"}]}
    tests = [{"name": "t", "usage": {"offering": "openai-api", "data": ["trade_secrets"]}, "expect": "fail"}]
    write(tmp_path, {**examples("unused-data-class", "bad"), "p.yaml": policies(policy(when=when, tests=tests))})
    assert found(tmp_path) == []


@pytest.mark.parametrize("id", sorted(set(LINTS) - {"unused-exception", "unused-data-class", "unobserved-account"}))
def test_lint_is_switched_off_as_its_page_says(id: str, tmp_path: Path) -> None:
    (exception,) = re.findall(
        r"```yaml exception\n(.*?)```", (PAGES / f"{id}.md").read_text(encoding="utf-8"), re.DOTALL
    )
    other = "[another]" if id == "duplicate-policy" else "[example]"
    write(tmp_path, {**examples(id, "bad"), "bundle.yaml": f"version: 1\n{exception}".replace("[example]", other)})
    assert found(tmp_path) == []
    assert "1 switched off" in run("lint", ".", folder=tmp_path).stdout


MUST = {"version": 1, "observations": {"required": ["openai-api"]}}
OBSERVED = {"version": 1, "offering": "openai-api", "account": "eu", "observed": "2026-11-20"}
BY = {"attested": {"by": "ciso@example.org", "evidence": "console.png"}, "sha256": "0" * 64}
ACCOUNTS = {
    "version": 1,
    "accounts": [
        {"offering": "openai-api", "name": "eu"},
        {"offering": "openai-api", "name": "us"},
        {"offering": "anthropic-api"},
    ],
}


@pytest.mark.parametrize(
    ("files", "messages"),
    [
        ({"bundle.yaml": MUST}, ["nothing was observed of openai-api"]),
        ({"bundle.yaml": MUST, "observations/a.yaml": OBSERVED}, []),
        ({"bundle.yaml": MUST, "observations/a.yaml": {**OBSERVED, **BY}}, ["nothing was observed of openai-api"]),
        (
            {
                "bundle.yaml": {"observations": {"required": ["openai-api"], "attested": True}},
                "observations/a.yaml": {**OBSERVED, **BY},
            },
            [],
        ),
        (
            {"bundle.yaml": MUST, "observations/a.yaml": OBSERVED, "accounts.yaml": ACCOUNTS},
            ["the account `us` of openai-api must be observed"],
        ),
        ({"observations/a.yaml": OBSERVED, "accounts.yaml": ACCOUNTS}, []),
    ],
)
def test_accounts_that_must_be_observed_are(files: dict[str, Any], messages: list[str], tmp_path: Path) -> None:
    write(tmp_path, {"p.yaml": policies(policy()), **files})
    findings = found(tmp_path)
    assert {finding["id"] for finding in findings} <= {"unobserved-account"}
    assert len(findings) == len(messages)
    assert all(one["message"].startswith(said) for one, said in zip(findings, messages, strict=True))


def test_lint_of_accounts_is_switched_off_as_its_page_says(tmp_path: Path) -> None:
    page = (PAGES / "unobserved-account.md").read_text(encoding="utf-8")
    (exception,) = re.findall(r"```yaml exception\n(.*?)```", page, re.DOTALL)
    bundle = f"{examples('unobserved-account', 'bad')['bundle.yaml']}{exception}"
    write(tmp_path, {"p.yaml": policies(policy()), "bundle.yaml": bundle})
    assert found(tmp_path) == []


SHARED = {"data_sharing": True, "store": True}
SHARING_OFF = {"===": [{"var": ["usage.settings.data_sharing", False]}, False]}
COVERED = {"covered": "training_on_customer_data"}


@pytest.mark.parametrize(
    ("require", "ids"),
    [
        ([COVERED, SHARING_OFF], []),
        ([SHARING_OFF, COVERED], []),
        ([SHARING_OFF], ["hidden-unknown"]),
        ([{"covered": "retention_zdr"}, SHARING_OFF], ["hidden-unknown"]),
        ([{"or": [COVERED, {"agreement": "dpa"}]}, SHARING_OFF], ["hidden-unknown"]),
        ([COVERED, {"===": [{"var": ["usage.settings.store", False]}, False]}], ["hidden-unknown"]),
    ],
)
def test_default_of_sharing_hides_nothing_beside_the_commitment_that_asks_for_it(
    require: list[Any], ids: list[str], tmp_path: Path
) -> None:
    tests = [
        {"name": "t", "usage": {"offering": "deepseek-api", "data": ["phi"], "settings": SHARED}, "expect": "fail"}
    ]
    write(tmp_path, {"p.yaml": policies(policy(require=require, tests=tests))})
    assert [finding["id"] for finding in found(tmp_path)] == ids


SINCE = {"days_since": {"var": "usage.settings.last_review"}}


@pytest.mark.parametrize(
    ("rule", "is_found"),
    [
        ({"<=": [SINCE, 365]}, True),
        ({"<": [SINCE, 365]}, True),
        ({">=": [365, SINCE]}, True),
        ({"!": {">": [SINCE, 365]}}, True),
        ({"or": [{"covered": "iso_27001"}, {"<=": [SINCE, 365]}]}, True),
        ({"<=": [{"days_since": {"var": "registry.iso_27001.facts.certificate_access"}}, 365]}, True),
        ({"<=": [0, SINCE, 365]}, False),
        ({">=": [SINCE, 365]}, False),
        ({"!": {"<": [SINCE, 365]}}, False),
        ({"and": [{">=": [SINCE, 0]}, {"<=": [SINCE, 365]}]}, False),
        ({"<=": [{"days_since": {"var": "registry.iso_27001.verified"}}, 365]}, False),
        ({"<=": [{"days_since": {"var": "agreements.dpa.signed"}}, 365]}, False),
        ({"<=": [365, {"days_until": {"var": "usage.settings.next_review"}}]}, False),
    ],
)
def test_limit_on_age_needs_a_lower_end(rule: Any, is_found: bool, tmp_path: Path) -> None:
    write(tmp_path, {"p.yaml": policies(policy(require=[rule]))})
    assert ("future-day" in [finding["id"] for finding in found(tmp_path)]) == is_found


X, Y = {"var": "usage.settings.x"}, {"var": "usage.settings.y"}
OBSERVED = {"observed": "usage.settings.x"}
KNOWN, IS_ON, COVERS, ZDR = (
    {"known": "usage.settings.x"},
    {"===": [X, True]},
    {"covered": "hipaa_baa"},
    {"agreement": "zdr"},
)
FACT = {"var": "registry.retention_zdr.facts.retention_days"}
OF_SETTINGS: list[tuple[list[Any], list[str]]] = [
    ([KNOWN], ["known-setting"]),
    ([{"or": [KNOWN, COVERS]}], ["known-setting"]),
    ([{"!": {"!": KNOWN}}], ["redundant-operator", "known-setting"]),
    ([{"===": [KNOWN, True]}], ["known-setting"]),
    ([{"!": {"missing": ["usage.settings.x"]}}], ["known-setting"]),
    ([{"if": [KNOWN, COVERS, {"covered": "gdpr_dpa"}]}], ["known-setting"]),
    ([{"and": [KNOWN, {"===": [Y, True]}]}], ["known-setting"]),
    ([{"and": [KNOWN, {"known": "usage.settings.y"}]}], ["known-setting"] * 2),
    ([{"and": [KNOWN, IS_ON]}], []),
    ([KNOWN, IS_ON], []),
    ([{"if": [KNOWN, IS_ON, COVERS]}], []),
    ([{"!": KNOWN}], []),
    ([OBSERVED], ["known-setting"]),
    ([{"or": [OBSERVED, ZDR]}], ["known-setting"]),
    ([{"and": [OBSERVED, IS_ON]}], []),
    ([OBSERVED, IS_ON], []),
    ([OBSERVED, COVERS], []),
    ([{"and": [OBSERVED, {"===": [Y, True]}]}], ["known-setting"]),
    ([{"and": [OBSERVED, KNOWN]}], ["known-setting"]),
    ([{"if": [KNOWN, OBSERVED, COVERS]}, COVERS], []),
    ([{"!": OBSERVED}], ["negated-coverage"]),
    ([{"==": [OBSERVED, False]}], ["negated-coverage"]),
    ([{"if": [OBSERVED, COVERS, ZDR]}], ["negated-coverage"]),
    ([{"if": [OBSERVED, COVERS, {"and": [COVERS, ZDR]}]}], []),
    ([{"if": [OBSERVED, {"and": [COVERS, ZDR]}, COVERS]}], ["negated-coverage"]),
    ([{"observed": "usage.region"}], []),
    ([{"known": "usage.region"}], []),
    ([{"known": "agreements.dpa.expires"}], []),
    ([X], ["truth-of-setting"]),
    ([{"var": ["usage.settings.x", False]}], ["hidden-unknown", "truth-of-setting"]),
    ([{"!!": [X]}], ["redundant-operator", "truth-of-setting"]),
    ([{"!": [X]}], ["truth-of-setting"]),
    ([{"or": [X, COVERS]}], ["truth-of-setting"]),
    ([{"if": [X, COVERS, ZDR]}], ["truth-of-setting"]),
    ([{"if": [COVERS, X, False]}], ["truth-of-setting", "constant-condition"]),
    ([{"===": [{"!!": [X]}, True]}], ["truth-of-setting"]),
    ([IS_ON], []),
    ([{"===": [X, Y]}], []),
    ([{"==": [X, True]}], ["loose-setting"]),
    ([{"==": [0, X]}], ["loose-setting"]),
    ([{"==": [X, ""]}], ["loose-setting"]),
    ([{"==": [X, "1"]}], ["loose-setting"]),
    ([{"==": [X, Y]}], ["loose-setting"]),
    ([{"==": [X, FACT]}], ["loose-setting"]),
    ([{"==": [X, "eu"]}], []),
    ([{"==": [X, {"var": "usage.region"}]}], []),
    ([{"==": [{"var": "usage.region"}, "us"]}], []),
    ([{"<=": [X, 30]}], ["unbounded-setting"]),
    ([{">": [30, X]}], ["unbounded-setting"]),
    ([{"<=": [0, X, 30]}], ["unbounded-setting"]),
    ([{">=": [X, 0]}], ["unbounded-setting"]),
    ([{">": [X, -1]}], ["unbounded-setting"]),
    ([{"<": [X, Y]}], ["unbounded-setting"]),
    ([{"<=": [X, FACT]}], ["unbounded-setting"]),
    ([{"<=": [{"+": [X, 1]}, 30]}], ["unbounded-setting"]),
    ([{"or": [{"<=": [X, 30]}, {">=": [X, 90]}]}], ["unbounded-setting"]),
    ([{"<=": [1, X, 30]}], []),
    ([{"<": [0, X, 30]}], []),
    ([{">=": [X, 90]}], []),
    ([{">": [X, 0]}], []),
    ([{"<": [X, 0]}], []),
    ([{"and": [{"<=": [X, 30]}, {">": [X, 0]}]}], []),
    ([{"<=": [X, 30]}, {">=": [X, 1]}], []),
    ([{"and": [{"in": [X, [1, 7, 60]]}, {"<=": [X, 30]}]}], []),
    ([{"<=": [FACT, X]}], []),
    ([{"<=": [FACT, 30]}], []),
    ([{"!": {">": [X, 30]}}], ["negated-order"]),
    ([{"!==": [X, "global"]}], ["denied-setting"]),
    ([{"!": {"===": [X, "global"]}}], ["denied-setting"]),
    ([{"===": [{"===": [X, "global"]}, False]}], ["denied-setting"]),
    ([{"!": {"in": [X, ["global", "other"]]}}], ["denied-setting"]),
    ([{"!": {"matches": [X, "glob*"]}}], ["denied-setting"]),
    ([{"and": [{"in": [X, ["us", "eu"]]}, {"!==": [X, "eu"]}]}], []),
    ([{"if": [{"===": [X, "global"]}, COVERS, ZDR]}], []),
    ([{"if": [{"!==": [X, "global"]}, COVERS, ZDR]}], []),
    ([{"!": {"!==": [X, "us"]}}], []),
    ([{"!==": [{"var": "usage.region"}, "cn"]}], []),
    ([{"in": ["eu", X]}], ["part-of-text"]),
    ([{"!": {"in": ["train", X]}}], ["part-of-text"]),
    ([{"in": ["Azure", {"var": "offering.platform"}]}], ["part-of-text"]),
    ([{"in": ["East", {"var": "usage.cloud_region"}]}], ["part-of-text"]),
    ([{"in": [X, "us eu"]}], ["part-of-text"]),
    ([{"in": [X, {"cat": ["us", "eu"]}]}], ["part-of-text"]),
    ([{"in": [X, ["us", "eu"]]}], []),
    ([{"in": ["web_search", {"var": "usage.features"}]}], []),
    ([{"matches": [X, "eu-*"]}], []),
    ([{"!": COVERS}], ["negated-coverage"]),
    ([{"!": {"documented": "hipaa_baa"}}], ["negated-coverage"]),
    ([{"or": [{"!": ZDR}, COVERS]}], ["negated-coverage"]),
    ([{"!": {"or": [ZDR, COVERS]}}], ["negated-coverage"] * 2),
    ([{"===": [COVERS, False]}], ["negated-coverage"]),
    ([{"!==": [True, ZDR]}], ["negated-coverage"]),
    ([{"if": [COVERS, ZDR, IS_ON]}], ["negated-coverage"]),
    ([{"if": [{"!": COVERS}, IS_ON, ZDR]}], ["negated-coverage"]),
    (
        [{"!": {"if": [COVERS, {"and": [IS_ON, KNOWN]}, IS_ON]}}],
        ["negated-coverage", "denied-setting", "denied-setting"],
    ),
    ([{"if": [COVERS, IS_ON, ZDR, {"known": "usage.region"}, IS_ON]}], ["negated-coverage"] * 2),
    ([{"if": [COVERS, IS_ON, {"and": [IS_ON, ZDR]}]}], []),
    ([{"if": [{"!": COVERS}, {"and": [IS_ON, ZDR]}, IS_ON]}], []),
    ([{"if": [{"and": [COVERS, {"!": KNOWN}]}, IS_ON, ZDR]}], ["negated-coverage"]),
    ([{"!": {"!": COVERS}}], ["redundant-operator"]),
    ([{"or": [COVERS, ZDR]}], []),
]


@pytest.mark.parametrize(("require", "ids"), OF_SETTINGS, ids=[json.dumps(require) for require, _ in OF_SETTINGS])
def test_what_a_project_may_write_is_held_against_what_is_meant(
    require: list[Any], ids: list[str], tmp_path: Path
) -> None:
    write(tmp_path, {"p.yaml": policies(policy(require=require))})
    assert sorted(finding["id"] for finding in found(tmp_path)) == sorted(ids)


@pytest.mark.parametrize(
    ("when", "ids"),
    [
        ({"!": KNOWN}, ["known-setting"]),
        (KNOWN, []),
        (X, ["truth-of-setting"]),
        ({"===": [X, True]}, ["denied-setting"]),
        ({"in": [X, ["train", "share"]]}, ["denied-setting"]),
        ({"!==": [X, False]}, []),
        ({"and": [PHI, {"!": {"===": [X, False]}}]}, []),
        ({"!": {"<=": [X, 30]}}, ["negated-order", "unbounded-setting"]),
        ({"<=": [X, 30]}, []),
        ({"==": [X, 0]}, ["loose-setting", "denied-setting"]),
    ],
)
def test_when_is_left_by_what_a_project_writes(when: Any, ids: list[str], tmp_path: Path) -> None:
    write(tmp_path, {"p.yaml": policies(policy(when=when))})
    assert sorted(finding["id"] for finding in found(tmp_path)) == sorted(ids)


@pytest.mark.parametrize("id", ["duplicate-requirement", "repeated-word", "redundant-operator"])
def test_fix_mends_what_its_page_says(id: str, tmp_path: Path) -> None:
    write(tmp_path, examples(id, "bad"))
    ended = run("lint", ".", "--fix", folder=tmp_path)
    assert ended.code == 0
    assert "1 fixed" in ended.stdout
    assert found(tmp_path) == []


@pytest.mark.parametrize(
    ("exception", "words"),
    [
        ({"ignore": "never-fial", "reason": "r"}, "did you mean `never-fails`?"),
        ({"ignore": "never-fails"}, "`reason` is missing"),
        ({"ignore": "never-fails", "reason": ""}, "an empty text"),
        ({"ignore": "never-fails", "reason": "r", "policy": "p"}, "did you mean `policies`?"),
    ],
)
def test_exception_needs_a_lint_and_a_reason(tmp_path: Path, exception: Any, words: str) -> None:
    write(tmp_path, {"p.yaml": policies(policy()), "bundle.yaml": {"lint": [exception]}})
    ended = run("lint", ".", folder=tmp_path)
    assert ended.code == 2
    assert words in ended.stderr


def test_text_shows_the_place_and_the_way_out(tmp_path: Path) -> None:
    write(tmp_path, examples("negated-order", "bad"))
    ended = run("lint", ".", folder=tmp_path)
    assert ended.code == 1
    assert "negated-order: `example`: holds where the value is no number" in ended.stdout
    assert "p.yaml:7:" in ended.stdout
    assert "vendorgate policy lint --explain negated-order" in ended.stdout


def test_page_is_printed() -> None:
    ended = vendorgate("policy", "lint", "--explain", "never-fails", folder=ROOT)
    assert ended.code == 0
    assert ended.stdout == (PAGES / "never-fails.md").read_text(encoding="utf-8")
    assert vendorgate("policy", "lint", "--explain", "never-fial", folder=ROOT).code == 2


def test_lints_are_listed() -> None:
    ended = vendorgate("policy", "lint", "--list", folder=ROOT)
    assert ended.code == 0
    assert [line.split()[0] for line in ended.stdout.splitlines()] == list(LINTS)


def test_optional_pack_shadows_nothing_outside(tmp_path: Path) -> None:
    narrow, wide = policy("narrow"), policy("wide", when=None)
    write(tmp_path, {"a/p.yaml": policies(narrow), "b/p.yaml": policies(wide)})
    assert [finding["id"] for finding in found(tmp_path)] == ["shadowed-policy"]
    write(tmp_path, {"bundle.yaml": {"optional_packs": ["b"]}})
    assert found(tmp_path) == []
    write(tmp_path, {"b/q.yaml": policies(policy("narrower", when={"and": [PHI, {"known": "usage.region"}]}))})
    assert [finding["policy"] for finding in found(tmp_path)] == ["narrower"]


def test_laxer_policy_shadows_nothing(tmp_path: Path) -> None:
    write(tmp_path, {"p.yaml": policies(policy("narrow"), policy("wide", when=None, severity="warning"))})
    assert found(tmp_path) == []
    write(tmp_path, {"p.yaml": policies(policy("narrow"), policy("wide", when=None, enforce_from="2030-01-01"))})
    assert found(tmp_path) == []


def test_fix_keeps_comments_or_leaves_it_be(tmp_path: Path) -> None:
    text = (
        "version: 1\npolicies:\n  - id: example  # an id\n    title: Example\n    require:\n"
        "      - {and: [{covered: hipaa_baa}]}  # the BAA\n"
        "      - {covered: gdpr_dpa}\n      - {covered: gdpr_dpa}  # again\n"
        "    tags: [b, a, b]\n    remediation: Sign\n    references: [a 1]\n"
    )
    write(tmp_path, {"p.yaml": text})
    run("lint", ".", "--fix", folder=tmp_path)
    after = (tmp_path / "p.yaml").read_text(encoding="utf-8")
    assert re.sub(" +#", "  #", after) == text.replace("{and: [{covered: hipaa_baa}]}", "{covered: hipaa_baa}").replace(
        "[b, a, b]", "[b, a]"
    )


@settings(max_examples=share(100), deadline=None)
@given(POLICIES, st.lists(WORLDS, min_size=8, max_size=8))
def test_fixes_change_no_truth(written: Any, worlds: list[Any]) -> None:
    (policy,) = read(written)
    fixes = [one.fix for one in (*repetition.operators(policy), *repetition.words(policy)) if one.fix is not None]
    for fix in fixes:
        mended = json.loads(json.dumps({"policies": [written]}))
        parent, last = mended, fix.place[-1]
        for step in fix.place[:-1]:
            parent = parent[step]
        if isinstance(fix, Put):
            parent[last] = fix.rule
        elif isinstance(fix, Remove):
            del parent[last]
        (after,) = read(mended["policies"][0])
        for world in worlds:
            case = PossibleCase(world, AS_OF)
            truths = [
                [truth_of(TracedRule(rule).evaluate(None, case)) for rule in rules_of(one)] for one in (policy, after)
            ]
            assert truths[0] == truths[1], fix
