"""The subjects that a manifest comes to: one a route, each with its place and the name of its route."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from tests.world import Part, judge
from vendorgate.model.evaluation import Evaluation
from vendorgate.model.identity import Whereabouts
from vendorgate.model.projects import ProjectBinding
from vendorgate.report.json import render
from vendorgate.resolve import resolve

USAGE: Part = {
    "fallbacks": ["beta", {"offering": "gamma", "region": "eu"}],
    "via": {"offering": "delta"},
}


NOTHING: Part = {"dimensions": {}}


def judged(folder: Path, rule: Part, usage: Part) -> Evaluation:
    others = dict.fromkeys(("beta", "gamma", "delta"), NOTHING)
    return judge(folder, NOTHING, {"require": [rule]}, {"data": ["phi"], **usage}, others=others)


def test_each_route_is_a_subject_at_the_place_where_it_is_written(tmp_path: Path) -> None:
    found = judged(tmp_path, {"known": "usage.data"}, USAGE).subjects
    assert [(one.route, one.place) for one in found] == [
        ("primary", ("usages", 0, "offering")),
        ("fallback", ("usages", 0, "fallbacks", 0)),
        ("fallback", ("usages", 0, "fallbacks", 1, "offering")),
        ("gateway", ("usages", 0, "via", "offering")),
    ]


def test_gateway_that_is_a_name_alone_stands_where_it_is_written(tmp_path: Path) -> None:
    (_, gateway) = judged(tmp_path, {"known": "usage.data"}, {"via": "beta"}).subjects
    assert gateway.place == ("usages", 0, "via")


@pytest.mark.parametrize(("route", "outcomes"), [("primary", "pfff"), ("fallback", "fppf"), ("gateway", "fffp")])
def test_rule_reads_which_route_it_judges(route: str, outcomes: str, tmp_path: Path) -> None:
    found = judged(tmp_path, {"==": [{"var": "usage.route"}, route]}, USAGE).results
    assert "".join(result.outcome[0] for result in found) == outcomes


def test_some_usages_alone_are_resolved_where_they_are_named(tmp_path: Path) -> None:
    world = judged(tmp_path, {"known": "usage.data"}, USAGE)
    (manifest,) = world.manifests
    assert resolve(manifest, world.snapshot, None, None, {"v"}) == ()
    assert [one.usage for one in resolve(manifest, world.snapshot, None, None, {"u"})] == ["u"] * 4


@pytest.mark.parametrize(
    ("owner", "projects"), [(None, None), ("team", (ProjectBinding("p*", paths=("*",), owner="team"),))]
)
def test_subjects_are_whose_the_manifest_is(
    owner: str | None, projects: tuple[ProjectBinding, ...] | None, tmp_path: Path
) -> None:
    world = judged(tmp_path, {"known": "usage.data"}, USAGE)
    (manifest,) = world.manifests
    here = msgspec.structs.replace(manifest, whereabouts=Whereabouts(path="vendorgate.yaml", owned_before=("old",)))
    found = resolve(here, world.snapshot, None, projects)
    assert {one.identity.owner for one in found} == {owner}
    assert {one.identity.owned_before for one in found} == {("old",) if projects is None else ()}
    assert {one.stated.get("project.owner") for one in found} == {owner}
    assert {one.stated.get("project.bound") for one in found} == {None if projects is None else True}


def test_every_route_knows_the_project_and_whose_offering_is_the_first(tmp_path: Path) -> None:
    for one in judged(tmp_path, {"known": "usage.data"}, {**USAGE, "region": "eu"}).subjects:
        read = {path: value for path, value in one.stated.items() if path.startswith(("primary.", "project."))}
        assert read == {
            "primary.offering": "alpha",
            "primary.platform": "A",
            "primary.developer": "A",
            "primary.region": "eu",
            "project.name": "p",
        }


IMPLIES: Part = {
    "models": ["m-*"],
    "features": ["search", "memory"],
    "implies": [{"models": ["m-us"], "set": {"region": "us"}}, {"models": ["m-1"], "set": {"features": ["memory"]}}],
}


@pytest.mark.parametrize(("model", "outcome"), [("m-us", "unknown"), ("m-1", "pass"), ("m-2", "pass")])
def test_contradicted_region_of_the_first_is_known_to_no_route(model: str, outcome: str, tmp_path: Path) -> None:
    usage = {"data": ["phi"], "models": [model], "features": ["search"], "region": "eu", "fallbacks": ["beta"]}
    rule: Part = {"require": [{"==": [{"var": "primary.region"}, "eu"]}]}
    found = judge(tmp_path, {**NOTHING, **IMPLIES}, rule, usage, others={"beta": NOTHING}).results
    assert [result.outcome for result in found] == [outcome, outcome]


@pytest.mark.parametrize(
    ("usage", "data", "subjects"),
    [
        ({"data": ["phi", "pii", "phi"], "subjects": ["uk", "us", "gb"]}, ["phi", "pii"], ["gb", "us"]),
        ({"data": ["phi", "phi"]}, ["phi"], None),
        ({"data": ["phi", "pii"], "subjects": ["us"]}, ["phi", "pii"], ["us"]),
    ],
)
def test_each_route_has_data_and_people_once(
    usage: Part, data: list[str], subjects: list[str] | None, tmp_path: Path
) -> None:
    found = judged(tmp_path, {"known": "usage.data"}, {**USAGE, **usage}).subjects
    assert len(found) == 4
    for one in found:
        assert (one.stated["usage.data"], one.stated.get("usage.subjects")) == (data, subjects)


def test_report_grows_with_a_manifest_and_not_with_its_square(tmp_path: Path) -> None:
    def size(times: int) -> int:
        accounts = [{"offering": "beta", "account": f"a{number}"} for number in range(times)]
        rule = {"in": ["phi", {"var": "usage.data"}]}
        found = judge(
            tmp_path / str(times),
            NOTHING,
            {"require": [rule]},
            {"data": ["phi"] * times, "fallbacks": accounts},
            others={"beta": NOTHING},
        )
        return len(render(found))

    assert size(320) < 9 * size(40)
