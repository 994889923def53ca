"""What rules over all usages can come to: no fleet shows a truth that was called impossible."""

from __future__ import annotations

from typing import Any, cast

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evaluate.fleets import VENDORS, checked, fleet, judged, truth
from tests.evaluate.test_fleet_laws import BODIES, RULES
from tests.thoroughness import share
from vendorgate.commands.policy.fleet_worlds import RequirementWalk, walk_fleets
from vendorgate.commands.policy.trace import NAMES as TRACED
from vendorgate.evaluate.fleet import FleetRules, Member
from vendorgate.logic import Value, truth_of
from vendorgate.model.policy import Policy, Requirement
from vendorgate.model.vocabulary import TIERS

USAGES = {"var": "usages"}
TIER, PLATFORM, MODE = {"var": "usage.tier"}, {"var": "offering.platform"}, {"var": "usage.settings.mode"}
PHI = {"in": ["phi", {"var": "usage.data"}]}
FREE, ENTERPRISE = {"==": [TIER, "free"]}, {"==": [TIER, "enterprise"]}
NOBODY = {"filter": [USAGES, {"and": [FREE, ENTERPRISE]}]}
NAMES = {True: "T", False: "F", None: "U"}


def policy_of(*require: Any) -> Policy:
    rules = [Requirement(rule, checked(rule), None, place, ("require", place)) for place, rule in enumerate(require)]
    return msgspec.structs.replace(judged(True, of=fleet()).policy, require=tuple(rules))


def walked(rule: Any) -> RequirementWalk:
    return walk_fleets(policy_of(rule)).requirements[0]


def members() -> st.SearchStrategy[list[Member]]:
    """Usages of which the data is stated, as it always is, and the platform is not always."""
    data = st.sampled_from([["phi"], ["pii"], ["phi", "pii"], ["public"]])
    known = st.fixed_dictionaries(
        {"usage.data": data, "usage.tier": st.sampled_from(TIERS)},
        optional={"offering.platform": st.sampled_from("ABCDE")},
    )
    return st.lists(known.map(lambda stated: Member(cast("dict[str, Value]", stated), 1, 0)), max_size=6)


COUNTED = st.sampled_from([TIER, PLATFORM, "one", {"cat": [TIER, "x"]}])
COUNTS = st.tuples(st.one_of(st.just(USAGES), BODIES.map(lambda one: {"filter": [USAGES, one]})), COUNTED).map(
    lambda pair: {"count_distinct": [*pair]}
)
NUMBERS = st.one_of(st.integers(-2, 8), st.sampled_from([0.5, 2.5, 1e300, 10**400]))
SIDES = st.one_of(NUMBERS, COUNTS)
COMPARED = st.one_of(
    st.tuples(st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), COUNTS, SIDES, st.booleans()).map(
        lambda parts: {parts[0]: [parts[1], parts[2]] if parts[3] else [parts[2], parts[1]]}
    ),
    st.tuples(st.sampled_from(["<", "<="]), SIDES, COUNTS, SIDES).map(lambda parts: {parts[0]: [*parts[1:]]}),
)
EVERY = st.recursive(
    st.one_of(RULES, COMPARED, st.just({"<": [{"var": "today"}, "2027-01-01"]}), st.booleans()),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda pair: {"or": [*pair]}),
        st.tuples(inner, inner, inner).map(lambda three: {"if": [*three]}),
    ),
    max_leaves=3,
)


@pytest.mark.hypothesis
@settings(max_examples=share(400), deadline=None)
@given(EVERY, st.lists(members(), min_size=4, max_size=4))
def test_no_fleet_shows_a_truth_that_was_called_impossible(rule: Any, fleets: list[list[Member]]) -> None:
    walk = walked(rule)
    for usages in fleets:
        assert truth(rule, *usages) in walk.truths, usages


@pytest.mark.hypothesis
@settings(max_examples=share(300), deadline=None)
@given(st.lists(EVERY, min_size=2, max_size=3), st.lists(members(), min_size=4, max_size=4))
def test_no_fleet_shows_what_was_called_impossible_of_several(rules: list[Any], fleets: list[list[Member]]) -> None:
    walk = walk_fleets(policy_of(*rules))
    for usages in fleets:
        truths = [truth(rule, *usages) for rule in rules]
        assert all(one in found.truths for one, found in zip(truths, walk.requirements, strict=True))
        assert (False if False in truths else None if None in truths else True) in walk.holds, usages


@pytest.mark.hypothesis
@settings(max_examples=share(200), deadline=None)
@given(RULES, members())
def test_no_usage_shows_a_truth_that_was_called_impossible_where_it_is_asked(rule: Any, usages: list[Member]) -> None:
    of_fleet = FleetRules(fleet(*usages))
    for walk in walked(rule).usages:
        if not walk.feasible:
            continue
        picked = [*of_fleet.picked(walk.part.node.arguments[0])]
        assert {one.sure for one in picked} <= {sure for sure, _ in walk.held}
        if walk.part.node.name != "count_distinct":
            held = {(one.sure, truth_of(value)) for one, value in of_fleet.asked(walk.part.body, picked)}
            assert held <= walk.held
            asked = walk.rules[-1]
            assert {TRACED[found] for _, found in held} <= asked.truths(asked.place)


@pytest.mark.parametrize(
    ("rule", "truths"),
    [
        ({"<=": [VENDORS, 2]}, "FTU"),
        ({"<=": [VENDORS, -1]}, "F"),
        ({"<": [VENDORS, 0]}, "F"),
        ({">=": [VENDORS, 0]}, "T"),
        ({"<": [-1, VENDORS]}, "T"),
        ({"==": [VENDORS, 0.5]}, "FU"),
        ({"<=": [0, VENDORS, 2]}, "FTU"),
        ({"<=": [3, VENDORS, 2]}, "FU"),
        ({"<=": [{"count_distinct": [USAGES, TIER]}, len(TIERS)]}, "T"),
        ({"<=": [{"count_distinct": [USAGES, TIER]}, len(TIERS) - 1]}, "FT"),
        ({">": [{"count_distinct": [USAGES, TIER]}, len(TIERS)]}, "F"),
        ({"<=": [{"count_distinct": [USAGES, "one"]}, 1]}, "T"),
        ({"<=": [{"count_distinct": [USAGES, MODE]}, 1000]}, "FTU"),
        ({"<=": [{"count_distinct": [NOBODY, PLATFORM]}, 0]}, "T"),
        ({"<": [{"count_distinct": [USAGES, TIER]}, {"count_distinct": [USAGES, PLATFORM]}]}, "FTU"),
        ({"none": [USAGES, True]}, "FT"),
        ({"none": [USAGES, {"or": [PHI, {"!": PHI}]}]}, "FT"),
        ({"some": [USAGES, {"and": [FREE, ENTERPRISE]}]}, "F"),
        ({"none": [NOBODY, {"==": [MODE, "x"]}]}, "T"),
        ({"all": [NOBODY, {"==": [MODE, "x"]}]}, "F"),
        ({"all": [{"filter": [USAGES, FREE]}, {"!": ENTERPRISE}]}, "FT"),
        ({"some": [USAGES, {"==": [MODE, "x"]}]}, "FTU"),
        ({"none": [USAGES, {"matches": [{"var": "repository"}, "acme/*"]}]}, "FTU"),
        ({"some": [USAGES, {"==": [{"var": "repository"}, "acme/x"]}]}, "FTU"),
        ({"or": [{"<=": [VENDORS, 2]}, {"!": {"<=": [VENDORS, 2]}}]}, "TU"),
        ({"and": [{"none": [USAGES, True]}, {"!": {"none": [USAGES, True]}}]}, "F"),
        ({"<": [{"var": "today"}, "2027-01-01"]}, "FT"),
        ({"==": [{"none": [USAGES, True]}, True]}, "FTU"),
        (False, "F"),
    ],
)
def test_truths_of_a_rule(rule: Any, truths: str) -> None:
    assert "".join(sorted(NAMES[one] for one in walked(rule).truths)) == truths


def test_too_many_worlds_are_not_walked_through() -> None:
    many = [{"==": [{"var": f"usage.settings.s{place}"}, "x"]} for place in range(12)]
    walk = walked({"none": [USAGES, {"and": [*many, {"and": [FREE, ENTERPRISE]}]}]})
    assert walk.truths == {True, False, None}
    assert [one.feasible for one in walk.usages] == [False]
    joined = walked({"or": [{"none": [USAGES, {"==": [MODE, str(place)]}]} for place in range(12)]})
    assert joined.truths == {True, False, None}
