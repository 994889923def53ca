"""Plain English: every operator has a sentence, and the sentence says what the rule says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from tests.command import ROOT, vendorgate
from tests.commands.policy.bundles import REGISTRY, policies, policy, run, write
from tests.commands.policy.rules import LANGUAGE, POLICIES, read
from vendorgate.commands.policy.model import CountedPolicy
from vendorgate.commands.policy.pages import policy_lines
from vendorgate.logic import parse
from vendorgate.report.clauses import lines
from vendorgate.report.english import clause
from vendorgate.report.policy_page import page
from vendorgate.terminal.style import PLAIN


def said(rule: Any, holds: bool = True) -> str:
    return " / ".join(f"{'>' * depth}{text}" for depth, text in lines(clause(parse(rule), holds)))


TABLE = json.loads((Path(__file__).parent / "english.json").read_text(encoding="utf-8"))
"""Rules, what they say where they hold, and what where they do not; read by eye."""


@pytest.mark.parametrize("row", TABLE, ids=lambda row: json.dumps(row["rule"])[:60])
def test_rule_is_said_in_plain_english(row: Any) -> None:
    assert said(row["rule"]) == row["holds"]
    assert said(row["rule"], holds=False) == row["otherwise"]
    assert said({"!": [row["rule"]]}) == row["otherwise"]


def test_every_operator_of_the_language_is_said_somewhere() -> None:
    written = json.dumps([row["rule"] for row in TABLE])
    assert {name for name in LANGUAGE.require.arities if f'"{name}":' not in written} == set()


@settings(max_examples=80, deadline=None)
@given(POLICIES)
def test_every_policy_has_sentences_without_json_in_them(written: Any) -> None:
    (policy,) = read(written)
    found = page(policy)
    for one in (found.applies, *found.requires):
        for _, text in lines(one):
            assert text
            assert "{" not in text
            assert "Operation" not in text
    assert len(list(policy_lines(CountedPolicy(policy, policy), PLAIN))) >= 4


def test_handbook_escapes_what_it_is_given(tmp_path: Path) -> None:
    hostile = "<b>x</b> [a](http://b) *c* @team \x1b[31m | #1"
    write(tmp_path, {"p.yaml": policies(policy(title="T", remediation="R", references=[hostile.replace("\x1b", "")]))})
    ended = run("docs", ".", folder=tmp_path)
    assert ended.code == 0
    assert "<b>" not in ended.stdout.replace("\\<b\\>", "")
    assert "[a](" not in ended.stdout
    assert " @team" not in ended.stdout


def test_handbook_links_every_policy() -> None:
    ended = vendorgate("policy", "docs", "policies", folder=ROOT)
    assert ended.code == 0
    contents = [line for line in ended.stdout.splitlines() if line.startswith("- [")]
    headings = [line for line in ended.stdout.splitlines() if line.startswith("## ")]
    assert len(contents) == len(headings) > 30
    for line in contents:
        anchor = line.split("(#")[1].partition(")")[0]
        assert f'<a id="{anchor}"></a>' in ended.stdout


def test_show_gives_logic_place_and_tests() -> None:
    ended = vendorgate("policy", "show", "phi-has-a-purpose", "--policies", "policies", folder=ROOT)
    assert ended.code == 0
    assert 'when: {"in": ["phi", {"var": "usage.data"}]}' in ended.stdout
    assert "Tests: 3" in ended.stdout
    assert "policies/hipaa/phi.yaml:" in ended.stdout


@pytest.mark.parametrize("command", ["show", "explain"])
def test_unknown_policy_has_a_nearest_name(command: str) -> None:
    ended = vendorgate("policy", command, "phi-has-a-porpoise", "--policies", "policies", folder=ROOT)
    assert ended.code == 2
    assert "did you mean `phi-has-a-purpose`?" in ended.stderr


def test_list_is_filtered_by_tag_and_pack() -> None:
    ended = vendorgate("policy", "list", "policies", "--tag", "coppa", folder=ROOT)
    assert {line.split()[1] for line in ended.stdout.splitlines()} == {
        "childrens-data-is-neither-kept-nor-learned-from",
        "childrens-data-has-a-consent",
        "childrens-data-is-disclosed-by-a-consent-of-its-own",
        "student-records-go-no-further-by-contract",
    }
    ended = vendorgate("policy", "list", "policies", "--pack", "pci", "--format", "json", folder=ROOT)
    report = json.loads(ended.stdout)
    assert [one["id"] for one in report["policies"]] == [
        "cardholder-data-is-kept-by-nobody",
        "cardholder-data-needs-an-attestation",
        "cardholder-data-needs-a-written-agreement",
        "cardholder-data-goes-to-examined-vendors",
        "cardholder-data-stays-in-production",
    ]
    (said,) = report["policies"][4]["english"]["requires"]
    assert list(said) == [
        "no real card numbers in staging or development outside the cardholder data environment; in detail"
    ]
    ended = vendorgate("policy", "list", "policies", "--tag", "copa", folder=ROOT)
    assert ended.code == 2
    assert "did you mean `coppa`?" in ended.stderr


def test_handbook_of_another_registry_is_the_same(tmp_path: Path) -> None:
    write(tmp_path, {"p.yaml": policies(policy())})
    ended = vendorgate("policy", "explain", "--policies", ".", "--registry", str(REGISTRY), folder=tmp_path)
    assert ended.code == 0
