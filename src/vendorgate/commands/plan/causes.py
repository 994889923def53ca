"""Why a result turns on a day: which of the things that happen on it made it turn.

In: a policy, the cases of the day and of the day before, both rulings. Out: causes, each with its place. Where several
things happen on one day, the policy is asked again as if one of them had not happened, and as if none but that one had.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from msgspec import UnsetType

from ...declarations.observing import Standing, counts, observations_of, standing_by
from ...declarations.observing import last_day as last_day_of_observation
from ...evaluate.calendar import last_day
from ...evaluate.case import Case, decision
from ...evaluate.judge import Ruling, decide, severity_in_effect
from ...evaluate.observations import account_words, observe_again
from ...evaluate.program import CompiledPolicy
from ...evaluate.stepwise import StepwiseCase
from ...evaluate.wording import words
from ...logic import Value
from ...logic.wording import count
from ...model.agreement import Agreement
from ...model.manifest import RouteName
from ...model.observation import Observation
from ...model.policy import Policy
from ...model.registry import Cell
from ...model.vocabulary import Decision
from ...model.waiver import Waiver
from .basis import Basis
from .day_rules import DayRule
from .days import evidence_days, observation_days
from .model import CauseKind, TurnCause

Happening = tuple[str, str]
"""What can happen from one day to the next, to: the evidence of a dimension, the agreement of a kind, an observation,
the count of days."""
_COUNT: Happening = ("days", "")


def causes(
    compiled: CompiledPolicy, day_before: Case, case: Case, before: Ruling, after: Ruling, basis: Basis
) -> tuple[TurnCause, ...]:
    """What made a result turn; `day_before` is the case of the day before."""
    policy = compiled.policy
    found = [*_of_waivers(before, after, case.as_of), *_of_enforcement(policy, after, case.as_of)]
    if found and before.judged.outcome == after.judged.outcome and not _has_other_reasons(before, after):
        return tuple(found)
    happened: dict[Happening, list[TurnCause]] = {}
    for happening, cause in _happened(day_before, case, basis):
        happened.setdefault(happening, []).append(cause)
    enough = _effective(compiled, day_before, case, frozenset(happened)) if len(happened) > 1 else frozenset(happened)
    return (*(cause for happening, those in happened.items() if happening in enough for cause in those), *found)


def _of_waivers(before: Ruling, after: Ruling, day: datetime.date) -> Iterator[TurnCause]:
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


def _about_waiver(waiver: Waiver, kind: CauseKind, says: str, field: str = "expires") -> TurnCause:
    written = waiver.written
    ticket = written.ticket if isinstance(written.ticket, str) else ""
    name = f"the waiver of `{written.policy}`{f' ({ticket})' if ticket else ''}"
    named = {"account": written.account, "vendor": written.vendor}
    beside = [f"{field} {text}" for field, text in named.items() if isinstance(text, str)]
    about = ("waiver", written.policy, written.project, written.usage, written.offering, *beside, ticket)
    location = waiver.source.locate_entry(("waivers", waiver.index, field))
    return TurnCause(kind, f"{name}{says}", location, about)


def _of_enforcement(policy: Policy, after: Ruling, day: datetime.date) -> Iterator[TurnCause]:
    day_before = day - datetime.timedelta(days=1)
    if severity_in_effect(policy, after.judged, day_before) != severity_in_effect(policy, after.judged, day):
        location = policy.source.locate_entry(("policies", policy.index, "enforce_from"))
        yield TurnCause("enforcement", f"policy `{policy.id}` is enforced from {day}", location, ("policy", policy.id))


def _happened(day_before: Case, case: Case, basis: Basis) -> Iterator[tuple[Happening, TurnCause]]:
    """Everything that a policy rests on and that is not what it was on the day before."""
    for kind in basis.kinds:
        for cause in _of_agreement(day_before.agreement(kind), case.agreement(kind), case):
            yield ("agreement", kind), cause
    for cell in basis.cells:
        for cause in _of_agreement(day_before.contract(cell), case.contract(cell), case) if cell.agreement else ():
            yield ("contract", cell.dimension), cause
        if case.as_of.toordinal() in evidence_days(cell, case.program.bundle):
            yield ("evidence", cell.dimension), _of_evidence(cell, case)
    for one in observations_of(case.subject):
        if case.as_of.toordinal() in observation_days(one, case.program.bundle):
            yield _observation(one), _of_observation(one, case)
    for day_rule in basis.day_rules:
        truths = [decision(one.program.evaluator(day_rule.tree)(None, one)) for one in (day_before, case)]
        if truths[0] != truths[1]:
            yield _COUNT, _of_day_rule(day_rule, case)


def _of_agreement(before: Agreement | None, after: Agreement | None, case: Case) -> Iterator[TurnCause]:
    if before is not None and last_day(before) < case.as_of:
        yield _about_agreement(before, case, "agreement-ends", "expires", f"ends on {before.expires}")
    if after is not None and after.signed == case.as_of:
        yield _about_agreement(after, case, "agreement-begins", "signed", f"is in force from {after.signed}")
    if after is not None and not isinstance(after.reviewed, UnsetType) and after.reviewed.on == case.as_of:
        says = f"is reviewed on {after.reviewed.on}"
        yield _about_agreement(after, case, "agreement-reviewed", "reviewed", says)


def _about_agreement(agreement: Agreement, case: Case, kind: CauseKind, field: str, says: str) -> TurnCause:
    register = case.program.bundle.register
    assert register is not None
    index = register.index.place(agreement)
    assert index is not None
    reference = agreement.reference if isinstance(agreement.reference, str) else ""
    name = f"agreement `{agreement.kind}`{f' ({reference})' if reference else ''}"
    about = ("agreement", agreement.kind, reference, *agreement.offerings, "", *agreement.projects)
    return TurnCause(kind, f"{name} {says}", register.source.locate_entry(("agreements", index, field)), about)


def _of_evidence(cell: Cell, case: Case) -> TurnCause:
    offering, verified = case.subject.offering, cell.written.verified
    location = offering.source_of(cell.dimension).locate_entry(("dimensions", cell.dimension, "verified"))
    about = ("evidence", offering.id, cell.dimension)
    name = f"the evidence of {cell.dimension} for {offering.id}"
    if verified == case.as_of:
        return TurnCause("evidence-begins", f"{name} counts from {verified}, when it is verified", location, about)
    most = case.demands.max_age(cell.dimension)
    age = count(most, "day")
    return TurnCause("evidence-ages", f"{name}, verified on {verified}, is older than {age}", location, about)


def _observation(one: Observation) -> Happening:
    return "observation", one.source.path


def _of_observation(one: Observation, case: Case) -> TurnCause:
    written = one.written
    location = one.source.locate_entry(("observed",))
    whose = account_words(RouteName(written.offering, written.account))
    about = ("observation", written.offering, written.account or "", "attested" if one.is_attested else "read")
    if written.observed == case.as_of:
        says = f"what was observed of {whose} counts from {written.observed}, when it was read"
        return TurnCause("observation-begins", says, location, about)
    most = (last_day_of_observation(one, case.program.bundle.observing) - written.observed).days
    says = f"what was observed of {whose} on {written.observed} is older than {count(most, 'day')}"
    return TurnCause("observation-ages", says, location, about, f"have {observe_again(one)} read it again")


def _of_day_rule(day_rule: DayRule, case: Case) -> TurnCause:
    holds = decision(case.program.evaluator(day_rule.tree)(None, case))
    says = {"pass": "holds from this day", "fail": "holds no longer", "unknown": "is no longer known"}[holds]
    location = day_rule.locate()
    about = ("days", location.path, words(day_rule.tree))
    return TurnCause("days", f"{words(day_rule.tree)}: {says}", location, about)


def _effective(
    compiled: CompiledPolicy, day_before: Case, case: Case, happened: frozenset[Happening]
) -> frozenset[Happening]:
    """What it would not have turned without, and what would have made it turn by itself.

    Where there is nothing of either kind, it took several together, and all are named.
    """
    before, after = decide(compiled, day_before), decide(compiled, case)
    outcomes = before.outcome != after.outcome

    def same(some: frozenset[Happening], other: object) -> bool:
        found = decide(compiled, MixedCase(day_before, case, some))
        return (found.outcome if outcomes else found) == other

    was = before.outcome if outcomes else before
    comes = after.outcome if outcomes else after
    found = {one for one in happened if not same(happened - {one}, comes) or not same(frozenset({one}), was)}
    return frozenset(found) or happened


class MixedCase(StepwiseCase):
    """A case of the day before in which some of what happens on the day, and nothing else, has happened already."""

    __slots__ = ("_day_before", "_happened", "_next")

    def __init__(self, day_before: Case, case: Case, happened: Iterable[Happening]) -> None:
        self._day_before = day_before
        self._next = case
        self._happened = frozenset(happened)
        super().__init__(day_before.subject, day_before.program, self._of(_COUNT).as_of)

    def _of(self, happening: Happening) -> Case:
        return self._next if happening in self._happened else self._day_before

    def evidence(self, cell: Cell) -> Decision:
        return self._of(("evidence", cell.dimension)).evidence(cell)

    def is_read(self, cell: Cell) -> bool:
        return self._of(("evidence", cell.dimension)).is_read(cell)

    def standing(self) -> Standing:
        rules = self.program.bundle.observing

        def is_counted(one: Observation) -> bool:
            return counts(one, self._of(_observation(one)).as_of, rules)

        return standing_by(self.subject, is_counted, self.region_groups)

    def agreement(self, kind: str) -> Agreement | None:
        return self._of(("agreement", kind)).agreement(kind)

    def agreement_field(self, kind: str, field: str) -> Value:
        return self._of(("agreement", kind)).agreement_field(kind, field)

    def contract(self, cell: Cell) -> Agreement | None:
        return self._of(("contract", cell.dimension)).contract(cell)
