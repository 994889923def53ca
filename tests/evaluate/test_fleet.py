"""Rules over all usages: what they come to, whom they block, and why; what is not known may be anything."""

from __future__ import annotations

import datetime
import itertools
from typing import Any

import pytest

from tests.evaluate.fleets import AS_OF, VENDORS, checked, fleet, judged, member, sees, truth
from vendorgate.evaluate.fleet import Fleet, FleetRules, Member, OnTheDay
from vendorgate.evaluate.fleet_reasons import MOST_VALUES
from vendorgate.logic import CONTRADICTED, UNKNOWN, truth_of
from vendorgate.model.additions import OwnWords
from vendorgate.model.vocabulary import AGREEMENT_KINDS

USAGES = {"var": "usages"}
AT_MOST_TWO = {"<=": [VENDORS, 2]}


def of_phi(quantifier: str, body: Any) -> Any:
    return {quantifier: [{"filter": [USAGES, {"in": ["phi", {"var": "usage.data"}]}]}, body]}


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ([], True),
        ([sees("A", 1_000_000), sees("B", 3)], True),
        ([sees("A"), sees("B"), sees("C")], False),
        ([sees("A"), sees("B"), sees("C", data="none")], True),
        ([sees("A"), sees("B"), sees(None)], None),
        ([sees("A"), sees(None)], True),
        ([sees("A"), sees(None, times=2)], None),
        ([sees(None, times=3)], None),
        ([sees("A"), sees("B"), sees("C"), sees(None)], False),
        ([sees("A"), sees("B"), member(offering_platform="C")], None),
        ([sees("A"), sees("B"), member(offering_platform="B")], True),
    ],
    ids=itertools.count(),
)
def test_at_most_two_vendors_see_phi(members: list[Member], expected: bool | None) -> None:
    assert truth(AT_MOST_TWO, *members) is expected


def test_two_usages_of_unlisted_vendors_may_be_of_one_vendor_or_of_two() -> None:
    assert truth({"==": [VENDORS, 1]}, sees(None, times=2)) is None
    assert truth({"<=": [VENDORS, 2]}, sees(None, times=2)) is True
    assert truth({">=": [VENDORS, 1]}, sees(None, times=2)) is True


@pytest.mark.parametrize("name", ["<", "<=", "==", "===", "!=", ">", ">="])
def test_a_count_can_stand_on_either_side(name: str) -> None:
    turned = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}.get(name, name)
    for number in range(4):
        usages = [sees("A"), sees("B")]
        assert truth({name: [VENDORS, number]}, *usages) is truth({turned: [number, VENDORS]}, *usages)


def test_a_count_is_held_against_another_count_and_between_two_numbers() -> None:
    projects = {"count_distinct": [USAGES, {"var": "project.name"}]}
    usages = [sees("A"), sees("B"), member(project_name="p", usage_data=["none"])]
    assert truth({"<": [projects, VENDORS]}, *usages) is None
    assert truth({"<=": [1, VENDORS, 2]}, *usages) is True
    assert truth({"<": [2, VENDORS, 9]}, *usages) is False
    assert truth({"<=": [VENDORS, {"days_since": "2026-11-20"}]}, *usages) is True
    assert truth({"<=": [VENDORS, {"if": [True, {"/": [0, 0]}, 1]}]}, *usages) is None


def test_what_could_not_be_judged_may_have_any_usage() -> None:
    assert truth(AT_MOST_TWO, sees("A"), unread=1) is None
    assert truth(AT_MOST_TWO, sees("A"), sees("B"), sees("C"), unread=1) is False
    assert truth(of_phi("none", {"==": [{"var": "offering.platform"}, "C"]}), sees("A"), unread=1) is None
    assert truth(of_phi("some", {"==": [{"var": "offering.platform"}, "A"]}), sees("A"), unread=1) is True


@pytest.mark.parametrize(
    ("quantifier", "expected"),
    [("all", [False, None, True]), ("some", [True, None, True]), ("none", [False, None, False])],
)
def test_quantifiers_go_through_those_that_a_filter_picks(quantifier: str, expected: list[bool | None]) -> None:
    rule = of_phi(quantifier, {"==": [{"var": "offering.platform"}, "A"]})
    other = sees("C", data="none")
    found = [
        truth(rule, sees("A"), sees("B"), other),
        truth(rule, sees(None), other),
        truth(rule, sees("A"), other),
    ]
    assert found == expected


def test_filters_can_pick_from_what_filters_have_picked() -> None:
    prod = {"filter": [{"filter": [USAGES, {"in": ["phi", {"var": "usage.data"}]}]}, {"var": "project.bound"}]}
    usages = [
        member(usage_data=["phi"], project_bound=True, offering_platform="A"),
        member(usage_data=["phi"], project_bound=False, offering_platform="B"),
        member(usage_data=["phi"], offering_platform="C"),
    ]
    count = {"count_distinct": [prod, {"var": "offering.platform"}]}
    assert truth({"==": [count, 1]}, *usages[:2]) is True
    assert truth({"==": [count, 1]}, *usages) is None
    assert truth({"<=": [count, 2]}, *usages) is True


def test_lists_of_a_usage_and_lists_that_a_rule_writes_are_gone_through_as_in_policies() -> None:
    has = {"some": [{"var": "usage.data"}, {"in": [{"var": ""}, ["phi", "pii"]]}]}
    assert truth({"all": [USAGES, has]}, sees("A"), sees("B", data="pii")) is True
    assert truth({"all": [USAGES, has]}, sees("A"), sees("B", data="none")) is False
    assert truth({"all": [[1, 2], {">": [{"var": ""}, 0]}]}) is True
    assert truth({"<": ["2026-11-01", {"var": "today"}]}) is True


def test_the_day_and_places_are_known_inside() -> None:
    soon = {"<": [{"days_until": {"var": "usage.attributes.review"}}, 30]}
    assert truth({"all": [USAGES, soon]}, Member({"usage.attributes.review": "2026-12-01"}, 1, 0)) is True
    assert truth({"all": [USAGES, {"==": [{"var": "today"}, "2026-11-23"]}]}, sees("A")) is True
    assert truth({"none": [USAGES, {"within": [{"var": "usage.region"}, "eu"]}]}, member(usage_region="de")) is False


def test_places_lie_in_the_groups_of_the_bundle() -> None:
    groups = {"nordics": frozenset(("se", "dk"))}
    own = OwnWords(frozenset(AGREEMENT_KINDS), {}, False, groups, None)
    rule = checked({"all": [USAGES, {"within": [{"var": "usage.region"}, "nordics"]}]}, own)
    assert truth_of(FleetRules(fleet(member(usage_region="se"), groups=groups)).value(rule)) is True


def test_a_contradicted_value_is_unknown() -> None:
    assert truth({"none": [USAGES, {"==": [{"var": "usage.region"}, "us"]}]}, member(usage_region=CONTRADICTED)) is None


def test_what_is_asked_of_one_usage_is_not_known_of_all() -> None:
    day = OnTheDay(AS_OF, {})
    assert not day.is_observed("usage.region")
    asked = [day.covered("d"), day.documented("d"), day.in_force("k"), day.agreement_field("k", "f"), day.name()]
    assert {*asked, day.registry("d", "f", [])} == {UNKNOWN}


MANY, OPEN, FEW = fleet(sees("A"), sees("B"), sees("C")), fleet(sees(None, times=3)), fleet(sees("A"))


@pytest.mark.parametrize(
    ("of", "fields", "threshold", "expected"),
    [
        (FEW, {}, "note", ("pass", "error", False)),
        (MANY, {}, "error", ("fail", "error", True)),
        (MANY, {}, "never", ("fail", "error", False)),
        (MANY, {"severity": "warning"}, "error", ("fail", "warning", False)),
        (MANY, {"severity": "warning"}, "warning", ("fail", "warning", True)),
        (MANY, {"on_unknown": "pass"}, "error", ("fail", "error", True)),
        (MANY, {"enforce_from": AS_OF + datetime.timedelta(1)}, "error", ("fail", "warning", False)),
        (MANY, {"enforce_from": AS_OF}, "error", ("fail", "error", True)),
        (OPEN, {}, "error", ("unknown", "error", True)),
        (OPEN, {"on_unknown": "warn"}, "error", ("unknown", "warning", False)),
        (OPEN, {"on_unknown": "warn"}, "warning", ("unknown", "warning", True)),
        (OPEN, {"on_unknown": "pass"}, "note", ("unknown", "note", False)),
    ],
    ids=itertools.count(),
)
def test_severity_and_blocking_are_those_of_policies(of: Fleet, fields: Any, threshold: Any, expected: Any) -> None:
    found = judged(AT_MOST_TWO, of=of, threshold=threshold, **fields)
    assert (found.outcome, found.severity, found.blocks) == expected


def test_one_requirement_that_fails_decides_beside_one_that_is_unknown() -> None:
    found = judged({"==": [VENDORS, 9]}, AT_MOST_TWO, True, of=OPEN)
    assert [one.outcome for one in found.requirements] == ["fail", "unknown", "pass"]
    assert found.outcome == "fail"
    assert found.requirements[2].reasons == ()


def messages(rule: Any, of: Fleet) -> list[str]:
    return [reason.message for one in judged(rule, of=of).requirements for reason in one.reasons]


def test_reasons_name_the_values_that_were_counted_and_where_they_are_seen() -> None:
    of = fleet(sees("B", 3, first=4), sees("C", 3, first=2), sees("A", 9, first=7), sees("A", 1, first=1))
    found = judged(AT_MOST_TWO, of=of)
    (reason,) = found.requirements[0].reasons
    assert reason.message == "3 distinct values of offering.platform"
    seen = [(one.value, one.usages, one.seen.usage) for one in reason.values]
    assert seen == [("A", 10, "u1"), ("C", 3, "u2"), ("B", 3, "u4")]
    assert found.requirements[0].message == (
        "required: the number of distinct offering.platform among filter(usages, `phi` in usage.data) <= 2"
    )


def test_reasons_name_the_usages_that_made_it_unknown() -> None:
    of = fleet(sees("A", 2), sees(None, times=5, first=9), member(offering_platform="C", first=3), unread=2)
    (reason,) = judged(AT_MOST_TWO, of=of).requirements[0].reasons
    assert reason.message == (
        "at least 1 distinct value of offering.platform; of 6 usages it is not known which, or whether to count;"
        " nothing is known of the usages in 2 places that could not be judged"
    )
    assert (reason.usages, [one.usage for one in reason.seen]) == (6, ["u3", "u9"])
    assert [one.value for one in reason.values] == ["A"]


def test_a_range_is_told_by_both_ends() -> None:
    assert messages({"<=": [VENDORS, 1]}, fleet(sees("A"), sees(None))) == [
        "1 to 2 distinct values of offering.platform; of 1 usage it is not known which, or whether to count"
    ]


def test_of_many_values_the_most_frequent_are_told() -> None:
    of = fleet(*(sees(f"v{number:03}", 100 - number) for number in range(30)))
    (reason,) = judged(AT_MOST_TWO, of=of).requirements[0].reasons
    assert reason.message.endswith(f", of which the {MOST_VALUES} most frequent are told")
    assert [one.value for one in reason.values] == [f"v{number:03}" for number in range(MOST_VALUES)]


PLATFORM_A = "offering.platform == `A`"
ONE_PLACE = "; nothing is known of the usages in 1 place that could not be judged"
NONE_MEANT = "no usage is known to be meant, and `all` of none is false"
NOT_KNOWN = "of 1 usage it is not known whether"
SOME_A = "some(usages, offering.platform == `A`)"
IS_A = {"==": [{"var": "offering.platform"}, "A"]}


@pytest.mark.parametrize(
    ("rule", "of", "expected"),
    [
        ({"none": [USAGES, IS_A]}, fleet(sees("A", 3), sees("B")), "of 3 usages offering.platform == `A`: holds"),
        ({"all": [USAGES, IS_A]}, fleet(sees("A"), sees("B")), "of 1 usage offering.platform == `A`: does not hold"),
        ({"all": [USAGES, IS_A]}, fleet(), f"{NONE_MEANT}: offering.platform == `A`"),
        ({"some": [USAGES, IS_A]}, fleet(sees("B")), "of no usage offering.platform == `A`: holds"),
        ({"not": {"some": [USAGES, IS_A]}}, fleet(sees("A")), "of 1 usage offering.platform == `A`: holds"),
        ({"none": [USAGES, IS_A]}, fleet(sees(None)), f"{NOT_KNOWN} offering.platform == `A`"),
        ({"and": [True, {"none": [USAGES, IS_A]}]}, fleet(sees("A")), "of 1 usage offering.platform == `A`: holds"),
        ({"if": [{"some": [USAGES, IS_A]}, False, True]}, fleet(sees("A")), "false stands here"),
        ({"if": [{"none": [USAGES, IS_A]}, True, False]}, fleet(sees("A")), "false stands here"),
        ({"if": [{"some": [USAGES, IS_A]}, True]}, fleet(), f"if({SOME_A}, true) has no branch that holds"),
        ({"all": [[1], {"<": [{"var": ""}, 1]}]}, fleet(), "all([1], it < 1): does not hold"),
        ({"<": [{"days_since": {"var": "today"}}, 0]}, fleet(), "days since today < 0: does not hold"),
        ({"none": [USAGES, IS_A]}, fleet(sees("B"), unread=1), f"{PLATFORM_A}: not known of all{ONE_PLACE}"),
        (of_phi("all", IS_A), fleet(member(offering_platform="B")), f"{NONE_MEANT}: offering.platform == `A`"),
        (of_phi("all", IS_A), fleet(sees("A"), member(offering_platform="B")), f"{NOT_KNOWN} offering.platform == `A`"),
    ],
    ids=itertools.count(),
)  # fmt: skip
def test_reasons_say_what_decides(rule: Any, of: Fleet, expected: str) -> None:
    assert messages(rule, of) == [expected]


def test_an_unknown_condition_is_told_with_its_branches() -> None:
    rule = {"if": [{"some": [USAGES, IS_A]}, AT_MOST_TWO, False]}
    assert messages(rule, OPEN) == [
        "of 3 usages it is not known whether offering.platform == `A`",
        "1 to 3 distinct values of offering.platform; of 3 usages it is not known which, or whether to count",
        "false stands here",
    ]
