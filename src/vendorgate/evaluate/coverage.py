"""Coverage step by step, in words: what `Case.covered` decided, and why.

In: a case and a dimension. Out: one reason a step, in the order of the contract; what nests explains conditions.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import Final, cast

import msgspec

from ..logic import Node, Unknown
from ..logic.wording import value_words
from ..model.phrases import AXIS_NOUN
from ..model.registry import Cell, CellCondition
from ..model.result import Reason
from ..model.vocabulary import CONTRACT, Decision, Dimension
from ..source import Location, Place
from .alike import told_once
from .case import Case, decision
from .facts import FactSource
from .listings import absence_words
from .scope import Axis
from .steps import contradicted, evidence_step, grade_step, place_of, said_once, scope_steps, tier_step, undeclared
from .texts import texts_of
from .unlisted import is_unlisted, no_cell

Nested = Callable[[Node, Callable[[], Location]], tuple[Reason, ...]]
"""Explains the rule of a condition."""


def coverage_reasons(case: Case, dimension: Dimension, full: bool, nested: Nested) -> tuple[Reason, ...]:
    """The steps of `covered`."""
    cell = case.cell(dimension)
    if cell is None:
        return (_no_cell(case, dimension),)
    scope = scope_steps(case, cell)
    kept = scope if full else [step for step in scope if step.outcome != "pass"]
    return (*_strangers(case, dimension), *_own_steps(case, cell, full), *kept, *_conditions(case, cell, nested, full))


def _own_steps(case: Case, cell: Cell, full: bool) -> tuple[Reason, ...]:
    """Grade, evidence and tier of a cell, those alone that do not pass unless all is told.

    They are the same for all subjects of a tier on a day, where no contract and no observation has a part in them.
    """
    if case.__class__ is not Case or case.observed or cell.written.value == CONTRACT:
        return _own_anew(case, cell, full)
    key = cell.dimension, case.as_of, str(case.stated["usage.tier"]), full
    found = case.cells.own.get(key)
    return case.cells.keep_own(key, _own_anew(case, cell, full)) if found is None else found


def _own_anew(case: Case, cell: Cell, full: bool) -> tuple[Reason, ...]:
    steps = (grade_step(case, cell), evidence_step(case, cell), tier_step(case, cell))
    return steps if full else tuple([step for step in steps if step.outcome != "pass"])


def documentation_reasons(case: Case, dimension: Dimension, full: bool, nested: Nested) -> tuple[Reason, ...]:
    """The steps of `documented`: names, grade and evidence; a partial grade is worth what its scope reaches."""
    cell = case.cell(dimension)
    if cell is None:
        return (_no_cell(case, dimension),)
    scope = scope_steps(case, cell) if cell.written.value == "partial" else ()
    steps = (*_strangers(case, dimension), grade_step(case, cell), *scope, evidence_step(case, cell))
    return tuple(step for step in steps if full or step.outcome != "pass")


def absent_value(case: Case, path: str) -> Reason:
    """Why `registry.<dimension>.…` has no value."""
    _, name, field, *below = path.split(".")
    dimension = cast(Dimension, name)
    cell = case.cell(dimension)
    if cell is None:
        return _no_cell(case, dimension)
    steps = _fact_steps(case, cell, below) if field == "facts" else _value_steps(case, cell, field)
    unlisted = absence_words(path, cell.written.facts, case.subject.offering.written)
    message = f"{path} is not known" if steps else unlisted or f"the registry does not state {path}"
    about = (path, "not listed") if unlisted and not steps else (path,)
    return Reason("grade", "unknown", message, dimension, steps, locate=place_of(case, dimension), about=about)


def _value_steps(case: Case, cell: Cell, field: str) -> tuple[Reason, ...]:
    """Why a field of a cell is not known: the cell is not about this usage, or its grade or evidence will not do."""
    known = {
        "value": (grade_step(case, cell), evidence_step(case, cell)),
        "verified": (evidence_step(case, cell),),
    }.get(field, ())
    steps = (*(step for step in known if step.outcome == "unknown"), *_reach(case, cell))
    return tuple([_as_unknown(step) for step in steps])


def _as_unknown(step: Reason) -> Reason:
    return step if step.outcome == "unknown" else msgspec.structs.replace(step, outcome="unknown")


def _reach(case: Case, cell: Cell) -> tuple[Reason, ...]:
    steps = (*_strangers(case, cell.dimension), tier_step(case, cell), *scope_steps(case, cell))
    return tuple(step for step in steps if step.outcome != "pass")


def _fact_steps(case: Case, cell: Cell, below: list[str]) -> tuple[Reason, ...]:
    """Why a fact is not known: its cell as a whole is not, or declared names have different facts."""
    whole = (*_strangers(case, cell.dimension), grade_step(case, cell), evidence_step(case, cell))
    steps = tuple(step for step in whole if step.outcome == "unknown")
    if steps:
        return steps
    sources = case.fact_sources(cell, below[0])
    if any(source.entry is None for source in sources):
        steps = tuple([_as_unknown(step) for step in _reach(case, cell)])
    return (*steps, *(_fact_source(case, cell, source, below) for source in sources if source.axis is not None))


def _fact_source(case: Case, cell: Cell, source: FactSource, below: list[str]) -> Reason:
    """What a fact is for one name, or that the name is not declared."""
    assert source.axis is not None
    if source.name is None:
        path = f"usage.{source.axis}"
        found = contradicted(case, path, cell.dimension) or (undeclared(source.axis, cell.dimension),)
        message = f"the registry states it apart for some {source.axis}"
        locate = place_of(case, cell.dimension, "scoped_facts")
        return Reason("scope", "unknown", message, cell.dimension, found, locate=locate, about=(source.axis,))
    is_known = not isinstance(case.fact_from(cell, source, below), Unknown)
    return said_once(_fact_told, case, cell, source.axis, source.name, is_known, *below)


def _fact_told(case: Case, cell: Cell, axis: Axis, name: str, is_known: bool, *below: str) -> Reason:
    """What a fact is for one name: `is_known` tells apart whether its cell speaks of the usage."""
    steps = [*below]
    source = next(one for one in case.fact_sources(cell, steps[0]) if (one.axis, one.name) == (axis, name))
    value = case.fact_from(cell, source, steps)
    known = None if isinstance(value, Unknown) else value
    facts = cell.written.facts if source.entry is None else source.entry.facts
    path = ".".join(("registry", cell.dimension, "facts", *steps))
    unlisted = absence_words(path, facts, case.subject.offering.written)
    words = "nothing that is known" if isinstance(value, Unknown) else value_words(value)
    said = unlisted if unlisted and known is None else f"the registry states {words}"
    message, about = f"{AXIS_NOUN[axis]} `{name}`: {said}", (axis, name, known)
    locate = place_of(case, cell.dimension, "scoped_facts")
    return Reason("scope", "unknown", message, cell.dimension, locate=locate, about=about)


def _strangers(case: Case, dimension: Dimension) -> tuple[Reason, ...]:
    """Step 0, where it does not pass."""
    if not case.strangers():
        return ()
    return _reasons_of_strangers()(case, dimension)


@cache
def _reasons_of_strangers() -> Callable[[Case, Dimension], tuple[Reason, ...]]:
    from .strangers import stranger_reasons  # most usages declare what is listed

    return stranger_reasons


def _no_cell(case: Case, dimension: Dimension) -> Reason:
    if is_unlisted(case.subject):
        return no_cell(case, dimension)
    who = "registry" if case.subject.offering.owner == "registry" else "bundle"
    message = f"the {who} states nothing about {dimension} of {case.subject.offering.id}"
    return Reason("grade", "unknown", message, dimension, locate=place_of(case, dimension))


def _conditions(case: Case, cell: Cell, nested: Nested, full: bool) -> tuple[Reason, ...]:
    found: list[Reason] = []
    for condition in cell.conditions:
        outcome = decision(case.program.evaluator(condition.tree)(None, case))
        if full or outcome != "pass":
            locate = place_of(case, cell.dimension, "conditions", condition.index)
            made = partial(_condition, case, cell, condition, outcome, nested, locate)
            found.extend(told_once(case, condition.tree, locate, (_condition, full), made))
    return tuple(found)


def _condition(
    case: Case, cell: Cell, condition: CellCondition, outcome: Decision, nested: Nested, locate: Place
) -> tuple[Reason]:
    reasons = tuple([_of(cell.dimension, reason) for reason in nested(condition.tree, locate)])
    said = texts_of(case.program.texts, condition.tree)
    message = f"{_CONDITION[outcome]}: {said.words}"
    return (Reason("condition", outcome, message, cell.dimension, reasons, locate=locate, about=(said.rule,)),)


_CONDITION: Final[dict[Decision, str]] = {
    "pass": "condition met",
    "fail": "condition not met",
    "unknown": "condition not known to be met",
}


def _of(dimension: Dimension, reason: Reason) -> Reason:
    """A reason with its dimension: that of the condition which it stands under, unless it has its own."""
    return reason if reason.dimension is not None else msgspec.structs.replace(reason, dimension=dimension)
