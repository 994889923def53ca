"""Coverage step by step, in words: what `Case.covered` decided, and why.

In: a case and a dimension. Out: one reason a step, in the order of the contract; what nests explains conditions.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Final, cast

import msgspec

from ..logic import Json, Node, Unknown
from ..logic.globs import names_any
from ..logic.wording import count, value_words
from ..model.grades import meaning_of
from ..model.phrases import AXIS_NOUN
from ..model.registry import Cell, CellCondition, Reach
from ..model.result import Reason, ReasonKind, Remedy
from ..model.vocabulary import CONFIDENCES, CONTRACT, Decision, Dimension
from ..source import Location, Place
from .agreement_reasons import until_words
from .calendar import days_since
from .case import Case, decision
from .contradictions import contradiction_reasons
from .facts import FactSource
from .kinds import Kinds, may_stand_for, told_by
from .listings import absence_words
from .scope import DECLARED_BY, Axis, Gap, overlapped
from .strangers import stranger_reasons
from .texts import texts_of
from .unlisted import is_unlisted, no_cell

Nested = Callable[[Node, Callable[[], Location]], tuple[Reason, ...]]
"""Explains the rule of a condition."""

_DECLARATION: Final[dict[Axis, str]] = {"regions": "region", "cloud_regions": "cloud_region"}
"""The manifest's name for an axis, where it differs."""


def coverage_reasons(case: Case, dimension: Dimension, full: bool, nested: Nested) -> tuple[Reason, ...]:
    """The steps of `covered`."""
    cell = case.cell(dimension)
    if cell is None:
        return (_no_cell(case, dimension),)
    strangers, grade = stranger_reasons(case, dimension), _grade(case, cell)
    steps = (*strangers, grade, _evidence(case, cell), _tier(case, cell), *_scope(case, cell))
    kept = steps if full else [step for step in steps if step.outcome != "pass"]
    return (*kept, *_conditions(case, cell, nested, full))


def documentation_reasons(case: Case, dimension: Dimension, full: bool, nested: Nested) -> tuple[Reason, ...]:
    """The steps of `documented`: names, grade and evidence; a partial grade is worth what its scope reaches."""
    cell = case.cell(dimension)
    if cell is None:
        return (_no_cell(case, dimension),)
    scope = _scope(case, cell) if cell.written.value == "partial" else ()
    steps = (*stranger_reasons(case, dimension), _grade(case, cell), *scope, _evidence(case, cell))
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
    return Reason("grade", "unknown", message, dimension, steps, locate=_locate(case, dimension), about=about)


def _value_steps(case: Case, cell: Cell, field: str) -> tuple[Reason, ...]:
    """Why a field of a cell is not known: the cell is not about this usage, or its grade or evidence will not do."""
    known = {"value": (_grade(case, cell), _evidence(case, cell)), "verified": (_evidence(case, cell),)}.get(field, ())
    steps = (*(step for step in known if step.outcome == "unknown"), *_reach(case, cell))
    return tuple(msgspec.structs.replace(step, outcome="unknown") for step in steps)


def _reach(case: Case, cell: Cell) -> tuple[Reason, ...]:
    steps = (*stranger_reasons(case, cell.dimension), _tier(case, cell), *_scope(case, cell))
    return tuple(step for step in steps if step.outcome != "pass")


def _fact_steps(case: Case, cell: Cell, below: list[str]) -> tuple[Reason, ...]:
    """Why a fact is not known: its cell as a whole is not, or declared names have different facts."""
    whole = (*stranger_reasons(case, cell.dimension), _grade(case, cell), _evidence(case, cell))
    steps = tuple(step for step in whole if step.outcome == "unknown")
    if steps:
        return steps
    sources = case.fact_sources(cell, below[0])
    if any(source.entry is None for source in sources):
        steps = tuple(msgspec.structs.replace(step, outcome="unknown") for step in _reach(case, cell))
    return (*steps, *(_fact_source(case, cell, source, below) for source in sources if source.axis is not None))


def _fact_source(case: Case, cell: Cell, source: FactSource, below: list[str]) -> Reason:
    """What a fact is for one name, or that the name is not declared."""
    assert source.axis is not None
    locate = _locate(case, cell.dimension, "scoped_facts")
    if source.name is None:
        path = f"usage.{source.axis}"
        found = contradiction_reasons(case, path, cell.dimension) or (_undeclared(source.axis, cell.dimension),)
        message = f"the registry states it apart for some {source.axis}"
        return Reason("scope", "unknown", message, cell.dimension, found, locate=locate, about=(source.axis,))
    value = case.fact_from(cell, source, below)
    known = None if isinstance(value, Unknown) else value
    facts = cell.written.facts if source.entry is None else source.entry.facts
    path = ".".join(("registry", cell.dimension, "facts", *below))
    unlisted = absence_words(path, facts, case.subject.offering.written)
    words = "nothing that is known" if isinstance(value, Unknown) else value_words(value)
    said = unlisted if unlisted and known is None else f"the registry states {words}"
    message = f"{AXIS_NOUN[source.axis]} `{source.name}`: {said}"
    about = (source.axis, source.name, known)
    return Reason("scope", "unknown", message, cell.dimension, locate=locate, about=about)


def _undeclared(declaration: str, dimension: Dimension) -> Reason:
    remedy = Remedy("declare", declaration)
    message = f"`{declaration}` is not declared"
    return Reason("declaration", "unknown", message, dimension, remedy=remedy, about=(declaration,))


def _locate(case: Case, dimension: str, *below: str | int) -> Place:
    return case.cells.place(dimension, *below)


def _no_cell(case: Case, dimension: Dimension) -> Reason:
    if is_unlisted(case.subject):
        return no_cell(case, dimension)
    who = "registry" if case.subject.offering.owner == "registry" else "bundle"
    message = f"the {who} states nothing about {dimension} of {case.subject.offering.id}"
    return Reason("grade", "unknown", message, dimension, locate=_locate(case, dimension))


def _once(make: Callable[..., Reason], case: Case, cell: Cell, *about: object) -> Reason:
    """A step that is the same for every subject of whose declarations the same is said, made once.

    Whoever answers a step in another way than all cases do has it made anew.
    """
    if case.__class__ is not Case or case.observed:
        return make(case, cell, *about)
    key = (make, cell.dimension, *about)
    return case.cells.said.get(key) or case.cells.say(key, make(case, cell, *about))


def _grade(case: Case, cell: Cell) -> Reason:
    return _contract(case, cell) if cell.written.value == CONTRACT else _once(_graded, case, cell)


def _graded(case: Case, cell: Cell) -> Reason:
    value = cell.written.value
    meaning = meaning_of(value).words
    if value == "partial" and cell.written.scope is None:
        meaning = "documented for a part, and the registry does not say which"
    return _step(case, cell, "grade", case.grade(cell), f"graded `{value}`: {meaning}", "value", about=(value,))


def _contract(case: Case, cell: Cell) -> Reason:
    """Whether the contract counts that the organization's cell rests on."""
    from .contracts import shortcomings

    current = case.contract(cell)
    if current is not None:
        message = (
            f"graded `{CONTRACT}`: {meaning_of(CONTRACT).words}: {cell.agreement} is in force{until_words(current)}"
        )
        return _step(case, cell, "grade", "pass", message, "agreement", about=(CONTRACT, "in force"))
    found = shortcomings(cell, case.subject, case.as_of)
    message = f"graded `{CONTRACT}`: our own contract {cell.agreement} does not count: {'; '.join(w for w, _ in found)}"
    about = (CONTRACT, *sorted(state for _, state in found))
    reason = _step(case, cell, "grade", "unknown", message, "agreement", about=about)
    id = case.subject.offering.id
    return _with_remedy(reason, Remedy("do", f"have agreements.yaml say that {cell.agreement} is in force with {id}"))


def _step(
    case: Case,
    cell: Cell,
    kind: ReasonKind,
    outcome: Decision,
    message: str,
    *below: str | int,
    about: tuple[Json, ...] = (),
) -> Reason:
    return Reason(kind, outcome, message, cell.dimension, locate=_locate(case, cell.dimension, *below), about=about)


def _evidence(case: Case, cell: Cell) -> Reason:
    return _once(_evidenced, case, cell, case.as_of)


def _evidenced(case: Case, cell: Cell, as_of: datetime.date) -> Reason:
    words, state = _evidence_words(case, cell)
    return _step(case, cell, "evidence", case.evidence(cell), words, "verified", about=(state,))


def _evidence_words(case: Case, cell: Cell) -> tuple[str, str]:
    """What the evidence is like, and the same without any day."""
    verified, stated = cell.written.verified, cell.written.confidence
    if verified is None:
        return "the evidence has no day of verification", "never verified"
    ends = cell.written.valid_until
    if ends is not None and ends < case.as_of:
        return f"the vendor announced that it ends; it held until {ends}", "ended"
    age, most = days_since(verified, case.as_of), case.demands.max_age(cell.dimension)
    if age < 0:
        return f"verified on {verified}, after the as-of day {case.as_of}", "verified in the future"
    if age > most:
        return f"verified on {verified}, {count(age, 'day')} ago; evidence counts for {count(most, 'day')}", "too old"
    confidence = stated or "low"
    least = case.demands.min_confidence
    if CONFIDENCES.index(confidence) < CONFIDENCES.index(least):
        given = f"confidence `{confidence}`" if stated else "no confidence, which counts as `low`,"
        return f"{given} is below the `{least}` that the bundle demands", f"confidence {confidence}"
    return f"verified on {verified}, {count(age, 'day')} ago, with confidence `{confidence}`", "good"


def _tier(case: Case, cell: Cell) -> Reason:
    return _once(_tiered, case, cell, str(case.stated["usage.tier"]))


def _tiered(case: Case, cell: Cell, declared: str) -> Reason:
    least = cell.written.tier
    if least is None:
        return _step(case, cell, "tier", "pass", "offered at every tier")
    outcome = case.tier(cell)
    message = f"offered from tier `{least}`, and the usage has `{declared}`"
    reason = _step(case, cell, "tier", outcome, message, "tier", about=(declared, least))
    if outcome == "pass":
        return reason
    remedy = Remedy("do", f"move to tier `{least}` or above")
    if case.observed:
        from .account_remedies import remedy_of_tier  # few bundles observe anything

        remedy = remedy_of_tier(case, least) or remedy
    return _with_remedy(reason, remedy)


def _with_remedy(reason: Reason, remedy: Remedy) -> Reason:
    return msgspec.structs.replace(reason, remedy=remedy)


def _scope(case: Case, cell: Cell) -> tuple[Reason, ...]:
    found = case.gaps(cell)
    if not found:
        return (_once(_inside_scope, case, cell),)
    # Step 0 says already that a model is none of the offering's; that no exclusion names it either adds nothing.
    strangers = frozenset(case.strangers())
    news = (gap for gap in found if gap.axis != "models" or gap.outcome == "fail" or gap.name not in strangers)
    others = case.kinds
    if others is None:
        others = case.kinds = told_by(case.stated)  # once for all gaps, of which there may be one a declared name
    return tuple([_gap(case, cell, gap, others) for gap in news])


def _inside_scope(case: Case, cell: Cell) -> Reason:
    if cell.written.scope is None:
        return _step(case, cell, "scope", "pass", "no scope restricts it")
    return _step(case, cell, "scope", "pass", "everything declared is inside its scope", "scope")


def _gap(case: Case, cell: Cell, gap: Gap, others: Kinds) -> Reason:
    if gap.name is None and (inner := contradiction_reasons(case, DECLARED_BY[gap.axis], cell.dimension)):
        message = f"its scope names {AXIS_NOUN[gap.axis]}s, and what the usage declares contradicts itself"
        locate = _locate(case, cell.dimension, "scope", gap.axis)
        return Reason("scope", "unknown", message, cell.dimension, inner, locate=locate, about=(gap.axis,))
    return _once(_left_out, case, cell, gap.axis, gap.name, gap.outcome, others)


def _left_out(case: Case, cell: Cell, axis: Axis, name: str | None, outcome: Decision, others: Kinds) -> Reason:
    """A name that a scope does not reach, or not for certain; `others` are the kinds that all names tell."""
    locate = _locate(case, cell.dimension, "scope", axis)
    noun = AXIS_NOUN[axis]
    reach: Reach = getattr(cell.written.scope, axis)
    if name is None:
        declaration = _DECLARATION.get(axis, axis)
        message = f"its scope names {noun}s, and the usage declares none"
        missing = (_undeclared(declaration, cell.dimension),)
        return Reason("scope", "unknown", message, cell.dimension, missing, locate=locate, about=(axis,))
    if outcome == "unknown" and axis == "regions":
        beside = overlapped(name, reach.excluded or (), case.region_groups)
        message = f"region `{name}` overlaps with `{beside}`, which is excluded from the documented scope"
        remedy = Remedy("do", f"have the scope say whether it reaches `{name}`")
        return Reason("scope", "unknown", message, cell.dimension, (), remedy, locate, (axis, "overlaps", name))
    if outcome == "unknown":
        message = f"{noun} `{name}` is not known to {case.subject.offering.id}, so no exclusion could name it"
        remedy = Remedy("do", f"check the spelling of `{name}`, or have the registry say whether it is covered")
        about = (axis, "not known", name)
        return Reason("scope", "unknown", message, cell.dimension, (), remedy, locate, about)
    excluded = names_any(name, reach.excluded or ())
    where = "excluded from the documented scope" if excluded else "outside the documented scope"
    message, about = f"{noun} `{name}` is {where}", (axis, "excluded" if excluded else "outside", name)
    remedy = _inside(name, axis, reach, others)
    if case.observed:
        from .account_remedies import remedy_of_scope  # few bundles observe anything

        remedy = remedy_of_scope(case, DECLARED_BY[axis], name, remedy.options) or remedy
    return Reason("scope", "fail", message, cell.dimension, (), remedy, locate, about)


def _inside(name: str, axis: Axis, reach: Reach, others: Kinds) -> Remedy:
    """What is inside and, of endpoints and models, of the kind that is in use."""
    excluded = reach.excluded or ()
    options = tuple(option for option in reach.only or () if not names_any(option, excluded))
    if axis == "endpoints" or axis == "models":
        options = tuple(option for option in options if may_stand_for(axis, option, name, others))
    return Remedy("replace", name, options)


def _conditions(case: Case, cell: Cell, nested: Nested, full: bool) -> tuple[Reason, ...]:
    found = []
    for condition in cell.conditions:
        outcome = decision(case.program.evaluator(condition.tree)(None, case))
        if full or outcome != "pass":
            found.append(_condition(case, cell, condition, outcome, nested))
    return tuple(found)


def _condition(case: Case, cell: Cell, condition: CellCondition, outcome: Decision, nested: Nested) -> Reason:
    locate = _locate(case, cell.dimension, "conditions", condition.index)
    reasons = tuple([_of(cell.dimension, reason) for reason in nested(condition.tree, locate)])
    said = texts_of(case.program.texts, condition.tree)
    message = f"{_CONDITION[outcome]}: {said.words}"
    return Reason("condition", outcome, message, cell.dimension, reasons, locate=locate, about=(said.rule,))


_CONDITION: Final[dict[Decision, str]] = {
    "pass": "condition met",
    "fail": "condition not met",
    "unknown": "condition not known to be met",
}


def _of(dimension: Dimension, reason: Reason) -> Reason:
    """A reason with its dimension: that of the condition which it stands under, unless it has its own."""
    return reason if reason.dimension is not None else msgspec.structs.replace(reason, dimension=dimension)
