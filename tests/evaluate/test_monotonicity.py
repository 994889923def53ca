"""The laws of `tests.evaluate.laws`, in a few random worlds."""

from __future__ import annotations

from random import Random

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.evaluate.account_worlds import account_world
from tests.evaluate.law_worlds import Part, World, agreed_world, observed_world, wide_world, world
from tests.evaluate.laws import hold_of_what_is_taken_away, hold_of_what_names_imply
from tests.evaluate.observing_laws import (
    asking,
    hold_of_an_observation_that_is_taken_away,
    hold_of_honest_declarations,
    hold_of_observations_that_results_rest_on,
    hold_of_what_must_be_observed,
)
from tests.evaluate.resting_laws import (
    hold_of_agreements_that_passes_name,
    hold_of_claims,
    hold_of_what_results_rest_on,
)
from tests.thoroughness import share

SEEDS = st.integers(0, 2**64)
READ: Part = {"offering": "alpha", "observed": "2026-11-20", "settings": {}}
IN_EU: Part = {"within": [{"var": "usage.region"}, "eu"]}
CLOUD: Part = {"cloud": "acme", "dimensions": {}}
MISPLACED = World(
    offering=CLOUD,
    usage={"data": ["internal"], "cloud_region": "nowhere-1"},
    policy={"require": [IN_EU]},
    bundle={"observations": {}},
    observations={"o": {**READ, "region": "eu", "cloud_region": "eu"}},
)
MAY_NOT_APPLY = World(
    offering=CLOUD,
    usage={"data": ["internal"], "region": "us", "cloud_region": "us-1"},
    policy={"when": IN_EU, "require": [True]},
    bundle={"observations": {}},
    observations={"o": {**READ, "region": "eu"}},
)


def worlds() -> st.SearchStrategy[World]:
    """Worlds by their seeds: drawing each of their parts would take longer than judging them."""
    return SEEDS.map(lambda seed: world(Random(seed)))


def wide_worlds() -> st.SearchStrategy[World]:
    """The same with all else that there can be."""
    return SEEDS.map(lambda seed: wide_world(Random(seed)))


def agreed_worlds() -> st.SearchStrategy[World]:
    """The same with several agreements of a kind in force."""
    return SEEDS.map(lambda seed: agreed_world(Random(seed)))


@settings(max_examples=share(300), deadline=None)
@given(worlds() | wide_worlds(), SEEDS)
def test_nothing_that_is_taken_away_turns_blocking_into_passing(found: World, seed: int) -> None:
    hold_of_what_is_taken_away(found, Random(seed))


@settings(max_examples=share(300), deadline=None)
@given(worlds() | wide_worlds(), st.sampled_from(["fail", "warn", "pass"]))
def test_nothing_that_a_name_implies_turns_blocking_into_passing(found: World, on_unknown: str) -> None:
    hold_of_what_names_imply(found, on_unknown)


@settings(max_examples=share(300), deadline=None)
@given(worlds() | wide_worlds(), SEEDS)
def test_nothing_that_a_result_does_not_rest_on_changes_it(found: World, seed: int) -> None:
    hold_of_what_results_rest_on(found, Random(seed))


@settings(max_examples=share(300), deadline=None)
@given(agreed_worlds() | wide_worlds(), SEEDS)
def test_pass_needs_an_agreement_of_each_kind_that_it_names(found: World, seed: int) -> None:
    hold_of_agreements_that_passes_name(found, Random(seed))


@settings(max_examples=share(300), deadline=None)
@given(worlds() | wide_worlds())
def test_pass_on_claims_alone_needs_no_evidence_and_no_agreement(found: World) -> None:
    hold_of_claims(found)


def observed_worlds() -> st.SearchStrategy[World]:
    """The same in which something was observed of accounts, and of some offerings must be."""
    return SEEDS.map(lambda seed: observed_world(Random(seed)))


def account_worlds() -> st.SearchStrategy[World]:
    """Little but what is claimed and observed of one or two accounts."""
    return SEEDS.map(lambda seed: account_world(Random(seed)))


@settings(max_examples=share(150), deadline=None)
@given(observed_worlds())
def test_what_was_observed_is_worth_what_its_honest_declaration_is(found: World) -> None:
    hold_of_honest_declarations(found)


@settings(max_examples=share(150), deadline=None)
@given(observed_worlds(), SEEDS)
def test_nothing_passes_unobserved_that_must_be_observed(found: World, seed: int) -> None:
    hold_of_what_must_be_observed(found, Random(seed))


@settings(max_examples=share(150), deadline=None)
@given(observed_worlds(), SEEDS)
def test_no_observation_that_must_be_there_lets_anything_pass_by_being_taken_away(found: World, seed: int) -> None:
    hold_of_an_observation_that_is_taken_away(found, Random(seed))


@settings(max_examples=share(150), deadline=None)
@given(observed_worlds() | account_worlds(), SEEDS)
def test_no_claim_that_a_result_does_not_rest_on_changes_what_was_observed(found: World, seed: int) -> None:
    hold_of_what_results_rest_on(found, Random(seed))


@settings(max_examples=share(150), deadline=None)
@given(observed_worlds() | account_worlds(), SEEDS)
@example(found=MISPLACED, seed=0)  # a region that is known because another place was observed than is claimed
@example(found=MAY_NOT_APPLY, seed=0)  # a pass of which nobody knows whether the policy applies
def test_no_observation_that_a_result_does_not_rest_on_changes_it(found: World, seed: int) -> None:
    hold_of_observations_that_results_rest_on(found, Random(seed))


@settings(max_examples=share(150), deadline=None)
@given(observed_worlds(), SEEDS)
def test_no_observation_that_a_policy_asks_for_lets_anything_pass_by_being_taken_away(found: World, seed: int) -> None:
    random = Random(seed)
    hold_of_an_observation_that_is_taken_away(asking(found, random, negated=False), random)


@settings(max_examples=share(150), deadline=None)
@given(observed_worlds(), SEEDS)
def test_whether_something_is_observed_rests_on_the_observation_that_tells_it(found: World, seed: int) -> None:
    random = Random(seed)
    hold_of_observations_that_results_rest_on(asking(found, random, negated=True), random)
    hold_of_what_must_be_observed(asking(found, random, negated=True), random)
