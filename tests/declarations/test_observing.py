"""By whose word an account is set up, what an observation tells of it, and by which names that is decided."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.world import AS_OF, Part, judge
from vendorgate.declarations.account_fields import account_fields
from vendorgate.declarations.deciding import Deciding
from vendorgate.declarations.observing import observations_of, standing, told_by_name
from vendorgate.model.bundle_settings import ObservationRules
from vendorgate.model.evaluation import Evaluation
from vendorgate.model.subject import Subject
from vendorgate.model.vocabulary import NO_GROUPS

OFF: Part = {"settings": {"zdr": False}}
BY_MODEL: Part = {"scoped_settings": [{"scope": {"models": {"only": ["m-1"]}}, "settings": {"zdr": True}}]}
ATTESTED: Part = {"attested": {"by": "somebody", "evidence": "console.png"}, "sha256": "0" * 64}


def judged(folder: Path, usage: Part, *observations: Part, offering: Part | None = None, **more: Any) -> Evaluation:
    world = {"dimensions": {}, "endpoints": ["chat"], **(offering or {})}
    named = {str(at): one for at, one in enumerate(observations)}
    return judge(folder, world, {"require": [True]}, {"data": ["phi"], **usage}, observations=named, **more)


def subject_of(folder: Path, usage: Part, *observations: Part, offering: Part | None = None, **more: Any) -> Subject:
    return judged(folder, usage, *observations, offering=offering, **more).subjects[0]


@pytest.mark.parametrize(
    ("usage", "observed", "required", "expected"),
    [
        ({}, OFF, False, ("observed", False, False)),
        ({"settings": {"zdr": True}}, OFF, False, ("observed", False, True)),
        ({}, {**OFF, **ATTESTED}, False, ("attested", False, False)),
        ({"settings": {"zdr": True}}, {**OFF, **ATTESTED}, True, ("not_observed", None, True)),
        ({"settings": {"zdr": True}}, {}, False, ("claimed", True, False)),
        ({"settings": {"zdr": True}}, {}, True, ("not_observed", None, False)),
        ({"settings": {"zdr": True}}, BY_MODEL, False, ("observed_for_some", None, False)),
        ({"settings": {"zdr": True}}, {"unreadable": ["zdr"]}, False, ("claimed", True, False)),
        ({"settings": {"zdr": True}}, {**OFF, "observed": "2026-01-01"}, False, ("claimed", True, False)),
    ],
)
def test_each_field_of_an_account_is_told_by_whose_word_it_is_so(
    usage: Part, observed: Part, required: bool, expected: tuple[str, bool | None, bool], tmp_path: Path
) -> None:
    found = judged(tmp_path, usage, observed, bundle={"observations": {"required": ["alpha"]}} if required else None)
    bundle = found.bundle
    (field,) = account_fields(found.subjects[0], AS_OF, bundle.observing, bundle.region_groups)
    value = field.value if isinstance(field.value, bool) else None
    assert (field.what, field.status, value, field.contrary) == ("settings.zdr", *expected)
    assert (field.lapsed is not None) == ("observed" in observed)
    assert (field.untold is not None) == ("unreadable" in observed)


def test_what_a_usage_without_observations_declares_is_claimed(tmp_path: Path) -> None:
    found = judged(tmp_path, {"settings": {"zdr": True}})
    (field,) = account_fields(found.subjects[0], AS_OF, found.bundle.observing, found.bundle.region_groups)
    assert (field.status, field.value) == ("claimed", True)


def test_a_route_has_to_do_with_its_own_account_and_the_usages(tmp_path: Path) -> None:
    fallback = {"offering": "elsewhere"}
    found = judged(tmp_path, {"fallbacks": [fallback]}, OFF, {**OFF, "offering": "elsewhere"})
    names = [[one.written.offering for one in observations_of(subject)] for subject in found.subjects]
    assert names == [["alpha"], ["elsewhere", "alpha"]]
    assert observations_of(subject_of(tmp_path / "none", {})) == ()


@pytest.mark.parametrize(
    ("observed", "expected"),
    [
        (OFF, frozenset()),
        (BY_MODEL, {"zdr"}),
        ({**OFF, "scope": {"models": {"only": ["m-*"]}}}, {"zdr"}),
        ({"settings": {"other": 1}, **BY_MODEL}, {"zdr"}),
    ],
)
def test_settings_that_depend_on_names_are_known(observed: Part, expected: set[str], tmp_path: Path) -> None:
    subject = subject_of(tmp_path, {"models": ["m-1"]}, observed)
    assert subject.seen is not None
    assert told_by_name(subject.seen.own[0]) == expected


@pytest.mark.parametrize(
    ("observed", "path", "expected"),
    [
        (OFF, "usage.settings.zdr", []),
        ({"region": "us"}, "usage.region", []),
        (BY_MODEL, "usage.settings.zdr", ["usage.models"]),
        ({**OFF, "scope": {"models": {"only": ["m-*"]}}}, "usage.settings.zdr", ["usage.models"]),
        ({**OFF, "scope": {"cloud_regions": {"only": ["r1"]}}}, "usage.settings.zdr", ["usage.cloud_region"]),
        (
            {"scoped_settings": [{"scope": {"endpoints": {"only": ["chat"]}}, "settings": {"zdr": True}}]},
            "usage.settings.zdr",
            ["usage.endpoints"],
        ),
    ],
)
def test_names_that_say_which_value_was_observed_are_told(
    observed: Part, path: str, expected: list[str], tmp_path: Path
) -> None:
    usage = {"models": ["m-1"], "endpoints": ["chat"], "cloud_region": "r1"}
    subject = subject_of(tmp_path, usage, observed)
    found = standing(subject, AS_OF, ObservationRules())
    deciding = Deciding(subject, found, lambda one: True, NO_GROUPS)
    assert [name for name, _ in deciding.choosing(path)] == expected


PROFILES: Part = {
    "models": ["us.*", "a-*", "arn:*"],
    "implies": [
        {"models": ["us.*"], "set": {"settings.profile": "us"}},
        {"models": ["a-preview"], "set": {"lifecycle": "preview"}},
        {"endpoints": ["chat"], "set": {"settings.other": 1}},
    ],
}
IN_REGION: Part = {**OFF, "scope": {"models": {"only": ["a-*", "arn:*"]}}}


@pytest.mark.parametrize(
    ("usage", "expected"),
    [
        ({"models": ["a-1"]}, None),
        ({"models": ["a-1"], "settings": {"profile": "eu"}}, None),
        ({"models": ["a-1"], "settings": {"profile": "in_region"}}, False),
        ({"models": ["us.a-1"], "settings": {"profile": "us"}}, True),
        ({"models": ["arn:x:y:r1:z"], "cloud_region": "r1", "settings": {"profile": "in_region"}}, False),
        ({"models": ["arn:x:y:r2:z"], "cloud_region": "r1", "settings": {"profile": "in_region"}}, None),
        ({"models": ["arn:x"], "cloud_region": "r1", "settings": {"profile": "in_region"}}, None),
        ({"models": ["arn:x:y:r2:z"], "settings": {"profile": "in_region"}}, False),
    ],
)
def test_a_name_that_does_not_say_what_is_called_leaves_it_open(
    usage: Part, expected: bool | None, tmp_path: Path
) -> None:
    """None: nobody knows; true: the claim counts, because it was not read for that name."""
    claimed = {**usage, "settings": {**usage.get("settings", {}), "zdr": True}}
    offering = {"dimensions": {}, **PROFILES, "endpoints": ["chat"]}
    rule = {"==": [{"var": "usage.settings.zdr"}, True]}
    world: Part = {"data": ["phi"], **claimed}
    (result,) = judge(tmp_path, offering, {"require": [rule]}, world, observations={"o": IN_REGION}).results
    assert result.outcome == {None: "unknown", True: "pass", False: "fail"}[expected]
    if expected is False:
        paths = [one.what for one in result.rests_on if one.kind == "claim"]
        assert "settings.profile" in paths
