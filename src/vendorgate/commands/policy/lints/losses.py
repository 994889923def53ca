"""Requirements that are met by losing something: an agreement, coverage, or an observation.

In: a policy. Out: findings.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ....logic import Literal, Node, Operation
from ....logic.kleene import CHOICES, NEGATIONS
from ....logic.paths import words_of
from ....model.asking import OBSERVED, SIGNS
from ....model.phrases import WORDING
from ....model.policy import Policy
from ..lint_model import LintFinding
from ..polarity import ConditionWithPolarity, with_polarity
from ..possible_worlds import implies
from .repetition import canonical

_ASKING: Final = (*SIGNS, OBSERVED)


def negated(policy: Policy) -> Iterator[LintFinding]:
    """`negated-coverage`: what takes coverage or an agreement away makes such a requirement pass."""
    conditions = list(with_polarity(policy))
    harmless = {id(part) for one in conditions if not one.hurts for part in _only_tightening(one.node)}
    for one in conditions:
        if isinstance(one.node, Operation) and one.node.name in _ASKING and one.hurts and id(one.node) not in harmless:
            help = "say what must hold instead; who is excused belongs into `when`, by data, offering or environment"
            yield LintFinding("negated-coverage", _losses(one), help, policy.source, one.place, policy.id)


def _losses(one: ConditionWithPolarity) -> str:
    words = WORDING.words(one.node)
    if words_of(one.node, OBSERVED):
        return f"met by observing nothing: not ({words}) holds where nobody has read the account, or not lately"
    if words_of(one.node, "agreement"):
        return f"met by having nothing: not ({words}) holds once the agreement ends, and where the register lacks it"
    return (
        f"met by falling short: not ({words}) holds where a tier, an endpoint or an agreement that ended is in the way"
    )


def _only_tightening(node: Node) -> Iterator[Node]:
    """The parts of the condition of an `if` whose loss makes it ask for more, or for the same."""
    if not isinstance(node, Operation) or node.name not in CHOICES or len(node.arguments) != 3:
        return
    condition, then, otherwise = node.arguments
    if _is_within(otherwise, then):
        yield from _parts(condition, True)
    if _is_within(then, otherwise):
        yield from _parts(condition, False)


def _is_within(narrow: Node, wide: Node) -> bool:
    """Whether whatever passes one rule passes another, as far as anybody can tell."""
    return _is(narrow, False) or _is(wide, True) or canonical(narrow) == canonical(wide) or implies(narrow, wide)


def _is(node: Node, value: bool) -> bool:
    return isinstance(node, Literal) and node.value is value


def _parts(node: Node, wanted: bool) -> Iterator[Node]:
    """The parts of a condition that hold where it does, or, turned round, where it does not."""
    if wanted:
        yield node
    if isinstance(node, Operation):
        for one in node.arguments if node.name in ("and", "or", "!!", *NEGATIONS) else ():
            yield from _parts(one, wanted != (node.name in NEGATIONS))
