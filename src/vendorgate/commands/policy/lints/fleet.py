"""The rules over all usages of a fleet, held against what policies are held against, as far as it can be asked of them.

In: a policy of `fleet.yaml` and its tests. Out: findings, whose fixes are of that file.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

import msgspec

from ....load.fleet_file import LIST
from ....logic import Literal
from ....model.phrases import WORDING
from ....model.policy import Policy
from ....model.policy_test import PolicyTestCase
from ....source import Path
from ..fleet_conditions import all_conditions, over_all
from ..fleet_worlds import RequirementWalk, walk_fleets
from ..lint_model import LintFinding, LintId
from ..of_one_usage import of_one_usage
from . import completeness, controls, repetition, settings, unknowns

_OUTCOMES: Final = "pass, fail, unknown"
_OF_A_USAGE: Final = (
    *(unknowns.negations, unknowns.orders, unknowns.future_days, unknowns.claims),
    *settings.ALL,
)
"""Lints of what is asked of one usage."""


def of_fleet(policy: Policy, tests: Collection[PolicyTestCase]) -> Iterator[LintFinding]:
    """All that can be found in one policy of a fleet by itself."""
    return map(_in_its_file, _found(policy, tests))


def _found(policy: Policy, tests: Collection[PolicyTestCase]) -> Iterator[LintFinding]:
    yield from effect(policy)
    yield from repetition.requirements(policy)
    yield from repetition.words(policy)
    yield from repetition.operators(policy, all_conditions)
    yield from unknowns.on_unknown(policy)
    for asked in of_one_usage(policy):
        for lint in _OF_A_USAGE:
            yield from lint(asked)
    yield from completeness.missing(policy)
    yield from controls.misspelt(policy)
    yield from completeness.untested(policy, tests, _OUTCOMES)


def _in_its_file(finding: LintFinding) -> LintFinding:
    """With its fix where the file has what policies have under `policies`."""
    if finding.fix is None:
        return finding
    place: Path = (LIST, *finding.fix.place[1:])
    return msgspec.structs.replace(finding, fix=msgspec.structs.replace(finding.fix, place=place))


def effect(policy: Policy) -> Iterator[LintFinding]:
    """`never-fails`, `never-passes`, `constant-condition`, in fleets of which everything could be read."""
    walk = walk_fleets(policy)
    harmless = {True} if policy.on_unknown != "pass" else {True, None}
    place = ("policies", policy.index, "require")
    if all(one.truths <= harmless for one in walk.requirements):
        message = f"every fleet passes{_why(walk.requirements)}"
        yield _finding("never-fails", policy, place, message, "require something that can fail")
        return
    never = [one for one in walk.requirements if not one.truths & harmless]
    for one in never:
        words = WORDING.words(one.rule.tree)
        message = f"no fleet passes, as this never holds: {words}"
        yield _finding("never-passes", policy, one.traced.place, message, "require something that can be met")
    if not never and not walk.holds & harmless:
        message = "no fleet passes, as its requirements exclude each other"
        yield _finding("never-passes", policy, place, message, "correct one of them")
    for one in walk.requirements:
        yield from _constants(policy, one, {one.traced.place} if one in never else set())


def _why(requirements: Collection[RequirementWalk]) -> str:
    """The first condition that picks no usage, so that nothing is asked of any."""
    missed = (condition for one in requirements for walk in one.usages if (condition := walk.met_by_none) is not None)
    condition = next(missed, None)
    return "" if condition is None else f": no usage meets {WORDING.words(condition)}"


def _constants(policy: Policy, one: RequirementWalk, constant: set[Path]) -> Iterator[LintFinding]:
    """Conditions that decide nothing, but for those inside of what is constant anyway."""
    of_usages = {id(part.body) for part in over_all(one.rule.tree)}
    nodes = {(*one.rule.place, *node.place): node for node in all_conditions(one.rule.tree)}
    for traced in one.rules():
        for condition in traced.conditions:
            place, truths = condition.place, traced.truths(condition.place)
            inside = any(place[:steps] in constant for steps in range(len(place) + 1))
            if len(truths) == 1 and truths != {"unknown"} and not inside:
                constant.add(place)
                (truth,) = truths
                message = f"always {truth} where it is asked: {WORDING.words(nodes[place])}"
                yield _finding("constant-condition", policy, place, message, "leave it out, or correct it")
    for place, node in nodes.items():
        if place in constant:
            continue
        # `none` of all usages with `true` refuses every usage, which is meant.
        if isinstance(node, Literal) and id(node) not in of_usages:
            message = f"`{WORDING.words(node)}` decides by itself"
            yield _finding("constant-condition", policy, place, message, "leave it out, or write a condition")


def _finding(id: LintId, policy: Policy, place: Path, message: str, help: str) -> LintFinding:
    return LintFinding(id, message, help, policy.source, place, policy.id)
