"""Pairs of agreements that mean the same thing at the same time.

In: entries, the offerings that exist. Out: pairs of one kind, for a common offering, a common project and a common day.
Compared are only agreements that share an offering: a register of ten thousand has few of those for each.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

import msgspec

from ..evaluate.case import last_day
from ..logic.functions import is_glob
from ..model.agreement import Agreement
from ..model.agreements import Entry
from .globs import meet
from .register import Offerings, first_day


class Pair(msgspec.Struct, frozen=True):
    """Two agreements, the earlier of the register first."""

    first: Entry
    second: Entry
    begins: datetime.date
    """The first day that both have; the first of the calendar where nobody dated them."""
    ends: datetime.date
    """The last day that both have; the last of the calendar where there is no end."""


def pairs(entries: Iterable[Entry], offerings: Offerings) -> Iterator[Pair]:
    """The pairs, by the second agreement, then by the first."""
    shelves: dict[tuple[str, str], _Shelf] = {}
    for entry in entries:
        agreement = entry.agreement
        met: dict[int, Entry] = {}
        for offering in sorted(offerings.named(agreement)):
            shelf = shelves.setdefault((agreement.kind, offering), _Shelf())
            met.update((other.index, other) for other in shelf.sharing(agreement))
            shelf.put(entry)
        for _, other in sorted(met.items()):
            pair = _pair(other, entry)
            if pair.begins <= pair.ends:
                yield pair


def _pair(first: Entry, second: Entry) -> Pair:
    both = (first.agreement, second.agreement)
    return Pair(first, second, max(map(first_day, both)), min(map(last_day, both)))


class _Shelf:
    """The agreements of one kind for one offering, by project."""

    def __init__(self) -> None:
        self._plain: dict[str, list[Entry]] = {}
        self._globs: dict[str, list[Entry]] = {}

    def put(self, entry: Entry) -> None:
        for project in dict.fromkeys(entry.agreement.projects):
            (self._globs if is_glob(project) else self._plain).setdefault(project, []).append(entry)

    def sharing(self, agreement: Agreement) -> Iterator[Entry]:
        """Those that can be for a project of an agreement; one may come more than once."""
        for project in agreement.projects:
            if not is_glob(project):
                yield from self._plain.get(project, ()) if meet(project, project) else ()
            for texts in (self._globs, self._plain) if is_glob(project) else (self._globs,):
                for text, found in texts.items():
                    if meet(project, text):
                        yield from found


def shared_offerings(pair: Pair, offerings: Offerings) -> tuple[str, ...]:
    """The offerings that both are for."""
    return tuple(sorted(offerings.named(pair.first.agreement) & offerings.named(pair.second.agreement)))
