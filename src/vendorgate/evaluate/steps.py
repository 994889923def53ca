"""The steps of coverage one by one, in words: grade, evidence, tier and scope of a cell.

In: a case and a cell. Out: reasons; those that are the same for many usages are made once.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from typing import Final

import msgspec

from ..logic import Json
from ..logic.wording import count
from ..model.grades import meaning_of
from ..model.phrases import AXIS_NOUN
from ..model.registry import Cell, Reach
from ..model.result import Reason, ReasonKind, Remedy
from ..model.vocabulary import CONFIDENCES, CONTRACT, Decision, Dimension
from ..source import Place
from .calendar import days_since
from .case import Case
from .kinds import Kinds, kind_of, may_stand_for, told_by
from .scope import DECLARED_BY, Axis, Gap, is_excluded, overlapped

_DECLARATION: Final[dict[Axis, str]] = {"regions": "region", "cloud_regions": "cloud_region"}
"""The manifest's name for an axis, where it differs."""


def undeclared(declaration: str, dimension: Dimension) -> Reason:
    remedy = Remedy("declare", declaration)
    message = f"`{declaration}` is not declared"
    return Reason("declaration", "unknown", message, dimension, remedy=remedy, about=(declaration,))


def contradicted(case: Case, path: str, dimension: Dimension | None = None) -> tuple[Reason, ...]:
    """Why a declared path is unknown all the same; none where nothing contradicts it."""
    if not case.contradictions:
        return ()
    from .contradictions import contradiction_reasons  # few usages contradict themselves

    return contradiction_reasons(case, path, dimension)


def place_of(case: Case, dimension: str, *below: str | int) -> Place:
    return case.cells.place(dimension, *below)


def said_once(make: Callable[..., Reason], case: Case, cell: Cell, *about: object) -> Reason:
    """A step that is the same for every subject of whose declarations the same is said, made once.

    Whoever answers a step in another way than all cases do has it made anew.
    """
    if case.__class__ is not Case or case.observed:
        return make(case, cell, *about)
    key = (make, cell.dimension, *about)
    return case.cells.said.get(key) or case.cells.say(key, make(case, cell, *about))


def grade_step(case: Case, cell: Cell) -> Reason:
    return _contract(case, cell) if cell.written.value == CONTRACT else said_once(_graded, case, cell)


def _graded(case: Case, cell: Cell) -> Reason:
    value = cell.written.value
    meaning = meaning_of(value).words
    if value == "partial" and cell.written.scope is None:
        meaning = "documented for a part, and the registry does not say which"
    return _step(case, cell, "grade", case.grade(cell), f"graded `{value}`: {meaning}", "value", about=(value,))


def _contract(case: Case, cell: Cell) -> Reason:
    """Whether the contract counts that the organization's cell rests on."""
    from .agreement_reasons import until_words
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
    return Reason(kind, outcome, message, cell.dimension, locate=place_of(case, cell.dimension, *below), about=about)


def evidence_step(case: Case, cell: Cell) -> Reason:
    return said_once(_evidenced, case, cell, case.as_of)


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


def tier_step(case: Case, cell: Cell) -> Reason:
    return said_once(_tiered, case, cell, str(case.stated["usage.tier"]))


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


def scope_steps(case: Case, cell: Cell) -> tuple[Reason, ...]:
    asked = "scope", cell.dimension
    found = case.explained.get(asked)
    if found is None:
        found = case.explained[asked] = _scope_anew(case, cell)
    return found


def _scope_anew(case: Case, cell: Cell) -> tuple[Reason, ...]:
    found = case.gaps(cell)
    if not found:
        return (said_once(_inside_scope, case, cell),)
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
    if gap.name is None and (inner := contradicted(case, DECLARED_BY[gap.axis], cell.dimension)):
        message = f"its scope names {AXIS_NOUN[gap.axis]}s, and what the usage declares contradicts itself"
        locate = place_of(case, cell.dimension, "scope", gap.axis)
        return Reason("scope", "unknown", message, cell.dimension, inner, locate=locate, about=(gap.axis,))
    return said_once(_left_out, case, cell, gap.axis, gap.name, gap.outcome, others)


def _left_out(case: Case, cell: Cell, axis: Axis, name: str | None, outcome: Decision, others: Kinds) -> Reason:
    """A name that a scope does not reach, or not for certain; `others` are the kinds that all names tell."""
    locate = place_of(case, cell.dimension, "scope", axis)
    noun = AXIS_NOUN[axis]
    reach: Reach = getattr(cell.written.scope, axis)
    if name is None:
        declaration = _DECLARATION.get(axis, axis)
        message = f"its scope names {noun}s, and the usage declares none"
        missing = (undeclared(declaration, cell.dimension),)
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
    excluded = is_excluded(axis, name, reach.excluded or (), case.subject.offering)
    where = "excluded from the documented scope" if excluded else "outside the documented scope"
    message, about = f"{noun} `{name}` is {where}", (axis, "excluded" if excluded else "outside", name)
    remedy = Remedy("replace", name, _options(case, cell, name, axis, others))
    if case.observed:
        from .account_remedies import remedy_of_scope  # few bundles observe anything

        remedy = remedy_of_scope(case, DECLARED_BY[axis], name, remedy.options) or remedy
    return Reason("scope", "fail", message, cell.dimension, (), remedy, locate, about)


def _options(case: Case, cell: Cell, name: str, axis: Axis, others: Kinds) -> tuple[str, ...]:
    """What is inside and, of endpoints and models, of the kind that is in use: the same for all names of a kind."""
    kind = kind_of(axis, name) if axis == "endpoints" or axis == "models" else None
    asked = cell.dimension, axis, kind, others
    found = case.cells.options.get(asked)
    if found is None:
        found = case.cells.offer(asked, tuple(_inside(case, cell, name, axis, others)))
    return found


def _inside(case: Case, cell: Cell, name: str, axis: Axis, others: Kinds) -> Iterator[str]:
    reach: Reach = getattr(cell.written.scope, axis)
    for option in reach.only or ():
        if not is_excluded(axis, option, reach.excluded or (), case.subject.offering) and (
            (axis != "endpoints" and axis != "models") or may_stand_for(axis, option, name, others)
        ):
            yield option
