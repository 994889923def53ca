"""What decides, written plainly: every question worked out where it is asked, and nothing remembered.

In: subjects, a bundle, the as-of day. Out: results as `evaluate` has them. What decides fast is held to it.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

import msgspec

from vendorgate.evaluate.answers import Answers
from vendorgate.evaluate.calendar import days_since, is_current, last_day
from vendorgate.evaluate.case import Case, decision, written_value
from vendorgate.evaluate.contracts import contract
from vendorgate.evaluate.explain import Explainer
from vendorgate.evaluate.facts import exceptions_of, fact_sources, fact_value, same
from vendorgate.evaluate.judge import Ruling, rule
from vendorgate.evaluate.program import OPERATORS, CompiledPolicy, Program
from vendorgate.evaluate.program import _read as read
from vendorgate.evaluate.scope import Gap, declared_names, gaps
from vendorgate.logic import UNKNOWN, Compiler, Json, Operation, Operator, Unknown, Value, eager, truth_of
from vendorgate.logic import functions as of_values
from vendorgate.logic.globs import names_any
from vendorgate.logic.tree import Literal, Node
from vendorgate.model.agreement import Agreement
from vendorgate.model.grades import meaning_of
from vendorgate.model.policy import Bundle, Policy
from vendorgate.model.registry import Cell
from vendorgate.model.result import Reason, Result
from vendorgate.model.subject import Subject
from vendorgate.model.vocabulary import CONFIDENCES, CONTRACT, TIERS, Decision, FailOn, in_order
from vendorgate.source import Location


class PlainCase(Case):
    """A subject on the as-of day; each answer is worked out anew."""

    __slots__ = ()

    def covered(self, dimension: str) -> Value:
        cell = self.cell(dimension)
        if cell is None:
            return UNKNOWN
        outcomes = [self.names(), self.grade(cell), self.evidence(cell), self.tier(cell), self.reach(cell)]
        if "fail" in outcomes:
            return False
        unknown = "unknown" in outcomes
        for condition in cell.conditions:
            truth = truth_of(evaluated(condition.tree, self))
            if truth is False:
                return False
            unknown = unknown or truth is None
        return UNKNOWN if unknown else True

    def documented(self, dimension: str) -> Value:
        cell = self.cell(dimension)
        if cell is None:
            return UNKNOWN
        grade = self.grade(cell)
        reached = self.reach(cell) if grade == "pass" and cell.written.value == "partial" else grade
        outcomes = (self.names(), reached, self.evidence(cell))
        if "fail" in outcomes:
            return False
        return UNKNOWN if "unknown" in outcomes else True

    def names(self) -> Decision:
        return "unknown" if self.strangers() else "pass"

    def strangers(self) -> tuple[str, ...]:
        listed = self.subject.offering.written.models
        declared = declared_names(self.stated, "usage.models") if listed is not None else None
        return tuple(name for name in declared or () if not names_any(name, listed or ()))

    def grade(self, cell: Cell) -> Decision:
        if cell.written.value == "partial" and cell.written.scope is None:
            return "unknown"
        if cell.written.value == CONTRACT and self.contract(cell) is None:
            return "unknown"
        return meaning_of(cell.written.value).covers

    def evidence(self, cell: Cell) -> Decision:
        verified = cell.written.verified
        if cell.written.valid_until is not None and cell.written.valid_until < self.as_of:
            return "unknown"
        if verified is None or not 0 <= days_since(verified, self.as_of) <= self.demands.max_age(cell.dimension):
            return "unknown"
        confidence = CONFIDENCES.index(cell.written.confidence or "low")
        return "pass" if confidence >= CONFIDENCES.index(self.demands.min_confidence) else "unknown"

    def tier(self, cell: Cell) -> Decision:
        least = cell.written.tier
        if least is None:
            return "pass"
        declared: Any = self.stated["usage.tier"]
        return "pass" if TIERS.index(declared) >= TIERS.index(least) else "fail"

    def reach(self, cell: Cell) -> Decision:
        outcomes = {gap.outcome for gap in self.gaps(cell)}
        return "fail" if "fail" in outcomes else "unknown" if outcomes else "pass"

    def gaps(self, cell: Cell) -> list[Gap]:
        scope = cell.written.scope
        return [] if scope is None else gaps(scope, self.stated, self.subject.offering, self.region_groups)

    def agreement(self, kind: str) -> Agreement | None:
        current = [one for one in self.subject.agreements or () if one.kind == kind and is_current(one, self.as_of)]
        return max(current, key=last_day, default=None)

    def contract(self, cell: Cell) -> Agreement | None:
        return contract(cell, self.subject, self.as_of)

    def registry(self, dimension: str, field: str, below: list[str]) -> Value:
        cell = self.cell(dimension)
        if cell is None:
            return UNKNOWN
        speaks = self.names() == self.tier(cell) == self.reach(cell) == "pass"
        stands = self.grade(cell) != "unknown" and self.evidence(cell) == "pass"
        if field == "facts":
            return self._plain_fact(cell, below, speaks) if stands and self.names() == "pass" else UNKNOWN
        if not speaks or (field == "value" and not stands):
            return UNKNOWN
        return UNKNOWN if field == "verified" and not self.is_read(cell) else written_value(cell, field, below)

    def _plain_fact(self, cell: Cell, below: list[str], speaks: bool) -> Value:
        found: list[Value] = []
        for source in fact_sources(exceptions_of(cell, below[0]), self.stated):
            if source.entry is not None:
                value = fact_value(source.entry.facts, below)
                found.append(UNKNOWN if value is None else value)
            elif (source.axis is not None and source.name is None) or not speaks:
                found.append(UNKNOWN)
            else:
                found.append(written_value(cell, "facts", below))
        return found[0] if all(same(found[0], value) for value in found[1:]) else UNKNOWN


def _subset(part: Json, whole: Json) -> Value:
    return of_values.is_subset(part, whole) if isinstance(part, list) and isinstance(whole, list) else UNKNOWN


def _disjoint(part: Json, whole: Json) -> Value:
    return of_values.is_disjoint(part, whole) if isinstance(part, list) and isinstance(whole, list) else UNKNOWN


PLAIN_OPERATORS: Final[dict[str, Operator[Answers]]] = {
    **OPERATORS,
    "in": Operator(2, 2, eager(of_values.contains)),
    "subset": Operator(2, 2, eager(_subset)),
    "disjoint": Operator(2, 2, eager(_disjoint)),
}
"""Operators that look at nothing beforehand."""
_COMPILER: Final[Compiler[Answers]] = Compiler(PLAIN_OPERATORS, missing=UNKNOWN, read=read)


def evaluated(tree: Node, case: Case) -> Value:
    """What a rule comes to."""
    return _COMPILER.compile(tree)(None, case)


def plain_decision(compiled: CompiledPolicy, case: Case) -> tuple[str, tuple[Decision, ...]]:
    """The outcome of a policy, and of each of its requirements."""
    policy = compiled.policy
    if policy.when is not None and truth_of(evaluated(policy.when, case)) is False:
        return "not_applicable", ()
    decisions = tuple(decision(evaluated(requirement.tree, case)) for requirement in policy.require)
    outcome = "fail" if "fail" in decisions else "unknown" if "unknown" in decisions else "pass"
    return outcome, decisions


def plain_results(
    subjects: Iterable[Subject], bundle: Bundle, as_of: datetime.date, fail_on: FailOn, full: bool
) -> Iterator[object]:
    """All that results say, subject by subject, each policy judged by a program of its own, which has no other."""
    alone = [msgspec.structs.replace(bundle, policies=(policy,)) for policy in bundle.policies]
    for subject in subjects:
        for of_one in alone:
            program = Program(of_one)
            (compiled,), case = program.policies, PlainCase(subject, program, as_of)
            ruling = rule(compiled, case, fail_on)
            assert (ruling.judged.outcome, ruling.judged.decisions) == plain_decision(compiled, case)
            yield _told(ruling, compiled, case, full)


def _told(ruling: Ruling, compiled: CompiledPolicy, case: Case, full: bool) -> object:
    policy, judged = compiled.policy, ruling.judged
    requirements = []
    for requirement, outcome in zip(policy.require, judged.decisions, strict=False):
        explained = Explainer(case, full).requirement(requirement.tree, _at(policy, "require", requirement.index))
        reasons = explained if outcome != "pass" or full else ()
        message = requirement.message or case.program.message(requirement, outcome)
        requirements.append((requirement, outcome, message, _reasons(reasons)))
    asked = full or judged.outcome in ("fail", "unknown")
    when: tuple[Reason, ...] = ()
    if asked and policy.when is not None:
        when = Explainer(case, full).requirement(policy.when, _at(policy, "when"))
    evidence = _evidence(compiled, case) if judged.outcome != "not_applicable" else ()
    waived = ruling.waiver, ruling.void
    return ruling.outcome, ruling.severity, ruling.blocks, requirements, _reasons(when), repr(evidence), waived


def _at(policy: Policy, *below: str | int) -> Callable[[], Location]:
    return lambda: policy.source.locate(("policies", policy.index, *below))


def _evidence(compiled: CompiledPolicy, case: Case) -> tuple[object, ...]:
    names = dict.fromkeys(compiled.policy.dimensions)
    for name in (waiting := [*names]):
        cell = case.cell(name)
        more = [one for one in cell.needs if one not in names] if cell is not None else []
        waiting.extend(more)
        names.update(dict.fromkeys(more))
    cells = [(name, case.cell(name)) for name in in_order(names)]
    read = [*compiled.policy.facts_read, *(path for _, cell in cells if cell is not None for path in cell.facts_read)]
    facts: dict[str, list[tuple[str, Json]]] = {}
    for path in dict.fromkeys(read):
        _, dimension, _, below = path.split(".", 3)
        value = evaluated(Operation("var", (Literal(path),)), case)
        facts.setdefault(dimension, []).append((below, None if isinstance(value, Unknown) else value))
    return tuple((name, id(cell), tuple(facts.get(name, ()))) for name, cell in cells)


def _reasons(reasons: Iterable[Reason]) -> object:
    """Reasons with their places; a true and a 1 are apart."""
    return [
        (one.kind, one.outcome, one.message, one.dimension, one.remedy, repr(one.about), one.either, *_below(one))
        for one in reasons
    ]


def _below(reason: Reason) -> Iterator[object]:
    yield None if reason.locate is None else reason.locate()
    yield _reasons(reason.reasons)


def told(result: Result) -> object:
    """What a result says, to be held against the same."""
    requirements = [(one.requirement, one.outcome, one.message, _reasons(one.reasons)) for one in result.requirements]
    evidence = tuple((one.dimension, None if one.cell is None else id(one.cell), one.facts) for one in result.evidence)
    waived = result.waiver, result.void
    plain = tuple((name, id(None) if cell is None else cell, facts) for name, cell, facts in evidence)
    when = _reasons(result.when)
    return result.outcome, result.severity, result.blocks, requirements, when, repr(plain), waived


def hold_of_what_is_decided_plainly(
    subjects: Iterable[Subject], results: Iterable[Result], bundle: Bundle, as_of: datetime.date, full: bool = False
) -> None:
    """Fails where a result is not what it is where nothing is remembered."""
    plain = plain_results(subjects, bundle, as_of, bundle.fail_on, full)
    for result, other in zip(results, plain, strict=True):
        assert told(result) == other, (result.policy.id, result.subject.stated)
