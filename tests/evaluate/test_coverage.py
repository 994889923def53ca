"""Coverage, one table a step (contract, "Coverage: the heart")."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest

from tests.world import judge

FINE: dict[str, Any] = {"value": "yes_public", "confidence": "high", "verified": "2026-11-01"}
Changes = dict[str, Any]


def coverage(
    folder: Path, cell: Changes | None, usage: Changes | None = None, demands: Changes | None = None, **other: Changes
) -> tuple[str, list[tuple[str, str]]]:
    """What `covered: hipaa_baa` comes to, and the steps that say why."""
    offering = {
        "endpoints": ["chat", "batch"],
        "models": ["a-*", "b", "c"],
        "features": ["search", "memory"],
        "dimensions": {**({} if cell is None else {"hipaa_baa": {**FINE, **cell}}), **other},
    }
    policy = {"require": [{"covered": "hipaa_baa"}]}
    (result,) = judge(folder, offering, policy, {"data": ["phi"], **(usage or {})}, demands).results
    (requirement,) = result.requirements
    return result.outcome, [(reason.kind, reason.outcome) for reason in requirement.reasons]


@pytest.mark.parametrize(
    ("value", "scope", "outcome"),
    [
        ("yes_public", None, "pass"),
        ("yes_sales_gated", None, "pass"),
        ("yes_platform_only", None, "pass"),
        ("no", None, "fail"),
        ("no", {"models": {"only": ["b"]}}, "fail"),
        ("partial", {"models": {"only": ["b"]}}, "pass"),
        ("partial", {"models": {"only": ["a-1"]}}, "fail"),
        ("partial", {"models": None}, "unknown"),
        ("partial", {}, "unknown"),
        ("partial", None, "unknown"),
        ("no_public_evidence", None, "unknown"),
        ("unclear", None, "unknown"),
        ("yes", None, "unknown"),
        ("YES_PUBLIC", None, "unknown"),
        ("", None, "refused"),
    ],
)
def test_step_1_grade(value: str, scope: Any, outcome: str, tmp_path: Path) -> None:
    if outcome == "refused":
        with pytest.raises(Exception, match="empty text"):
            coverage(tmp_path, {"value": value})
        return
    assert coverage(tmp_path, {"value": value, "scope": scope}, {"models": ["b"]})[0] == outcome


def test_step_1_a_cell_that_is_not_there_is_unknown(tmp_path: Path) -> None:
    assert coverage(tmp_path, None) == ("unknown", [("grade", "unknown")])


@pytest.mark.parametrize(
    ("cell", "demands", "outcome"),
    [
        ({"verified": "2026-11-23"}, {}, "pass"),
        ({"verified": "2026-11-24"}, {}, "unknown"),
        ({"verified": "2025-11-23"}, {}, "pass"),
        ({"verified": "2025-11-22"}, {}, "unknown"),
        ({"verified": None}, {}, "unknown"),
        ({"verified": "2026-10-24"}, {"max_evidence_age_days": 30}, "pass"),
        ({"verified": "2026-10-23"}, {"max_evidence_age_days": 30}, "unknown"),
        ({"verified": "2026-11-23"}, {"max_evidence_age_days": 0}, "pass"),
        ({"verified": "2026-11-22"}, {"max_evidence_age_days": 0}, "unknown"),
        ({"verified": "2026-10-23"}, {"max_evidence_age_days": {"hipaa_baa": 30}}, "unknown"),
        ({"verified": "2026-10-23"}, {"max_evidence_age_days": {"default": 30}}, "unknown"),
        ({"verified": "2026-10-23"}, {"max_evidence_age_days": {"default": 30, "hipaa_baa": 31}}, "pass"),
        ({"verified": "2025-11-22"}, {"max_evidence_age_days": {"soc2_type2": 900}}, "unknown"),
        ({"confidence": "low"}, {}, "pass"),
        ({"confidence": None}, {}, "pass"),
        ({"confidence": "low"}, {"min_confidence": "medium"}, "unknown"),
        ({"confidence": None}, {"min_confidence": "medium"}, "unknown"),
        ({"confidence": "medium"}, {"min_confidence": "medium"}, "pass"),
        ({"confidence": "medium"}, {"min_confidence": "high"}, "unknown"),
        ({"confidence": "high"}, {"min_confidence": "high"}, "pass"),
    ],
)
def test_step_2_evidence(cell: Changes, demands: Changes, outcome: str, tmp_path: Path) -> None:
    steps = [] if outcome == "pass" else [("evidence", "unknown")]
    assert coverage(tmp_path, cell, demands=demands) == (outcome, steps)


TIERS = ["free", "self_serve", "enterprise"]


@pytest.mark.parametrize(("least", "declared"), list(itertools.product([None, *TIERS], [None, *TIERS])))
def test_step_3_tier(least: str | None, declared: str | None, tmp_path: Path) -> None:
    usage = {} if declared is None else {"tier": declared}
    fine = least is None or TIERS.index(declared or "self_serve") >= TIERS.index(least)
    expected = ("pass", []) if fine else ("fail", [("tier", "fail")])
    assert coverage(tmp_path, {"tier": least}, usage) == expected


@pytest.mark.parametrize(
    ("scope", "usage", "outcome"),
    [
        ({"endpoints": {"only": ["chat"]}}, {"endpoints": ["chat"]}, "pass"),
        ({"endpoints": {"only": ["chat"]}}, {"endpoints": ["chat", "batch"]}, "fail"),
        ({"endpoints": {"only": ["chat"]}}, {}, "unknown"),
        ({"endpoints": {"except": ["batch"]}}, {"endpoints": ["chat"]}, "pass"),
        ({"endpoints": {"except": ["batch"]}}, {"endpoints": ["batch"]}, "fail"),
        ({"endpoints": {"except": ["batch"]}}, {}, "unknown"),
        ({"endpoints": {"only": ["*"], "except": ["batch"]}}, {"endpoints": ["chat"]}, "pass"),
        ({"endpoints": {"only": ["*"], "except": ["batch"]}}, {"endpoints": ["batch"]}, "fail"),
        ({"endpoints": {"only": []}}, {"endpoints": ["chat"]}, "fail"),
        ({"models": {"only": ["a-*"]}}, {"models": ["a-1"]}, "pass"),
        ({"models": {"only": ["a-?"]}}, {"models": ["a-10"]}, "fail"),
        ({"models": {"only": ["a-*"]}}, {"models": ["c"]}, "fail"),
        ({"models": {"only": ["A-*"]}}, {"models": ["a-1"]}, "fail"),
        ({"models": {"except": ["a-0*"]}}, {"models": ["a-1"]}, "pass"),
        ({"models": {"except": ["a-0*"]}}, {"models": ["a-01"]}, "fail"),
        ({"models": {"except": ["a-0*"]}}, {"models": ["a-01", "c"]}, "fail"),
        ({"models": {"except": ["a-0*"]}}, {}, "unknown"),
        ({"regions": {"only": ["us", "eu"]}}, {"region": "eu"}, "pass"),
        ({"regions": {"only": ["us", "eu"]}}, {"region": "de"}, "fail"),
        ({"regions": {"only": ["uk"]}}, {"region": "gb"}, "pass"),
        ({"regions": {"only": ["gb"]}}, {"region": "uk"}, "pass"),
        ({"regions": {"only": ["us"]}}, {"cloud_region": "us"}, "unknown"),
        ({"regions": {"except": ["cn"]}}, {"region": "cn"}, "fail"),
        ({"regions": {"except": ["cn"]}}, {"region": "fr"}, "pass"),
        ({"cloud_regions": {"only": ["eu-*"]}}, {"cloud_region": "eu-west-1"}, "pass"),
        ({"cloud_regions": {"only": ["eu-*"]}}, {"cloud_region": "us-east-1"}, "fail"),
        ({"cloud_regions": {"only": ["eu-*"]}}, {"region": "eu"}, "unknown"),
        ({"features": {"except": ["memory"]}}, {"features": ["search"]}, "pass"),
        ({"features": {"except": ["memory"]}}, {"features": ["memory"]}, "fail"),
        ({"features": {"except": ["memory"]}}, {}, "pass"),
        ({"features": {"only": ["search"]}}, {"features": ["memory"]}, "fail"),
        ({"features": {"only": []}}, {}, "pass"),
        ({"lifecycle": {"only": ["ga"]}}, {}, "pass"),
        ({"lifecycle": {"only": ["ga"]}}, {"lifecycle": "preview"}, "fail"),
        ({"lifecycle": {"except": ["preview"]}}, {"lifecycle": "ga"}, "pass"),
        ({"regions": {"only": ["us"]}, "models": {"only": ["b"]}}, {"region": "us"}, "unknown"),
        ({"regions": {"only": ["us"]}, "models": {"only": ["b"]}}, {"region": "fr"}, "fail"),
    ],
)
def test_step_4_scope(scope: Changes, usage: Changes, outcome: str, tmp_path: Path) -> None:
    found, steps = coverage(tmp_path, {"scope": scope}, usage)
    assert found == outcome
    assert {kind for kind, _ in steps} == (set() if outcome == "pass" else {"scope"})


@pytest.mark.parametrize(
    ("cell", "usage", "outcome"),
    [
        ({}, {}, "pass"),
        ({}, {"models": ["b"]}, "pass"),
        ({}, {"models": ["a-1", "c"]}, "pass"),
        ({}, {"models": ["d"]}, "unknown"),
        ({}, {"models": ["B"]}, "unknown"),
        ({}, {"models": ["b", "d"]}, "unknown"),
        ({"scope": {"models": {"except": ["a-*"]}}}, {"models": ["d"]}, "unknown"),
        ({"scope": {"models": {"only": ["d"]}}}, {"models": ["d"]}, "unknown"),
        ({"scope": {"models": {"only": ["b"]}}}, {"models": ["d"]}, "fail"),
        ({"value": "no"}, {"models": ["d"]}, "fail"),
    ],
)
def test_step_0_names(cell: Changes, usage: Changes, outcome: str, tmp_path: Path) -> None:
    assert coverage(tmp_path, cell, usage)[0] == outcome


def test_of_models_that_an_offering_does_not_list_nothing_is_said(tmp_path: Path) -> None:
    stranger = {"models": ["d", "b"]}
    for rule in ({"covered": "hipaa_baa"}, {"documented": "hipaa_baa"}, {"var": "registry.hipaa_baa.value"}):
        offering = {"models": ["b"], "dimensions": {"hipaa_baa": FINE}}
        (result,) = judge(tmp_path, offering, {"require": [rule]}, {"data": ["phi"], **stranger}).results
        assert result.outcome == "unknown"
        offering["models"] = None  # type: ignore[assignment]
        (result,) = judge(tmp_path, offering, {"require": [rule]}, {"data": ["phi"], **stranger}).results
        assert result.outcome == "pass"


@pytest.mark.parametrize(
    ("end", "outcome"), [("2026-11-22", "unknown"), ("2026-11-23", "pass"), ("2027-01-01", "pass"), (None, "pass")]
)
def test_what_a_vendor_announced_to_end_is_unknown_after_its_last_day(
    end: str | None, outcome: str, tmp_path: Path
) -> None:
    assert coverage(tmp_path, {"valid_until": end})[0] == outcome


@pytest.mark.parametrize(
    ("conditions", "usage", "outcome"),
    [
        ([], {}, "pass"),
        (None, {}, "pass"),
        ([{"agreement": "baa"}], {"agreements": ["baa"]}, "pass"),
        ([{"agreement": "baa"}], {}, "fail"),
        ([{"agreement": "baa"}, {"agreement": "zdr"}], {"agreements": ["baa"]}, "fail"),
        ([{"==": [{"var": "usage.settings.x"}, True]}], {"settings": {"x": True}}, "pass"),
        ([{"==": [{"var": "usage.settings.x"}, True]}], {"settings": {"x": False}}, "fail"),
        ([{"==": [{"var": "usage.settings.x"}, True]}], {}, "unknown"),
        ([{"covered": "retention_zdr"}], {"agreements": ["zdr"]}, "pass"),
        ([{"covered": "retention_zdr"}], {}, "fail"),
        ([{"documented": "retention_zdr"}], {}, "pass"),
        ([{"covered": "soc2_type2"}], {}, "unknown"),
        ([{"or": [{"covered": "soc2_type2"}, {"agreement": "baa"}]}], {"agreements": ["baa"]}, "pass"),
    ],
)
def test_step_5_conditions(conditions: Any, usage: Changes, outcome: str, tmp_path: Path) -> None:
    zdr = {**FINE, "conditions": [{"agreement": "zdr"}]}
    found, steps = coverage(tmp_path, {"conditions": conditions}, usage, retention_zdr=zdr)
    assert found == outcome
    assert {kind for kind, _ in steps} == (set() if outcome == "pass" else {"condition"})


STEPS: dict[str, dict[str, Changes]] = {
    "value": {"pass": {}, "fail": {"value": "no"}, "unknown": {"value": "unclear"}},
    "evidence": {"pass": {}, "unknown": {"verified": None}},
    "tier": {"pass": {}, "fail": {"tier": "enterprise"}},
    "scope": {
        "pass": {},
        "fail": {"scope": {"lifecycle": {"only": ["preview"]}}},
        "unknown": {"scope": {"models": {"only": ["b"]}}},
    },
    "conditions": {
        "pass": {},
        "fail": {"conditions": [{"agreement": "baa"}]},
        "unknown": {"conditions": [{"covered": "soc2_type2"}]},
    },
}


@pytest.mark.parametrize("outcomes", list(itertools.product(*STEPS.values())), ids=",".join)
def test_step_6_not_covered_beats_unknown_beats_covered(outcomes: tuple[str, ...], tmp_path: Path) -> None:
    cell: Changes = {}
    for step, outcome in zip(STEPS.values(), outcomes, strict=True):
        cell.update(step[outcome])
    expected = "fail" if "fail" in outcomes else "unknown" if "unknown" in outcomes else "pass"
    found, steps = coverage(tmp_path, cell)
    assert found == expected
    assert len(steps) == sum(outcome != "pass" for outcome in outcomes), "every step that is not covered is told"
