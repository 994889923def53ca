"""The laws of what is observed: it is worth what its honest declaration is; what must be observed and was not is worth
no claim; and taking away what was observed where it must be lets nothing pass.

Random worlds, judged by the whole gate, through files. Left out, as the contract has it: `known` and `var` defaults,
which these worlds do not have; where an observation that must be there is taken away, `observed` under a negation and
fields beside settings.
"""

from __future__ import annotations

import copy
import datetime
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

from tests.evaluate.law_worlds import ROUTES, Part, World
from tests.evaluate.removing import judged
from tests.evaluate.resting_laws import operations
from tests.world import AS_OF
from vendorgate.model.result import Support
from vendorgate.model.vocabulary import plain_cloud_region

_ASKED = (
    *(f"usage.settings.{name}" for name in ("retention", "sharing", "mode")),
    *("usage.region", "usage.cloud_region", "usage.lifecycle", "usage.features", "primary.region"),
)
Place = tuple[str, str]
"""The name of the file of an observation, and what it tells there."""
_FIELDS = ("region", "cloud_region", "tier", "lifecycle", "features")


def hold_of_honest_declarations(found: World) -> None:
    """Fails where results differ from those that they would be, were everything declared as it was observed."""
    world = copy.deepcopy(dict(found))
    world["bundle"]["observations"].pop("required", None)
    for one in world["observations"].values():
        one.pop("scoped_settings", None)
        _keep_regions_alone(one, world)
    _say_what_is_inherited(world)
    honest = copy.deepcopy(world)
    observations = honest.pop("observations")
    counting = [one for one in observations.values() if _counts(one, world)]
    for route in _routes(honest):
        for one in counting:
            if (one["offering"], one.get("account")) == (route.get("offering", "alpha"), route.get("account")):
                route.update({field: one[field] for field in _FIELDS if field in one})
                if _reaches(one, route):
                    route["settings"] = {**route.get("settings", {}), **one["settings"]}
    with tempfile.TemporaryDirectory() as folder:
        seen = judged(world, Path(folder, "seen")).results
        declared = judged(honest, Path(folder, "honest")).results
    for one, other in zip(seen, declared, strict=True):
        assert (one.outcome, one.blocks) == (other.outcome, other.blocks), f"{one.outcome}, {other.outcome}: {world}"


def hold_of_what_must_be_observed(found: World, random: Random) -> None:
    """Fails where something passes without an observation that must be there, and not whatever might be claimed."""
    unseen = copy.deepcopy(dict(found))
    unseen["observations"] = {}
    unseen["bundle"]["observations"] = {"required": ["alpha", "beta"]}
    open_world = copy.deepcopy(unseen)
    open_world["bundle"]["observations"] = {}
    for route in _routes(open_world):
        if route.get("offering") != "unlisted":
            settings = {name: random.choice([True, False, 0, 1, 2, "x"]) for name in ("retention", "sharing", "mode")}
            route["settings"] = {name: value for name, value in settings.items() if random.random() < 0.8}
    with tempfile.TemporaryDirectory() as folder:
        required = judged(unseen, Path(folder, "required")).results
        claimed = judged(open_world, Path(folder, "claimed")).results
    for one, other in zip(required, claimed, strict=True):
        softened = other.subject.contradictions and other.outcome == "unknown"
        assert one.outcome != "pass" or other.outcome in ("pass", "not_applicable") or softened, (
            f"passes: {unseen} {open_world['usage']}"
        )


def hold_of_an_observation_that_is_taken_away(found: World, random: Random) -> None:
    """Fails where a setting that must be observed, and is taken out of an observation, turns blocking into passing."""
    world = copy.deepcopy(dict(found))
    world["bundle"]["observations"]["required"] = ["alpha", "beta"]
    paths = [(name, setting) for name, one in world["observations"].items() for setting in one["settings"]]
    if not paths:
        return
    less = copy.deepcopy(world)
    name, setting = random.choice(paths)
    del less["observations"][name]["settings"][setting]
    with tempfile.TemporaryDirectory() as folder:
        before = judged(world, Path(folder, "before")).results
        after = judged(less, Path(folder, "after")).results
    for one, other in zip(before, after, strict=True):
        # Of two values that contradict each other one may go, as the contract has it.
        if one.blocks and not (one.subject.seen and one.outcome == "unknown"):
            assert other.blocks, f"without {name} {setting}: {one.outcome} became {other.outcome}: {world}"


def asking(found: World, random: Random, *, negated: bool) -> World:
    """The same world, whose policy asks what is observed, too. What is observed for some names alone is left out:
    whether it is observed for a usage rests on all that is said of the others."""
    world = copy.deepcopy(found)
    for one in world["observations"].values():
        one.pop("scoped_settings", None)
        one.pop("scope", None)
    require = world["policy"]["require"]
    for index, rule in enumerate(require):
        asked: Any = {"observed": random.choice(_ASKED)}
        if negated and random.random() < 0.5:
            asked = {random.choice(["!", "not"]): asked}
        both = [asked, rule]
        random.shuffle(both)
        require[index] = {random.choice(["and", "or"]): both}
    return world


def _routes(world: Part) -> Iterator[Part]:
    yield world["usage"]
    for field in ROUTES:
        yield from world["usage"].get(field, ())


def _say_what_is_inherited(world: Part) -> None:
    """What a route has from its usage, said at the route: honesty about the usage's account is none about another."""
    usage: dict[str, Any] = world["usage"]
    for field in ROUTES:
        for route in usage.get(field, ()):
            route.update({name: usage[name] for name in ("region", "lifecycle") if name in usage and name not in route})
            route.setdefault("lifecycle", "ga")
    if "region" not in usage:
        # A route without a place of its own would inherit one that is observed.
        observed = [one for one in world["observations"].values() if "region" in one]
        for one in observed:
            del one["region"]


def _keep_regions_alone(one: Part, world: Part) -> None:
    """Of the scope of an observation its regions, where each usage of the account has one: else nobody knows."""
    regions = one.pop("scope", {}).get("cloud_regions")
    account = (one["offering"], one.get("account"))
    routes = [each for each in _routes(world) if (each.get("offering", "alpha"), each.get("account")) == account]
    if regions is not None and ("cloud_region" in one or all("cloud_region" in route for route in routes)):
        one["scope"] = {"cloud_regions": regions}


def _reaches(one: Part, route: Part) -> bool:
    """Whether settings were read in the region that is declared."""
    regions = one.get("scope", {}).get("cloud_regions", {}).get("only")
    return regions is None or plain_cloud_region(route["cloud_region"]) in map(plain_cloud_region, regions)


def _counts(one: Part, world: Part) -> bool:
    observed = datetime.date.fromisoformat(one["observed"])
    most = world["bundle"]["observations"].get("max_age_days", 30)
    return observed <= AS_OF <= observed + datetime.timedelta(days=most)


def _may_not_apply(found: World, place: int) -> bool:
    """Whether it is not known if the policy applies to the subject of a result, which reasons of a pass say only where
    all are asked for."""
    with tempfile.TemporaryDirectory() as folder:
        told = judged({**found, "full": True}, Path(folder)).results[place]
    return any(one.outcome == "unknown" for one in told.when)


def hold_of_observations_that_results_rest_on(found: World, random: Random) -> None:
    """Fails where a result changes once all is taken away that was observed and that it does not rest on, or a part of
    it, or where it rests on what was not observed or does not count."""
    with tempfile.TemporaryDirectory() as folder:
        before = judged(found, Path(folder, "before"))
        place = random.randrange(len(before.results))
        result = before.results[place]
        rested = [one for one in result.rests_on if one.kind == "observation"]
        kept = {_place(one) for one in rested}
        for one in rested:
            written = found["observations"][_place(one)[0]]
            assert one.until is not None, one
            assert datetime.date.fromisoformat(written["observed"]) <= AS_OF <= one.until, one
        # A part of it alone may be what kept another observation from telling what a rule asks.
        share = 1 if _asks_what_is_observed(found) else random.choice([1, 0.5])
        less = _without_observed(found, lambda at: at in kept or random.random() >= share)
        later = judged(less, Path(folder, "after")).results[place]
    # What is waived rests on its waiver, and may need it no more; where it is not known whether a policy applies, that
    # rests on nothing.
    if result.outcome not in ("unknown", "waived") and not result.when and later.outcome != result.outcome:
        assert _may_not_apply(found, place), f"{place}: {result.outcome}, {later.outcome}: {found} {less}"


def _asks_what_is_observed(found: World) -> bool:
    parts = (found["policy"], found["offering"], found.get("others"), found.get("overlays"))
    return any("observed" in one for part in parts for one in operations(part))


def _without_observed(found: World, is_kept: Callable[[Place], bool]) -> Part:
    """A world in which no more was observed than is kept."""
    less = copy.deepcopy(dict(found))
    for name, one in less["observations"].items():
        for field in _FIELDS:
            if field in one and not is_kept((name, field)):
                del one[field]
        entries = one.get("scoped_settings", [])
        names = {*one["settings"], *(setting for entry in entries for setting in entry["settings"])}
        kept = {setting for setting in sorted(names) if is_kept((name, f"settings.{setting}"))}
        for settings in (one["settings"], *(entry["settings"] for entry in entries)):
            for setting in settings.keys() - kept:
                del settings[setting]
        one["scoped_settings"] = [entry for entry in entries if entry["settings"]]
    return less


def _place(one: Support) -> Place:
    """Which observation says it, and of what: a setting is one thing, for whichever names it was read."""
    assert one.locate is not None
    location = one.locate()
    assert location is not None
    return Path(location.path).stem, one.what.removeprefix("primary.")
