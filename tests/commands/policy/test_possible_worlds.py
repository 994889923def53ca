"""The walk through all worlds: what it says cannot be must not be, in worlds that were made without it."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator
from typing import Any
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.commands.policy.bundles import Part
from tests.commands.policy.rules import POLICIES, WORLDS, read
from tests.thoroughness import share
from vendorgate.commands.policy import possible_worlds
from vendorgate.commands.policy.conditions import rules_of
from vendorgate.commands.policy.domains import Domains
from vendorgate.commands.policy.lint_model import LintFinding
from vendorgate.commands.policy.lints import repetition
from vendorgate.commands.policy.lints.effect import effect
from vendorgate.commands.policy.possible_worlds import (
    AS_OF,
    MOST_WORLDS,
    Implications,
    WorldWalk,
    implies,
    reachable_truths,
)
from vendorgate.commands.policy.tests_coverage import CoverageTrace
from vendorgate.commands.policy.trace import NAMES, TracedRule
from vendorgate.evaluate.possible import PossibleCase
from vendorgate.evaluate.program import COMPILER
from vendorgate.logic import Node, truth_of
from vendorgate.model.policy import Policy


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


def plain_walk(policy: Policy) -> tuple[WorldWalk, set[bool | None], list[set[bool | None]]]:
    """The product of all that all rules read, world by world."""
    walk = WorldWalk(policy)
    when, require = (None, walk.rules) if policy.when is None else (walk.rules[0], walk.rules[1:])
    applies, truths = set[bool | None](), [set[bool | None]() for _ in require]
    for values in itertools.product(*walk._axes.values()):
        case = PossibleCase(dict(zip(walk._axes, values, strict=True)), AS_OF)
        applied = True if when is None else truth_of(when.evaluate(None, case))
        applies.add(applied)
        for rule, found in zip(require, truths, strict=True) if applied is not False else ():
            found.add(truth_of(rule.evaluate(None, case)))
    return walk, applies, truths


@settings(max_examples=share(150), deadline=None)
@given(POLICIES)
def test_rules_walked_through_one_by_one_come_to_what_all_of_them_at_once_come_to(written: Part) -> None:
    (policy,) = read(written)
    found = WorldWalk(policy)
    if not found.feasible:
        return
    plain, applies, truths = plain_walk(policy)
    outcomes = found.run()
    assert outcomes.applies == applies
    assert [set(one) for one in outcomes.require] == truths
    assert [rule.seen for rule in found.rules] == [rule.seen for rule in plain.rules]


@settings(max_examples=share(150), deadline=None)
@given(POLICIES, POLICIES)
def test_rule_implies_another_where_no_world_of_both_shows_otherwise(one: Part, other: Part) -> None:
    first, second = (read(written)[0].require[0].tree for written in (one, other))
    domains = Domains([first, second], AS_OF)
    axes = domains.axes()
    if math.prod(map(len, axes.values())) > MOST_WORLDS:
        assert not implies(first, second)
        assert not Implications().implies(first, second, ("narrow", "wide"))
        return
    narrow, wide = (COMPILER.compile(domains.simplified(tree)) for tree in (first, second))
    cases = (PossibleCase(dict(zip(axes, values, strict=True)), AS_OF) for values in itertools.product(*axes.values()))
    plain = all(truth_of(wide(None, case)) is not False for case in cases if truth_of(narrow(None, case)) is not False)
    assert implies(first, second) == plain
    assert Implications().implies(first, second, ("narrow", "wide")) == plain


def test_a_rule_implies_itself_and_everything_implies_no_rule() -> None:
    (policy,) = read({"id": "p", "title": "P", "when": {"in": ["phi", {"var": "usage.data"}]}, "require": [True]})
    assert implies(policy.when, policy.when)
    assert implies(policy.when, None)
    assert implies(None, None)
    assert not implies(None, policy.when)


def whens(rules: list[Any]) -> list[Node | None]:
    entries = ({"id": f"p{at}", "title": "P", "when": rule, "require": [True]} for at, rule in enumerate(rules))
    return [one.when for one in read(*entries)]


def test_what_is_no_day_is_not_left_out_where_another_rule_counts_the_days_since() -> None:
    rules = [
        {"<=": [{"days_since": {"var": "usage.attributes.since"}}, 3]},
        {"!==": [{"var": "usage.attributes.since"}, "a"]},
        {"!==": [{"var": "usage.attributes.since"}, "1990-01-01"]},
    ]
    counts, no_text, no_day = whens(rules)
    assert not implies(counts, no_text)
    assert not Implications().implies(counts, no_text, ("counts", "no text"))
    assert implies(counts, no_day)


def test_all_but_one_name_does_not_imply_all_but_another_one() -> None:
    rules = [{"!=": [{"var": "project.name"}, name]} for name in ("a", "b")]
    first, second = whens(rules)
    with mock.patch.object(
        possible_worlds, "implies", side_effect=AssertionError("no need to walk through all worlds")
    ):
        assert not Implications().implies(first, second, ("a", "b"))


def test_rules_of_too_many_worlds_are_told_apart_by_the_first_of_them() -> None:
    rules = [{"and": [{"==": [{"var": f"usage.settings.s{at}"}, f"{at} {name}"]} for at in range(9)]} for name in "ab"]
    first, second = whens(rules)
    with mock.patch.object(
        possible_worlds, "implies", side_effect=AssertionError("no need to walk through all worlds")
    ):
        assert not Implications().implies(first, second, ("a", "b"))


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


NAMED = ["pii", "public", "pci"]
LISTED = st.lists(st.sampled_from(NAMED), max_size=2)
REPEATED = st.fixed_dictionaries(
    {"require": st.lists(st.sampled_from([{"covered": "hipaa_baa"}, {"covered": "soc2_type2"}, False]), min_size=1)},
    optional={
        "when": LISTED.map(lambda names: {"or": [{"in": [name, {"var": "usage.data"}]} for name in ("phi", *names)]})
        | st.sampled_from([{"in": ["phi", {"var": "usage.data"}]}, {"==": [{"var": "usage.tier"}, "enterprise"]}]),
        "severity": st.sampled_from(["error", "warning"]),
        "on_unknown": st.sampled_from(["fail", "pass"]),
        "enforce_from": st.sampled_from(["2026-01-01", "2027-01-01"]),
    },
)


def pair_by_pair(policies: tuple[Policy, ...], optional: Callable[[Policy], str]) -> Iterator[LintFinding]:
    """What `between_policies` says, each policy held against each other one."""
    required = {id(one): {repetition.canonical(rule.tree) for rule in one.require} for one in policies}
    reported: set[int] = set()
    for (index, one), (at, other) in itertools.product(enumerate(policies), repeat=2):
        if other is one or id(one) in reported or not required[id(one)] <= required[id(other)]:
            continue
        if optional(other) not in ("", optional(one)):
            continue
        whens = [repetition.canonical(each.when) for each in (one, other)]
        same = whens[0] == whens[1] and required[id(one)] == required[id(other)]
        ranks = [repetition._rank(each) for each in (one, other)]
        if same and ranks[0] == ranks[1] and at > index:
            continue
        if repetition._at_least_as_strict(ranks[1], ranks[0]) and (same or implies(one.when, other.when)):
            reported.add(id(one))
            yield repetition._shadowed(one, other, same=same)


@settings(max_examples=share(200, 60), deadline=None)
@given(st.lists(REPEATED, min_size=1, max_size=6), st.lists(st.sampled_from(["", "x", "y"]), min_size=6, max_size=6))
def test_policies_are_held_against_those_alone_that_require_as_much(written: list[Part], packs: list[str]) -> None:
    policies = read(*({"id": f"p{index}", "title": "P", **one} for index, one in enumerate(written)))
    pack = {one.id: name for one, name in zip(policies, packs, strict=False)}
    found, plain = (
        list(finder(policies, lambda one: pack[one.id])) for finder in (repetition.between_policies, pair_by_pair)
    )
    assert [(one.id, one.policy, one.message, one.help) for one in found] == [
        (one.id, one.policy, one.message, one.help) for one in plain
    ]


def test_a_rule_that_reads_the_name_of_a_project_can_come_to_both() -> None:
    (policy,) = read({"id": "p", "title": "P", "require": [{"==": [{"var": "project.name"}, "clinic"]}]})
    assert list(reachable_truths(policy).values()) == [{"true", "false"}]
