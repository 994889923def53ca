"""Where a few changes tried blindly find a way out, a repair does too, and none of theirs is cheaper."""

from __future__ import annotations

import itertools
import json
import tempfile
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings

from tests.lifting.applying import RealGate, edited
from tests.lifting.test_laws import answer
from tests.lifting.worlds import AS_OF, CLOUD, ENDPOINTS, NAMING_WORLDS, WORLDS, observing_worlds, sets_of, written
from tests.thoroughness import share
from vendorgate import Gate
from vendorgate.errors import InputError
from vendorgate.lifting.model import COSTS
from vendorgate.load.manifest import GivenManifest, manifest_from

Document = dict[str, Any]
_REGIONS = ("us", "eu", "eea", "de", "gb", "global")
_MODELS = ("m-1", "m-2")
"""The names that a world knows; `n-*` names none."""


def change(kind: str, field: str, old: Any, new: Any) -> Document:
    return {"kind": kind, "offering": "alpha", "field": field, "old": old, "new": new, "agreement": None}


def places(world: Any) -> Iterator[str]:
    """The places that a world names where it can matter, as nobody can guess another; and `global`, which all know."""
    texts = json.dumps([world[part] for part in ("policies", "alpha", "usage")])
    return (place for place in _REGIONS if f'"{place}"' in texts or place == "global")


def held_against(name: str, rule: Any, regions: tuple[str, ...]) -> Iterator[Any]:
    """The values that rules hold a setting against; a boolean stands for both."""
    if isinstance(rule, dict):
        for arguments in rule.values():
            if isinstance(arguments, list) and {"var": f"usage.settings.{name}"} in arguments:
                for value in arguments:
                    yield from _named(value, regions)
            yield from held_against(name, arguments, regions)
    elif isinstance(rule, list):
        for inner in rule:
            yield from held_against(name, inner, regions)


def _named(value: Any, regions: tuple[str, ...]) -> tuple[Any, ...]:
    if isinstance(value, dict):
        return regions if value == {"var": "usage.region"} else ()
    return tuple(value) if isinstance(value, list) else (True, False) if isinstance(value, bool) else (value,)


def universe(world: Document, registered: bool) -> Iterator[tuple[str, Document]]:
    """Changes of the usage's own offering, each with its target."""
    usage, regions = world["usage"], tuple(places(world))
    for name in ("a", "b"):
        old = usage.get("settings", {}).get(name)
        for value in dict.fromkeys(held_against(name, [world["policies"], world["alpha"]], regions)):
            yield name, change("declare" if old is None else "setting", f"settings.{name}", old, value)
    region = usage.get("region")
    for place in regions:
        yield "region", change("declare" if region is None else "region", "region", region, place)
    if usage.get("tier", "self_serve") != "enterprise":
        yield "tier", change("tier", "tier", usage.get("tier"), "enterprise")
    for field, kind, names in (("endpoints", "endpoint", ENDPOINTS), ("models", "model", _MODELS)):
        for old in usage.get(field, [None]):
            for name in names:
                yield f"{field} {old}", change("declare" if old is None else kind, field, old, name)
    for feature in usage.get("features", []):
        yield f"feature {feature}", change("feature", "features", feature, None)
    cloud_region = usage.get("cloud_region")
    for name in CLOUD:
        kind = "declare" if cloud_region is None else "region"
        yield "cloud_region", change(kind, "cloud_region", cloud_region, name)
    yield from agreeing(world)
    for agreement in ("baa", "dpa") if not registered else ():
        yield agreement, change("agreement", "agreements", None, agreement)


def agreeing(world: Document) -> Iterator[tuple[str, Document]]:
    """Changes that say what names may imply."""
    for entry in world["alpha"].get("implies", []):
        if "lifecycle" in entry["set"]:
            old, new = world["usage"].get("lifecycle", "ga"), entry["set"]["lifecycle"]
            yield "lifecycle", change("declare", "lifecycle", old, new)
        for feature in entry["set"].get("features", []):
            yield f"more {feature}", change("declare", "features", None, feature)


def is_said_by_a_name(world: Document, one: Document, usage: Document) -> bool:
    """Whether a name of the changed usage implies a lifecycle or one more feature: else it is not ours to say."""
    field = one["field"]
    if field != "lifecycle" and (field != "features" or one["new"] is None):
        return True
    return any(
        one["new"] == entry["set"].get(field) or one["new"] in entry["set"].get(field, [])
        for entry in world["alpha"].get("implies", [])
        for axis in ("models", "endpoints", "features")
        for name in usage.get(axis, [])
        if any(fnmatchcase(name, glob) for glob in entry.get(axis, []))
    )


def cost(changes: list[Document]) -> int:
    costs = {str(kind): value for kind, value in COSTS.items()}
    kinds = (one["field"] if one["kind"] == "account" and one["field"] in costs else one["kind"] for one in changes)
    return sum(costs[kind] for kind in kinds)


def passes(gate: Gate, manifest: Document) -> bool:
    read = GivenManifest("m", manifest_from(json.dumps(manifest).encode(), "m", []), ())
    try:
        return gate.judge([read], as_of=AS_OF).verdict == "pass"
    except InputError:
        return False


QUIET = settings(
    max_examples=share(40), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)


@QUIET
@given(world=WORLDS)
def test_no_two_changes_tried_blindly_are_cheaper_than_the_cheapest_repair(world: Document) -> None:
    assert_cheapest(world)


@QUIET
@given(world=NAMING_WORLDS)
def test_no_change_tried_blindly_is_cheaper_where_names_decide(world: Document) -> None:
    assert_cheapest(world, 1)


def assert_cheapest(world: Document, most: int = 2) -> None:
    """That no few changes tried blindly are cheaper than the cheapest repair."""
    world["usage"].pop("fallbacks", None)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        manifest, register = written(folder, world)
        found = answer(folder, "repair", "--limit", "1")
        if found["answer"] == "passes" or found["stopped"] is not None:
            return
        cheapest = found["repairs"][0]["cost"] if found["repairs"] else 1_000
        gate = Gate(folder / "policies", folder / "registry")
        blind = list(universe(world, register is not None))
        for size in range(1, most + 1):
            for several in itertools.combinations(blind, size):
                changes = [one for _, one in several]
                if len({target for target, _ in several}) == size and cost(changes) < cheapest:
                    changed, _ = edited(manifest, register, "u", changes)
                    if all(is_said_by_a_name(world, one, changed["usages"][0]) for one in changes):
                        assert not passes(gate, changed), changes


def at_vendors(world: Document) -> Iterator[Document]:
    """Accounts set up otherwise, as far as that is observed; what an account has may be kept and observed, too."""
    rules = [world["policies"], world["alpha"]]
    regions = tuple(places(world))
    for name in ("a", "b"):
        own = world["usage"].get("settings", {}).get(name)
        values = [own, *held_against(name, rules, regions)]
        for value in {(type(one), one): one for one in values if one is not None}.values():
            yield change("account", f"settings.{name}", None, value)
    for place in regions:
        yield change("account", "region", None, place)
    yield change("account", "tier", None, "enterprise")
    yield change("account", "features", "web", None)


@QUIET
@given(world=observing_worlds())
def test_no_account_set_up_blindly_lifts_what_no_repair_does(world: Document) -> None:
    world["usage"].pop("fallbacks", None)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        manifest, register = written(folder, world)
        found = answer(folder, "repair", "--limit", "1")
        if found["answer"] == "passes" or found["stopped"] is not None:
            return
        cheapest = found["repairs"][0]["cost"] if found["repairs"] else 1_000
        gate = RealGate(folder, "u", AS_OF)
        for size in (1, 2):
            for several in sets_of([*at_vendors(world)], size, world):
                if len({one["field"] for one in several}) == size and cost([*several]) < cheapest:
                    assert gate.blocks(manifest, register, at_vendors=several), several
