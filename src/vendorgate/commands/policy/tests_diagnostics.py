"""Failures of policy tests as diagnostics.

In: a run. Out: `Diagnostic`s: a test that fails, coverage below what it must be; policies without tests, which fail
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from ...logic.wording import count
from ...model.policy import Policy
from ...model.result import Reason
from ...report.diagnostic import Diagnosed, Diagnostic
from ...report.finding import MARK
from .model import PolicyTestResult, PolicyTestRun, percentage

_KINDS: Final = {
    "failing-test": "a test of a policy finds another outcome than it expects",
    "low-coverage": "tests reach fewer truths of conditions than they must",
    "missing-tests": "the policy has no tests",
}


def diagnosed(run: PolicyTestRun) -> Diagnosed:
    """All that is not as it should be."""
    failed = [failure(result) for result in run.results if not result.passed]
    found = (*failed, *_short(run), *map(_untested, run.untested))
    verdict = "FAIL" if run.failed or run.short else "PASS"
    share = "" if run.coverage is None else f"; coverage {percentage(run.coverage)}%"
    return Diagnosed("vendorgate policy test", found, f"{verdict}: {closing(run)}{share}", kinds=_KINDS)


def failure(result: PolicyTestResult) -> Diagnostic:
    """A test that fails."""
    case = result.case
    return Diagnostic(
        "failing-test",
        "error",
        f"`{case.policy.id}`: test `{case.name}`: {'; '.join(result.mistakes)}",
        location=case.location,
        source=case.source,
        reasons=tuple(judgement(result)),
        about=(case.policy.id, case.name),
    )


def judgement(result: PolicyTestResult) -> Iterator[str]:
    """What was judged, with its reasons, each further in than what it is a reason of."""
    for judged in result.results:
        yield f"{judged.outcome} on {judged.subject.name} of usage `{judged.subject.usage}`"
        for requirement in judged.requirements:
            yield f"  {MARK[requirement.outcome]} {requirement.message}"
            yield from _reasons(requirement.reasons, 4)
    yield from result.told


def _reasons(reasons: Iterable[Reason], indent: int) -> Iterator[str]:
    for reason in reasons:
        yield f"{' ' * indent}{MARK[reason.outcome]} {reason.message}"
        yield from _reasons(reason.reasons, indent + 2)


def _short(run: PolicyTestRun) -> Iterator[Diagnostic]:
    if run.short:
        covered = run.coverage or ()
        missed = tuple(
            f"{one.policy.source.locate(condition.place)}: {condition.missed_words}: {condition.words}"
            for one in covered
            for condition in one.conditions
            if condition.missed
        )
        message = f"the tests reach {percentage(covered)}% of what can be reached, wanted {run.threshold}%"
        yield Diagnostic("low-coverage", "error", message, "test what is never reached", reasons=missed)


def _untested(policy: Policy) -> Diagnostic:
    return Diagnostic(
        "missing-tests",
        "note",
        f"`{policy.id}`: the policy has no tests",
        "write `tests:` beside it, or a `*.test.yaml`",
        policy.source.locate(("policies", policy.index, "id")),
        policy.source,
        about=(policy.id,),
        blocks=False,
    )


def closing(run: PolicyTestRun) -> str:
    """What it comes to, in one line."""
    ran = len(run.results)
    tests = f"{count(ran, 'test')} of {count(len(run.policies), 'policy', 'policies')}"
    return f"{tests} as of {run.as_of}: {ran - run.failed} passed, {run.failed} failed"
