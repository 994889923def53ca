"""Ways in which a policy passes what nobody stated.

In: a policy. Out: findings.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ...logic import Node, Operation, walk
from ...model.lint import Finding
from ...model.phrases import WORDING
from ...model.policy import Policy
from ..conditions import rules_of
from ..domains import may_be_unknown, path_of

_NONE_UNLESS_SAID: Final = ("usage.features", "usage.fallbacks", "usage.via")
"""Declarations that say "none" where they are left out."""
_NEGATIONS: Final = ("!", "not")
_NEGATIVE: Final = ("!=", "!==", "disjoint", "none")
_ORDERS: Final = ("<", "<=", ">", ">=")


def defaults(policy: Policy) -> Iterator[Finding]:
    """`hidden-unknown`: the default of a `var` stands in for what nobody stated."""
    for rule in rules_of(policy):
        for node in walk(rule.tree):
            if isinstance(node, Operation) and node.name == "var" and len(node.arguments) > 1:
                plain = Operation("var", node.arguments[:1], node.place)
                if may_be_unknown(plain):
                    path = path_of(node)
                    message = f"where `{path}` is not stated, {WORDING.words(node.arguments[1])} is taken for it"
                    help = "leave the default out, so that what nobody stated is unknown and blocks"
                    place = (*rule.place, *node.place)
                    yield Finding("hidden-unknown", message, help, policy.source, place, policy.id)


def on_unknown(policy: Policy) -> Iterator[Finding]:
    """`unknown-passes`."""
    if policy.on_unknown == "pass":
        place = ("policies", policy.index, "on_unknown")
        message = "what is unknown never blocks"
        yield Finding("unknown-passes", message, "write `fail`, or `warn`", policy.source, place, policy.id)


def negations(policy: Policy) -> Iterator[Finding]:
    """`negated-declaration`: a requirement that is met by leaving a declaration out."""
    for requirement, rule in zip(policy.require, rules_of(policy)[-len(policy.require) :], strict=True):
        for node, negated in _with_sign(requirement.tree):
            path = _declared(node)
            if path is not None and negated != (isinstance(node, Operation) and node.name in _NEGATIVE):
                message = f"met by a project that does not declare `{path.removeprefix('usage.')}`: it means none"
                help = "say in `remediation` that it must be declared, or let an allow-list (subset) decide"
                place = (*rule.place, *node.place)
                yield Finding("negated-declaration", message, help, policy.source, place, policy.id)


def _declared(node: Node) -> str | None:
    """The declaration with a stated default that a comparison reads."""
    if not isinstance(node, Operation) or node.name not in (*_NEGATIVE, "in", "==", "===", "some"):
        return None
    return next((path for one in node.arguments if (path := path_of(one)) in _NONE_UNLESS_SAID), None)


def _with_sign(node: Node, negated: bool = False) -> Iterator[tuple[Node, bool]]:
    """Each condition, and whether an odd number of negations stands around it."""
    yield node, negated
    if isinstance(node, Operation):
        inside = negated != (node.name in _NEGATIONS)
        if node.name in ("and", "or", "!!", *_NEGATIONS, "if", "?:"):
            for argument in node.arguments:
                yield from _with_sign(argument, inside)


def orders(policy: Policy) -> Iterator[Finding]:
    """`negated-order`: `not (x > 30)` holds where x is no number at all."""
    for rule in rules_of(policy):
        for node, negated in _with_sign(rule.tree):
            compares = isinstance(node, Operation) and node.name in _ORDERS
            if compares and negated and isinstance(node, Operation) and any(_is_open(one) for one in node.arguments):
                place = (*rule.place, *node.place)
                message = f"holds where the value is no number: not ({WORDING.words(node)})"
                help = "turn the comparison round instead of negating it"
                yield Finding("negated-order", message, help, policy.source, place, policy.id)


def _is_open(node: Node) -> bool:
    """Whether a value can be of any type: facts and settings."""
    path = path_of(node)
    return path is not None and (path.startswith("usage.settings.") or ".facts." in path)


def claims(policy: Policy) -> Iterator[Finding]:
    """`claim-not-agreement`: what a project claims is not what is in force."""
    for rule in rules_of(policy):
        for node in walk(rule.tree):
            if path_of(node) == "usage.agreements":
                place = (*rule.place, *node.place)
                message = "`usage.agreements` is what the project claims, not what is in force"
                help = "ask with {agreement: KIND}"
                yield Finding("claim-not-agreement", message, help, policy.source, place, policy.id)
