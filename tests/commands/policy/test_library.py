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
from vendorgate import Gate
from vendorgate.commands.policy.open_bundle import open_bundle
from vendorgate.load.files import Folder
from vendorgate.load.packs import PackChoice

LIBRARY = ROOT / "policies"
PACKS = sorted(path.name for path in LIBRARY.iterdir() if path.is_dir())
OPTIONAL = ["residency", "public-sector", "iso-42001-suppliers"]
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
                "pci",
                "children",
                "baseline",
                "residency",
                "source-code",
                "public-sector",
                "iso-42001-suppliers",
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


def test_the_library_is_in_its_canonical_form() -> None:
    ended = vendorgate("policy", "fmt", "policies", "--check", folder=ROOT)
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


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.id)
def test_policy_cites_an_article_and_says_that_it_is_no_legal_advice(policy: Any) -> None:
    ended = vendorgate("policy", "explain", policy.id, "--policies", "policies", folder=ROOT)
    assert ended.code == 0
    assert any(re.search(r"\d", reference) for reference in policy.references)
    assert "not legal advice" in ended.stdout


def test_packs_that_ask_for_decisions_are_optional() -> None:
    settings = yaml.safe_load((LIBRARY / "bundle.yaml").read_text(encoding="utf-8"))
    assert settings["optional_packs"] == OPTIONAL
    required = {
        policy.source.path.split("/")[-2] for policy in Gate(LIBRARY, ROOT / "registry-snapshot").bundle.policies
    }
    assert required == set(PACKS) - set(OPTIONAL)


def test_offerings_that_ship_state_every_dimension() -> None:
    snapshot = yaml.safe_load((ROOT / "registry-snapshot" / "snapshot.yaml").read_text(encoding="utf-8"))
    for path in sorted((ROOT / "registry-snapshot" / "offerings").glob("*.yaml")):
        offering = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert set(offering["dimensions"]) == set(snapshot["dimensions"]), path.name
