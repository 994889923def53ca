"""Pairs of agreements that mean the same thing at the same time.

In: entries, the offerings that exist. Out: pairs of one kind, for a common offering, a common project and a common day.
Compared are only agreements that share an offering: a register of ten thousand has few of those for each.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

import msgspec

from ...evaluate.calendar import first_day, last_day
from ...logic.functions import is_glob
from ...model.agreement import Agreement
from .globs import meet
from .model import RegisterEntry
from .register import OfferingMatches


class AgreementPair(msgspec.Struct, frozen=True):
    """Two agreements, the earlier of the register first."""

    first: RegisterEntry
    second: RegisterEntry
    begins: datetime.date
    """The first day that both have; the first of the calendar where nobody dated them."""
    ends: datetime.date
    """The last day that both have; the last of the calendar where there is no end."""


def pairs(entries: Iterable[RegisterEntry], offerings: OfferingMatches) -> Iterator[AgreementPair]:
    """The pairs, by the second agreement, then by the first."""
    groups = _ByOfferings()
    days: dict[int, tuple[datetime.date, datetime.date]] = {}
    for entry in entries:
        agreement, place = entry.agreement, entry.index
        named = offerings.named(agreement)
        first, last = days[place] = first_day(agreement), last_day(agreement)
        touching = groups.touching(agreement.kind, named)
        met = {other.index: other for group in touching for other in group.sharing(agreement)}
        groups.exactly(agreement.kind, named).put(entry)
        for index, other in sorted(met.items()):
            begins, ends = max(first, days[index][0]), min(last, days[index][1])
            if begins <= ends:
                yield AgreementPair(other, entry, begins, ends)


class _ByOfferings:
    """Agreements in groups, one for each kind and set of offerings; many agreements have few sets of offerings."""

    def __init__(self) -> None:
        self._exactly: dict[tuple[str, frozenset[str]], _ByProject] = {}
        self._by_offering: dict[tuple[str, str], list[_ByProject]] = {}

    def touching(self, kind: str, offerings: Iterable[str]) -> Iterable[_ByProject]:
        """The groups of a kind that have one of some offerings, each once."""
        found = (group for offering in offerings for group in self._by_offering.get((kind, offering), ()))
        return {id(group): group for group in found}.values()

    def exactly(self, kind: str, offerings: frozenset[str]) -> _ByProject:
        """The group of a kind for exactly these offerings."""
        found = self._exactly.get((kind, offerings))
        if found is None:
            found = self._exactly[kind, offerings] = _ByProject()
            for offering in offerings:
                self._by_offering.setdefault((kind, offering), []).append(found)
        return found


class _ByProject:
    """Agreements of one kind for the same offerings, by project."""

    def __init__(self) -> None:
        self._plain: dict[str, list[RegisterEntry]] = {}
        self._globs: dict[str, list[RegisterEntry]] = {}

    def put(self, entry: RegisterEntry) -> None:
        for project in dict.fromkeys(entry.agreement.projects):
            (self._globs if is_glob(project) else self._plain).setdefault(project, []).append(entry)

    def sharing(self, agreement: Agreement) -> Iterator[RegisterEntry]:
        """Those that can be for a project of an agreement; one may come more than once."""
        for project in agreement.projects:
            if not is_glob(project):
                yield from self._plain.get(project, ()) if meet(project, project) else ()
            for texts in (self._globs, self._plain) if is_glob(project) else (self._globs,):
                for text, found in texts.items():
                    if meet(project, text):
                        yield from found


def shared_offerings(pair: AgreementPair, offerings: OfferingMatches) -> tuple[str, ...]:
    """The offerings that both are for."""
    return tuple(sorted(offerings.named(pair.first.agreement) & offerings.named(pair.second.agreement)))
