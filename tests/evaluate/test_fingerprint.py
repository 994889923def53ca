"""Fingerprints: the same as long as the reasons are, whatever the day; another with every change of a reason."""

from __future__ import annotations

import copy
import datetime
import hashlib
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.evaluate.law_worlds import SNAPSHOT, World
from tests.evaluate.test_monotonicity import worlds
from tests.thoroughness import share
from tests.world import AS_OF, Part, judge
from vendorgate.evaluate import fingerprint as module
from vendorgate.evaluate.fingerprint import fingerprint
from vendorgate.model.evaluation import Evaluation
from vendorgate.model.result import Reason, Result

DAY = datetime.timedelta(days=1)
GOOD: Part = {"value": "yes_public", "verified": "2026-11-01", "confidence": "high"}


def of(result: Result) -> str:
    return fingerprint(result.policy, result.subject, result.requirements)


def judged(world: Part, **more: Any) -> Evaluation:
    with tempfile.TemporaryDirectory() as folder:
        return judge(Path(folder), **world, snapshot=SNAPSHOT, **more)


def only(evaluation: Evaluation) -> Result:
    (result,) = evaluation.results
    assert result.outcome in ("fail", "unknown", "waived")
    return result


def test_fingerprint_is_the_digest_of_what_is_documented() -> None:
    world = {"offering": {"dimensions": {}}, "policy": {"require": [False, True]}, "usage": {"data": ["phi"]}}
    text = '["vendorgate.fingerprint/1","p","alpha","primary",[[false,"fail",[["expression","fail",null,[false],[]]]]]]'
    assert of(only(judged(world))) == f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def world() -> Part:
    """One usage with something of every kind of reason."""
    cell = {
        **GOOD,
        "tier": "enterprise",
        "scope": {
            "models": {"only": ["m-1"]},
            "endpoints": {"except": ["batch", "files"]},
            "regions": {"only": ["us"]},
        },
        "conditions": [
            {"agreement": "baa"},
            {"==": [{"var": "usage.settings.mode"}, "good"]},
            {"covered": "iso_27001"},
        ],
    }
    return {
        "offering": {
            "endpoints": ["chat", "batch", "files"],
            "models": ["m-*"],
            "dimensions": {
                "hipaa_baa": cell,
                "iso_27001": {**GOOD, "value": "no"},
                "soc2_type2": {**GOOD, "verified": "2024-01-01"},
                "data_residency": {**GOOD, "value": "unclear", "facts": {"days": 30}},
                "retention_zdr": {**GOOD, "facts": {"days": 90}},
            },
        },
        "policy": {
            "require": [
                {"covered": "hipaa_baa"},
                {"covered": "soc2_type2"},
                {"all": [{"var": "usage.models"}, {"==": [{"var": ""}, "m-1"]}]},
                {"<=": [{"var": "registry.retention_zdr.facts.days"}, 30]},
                {">=": [{"days_until": {"var": "agreements.dpa.expires"}}, 300]},
                {"<": [{"days_since": {"var": "registry.retention_zdr.verified"}}, 5]},
                {"<": [{"var": "today"}, "2020-01-01"]},
                {"in": [{"var": "usage.cloud_region"}, ["here"]]},
                {"!": {"agreement": "dpa"}},
                {"in": ["public", {"var": "usage.data"}]},
                {"covered": "data_residency"},
            ]
        },
        "usage": {
            "data": ["phi"],
            "models": ["m-2"],
            "endpoints": ["batch", "chat"],
            "settings": {"mode": "bad"},
            "purpose": "notes",
        },
        "agreements": [
            {"kind": "baa", "offerings": ["*"], "status": "pending"},
            {
                "kind": "dpa",
                "offerings": ["*"],
                "status": "executed",
                "signed": "2026-01-01",
                "expires": "2027-01-01",
                "reference": "L-1",
            },
        ],
    }


def put(*path: str | int, value: Any) -> Callable[[Part], None]:
    """A change that writes a value at a path."""

    def change(world: Part) -> None:
        place: Any = world
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value

    return change


def take(*path: str | int) -> Callable[[Part], None]:
    def change(world: Part) -> None:
        place: Any = world
        for step in path[:-1]:
            place = place[step]
        del place[path[-1]]

    return change


CELLS = ("offering", "dimensions")
OTHER: dict[str, Callable[[Part], None]] = {
    "another grade that is not enough": put(*CELLS, "iso_27001", "value", value="no_public_evidence"),
    "an unclear grade becomes another unclear one": put(*CELLS, "data_residency", "value", value="no"),
    "a cell is taken away": take(*CELLS, "iso_27001"),
    "evidence loses its day": put(*CELLS, "soc2_type2", "verified", value=None),
    "evidence is of the future": put(*CELLS, "soc2_type2", "verified", value="2030-01-01"),
    "evidence is fresh again": put(*CELLS, "soc2_type2", "verified", value="2026-11-01"),
    "evidence of what passed grows old": put(*CELLS, "hipaa_baa", "verified", value="2020-01-01"),
    "another tier is needed": put(*CELLS, "hipaa_baa", "tier", value="self_serve"),
    "another tier that is too low": put("usage", "tier", value="free"),
    "another endpoint is outside": put("usage", "endpoints", value=["batch", "chat", "files"]),
    "one endpoint less is outside": put("usage", "endpoints", value=["chat"]),
    "another model": put("usage", "models", value=["m-3"]),
    "one model more": put("usage", "models", value=["m-2", "m-3"]),
    "a model is no longer declared": take("usage", "models"),
    "a region that was not declared is": put("usage", "region", value="de"),
    "another setting that does not do": put("usage", "settings", "mode", value="worse"),
    "a setting is no longer declared": take("usage", "settings", "mode"),
    "a declaration that was missing is there, and wrong": put("usage", "cloud_region", value="there"),
    "other data": put("usage", "data", value=["phi", "pci"]),
    "another fact": put(*CELLS, "retention_zdr", "facts", "days", value=91),
    "a fact is not stated": take(*CELLS, "retention_zdr", "facts", "days"),
    "another condition": put(*CELLS, "hipaa_baa", "conditions", 0, value={"agreement": "zdr"}),
    "one condition less": take(*CELLS, "hipaa_baa", "conditions", 0),
    "a pending agreement is terminated": put("agreements", 0, "status", value="terminated"),
    "an agreement is no longer listed": take("agreements", 0),
    "an agreement has run out": put("agreements", 1, "expires", value="2026-11-22"),
    "an agreement is not signed yet": put("agreements", 1, "signed", value="2026-11-24"),
    "no register any more": take("agreements"),
    "one requirement less": take("policy", "require", 0),
    "another requirement": put("policy", "require", 7, value={"in": [{"var": "usage.cloud_region"}, ["there"]]}),
    "one requirement more that fails": lambda world: world["policy"]["require"].append(False),
    "another policy": put("policy", "id", value="q"),
}
SAME: dict[str, Callable[[Part], None]] = {
    "evidence that is too old is read again on another day": put(*CELLS, "soc2_type2", "verified", value="2024-02-01"),
    "evidence that was too old is now a day older": put(*CELLS, "soc2_type2", "verified", value="2023-12-31"),
    "good evidence is read again": put(*CELLS, "hipaa_baa", "verified", value="2026-11-10"),
    "another note of the registry": put(*CELLS, "hipaa_baa", "note", value="other words"),
    "an agreement in force runs a month longer": put("agreements", 1, "expires", value="2027-02-01"),
    "an agreement was signed on another day": put("agreements", 1, "signed", value="2026-01-02"),
    "an agreement is filed elsewhere": put("agreements", 1, "reference", value="L-2"),
    "another order of endpoints": put("usage", "endpoints", value=["chat", "batch"]),
    "another purpose": put("usage", "purpose", value="other words"),
    "another name of the usage": put("usage", "id", value="v"),
    "another title": put("policy", "title", value="T"),
    "another severity": put("policy", "severity", value="warning"),
    "another message": put(
        "policy", "require", 9, value={"that": {"in": ["public", {"var": "usage.data"}]}, "message": "public only"}
    ),
    "a requirement more that passes": lambda world: world["policy"]["require"].append(True),
    "another order of requirements": lambda world: world["policy"]["require"].reverse(),
    "another order of conditions": lambda world: world["offering"]["dimensions"]["hipaa_baa"]["conditions"].reverse(),
    "another condition to whom it applies": put("policy", "when", value={"in": ["phi", {"var": "usage.data"}]}),
    "a setting that nothing reads": put("usage", "settings", "other", value=1),
}


@pytest.mark.parametrize("change", OTHER.values(), ids=OTHER)
def test_change_of_a_reason_gives_another_fingerprint(change: Callable[[Part], None]) -> None:
    before, after = world(), world()
    change(after)
    assert before != after
    assert of(only(judged(before))) != of(only(judged(after)))


@pytest.mark.parametrize("change", SAME.values(), ids=SAME)
def test_change_of_anything_else_gives_the_same(change: Callable[[Part], None]) -> None:
    before, after = world(), world()
    change(after)
    assert before != after
    assert of(only(judged(before))) == of(only(judged(after)))


@pytest.mark.parametrize("change", OTHER.values(), ids=OTHER)
def test_waiver_is_void_as_soon_as_a_reason_has_changed(change: Callable[[Part], None]) -> None:
    waiver = {"policy": "*", "fingerprint": of(only(judged(world())))}
    after = world()
    change(after)
    assert only(judged(world(), waivers=[waiver])).outcome == "waived"
    result = only(judged(after, waivers=[waiver]))
    assert result.outcome != "waived"
    assert [breach.rule for void in result.void for breach in void.breaches] == ["fingerprint"]


@pytest.mark.parametrize("days", [1, 7, 38])
def test_same_finding_on_another_day_has_the_same_fingerprint(days: int) -> None:
    later = AS_OF + datetime.timedelta(days=days)  # the agreement runs out on the 40th day
    assert of(only(judged(world(), as_of=later))) == of(only(judged(world())))
    assert of(only(judged(world(), as_of=AS_OF + 40 * DAY))) != of(only(judged(world())))


@pytest.mark.parametrize("lowest", ["low", "medium", "high"])
def test_confidence_below_what_is_demanded_is_a_reason(lowest: str) -> None:
    other: Part = {"offering": {"dimensions": {"hipaa_baa": {**GOOD, "value": "no"}}}, "usage": {"data": ["phi"]}}
    rule = {"policy": {"require": [{"covered": "hipaa_baa"}]}, "demands": {"min_confidence": lowest}}
    found = {}
    for confidence in ("low", "medium", "high", None):
        one = copy.deepcopy(other)
        one["offering"]["dimensions"]["hipaa_baa"]["confidence"] = confidence
        found[confidence] = of(only(judged({**one, **rule})))
    enough = {"low": ["low", "medium", "high"], "medium": ["medium", "high"], "high": ["high"]}[lowest]
    assert len({found[confidence] for confidence in enough}) == 1
    assert len(set(found.values())) == {"low": 1, "medium": 2, "high": 3}[lowest]


def test_route_and_offering_are_part_of_the_fingerprint(tmp_path: Path) -> None:
    from tests.evaluate.test_notices import FAIL
    from tests.evaluate.test_notices import judged as several

    usages = ({"id": "u", "fallbacks": ["beta"]}, {"id": "v", "offering": "beta"}, {"id": "w"})
    found = [of(result) for result in several(tmp_path, *usages, policies=(FAIL,)).results]
    assert found[0] == found[3]
    assert len(set(found)) == 3


LONG = "x" * 130


def test_rules_that_are_alike_only_where_messages_are_cut_are_told_apart() -> None:
    def rule(last: str) -> Part:
        return {"in": [{"var": "usage.settings.mode"}, [LONG, last]]}

    base: Part = {"offering": {"dimensions": {}}, "usage": {"data": ["phi"], "settings": {"mode": "bad"}}}
    both = judged({**base, "policy": {"require": [{"and": [rule("a"), rule("b")]}]}})
    assert len(only(both).requirements[0].reasons) == 2
    twice = judged({**base, "policy": {"require": [{"and": [rule("a"), rule("a")]}]}})
    assert len(only(twice).requirements[0].reasons) == 1


def test_fingerprint_is_worked_out_only_where_a_waiver_with_one_names_the_result(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    def told(*arguments: Any) -> str:
        asked.append("asked")
        return fingerprint(*arguments)

    monkeypatch.setattr(module, "fingerprint", told)
    mark = {"fingerprint": "sha256:" + "0" * 64}
    for waivers in (
        [],
        [{"policy": "*"}],
        [{"usage": "v", **mark}],
        [{"policy": "*", "expires": "2020-01-01", **mark}],
    ):
        judged(world(), waivers=waivers)
        assert asked == []
    judged(world(), waivers=[{"policy": "*", **mark}, {"policy": "p", **mark}])
    assert asked == ["asked"], "once, however many name it"


Told = tuple[Any, ...]


def told(reason: Reason) -> Told:
    """A reason without its message, which may name a day."""
    return reason.kind, reason.outcome, reason.dimension, repr(reason.about), tuple(map(told, reason.reasons))


@settings(
    max_examples=share(300), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
@given(worlds(), st.integers(0, 700))
def test_fingerprint_is_the_same_on_every_day_with_the_same_reasons(drawn: World, days: int) -> None:
    world = dict(drawn)
    before = judged(world)
    after = judged(world, as_of=AS_OF + datetime.timedelta(days=days))
    for earlier, later in zip(before.results, after.results, strict=True):
        alike = [list(map(told, one.reasons)) for one in earlier.requirements] == [
            list(map(told, one.reasons)) for one in later.requirements
        ]
        assert (of(earlier) == of(later)) is alike


@settings(
    max_examples=share(200), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
@given(worlds(), st.integers(1, 300))
def test_where_no_evidence_can_age_every_day_gives_the_same_fingerprint(drawn: World, days: int) -> None:
    world = dict(drawn)
    for cell in world["offering"]["dimensions"].values():
        cell.pop("verified", None)
    days_told = [{"<": [{"days_since": "2020-01-01"}, 10]}, {"==": [{"var": "today"}, "2000-01-01"]}]
    aging = {**world, "policy": {"require": [*world["policy"]["require"], *days_told]}}
    before, after = judged(aging), judged(aging, as_of=AS_OF + datetime.timedelta(days=days))
    assert [of(result) for result in before.results] == [of(result) for result in after.results]


def test_a_fingerprint_is_made_of_any_text() -> None:
    policy = {"require": [{"===": [{"var": "usage.settings.mode"}, "good"]}]}
    usages = ({"data": ["phi"], "settings": {"mode": mode}} for mode in ("漢", "é", "bad"))
    worlds = ({"offering": {"dimensions": {}}, "policy": policy, "usage": usage} for usage in usages)
    assert len({of(only(judged(world))) for world in worlds}) == 3


def test_the_order_of_a_facts_keys_does_not_count() -> None:
    rule = {"==": [{"var": "registry.hipaa_baa.facts.table"}, 1]}
    cell = {"value": "yes_public", "confidence": "high", "verified": "2026-11-01"}
    found = {
        of(
            only(
                judged(
                    {
                        "offering": {"dimensions": {"hipaa_baa": {**cell, "facts": {"table": table}}}},
                        "policy": {"require": [rule]},
                        "usage": {"data": ["phi"]},
                    }
                )
            )
        )
        for table in ({"a": 1, "b": 2}, {"b": 2, "a": 1})
    }
    assert len(found) == 1


@pytest.mark.parametrize("all", [False, True])
def test_day_of_a_review_is_no_part_of_a_fingerprint_and_the_reviewer_is(all: bool) -> None:
    on, by = ({"var": f"{'' if all else 'agreements.dpa.'}reviewed.{field}"} for field in ("on", "by"))
    rule = {"and": [{"==": [on, "2020-01-01"]}, {"==": [by, "nobody"]}]}
    entry = {"kind": "dpa", "offerings": ["*"], "status": "executed", "signed": "2026-01-01"}

    def found(by: str, on: str) -> str:
        require = [{"some": [{"var": "agreements.dpa.all"}, rule]} if all else rule]
        agreements = [{**entry, "reviewed": {"by": by, "on": on}}]
        world = {"offering": {"dimensions": {}}, "policy": {"require": require}, "usage": {"data": ["phi"]}}
        return of(only(judged({**world, "agreements": agreements})))

    assert found("legal", "2026-05-01") == found("legal", "2026-08-01")
    assert found("legal", "2026-05-01") != found("it", "2026-05-01")
