"""The bundle and the registry that ship: every policy's own tests, run through the gate."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

from vendorgate import Gate

ROOT = Path(__file__).parent.parent
GATE = Gate(ROOT / "policies", ROOT / "registry-snapshot")
AS_OF = datetime.date(2026, 11, 24)
POLICIES = GATE.bundle.policies
TESTS = [(policy, test) for policy in POLICIES for test in policy.tests]


@pytest.mark.parametrize(("policy", "case"), TESTS, ids=lambda one: getattr(one, "id", None) or one.name)
def test_policy_decides_its_own_tests(policy: Any, case: Any, tmp_path: Path) -> None:
    usage = {**msgspec.to_builtins(case.usage), "id": "tested", "agreements": list(case.agreements)}
    manifest = tmp_path / "vendorgate.yaml"
    manifest.write_text(yaml.safe_dump({"version": 1, "project": "tests", "usages": [usage]}), encoding="utf-8")
    results = GATE.check(manifest, as_of=AS_OF).results
    assert [result.outcome for result in results if result.policy.id == policy.id] == [case.expect]


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.id)
def test_policy_says_what_to_do_and_why(policy: Any) -> None:
    assert policy.remediation
    assert policy.references
    assert policy.tags
    assert policy.tests


def test_every_outcome_is_tested_somewhere() -> None:
    assert {case.expect for _, case in TESTS} == {"pass", "fail", "unknown", "not_applicable"}


def test_offerings_that_ship_state_every_dimension() -> None:
    snapshot = yaml.safe_load((ROOT / "registry-snapshot" / "snapshot.yaml").read_text(encoding="utf-8"))
    for path in sorted((ROOT / "registry-snapshot" / "offerings").glob("*.yaml")):
        offering = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert set(offering["dimensions"]) == set(snapshot["dimensions"]), path.name
        for dimension, cell in offering["dimensions"].items():
            if cell["value"] not in ("no_public_evidence", "unclear"):
                assert cell["source"].startswith("https://"), (path.name, dimension)
