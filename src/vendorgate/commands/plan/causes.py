"""Why a result turns on a day: which of the things that happen on it made it turn.

In: a policy, the cases of the day and of the day before, both rulings. Out: causes, each with its place.
Where several things happen on one day, the policy is asked again as if one of them had not happened, or none but it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from ...evaluate.case import Case, decision, last_day
from ...evaluate.judge import Ruling, decide, severity_in_effect
from ...evaluate.program import CompiledPolicy
from ...evaluate.wording import words
from ...logic import Value
from ...model.agreement import Agreement
from ...model.policy import Policy
from ...model.registry import Cell
from ...model.vocabulary import Decision
from ...model.waiver import Waiver
from .clocks import Clock
from .days import evidence_days
from .grounds import Grounds
from .model import Cause, CauseKind

Thing = tuple[str, str]
"""What can change from one day to the next: the evidence of a dimension, the agreement of a kind, the count of days."""
_COUNT: Thing = ("days", "")


def causes(
    compiled: CompiledPolicy, eve: Case, case: Case, before: Ruling, after: Ruling, grounds: Grounds
) -> tuple[Cause, ...]:
    """What made a result turn; `eve` is the case of the day before."""
    policy = compiled.policy
    found = [*_of_waivers(before, after, case.as_of), *_of_enforcement(policy, after, case.as_of)]
    if found and before.judged.outcome == after.judged.outcome and not _has_other_reasons(before, after):
        return tuple(found)
    moved: dict[Thing, list[Cause]] = {}
    for thing, cause in _moved(eve, case, grounds):
        moved.setdefault(thing, []).append(cause)
    things = _effective(compiled, eve, case, frozenset(moved)) if len(moved) > 1 else frozenset(moved)
    return (*(cause for thing, those in moved.items() if thing in things for cause in those), *found)


def _of_waivers(before: Ruling, after: Ruling, day: datetime.date) -> Iterator[Cause]:
    ended, begun = before.waiver, after.waiver
    if ended is not None and ended.written.expires < day and after.outcome in ("fail", "unknown"):
        yield _about_waiver(ended, "waiver-ends", f" ends on {ended.written.expires}")
    if ended is not None and _is_void(ended, after):
        says = " is void: the finding has other reasons than those it was given for"
        yield _about_waiver(ended, "waiver-void", says, "fingerprint")
    if begun is not None and _is_void(begun, before):
        yield _about_waiver(begun, "waiver-begins", f", which ends on {begun.written.expires}, becomes valid")


def _is_void(waiver: Waiver, ruling: Ruling) -> bool:
    return any(one.waiver is waiver for one in ruling.void)


def _has_other_reasons(before: Ruling, after: Ruling) -> bool:
    """Whether a waiver holds on one of two days alone because it was given for the reasons of that day."""
    pairs = ((before.waiver, after), (after.waiver, before))
    return any(
        breach.rule == "fingerprint"
        for waiver, other in pairs
        for void in other.void
        if void.waiver is waiver
        for breach in void.breaches
    )


def _about_waiver(waiver: Waiver, kind: CauseKind, says: str, field: str = "expires") -> Cause:
    written = waiver.written
    ticket = written.ticket if isinstance(written.ticket, str) else ""
    name = f"the waiver of `{written.policy}`{f' ({ticket})' if ticket else ''}"
    about = ("waiver", written.policy, written.project, written.usage, written.offering, ticket)
    location = waiver.source.locate_entry(("waivers", waiver.index, field))
    return Cause(kind, f"{name}{says}", location, about)


def _of_enforcement(policy: Policy, after: Ruling, day: datetime.date) -> Iterator[Cause]:
    eve = day - datetime.timedelta(days=1)
    if severity_in_effect(policy, after.judged, eve) != severity_in_effect(policy, after.judged, day):
        location = policy.source.locate_entry(("policies", policy.index, "enforce_from"))
        yield Cause("enforcement", f"policy `{policy.id}` is enforced from {day}", location, ("policy", policy.id))


def _moved(eve: Case, case: Case, grounds: Grounds) -> Iterator[tuple[Thing, Cause]]:
    """Everything that a policy rests on and that is not what it was on the day before."""
    for kind in grounds.kinds:
        for cause in _of_agreement(eve.agreement(kind), case.agreement(kind), case):
            yield ("agreement", kind), cause
    for cell in grounds.cells:
        if case.as_of.toordinal() in evidence_days(cell, case.program.bundle):
            yield ("evidence", cell.dimension), _of_evidence(cell, case)
    for clock in grounds.clocks:
        truths = [decision(one.program.evaluator(clock.tree)(None, one)) for one in (eve, case)]
        if truths[0] != truths[1]:
            yield _COUNT, _of_clock(clock, case)


def _of_agreement(before: Agreement | None, after: Agreement | None, case: Case) -> Iterator[Cause]:
    if before is not None and last_day(before) < case.as_of:
        yield _about_agreement(before, case, "agreement-ends", "expires", f"ends on {before.expires}")
    if after is not None and after.signed == case.as_of:
        yield _about_agreement(after, case, "agreement-begins", "signed", f"is in force from {after.signed}")


def _about_agreement(agreement: Agreement, case: Case, kind: CauseKind, field: str, says: str) -> Cause:
    register = case.program.bundle.register
    assert register is not None
    index = next(index for index, one in enumerate(register.agreements) if one is agreement)
    reference = agreement.reference if isinstance(agreement.reference, str) else ""
    name = f"agreement `{agreement.kind}`{f' ({reference})' if reference else ''}"
    about = ("agreement", agreement.kind, reference, *agreement.offerings, "", *agreement.projects)
    return Cause(kind, f"{name} {says}", register.source.locate_entry(("agreements", index, field)), about)


def _of_evidence(cell: Cell, case: Case) -> Cause:
    offering, verified = case.subject.offering, cell.written.verified
    location = offering.source.locate_entry(("dimensions", cell.dimension, "verified"))
    about = ("evidence", offering.id, cell.dimension)
    name = f"the evidence of {cell.dimension} for {offering.id}"
    if verified == case.as_of:
        return Cause("evidence-begins", f"{name} counts from {verified}, when it is verified", location, about)
    most = case.demands.max_age(cell.dimension)
    age = f"{most} day{'' if most == 1 else 's'}"
    return Cause("evidence-ages", f"{name}, verified on {verified}, is older than {age}", location, about)


def _of_clock(clock: Clock, case: Case) -> Cause:
    holds = decision(case.program.evaluator(clock.tree)(None, case))
    says = {"pass": "holds from this day", "fail": "holds no longer", "unknown": "is no longer known"}[holds]
    location = clock.locate()
    about = ("days", location.path, words(clock.tree))
    return Cause("days", f"{words(clock.tree)}: {says}", location, about)


def _effective(compiled: CompiledPolicy, eve: Case, case: Case, moved: frozenset[Thing]) -> frozenset[Thing]:
    """The things without which it would not have turned, and those that would have made it turn by themselves.

    Where there is no such thing, it took several of them, and all are named.
    """
    before, after = decide(compiled, eve), decide(compiled, case)
    outcomes = before.outcome != after.outcome

    def same(things: frozenset[Thing], other: object) -> bool:
        found = decide(compiled, Mixed(eve, case, things))
        return (found.outcome if outcomes else found) == other

    was = before.outcome if outcomes else before
    comes = after.outcome if outcomes else after
    found = {one for one in moved if not same(moved - {one}, comes) or not same(frozenset({one}), was)}
    return frozenset(found) or moved


class Mixed(Case):
    """A case of the day before in which some things, and no others, are already as they are on the day."""

    __slots__ = ("_eve", "_moved", "_next")

    def __init__(self, eve: Case, case: Case, moved: Iterable[Thing]) -> None:
        self._eve = eve
        self._next = case
        self._moved = frozenset(moved)
        super().__init__(eve.subject, eve.program, self._of(_COUNT).as_of)

    def _of(self, thing: Thing) -> Case:
        return self._next if thing in self._moved else self._eve

    def evidence(self, cell: Cell) -> Decision:
        return self._of(("evidence", cell.dimension)).evidence(cell)

    def registry(self, dimension: str, field: str, below: list[str]) -> Value:
        return self._of(("evidence", dimension)).registry(dimension, field, below)

    def agreement(self, kind: str) -> Agreement | None:
        return self._of(("agreement", kind)).agreement(kind)
