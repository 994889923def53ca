"""Policies and conditions that decide nothing: proved by walking through every world where there are few enough.

In: a policy. Out: findings. What cannot be walked through is not reported.
"""

from __future__ import annotations

from collections.abc import Iterator

from ....logic import Literal
from ....model.phrases import WORDING
from ....model.policy import Policy
from ..conditions import PolicyCondition, PolicyRule, conditions_of, rules_of
from ..lint_model import LintFinding
from ..possible_worlds import WorldWalk


def effect(policy: Policy) -> Iterator[LintFinding]:
    """`never-applies`, `always-applies`, `never-fails`, `constant-condition`."""
    walk = WorldWalk(policy)
    if not walk.feasible:
        return
    found = walk.run()
    place = ("policies", policy.index)
    if found.applies == {False}:
        help = "correct `when`, or remove the policy"
        yield _finding("never-applies", policy, (*place, "when"), "no usage can meet `when`", help)
        return
    if policy.when is not None and found.applies == {True}:
        help = "leave `when` out, or correct it"
        yield _finding("always-applies", policy, (*place, "when"), "every usage meets `when`", help)
    harmless = {True} if policy.on_unknown != "pass" else {True, None}
    if all(truths <= harmless for truths in found.require):
        message = "every usage that it applies to passes"
        yield _finding("never-fails", policy, (*place, "require"), message, "require something that can fail")
        return
    yield from _constants(policy, walk)


def _constants(policy: Policy, walk: WorldWalk) -> Iterator[LintFinding]:
    written = {condition.place: condition for rule in rules_of(policy) for condition in rule.conditions()}
    for traced, rule in zip(walk.rules, rules_of(policy), strict=True):
        constant: set[tuple[object, ...]] = set()
        for condition in traced.conditions:
            truths = traced.truths(condition.place)
            inside = any(condition.place[:steps] in constant for steps in range(len(condition.place) + 1))
            if len(truths) == 1 and truths != {"unknown"} and not inside and not _is_when(condition, rule, policy):
                constant.add(condition.place)
                (truth,) = truths
                words = WORDING.words(written[condition.place].node)
                message = f"always {truth} where it is asked: {words}"
                yield _finding("constant-condition", policy, condition.place, message, "leave it out, or correct it")
        for literal in _literals(rule):
            message = f"`{WORDING.words(literal.node)}` decides by itself"
            yield _finding("constant-condition", policy, literal.place, message, "leave it out, or write a condition")


def _is_when(condition: PolicyCondition, rule: PolicyRule, policy: Policy) -> bool:
    """`when` as a whole has lints of its own."""
    return policy.when is not None and rule.tree is policy.when and condition.place == rule.place


def _literals(rule: PolicyRule) -> Iterator[PolicyCondition]:
    """true and false inside a rule; as a whole requirement `false` refuses a service, which is meant."""
    for node in conditions_of(rule.tree):
        if isinstance(node, Literal) and (node.place or node.value is True):
            yield PolicyCondition(node, (*rule.place, *node.place))


def _finding(id: str, policy: Policy, place: tuple[str | int, ...], message: str, help: str) -> LintFinding:
    return LintFinding(id, message, help, policy.source, place, policy.id)  # type: ignore[arg-type]  # a lint's id
