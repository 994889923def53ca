"""Results of policy tests as JSON, `vendorgate.policy-test/1`: their types, and what fills them.

In: a run. Out: ASCII text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, Union

import msgspec

from ...model.vocabulary import Expected
from ...report.document import TOOL, DatedDocument, ReportedLocation, place, written
from .model import ConditionCoverage, PolicyCoverage, PolicyTestResult, PolicyTestRun, Truth, percentage


class ReportedTestCounts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Counts."""

    policies: int
    """Policies of the bundle that were asked for."""
    tests: int
    """Tests that were run."""
    passed: int
    """Tests that pass."""
    failed: int
    """Tests that fail."""


class ReportedTest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What came of a test."""

    policy: str
    """The id of the policy."""
    name: str
    """Of the test."""
    passed: bool
    """Whether everything is as expected."""
    expected: Union[Expected, Mapping[str, Expected]]
    """Of all usages, or of each by its id."""
    found: Mapping[str, Expected]
    """By the id of a usage: the worst over its routes."""
    mistakes: tuple[str, ...]
    """What is not as expected."""
    location: ReportedLocation
    """Where the test stands."""


class ReportedCondition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One condition of a policy, and which truths the tests reached."""

    condition: str
    """The condition in words."""
    location: ReportedLocation
    """Where it stands."""
    reachable: tuple[Truth, ...]
    """The truths that it can have at all."""
    reached: tuple[Truth, ...]
    """Those that it had in a test."""
    missed: tuple[Truth, ...]
    """Those that it could have and had in none."""


class ReportedPolicyCoverage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All conditions of a policy."""

    policy: str
    """Its id."""
    percent: int
    """Truths reached of those that can be, rounded down."""
    conditions: tuple[ReportedCondition, ...]
    """In the order of the policy."""


class ReportedCoverage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the tests reach."""

    percent: int
    """Truths reached of those that can be, rounded down."""
    policies: tuple[ReportedPolicyCoverage, ...]
    """In the order of the bundle."""


class PolicyTests(DatedDocument, frozen=True):
    """What came of the tests of policies."""

    schema: Literal["vendorgate.policy-test/1"]
    """The format."""
    summary: ReportedTestCounts
    """Counts."""
    tests: tuple[ReportedTest, ...]
    """By policy in the order of the bundle, its own tests before those of `*.test.yaml`."""
    untested: tuple[str, ...]
    """The ids of policies without any test."""
    coverage: Union[ReportedCoverage, None]
    """What the tests reach; null where nobody asked for it."""


def render(run: PolicyTestRun) -> str:
    """The report; the same run gives the same bytes."""
    counts = ReportedTestCounts(len(run.policies), len(run.results), len(run.results) - run.failed, run.failed)
    return written(
        PolicyTests(
            schema="vendorgate.policy-test/1",
            tool=TOOL,
            as_of=run.as_of,
            summary=counts,
            tests=tuple(map(_test, run.results)),
            untested=tuple(policy.id for policy in run.untested),
            coverage=None if run.coverage is None else _coverage(run.coverage),
        )
    )


def _test(result: PolicyTestResult) -> ReportedTest:
    case = result.case
    return ReportedTest(
        policy=case.policy.id,
        name=case.name,
        passed=result.passed,
        expected=case.expect if isinstance(case.expect, str) else dict(case.expect),
        found=dict(result.outcomes),
        mistakes=result.mistakes,
        location=place(case.location),
    )


def _coverage(coverage: tuple[PolicyCoverage, ...]) -> ReportedCoverage:
    policies = (
        ReportedPolicyCoverage(
            one.policy.id, percentage((one,)), tuple(_condition(one, condition) for condition in one.conditions)
        )
        for one in coverage
    )
    return ReportedCoverage(percentage(coverage), tuple(policies))


def _condition(one: PolicyCoverage, condition: ConditionCoverage) -> ReportedCondition:
    return ReportedCondition(
        condition=condition.words,
        location=place(one.policy.source.locate(condition.place)),
        reachable=condition.reachable,
        reached=condition.reached,
        missed=condition.missed,
    )
