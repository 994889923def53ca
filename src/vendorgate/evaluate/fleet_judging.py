"""Fleet policies on all usages: outcome, severity in effect, whether they block, and why.

In: fleet policies, all usages as far as they are known, the threshold. Out: a result for each policy. Severity and
blocking are those of the policies that judge one usage.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model.fleet_policy import FleetRequirementResult, FleetResult
from ..model.policy import FleetPolicy, Policy
from ..model.vocabulary import Decision, FailOn
from .case import decision
from .fleet import Fleet, FleetRules
from .fleet_reasons import reasons_for
from .judge import Judged, severity_in_effect, stricter_or_equal, unknown_blocks
from .wording import state_words


def judge_fleet(policies: Iterable[FleetPolicy], fleet: Fleet, threshold: FailOn) -> tuple[FleetResult, ...]:
    """What each fleet policy comes to, with its reasons where it does not pass."""
    rules = FleetRules(fleet)
    return tuple(_result(one.policy, rules, threshold) for one in policies)


def _result(policy: Policy, rules: FleetRules, threshold: FailOn) -> FleetResult:
    decisions = tuple([decision(rules.value(one.tree)) for one in policy.require])
    outcome: Decision = "fail" if "fail" in decisions else "unknown" if "unknown" in decisions else "pass"
    severity = severity_in_effect(policy, Judged(outcome, decisions), rules.fleet.as_of)
    blocks = outcome == "fail" and stricter_or_equal(threshold, severity)
    if outcome == "unknown":
        blocks = unknown_blocks(policy, rules.fleet.as_of, threshold)
    return FleetResult(policy, outcome, severity, blocks, tuple(_requirements(policy, rules, decisions)))


def _requirements(policy: Policy, rules: FleetRules, decisions: Iterable[Decision]) -> Iterator[FleetRequirementResult]:
    for one, came_to in zip(policy.require, decisions, strict=True):
        message = one.message or state_words(one.tree, came_to)
        yield FleetRequirementResult(one, came_to, message, reasons_for(one.tree, rules))
