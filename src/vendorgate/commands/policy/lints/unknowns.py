"""Ways in which a policy passes what nobody stated, or what cannot be.

In: a policy. Out: findings.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ....evaluate.reading import path_of
from ....logic import Literal, Node, Operation, walk
from ....logic.kleene import NEGATIONS
from ....logic.paths import ORDERS
from ....model.phrases import WORDING
from ....model.policy import Policy
from ..conditions import rules_of
from ..domains import may_be_unknown
from ..lint_model import LintFinding

_NONE_UNLESS_SAID: Final = tuple(
    f"usage.{name}" for name in ("features", "fallbacks", "recipients", "via", "account", "vendor")
)
"""Declarations that say "none" where they are left out."""
_ASKED_BESIDE: Final = {"usage.settings.data_sharing": "training_on_customer_data"}
"""Settings that a dimension's cells ask for themselves: beside its coverage, their default hides nothing."""
_NEGATIVE: Final = ("!=", "!==", "disjoint", "none")


def defaults(policy: Policy) -> Iterator[LintFinding]:
    """`hidden-unknown`: the default of a `var` stands in for what nobody stated."""
    covered = set(_required_coverage(policy))
    for rule in rules_of(policy):
        for node in walk(rule.tree):
            if isinstance(node, Operation) and node.name == "var" and len(node.arguments) > 1:
                plain = Operation("var", node.arguments[:1], node.place)
                path = path_of(node)
                if may_be_unknown(plain) and not (path in _ASKED_BESIDE and _ASKED_BESIDE[path] in covered):
                    message = f"where `{path}` is not stated, {WORDING.words(node.arguments[1])} is taken for it"
                    help = "leave the default out, so that what nobody stated is unknown and blocks"
                    place = (*rule.place, *node.place)
                    yield LintFinding("hidden-unknown", message, help, policy.source, place, policy.id)


def _required_coverage(policy: Policy) -> Iterator[str]:
    """The dimensions of whose coverage a policy makes a requirement."""
    for requirement in policy.require:
        tree = requirement.tree
        if isinstance(tree, Operation) and tree.name == "covered" and isinstance(tree.arguments[0], Literal):
            yield str(tree.arguments[0].value)


def on_unknown(policy: Policy) -> Iterator[LintFinding]:
    """`unknown-passes`."""
    if policy.on_unknown == "pass":
        place = ("policies", policy.index, "on_unknown")
        message = "what is unknown never blocks"
        yield LintFinding("unknown-passes", message, "write `fail`, or `warn`", policy.source, place, policy.id)


def negations(policy: Policy) -> Iterator[LintFinding]:
    """`negated-declaration`: a requirement that is met by leaving a declaration out."""
    for requirement, rule in zip(policy.require, rules_of(policy)[-len(policy.require) :], strict=True):
        for node, negated in _with_sign(requirement.tree):
            path = _declared(node)
            if path is not None and negated != (isinstance(node, Operation) and node.name in _NEGATIVE):
                message = f"met by a project that does not declare `{path.removeprefix('usage.')}`: it means none"
                help = "say in `remediation` that it must be declared, or let an allow-list (subset) decide"
                place = (*rule.place, *node.place)
                yield LintFinding("negated-declaration", message, help, policy.source, place, policy.id)


def _declared(node: Node) -> str | None:
    """The declaration with a stated default that a comparison reads."""
    if not isinstance(node, Operation) or node.name not in (*_NEGATIVE, "in", "==", "===", "some"):
        return None
    return next((path for one in node.arguments if (path := path_of(one)) in _NONE_UNLESS_SAID), None)


def _with_sign(node: Node, negated: bool = False) -> Iterator[tuple[Node, bool]]:
    """Each condition, and whether an odd number of negations stands around it."""
    yield node, negated
    if isinstance(node, Operation):
        inside = negated != (node.name in NEGATIONS)
        if node.name in ("and", "or", "!!", *NEGATIONS, "if", "?:"):
            for argument in node.arguments:
                yield from _with_sign(argument, inside)


def orders(policy: Policy) -> Iterator[LintFinding]:
    """`negated-order`: `not (x > 30)` holds where x is no number at all."""
    for rule in rules_of(policy):
        for node, negated in _with_sign(rule.tree):
            compares = isinstance(node, Operation) and node.name in ORDERS
            if compares and negated and isinstance(node, Operation) and any(_is_open(one) for one in node.arguments):
                place = (*rule.place, *node.place)
                message = f"holds where the value is no number: not ({WORDING.words(node)})"
                help = "turn the comparison round instead of negating it"
                yield LintFinding("negated-order", message, help, policy.source, place, policy.id)


def _is_open(node: Node) -> bool:
    path = path_of(node)
    return path is not None and _is_free(path)


def _is_free(path: str) -> bool:
    """Whether a value can be anything: facts and settings. The days of evidence and agreements cannot be to come."""
    return path.startswith("usage.settings.") or ".facts." in path


def future_days(policy: Policy) -> Iterator[LintFinding]:
    """`future-day`: `days_since(x) <= 180` holds where x is a day that has not come."""
    for rule in rules_of(policy):
        bounds = list(_age_bounds(rule.tree))
        from_below = {path for path, _, kind in bounds if kind != "most"}
        for path, node, kind in bounds:
            if kind == "most" and path not in from_below and _is_free(path):
                place = (*rule.place, *node.place)
                message = f"holds where `{path}` is a day in the future: it is less than no days ago"
                help = 'bound it on both sides, as in {"<=": [0, {days_since: …}, 180]}'
                yield LintFinding("future-day", message, help, policy.source, place, policy.id)


def _age_bounds(tree: Node) -> Iterator[tuple[str, Operation, str]]:
    """Each comparison that bounds the days since a path: `most`, `least`, or `both`."""
    for node, negated in _with_sign(tree):
        if not isinstance(node, Operation) or node.name not in ORDERS:
            continue
        for index, one in enumerate(node.arguments):
            inner = one.arguments[0] if isinstance(one, Operation) and one.name == "days_since" else None
            path = None if inner is None else path_of(inner)
            if path is not None:
                at_most = (index == 0) == (node.name in ("<", "<="))
                yield path, node, "both" if len(node.arguments) == 3 else "most" if at_most != negated else "least"


def claims(policy: Policy) -> Iterator[LintFinding]:
    """`claim-not-agreement`: what a project claims is not what is in force."""
    for rule in rules_of(policy):
        for node in walk(rule.tree):
            if path_of(node) == "usage.agreements":
                place = (*rule.place, *node.place)
                message = "`usage.agreements` is what the project claims, not what is in force"
                help = "ask with {agreement: KIND}"
                yield LintFinding("claim-not-agreement", message, help, policy.source, place, policy.id)
