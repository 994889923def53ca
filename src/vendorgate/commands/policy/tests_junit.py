"""Results of policy tests as JUnit XML: a suite a policy, a test case a test, and coverage as a case where it counts.

In: a run. Out: XML.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from ...model.policy import Policy
from ...report.junit_xml import case, document, end, suite
from ...terminal.escape import escape
from .model import PolicyCoverage, PolicyTestResult, PolicyTestRun, percentage


def render(run: PolicyTestRun) -> str:
    """The document. Coverage is a suite of its own where it is measured; below the threshold its case fails."""
    suites = [_suite(policy, run) for policy in run.policies]
    if run.coverage is not None:
        suites.append(_coverage(run.coverage, run.threshold))
    return document("vendorgate policy test", suites)


def _suite(policy: Policy, run: PolicyTestRun) -> Element:
    return suite(policy.id, (_case(result) for result in run.results if result.case.policy is policy))


def _case(result: PolicyTestResult) -> Element:
    tested = result.case
    location = tested.location
    element = case(tested.policy.id, tested.name)
    element.attrib.update({"file": escape(location.path), "line": str(location.line)})
    if not result.passed:
        words = escape("; ".join(result.mistakes))
        messages = [
            f"{requirement.outcome}: {escape(requirement.message)}"
            for judged in result.results
            for requirement in judged.requirements
        ]
        end(element, "failure", words, [f"{escape(str(location))}: {words}", *messages, *map(escape, result.told)])
    return element


def _coverage(coverage: tuple[PolicyCoverage, ...], threshold: int | None) -> Element:
    share = percentage(coverage)
    only = case("coverage", f"{share}% of what can be reached")
    if threshold is not None and share < threshold:
        missed = [
            f"{escape(str(one.policy.source.locate(condition.place)))}: {condition.missed_words}"
            for one in coverage
            for condition in one.conditions
            if condition.missed
        ]
        end(only, "failure", f"{share}%, wanted {threshold}%", missed)
    return suite("coverage", [only])
