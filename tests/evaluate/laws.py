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
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any, Union

from tests.evaluate.law_worlds import (
    DECLARATIONS,
    IMPLYING,
    ROUTES,
    SNAPSHOT,
    TOLD,
    Part,
    World,
    wide_world,
    world,
)
from tests.world import judge
from vendorgate.model.evaluation import Evaluation
from vendorgate.model.result import Result, Support
from vendorgate.model.subject import Contradiction

Steps = tuple[Union[str, int], ...]
"""From the root of a world to what can be taken away."""
_OF_USAGE = ("subjects", "attributes")
"""Fields that every route has from its usage."""
_INHERITED = ("region", "lifecycle")
"""Fields that a route has from its usage where it states none."""


def judged(found: Part, folder: Path) -> Evaluation:
    return judge(folder, **found, snapshot=SNAPSHOT)


def hold_of_what_is_taken_away(found: World, random: Random) -> None:
    """Fails where something that is taken away turns blocking into passing."""
    with tempfile.TemporaryDirectory() as folder:
        before = judged(found, Path(folder, "before"))
        possible = _possible(found, before)
        if not possible or not any(result.blocks for result in before.results):
            return
        path = random.choice(possible)
        after = judged(_without(found, path), Path(folder, "after"))
    for earlier, later in zip(before.results, after.results, strict=True):
        if earlier.blocks:
            assert later.blocks, f"without {path}: {earlier.outcome} became {later.outcome}: {dict(found)}"


def hold_of_what_results_rest_on(found: World, random: Random) -> None:
    """Fails where a result changes once all is taken away that it does not rest on, or where it rests on what is not
    there."""
    with tempfile.TemporaryDirectory() as folder:
        before = judged(found, Path(folder, "before"))
        for result in before.results:
            _exists(result, found)
        place = random.randrange(len(before.results))
        result, less = before.results[place], dict(found)
        for path in reversed(_possible(found, before)):
            less = less if _rests_on(result, path, found) or not _has(less, path) else _without(less, path)
        later = judged(less, Path(folder, "after")).results[place]
    if result.outcome != "unknown":
        assert later.outcome == result.outcome, f"{place} with {less}: {later.outcome}: {dict(found)}"


def _possible(found: World, before: Evaluation) -> list[Steps]:
    """What can be taken away, one of two declarations that contradict each other left out."""
    contradictions = [one for subject in before.subjects for one in subject.contradictions]
    contradicted = {name for one in contradictions for name in _of(one)}
    return [path for path in _removals(found) if path[0] != "usage" or path[-1] not in contradicted]


def _has(found: Part, path: Steps) -> bool:
    place: Any = found
    for step in path[:-1]:
        place = place.get(step) if isinstance(place, dict) else place[step]
        if place is None:
            return False
    return isinstance(place, list) or path[-1] in place


def _rests_on(result: Result, path: Steps, found: World) -> bool:
    """Whether a result rests on what stands at a path."""
    if path[0] == "agreements":
        reference = _at(found, path[:2])["reference"]
        return any(one.kind == "agreement" and one.reference == reference for one in result.rests_on)
    if path[0] != "usage":
        name = path[path.index("dimensions") + 1]
        there = "beta" if path[0] == "others" else "alpha"
        cited = any(one.kind == "evidence" and one.what == name for one in result.rests_on)
        return cited and result.subject.offering.id == there
    mine = _own(result)
    if len(path) > 3 and path[1] in ROUTES:
        return path[:3] == mine and _claims(result, path[3:], found, path)
    if mine == ("usage",):
        return _claims(result, path[1:], found, path) or _claims(result, ("primary", *path[1:]), found, path)
    inherited = path[1] in _OF_USAGE or (path[1] in _INHERITED and path[1] not in _at(found, mine))
    of_primary = _claims(result, ("primary", *path[1:]), found, path)
    return of_primary or (inherited and _claims(result, path[1:], found, path))


def _claims(result: Result, below: Steps, found: World, path: Steps) -> bool:
    """Whether it rests on the claim of a field, or of something below it; of an agreement by its kind."""
    if below[0] == "agreements":
        return any(one.what == "agreements" and one.value == _at(found, path) for one in result.rests_on)
    what = ".".join(map(str, below))
    return any(one.kind == "claim" and (one.what == what or one.what.startswith(f"{what}.")) for one in result.rests_on)


def _own(result: Result) -> Steps:
    """Where a world has the declarations of a result's route."""
    return ("usage", *(step for step in result.subject.place[2:] if step != "offering"))


def _at(found: Part, path: Steps) -> Any:
    place: Any = found
    for step in path:
        place = place[step]
    return place


def _exists(result: Result, found: World) -> None:
    """Fails where what a result rests on is not there, or says something else."""
    for one in result.rests_on:
        if one.kind == "evidence" and "." not in one.what:
            there = found["others"]["beta"] if result.subject.offering.id == "beta" else found["offering"]
            ours = found.get("overlays", {}).get("o", {}).get("dimensions", {}) if there is found["offering"] else {}
            assert one.value == {**there["dimensions"], **ours}[one.what]["value"], one
            assert (one.said_in == "bundle") == (one.what in ours), one
        elif one.kind == "agreement":
            entries = [(entry["kind"], entry["reference"]) for entry in found["agreements"]]
            assert (one.what, one.reference) in entries, one
        elif one.kind == "claim":
            _is_claimed(one, result, found)


def _is_claimed(one: Support, result: Result, found: World) -> None:
    if one.what in ("project", "route", "primary.offering", "offering", "account"):
        return
    usage, route = found["usage"], _at(found, _own(result))
    shared = {field: usage[field] for field in (*_OF_USAGE, *_INHERITED) if field in usage}
    stated = {"data": ["internal"], "tier": "self_serve", "lifecycle": "ga", "features": [], **shared, **route}
    root, _, name = (f"{one.what}.").partition(".")
    value = usage["region"] if root == "primary" else stated[root]
    value = value[name.removesuffix(".")] if root in ("settings", "attributes") else value
    assert one.value == value or one.value in value, one
    written = root == "primary" or root in route or root in shared or root == "data"
    assert one.locate is not None
    assert (one.locate() is not None) == written, one


def hold_of_what_names_imply(found: World, on_unknown: str) -> None:
    """Fails where what a name implies turns blocking into passing."""
    found["policy"]["on_unknown"] = on_unknown
    silent = {**found, "offering": {key: part for key, part in found["offering"].items() if key not in IMPLYING}}
    with tempfile.TemporaryDirectory() as folder:
        before = judged(silent, Path(folder, "before"))
        after = judged(found, Path(folder, "after"))
    for earlier, later in zip(before.results, after.results, strict=True):
        assert later.blocks or not earlier.blocks, f"{earlier.outcome} became {later.outcome}: {dict(found)}"
        may_pass = earlier.outcome in ("pass", "not_applicable")
        assert later.outcome != "pass" or may_pass, f"{earlier.outcome} passes: {dict(found)}"


def _removals(found: World) -> list[Steps]:
    """Everything that can be taken away, as paths."""
    negates = not found.agreements
    paths: list[Steps] = list(_cells(("offering", "dimensions"), found["offering"]["dimensions"], negates))
    for id, other in found.get("others", {}).items():
        paths.extend(_cells(("others", id, "dimensions"), other["dimensions"], negates))
    for name, overlay in found.get("overlays", {}).items():
        listed = found["offering"]["dimensions"]
        # Where one of the registry's stood, it would stand there again.
        paths.extend(("overlays", name, "dimensions", cell) for cell in overlay["dimensions"] if cell not in listed)
    for index, entry in enumerate(found.get("agreements", ())):
        paths.append(("agreements", index))
        paths.extend(("agreements", index, field) for field in TOLD if field in entry)
    usage = found["usage"]
    paths.extend(_declarations(("usage",), usage, found.agreements))
    for field in ROUTES:
        for index, route in enumerate(usage.get(field, ())):
            paths.extend(_declarations(("usage", field, index), route, found.agreements))
    return paths


def _cells(place: Steps, cells: Part, negates: bool) -> Iterator[Steps]:
    for name, cell in cells.items():
        yield (*place, name)
        yield from ((*place, name, key) for key in ("verified", "confidence", "facts") if key in cell)
        yield from ((*place, name, *path) for path in _listed(cell, negates))


def _listed(cell: Part, negates: bool) -> Iterator[Steps]:
    """What can be taken out of the lists of a cell. Out of a complete one no name where rules negate: what is not there
    is then said not to be."""
    scoped = (
        (("scoped_facts", index, "facts"), one["facts"]) for index, one in enumerate(cell.get("scoped_facts", ()))
    )
    for path, facts in ((("facts",), cell.get("facts", {})), *scoped):
        listing = facts.get("certifications_listed", {})
        yield from ((*path, "certifications_listed", key) for key in ("complete",) if key in listing)
        if not (negates and listing.get("complete")):
            indices = range(len(listing.get("names", ())))
            yield from ((*path, "certifications_listed", "names", index) for index in indices)


def _declarations(place: Steps, route: Part, agreements: bool) -> Iterator[Steps]:
    declared = [key for key in DECLARATIONS if key in route]
    yield from ((*place, key) for key in declared if key != "models" or "unheard-of" not in route[key])
    for field in ("settings", "attributes"):
        yield from ((*place, field, key) for key in route.get(field, {}))
    if agreements:
        yield from ((*place, "agreements", index) for index in range(len(route.get("agreements", ()))))


def _without(found: Part, path: Steps) -> Part:
    less = copy.deepcopy(dict(found))
    del _at(less, path[:-1])[path[-1]]
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
        found = random.choice([world, wide_world])(random)
        hold_of_what_is_taken_away(found, random)
        hold_of_what_results_rest_on(found, random)
        hold_of_what_names_imply(found, random.choice(["fail", "warn", "pass"]))
    sys.stdout.write(f"all laws hold in {options.examples} worlds\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
