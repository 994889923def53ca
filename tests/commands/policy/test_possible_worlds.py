"""The walk through all worlds: what it says cannot be must not be, in worlds that were made without it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.commands.policy.bundles import Part
from tests.commands.policy.rules import POLICIES, WORLDS, read
from tests.thoroughness import share
from vendorgate.commands.policy.conditions import rules_of
from vendorgate.commands.policy.lints.effect import effect
from vendorgate.commands.policy.possible_worlds import AS_OF, WorldWalk, implies, reachable_truths
from vendorgate.commands.policy.tests_coverage import CoverageTrace
from vendorgate.commands.policy.trace import NAMES, TracedRule
from vendorgate.evaluate.possible import PossibleCase
from vendorgate.logic import truth_of


@settings(max_examples=share(150), deadline=None)
@given(POLICIES, st.lists(WORLDS, min_size=15, max_size=15))
def test_no_world_shows_a_truth_that_was_called_unreachable(written: Part, worlds: list[Any]) -> None:
    (policy,) = read(written)
    reachable = reachable_truths(policy)
    trace = CoverageTrace(policy)
    compiled = trace.compiled
    for world in worlds:
        case = PossibleCase(world, AS_OF)
        if compiled.when is None or truth_of(compiled.when(None, case)) is not False:
            for requirement in compiled.require:
                requirement(None, case)
    for rule in trace.rules:
        for condition in rule.conditions:
            assert rule.truths(condition.place) <= reachable[condition.place], condition


@settings(max_examples=share(150), deadline=None)
@given(POLICIES, st.lists(WORLDS, min_size=15, max_size=15))
def test_what_is_said_to_have_no_effect_has_none(written: Part, worlds: list[Any]) -> None:
    (policy,) = read(written)
    found = {finding.id for finding in effect(policy)}
    rules = [TracedRule(rule) for rule in rules_of(policy)]
    when, require = (rules[0], rules[1:]) if policy.when is not None else (None, rules)
    for world in worlds:
        case = PossibleCase(world, AS_OF)
        applies = True if when is None else truth_of(when.evaluate(None, case))
        if "never-applies" in found:
            assert applies is False
        if "always-applies" in found:
            assert applies is True
        if "never-fails" in found and applies is not False:
            truths = {NAMES[truth_of(rule.evaluate(None, case))] for rule in require}
            assert truths <= ({"true", "unknown"} if policy.on_unknown == "pass" else {"true"})


@settings(max_examples=share(100), deadline=None)
@given(POLICIES, POLICIES, st.lists(WORLDS, min_size=10, max_size=10))
def test_what_is_said_to_follow_follows(one: Part, other: Part, worlds: list[Any]) -> None:
    ((first,), (second,)) = read(one), read(other)
    if not implies(first.when, second.when):
        return
    for world in worlds:
        case = PossibleCase(world, AS_OF)
        meets = [
            True if policy.when is None else truth_of(TracedRule(rules_of(policy)[0]).evaluate(None, case))
            for policy in (first, second)
        ]
        assert meets[0] is False or meets[1] is not False


def test_a_rule_implies_itself_and_everything_implies_no_rule() -> None:
    (policy,) = read({"id": "p", "title": "P", "when": {"in": ["phi", {"var": "usage.data"}]}, "require": [True]})
    assert implies(policy.when, policy.when)
    assert implies(policy.when, None)
    assert implies(None, None)
    assert not implies(None, policy.when)


@pytest.mark.parametrize(
    ("rule", "truths"),
    [
        ({"in": ["phi", {"var": "usage.data"}]}, "true false"),
        ({"==": [{"var": "usage.region"}, "de"]}, "true false unknown"),
        ({"within": [{"var": "usage.region"}, "global"]}, "true unknown"),
        ({"covered": "hipaa_baa"}, "true false unknown"),
        ({"agreement": "baa"}, "true false"),
        ({"known": "usage.region"}, "true false"),
        ({"known": "usage.tier"}, "true"),
        ({"observed": "usage.region"}, "true false"),
        ({"!": {"observed": "usage.settings.a"}}, "true false"),
        ({"==": [{"observed": "usage.region"}, True]}, "true false"),
        ({"and": [{"observed": "usage.tier"}, {"!": {"observed": "usage.tier"}}]}, "false"),
        ({"or": [{"observed": "usage.tier"}, {"!": {"observed": "usage.region"}}]}, "true false"),
        ({"in": [{"var": "usage.tier"}, ["free", "self_serve", "enterprise"]]}, "true"),
        ({"==": [{"var": "usage.via"}, None]}, "true false"),
        ({"<=": [{"days_since": {"var": "registry.gdpr_dpa.verified"}}, 90]}, "true false unknown"),
        ({"<=": [{"var": "registry.gdpr_dpa.facts.days"}, 30]}, "true false unknown"),
        ({"==": [{"var": ["usage.settings.mode", "x"]}, "x"]}, "true false"),
        ({"all": [{"var": "usage.models"}, {"matches": [{"var": ""}, "gpt-*"]}]}, "true false unknown"),
        ({"subset": [{"var": "usage.data"}, ["public"]]}, "true false"),
        ({"!": {"disjoint": [["phi"], {"var": "usage.data"}]}}, "true false"),
        ({"==": [{"var": "usage.cloud_region"}, {"var": "usage.region"}]}, "true false unknown"),
    ],
)
def test_truths_of_one_requirement(rule: Any, truths: str) -> None:
    (policy,) = read({"id": "p", "title": "P", "require": [rule]})
    (found, *_) = reachable_truths(policy).values()
    assert found == set(truths.split())


def test_too_many_worlds_are_not_walked_through() -> None:
    require = [{"==": [{"var": f"usage.settings.s{number}"}, number]} for number in range(12)]
    (policy,) = read({"id": "p", "title": "P", "require": require})
    assert not WorldWalk(policy).feasible
    assert set(map(frozenset, reachable_truths(policy).values())) == {frozenset(("true", "false", "unknown"))}
    assert list(effect(policy)) == []


def test_a_long_list_of_words_is_no_work() -> None:
    words = [f"m-{number}" for number in range(500)]
    rules = [{"in": [word, {"var": "usage.models"}]} for word in words[:30]]
    (policy,) = read(
        {"id": "p", "title": "P", "require": [{"or": rules}, {"subset": [{"var": "usage.models"}, words]}]}
    )
    assert reachable_truths(policy)


def test_a_rule_that_reads_the_name_of_a_project_can_come_to_both() -> None:
    (policy,) = read({"id": "p", "title": "P", "require": [{"==": [{"var": "project.name"}, "clinic"]}]})
    assert list(reachable_truths(policy).values()) == [{"true", "false"}]
