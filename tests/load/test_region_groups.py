"""Groups of regions that a bundle or a pack adds: what they may be, where they may stand, and what lies in them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.command import vendorgate
from tests.world import AS_OF, judge
from vendorgate import Gate, InputError
from vendorgate.evaluate.regions import within
from vendorgate.load import region_groups
from vendorgate.logic import UNKNOWN, Json, Node, parse
from vendorgate.model.evaluation import Evaluation

GROUPS = {"adequate": ["ch", "uk", "jp"], "europe": ["eu", "ch"], "home": ["de"]}
IN_FORCE = {name: frozenset(one if one != "uk" else "gb" for one in members) for name, members in GROUPS.items()}
REGION = {"var": "usage.region"}
SUBJECTS = {"var": "usage.subjects"}


@pytest.mark.parametrize(
    ("place", "area", "expected"),
    [
        ("ch", "adequate", True),
        ("uk", "adequate", True),
        ("de", "adequate", False),
        ("de", "europe", True),
        ("gp", "europe", True),
        ("no", "europe", False),
        ("eu", "europe", True),
        ("eea", "europe", False),
        ("global", "europe", False),
        ("adequate", "adequate", True),
        ("adequate", "global", True),
        ("adequate", "eea", False),
        ("home", "eu", True),
        ("home", "europe", True),
        ("europe", "home", False),
        ("europe", "eea", False),
        ("home", "nowhere", UNKNOWN),
        ("nowhere", "home", UNKNOWN),
    ],
)
def test_a_group_lies_where_all_of_its_members_do(place: str, area: str, expected: object) -> None:
    assert within(place, area, IN_FORCE) is expected


def judged(folder: Path, rule: Any, usage: dict[str, Any], files: dict[str, Any] | None = None) -> Evaluation:
    """A world whose bundle has groups, judged; `files` are others of the bundle."""
    judge(folder, {"dimensions": {}}, {"require": [True]}, {"data": ["phi"]})
    bundle = folder / "policies"
    written = {
        "bundle.yaml": {"region_groups": GROUPS},
        "p.yaml": {"version": 1, "policies": [{"id": "p", "title": "P", "require": [rule]}]},
        **(files or {}),
    }
    for name, value in written.items():
        (bundle / name).parent.mkdir(exist_ok=True)
        (bundle / name).write_text(json.dumps(value), encoding="utf-8")
    manifest = {"version": 1, "project": "p", "usages": [{"id": "u", "offering": "alpha", "data": ["phi"], **usage}]}
    (folder / "vendorgate.yaml").write_text(json.dumps(manifest), encoding="utf-8")
    return Gate(bundle, folder / "registry").check(folder / "vendorgate.yaml", as_of=AS_OF)


@pytest.mark.parametrize(
    ("rule", "usage", "outcome"),
    [
        ({"within": [REGION, "adequate"]}, {"region": "ch"}, "pass"),
        ({"within": [REGION, "adequate"]}, {"region": "us"}, "fail"),
        ({"within": [REGION, "adequate"]}, {"region": "adequate"}, "pass"),
        ({"within": [REGION, "adequate"]}, {}, "unknown"),
        ({"within": [REGION, {"var": "usage.settings.area"}]}, {"region": "ch"}, "unknown"),
        ({"all": [SUBJECTS, {"within": [{"var": ""}, "europe"]}]}, {"subjects": ["de", "ch"]}, "pass"),
        ({"all": [SUBJECTS, {"within": [{"var": ""}, "europe"]}]}, {"subjects": ["adequate"]}, "fail"),
        ({"subset": [SUBJECTS, ["adequate", "us"]]}, {"subjects": ["ch", "gb", "us"]}, "pass"),
        ({"subset": [SUBJECTS, ["adequate", "us"]]}, {"subjects": ["adequate"]}, "pass"),
        ({"subset": [SUBJECTS, ["adequate", "us"]]}, {"subjects": ["ch", "de"]}, "fail"),
        ({"disjoint": [SUBJECTS, ["adequate"]]}, {"subjects": ["ch"]}, "fail"),
        ({"disjoint": [SUBJECTS, ["adequate"]]}, {"subjects": ["us"]}, "pass"),
        ({"in": [REGION, ["us", "adequate"]]}, {"region": "jp"}, "pass"),
        ({"!": {"in": [REGION, ["us", "adequate"]]}}, {"region": "jp"}, "fail"),
        ({"none": [SUBJECTS, {"in": [{"var": ""}, ["adequate"]]}]}, {"subjects": ["jp"]}, "fail"),
        ({"some": [SUBJECTS, {"==": [{"var": ""}, "adequate"]}]}, {"subjects": ["jp"]}, "fail"),
        ({"in": [{"var": "primary.region"}, {"merge": [["us"], ["adequate"]]}]}, {"region": "jp"}, "pass"),
        ({"in": [{"var": "usage.settings.zone"}, ["adequate"]]}, {"settings": {"zone": "jp"}}, "fail"),
        ({"if": [{"in": [REGION, ["adequate"]]}, True, False]}, {"region": "gb"}, "pass"),
        ({"==": [REGION, "adequate"]}, {"region": "ch"}, "fail"),
        ({"==": [REGION, "adequate"]}, {"region": "adequate"}, "pass"),
    ],
)
def test_policies_can_name_groups(rule: Any, usage: dict[str, Any], outcome: str, tmp_path: Path) -> None:
    (result,) = judged(tmp_path, rule, usage).results
    assert result.outcome == outcome


@pytest.mark.parametrize(
    ("reach", "region", "outcome"),
    [
        ({"only": ["adequate"]}, "ch", "pass"),
        ({"only": ["adequate"]}, "gb", "pass"),
        ({"only": ["adequate"]}, "adequate", "pass"),
        ({"only": ["adequate"]}, "us", "fail"),
        ({"except": ["adequate"]}, "ch", "fail"),
        ({"except": ["adequate"]}, "us", "pass"),
    ],
)
@pytest.mark.parametrize("own", [True, False])
def test_scopes_of_own_cells_can_name_groups(
    own: bool, reach: dict[str, Any], region: str, outcome: str, tmp_path: Path
) -> None:
    good = {"value": "yes_public", "verified": "2026-11-01"}
    conditioned = {**good, "conditions": [{"in": [REGION, ["adequate", "us"]]}]}
    cells = {"hipaa_baa": {**good, "scope": {"regions": reach}}, "gdpr_dpa": conditioned}
    names = {"name": "Ours", "developer": "A", "platform": "A", "category": "internal"}
    overlay = {"id": "ours", **names} if own else {"extends": "alpha"}
    files = {"offerings/a.yaml": {**overlay, "dimensions": cells}}
    usage = {"region": region, "offering": "ours" if own else "alpha"}
    (result,) = judged(tmp_path, {"covered": "hipaa_baa"}, usage, files).results
    assert result.outcome == outcome
    (result,) = judged(tmp_path / "conditions", {"covered": "gdpr_dpa"}, usage, files).results
    assert result.outcome == "pass"


def test_scopes_of_the_registry_cannot(tmp_path: Path) -> None:
    cell = {"value": "yes_public", "verified": "2026-11-01", "scope": {"regions": {"only": ["adequate"]}}}
    judged(tmp_path, True, {})
    alpha = tmp_path / "registry/offerings/alpha.yaml"
    alpha.write_text(json.dumps({**json.loads(alpha.read_text()), "dimensions": {"hipaa_baa": cell}}))
    with pytest.raises(InputError) as found:
        Gate(tmp_path / "policies", tmp_path / "registry").check(tmp_path / "vendorgate.yaml", as_of=AS_OF)
    assert [one.title for one in found.value.problems] == ["`adequate` is not a region"]


def test_a_cloud_region_may_lie_in_a_declared_group(tmp_path: Path) -> None:
    judged(tmp_path, {"known": "usage.region"}, {})
    registry = tmp_path / "registry"
    snapshot = json.loads((registry / "snapshot.yaml").read_text())
    (registry / "snapshot.yaml").write_text(json.dumps({**snapshot, "clouds": {"acme": {"c-1": "ch", "u-1": "us"}}}))
    alpha = json.loads((registry / "offerings/alpha.yaml").read_text())
    implies = [{"models": ["swiss-*"], "set": {"region": "ch"}}]
    (registry / "offerings/alpha.yaml").write_text(json.dumps({**alpha, "cloud": "acme", "implies": implies}))

    def outcome(**usage: Any) -> str:
        (result,) = judged_again(tmp_path, {"region": "adequate", **usage}).results
        return result.outcome

    assert (outcome(cloud_region="c-1"), outcome(cloud_region="u-1")) == ("pass", "fail")
    assert outcome(models=["swiss-1"]) == "pass"


def judged_again(folder: Path, usage: dict[str, Any]) -> Evaluation:
    manifest = {"version": 1, "project": "p", "usages": [{"id": "u", "offering": "alpha", "data": ["phi"], **usage}]}
    (folder / "vendorgate.yaml").write_text(json.dumps(manifest), encoding="utf-8")
    return Gate(folder / "policies", folder / "registry").check(folder / "vendorgate.yaml", as_of=AS_OF)


def test_a_pack_brings_groups_of_its_own(tmp_path: Path) -> None:
    policy = {"id": "q", "title": "Q", "require": [{"within": [REGION, "pacific"]}]}
    pack = {"version": 1, "policies": [policy], "region_groups": {"pacific": ["jp", "au"]}}
    found = judged(tmp_path, {"within": [REGION, "pacific"]}, {"region": "au"}, {"pacific.yaml": pack})
    assert [result.outcome for result in found.results] == ["pass", "pass"]


@pytest.mark.parametrize(
    ("groups", "title", "help"),
    [
        ({"eea": ["ch"]}, "`eea` is a region already", "give the group another name"),
        ({"global": ["ch"]}, "`global` is a region already", "give the group another name"),
        ({"adequate": ["ch", "xx"]}, "`xx` is not a region", None),
        ({"adequate": ["ch"], "all-of-them": ["adequate", "us"]}, "`adequate` is not a region", None),
        ({"adequate": []}, None, None),
        ({"de": ["ch"]}, "`de` is a region already", None),
        ({"uk": ["ch"]}, "`uk` is a region already", None),
        ({"xk": ["ch"]}, "`xk` cannot be the name of a group of regions", None),
        ({"Adequate": ["ch"]}, "`Adequate` cannot be the name of a group of regions", None),
        ({"adequate": "ch"}, None, None),
    ],
)
def test_what_is_no_group_is_refused(groups: Any, title: str | None, help: str | None, tmp_path: Path) -> None:
    with pytest.raises(InputError) as found:
        judged(tmp_path, True, {}, {"bundle.yaml": {"region_groups": groups}})
    (problem,) = found.value.problems
    assert title is None or problem.title == title
    assert help is None or problem.help == help
    assert problem.location is not None
    assert problem.location.path.endswith("bundle.yaml")


def test_a_group_that_two_files_declare_must_be_one(tmp_path: Path) -> None:
    pack = {"version": 1, "policies": [{"id": "q", "title": "Q", "require": [True]}]}
    same = {"pack.yaml": {**pack, "region_groups": {"adequate": ["jp", "gb", "ch"]}}}
    assert len(judged(tmp_path, True, {}, same).results) == 2
    with pytest.raises(InputError) as found:
        judged(tmp_path / "other", True, {}, {"pack.yaml": {**pack, "region_groups": {"adequate": ["jp"]}}})
    (problem,) = found.value.problems
    assert problem.title == "the group of regions `adequate` is declared as two different things"


def test_a_name_that_is_no_group_is_told_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(InputError) as found:
        judged(tmp_path, {"within": [REGION, "adequat"]}, {"region": "europ"})
    assert [(one.title, one.help) for one in found.value.problems] == [
        ("`adequat` is not a region", "did you mean `adequate`?"),
        ("`europ` is not a region", "did you mean `europe`?"),
    ]


def test_lints_know_that_a_group_can_hold_and_can_fail(tmp_path: Path) -> None:
    rules = {"and": [{"within": [REGION, "adequate"]}, {"all": [SUBJECTS, {"within": [{"var": ""}, "europe"]}]}]}
    judged(tmp_path, rules, {"region": "ch"})
    ended = vendorgate("policy", "lint", "policies", "--registry", "registry", folder=tmp_path)
    assert "never" not in ended.stdout + ended.stderr
    assert "constant" not in ended.stdout + ended.stderr


NAMED = st.sampled_from(("eea-plus", "de", "us", "other-group", "", "usage.region"))
RULES = st.recursive(
    NAMED | st.booleans() | st.integers() | st.just({"var": "usage.region"}) | st.just({"var": "usage.subjects"}),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.tuples(
            st.sampled_from(("in", "subset", "disjoint", "and", "==")), st.lists(inner, min_size=1, max_size=3)
        ).map(lambda one: {one[0]: one[1]})
        | st.tuples(st.sampled_from(("some", "filter", "all")), inner, inner).map(lambda one: {one[0]: [*one[1:]]})
    ),
    max_leaves=12,
)


@given(RULES)
def test_rule_that_names_no_group_is_what_putting_members_in_makes_of_it(rule: Json) -> None:
    groups = {"eea-plus": frozenset(("de", "no")), "other-group": frozenset(("us",))}
    tree = parse(rule)
    whole: Callable[..., Node] = vars(region_groups)["_with_members"]
    assert region_groups.rule_with_members(tree, groups) == whole(tree, groups, of_region=False)
