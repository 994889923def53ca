"""What differs between two observations, value by value; nothing that was told gets lost without being said."""

from __future__ import annotations

import datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendorgate.commands.observe.difference import differences, told_names
from vendorgate.commands.observe.outcome import FieldChange
from vendorgate.model.observation import ObservationFile

DAY = datetime.date(2026, 11, 28)


def observed(**said: Any) -> ObservationFile:
    return msgspec.convert({"version": 1, "offering": "openai-api", "observed": DAY, **said}, ObservationFile)


def scoped(axis: str, names: list[str], **settings: Any) -> dict[str, Any]:
    return {"scope": {axis: {"only": names}}, "settings": settings}


def told(before: ObservationFile | None, after: ObservationFile, **why: str) -> list[tuple[Any, ...]]:
    return [(str(one.name), one.kind, one.before, one.after, one.why) for one in differences(before, after, why)]


def test_each_value_of_a_first_observation_is_new() -> None:
    after = observed(settings={"store": False}, region="eu", features=["search"])
    assert told(None, after) == [
        ("features", "new", None, ("search",), None),
        ("region", "new", None, "eu", None),
        ("settings.store", "new", None, False, None),
    ]


def test_what_is_told_otherwise_no_more_and_as_before() -> None:
    before = observed(settings={"a": True, "b": "x", "c": 1}, region="eu", tier="enterprise")
    after = observed(settings={"a": False, "c": 1}, region="eu")
    assert told(before, after, b="these credentials may not ask for it (403)", c="never shown") == [
        ("region", "kept", "eu", "eu", None),
        ("settings.a", "changed", True, False, None),
        ("settings.b", "gone", "x", None, "these credentials may not ask for it (403)"),
        ("settings.c", "kept", 1, 1, None),
        ("tier", "gone", "enterprise", None, None),
    ]


@pytest.mark.parametrize(("old", "new"), [(True, 1), (1, True), (1, 1.0), ("1", 1), (False, 0), ("true", True)])
def test_values_that_python_takes_for_the_same_differ(old: object, new: object) -> None:
    assert [one[1] for one in told(observed(settings={"a": old}), observed(settings={"a": new}))] == ["changed"]


def test_setting_of_a_model_is_held_against_what_held_for_all() -> None:
    before = observed(settings={"store": False})
    after = observed(settings={"store": False}, scoped_settings=[scoped("models", ["a", "b"], store=True)])
    assert told(before, after) == [
        ("settings.store", "kept", False, False, None),
        ("settings.store of model a", "changed", False, True, None),
        ("settings.store of model b", "changed", False, True, None),
    ]
    assert [(one[1], one[2], one[3]) for one in told(after, before)[1:]] == [("changed", True, False)] * 2


def test_first_entry_that_reaches_a_name_says_its_value() -> None:
    before = observed(scoped_settings=[scoped("models", ["claude-*"], store=False)])
    entries = [scoped("models", ["claude-x"], store=True), scoped("models", ["claude-*"], store=False)]
    found = told(before, observed(scoped_settings=entries))
    assert ("settings.store of model claude-x", "changed", False, True, None) in found
    assert ("settings.store of model claude-*", "kept", False, False, None) in found


def test_name_that_joins_others_is_new_and_they_stay() -> None:
    before = observed(scoped_settings=[scoped("endpoints", ["chat"], store=False)])
    after = observed(scoped_settings=[scoped("endpoints", ["chat", "batch"], store=False)])
    assert [one[:2] for one in told(before, after)] == [
        ("settings.store of endpoint batch", "new"),
        ("settings.store of endpoint chat", "kept"),
    ]


def scope(**axes: list[str]) -> dict[str, Any]:
    return {axis: {"only": names} for axis, names in axes.items()}


def test_for_which_usages_settings_count_is_told() -> None:
    after = observed(settings={"a": 1}, scope=scope(cloud_regions=["us-east-1"]))
    assert told(None, after) == [
        ("scope.cloud_regions", "new", None, ("us-east-1",), None),
        ("settings.a", "new", None, 1, None),
    ]


@pytest.mark.parametrize(
    ("before", "after", "is_worse"),
    [
        ({}, {"cloud_regions": ["us-east-1"]}, True),
        ({"cloud_regions": ["us-east-1"]}, {}, False),
        ({"cloud_regions": ["us-east-1"]}, {"cloud_regions": ["us-east-1", "eu-west-1"]}, False),
        ({"cloud_regions": ["us-east-1", "eu-west-1"]}, {"cloud_regions": ["eu-west-1"]}, True),
        ({"models": ["gpt-5*"]}, {"models": ["gpt-5.2"]}, True),
        ({"models": ["gpt-5.2"]}, {"models": ["gpt-5*"]}, False),
        ({"models": ["gpt-5.2"]}, {"cloud_regions": ["us-east-1"]}, True),
    ],
)
def test_settings_that_count_for_fewer_usages_are_worse(
    before: dict[str, list[str]], after: dict[str, list[str]], is_worse: bool
) -> None:
    old, new = (observed(settings={"a": 1}, **({"scope": scope(**axes)} if axes else {})) for axes in (before, after))
    found = [one for one in differences(old, new, {}) if one.name.path.startswith("scope.")]
    assert any(one.is_worse for one in found) is is_worse
    assert all(one.kind == "changed" for one in found)


def test_only_what_is_no_longer_told_is_worse_by_itself() -> None:
    before, after = observed(settings={"a": 1, "b": 1}), observed(settings={"b": 2, "c": 3})
    assert [one.is_worse for one in differences(before, after, {})] == [True, False, False]


VALUES = st.one_of(st.booleans(), st.integers(0, 2), st.sampled_from(["0", "eu", "1"]))
SETTINGS = st.dictionaries(st.sampled_from(["a", "b", "c"]), VALUES)
ENTRIES = st.lists(
    st.builds(
        lambda axis, names, settings: scoped(axis, names, **settings),
        st.sampled_from(["models", "endpoints"]),
        st.lists(st.sampled_from(["x", "y", "x*", "*"]), min_size=1, unique=True),
        SETTINGS.filter(bool),
    ),
    max_size=3,
)
OBSERVED = st.builds(
    lambda settings, entries, region: observed(
        settings=settings, scoped_settings=entries, **({} if region is None else {"region": region})
    ),
    SETTINGS,
    ENTRIES,
    st.sampled_from([None, "eu", "us"]),
)


@given(OBSERVED, OBSERVED)
def test_everything_that_either_tells_is_named_once_and_turned_round_when_they_are(
    one: ObservationFile, other: ObservationFile
) -> None:
    there, back = differences(one, other, {}), differences(other, one, {})
    names = [change.name for change in there]
    assert len(set(names)) == len(names)
    assert {name.path.removeprefix("settings.") for name in names} == told_names(one) | told_names(other)
    turned = {"new": "gone", "gone": "new"}
    assert [FieldChange(c.name, turned.get(c.kind, c.kind), c.after, c.before) for c in there] == [*back]  # type: ignore[arg-type]
    assert all(change.kind == "kept" for change in differences(one, one, {}))
