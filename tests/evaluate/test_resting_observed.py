"""What a pass rests on where something was observed: each thing without which it would be none, and nothing else."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.world import Part, judge
from vendorgate.model.result import Result
from vendorgate.report.account_fields import account_of

CLOUDS: Part = {"clouds": {"acme": {"us-1": "us", "de-1": "de", "eu": "eu"}}}
ATTESTED: Part = {"attested": {"by": "somebody", "evidence": "console.png"}, "sha256": "0" * 64}
GROUPS: Part = {"region_groups": {"home": ["de", "us"]}}
REQUIRED: Part = {"observations": {"required": ["alpha"], "attested": True}}
FIELDS = ("settings", "region", "cloud_region", "features", "lifecycle", "tier", "models", "endpoints")
"""What is taken away of claims and observations, one after the other."""


def world_of(rule: Any, usage: Part, *observations: Part, implies: tuple[Part, ...] = (), **bundle: Any) -> Part:
    names = {"endpoints": ["chat", "batch"], "features": ["memory"]}
    return {
        "offering": {"cloud": "acme", "dimensions": {}, "implies": [*implies], **names},
        "policy": {"require": [rule]},
        "usage": {"data": ["phi"], **usage},
        "observations": {f"o{number}": one for number, one in enumerate(observations)},
        "bundle": {**GROUPS, **bundle},
        "snapshot": CLOUDS,
    }


def result_of(world: Part, folder: Path) -> Result:
    return judge(folder, **world).results[-1]


def told(result: Result) -> set[str]:
    """What a result rests on, what is observed by the number of its file."""
    found = set()
    for one in result.rests_on:
        place = one.locate() if one.locate is not None else None
        whose = one.kind if place is None or one.kind == "claim" else Path(place.path).stem
        found.add(f"{whose} {one.what}")
    return found


def without_each(world: Part) -> Iterator[tuple[str, Part]]:
    """The world without each thing that is claimed or observed, by what that is."""
    places = [("claim", ("usage",)), *((name, ("observations", name)) for name in world["observations"])]
    for whose, place in places:
        for field, value in at(world, place).items():
            below = sorted(value) if field == "settings" else [None]
            for name in below if field in FIELDS else ():
                less = copy.deepcopy(world)
                path = (*place, field) if name is None else (*place, field, name)
                del at(less, path[:-1])[path[-1]]
                yield f"{whose} {field}{'' if name is None else f'.{name}'}", less


def at(world: Part, path: tuple[str, ...]) -> Any:
    for step in path:
        world = world[step]
    return world


def reads(path: str, value: Any) -> Part:
    return {"==": [{"var": f"usage.{path}"}, value]}


IN_EU: Part = {"within": [{"var": "usage.region"}, "eu"]}
PRIMARY_IN_EU: Part = {"within": [{"var": "primary.region"}, "eu"]}
AT_HOME = reads("region", "home")
IS_ON, IS_OFF = reads("settings.zdr", True), reads("settings.zdr", False)
ON: Part = {"settings": {"zdr": True}}
OFF: Part = {"settings": {"zdr": False}}
EU: Part = {"region": "eu", "cloud_region": "eu"}
NOWHERE: Part = {"cloud_region": "nowhere-1"}
US_1: Part = {"cloud_region": "us-1"}
DE_1: Part = {"cloud_region": "de-1"}

PLACES = [
    # A cloud's region that is none, or lies elsewhere, is claimed; another was observed.
    (world_of(IN_EU, NOWHERE, EU), {"o0 region", "o0 cloud_region"}),
    (world_of(IN_EU, US_1, EU), {"o0 region", "o0 cloud_region"}),
    (world_of(IN_EU, DE_1, EU), {"o0 region"}),
    (world_of(IN_EU, {}, EU), {"o0 region"}),
    (world_of(IN_EU, {"region": "eu", **US_1}, {"cloud_region": "eu"}), {"claim region", "o0 cloud_region"}),
    (world_of(IN_EU, {}, EU, {**US_1, **ATTESTED}), {"o0 region", "o0 cloud_region"}),
    (
        world_of(IN_EU, {}, {"cloud_region": "eu"}, {"region": "eu", **US_1, **ATTESTED}),
        {"o0 cloud_region", "o1 region"},
    ),
    (world_of(AT_HOME, {"region": "home", "cloud_region": "eu"}, DE_1), {"claim region", "o0 cloud_region"}),
    (world_of(AT_HOME, {"region": "home", **US_1}, DE_1), {"claim region"}),
    # The other way round.
    (world_of(reads("cloud_region", "eu"), {"region": "us"}, EU), {"o0 region", "o0 cloud_region"}),
    (
        world_of(reads("cloud_region", "us-1"), {"region": "de", **US_1}, {"region": "us"}),
        {"o0 region", "claim cloud_region"},
    ),
    (world_of(reads("cloud_region", "de-1"), {"region": "eu", **DE_1}, {"region": "de"}), {"claim cloud_region"}),
    # Whoever reads no place rests on none; neither does whoever asks only whether one was observed.
    (world_of(reads("tier", "enterprise"), {"region": "us", **NOWHERE}, {"tier": "enterprise", **EU}), {"o0 tier"}),
    (world_of({"observed": "usage.region"}, NOWHERE, EU), {"o0 region"}),
]  # fmt: skip


def memory(**implied: Any) -> tuple[Part, ...]:
    """What the feature `memory` implies."""
    named = {name.replace("zdr", "settings.zdr"): value for name, value in implied.items()}
    return ({"features": ["memory"], "set": named},)


MEMORY: Part = {"features": ["memory"]}
NO_FEATURES: Part = {"features": []}
FEATURES = [
    # A feature is claimed that implies something else; it was observed to be off.
    (world_of(IS_OFF, {**MEMORY, **OFF}, NO_FEATURES, implies=memory(zdr=True)), {"claim settings.zdr", "o0 features"}),
    (world_of(IS_OFF, MEMORY, {**OFF, **NO_FEATURES}, implies=memory(zdr=True)), {"o0 settings.zdr", "o0 features"}),
    (
        world_of(IS_OFF, MEMORY, {**OFF, **NO_FEATURES}, implies=memory(zdr=True), **REQUIRED),
        {"o0 settings.zdr", "o0 features"},
    ),
    (world_of(IS_OFF, MEMORY, {**OFF, **NO_FEATURES}, implies=memory(zdr=False)), {"o0 settings.zdr"}),
    (
        world_of(IN_EU, MEMORY, {"region": "eu", **NO_FEATURES}, implies=memory(region="us")),
        {"o0 region", "o0 features"},
    ),
    (world_of(reads("lifecycle", "ga"), MEMORY, NO_FEATURES, implies=memory(lifecycle="preview")), {"o0 features"}),
]  # fmt: skip

IN_DE_1: Part = {"scope": {"cloud_regions": {"only": ["de-1"]}}}
OF_A: Part = {"scope": {"models": {"only": ["a"]}}}
OF_BOTH: Part = {"scope": {**IN_DE_1["scope"], **OF_A["scope"]}}
OF_BATCH: Part = {"scoped_settings": [{"scope": {"endpoints": {"only": ["batch"]}}, **OFF}]}
IS_B: Part = {"models": ["b"]}
REACHED = [
    # Settings were read in one region, or for some models; which those of the usage are, something else says.
    (world_of(IS_OFF, {**ON, **DE_1}, {**OFF, **IN_DE_1}), {"o0 settings.zdr", "claim cloud_region"}),
    (world_of(IS_ON, {**ON, **US_1}, {**OFF, **IN_DE_1}), {"claim settings.zdr", "claim cloud_region"}),
    (
        world_of(IS_ON, {**ON, **DE_1}, {**OFF, **IN_DE_1}, {**US_1, **ATTESTED}),
        {"claim settings.zdr", "o1 cloud_region"},
    ),
    (world_of(IS_ON, US_1, {**OFF, **IN_DE_1}, {**ON, **ATTESTED}), {"o1 settings.zdr", "claim cloud_region"}),
    (world_of(IS_OFF, US_1, {**OFF, **IN_DE_1, **DE_1}), {"o0 settings.zdr", "o0 cloud_region"}),
    # Where it was observed in which region that is, nobody asks whether a region contradicts it.
    (world_of(IS_OFF, {"region": "us"}, {**OFF, **IN_DE_1, **DE_1}), {"o0 settings.zdr", "o0 cloud_region"}),
    (
        world_of(IS_OFF, {"region": "us", **DE_1}, {**OFF, **IN_DE_1, "region": "de"}),
        {"o0 settings.zdr", "o0 region", "claim cloud_region"},
    ),
    (world_of(IS_ON, {**ON, **IS_B}, {**OFF, **OF_A}), {"claim settings.zdr", "claim models"}),
    (world_of(IS_ON, {**ON, **IS_B, **DE_1}, {**OFF, **OF_BOTH}), {"claim settings.zdr", "claim models"}),
    (world_of(IS_ON, {**ON, **IS_B, **US_1}, {**OFF, **IN_DE_1}), {"claim settings.zdr", "claim cloud_region"}),
    (world_of(IS_ON, {**ON, "endpoints": ["chat"]}, OF_BATCH), {"claim settings.zdr", "claim endpoints"}),
    (
        world_of(reads("settings.other", 1), {"settings": {"other": 1}, **IS_B}, {**OFF, **OF_A}),
        {"claim settings.other"},
    ),
    (world_of({"observed": "usage.settings.zdr"}, DE_1, {**OFF, **IN_DE_1}), {"o0 settings.zdr", "claim cloud_region"}),
]  # fmt: skip

PROFILES: tuple[Part, ...] = ({"models": ["eu.*"], "set": {"settings.profile": "eu"}},)
IS_A: Part = {"models": ["a"], "settings": {"profile": "in_region"}}
READ_OF_A: Part = {**OFF, **OF_A}
IN_REGION: Part = {"settings": {"profile": "in_region"}}
SEEN_PROFILE: Part = {**IN_REGION, **ATTESTED}
ARN: Part = {"models": ["arn:aws:bedrock:de-1:x"]}
OF_ARNS: Part = {**OFF, **DE_1, "scope": {"models": {"only": ["arn:*"]}}}
BY_PROFILE = {"o0 settings.zdr", "claim models", "claim settings.profile"}
CALLED = [
    # What is called, names do not say by themselves.
    (world_of(IS_OFF, IS_A, READ_OF_A, implies=PROFILES), BY_PROFILE),
    (world_of(IS_OFF, IS_A, READ_OF_A, implies=PROFILES, **REQUIRED), BY_PROFILE),
    (
        world_of(IS_OFF, {**IS_A, "settings": {"profile": "eu"}}, READ_OF_A, SEEN_PROFILE, implies=PROFILES),
        {"o0 settings.zdr", "claim models", "o1 settings.profile"},
    ),
    (
        world_of(reads("settings.profile", "eu"), IS_A, {"settings": {"profile": "eu"}, **OF_A}, implies=PROFILES),
        {"o0 settings.profile", "claim models", "claim settings.profile"},
    ),
    (world_of(IS_OFF, {**ARN, **US_1}, OF_ARNS), {"o0 settings.zdr", "claim models", "o0 cloud_region"}),
    (world_of(IS_OFF, {**ARN, "cloud_region": "DE 1"}, OF_ARNS), {"o0 settings.zdr", "claim models"}),
]  # fmt: skip


@pytest.mark.parametrize(("world", "expected"), [*PLACES, *FEATURES, *REACHED, *CALLED])
def test_a_pass_rests_on_each_thing_without_which_it_would_be_none(
    world: Part, expected: set[str], tmp_path: Path
) -> None:
    result = result_of(world, tmp_path / "whole")
    by_default = {"claim lifecycle"}
    assert (result.outcome, told(result) - by_default) == ("pass", expected)
    needed = {
        name
        for number, (name, less) in enumerate(without_each(world))
        if result_of(less, tmp_path / str(number)).outcome != "pass"
    }
    assert needed == expected


def test_what_no_vendor_tells_rests_on_no_observation(tmp_path: Path) -> None:
    rule = {"and": [{"==": [{"var": "offering.category"}, "first_party"]}, {"==": [{"var": "usage.purpose"}, "x"]}]}
    world = world_of(rule, {"purpose": "x", **NOWHERE}, EU)
    assert told(result_of(world, tmp_path)) == {"evidence offering.category", "claim purpose"}


def test_what_was_read_and_what_is_attested_are_two_things_that_say_the_same(tmp_path: Path) -> None:
    read, rule = {**IN_REGION, **OF_A}, reads("settings.profile", "in_region")
    world = world_of(rule, {"models": ["a"]}, read, {**SEEN_PROFILE, "source": "x"}, implies=PROFILES)
    world["observations"]["o0"]["source"] = "console.png"
    assert told(result_of(world, tmp_path)) == {"o0 settings.profile", "claim models", "o1 settings.profile"}


def test_the_region_of_the_usages_own_account_rests_on_what_was_observed_of_that_account(tmp_path: Path) -> None:
    usage = {"cloud_region": "us-1", "fallbacks": [{"offering": "elsewhere", "account": "b"}]}
    world = world_of(PRIMARY_IN_EU, usage, {"region": "eu", "cloud_region": "eu"})
    primary, fallback = judge(tmp_path / "whole", **world).results
    assert [told(one) for one in (primary, fallback)] == [
        {"o0 primary.region", "o0 cloud_region"},
        {"o0 primary.region", "o0 primary.cloud_region"},
    ]
    assert {str(account_of(fallback.subject, one)) for one in fallback.rests_on} == {"alpha"}
    assert [one.claimed for one in fallback.rests_on if one.what == "primary.cloud_region"] == ["us-1"]
    del world["observations"]["o0"]["cloud_region"]
    assert [one.outcome for one in judge(tmp_path / "less", **world).results] == ["unknown", "unknown"]


def test_a_region_of_a_usage_of_whose_account_nothing_was_observed_rests_on_its_claim(tmp_path: Path) -> None:
    usage = {"region": "eu", "fallbacks": [{"offering": "elsewhere"}]}
    world = world_of(PRIMARY_IN_EU, usage, {"offering": "elsewhere", "region": "us"})
    assert told(result_of(world, tmp_path)) == {"claim primary.region"}
