"""The library of policies that ships: what each policy owes, and what its own tests reach."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from msgspec import UnsetType

from tests.command import ROOT, vendorgate
from tests.yaml_text import value_of
from vendorgate import Gate
from vendorgate.commands.policy.open_bundle import open_bundle
from vendorgate.load.files import Folder
from vendorgate.load.packs import PackChoice
from vendorgate.model.frameworks.table import FRAMEWORKS

LIBRARY = ROOT / "policies"
PACKS = sorted(path.name for path in LIBRARY.iterdir() if path.is_dir())
OPTIONAL = [
    "eu-ai-act",
    "eu-established",
    "financial",
    "residency",
    "public-sector",
    "iso-42001-suppliers",
    "us-federal",
    "observed",
]
AS_OF = datetime.date(2026, 11, 24)
EVERYTHING = PackChoice(beside="everything")
REGISTRY = Folder(str(ROOT / "registry-snapshot"), "registry-snapshot")
GATE = Gate(LIBRARY, REGISTRY, EVERYTHING)
POLICIES = GATE.bundle.policies
TESTS = [
    (policy, test)
    for policy in open_bundle(Folder(str(LIBRARY), "policies"), REGISTRY, EVERYTHING).bundle.policies
    for test in policy.tests
    if isinstance(test.as_of, UnsetType) and not test.registry
]


def test_every_pack_that_was_promised_is_there() -> None:
    assert (
        sorted(
            (
                "hipaa",
                "gdpr",
                "eu-ai-act",
                "eu-established",
                "us-federal",
                "financial",
                "pci",
                "children",
                "baseline",
                "residency",
                "source-code",
                "public-sector",
                "iso-42001-suppliers",
                "observed",
            )
        )
        == PACKS
    )


@pytest.mark.parametrize("pack", [*PACKS, None])
def test_tests_of_a_pack_reach_every_truth_of_every_condition(pack: str | None) -> None:
    only = () if pack is None else ("--pack", pack)
    ended = vendorgate("policy", "test", "policies", *only, "--threshold", "100", "--as-of", str(AS_OF), folder=ROOT)
    assert ended.code == 0, ended.stdout


@pytest.mark.parametrize("pack", PACKS)
def test_nothing_in_a_pack_is_linted(pack: str) -> None:
    ended = vendorgate("policy", "lint", "policies", "--pack", pack, folder=ROOT)
    assert ended.code == 0, ended.stdout


def test_nothing_in_the_library_is_linted() -> None:
    ended = vendorgate("policy", "lint", "policies", folder=ROOT)
    assert ended.code == 0, ended.stdout


@pytest.mark.parametrize(("policy", "case"), TESTS, ids=lambda one: getattr(one, "id", None) or one.name)
def test_gate_decides_a_policys_own_tests_as_the_runner_does(policy: Any, case: Any, tmp_path: Path) -> None:
    """The same tests through manifests and the gate, so that the runner cannot agree with itself alone."""
    claims = [] if isinstance(case.agreements, UnsetType) else list(case.agreements)
    usage = {**msgspec.to_builtins(case.usage), "id": "tested"}
    if not isinstance(case.agreements, UnsetType):
        usage["agreements"] = claims
    manifest = tmp_path / "vendorgate.yaml"
    manifest.write_text(yaml.safe_dump({"version": 1, "project": "tests", "usages": [usage]}), encoding="utf-8")
    results = GATE.check(manifest, as_of=AS_OF).results
    found = [result.outcome for result in results if result.policy.id == policy.id]
    order = ["fail", "unknown", "pass", "not_applicable"]
    assert min(found, key=order.index) == case.expect


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.id)
def test_policy_says_what_to_do_and_why(policy: Any) -> None:
    assert policy.remediation
    assert policy.references
    assert policy.tags


ORIGINS = {"law": "law", "standard": "standard", "own-policy": "own policy"}
"""Where what a policy asks comes from: the tag that says it, and the words of it."""


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.id)
def test_policy_says_whether_it_is_law_a_standard_or_own_policy(policy: Any) -> None:
    said = [tag for tag in ORIGINS if tag in policy.tags]
    assert said, "no tag says where it comes from"
    words = f"{policy.title} {policy.remediation}".lower()
    assert [tag for tag in said if ORIGINS[tag] not in words] == []


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.id)
def test_policy_cites_an_article_or_says_that_it_is_own_policy(policy: Any) -> None:
    own = [one for one in policy.references if one.startswith("Own policy")]
    cited = [one for one in policy.references if one not in own]
    assert "own-policy" in policy.tags or not own
    assert bool(cited) == bool({"law", "standard"}.intersection(policy.tags)) or own
    assert all(re.search(r"\d|FAQ|Frequently Asked", one) for one in cited)


def test_explained_policies_are_no_legal_advice() -> None:
    ended = vendorgate("policy", "explain", "--policies", "policies", folder=ROOT)
    assert ended.stdout.count("not legal advice") == len(ended.stdout.split("\n\n"))


def test_controls_are_of_frameworks_that_ship_and_among_those_that_they_list() -> None:
    named = {control for policy in POLICIES for control in policy.controls}
    assert {one.framework for one in named} == set(FRAMEWORKS)
    assert [one for one in named if one.id not in FRAMEWORKS[one.framework].controls] == []


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.id)
def test_policy_names_each_control_once(policy: Any) -> None:
    assert len(set(policy.controls)) == len(policy.controls)


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.id)
def test_policy_of_law_or_a_standard_names_its_controls(policy: Any) -> None:
    assert policy.controls or not {"law", "standard"}.intersection(policy.tags)


def test_packs_that_ask_for_decisions_are_optional() -> None:
    settings = value_of((LIBRARY / "bundle.yaml").read_text(encoding="utf-8"))
    assert settings["optional_packs"] == OPTIONAL
    required = {
        policy.source.path.split("/")[-2] for policy in Gate(LIBRARY, ROOT / "registry-snapshot").bundle.policies
    }
    assert required == set(PACKS) - set(OPTIONAL)


def test_offerings_that_ship_state_every_dimension() -> None:
    snapshot = value_of((ROOT / "registry-snapshot" / "snapshot.yaml").read_text(encoding="utf-8"))
    for path in sorted((ROOT / "registry-snapshot" / "offerings").glob("*.yaml")):
        offering = value_of(path.read_text(encoding="utf-8"))
        assert set(offering["dimensions"]) == set(snapshot["dimensions"]), path.name
