"""A change is worse where a condition that reads this value alone held before and does not any more."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.commands.observe.bundles import write
from vendorgate.commands.observe.outcome import FieldChange, FieldName, Value
from vendorgate.commands.observe.worsening import Worsening
from vendorgate.gate import Gate
from vendorgate.load.files import folder as folder_of
from vendorgate.load.files import shipped
from vendorgate.snapshots import read_snapshot

DAY = datetime.date(2026, 11, 28)
STORE = {"var": "usage.settings.store"}
OFF = {"==": [STORE, False]}


def worse(
    folder: Path, before: Value, after: Value, *require: Any, path: str = "settings.store", **more: Any
) -> tuple[str, ...]:
    """What a change makes worse for one policy that requires something, and for no offering."""
    policy = {"id": "p", "title": "P", "require": [*require], **more}
    bundle = write(folder, {"rules.yaml": {"version": 1, "policies": [policy]}})
    gate = Gate(bundle, shipped("registry-snapshot"))
    (found,) = Worsening(gate.bundle, None, DAY).told([FieldChange(FieldName(path), "changed", before, after)])
    assert found.is_worse == bool(found.worse)
    return found.worse


@pytest.mark.parametrize(
    ("before", "after", "is_worse"),
    [(False, True, True), (True, False, False), ("x", "y", False), ("x", False, False), (False, "x", True)],
)
def test_condition_that_held_and_does_not_any_more(before: Value, after: Value, is_worse: bool, tmp_path: Path) -> None:
    assert worse(tmp_path, before, after, OFF) == (("policy `p`",) if is_worse else ())


@pytest.mark.parametrize("negation", ["!", "not"])
def test_below_a_negation_it_is_the_other_way_round(negation: str, tmp_path: Path) -> None:
    kept = {negation: {"==": [STORE, True]}}
    assert worse(tmp_path, False, True, kept) == ("policy `p`",)
    assert worse(tmp_path, True, False, kept) == ()
    assert worse(tmp_path, True, False, {negation: kept}) == ("policy `p`",)


def test_half_of_an_alternative_counts_though_the_other_half_may_hold(tmp_path: Path) -> None:
    either = {"or": [OFF, {"covered": "hipaa_baa"}]}
    assert worse(tmp_path, False, True, either) == ("policy `p`",)


def test_policy_that_comes_to_apply_is_worse_and_one_that_no_longer_does_is_not(tmp_path: Path) -> None:
    when = {"==": [STORE, True]}
    assert worse(tmp_path, False, True, {"covered": "hipaa_baa"}, when=when) == ("policy `p`",)
    assert worse(tmp_path, True, False, {"covered": "hipaa_baa"}, when=when) == ()


@pytest.mark.parametrize(("before", "after"), [(False, True), (True, False)])
def test_what_chooses_between_conditions_may_be_worse_either_way(before: bool, after: bool, tmp_path: Path) -> None:
    chosen = {"if": [STORE, {"covered": "hipaa_baa"}, {"covered": "gdpr_dpa"}]}
    assert worse(tmp_path, before, after, chosen) == ("policy `p`",)


def test_condition_that_reads_something_else_too_is_not_decided(tmp_path: Path) -> None:
    assert worse(tmp_path, False, True, {"==": [STORE, {"var": "usage.settings.other"}]}) == ()


def test_what_an_unknown_comes_to_is_no_longer_what_held(tmp_path: Path) -> None:
    soon = {"<": [{"days_since": {"var": "usage.settings.since"}}, 30]}
    changed = ("2026-11-20", "long ago")
    assert worse(tmp_path, *changed, soon, path="settings.since") == ("policy `p`",)
    assert worse(tmp_path, "2026-11-20", "2026-11-21", soon, path="settings.since") == ()


@pytest.mark.parametrize("read", ["usage.region", "primary.region"])
def test_place_is_read_in_two_ways(read: str, tmp_path: Path) -> None:
    inside = {"within": [{"var": read}, "eu"]}
    assert worse(tmp_path, "eu", "us", inside, path="region") == ("policy `p`",)
    assert worse(tmp_path, "eu", "de", inside, path="region") == ()


def test_place_is_held_by_what_it_is_called_among_people_too(tmp_path: Path) -> None:
    british = {"==": [{"var": "usage.region"}, "gb"]}
    assert worse(tmp_path, "gb", "uk", british, path="region") == ()


def test_features_are_a_list(tmp_path: Path) -> None:
    without = {"!": {"in": ["web_search", {"var": "usage.features"}]}}
    assert worse(tmp_path, (), ("mcp", "web_search"), without, path="features") == ("policy `p`",)
    assert worse(tmp_path, ("web_search",), (), without, path="features") == ()


def test_whether_something_is_observed_is_beside_what_it_says(tmp_path: Path) -> None:
    seen = {"and": [{"observed": "usage.settings.store"}, OFF]}
    assert worse(tmp_path, False, True, seen) == ("policy `p`",)
    assert worse(tmp_path, True, False, seen) == ()
    assert worse(tmp_path, False, True, {"observed": "usage.settings.store"}) == ()


def test_of_several_halves_that_read_it_one_may_hold_where_another_does_not(tmp_path: Path) -> None:
    halves = [{"==": [STORE, value]} for value in ("aa", "bb")]
    assert worse(tmp_path, "aa", "bb", {"or": [*halves, {"covered": "hipaa_baa"}]}) == ()
    assert worse(tmp_path, "aa", "cc", {"or": [*halves, {"covered": "hipaa_baa"}]}) == ("policy `p`",)
    apart = [{"and": [half, {"covered": name}]} for half, name in zip(halves, ("hipaa_baa", "gdpr_dpa"), strict=True)]
    assert worse(tmp_path, "aa", "bb", {"or": apart}) == ("policy `p`",), "nobody knows the rest"


def test_conditions_of_the_registry_count_for_their_offering(tmp_path: Path) -> None:
    policy = {"id": "p", "title": "P", "require": [{"covered": "hipaa_baa"}]}
    bundle = write(tmp_path, {"rules.yaml": {"version": 1, "policies": [policy]}})
    gate = Gate(bundle, shipped("registry-snapshot"))
    snapshot = read_snapshot(shipped("registry-snapshot"), ["openai-api"], bundle=folder_of(bundle))
    change = FieldChange(FieldName("settings.zero_data_retention"), "changed", True, False)
    (found,) = Worsening(gate.bundle, snapshot.offerings["openai-api"], DAY).told([change])
    assert "`retention_zdr` of `openai-api`" in found.worse
    back = FieldChange(FieldName("settings.zero_data_retention"), "changed", False, True)
    assert Worsening(gate.bundle, snapshot.offerings["openai-api"], DAY).told([back]) == (back,)


@pytest.mark.parametrize("kind", ["new", "kept", "gone"])
def test_what_is_not_told_otherwise_breaks_no_condition(kind: Any, tmp_path: Path) -> None:
    bundle = write(tmp_path, {"rules.yaml": {"version": 1, "policies": [{"id": "p", "title": "P", "require": [OFF]}]}})
    change = FieldChange(FieldName("settings.store"), kind, False, True)
    gate = Gate(bundle, shipped("registry-snapshot"))
    assert Worsening(gate.bundle, None, DAY).told([change]) == (change,)
