"""Tests of fleet policies: the usages of one to a fleet, and what the policy makes of it.

In: a case, the offerings that it names. Out: a result. A test knows no register, no waivers and no observations.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import msgspec

from ...evaluate.case import Case
from ...evaluate.fleet import Fleet, FleetRules, Member
from ...evaluate.fleet_judging import judge_fleet
from ...evaluate.program import Program
from ...logic import Value, truth_of
from ...model.fleet_policy import FleetReason, FleetResult, Sight
from ...model.phrases import WORDING
from ...model.policy import Policy
from ...model.policy_test import FleetTestCase
from ...model.registry import Snapshot
from ...report.finding import MARK
from ...resolve import resolve
from ...source import Path
from .conditions import rules_of
from .fleet_conditions import outer_conditions
from .model import TRUTHS, ConditionCoverage, PolicyCoverage, PolicyTestResult, Truth
from .trace import NAMES

_ALL = "usages"
"""What the outcome of a test is of."""


def fleet_in(case: FleetTestCase, current: Snapshot, program: Program, day: datetime.date) -> Fleet:
    """The fleet of a test: each route of each usage by itself."""
    groups = program.bundle.region_groups
    sights: list[Sight] = []
    members: list[Member] = []
    for usage, whose in zip(case.manifest.usages, case.whose, strict=True):
        manifest = msgspec.structs.replace(case.manifest, project=whose.project, owner=whose.owner, usages=(usage,))
        for subject in resolve(manifest, current, None, None, groups=groups):
            known: dict[str, Value] = dict(Case(subject, program, day).stated)
            if whose.repository is not None:
                known["repository"] = whose.repository
            members.append(Member(known, 1, len(sights)))
            place = str(case.source.locate((*case.place, _ALL)))
            sights.append(Sight(whose.project, usage.id, str(subject.name), place, whose.repository))
    return Fleet(tuple(members), 0, day, groups, sights.__getitem__)


def run_fleet_test(case: FleetTestCase, fleet: Fleet) -> PolicyTestResult:
    """What the policy comes to, held against what the test expects."""
    (found,) = judge_fleet((case.fleet,), fleet, "error")
    told = tuple(told_lines(found))
    mistakes = [] if found.outcome == case.expect else [f"expected {case.expect}, found {found.outcome}"]
    if case.reason is not None and not any(case.reason in line for line in told):
        mistakes.append(f"no reason says `{case.reason}`")
    return PolicyTestResult(case, {_ALL: found.outcome}, tuple(mistakes), told=told if mistakes else ())


def told_lines(result: FleetResult) -> Iterator[str]:
    """A result in words, each reason further in than what it is a reason of."""
    yield f"{result.outcome} on all usages"
    for requirement in result.requirements:
        yield f"  {MARK[requirement.outcome]} {requirement.message}"
        for reason in requirement.reasons:
            yield f"    {MARK[reason.outcome]} {reason.message}"
            yield from _seen(reason)


def _seen(reason: FleetReason) -> Iterator[str]:
    for value in reason.values:
        yield f"      {value.usages}x {value.value}: {_sight(value.seen)}"
    for one in reason.seen:
        yield f"      {_sight(one)}"


def _sight(one: Sight) -> str:
    return f"usage `{one.usage}` of {one.project}, {one.offering}"


class FleetTrace:
    """Which truths the conditions of a fleet policy have in tests: those outside of what is asked of each usage."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self._conditions = [
            (node, (*rule.place, *node.place)) for rule in rules_of(policy) for node in outer_conditions(rule.tree)
        ]
        self._reached: dict[Path, set[Truth]] = {place: set() for _, place in self._conditions}

    def watch(self, fleet: Fleet) -> None:
        """See what each condition comes to for a fleet."""
        rules = FleetRules(fleet)
        for node, place in self._conditions:
            self._reached[place].add(NAMES[truth_of(rules.value(node))])

    def coverage(self) -> PolicyCoverage:
        """What was reached so far; each condition can have each truth."""
        found = [
            ConditionCoverage(place, WORDING.words(node), TRUTHS, tuple(t for t in TRUTHS if t in self._reached[place]))
            for node, place in self._conditions
        ]
        return PolicyCoverage(self.policy, tuple(found))
