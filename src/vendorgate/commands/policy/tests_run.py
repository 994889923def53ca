"""Runs the tests of policies, through the evaluator that judges manifests.

In: an open bundle, the cases to run, the day. Out: a `PolicyTestRun`.
A test sees the bundle's demands of evidence and nothing else of its folder: no register, no waivers, no observations.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import msgspec

from ...errors import InputError, Problem, UsageError
from ...evaluate import Program, evaluate
from ...evaluate.case import Case
from ...evaluate.judge import decide
from ...evaluate.program import CompiledPolicy
from ...load.document import Document
from ...load.manifest import check_routes, routed_offerings
from ...load.snapshot import read_offering, read_offering_in, read_plain, snapshot
from ...logic import Json
from ...logic.functions import matches_glob
from ...model.bundle_settings import NOTHING_OBSERVED, ObservationRules
from ...model.observation import Observation, Observations
from ...model.policy import Policy
from ...model.policy_test import FleetTestCase, PolicyTestCase
from ...model.registry import Offering
from ...model.result import Reason, Result
from ...model.vocabulary import Expected
from ...resolve import resolve
from .fleet_tests_run import FleetTrace, fleet_in, run_fleet_test
from .model import PolicyCoverage, PolicyTestResult, PolicyTestRun
from .open_bundle import OpenBundle
from .tests_coverage import CoverageTrace

_WORST: Final[tuple[Expected, ...]] = ("fail", "unknown", "pass", "not_applicable")


def chosen(cases: Iterable[PolicyTestCase], wanted: str | None) -> tuple[PolicyTestCase, ...]:
    """The cases whose policy and name, written `policy::name`, contain a text or match it as a glob."""
    if wanted is None:
        return tuple(cases)
    glob = f"*{wanted.lower()}*"
    return tuple(case for case in cases if matches_glob(f"{case.policy.id}::{case.name}".lower(), glob))


def run_tests(
    opened: OpenBundle, cases: tuple[PolicyTestCase, ...], as_of: datetime.date, *, coverage: bool = False
) -> PolicyTestRun:
    """Run cases.

    Raises:
        UsageError: there is none to run.
        InputError: a usage or an override names what its offering does not have.
    """
    if not cases:
        help = "write `tests:` beside a policy, or a `*.test.yaml`" if not opened.tests else "leave out -k to see them"
        raise UsageError([Problem("no tests to run", help=help)])
    offerings = _Offerings(opened)
    worlds = [offerings.of(case) for case in cases]
    if offerings.problems:
        raise InputError(offerings.problems)
    judge = _TestJudge(opened, as_of, coverage)
    results = tuple(judge.run(case, found) for case, found in zip(cases, worlds, strict=True))
    tested = {id(case.policy) for case in cases}
    policies = tuple(policy for policy in opened.policies if id(policy) in tested or cases == opened.tests)
    covered = tuple(judge.coverage(policy) for policy in policies) if coverage else None
    return PolicyTestRun(as_of, results, policies, covered)


class _Offerings:
    """The offerings that tests name, each parsed once, and those that a test overrides."""

    def __init__(self, opened: OpenBundle) -> None:
        self.problems: list[Problem] = []
        self._opened = opened
        self._parsed: dict[str, Offering | None] = {}
        self._overridden: dict[tuple[str, str], Offering | None] = {}

    def of(self, case: PolicyTestCase) -> dict[str, Offering]:
        found: dict[str, Offering] = {}
        for name in sorted(routed_offerings(case.manifest.usages)):
            offering = self._overridden_in(case, name) if name in case.overrides else self._plain(name)
            if offering is not None:
                found[name] = offering
        check_routes(case.manifest, found, self.problems)
        return found

    def _plain(self, name: str) -> Offering | None:
        if name not in self._parsed:
            rules = self._opened.language.require
            self._parsed[name] = read_offering(self._opened.index, name, rules, self.problems)
        return self._parsed[name]

    def _overridden_in(self, case: PolicyTestCase, name: str) -> Offering | None:
        changes = case.overrides[name]
        key = name, json.dumps(changes, sort_keys=True)
        if key not in self._overridden:
            written = read_plain(self._opened.index, name, self.problems)
            source = case.source.below((*case.place, "registry", name))
            document = Document(source, _merged(written, changes), sound=True)
            rules = self._opened.language.require
            self._overridden[key] = read_offering_in(self._opened.index, document, name, rules, self.problems)
        return self._overridden[key]


def _merged(old: Json, changes: Json) -> Json:
    """What was there with the changes in it; mappings are merged, everything else is replaced, null takes out."""
    if not isinstance(old, dict) or not isinstance(changes, dict):
        return changes
    kept = {key: value for key, value in old.items() if key not in changes}
    new = {key: _merged(old.get(key), value) for key, value in changes.items() if value is not None}
    return {**kept, **new}


class _TestJudge:
    """Judges cases, each policy compiled once."""

    def __init__(self, opened: OpenBundle, as_of: datetime.date, coverage: bool) -> None:
        self._opened = opened
        self._as_of = as_of
        self._programs: dict[str, Program] = {}
        self.traces: dict[str, CoverageTrace] = {}
        self.fleet_traces: dict[str, FleetTrace] = {}
        if coverage:
            self.traces = {policy.id: CoverageTrace(policy) for policy in opened.bundle.policies}
            self.fleet_traces = {one.policy.id: FleetTrace(one.policy) for one in opened.bundle.fleet}

    def run(self, case: PolicyTestCase, offerings: dict[str, Offering]) -> PolicyTestResult:
        if isinstance(case, FleetTestCase):
            return self._run_fleet(case, offerings)
        program = self._program(case.policy)
        current = snapshot(self._opened.index, offerings)
        groups = self._opened.bundle.region_groups
        day = case.as_of or self._as_of
        seen = _observations(case, day)
        subjects = resolve(case.manifest, current, case.register, None, groups=groups, observations=seen)
        compiled = self._compiled(case.policy, program)
        found: dict[str, list[Expected]] = {usage.id: [] for usage in case.manifest.usages}
        for subject in subjects:
            outcome = decide(compiled, Case(subject, program, day)).outcome
            assert outcome != "waived"
            found[subject.usage].append(outcome)
        outcomes = {usage: _worst(each) for usage, each in found.items()}
        mistakes = tuple(_mistakes(case, outcomes))
        if not mistakes and case.reason is None:
            return PolicyTestResult(case, outcomes, ())
        results = evaluate((case.manifest,), subjects, current, program, day).results
        if case.reason is not None and not _gives(results, case.reason):
            mistakes = (*mistakes, f"no reason says `{case.reason}`")
        return PolicyTestResult(case, outcomes, mistakes, results if mistakes else ())

    def _run_fleet(self, case: FleetTestCase, offerings: dict[str, Offering]) -> PolicyTestResult:
        program, current = self._program(None), snapshot(self._opened.index, offerings)
        fleet = fleet_in(case, current, program, case.as_of or self._as_of)
        if self.fleet_traces:
            self.fleet_traces[case.policy.id].watch(fleet)
        return run_fleet_test(case, fleet)

    def coverage(self, policy: Policy) -> PolicyCoverage:
        """What the tests reached of a policy so far."""
        return (self.traces.get(policy.id) or self.fleet_traces[policy.id]).coverage()

    def _program(self, policy: Policy | None) -> Program:
        """The rules of a policy, or none; a test knows no register, no waivers and no observations of the bundle."""
        id = "" if policy is None else policy.id
        found = self._programs.get(id)
        if found is None:
            alone = msgspec.structs.replace(
                self._opened.bundle,
                policies=() if policy is None else (policy,),
                register=None,
                waivers=(),
                observing=ObservationRules(),
                observations=NOTHING_OBSERVED,
                accounts=None,
            )
            found = self._programs[id] = Program(alone)
        return found

    def _compiled(self, policy: Policy, program: Program) -> CompiledPolicy:
        return self.traces[policy.id].compiled if self.traces else program.policies[0]


def _observations(case: PolicyTestCase, day: datetime.date) -> Observations:
    """What the test takes for observed, of the own account of each usage."""
    if case.observed is None:
        return NOTHING_OBSERVED
    source = case.source.below((*case.place, "observed"))
    accounts = {(usage.offering, usage.account) for usage in case.manifest.usages}
    return {account: (Observation(case.observed.as_read(*account, day), source),) for account in accounts}


def _worst(outcomes: Iterable[Expected]) -> Expected:
    return min(outcomes, key=_WORST.index)


def _mistakes(case: PolicyTestCase, outcomes: Mapping[str, Expected]) -> Iterator[str]:
    if isinstance(case.expect, str):
        found = _worst(outcomes.values()) if outcomes else "not_applicable"
        if found != case.expect:
            yield f"expected {case.expect}, found {found}"
        return
    for usage, expected in case.expect.items():
        if outcomes[usage] != expected:
            yield f"usage `{usage}`: expected {expected}, found {outcomes[usage]}"


def _gives(results: Iterable[Result], text: str) -> bool:
    """Whether a message, a requirement's or a reason's, contains a text."""
    requirements = [requirement for result in results for requirement in result.requirements]
    waiting: list[Reason] = [reason for requirement in requirements for reason in requirement.reasons]
    messages = [requirement.message for requirement in requirements]
    while waiting:
        reason = waiting.pop()
        messages.append(reason.message)
        waiting.extend(reason.reasons)
    return any(text in message for message in messages)
