"""What a policy lacks for its readers: a way out, references, tests.

In: a policy and its tests. Out: findings.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ....model.policy import Policy
from ....model.policy_test import PolicyTestCase
from ..lint_model import LintFinding


def missing(policy: Policy) -> Iterator[LintFinding]:
    """`missing-remediation`, `missing-references`."""
    place = ("policies", policy.index, "id")
    if policy.remediation is None:
        help = "write `remediation`: the way out, as an imperative"
        yield LintFinding("missing-remediation", "says no way out", help, policy.source, place, policy.id)
    if not policy.references:
        help = "write `references`: articles, clauses, tickets"
        yield LintFinding("missing-references", "cites nothing", help, policy.source, place, policy.id)


def untested(
    policy: Policy, own: Collection[PolicyTestCase], outcomes: str = "pass, fail, unknown, not_applicable"
) -> Iterator[LintFinding]:
    """`missing-tests`, `no-failing-test`, by a policy's own tests, which can expect these outcomes."""
    place = ("policies", policy.index, "id")
    expected = {
        one for test in own for one in ([test.expect] if isinstance(test.expect, str) else test.expect.values())
    }
    if not own:
        help = f"write `tests` with an outcome each: {outcomes}"
        yield LintFinding("missing-tests", "has no tests", help, policy.source, place, policy.id)
    elif "fail" not in expected:
        help = "write a test that expects fail"
        yield LintFinding("no-failing-test", "no test shows that it can fail", help, policy.source, place, policy.id)
