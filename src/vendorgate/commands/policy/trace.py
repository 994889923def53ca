"""Rules that record the truth of each of their conditions.

In: a checked rule. Out: an evaluator that judges exactly as the gate's does, and truths by place.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ...evaluate.answers import Answers, CompiledRule
from ...evaluate.program import COMPILER
from ...logic import Compiler, Json, Node, Value, truth_of
from ...source import Path
from .conditions import PolicyRule
from .model import Truth

NAMES: Final[Mapping[object, Truth]] = {True: "true", False: "false", None: "unknown"}
"""Of what `truth_of` gives."""


class Tracer(Compiler[Answers], frozen=True, kw_only=True):
    """Compiles as the gate does, and watches conditions."""

    seen: dict[Path, set[Truth]]
    """By place in the rule: the truths that were met."""

    def compile(self, node: Node) -> CompiledRule:
        evaluate = super().compile(node)
        truths = self.seen.get(node.place)
        return evaluate if truths is None else _watched(evaluate, truths)


def _watched(evaluate: CompiledRule, truths: set[Truth]) -> CompiledRule:
    def watch(data: Json, context: Answers) -> Value:
        value = evaluate(data, context)
        truths.add(NAMES[truth_of(value)])
        return value

    return watch


class TracedRule:
    """A rule with its evaluator and the truths of its conditions."""

    def __init__(self, rule: PolicyRule) -> None:
        self.rule = rule
        self.conditions = rule.conditions()
        depth = len(rule.place)
        self.seen: dict[Path, set[Truth]] = {condition.place[depth:]: set() for condition in self.conditions}
        """By place in the rule."""
        tracer = Tracer(COMPILER.operators, COMPILER.missing, COMPILER.read, seen=self.seen)
        self.evaluate = tracer.compile(rule.tree)

    @property
    def place(self) -> Path:
        """Where its outermost condition stands in the policy's file."""
        return (*self.rule.place, *self.rule.tree.place)

    def truths(self, place: Path) -> set[Truth]:
        """The truths of the condition at a place in the policy's file."""
        return self.seen[place[len(self.rule.place) :]]
