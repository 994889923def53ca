"""What a change leaves as it was is judged once, and comes to what judging each manifest on each side comes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.commands.review.repository import (
    AUDITED,
    BAA,
    REGISTRY,
    WORLD,
    Content,
    changed,
    manifest,
    offering,
    policies,
    usage,
)
from tests.world import Part, judge
from vendorgate.commands.review import earlier, reviewing
from vendorgate.commands.review.evaluations import read
from vendorgate.commands.review.preparing import PreparedReview
from vendorgate.comparison.model import ResultChange
from vendorgate.comparison.results import change, comparison_of
from vendorgate.gate import Gate
from vendorgate.load.manifest import GivenManifest

Files = Mapping[str, Content]
STAYS: Files = {
    **{f"s{n}/vendorgate.yaml": manifest(usage(f"u{n}", "beta"), project=f"s{n}") for n in range(4)},
    "good/vendorgate.yaml": manifest(usage("g", "alpha"), project="good"),
}
S0, S1 = "s0/vendorgate.yaml", "s1/vendorgate.yaml"
WIDER: Files = {S0: manifest(usage("u0", "beta", "phi", "pii"), project="s0")}
WAIVER = {"policy": "phi-*", "reason": "r", "approved_by": "a", "expires": "2027-01-01"}
WAIVED: Files = {
    "policies/waivers.yaml": {"version": 1, "waivers": [{**WAIVER, "project": "s1"}, WAIVER | {"usage": "u0"}]}
}
BOUND: Files = {
    "policies/bundle.yaml": {"projects": [{"project": "s*", "paths": ["s0/**", "s1/**"]}]},
    **WAIVED,
}
BROKEN: Files = {S0: "version: 1\nproject: s0\nusages: [{id: u0, offering: nobody, data: [phi]}]\n"}
NO_OFFERING: Files = {"registry-snapshot/offerings/bad.yaml": {**offering("bad"), "category": "odd"}}
STRICTER: Files = {"policies/rules.yaml": policies(BAA, {**AUDITED, "severity": "error"})}
CASES: dict[str, tuple[Files, Files, Sequence[str], tuple[int, int]]] = {
    "one manifest of five": ({}, WIDER, (), (5, 1)),
    "nothing": ({}, {"README": "no manifest"}, (), (5, 0)),
    "one that comes and one that goes": ({}, {S0: None, "s9/vendorgate.yaml": STAYS[S0]}, (), (5, 1)),
    "one that moves as it is": (
        {},
        {S1: None, "t/vendorgate.yaml": STAYS[S1]},
        (),
        (5, 1),
    ),
    "the policies, too, which base judges by": ({}, {**WIDER, **STRICTER}, (), (5, 1)),
    "the policies, and head is trusted": ({}, {**WIDER, **STRICTER}, ("--trust-head",), (5, 5)),
    "the waivers, and head is trusted": (WAIVED, {**WIDER, "policies/waivers.yaml": None}, ("--trust-head",), (5, 5)),
    "a manifest under waivers": (WAIVED, WIDER, (), (5, 1)),
    "a manifest whose project is bound": (BOUND, WIDER, (), (5, 1)),
    "the name of a project": ({}, {S0: manifest(usage("u0", "beta"), project="s1")}, (), (5, 1)),
    "another day before": ({}, WIDER, ("--base-as-of", "2026-11-22"), (5, 5)),
    "the same day, said twice": ({}, WIDER, ("--base-as-of", "2026-11-23"), (5, 1)),
    "a threshold that is stricter": ({}, WIDER, ("--fail-on", "note"), (5, 1)),
    "what is new alone": ({}, WIDER, ("--new-only",), (5, 1)),
    "one that was not valid": (BROKEN, WIDER, (), (5, 2)),
    "one that is not valid now": ({}, BROKEN, (), (5, 0)),
    "one that is not valid on either side": (
        BROKEN,
        {S1: manifest(usage("x", "alpha"), project="s1")},
        (),
        (5, 1),
    ),
    "one that named an offering that is not valid": (
        {**NO_OFFERING, S0: manifest(usage("u0", "bad"), project="s0"), S1: BROKEN[S0]},
        {S0: STAYS[S0], S1: STAYS[S1]},
        (),
        (5, 4),
    ),
    "another manifest that stood beside it": (
        {"s0/vendorgate.yml": STAYS[S0]},
        {"s0/vendorgate.yml": None},
        (),
        (5, 4),
    ),
    "a folder alone": ({}, WIDER, ("s0",), (1, 1)),
}


def one_by_one(prepared: PreparedReview, gate: Gate, paths: Sequence[str]) -> Mapping[str, Any]:
    """Each manifest read and judged by itself."""
    tree = prepared.commits.parting_tree
    return {path: earlier._alone(prepared, gate, *read(prepared, [path], tree)) for path in paths}


@pytest.mark.parametrize(("before", "after", "arguments", "judged"), CASES.values(), ids=CASES)
def test_change_of(
    before: Files,
    after: Files,
    arguments: Sequence[str],
    judged: tuple[int, int],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    repository = changed(tmp_path, {**STAYS, **before}, after, {**WORLD, **REGISTRY})
    counts: list[int] = []
    judge = Gate.judge

    def counted(self: Gate, read: list[GivenManifest], **rest: Any) -> Any:
        counts.append(len(read))
        return judge(self, read, **rest)

    monkeypatch.setattr(Gate, "judge", counted)
    found = repository.review("--format", "json", *arguments)
    assert (counts[0], sum(counts[1:])) == judged
    monkeypatch.setattr(reviewing, "_concerned", lambda manifests, *given: tuple(manifests))
    monkeypatch.setattr(earlier, "_unchanged", lambda *given: {})
    monkeypatch.setattr(earlier, "_judged", one_by_one)
    counts.clear()
    assert repository.review("--format", "json", *arguments) == found
    assert sum(counts[1:]) >= judged[1]


WHY: dict[str, Part] = {
    "it fails": {"require": [False]},
    "nobody knows": {"require": [{"covered": "hipaa_baa"}, {"in": ["eu", {"var": "usage.subjects"}]}]},
    "it passes": {"require": [True]},
    "it does not apply": {"when": False, "require": [False]},
}


@pytest.mark.parametrize("policy", WHY.values(), ids=WHY)
@pytest.mark.parametrize("waivers", [[], [{}]], ids=["no waiver", "a waiver"])
def test_result_is_unchanged_beside_itself_as_beside_its_copy(
    policy: Part, waivers: list[Part], tmp_path: Path
) -> None:
    usage = {"data": ["phi"], "purpose": "p", "settings": {"ratio": 0.5}, "agreements": ["baa"]}
    (result,) = judge(tmp_path, {"dimensions": {}}, policy, usage, waivers=waivers).results
    copy = msgspec.structs.replace(result)
    assert comparison_of(result, copy).way == 0
    assert change(result, result) == ResultChange("unchanged", result, result)
    assert msgspec.structs.replace(change(result, copy), after=result) == change(result, result)
