"""Policies that somebody reads; a test of a policy, ready to run, and what came of it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Final, Literal, get_args

import msgspec

from ...model.additions import PolicyOverride
from ...model.policy import Bundle, Policy
from ...model.policy_test import PolicyTestCase
from ...model.result import Result
from ...model.vocabulary import Expected
from ...source import Location, Path

OVER_ALL: Final = "over all usages of a fleet"
"""Said of a policy that no check asks."""


class Pack(msgspec.Struct, frozen=True):
    """A folder of policies that is switched on as a whole."""

    name: str
    in_force: bool
    """Whether it judges though nobody asks for it."""


class CountedPolicy(msgspec.Struct, frozen=True):
    """A policy, and how the bundle lets it count."""

    policy: Policy
    """As it counts; as its file has it, where it is off."""
    written: Policy
    """As its file has it."""
    override: PolicyOverride | None = None
    """The entry of the bundle that counts for it; None: it counts as it is written."""
    location: Location | None = None
    """Of that entry."""
    pack: Pack | None = None
    """The pack that it is in; None: it lies in none."""
    is_of_fleet: bool = False
    """Whether it judges all usages of a fleet, and no check."""
    tests_of_fleet: int = 0
    """How many tests stand beside it, where it is of a fleet."""

    @property
    def tests_beside(self) -> int:
        """How many tests stand beside it in its file."""
        return self.tests_of_fleet + len(self.policy.tests)

    @property
    def waits(self) -> bool:
        """Whether it judges nobody until somebody asks for its pack."""
        return self.pack is not None and not self.pack.in_force

    @property
    def is_off(self) -> bool:
        """Whether it judges nobody."""
        return self.override is not None and self.override.off is True


class PolicySelection(msgspec.Struct, frozen=True):
    """Some policies of a bundle, or all of them."""

    policies: tuple[CountedPolicy, ...]
    bundle: Bundle
    tests: int
    """How many they have."""
    packs: tuple[Pack, ...]
    """Of the bundle, by name."""
    digest: str
    """Of what judges where nobody asks for a pack."""


class PolicyTestResult(msgspec.Struct, frozen=True):
    """What came of a test."""

    case: PolicyTestCase
    outcomes: Mapping[str, Expected]
    """By usage: the worst over its routes."""
    mistakes: tuple[str, ...]
    """What is not as expected; empty where the test passes."""
    results: tuple[Result, ...] = ()
    """The judgement with its reasons, where something is not as expected."""
    told: tuple[str, ...] = ()
    """Of a fleet policy the same in words, each reason further in than what it is a reason of."""

    @property
    def passed(self) -> bool:
        return not self.mistakes


class PolicyTestRun(msgspec.Struct, frozen=True):
    """All tests of a bundle that were asked for."""

    as_of: datetime.date
    """The day that tests without one of their own were judged by."""
    results: tuple[PolicyTestResult, ...]
    """By policy in the order of the bundle, its own tests before those of `*.test.yaml`."""
    policies: tuple[Policy, ...]
    """Those of the bundle that were asked for."""
    coverage: tuple[PolicyCoverage, ...] | None = None
    threshold: int | None = None
    """Percent of the truths that the tests must reach; None: nobody says."""

    @property
    def short(self) -> bool:
        """Whether the tests reach less than they must."""
        return self.threshold is not None and percentage(self.coverage or ()) < self.threshold

    @property
    def failed(self) -> int:
        return sum(not result.passed for result in self.results)

    @property
    def untested(self) -> tuple[Policy, ...]:
        """Policies without any test."""
        tested = {id(result.case.policy) for result in self.results}
        return tuple(policy for policy in self.policies if id(policy) not in tested)


Truth = Literal["true", "false", "unknown"]
TRUTHS: Final[tuple[Truth, ...]] = get_args(Truth)


class ConditionCoverage(msgspec.Struct, frozen=True):
    """One condition of a policy, and which truths the tests reached."""

    place: Path
    """In the policy's file."""
    words: str
    reachable: tuple[Truth, ...]
    """The truths that it can have at all."""
    reached: tuple[Truth, ...]

    @property
    def missed(self) -> tuple[Truth, ...]:
        return tuple(truth for truth in self.reachable if truth not in self.reached)

    @property
    def missed_words(self) -> str:
        return f"never {' or '.join(self.missed)}" if self.reached else "never judged"


class PolicyCoverage(msgspec.Struct, frozen=True):
    """All conditions of a policy."""

    policy: Policy
    conditions: tuple[ConditionCoverage, ...]

    @property
    def reachable(self) -> int:
        return sum(len(condition.reachable) for condition in self.conditions)

    @property
    def reached(self) -> int:
        return sum(len(condition.reachable) - len(condition.missed) for condition in self.conditions)


def percentage(coverage: tuple[PolicyCoverage, ...]) -> int:
    """Truths reached of those that can be, in whole percent, rounded down: 100 means all of them."""
    reachable = sum(policy.reachable for policy in coverage)
    return 100 * sum(policy.reached for policy in coverage) // reachable if reachable else 100
