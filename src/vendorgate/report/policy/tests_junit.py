"""Results of policy tests as JUnit XML: a suite a policy, a test case a test, and coverage as a case where it counts.

In: a run. Out: ElementTree. Characters that XML does not have are written as their codes, by `escape`.
"""

from __future__ import annotations

from xml.etree import ElementTree

from ...model.policy import Policy
from ...model.policy_test import PolicyCoverage, PolicyTestResult, PolicyTestRun, percentage
from ...terminal.escape import escape


def render(run: PolicyTestRun, threshold: int | None = None) -> str:
    """The document. Coverage is a suite of its own where it is measured; below the threshold its case fails."""
    suites = [_suite(policy, run) for policy in run.policies]
    if run.coverage is not None:
        suites.append(_coverage(run.coverage, threshold))
    root = ElementTree.Element("testsuites", {"name": "vendorgate policy test", **_sums(suites)})
    root.extend(suites)
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _sums(suites: list[ElementTree.Element]) -> dict[str, str]:
    return {name: str(sum(int(suite.get(name, "0")) for suite in suites)) for name in ("tests", "failures", "errors")}


def _suite(policy: Policy, run: PolicyTestRun) -> ElementTree.Element:
    results = [result for result in run.results if result.case.policy is policy]
    failed = sum(not result.passed for result in results)
    suite = _element("testsuite", policy.id, len(results), failed)
    suite.extend([_case(result) for result in results])
    return suite


def _element(tag: str, name: str, tests: int, failures: int) -> ElementTree.Element:
    counts = {"tests": str(tests), "failures": str(failures), "errors": "0", "skipped": "0"}
    return ElementTree.Element(tag, {"name": escape(name), **counts})


def _case(result: PolicyTestResult) -> ElementTree.Element:
    case = result.case
    location = case.location
    where = {"file": escape(location.path), "line": str(location.line)}
    element = ElementTree.Element("testcase", {"classname": escape(case.policy.id), "name": escape(case.name), **where})
    if not result.passed:
        words = escape("; ".join(result.mistakes))
        failure = ElementTree.SubElement(element, "failure", {"message": words})
        messages = [
            f"{requirement.outcome}: {escape(requirement.message)}"
            for judged in result.results
            for requirement in judged.requirements
        ]
        failure.text = "\n".join([f"{escape(str(location))}: {words}", *messages])
    return element


def _coverage(coverage: tuple[PolicyCoverage, ...], threshold: int | None) -> ElementTree.Element:
    share = percentage(coverage)
    short = threshold is not None and share < threshold
    suite = _element("testsuite", "coverage", 1, int(short))
    case = ElementTree.SubElement(
        suite, "testcase", {"classname": "coverage", "name": f"{share}% of what can be reached"}
    )
    if short:
        failure = ElementTree.SubElement(case, "failure", {"message": f"{share}%, wanted {threshold}%"})
        failure.text = "\n".join(
            f"{escape(str(one.policy.source.locate(condition.place)))}: {condition.missed_words}"
            for one in coverage
            for condition in one.conditions
            if condition.missed
        )
    return suite
