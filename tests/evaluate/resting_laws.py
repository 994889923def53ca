"""The laws of what results rest on: it is enough, it is there, and agreements that a pass names it needs.

Random worlds, judged by the whole gate, through files; everything is taken away that a result does not rest on, or an
agreement that it does.
"""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from tests.evaluate.law_worlds import ROUTES, Part, World
from tests.evaluate.removing import Steps, at, has, judged, possible, without
from vendorgate.evaluate.calendar import is_current
from vendorgate.model.agreement import Agreement
from vendorgate.model.result import Result, Support

_FILED = {"agreements": ("agreement", "reference"), "waivers": ("waiver", "ticket")}
"""What the bundle lists entry by entry: what that is among what a result rests on, and what tells one from another."""
_OF_USAGE = ("subjects", "attributes")
"""Fields that every route has from its usage."""
_INHERITED = ("region", "lifecycle")
"""Fields that a route has from its usage where it states none."""


def hold_of_what_results_rest_on(found: World, random: Random) -> None:
    """Fails where a result changes once all is taken away that it does not rest on, or where it rests on what is not
    there."""
    with tempfile.TemporaryDirectory() as folder:
        before = judged(found, Path(folder, "before"))
        for result in before.results:
            _exists(result, found)
        place = random.randrange(len(before.results))
        result, less = before.results[place], dict(found)
        for path in reversed(possible(found, before)):
            less = less if _rests_on(result, path, found) or not has(less, path) else without(less, path)
        later = judged(less, Path(folder, "after")).results[place]
    if result.outcome != "unknown":
        assert later.outcome == result.outcome, f"{place} with {less}: {later.outcome}: {dict(found)}"


def _rests_on(result: Result, path: Steps, found: World) -> bool:
    """Whether a result rests on what stands at a path."""
    if path[0] in _FILED:
        kind, mark = _FILED[str(path[0])]
        return any(one.kind == kind and one.reference == at(found, path[:2])[mark] for one in result.rests_on)
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
    inherited = path[1] in _OF_USAGE or (path[1] in _INHERITED and path[1] not in at(found, mine))
    of_primary = _claims(result, ("primary", *path[1:]), found, path)
    return of_primary or (inherited and _claims(result, path[1:], found, path))


def _claims(result: Result, below: Steps, found: World, path: Steps) -> bool:
    """Whether it rests on the claim of a field, or of something below it; of an agreement by its kind."""
    if below[0] == "agreements":
        return any(one.what == "agreements" and one.value == at(found, path) for one in result.rests_on)
    what = ".".join(map(str, below))
    return any(one.kind == "claim" and (one.what == what or one.what.startswith(f"{what}.")) for one in result.rests_on)


def _own(result: Result) -> Steps:
    """Where a world has the declarations of a result's route."""
    return ("usage", *(step for step in result.subject.place[2:] if step != "offering"))


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
        elif one.kind == "waiver":
            entry = next(entry for entry in found["waivers"] if entry["ticket"] == one.reference)
            assert (one.what, str(one.until)) == (entry["policy"], entry["expires"]), one
        elif one.kind == "claim":
            _is_claimed(one, result, found)


def _is_claimed(one: Support, result: Result, found: World) -> None:
    if one.what in ("project", "route", "primary.offering", "offering", "account"):
        return
    usage, route = found["usage"], at(found, _own(result))
    shared = {field: usage[field] for field in (*_OF_USAGE, *_INHERITED) if field in usage}
    stated = {"data": ["internal"], "tier": "self_serve", "lifecycle": "ga", "features": [], **shared, **route}
    root, _, name = (f"{one.what}.").partition(".")
    value = usage["region"] if root == "primary" else stated[root]
    value = value[name.removesuffix(".")] if root in ("settings", "attributes") else value
    assert one.value == value or one.value in value, one
    written = root == "primary" or root in route or root in shared or root == "data"
    assert one.locate is not None
    assert (one.locate() is not None) == written, one


def hold_of_agreements_that_passes_name(found: World, random: Random) -> None:
    """Fails where a pass that names an agreement of the register stays one without it, and without those of its kind
    that are in force beside it, although no rule offers another way; or where one of those would have lasted longer."""
    with tempfile.TemporaryDirectory() as folder:
        before = judged(found, Path(folder, "before"))
        naming = [place for place, result in enumerate(before.results) if result.outcome == "pass" and _named(result)]
        if not naming:
            return
        place = random.choice(naming)
        result = before.results[place]
        named = random.choice(_named(result))
        beside = [one for one in _in_force(result, before.as_of) if one.kind == named.what]
        less = {**found, "agreements": [one for one in found["agreements"] if one["reference"] != named.reference]}
        alone = judged(less, Path(folder, "alone")).results[place]
        gone = {one.reference for one in beside}
        less = {**found, "agreements": [one for one in found["agreements"] if one["reference"] not in gone]}
        later = judged(less, Path(folder, "after")).results[place]
    assert named.reference in gone, named
    if not _has_choice(result, found):
        assert later.outcome != "pass", f"{place} without {gone} passes: {dict(found)}"
        stands_in = [one for one in _named(alone) if one.what == named.what]
        assert alone.outcome != "pass" or stands_in, f"{place} without {named.reference} passes: {dict(found)}"
        for one in stands_in if alone.outcome == "pass" else ():
            assert one.reference in gone, one
            assert named.until is None or (one.until is not None and one.until <= named.until), (named, one)
    assert not [one for one in _named(later) if one.reference in gone], later


def _named(result: Result) -> list[Support]:
    return [one for one in result.rests_on if one.kind == "agreement"]


def _in_force(result: Result, day: datetime.date) -> list[Agreement]:
    return [one for one in result.subject.agreements or () if is_current(one, day)]


def _has_choice(result: Result, found: World) -> bool:
    """Whether a rule that decided, of the policy or of a cell, asks for agreements in one of several branches."""
    cells = [one.what for one in result.rests_on if one.kind == "evidence"]
    listed = found["others"]["beta"] if result.subject.offering.id == "beta" else found["offering"]
    own = [one["dimensions"] for one in found.get("overlays", {}).values()]
    conditions = [there.get(name, {}).get("conditions") for name in cells for there in (listed["dimensions"], *own)]
    return any(is_choice(one) for part in (found["policy"], conditions) for one in operations(part))


def is_choice(one: Part) -> bool:
    asks = {"agreement", "covered", "documented"} & {key for inner in operations(one) for key in inner}
    return bool(asks or "registry." in str(one)) and ("if" in one or len(one.get("or", ())) > 1)


def operations(part: Any) -> Iterator[Part]:
    inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    if isinstance(part, dict):
        yield part
    for one in inner:
        yield from operations(one)


def hold_of_claims(found: World) -> None:
    """Fails where a pass that is said to rest on claims alone is none without all evidence and all agreements of the
    register, or where one that needs them is said to."""
    bare = {key: part for key, part in found.items() if key != "overlays"}
    bare["offering"] = {**found["offering"], "dimensions": {}}
    bare["others"] = {id: {**one, "dimensions": {}} for id, one in found.get("others", {}).items()}
    if "agreements" in found:
        bare["agreements"] = []
    with tempfile.TemporaryDirectory() as folder:
        before = judged(found, Path(folder, "before"))
        if not any(result.outcome == "pass" for result in before.results):
            return
        after = judged(bare, Path(folder, "after"))
    for earlier, later in zip(before.results, after.results, strict=True):
        if earlier.on_claims_alone:
            assert later.outcome == "pass", f"{earlier.rests_on} became {later.outcome}: {dict(found)}"
            assert later.on_claims_alone, f"{later.rests_on}: {dict(found)}"
    assert before.on_claims_alone == sum(result.on_claims_alone for result in before.results)
