"""Whether it helps a usage to pass that a part of a rule is true, or that it is false: its polarity.

In: a policy's rules. Out: each condition in them with its polarity, and what else must hold beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from ...logic import Literal, Node, Operation
from ...logic.kleene import CHOICES, NEGATIONS
from ...logic.paths import KNOWLEDGE, reads
from ...model.policy import Policy
from ...source import Path
from .conditions import rules_of

_BOTH: Final = frozenset((True, False))
Polarity = frozenset[bool]


class ConditionWithPolarity(msgspec.Struct, frozen=True):
    """A condition of a rule."""

    node: Node
    place: Path
    """In the policy's file."""
    polarity: Polarity
    """The truths of it that help to pass; the condition of an `if` has both."""
    beside: tuple[Node, ...]
    """What must hold as well wherever this condition counts."""

    @property
    def helps(self) -> bool:
        """Whether it helps to pass that the condition is true."""
        return True in self.polarity

    @property
    def hurts(self) -> bool:
        """Whether it helps to pass that the condition is false."""
        return False in self.polarity


def with_polarity(policy: Policy) -> Iterator[ConditionWithPolarity]:
    """Every condition of a policy; in `when` it helps to pass what is false, as the policy does not apply then."""
    rules = rules_of(policy)
    required = rules[len(rules) - len(policy.require) :]
    for rule in rules:
        is_required = rule in required
        others = (
            tuple(part for one in required if one is not rule for part in conjuncts(one.tree)) if is_required else ()
        )
        for node, polarity, beside in _with_polarity(rule.tree, frozenset((is_required,)), others):
            yield ConditionWithPolarity(node, (*rule.place, *node.place), polarity, beside)


def _with_polarity(
    node: Node, polarity: Polarity, beside: tuple[Node, ...]
) -> Iterator[tuple[Node, Polarity, tuple[Node, ...]]]:
    yield node, polarity, beside
    if not isinstance(node, Operation):
        return
    turned = _turns(node)
    if turned is not None:
        inner, negates = turned
        yield from _with_polarity(inner, frozenset(truth != negates for truth in polarity), beside)
    elif node.name in ("and", "or"):
        for one in node.arguments:
            others = tuple(part for other in node.arguments if other is not one for part in conjuncts(other))
            yield from _with_polarity(
                one, polarity, (*beside, *others) if node.name == "and" and True in polarity else beside
            )
    elif node.name in CHOICES:
        arguments = node.arguments
        for condition, branch in zip(arguments[:-1:2], arguments[1::2], strict=True):
            yield from _with_polarity(condition, _BOTH, (*beside, *conjuncts(branch)))
            yield from _with_polarity(branch, polarity, (*beside, *conjuncts(condition)))
        if len(arguments) % 2:
            yield from _with_polarity(arguments[-1], polarity, beside)


def _turns(node: Operation) -> tuple[Node, bool] | None:
    """The condition that an operator negates, or compares with true or false; and whether that negates it."""
    if node.name in (*NEGATIONS, "!!"):
        return node.arguments[0], node.name != "!!"
    if node.name in ("==", "===", "!=", "!=="):
        first, second = node.arguments[:2]
        for inner, other in ((first, second), (second, first)):
            if isinstance(other, Literal) and isinstance(other.value, bool) and _is_condition(inner):
                return inner, other.value == node.name.startswith("!")
    return None


def _is_condition(node: Node) -> bool:
    return isinstance(node, Operation) and node.name != "var"


def conjuncts(tree: Node) -> tuple[Node, ...]:
    """The conditions that must all hold for a rule to hold."""
    if isinstance(tree, Operation) and tree.name == "and":
        return tuple(part for one in tree.arguments for part in conjuncts(one))
    return (tree,)


def reads_the_value(nodes: tuple[Node, ...], path: str) -> bool:
    """Whether any of several conditions asks more of a path than whether it is known."""
    return any(path in reads(node) for node in nodes if not (isinstance(node, Operation) and node.name in KNOWLEDGE))
