"""Impact is two checks and the difference between them, in every world."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.command import vendorgate
from tests.commands.impact.sides import (
    AUDITED,
    BAA,
    DAY,
    MANIFEST,
    Files,
    Sides,
    cell,
    manifest,
    offering,
    policies,
    usage,
)
from tests.thoroughness import share
from vendorgate.commands.impact.model import ImpactKind
from vendorgate.model.vocabulary import Severity

OFFERINGS = ("alpha", "beta", "gamma")
GRADES = st.sampled_from(["yes_public", "no", "unclear", "yes_sales_gated"])
DAYS = st.sampled_from(["2026-11-01", "2024-01-01"])
CONDITIONS = st.sampled_from([[], [{"covered": "soc2_type2"}], [{"agreement": "baa"}]])
RULES = (
    BAA,
    AUDITED,
    {"id": "agreed", "title": "T", "require": [{"agreement": "baa"}, {"documented": "hipaa_baa"}]},
)
Entries = st.lists(st.sampled_from(OFFERINGS), unique=True)
TROUBLE = {"pass": 0, "not_applicable": 0, "waived": 1, "unknown": 2, "fail": 3}
WEIGHT = {"note": 1, "warning": 2, "error": 3}
SHORT = {"pass": 0, "unknown": 1, "fail": 2}


@st.composite
def registries(draw: st.DrawFn, whole: bool = True) -> Files:
    found: dict[str, Any] = {}
    for name in OFFERINGS:
        graded = {id: draw(st.tuples(GRADES, DAYS)) for id in ("hipaa_baa", "soc2_type2") if draw(st.integers(0, 5))}
        cells = {id: cell(grade, verified=day) for id, (grade, day) in graded.items()}
        if "hipaa_baa" in cells:
            cells["hipaa_baa"]["conditions"] = draw(CONDITIONS)
        there = whole or draw(st.integers(0, 3))
        found[f"registry/offerings/{name}.yaml"] = offering(name, **cells) if there else None
    return found


@st.composite
def bundles(draw: st.DrawFn) -> Files:
    """Policies, and perhaps a register, waivers and settings."""
    unknown = st.sampled_from(["fail", "warn", "pass"])
    severities = st.sampled_from(get_args(Severity))
    chosen = draw(st.lists(st.sampled_from(RULES), min_size=1, unique_by=lambda rule: str(rule["id"])))
    rules = [{**rule, "severity": draw(severities), "on_unknown": draw(unknown)} for rule in chosen]
    signed = {"kind": "baa", "status": "executed", "signed": "2026-01-01"}
    agreements = [{**signed, "offerings": [name]} for name in draw(Entries)]
    waiver = {"policy": "*", "reason": "r", "approved_by": "a", "expires": "2027-01-01"}
    waivers = [{**waiver, "offering": name} for name in draw(Entries)]
    register = {"version": 1, "agreements": agreements} if draw(st.booleans()) else None
    return {
        "policies/rules.yaml": policies(*rules),
        "policies/agreements.yaml": register,
        "policies/waivers.yaml": {"version": 1, "waivers": waivers},
        "policies/bundle.yaml": {"fail_on": draw(st.sampled_from(["error", "warning", "never"]))},
    }


@st.composite
def projects(draw: st.DrawFn) -> dict[str, Any]:
    usages = []
    for number in range(draw(st.integers(1, 3))):
        first, *others = draw(st.lists(st.sampled_from(OFFERINGS), min_size=1, max_size=3, unique=True))
        data = draw(st.sampled_from(["phi", "public"]))
        usages.append(
            usage(f"u{number}", first, data, fallbacks=others, agreements=draw(st.sampled_from([[], ["baa"]])))
        )
    return manifest(*usages)


def results(sides: Sides, side: str) -> dict[tuple[str, ...], dict[str, Any]]:
    """What a check says, by what makes a result the same; nothing where it does not judge."""
    ended = sides.check(side)
    found = json.loads(ended.stdout)["results"] if ended.code < 2 else []
    return {key(one): one for one in found}


def key(one: Mapping[str, Any]) -> tuple[str, ...]:
    return one["manifest"], one["usage"], one["route"], one["offering"], one["policy"]


def standing(one: Mapping[str, Any] | None) -> tuple[int, int, int]:
    if one is None or not TROUBLE[one["outcome"]]:
        return (0, 0, 0)
    return (int(one["blocks"]), TROUBLE[one["outcome"]], WEIGHT[one["severity"]])


def steps(before: Mapping[str, Any], after: Mapping[str, Any]) -> set[int]:
    old, new = before["requirements"], after["requirements"]
    if standing(after) == (0, 0, 0) or [one["expression"] for one in old] != [one["expression"] for one in new]:
        return set()
    return {SHORT[b["outcome"]] - SHORT[a["outcome"]] for a, b in zip(old, new, strict=True)}


def kinds(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> frozenset[ImpactKind]:
    """What a result may be called, worked out by hand; nothing where it stands as it stood."""
    was, becomes = (one is not None and one["outcome"] != "not_applicable" for one in (before, after))
    if was and not becomes:
        return frozenset(("dropped",))
    moves = steps(before, after) if before is not None and after is not None else set[int]()
    old, new = standing(before), standing(after)
    if new > old or (new == old and any(step > 0 for step in moves)):
        return frozenset(("blocking",) if new[0] > old[0] else ("worse",))
    if new < old or (new == old and any(step < 0 for step in moves)):
        return frozenset(("loosened", "fixed") if after and after["outcome"] == "pass" else ("loosened", "better"))
    return frozenset(("added",)) if becomes and not was else frozenset()


@settings(max_examples=share(60), deadline=None)
@given(project=projects(), now=registries(), then=registries(), old=bundles(), new=bundles())
def test_impact_is_two_checks_and_what_differs(
    project: dict[str, Any], now: Files, then: Files, old: Files, new: Files
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        sides = Sides(Path(folder), {MANIFEST: project}, {**now, **old}, {**then, **new})
        report = sides.report()
        before, after = results(sides, "now"), results(sides, "then")
        expected = {one: kinds(before.get(one), after.get(one)) for one in {**before, **after}}
        told = [one for group in report["groups"] for one in group["results"]]
        found = {key(one): one["kind"] for one in told}
        assert len(found) == len(told), "each once"
        assert found.keys() == {one for one, kind in expected.items() if kind}
        assert all(kind in expected[one] for one, kind in found.items())
        assert {**report["summary"], "refused": 0} == {**dict.fromkeys(report["summary"], 0), **Counter(found.values())}
        for group in report["groups"]:
            assert group["causes"]
            asks_for_less = set(group["causes"]) <= {"policy", "waiver"}
            better = {one["kind"] for one in group["results"]} & {"loosened", "better", "fixed"}
            assert better <= ({"loosened"} if asks_for_less else {"better", "fixed"})
        for side, name in (("before", "now"), ("after", "then")):
            check = json.loads(sides.check(name).stdout)
            assert report[side]["summary"] == check["summary"]
            assert report[side]["verdict"] == check["verdict"]
            assert report[side]["bundle"] == check["inputs"]["bundle"]
            assert report[side]["registry"] == check["inputs"]["registry"]
        assert sides.impact("--fail-when", "new").code == int("blocking" in found.values())
        assert sides.impact("--fail-when", "any").code == int(bool(found))


@settings(max_examples=share(40), deadline=None)
@given(project=projects(), now=registries(whole=False), then=registries(whole=False), bundle=bundles())
def test_what_one_side_cannot_judge_is_never_lost(
    project: dict[str, Any], now: Files, then: Files, bundle: Files
) -> None:
    if not all(any(side.values()) for side in (now, then)):
        return  # a registry without offerings is none
    with tempfile.TemporaryDirectory() as folder:
        sides = Sides(Path(folder), {MANIFEST: project}, {**now, **bundle}, {**then, **bundle})
        lacking = [named(project) - {path[19:-5] for path, there in side.items() if there} for side in (now, then)]
        lost = [{one["id"] for one in project["usages"] if routes(one) & lack} for lack in lacking]
        ended = sides.impact("--format", "json")
        assert (sides.check("now").code == 2, sides.check("then").code == 2) == (bool(lost[0]), bool(lost[1]))
        if lost[0] & lost[1]:
            assert (ended.code, ended.stdout) == (2, "")
            return
        report = json.loads(ended.stdout)
        assert {one["usage"] for one in report["refused"]} == lost[1]
        assert {one["message"].split("`")[1] for one in report["notices"]} == lost[0]
        told = [one for group in report["groups"] for one in group["results"]]
        assert not {one["usage"] for one in told} & lost[1]
        assert all(one["before"] is None for one in told if one["usage"] in lost[0])
        assert (report["after"]["verdict"] == "refused") == bool(lost[1])
        blocking = any(one["kind"] == "blocking" for one in told)
        assert sides.impact("--fail-when", "new").code == int(bool(lost[1]) or blocking)


def routes(one: dict[str, Any]) -> set[str]:
    return {one["offering"], *one["fallbacks"]}


def named(project: dict[str, Any]) -> set[str]:
    return set().union(*(routes(one) for one in project["usages"]))


@settings(max_examples=share(15), deadline=None)
@given(project=projects(), registry=registries(), bundle=bundles())
def test_adopting_what_is_there_changes_nothing(project: dict[str, Any], registry: Files, bundle: Files) -> None:
    with tempfile.TemporaryDirectory() as folder:
        world = {**registry, **bundle}
        sides = Sides(Path(folder), {MANIFEST: project}, world, world)
        report = sides.report()
        nothing: dict[str, list[Any]] = {"registry": [], "edits": []}
        assert (report["groups"], report["refused"], report["without_effect"]) == ([], [], nothing)
        inputs = ("--registry", "now/registry", "--policies", "now/policies", "--as-of", DAY)
        alone = vendorgate("impact", *inputs, "--to", "then/registry", "--fail-when", "any", folder=Path(folder))
        assert alone.code == 0
