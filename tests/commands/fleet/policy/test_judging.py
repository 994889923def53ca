"""Fleet policies over the database of a run."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.commands.fleet.databases import Judged, Listed, fill
from tests.evaluate.fleets import OF_PHI, VENDORS
from tests.load.test_fleet_policies import bundle
from tests.world import AS_OF
from vendorgate.commands.fleet.policy.judging import JudgedRule, judge_rules, kept_paths, write_rules

PLATFORM, DATA = "offering.platform", "usage.data"
USAGES = {"var": "usages"}


@pytest.fixture
def database() -> sqlite3.Connection:
    return sqlite3.connect(":memory:")


def sees(platform: Any, manifest: str = "acme/clinic/vendorgate.yaml", usage: str = "u", beside: Any = None) -> Judged:
    known = {DATA: ["phi"], **(beside or {})}
    return Judged(manifest, usage, known if platform is None else {**known, PLATFORM: platform})


def came_to(database: sqlite3.Connection, folder: Path, *require: Any) -> JudgedRule:
    found = bundle(folder, {"id": "two", "title": "T", "require": [*require]}).bundle
    (rule,) = judge_rules(database, found, AS_OF, "error")
    return rule


def outcome(database: sqlite3.Connection, folder: Path, rule: Any) -> str:
    return came_to(database, folder, rule).outcome


@pytest.mark.parametrize(
    ("platforms", "expected"),
    [
        ((), "pass"),
        (("A", "A", "B"), "pass"),
        (("A", "B", "C"), "fail"),
        (("A", "B", None), "unknown"),
        (("A", None, None), "unknown"),
        (("A", None), "pass"),
        (("1", 1, True), "fail"),
        ((1, 1.0, None), "pass"),
    ],
)
def test_at_most_two_vendors_see_phi(
    platforms: tuple[Any, ...], expected: str, database: sqlite3.Connection, tmp_path: Path
) -> None:
    fill(database, [sees(platform, usage=f"u{place}") for place, platform in enumerate(platforms)])
    assert outcome(database, tmp_path, {"<=": [VENDORS, 2]}) == expected


def test_numbers_beyond_every_measure_stay_apart(database: sqlite3.Connection, tmp_path: Path) -> None:
    fill(database, [sees("A", usage=f"u{n}", beside={"usage.settings.limit": 2**70 + n}) for n in range(3)])
    count = {"count_distinct": [USAGES, {"var": "usage.settings.limit"}]}
    assert outcome(database, tmp_path, {"==": [count, 3]}) == "pass"


@pytest.mark.parametrize(
    ("manifest", "rule", "expected"),
    [
        ({}, {"all": [USAGES, {"==": [{"var": "project.owner"}, "care"]}]}, "pass"),
        ({"owner": None}, {"all": [USAGES, {"==": [{"var": "project.owner"}, "care"]}]}, "unknown"),
        ({"repository": None}, {"none": [USAGES, {"matches": [{"var": "repository"}, "evil/*"]}]}, "unknown"),
        ({"repository": "evil/x"}, {"none": [USAGES, {"matches": [{"var": "repository"}, "evil/*"]}]}, "fail"),
        ({"bound": True}, {"all": [USAGES, {"var": "project.bound"}]}, "pass"),
        ({"bound": False}, {"all": [USAGES, {"var": "project.bound"}]}, "fail"),
        ({"bound": None}, {"all": [USAGES, {"var": "project.bound"}]}, "unknown"),
        ({"project": "x"}, {"some": [USAGES, {"==": [{"var": "project.name"}, "x"]}]}, "pass"),
        ({"project": "x"}, {"some": [OF_PHI, {"==": [{"var": "project.name"}, "x"]}]}, "pass"),
    ],
)
def test_what_is_of_a_manifest_is_read_of_it(
    manifest: Any, rule: Any, expected: str, database: sqlite3.Connection, tmp_path: Path
) -> None:
    path = "acme/clinic/vendorgate.yaml"
    fill(database, [sees("A", path)], [Listed(path)._replace(**manifest)])
    assert outcome(database, tmp_path, rule) == expected


def test_usages_of_one_case_in_several_manifests_are_told_apart_by_what_rules_read(
    database: sqlite3.Connection, tmp_path: Path
) -> None:
    fill(database, [sees("A", f"acme/r{n}/vendorgate.yaml") for n in range(4)])
    count = {"count_distinct": [USAGES, {"var": "repository"}]}
    assert outcome(database, tmp_path, {"==": [count, 4]}) == "pass"
    assert outcome(database, tmp_path / "other", {"==": [VENDORS, 1]}) == "pass"


@pytest.mark.parametrize("what", ["a manifest with a mistake", "a repository out of reach"])
def test_what_was_not_judged_leaves_it_open(what: str, database: sqlite3.Connection, tmp_path: Path) -> None:
    broken = [Listed("acme/x/vendorgate.yaml", problems=("no manifest",))] if "mistake" in what else []
    fill(database, [sees("A")], broken, [("acme/gone", "error")] if "reach" in what else [("acme/clinic", "gathered")])
    found = came_to(database, tmp_path, {"<=": [VENDORS, 2]})
    assert (found.outcome, found.blocks) == ("unknown", True)
    assert "in 1 place that could not be judged" in found.told


def test_what_is_told_names_the_vendors_and_where_they_are_seen(database: sqlite3.Connection, tmp_path: Path) -> None:
    hostile = "<b>|]]>%0A\x1b[31m‮"
    unlisted = Judged("acme/lab/vendorgate.yaml", "u9", {DATA: ["phi"]}, offering="unlisted", vendor="Acme")
    fill(database, [sees("A"), sees(hostile, "acme/x/vendorgate.yaml"), sees("C"), sees("C", usage="v"), unlisted])
    (told,) = json.loads(came_to(database, tmp_path, {"<=": [VENDORS, 2]}).told)
    (reason,) = told["reasons"]
    assert [(one["value"], one["usages"]) for one in reason["values"]] == [("C", 2), ("A", 1), (hostile, 1)]
    assert reason["values"][2]["seen"] == {
        "repository": "acme/x",
        "manifest": "acme/x/vendorgate.yaml",
        "project": "x",
        "usage": "u",
        "offering": "alpha",
    }
    assert reason["usages"] == 1
    assert reason["seen"][0]["offering"] == "unlisted (Acme)"


def test_a_rule_that_reads_nothing_of_a_usage_asks_whether_there_is_one(
    database: sqlite3.Connection, tmp_path: Path
) -> None:
    fill(database, [])
    assert outcome(database, tmp_path, {"some": [USAGES, True]}) == "fail"


def test_rules_are_rows_of_the_run(database: sqlite3.Connection, tmp_path: Path) -> None:
    fill(database, [sees("A")])
    rules = [{"id": id, "title": id, "require": [{"<=": [VENDORS, 2]}]} for id in ("one", "two")]
    write_rules(database, judge_rules(database, bundle(tmp_path, *rules).bundle, AS_OF, "error"))
    found = database.execute("SELECT position, id, outcome, severity, blocks FROM rules ORDER BY position").fetchall()
    assert found == [(0, "one", "pass", "error", 0), (1, "two", "pass", "error", 0)]


def test_a_bundle_without_fleet_policies_asks_the_run_nothing(tmp_path: Path) -> None:
    found = bundle(tmp_path)
    (tmp_path / "policies/fleet.yaml").unlink()
    gate = type(found)(tmp_path / "policies", tmp_path / "registry")
    assert judge_rules(sqlite3.connect(":memory:"), gate.bundle, AS_OF, "error") == ()
    assert kept_paths(gate.bundle) == ()


def test_settings_and_attributes_that_rules_read_are_to_be_kept(tmp_path: Path) -> None:
    body = {"and": [{"var": "usage.settings.zone"}, {"var": "usage.attributes.dpia"}, {"var": "project.bound"}]}
    found = bundle(tmp_path, {"id": "x", "title": "X", "require": [{"all": [USAGES, body]}]}).bundle
    assert kept_paths(found) == ("usage.settings.zone", "usage.attributes.dpia")
