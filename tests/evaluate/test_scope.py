"""What of a usage lies outside a scope, gap by gap (coverage, step 4)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.evaluate.told import told
from tests.world import judge
from vendorgate.evaluate.scope import Gap, gaps
from vendorgate.logic import CONTRADICTED
from vendorgate.logic.globs import names_any
from vendorgate.model.registry import Offering, Reach, Scope
from vendorgate.report.cause import cause_of

ONLY = Reach(only=("a-*", "b"))
EXCEPT = Reach(excluded=("a-9",))


@pytest.fixture
def offering(tmp_path: Path) -> Offering:
    listed = {"models": ["a-*", "b"], "dimensions": {}}
    return judge(tmp_path, listed, {"require": [True]}, {"data": ["phi"]}).subjects[0].offering


@pytest.mark.parametrize(
    ("scope", "models", "expected"),
    [
        (Scope(), None, []),
        (Scope(models=ONLY), ["a-1", "b"], []),
        (Scope(models=ONLY), None, [Gap("models", None, "unknown", ONLY)]),
        (Scope(models=ONLY), ["c", "b", "d"], [Gap("models", "c", "fail", ONLY), Gap("models", "d", "fail", ONLY)]),
        (Scope(models=EXCEPT), ["a-1"], []),
        (Scope(models=EXCEPT), ["a-9"], [Gap("models", "a-9", "fail", EXCEPT)]),
        (Scope(models=EXCEPT), ["c"], [Gap("models", "c", "unknown", EXCEPT)]),
        (Scope(models=EXCEPT), CONTRADICTED, [Gap("models", None, "unknown", EXCEPT)]),
        (Scope(regions=EXCEPT), None, [Gap("regions", None, "unknown", EXCEPT)]),
    ],
)
def test_gaps_are_what_a_scope_does_not_reach_for_certain(
    scope: Scope, models: Any, expected: list[Gap], offering: Offering
) -> None:
    stated = {} if models is None else {"usage.models": models}
    assert gaps(scope, stated, offering) == expected


@pytest.mark.parametrize(
    ("name", "globs", "named"),
    [
        ("a", ("a",), True),
        ("a-1", ("b", "a-*"), True),
        ("a", (), False),
    ],
)
def test_name_is_named_by_itself_or_by_a_glob(name: str, globs: tuple[str, ...], named: bool) -> None:
    assert names_any(name, globs) is named


@pytest.mark.parametrize(
    ("region", "excluded", "outcome"),
    [
        ("eu", ("eu",), "fail"),
        ("de", ("eu",), "unknown"),
        ("eu", ("de",), "unknown"),
        ("global", ("cn",), "unknown"),
        ("de", ("us", "eea"), "unknown"),
        ("us", ("eu",), None),
        ("de", ("fr",), None),
        ("uk", ("gb",), "unknown"),
        ("eu", ("d?",), "unknown"),
        ("eu", ("c?", "us"), "unknown"),
        ("us", ("d*",), None),
        ("far", ("cn",), "unknown"),
        ("far", ("us", "eea"), "unknown"),
        ("far", ("c*",), "unknown"),
        ("far", ("us", "global"), "unknown"),
        ("far", ("us", "fr"), None),
        ("far", ("far", "cn", "de"), "fail"),
    ],
)
def test_region_that_lies_in_an_excluded_one_or_holds_it_is_not_known_to_be_reached(
    region: str, excluded: tuple[str, ...], outcome: str | None, offering: Offering
) -> None:
    groups = {"far": frozenset(("cn", "de"))}
    found = gaps(Scope(regions=Reach(excluded=excluded)), {"usage.region": region}, offering, groups)
    assert [(one.name, one.outcome) for one in found] == ([] if outcome is None else [(region, outcome)])


@pytest.mark.parametrize(
    ("region", "only", "is_inside"),
    [
        ("usa", ("us*",), False),
        ("usa", ("u*", "pr"), True),
        ("usa", ("*",), True),
        ("usa", ("usa", "us", "pr"), True),
        ("usa", ("us", "pr"), False),
        ("us", ("us*",), True),
    ],
)
def test_group_of_regions_that_looks_like_a_glob_of_a_scope_is_inside_where_its_members_are(
    region: str, only: tuple[str, ...], is_inside: bool, offering: Offering
) -> None:
    scope, groups = Scope(regions=Reach(only=only)), {"usa": frozenset(("us", "pr"))}
    assert (gaps(scope, {"usage.region": region}, offering, groups) == []) is is_inside


def test_group_of_regions_of_which_a_member_is_excluded_is_not_covered(tmp_path: Path) -> None:
    cell = {"value": "yes_public", "verified": "2026-11-01", "scope": {"regions": {"except": ["cn"]}}}
    bundle = {"region_groups": {"far": ["cn", "ru"]}}
    policy = {"require": [{"covered": "hipaa_baa"}]}
    offering = {"dimensions": {"hipaa_baa": cell}}
    (result,) = judge(tmp_path, offering, policy, {"data": ["phi"], "region": "far"}, bundle=bundle).results
    assert (result.outcome, result.blocks) == ("unknown", True)
    assert "region `far` overlaps with `cn`" in told(result.requirements[0].reasons)[0]


def test_cell_of_ours_that_leaves_the_eu_out_does_not_cover_germany(tmp_path: Path) -> None:
    cell = {"value": "yes_public", "confidence": "high", "verified": "2026-11-01"}
    listed = {"dimensions": {"hipaa_baa": {**cell, "scope": {"regions": {"except": ["eu"]}}}}}
    rule = {"require": [{"covered": "hipaa_baa"}]}
    (result,) = judge(tmp_path / "de", listed, rule, {"data": ["phi"], "region": "de"}).results
    assert (result.outcome, result.blocks) == ("unknown", True)
    said = "region `de` overlaps with `eu`, which is excluded from the documented scope"
    assert said in told(result.requirements[0].reasons)[0]
    cause = cause_of(result)
    assert cause is not None
    assert cause.message == f"{said} of hipaa_baa of alpha"
    assert judge(tmp_path / "us", listed, rule, {"data": ["phi"], "region": "us"}).results[0].outcome == "pass"
