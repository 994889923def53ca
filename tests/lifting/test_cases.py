"""What each kind of rule asks of us, one small world each, and what a search does at its bounds."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.command import vendorgate
from tests.lifting.applying import RealGate
from tests.lifting.test_laws import OPTIONS, answer
from tests.lifting.worlds import AS_OF, ENDPOINTS, MODELS, Document, written
from vendorgate import Gate
from vendorgate.lifting.model import SearchResult
from vendorgate.lifting.repairs import judges_for, search_repairs, trial_of
from vendorgate.lifting.search import Bounds

GOOD = {"value": "yes_public", "confidence": "high", "verified": "2026-10-01"}
FLAG = {"===": [{"var": "usage.settings.a"}, True]}
EEA = {"within": [{"var": "usage.region"}, "eea"]}
BAA = {"agreement": "baa"}
EU_PEOPLE = {"some": [{"var": "usage.subjects"}, {"within": [{"var": ""}, "eea"]}]}


def world(
    require: Sequence[Any],
    usage: Document | None = None,
    cell: Document | None = None,
    register: list[Document] | None = None,
    offering: Document | None = None,
    **policy: Any,
) -> Document:
    """A world of one policy; `cell` is what alpha documents of hipaa_baa beside a good grade."""
    offering = {
        **(offering or {}),
        "endpoints": ENDPOINTS,
        "models": MODELS,
        "dimensions": {} if cell is None else {"hipaa_baa": {**GOOD, **cell}},
    }
    return {
        "alpha": offering,
        "beta": offering,
        "policies": [{"title": "P", "require": list(require), **policy}],
        "usage": {"id": "u", "offering": "alpha", "data": ["phi"], **(usage or {})},
        "register": register,
    }


def sets(found: Document) -> list[dict[str, Any]]:
    """Each repair, briefly: what to declare or to sign instead, by offering and field."""
    return [
        {
            f"{change['offering']} {change['field']} {change['old'] or ''}".strip(): _new(change)
            for change in one["changes"]
        }
        for one in found["repairs"]
    ]


def _new(change: Document) -> Any:
    entry = change["agreement"]
    return change["new"] if entry is None else (entry["kind"], entry["expires"])


COVERED = [{"covered": "hipaa_baa"}]
FACT = {"===": [{"var": "registry.hipaa_baa.facts.f"}, True]}
OPEN = {"endpoints": {"except": ["batch"]}}
ENDING = [{"kind": "dpa", "offerings": ["*"], "status": "executed", "signed": "2026-01-01", "expires": "2026-12-01"}]
SOON = {">=": [{"days_until": {"var": "agreements.dpa.expires"}}, 30]}
A, B = "alpha settings.a", "alpha agreements"
CASES: dict[str, tuple[Document, list[dict[str, Any]]]] = {
    "a setting is declared": (world([FLAG]), [{A: True}]),
    "a setting is changed": (world([FLAG], {"settings": {"a": False}}), [{A: True}]),
    "of two ways both are told": (world([{"or": [FLAG, BAA]}]), [{A: True}, {B: "baa"}]),
    "what both ask for is done once": (world([FLAG, {"and": [FLAG, BAA]}]), [{A: True, B: "baa"}]),
    "a fact that is otherwise is nobody's to change": (
        world([{"or": [FACT, BAA]}], {"endpoints": ["files"]}, {"facts": {"f": False}, "scope": OPEN}),
        [{B: "baa"}],
    ),
    "a fact that is otherwise for some names is so for others": (
        world(
            [FACT],
            {"endpoints": ["files"]},
            {
                "facts": {"f": True},
                "scoped_facts": [{"scope": {"endpoints": {"only": ["files"]}}, "facts": {"f": False}}],
            },
        ),
        [{"alpha endpoints files": "chat"}],
    ),
    "a pinned region is changed": (world([EEA], {"region": "us"}), [{"alpha region us": "eea"}]),
    "a tier is raised": (world(COVERED, None, {"tier": "enterprise"}), [{"alpha tier self_serve": "enterprise"}]),
    "an endpoint is replaced": (
        world(COVERED, {"endpoints": ["files"]}, {"scope": {"endpoints": {"only": ["chat"]}}}),
        [{"alpha endpoints files": "chat"}],
    ),
    "an endpoint that is not needed is left out": (
        world(COVERED, {"endpoints": ["files", "chat"]}, {"scope": {"endpoints": {"only": ["chat"]}}}),
        [{"alpha endpoints files": None}],
    ),
    "a feature is left out": (
        world(COVERED, {"features": ["web"]}, {"scope": {"features": {"except": ["web"]}}}),
        [{"alpha features web": None}],
    ),
    "a model is declared by a name that is written out": (
        world(COVERED, None, {"scope": {"models": {"only": ["m-2*"]}}}),
        [{"alpha models": "m-2"}],
    ),
    "whose data it is is declared where a rule tells people apart": (
        world([BAA], when=EU_PEOPLE),
        [{"alpha subjects": "us"}, {"alpha agreements": "baa"}],
    ),
    "what it is for is declared in any words": (
        world([{"known": "usage.purpose"}]),
        [{"alpha purpose": "<what it is used for>"}],
    ),
    "what it is for is declared as a rule has it": (
        world([{"==": [{"var": "usage.purpose"}, "Triage"]}]),
        [{"alpha purpose": "Triage"}],
    ),
    "an attribute is declared": (
        world([{"===": [{"var": "usage.attributes.a"}, True]}]),
        [{"alpha attributes.a": True}],
    ),
    "what a usage says of itself is declared once for all of its routes": (
        world([{"known": "usage.attributes.a.b"}], {"fallbacks": ["beta"]}),
        [{"alpha attributes.a.b": "<a.b>"}],
    ),
    "conditions of a commitment are met": (
        world(COVERED, None, {"conditions": [BAA, FLAG]}),
        [{A: True, B: "baa"}],
    ),
    "an entry of the register has no end where none is asked for": (
        world([BAA], register=[]),
        [{B: ("baa", None)}],
    ),
    "an entry of the register runs as long as is asked for": (
        world([SOON], register=ENDING),
        [{B: ("dpa", "2026-12-23")}],
    ),
    "an unknown that does not block is left alone": (world([FLAG], on_unknown="pass"), []),
    "a fail becomes an unknown where that does not block": (
        world([{"==": [{"var": "project.owner"}, "me"]}, FLAG], {"settings": {"a": False}}, on_unknown="warn"),
        [{A: True}],
    ),
    "a fallback is repaired or given up": (
        world([FLAG], {"settings": {"a": True}, "fallbacks": ["beta"]}),
        [{"beta settings.a": True}, {"beta fallbacks beta": None}],
    ),
    "a region that a fallback takes from the usage is changed once for both": (
        world([EEA], {"region": "us", "fallbacks": ["beta"]}),
        [{"alpha region us": "eea"}],
    ),
    "a region that only a fallback needs is changed there or for both": (
        world([{"or": [{"==": [{"var": "usage.offering"}, "alpha"]}, EEA]}], {"region": "us", "fallbacks": ["beta"]}),
        [{"alpha region us": "eea"}, {"beta region us": "eea"}, {"beta fallbacks beta": None}],
    ),
    "not every endpoint can be left out": (
        world(COVERED, {"endpoints": ["files", "batch"]}, {"scope": {"endpoints": {"only": ["chat"]}}}),
        [
            {"alpha endpoints files": None, "alpha endpoints batch": "chat"},
            {"alpha endpoints batch": None, "alpha endpoints files": "chat"},
        ],
    ),
    "a gateway is given up where a policy wants none": (
        world([{"==": [{"var": "usage.via"}, None]}], {"via": "beta"}),
        [{"beta via beta": None}],
    ),
    "a number is met at its edge": (
        world([{"<=": [{"var": "usage.settings.a"}, 30]}], {"settings": {"a": 60}}),
        [{"alpha settings.a 60": 30}],
    ),
    "a day is today": (
        world([{"<=": [{"days_since": {"var": "usage.settings.a"}}, 90]}]),
        [{A: "2026-11-23"}],
    ),
    "a policy that no longer applies blocks nothing": (
        world([BAA], when=FLAG, usage={"settings": {"a": True}}),
        [{"alpha settings.a True": False}, {B: "baa"}],
    ),
}


@pytest.mark.parametrize(("given", "expected"), CASES.values(), ids=CASES)
def test_repair(given: Document, expected: list[dict[str, Any]], tmp_path: Path) -> None:
    manifest, register = written(tmp_path, given)
    found = answer(tmp_path, "repair")
    assert sets(found) == expected
    assert found["answer"] == ("repairs" if expected else "passes")
    for one in found["repairs"]:
        RealGate(tmp_path, "u", AS_OF).assert_smallest(manifest, register, one["changes"])


PREVIEW = {"implies": [{"models": ["m-2*"], "set": {"lifecycle": "preview"}}]}
GLOBAL = {"implies": [{"models": ["m-2*"], "set": {"settings.a": "global"}}]}
SEARCHES = {"implies": [{"models": ["m-2*"], "set": {"features": ["web"]}}]}
IN_US = {"implies": [{"models": ["m-2*"], "set": {"region": "us"}}]}
AWS = {"cloud": "aws"}
ANY_LIFECYCLE = {"in": [{"var": "usage.lifecycle"}, ["ga", "preview"]]}
GA_ONLY = {"scope": {"lifecycle": {"only": ["ga"]}}}
PLACES = {"within": [{"var": "usage.region"}, "global"]}
M1, M2 = {"models": ["m-1"]}, {"models": ["m-2"]}
NAMED: dict[str, tuple[Document, list[dict[str, Any]]]] = {
    "a lifecycle is said as a model has it": (
        world([ANY_LIFECYCLE], M2, offering=PREVIEW),
        [{"alpha lifecycle ga": "preview"}, {"alpha models m-2": "m-1"}],
    ),
    "a model goes where its lifecycle is outside of a scope": (
        world(COVERED, M2, GA_ONLY, offering=PREVIEW),
        [{"alpha models m-2": "m-1"}],
    ),
    "a lifecycle of a route's own is said there": (
        world(
            [{"or": [{"==": [{"var": "usage.offering"}, "alpha"]}, ANY_LIFECYCLE]}],
            {"fallbacks": [{"offering": "beta", "lifecycle": "ga", **M2}]},
            offering=PREVIEW,
        ),
        [{"beta lifecycle ga": "preview"}, {"beta models m-2": "m-1"}, {"beta fallbacks beta": None}],
    ),
    "a lifecycle that a route takes from the usage is said there or for both": (
        world(
            [{"or": [{"==": [{"var": "usage.offering"}, "alpha"]}, ANY_LIFECYCLE]}],
            {"fallbacks": [{"offering": "beta", **M2}]},
            offering=PREVIEW,
        ),
        [
            {"alpha lifecycle ga": "preview"},
            {"beta lifecycle ga": "preview"},
            {"beta models m-2": "m-1"},
            {"beta fallbacks beta": None},
        ],
    ),
    "a setting is said as a model has it": (
        world(
            [{"in": [{"var": "usage.settings.a"}, ["eu", "global"]]}], {**M2, "settings": {"a": "eu"}}, offering=GLOBAL
        ),
        [{"alpha settings.a eu": "global"}, {"alpha models m-2": "m-1"}],
    ),
    "a model that says otherwise is left out": (
        world(
            [{"===": [{"var": "usage.settings.a"}, "eu"]}],
            {"models": ["m-1", "m-2"], "settings": {"a": "eu"}},
            offering=GLOBAL,
        ),
        [{"alpha models m-2": None}],
    ),
    "a feature is said as a model has it": (
        world([{"!": {"in": ["code", {"var": "usage.features"}]}}], M2, offering=SEARCHES),
        [{"alpha features": "web"}, {"alpha models m-2": "m-1"}],
    ),
    "a model goes where its features are outside of a scope": (
        world(
            COVERED,
            M2,
            {"scope": {"features": {"except": ["web"]}}},
            offering={**SEARCHES, "features": ["web", "code"]},
        ),
        [{"alpha models m-2": "m-1"}],
    ),
    "a region is said as a model has it": (
        world([PLACES], {**M2, "region": "de"}, offering=IN_US),
        [{"alpha models m-2": "m-1"}, {"alpha region de": "us"}],
    ),
    "a region and a cloud region are made to agree": (
        world([PLACES], {"region": "de", "cloud_region": "us-east-1"}, offering=AWS),
        [{"alpha cloud_region us-east-1": "eu-central-1"}, {"alpha region de": "us"}],
    ),
    "a cloud region is moved to where the policy wants it": (
        world([EEA], {"region": "eu", "cloud_region": "us-east-1"}, offering=AWS),
        [{"alpha cloud_region us-east-1": "eu-central-1"}],
    ),
    "a cloud region that nobody knows is replaced": (
        world([EEA], {"region": "eu", "cloud_region": "moon-1"}, offering=AWS),
        [{"alpha cloud_region moon-1": "eu-central-1"}],
    ),
    "the region of the usage's own offering is changed where a rule names it": (
        world([{"==": [{"var": "primary.region"}, "us"]}], {"region": "de"}),
        [{"alpha region de": "us"}],
    ),
    "a contradiction blocks although an unknown does not, and an unknown will do": (
        world([FLAG, ANY_LIFECYCLE], M2, offering=PREVIEW, on_unknown="pass"),
        [{"alpha lifecycle ga": "preview"}, {"alpha models m-2": "m-1"}],
    ),
    "a model of somebody else is replaced": (
        world(COVERED, {"models": ["other"]}, {}),
        [{"alpha models other": "m-1"}],
    ),
    "a model of somebody else is left out where others remain": (
        world(COVERED, {"models": ["other", "m-1"]}, {}),
        [{"alpha models other": None}],
    ),
    "a model is replaced by one of which the fact is another": (
        world(
            [{"<=": [{"var": "registry.hipaa_baa.facts.days"}, 30]}],
            M1,
            {"facts": {"days": 60}, "scoped_facts": [{"scope": {"models": {"only": ["m-2*"]}}, "facts": {"days": 0}}]},
        ),
        [{"alpha models m-1": "m-2"}],
    ),
    "an endpoint is declared where facts are told apart by endpoints": (
        world(
            [{"<=": [{"var": "registry.hipaa_baa.facts.days"}, 30]}],
            cell={
                "facts": {"days": 30},
                "scoped_facts": [{"scope": {"endpoints": {"only": ["files"]}}, "facts": {"days": None}}],
            },
        ),
        [{"alpha endpoints": "chat"}],
    ),
}


@pytest.mark.parametrize(("given", "expected"), NAMED.values(), ids=NAMED)
def test_what_names_say_is_agreed_with_or_given_up(
    given: Document, expected: list[dict[str, Any]], tmp_path: Path
) -> None:
    manifest, register = written(tmp_path, given)
    found = answer(tmp_path, "repair")
    assert sets(found) == expected
    for one in found["repairs"]:
        RealGate(tmp_path, "u", AS_OF).assert_smallest(manifest, register, one["changes"])


@pytest.mark.parametrize("declared", [{}, {"models": ["other"]}])
def test_no_glob_is_proposed_as_a_model_and_it_is_said_what_is_known(declared: Document, tmp_path: Path) -> None:
    given = world(COVERED, declared, {"scope": {"models": {"only": ["n-*"]}}})
    written(tmp_path, given)
    found = answer(tmp_path, "repair")
    assert (found["answer"], [one["policy"] for one in found["obstacles"]]) == ("none", ["p0"])
    ended = vendorgate("repair", "vendorgate.yaml", "--usage", "u", *OPTIONS[:-2], folder=tmp_path)
    assert "n-*" in ended.stdout


def test_all_features_that_a_name_implies_are_declared(tmp_path: Path) -> None:
    implies = {"implies": [{"models": ["m-2*"], "set": {"features": ["web", "code"]}}]}
    asked = {"or": [{"in": ["web", {"var": "usage.features"}]}, {"!": {"in": ["code", {"var": "usage.features"}]}}]}
    written(tmp_path, world([asked], M2, offering=implies))
    first = answer(tmp_path, "repair")["repairs"][0]
    assert [(one["kind"], one["new"]) for one in first["changes"]] == [("declare", "code"), ("declare", "web")]
    assert [one["words"] for one in first["changes"]] == ["declare `features`: `code`", "declare `features`: `web`"]


def test_a_contradiction_of_the_usage_s_own_region_is_lifted_for_a_fallback(tmp_path: Path) -> None:
    rule = {"or": [{"==": [{"var": "usage.offering"}, "alpha"]}, {"==": [{"var": "primary.region"}, "us"]}]}
    usage = {"region": "us", "cloud_region": "eu-central-1", "fallbacks": ["beta"]}
    manifest, register = written(tmp_path, world([rule], usage, offering=AWS))
    found = answer(tmp_path, "repair")
    assert sets(found) == [{"alpha cloud_region eu-central-1": "us-east-1"}, {"beta fallbacks beta": None}]
    for one in found["repairs"]:
        RealGate(tmp_path, "u", AS_OF).assert_smallest(manifest, register, one["changes"])


def test_what_a_change_makes_apply_is_reckoned_with(tmp_path: Path) -> None:
    given = world([FLAG], {"settings": {"a": False}})
    given["policies"].append({"title": "Q", "when": FLAG, "require": [BAA]})
    written(tmp_path, given)
    assert sets(answer(tmp_path, "repair")) == [{A: True, B: "baa"}]


def test_values_that_do_as_well_are_options_and_no_repairs_of_their_own(tmp_path: Path) -> None:
    written(tmp_path, world([{"in": [{"var": "usage.settings.a"}, ["x", "y", "z"]]}]))
    (repair,) = answer(tmp_path, "repair")["repairs"]
    assert repair["changes"][0]["new"] == "x"
    assert repair["changes"][0]["options"] == ["y", "z"]


@pytest.mark.parametrize(
    ("rule", "later"),
    [
        (SOON, True),
        ({"===": [{"var": "agreements.dpa.expires"}, "2027-06-30"]}, False),
        ({"<=": [20, {"days_until": {"var": "agreements.dpa.expires"}}, 60]}, False),
        ({"===": [{"var": "agreements.dpa.expires"}, "9999-12-31"]}, True),
    ],
)
def test_later_is_said_only_where_later_will_do(rule: Document, later: bool, tmp_path: Path) -> None:
    written(tmp_path, world([rule], register=[]))
    (change,) = answer(tmp_path, "repair")["repairs"][0]["changes"]
    assert change["agreement"]["or_later"] == later
    assert ("or later" in change["words"]) == later


def test_a_region_that_a_policy_rules_out_can_be_declared_as_another(tmp_path: Path) -> None:
    written(tmp_path, world([{"!": {"within": [{"var": "usage.region"}, "cn"]}}], {"subjects": ["us"]}))
    (repair,) = answer(tmp_path, "repair")["repairs"]
    assert (repair["changes"][0]["new"], repair["changes"][0]["options"]) == ("us", ["global"])


HOPELESS = [
    ({"value": "no"}, "graded"),
    ({"value": "unclear"}, "graded"),
    ({"verified": "2020-01-01"}, "evidence"),
    ({"value": "partial"}, "partial"),
    ({"scope": {"lifecycle": {"only": ["preview"]}}}, "lifecycle"),
]


@pytest.mark.parametrize(("cell", "why"), HOPELESS)
def test_what_the_vendor_documents_is_not_ours_to_change(cell: Document, why: str, tmp_path: Path) -> None:
    written(tmp_path, world(COVERED, cell=cell))
    found = answer(tmp_path, "repair")
    assert found["answer"] == "none"
    assert [one["policy"] for one in found["obstacles"]] == ["p0"], why


@pytest.mark.parametrize(
    "rule",
    [
        {"==": [{"var": "usage.environment"}, "staging"]},
        {"==": [{"var": "usage.purpose"}, "Something else"]},
        {"===": [{"var": "usage.attributes.a"}, True]},
        {"disjoint": [{"var": "usage.data"}, ["phi"]]},
        {"subset": [{"var": "usage.subjects"}, ["us"]]},
        {"==": [{"var": "project.owner"}, "me"]},
        {"==": [{"var": "usage.lifecycle"}, "preview"]},
        {"!": BAA},
    ],
)
def test_what_is_sent_about_whom_and_what_for_is_never_changed(rule: Document, tmp_path: Path) -> None:
    declared = {"purpose": "To try it", "subjects": ["de"], "attributes": {"a": False}, "agreements": ["baa"]}
    written(tmp_path, world([rule], declared))
    assert answer(tmp_path, "repair")["answer"] == "none"


def test_results_that_can_be_lifted_only_one_by_one_are_no_obstacles(tmp_path: Path) -> None:
    given = world([FLAG])
    given["policies"].append({"title": "Q", "require": [{"===": [{"var": "usage.settings.a"}, False]}]})
    written(tmp_path, given)
    found = answer(tmp_path, "repair")
    assert (found["answer"], found["obstacles"], found["stopped"]) == ("none", [], None)


def _searched(folder: Path, bounds: Bounds) -> SearchResult:
    evaluation = Gate(folder / "policies", folder / "registry").check(folder / "vendorgate.yaml", as_of=AS_OF)
    return search_repairs(trial_of(evaluation, "u", judges_for(evaluation, evaluation.snapshot, None)), bounds)


MANY = world([{"===": [{"var": f"usage.settings.s{number}"}, True]} for number in range(5)])


def test_a_search_that_may_judge_no_more_says_so(tmp_path: Path) -> None:
    written(tmp_path, MANY)
    found = _searched(tmp_path, Bounds(judgements=2))
    assert (found.repairs, found.more, found.stopped, found.bound) == ((), True, "judgements", 2)


def test_a_search_that_may_change_no_more_says_so(tmp_path: Path) -> None:
    written(tmp_path, MANY)
    found = _searched(tmp_path, Bounds(changes=4))
    assert (found.repairs, found.more, found.stopped, found.bound) == ((), True, "changes", 4)
    assert len(_searched(tmp_path, Bounds(changes=5)).repairs) == 1


def test_what_ended_a_search_is_told_with_its_number(tmp_path: Path) -> None:
    rules = [{"===": [{"var": f"usage.settings.s{number}"}, True]} for number in range(13)]
    written(tmp_path, world(rules))
    ended = vendorgate("repair", "vendorgate.yaml", "--usage", "u", *OPTIONS[:-2], folder=tmp_path)
    assert ended.code == 1
    assert "sets of more than 12 changes on one route were not looked at" in ended.stdout


def test_all_of_the_cheapest_are_found_whatever_the_limit(tmp_path: Path) -> None:
    three = [{"===": [{"var": f"usage.settings.s{number}"}, True]} for number in range(3)]
    written(tmp_path, world([{"or": [*three, BAA]}]))
    found = answer(tmp_path, "repair", "--limit", "1")
    assert [one["cost"] for one in found["repairs"]] == [1, 1, 1]
    assert found["more"]
    assert len(answer(tmp_path, "repair", "--limit", "4")["repairs"]) == 4


def test_a_waived_result_needs_no_repair_unless_waivers_are_ignored(tmp_path: Path) -> None:
    written(tmp_path, world([FLAG]))
    waiver = "{policy: p0, reason: R, approved_by: A, expires: 2027-01-01}"
    (tmp_path / "policies" / "waivers.yaml").write_text(f"version: 1\nwaivers: [{waiver}]\n", encoding="utf-8")
    assert answer(tmp_path, "repair")["answer"] == "passes"
    assert sets(answer(tmp_path, "repair", "--ignore-waivers")) == [{"alpha settings.a": True}]


def test_a_stricter_threshold_asks_for_more(tmp_path: Path) -> None:
    written(tmp_path, world([FLAG], severity="warning"))
    assert answer(tmp_path, "repair")["answer"] == "passes"
    assert sets(answer(tmp_path, "repair", "--fail-on", "warning")) == [{"alpha settings.a": True}]


def test_a_policy_that_is_not_enforced_yet_blocks_nothing(tmp_path: Path) -> None:
    written(tmp_path, world([FLAG], enforce_from="2027-01-01"))
    assert answer(tmp_path, "repair")["answer"] == "passes"


def _alternatives(folder: Path, given: Document, *more: str) -> dict[str, Document]:
    written(folder, given)
    return {one["offering"]: one for one in answer(folder, "alternatives", *more)["alternatives"]}


def test_nothing_of_another_account_is_carried_over(tmp_path: Path) -> None:
    usage = {"settings": {"a": True}, "agreements": ["baa"], "tier": "enterprise", "endpoints": ["files"]}
    rules = [
        FLAG,
        BAA,
        {"==": [{"var": "usage.tier"}, "enterprise"]},
        {"subset": [{"var": "usage.endpoints"}, ["chat"]]},
    ]
    beta = _alternatives(tmp_path, world(rules, usage))["beta"]
    assert {change["field"] for change in beta["changes"]} == {"settings.a", "agreements", "tier", "endpoints"}


def test_a_feature_that_is_in_use_is_still_in_use_elsewhere(tmp_path: Path) -> None:
    given = world(
        [{"!": {"in": ["web", {"var": "usage.features"}]}}, {"==": [{"var": "usage.offering"}, "beta"]}],
        {"features": ["web"]},
    )
    beta = _alternatives(tmp_path, given)["beta"]
    assert beta["features"] == ["web"]
    assert [(change["old"], change["new"]) for change in beta["changes"]] == [("web", None)]


def test_features_and_models_without_a_counterpart_are_named(tmp_path: Path) -> None:
    given = world([{"==": [{"var": "usage.offering"}, "beta"]}], {"features": ["web"], "models": ["m-1", "other"]})
    given["beta"] = {**given["beta"], "features": ["code"]}
    beta = _alternatives(tmp_path, given)["beta"]
    assert beta["left_behind"] == ["model `other`", "feature `web`"]
    assert (beta["models"], beta["features"]) == (None, [])


def test_a_failing_fallback_is_replaced_and_not_given_up(tmp_path: Path) -> None:
    rules = [{"or": [{"==": [{"var": "usage.offering"}, "alpha"]}, FLAG]}]
    given = world(rules, {"fallbacks": [{"offering": "beta", "region": "us"}]})
    written(tmp_path, given)
    found = answer(tmp_path, "alternatives")
    assert (found["offering"], found["route"]) == ("beta", "fallback")
    assert found["skipped"] == [{"offering": "alpha", "why": "the usage has it on another route"}]
    assert [change["kind"] for change in found["alternatives"][0]["changes"]] == ["declare"]


def test_no_alternative_passes_by_giving_up_the_route_that_it_is_for(tmp_path: Path) -> None:
    written(tmp_path, world([{"==": [{"var": "usage.offering"}, "alpha"]}], {"fallbacks": ["beta"]}))
    assert answer(tmp_path, "alternatives")["answer"] == "none"
    assert sets(answer(tmp_path, "repair")) == [{"beta fallbacks beta": None}]


def test_another_route_that_fails_is_part_of_what_is_needed(tmp_path: Path) -> None:
    beta = _alternatives(tmp_path, world([FLAG], {"fallbacks": ["beta"]}), "--route", "beta")["beta"]
    assert [(change["offering"], change["field"]) for change in beta["changes"]] == [
        ("alpha", "settings.a"),
        ("beta", "settings.a"),
    ]


def test_those_that_come_closest_are_told_first(tmp_path: Path) -> None:
    given = world(COVERED, cell={"value": "no"})
    given["policies"].append({"title": "Q", "require": [{"==": [{"var": "usage.offering"}, "beta"]}]})
    assert [*_alternatives(tmp_path, given)] == ["beta", "alpha"]


def test_an_offering_whose_file_is_not_valid_is_not_passed_over_in_silence(tmp_path: Path) -> None:
    written(tmp_path, world([FLAG]))
    (tmp_path / "registry" / "offerings" / "beta.yaml").write_text("id: beta\n", encoding="utf-8")
    found = answer(tmp_path, "alternatives")
    assert found["skipped"] == [{"offering": "beta", "why": "its file in the registry is not valid"}]


def test_only_the_offerings_that_are_named_are_looked_at(tmp_path: Path) -> None:
    assert [*_alternatives(tmp_path, world([FLAG]), "--offering", "beta")] == ["beta"]


def test_where_the_usage_passes_nothing_else_is_looked_for(tmp_path: Path) -> None:
    written(tmp_path, world([FLAG], {"settings": {"a": True}}))
    found = answer(tmp_path, "alternatives")
    assert (found["answer"], found["alternatives"]) == ("passes", [])


RESEARCH = {"matches": [{"var": "usage.purpose"}, "*research*"]}


def _said(folder: Path, given: Document) -> str:
    written(folder, given)
    return vendorgate("repair", "vendorgate.yaml", "--usage", "u", *OPTIONS[:-2], folder=folder).stdout


def test_what_decides_whether_a_policy_applies_is_said_where_no_value_of_it_is_known(tmp_path: Path) -> None:
    never = {"disjoint": [{"var": "usage.data"}, ["phi"]]}
    text = _said(tmp_path, world([never], when={"!": RESEARCH}))
    assert "`purpose` is not declared, so that it is not known whether p0 applies" in text


def test_there_may_be_more_where_it_is_not_known_whether_a_policy_applies(tmp_path: Path) -> None:
    text = _said(tmp_path, world([BAA], when={"!": RESEARCH}))
    assert "1 repair as of 2026-11-23; there may be more" in text
    assert "`purpose` is not declared" in text


def test_a_pattern_of_models_is_said_in_words(tmp_path: Path) -> None:
    text = _said(tmp_path, world(COVERED, cell={"scope": {"models": {"only": ["n-*"]}}}))
    assert "a model that the registry lists may do: `n-*`" in text


def test_a_model_that_another_usage_declares_is_a_name(tmp_path: Path) -> None:
    given = world(COVERED, cell={"scope": {"models": {"only": ["n-*"]}}})
    manifest, _ = written(tmp_path, given)
    manifest["usages"].append({**manifest["usages"][0], "id": "v", "models": ["n-9"]})
    (tmp_path / "vendorgate.yaml").write_text(json.dumps(manifest), encoding="utf-8")
    assert sets(answer(tmp_path, "repair")) == [{"alpha models": "n-9"}]
