"""On which days a result can turn: the one place where they are collected.

In: a policy, a subject, what the policy rests on, a span of days. Out: days, as ordinals, so that no date overflows.
A day too many costs a judgement; a day too few would hide a turn. What decides is not judged here.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping

from msgspec import UnsetType

from ...declarations.observing import last_day, observations_of, standing
from ...evaluate.waivers import names
from ...logic import Value
from ...model.agreement import Agreement
from ...model.observation import Observation
from ...model.policy import Bundle, Policy
from ...model.registry import Cell
from ...model.subject import Subject
from .basis import Basis
from .day_rules import turning_days


class PossibleDays:
    """The days of a span on which results of one subject can turn; the bundle's waivers may be those that name it."""

    def __init__(self, subject: Subject, bundle: Bundle, span: range) -> None:
        self._subject = subject
        self._bundle = bundle
        self._span = span
        self._agreements: dict[str, frozenset[int]] = {}
        observations = observations_of(subject)
        self._observed = frozenset(day for one in observations for day in observation_days(one, bundle) if day in span)
        self._stated: list[Mapping[str, Value]] = [subject.stated]
        """Everything that can be stated on some day of the span."""
        if observations:
            starts = (span.start - 1, *sorted(self._observed))
            self._stated.extend(self._standing(datetime.date.fromordinal(day)) for day in starts)

    def _standing(self, day: datetime.date) -> Mapping[str, Value]:
        return standing(self._subject, day, self._bundle.observing, self._bundle.region_groups).stated

    def of(self, policy: Policy, basis: Basis) -> Iterable[int]:
        """The days on which a policy's result can turn."""
        found = {*_enforcement(policy), *self._waivers(policy), *self._observed}
        for cell in basis.cells:
            found.update(evidence_days(cell, self._bundle))
            if cell.agreement is not None:
                found.update(self._contract_days(cell))
        for kind in basis.kinds:
            found.update(self._agreement_days(kind))
        for day_rule in basis.day_rules:
            days = turning_days(day_rule, self._subject, self._stated, self._span)
            if days is self._span:
                return self._span
            found.update(days)
        return {day for day in found if day in self._span}

    def _waivers(self, policy: Policy) -> Iterator[int]:
        """The day after a waiver's last one, and the first on which it ends soon enough to be allowed."""
        longest = self._bundle.waiver_rules.max_days
        for waiver in self._bundle.waivers:
            last = waiver.written.expires.toordinal()
            days = [last + 1, last - longest] if isinstance(longest, int) else [last + 1]
            inside = [day for day in days if day in self._span]
            if inside and names(waiver, policy, self._subject):
                yield from inside

    def _agreement_days(self, kind: str) -> frozenset[int]:
        found = self._agreements.get(kind)
        if found is None:
            days = _ends(one for one in self._subject.agreements or () if one.kind == kind)
            found = self._agreements[kind] = frozenset(day for day in days if day in self._span)
        return found

    def _contract_days(self, cell: Cell) -> Iterator[int]:
        """The days on which a contract that a cell rests on, or another of its reference, begins or has ended."""
        every = (*(self._subject.agreements or ()), *self._subject.unreached)
        yield from _ends(one for one in every if one.reference == cell.agreement)


def _ends(agreements: Iterable[Agreement]) -> Iterator[int]:
    """The day on which each agreement begins, that of its review, and the first on which it has ended."""
    for one in agreements:
        if isinstance(one.signed, datetime.date):
            yield one.signed.toordinal()
        if not isinstance(one.reviewed, UnsetType):
            yield one.reviewed.on.toordinal()
        if isinstance(one.expires, datetime.date):
            yield one.expires.toordinal() + 1


def _enforcement(policy: Policy) -> Iterator[int]:
    if policy.enforce_from is not None:
        yield policy.enforce_from.toordinal()


def observation_days(observation: Observation, bundle: Bundle) -> Iterator[int]:
    """The day from which an observation counts, and the first on which it is too old."""
    yield observation.written.observed.toordinal()
    yield last_day(observation, bundle.observing).toordinal() + 1


def evidence_days(cell: Cell, bundle: Bundle) -> Iterator[int]:
    """The day on which evidence begins to count, the first on which it is too old, and the first after its end."""
    if cell.written.verified is not None:
        verified = cell.written.verified.toordinal()
        yield verified
        yield verified + bundle.registry.max_age(cell.dimension) + 1
    if cell.written.valid_until is not None:
        yield cell.written.valid_until.toordinal() + 1
