"""Which truths of which conditions the tests of a policy reached.

In: a policy; then its cases run through the evaluators handed out here. Out: a `PolicyCoverage`.
A condition that is not evaluated, because one before it decided, is not reached.
"""

from __future__ import annotations

from ...evaluate.program import CompiledPolicy
from ...model.phrases import WORDING
from ...model.policy import Policy
from .conditions import rules_of
from .model import TRUTHS, ConditionCoverage, PolicyCoverage, Truth
from .possible_worlds import reachable_truths
from .trace import TracedRule


class CoverageTrace:
    """A policy compiled so that its conditions are watched."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.rules = [TracedRule(rule) for rule in rules_of(policy)]
        evaluators = [rule.evaluate for rule in self.rules]
        when = None if policy.when is None else evaluators.pop(0)
        self.compiled = CompiledPolicy(policy, when, tuple(evaluators))

    def coverage(self) -> PolicyCoverage:
        """What was reached so far."""
        possible = reachable_truths(self.policy)
        found = []
        for rule in self.rules:
            for condition in rule.conditions:
                reached = rule.truths(condition.place)
                reachable = possible[condition.place] | reached
                words = WORDING.words(condition.node)
                found.append(ConditionCoverage(condition.place, words, _ordered(reachable), _ordered(reached)))
        return PolicyCoverage(self.policy, tuple(found))


def _ordered(truths: set[Truth]) -> tuple[Truth, ...]:
    return tuple(truth for truth in TRUTHS if truth in truths)
