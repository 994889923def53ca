"""What of a usage lies outside a scope, gap by gap (coverage, step 4)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.evaluate.told import told
from tests.world import Part, judge
from vendorgate.evaluate.scope import Gap, gaps, is_excluded
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


@pytest.mark.parametrize("cloud", ["acme", None])
@pytest.mark.parametrize("written", ["us-gov-1", "US-GOV-1", "us gov 1", "usgov1", " us-gov-1 ", "usgov-1"])
@pytest.mark.parametrize("excluded", ["us-gov-1", "us-gov-*", "US Gov ?"])
def test_excluded_region_of_a_cloud_is_excluded_in_every_spelling(
    tmp_path: Path, cloud: str | None, written: str, excluded: str
) -> None:
    cell = {"value": "yes_public", "verified": "2026-11-01", "scope": {"cloud_regions": {"except": [excluded]}}}
    alpha = {"dimensions": {"hipaa_baa": cell}, **({} if cloud is None else {"cloud": cloud})}
    snapshot = {"clouds": {"acme": {"US Gov 1" if "US" in excluded else "us-gov-1": "us", "us-1": "us"}}}
    rule = {"require": [{"covered": "hipaa_baa"}]}
    usages: list[Part] = [{"data": ["pii"], "cloud_region": name} for name in (written, "us-1")]
    found = [judge(tmp_path, alpha, rule, usage, snapshot=snapshot).results[0] for usage in usages]
    assert [result.outcome for result in found] == ["fail", "pass"]
    (said,) = told(found[0].requirements[0].reasons)
    assert f"cloud region `{written}` is excluded from the documented scope" in said


CLOUD_REGIONS = ("us-gov-1", "us-1", "eu-west-1", "Europe West1", "GlobalZone")


def respelled(name: str) -> st.SearchStrategy[str]:
    """A name with other case, spaces and hyphens."""
    letter = st.sampled_from(["", " ", "-", "--"])
    plain = [one for one in name if one not in " -"]
    return st.tuples(*(st.tuples(letter, st.sampled_from([one.lower(), one.upper()])) for one in plain)).map(
        lambda pairs: "".join(before + one for before, one in pairs)
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    spelt=st.sampled_from(CLOUD_REGIONS).flatmap(
        lambda name: st.tuples(st.just(name), respelled(name), respelled(name))
    ),
    excluded=st.lists(st.sampled_from([*CLOUD_REGIONS, "us-*", "eu*", "*-1", "?u-west-?", "none"]), max_size=3),
)
def test_every_spelling_of_a_cloud_region_is_excluded_where_one_is(
    spelt: tuple[str, str, str], excluded: list[str], offering: Offering
) -> None:
    name, other, written = spelt
    known = msgspec.structs.replace(offering, cloud_regions=CLOUD_REGIONS)
    listed = tuple(excluded)
    as_the_cloud_has_it = is_excluded("cloud_regions", name, listed, known)
    assert is_excluded("cloud_regions", other, listed, known) is (as_the_cloud_has_it or names_any(other, listed))
    assert is_excluded("cloud_regions", name, (*listed, written), known)
    assert is_excluded("models", name, listed, known) is names_any(name, listed)


@pytest.mark.parametrize("excluded", ["us-gov-1", "us-gov-*"])
def test_no_region_is_proposed_that_another_spelling_excludes(tmp_path: Path, excluded: str) -> None:
    reach = {"only": ["US Gov 1", "us-1"], "except": [excluded]}
    cell = {"value": "yes_public", "verified": "2026-11-01", "scope": {"cloud_regions": reach}}
    usage: Part = {"data": ["pii"], "cloud_region": "elsewhere"}
    rule = {"require": [{"covered": "hipaa_baa"}]}
    (result,) = judge(tmp_path, {"dimensions": {"hipaa_baa": cell}}, rule, usage).results
    said = told(result.requirements[0].reasons)
    assert "us-1" in said[0]
    assert "US Gov 1" not in said[0]


def test_of_many_excluded_regions_of_a_cloud_each_is_excluded_in_every_spelling(tmp_path: Path) -> None:
    names = [f"zone-{number}" for number in range(600)]
    cell = {"value": "yes_public", "verified": "2026-11-01", "scope": {"cloud_regions": {"except": names}}}
    snapshot = {"clouds": {"acme": dict.fromkeys([*(f"Zone {number}" for number in range(600)), "other"], "us")}}
    alpha = {"dimensions": {"hipaa_baa": cell}, "cloud": "acme"}
    rule = {"require": [{"covered": "hipaa_baa"}]}
    for name, outcome in (("ZONE599", "fail"), ("Zone 7", "fail"), ("Other", "pass")):
        usage = {"data": ["pii"], "cloud_region": name}
        assert judge(tmp_path, alpha, rule, usage, snapshot=snapshot).results[0].outcome == outcome


def test_region_of_a_cloud_that_is_written_almost_as_an_excluded_glob_is_no_excluded_one(tmp_path: Path) -> None:
    cell = {"value": "yes_public", "verified": "2026-11-01", "scope": {"cloud_regions": {"except": ["eu-*"]}}}
    alpha = {"dimensions": {"hipaa_baa": cell}, "cloud": "acme"}
    snapshot = {"clouds": {"acme": {"europe-west1": "be", "eu-west1": "ie"}}}
    rule = {"require": [{"covered": "hipaa_baa"}]}
    for name, outcome in (("Europe West1", "pass"), ("EU West1", "fail")):
        usage = {"data": ["pii"], "cloud_region": name}
        assert judge(tmp_path, alpha, rule, usage, snapshot=snapshot).results[0].outcome == outcome
