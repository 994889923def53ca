"""The laws of the contract: take any fact or declaration away, or have the registry say what names imply, and no
blocking result becomes a passing one; take away what a result does not rest on, and it stays what it is.

Random registries, manifests and rules; something is taken away or added; both are judged by the whole gate, through
files. Left out, as the contract has it: `known`, `var` defaults, negated agreements, also those behind a `covered`,
models that the offering does not list, and one of two declarations that contradict each other.

`python -m tests.evaluate.laws --examples 100000 --seed 1` tries many.
"""

from __future__ import annotations

import argparse
import copy
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

from tests.world import judge
from vendorgate.model.evaluation import Evaluation
from vendorgate.model.result import Result
from vendorgate.model.subject import Contradiction

DIMENSIONS = ["soc2_type2", "hipaa_baa", "retention_zdr", "data_residency"]
GRADES = ["yes_public", "yes_sales_gated", "partial", "no", "unclear", "no_public_evidence", "new_in_2030"]
MODELS = ["m-1", "m-2", "n-1"]
FEATURES = ["search", "memory"]
ENDPOINTS = ["chat", "batch"]
REGIONS = ["us", "de", "eu"]
CLOUD_REGIONS = ["us-1", "DE 1", "eu", "nowhere-1"]
DAYS = ["2026-11-23", "2026-01-01", "2025-11-01", "2027-01-01"]
SNAPSHOT: dict[str, Any] = {"clouds": {"acme": {"us-1": "us", "de-1": "de", "eu": "eu"}}}
DECLARATIONS = ("models", "endpoints", "subjects", "region", "cloud_region", "settings")
"""Those without a stated default."""
IMPLYING = ("implies", "cloud")
"""Keys of an offering that say what names mean."""
Part = dict[str, Any]
Rule = Any


class World(dict[str, Any]):
    """An offering, a usage and a policy; and whether its rules ask for agreements, and then negate nothing."""

    agreements = False


def world(random: Random) -> World:
    """A world that nobody has thought of."""
    agreements = random.random() < 0.5
    offering: Part = {
        "models": ["m-*", "n-1"],
        "endpoints": ENDPOINTS,
        "features": FEATURES,
        "implies": [_implication(random) for _ in range(random.randint(0, 3))],
        **random.choice([{}, {"cloud": "acme"}]),
        "dimensions": {name: _cell(random, name, agreements) for name in DIMENSIONS if random.random() < 0.6},
    }
    policy: Part = {"require": [_rule(random, agreements, DIMENSIONS) for _ in range(random.randint(1, 2))]}
    found = World(offering=offering, usage=_usage(random), policy=policy)
    found.agreements = agreements
    return found


def _some(random: Random, names: list[str], least: int = 1, most: int = 2) -> list[str]:
    return random.sample(names, random.randint(least, min(most, len(names))))


def _atom(random: Random, agreements: bool, dimensions: list[str]) -> Rule:
    """A rule without others in it; `covered` asks for the dimensions alone that are given."""
    dimension, days, region = random.choice(DIMENSIONS), random.randint(0, 400), random.choice(REGIONS)
    setting = random.choice(["sharing", "mode"])
    options: list[Rule] = [
        {"documented": dimension},
        {"==": [{"var": "usage.settings.retention"}, random.random() < 0.5]},
        {"!!": {"var": f"usage.settings.{setting}"}},
        {"<=": [{"var": f"registry.{dimension}.facts.days"}, days]},
        {">": [{"days_since": {"var": f"registry.{dimension}.verified"}}, days]},
        {"!=": [{"var": f"registry.{dimension}.value"}, random.choice(GRADES[:6])]},
        {"within": [{"var": "usage.region"}, region]},
        {"in": [region, {"var": "usage.subjects"}]},
        {random.choice(["all", "some", "none"]): [{"var": "usage.models"}, {"matches": [{"var": ""}, "m-*"]}]},
        {random.choice(["subset", "disjoint"]): [{"var": "usage.endpoints"}, ["chat"]]},
        {"==": [{"var": "usage.cloud_region"}, {"var": "usage.region"}]},
        {"==": [{"var": "usage.lifecycle"}, "ga"]},
        {"disjoint": [{"var": "usage.features"}, ["memory"]]},
        {"==": [{"var": "primary.region"}, region]},
        {">": [{"+": [{"var": "usage.settings.mode"}, 1]}, 1]},
        *([{"covered": random.choice(dimensions)}] * 3 if dimensions else []),
        *([{"agreement": random.choice(["baa", "zdr"])}] * 2 if agreements else []),
    ]
    return random.choice(options)


def _rule(random: Random, agreements: bool, dimensions: list[str], depth: int = 2) -> Rule:
    """A rule with agreements and without negation, or the other way round."""
    if depth == 0 or random.random() < 0.5:
        return _atom(random, agreements, dimensions)

    def inner() -> Rule:
        return _rule(random, agreements, dimensions, depth - 1)

    name = random.choice(["and", "or"] if agreements else ["and", "or", "!", "if"])
    if name == "!":
        return {"!": inner()}
    count = 3 if name == "if" else random.randint(1, 3)
    return {name: [inner() for _ in range(count)]}


def _reach(random: Random, names: list[str]) -> Part:
    return {random.choice(["only", "except"]): _some(random, names)}


def _scoped_facts(random: Random) -> Part:
    axis, names = random.choice([("endpoints", ENDPOINTS), ("models", MODELS), ("features", FEATURES)])
    days = None if random.random() < 0.3 else random.randint(0, 400)
    return {"scope": {axis: {"only": _some(random, names)}}, "facts": {"days": days}}


def _implication(random: Random) -> Part:
    """What a name of an offering says by itself."""
    axis, names = random.choice([("models", [*MODELS, "m-*"]), ("endpoints", ENDPOINTS), ("features", FEATURES)])
    fields = {
        "settings.retention": random.random() < 0.5,
        "settings.mode": random.randint(0, 2),
        "features": _some(random, FEATURES),
        "lifecycle": random.choice(["ga", "preview"]),
        "region": random.choice(REGIONS),
    }
    return {axis: [random.choice(names)], "set": {field: fields[field] for field in _some(random, sorted(fields))}}


def _cell(random: Random, dimension: str, agreements: bool) -> Part:
    """A cell; its conditions ask for later dimensions alone, so that there is no circle."""
    later = DIMENSIONS[DIMENSIONS.index(dimension) + 1 :]
    axes = {
        "models": MODELS,
        "endpoints": ENDPOINTS,
        "regions": REGIONS,
        "cloud_regions": CLOUD_REGIONS,
        "features": FEATURES,
        "lifecycle": ["ga", "preview"],
    }
    optional: dict[str, Callable[[], Any]] = {
        "confidence": lambda: random.choice(["high", "low"]),
        "verified": lambda: random.choice(DAYS),
        "facts": lambda: {"days": random.randint(0, 400)},
        "tier": lambda: random.choice(["self_serve", "enterprise"]),
        "scoped_facts": lambda: [_scoped_facts(random) for _ in range(random.randint(0, 2))],
        "valid_until": lambda: random.choice(DAYS),
        "scope": lambda: {axis: _reach(random, axes[axis]) for axis in _some(random, sorted(axes))},
    }
    found = {key: make() for key, make in optional.items() if random.random() < (0.8 if key == "verified" else 0.4)}
    conditions = [_rule(random, agreements, later, 1) for _ in range(random.choice([0, 0, 1, 2]))]
    return {"value": random.choice(GRADES), "conditions": conditions, **found}


def _usage(random: Random) -> Part:
    settings = ("retention", "sharing", "mode")
    optional: dict[str, Callable[[], Any]] = {
        "models": lambda: _some(random, [*MODELS, MODELS[0], "unheard-of"][: random.choice([3, 3, 5])]),
        "endpoints": lambda: _some(random, ENDPOINTS),
        "subjects": lambda: _some(random, REGIONS, 1, 3),
        "region": lambda: random.choice(REGIONS),
        "cloud_region": lambda: random.choice(CLOUD_REGIONS),
        "features": lambda: _some(random, FEATURES, 0),
        "lifecycle": lambda: random.choice(["ga", "preview"]),
        "agreements": lambda: _some(random, ["baa", "zdr"], 0),
        "settings": lambda: {
            name: random.choice([True, False, 0, 1, 2]) for name in _some(random, list(settings), 0, 3)
        },
    }
    return {"data": ["internal"], **{key: make() for key, make in optional.items() if random.random() < 0.6}}


def judged(found: Part, folder: Path) -> Evaluation:
    return judge(folder, found["offering"], found["policy"], found["usage"], snapshot=SNAPSHOT)


def hold_of_what_is_taken_away(found: World, random: Random) -> None:
    """Fails where something that is taken away turns blocking into passing."""
    with tempfile.TemporaryDirectory() as folder:
        before = judged(found, Path(folder, "before"))
        contradicted = {name for one in before.subjects[0].contradictions for name in _of(one)}
        possible = [path for path in _removals(found) if path[0] != "usage" or path[-1] not in contradicted]
        if not possible or not any(result.blocks for result in before.results):
            return
        path = random.choice(possible)
        after = judged(_without(found, path), Path(folder, "after"))
    for earlier, later in zip(before.results, after.results, strict=True):
        if earlier.blocks:
            assert later.blocks, f"without {path}: {earlier.outcome} became {later.outcome}: {dict(found)}"


def hold_of_what_results_rest_on(found: World) -> None:
    """Fails where a result changes once all is taken away that it does not rest on, or where it rests on what is not
    there."""
    with tempfile.TemporaryDirectory() as folder:
        before = judged(found, Path(folder, "before"))
        contradicted = {name for one in before.subjects[0].contradictions for name in _of(one)}
        possible = [path for path in _removals(found) if path[0] != "usage" or path[-1] not in contradicted]
        (result,) = before.results
        _exists(result, found)
        less: Part = found
        for path in reversed(possible):
            less = less if _rests_on(result, path, found) or not _has(less, path) else _without(less, path)
        (later,) = judged(less, Path(folder, "after")).results
    if result.outcome != "unknown":
        assert later.outcome == result.outcome, f"with {dict(less)}: {later.outcome}: {dict(found)}"


def _has(found: Part, path: tuple[str | int, ...]) -> bool:
    place: Any = found
    for step in path[:-1]:
        place = place.get(step) if isinstance(place, dict) else place[step]
        if place is None:
            return False
    return isinstance(place, list) or path[-1] in place


def _rests_on(result: Result, path: tuple[str | int, ...], found: World) -> bool:
    if path[0] == "offering":
        return any(one.kind == "evidence" and one.what == path[2] for one in result.rests_on)
    _, field, *names = path
    if field == "agreements":
        kind = found["usage"]["agreements"][names[0]]
        return any(one.what == "agreements" and one.value == kind for one in result.rests_on)
    what = ".".join(map(str, (field, *names)))
    wanted = {what, f"primary.{what}"}
    return any(
        one.kind == "claim" and (one.what in wanted or one.what.startswith(f"{what}.")) for one in result.rests_on
    )


def _exists(result: Result, found: World) -> None:
    """Fails where what a result rests on is not there, or a cell or claim is not of the value that is said."""
    for one in result.rests_on:
        if one.kind == "evidence":
            assert one.value == found["offering"]["dimensions"][one.what]["value"], one
        else:
            assert one.kind == "claim", one
            stated = {"data": ["internal"], "tier": "self_serve", "lifecycle": "ga", "features": [], **found["usage"]}
            value: Any = stated
            for step in one.what.removeprefix("primary.").split("."):
                value = value[step]
            assert one.value == value or one.value in value, one
            assert (one.locate is not None and one.locate() is None) == (one.what not in _written(found)), one


def _written(found: World) -> set[str]:
    """The fields that the manifest states."""
    usage = found["usage"]
    return {*usage, *(f"settings.{name}" for name in usage.get("settings", {})), "primary.region"}


def hold_of_what_names_imply(found: World, on_unknown: str) -> None:
    """Fails where what a name implies turns blocking into passing."""
    found["policy"]["on_unknown"] = on_unknown
    silent = {**found, "offering": {key: part for key, part in found["offering"].items() if key not in IMPLYING}}
    with tempfile.TemporaryDirectory() as folder:
        before = judged(silent, Path(folder, "before"))
        after = judged(found, Path(folder, "after"))
    for earlier, later in zip(before.results, after.results, strict=True):
        assert later.blocks or not earlier.blocks, f"{earlier.outcome} became {later.outcome}: {dict(found)}"
        assert later.outcome != "pass" or earlier.outcome == "pass", f"{earlier.outcome} passes: {dict(found)}"


def _removals(found: World) -> list[tuple[str | int, ...]]:
    """Everything that can be taken away, as paths."""
    usage, dimensions = found["usage"], found["offering"]["dimensions"]
    paths: list[tuple[str | int, ...]] = []
    for name, cell in dimensions.items():
        paths.append(("offering", "dimensions", name))
        paths.extend(
            ("offering", "dimensions", name, key) for key in ("verified", "confidence", "facts") if key in cell
        )
    declared = [key for key in DECLARATIONS if key in usage]
    paths.extend(("usage", key) for key in declared if key != "models" or "unheard-of" not in usage[key])
    paths.extend(("usage", "settings", key) for key in usage.get("settings", {}))
    if found.agreements:
        paths.extend(("usage", "agreements", index) for index in range(len(usage.get("agreements", ()))))
    return paths


def _without(found: Part, path: tuple[str | int, ...]) -> Part:
    less = copy.deepcopy(dict(found))
    place: Any = less
    for step in path[:-1]:
        place = place[step]
    del place[path[-1]]
    return less


def _of(one: Contradiction) -> Iterator[str]:
    """The declarations of a contradiction, and what holds one of them."""
    yield from one.path.split(".")
    yield from ("region", "cloud_region") if one.axis == "cloud_regions" else (one.axis,)


def main() -> int:
    parser = argparse.ArgumentParser(description="Try the laws in many random worlds.")
    parser.add_argument("--examples", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    for number in range(options.seed, options.seed + options.examples):
        if (number - options.seed) % 1_000 == 999:
            sys.stderr.write(f"{number - options.seed + 1} worlds\n")
        random = Random(number)
        found = world(random)
        hold_of_what_is_taken_away(found, random)
        hold_of_what_results_rest_on(found)
        hold_of_what_names_imply(found, random.choice(["fail", "warn", "pass"]))
    sys.stdout.write(f"all laws hold in {options.examples} worlds\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
