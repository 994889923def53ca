"""Totals in words and tables: what every format says first.

In: a fleet. Out: tables of which each row leads to its subjects.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

import msgspec

from .linking import NOUNS, Name, fragment, shown
from .model import Facet, Fleet, Tally

_ROWS: Final = 40
"""Rows of a table; what is left is told in one."""
TABLES: Final[tuple[Facet, ...]] = ("data", "platform", "team", "region", "place")
_TITLES: Final = {facet: f"By {NOUNS[facet][0]}" for facet in TABLES}


class TotalRow(msgspec.Struct, frozen=True):
    """What has something in common."""

    words: str
    beside: str
    """A title; mostly empty."""
    tally: Tally
    facet: str
    value: str

    def link(self, **more: str) -> str:
        return fragment(**{self.facet: self.value}, **more)


class TotalTable(msgspec.Struct, frozen=True):
    """A table of counts."""

    id: str
    title: str
    noun: str
    rows: tuple[TotalRow, ...]


class Kind(msgspec.Struct, frozen=True):
    """How many rows of a kind there are."""

    id: str
    severity: str
    many: int
    repositories: int
    link: str


def by_policy(fleet: Fleet) -> TotalTable:
    """Results by policy: those with most that blocks first."""
    order = sorted(range(len(fleet.policies)), key=lambda number: _rank(fleet.policies[number].tally, number))
    rows = (fleet.policies[number] for number in order)
    return TotalTable(
        "by-policy",
        "By policy",
        "policy",
        tuple(TotalRow(one.id, one.title if one.title != one.id else "", one.tally, "policy", one.id) for one in rows),
    )


def _rank(tally: Tally, number: int) -> tuple[int, ...]:
    return (-tally.blocks, *(-one for one in tally.outcomes), number)


def tables(fleet: Fleet) -> tuple[TotalTable, ...]:
    """Results by policy, then subjects by what they have in common."""
    return (by_policy(fleet), *(_table(fleet, facet) for facet in TABLES if fleet.names[facet]))


def _table(fleet: Fleet, facet: Facet) -> TotalTable:
    names = shown(fleet, facet, _ROWS)
    tallies = fleet.tallies[facet]
    rows = [TotalRow(name.words, "", tally, facet, name.value) for name, tally in zip(names, tallies, strict=False)]
    if len(tallies) > len(names):
        rows[-1] = _together(names[-1], fleet, facet, len(names) - 1)
    return TotalTable(f"by-{facet}", _TITLES[facet], NOUNS[facet][0], tuple(rows))


def _together(name: Name, fleet: Fleet, facet: Facet, room: int) -> TotalRow:
    """Those that have no row of their own; of classes of data a subject may have several of them."""
    if facet == "data":
        pairs = zip(fleet.cases, fleet.of_case, strict=True)
        tallies = [case.tally(many) for case, many in pairs if max(case.data) >= room]
    else:
        tallies = [*fleet.tallies[facet][room:]]
    total = tallies[0]
    for one in tallies[1:]:
        total = total.plus(one)
    return TotalRow(name.words, "", total, facet, name.value)


def drift_kinds(fleet: Fleet) -> tuple[Kind, ...]:
    """Drift by what it is."""
    found = Counter((one.severity, one.id) for one in fleet.drift)
    where = Counter(
        (severity, id) for severity, id, _ in {(one.severity, one.id, one.repository) for one in fleet.drift}
    )
    order = {(one.severity, one.id): None for one in fleet.drift}
    return tuple(
        Kind(id, severity, found[severity, id], where[severity, id], fragment(list="drift", kind=id, severity=severity))
        for severity, id in order
    )


def notice_kinds(fleet: Fleet) -> tuple[Kind, ...]:
    """Notices by what they are."""
    found = Counter((one.severity, one.id) for one in fleet.notices)
    order = {(one.severity, one.id): None for one in fleet.notices}
    return tuple(
        Kind(id, severity, found[severity, id], 0, fragment(list="notices", kind=id, severity=severity))
        for severity, id in order
    )
