"""Agreements that overlap, that contradict each other, or that contradict themselves.

In: an inquiry. Out: findings: one for the later agreement of each pair, which names the first of the others and counts
the rest. What is over is history and is not told.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec
from msgspec import UnsetType

from ..evaluate.case import last_day
from ..model.agreements import Entry, Finding, FindingId
from ..model.vocabulary import AgreementStatus, Severity
from .inquiry import Inquiry
from .pairs import Pair, pairs, shared_offerings
from .register import Offerings, first_day
from .wording import period, several

_MOST_RELATED: Final = 10


class Clash(msgspec.Struct, frozen=True):
    """What is wrong with a pair, without the days and offerings."""

    id: FindingId
    severity: Severity
    words: str
    help: str


class _Told:
    """The first pair of some kind for an agreement, and the others of them."""

    def __init__(self, clash: Clash, pair: Pair) -> None:
        self.clash = clash
        self.pair = pair
        self.others = [pair.first]
        self.count = 1

    def add(self, pair: Pair) -> None:
        self.count += 1
        if len(self.others) < _MOST_RELATED:
            self.others.append(pair.first)


def clashes(inquiry: Inquiry) -> Iterator[Finding]:
    """`overlap`, and `contradiction` of two agreements."""
    told: dict[tuple[int, FindingId, Severity], _Told] = {}
    for pair in pairs(inquiry.entries, inquiry.offerings):
        clash = _clash(pair) if pair.ends >= inquiry.as_of else None
        if clash is None:
            continue
        key = pair.second.index, clash.id, clash.severity
        if key in told:
            told[key].add(pair)
        else:
            told[key] = _Told(clash, pair)
    for found in told.values():
        yield _finding(found, inquiry.offerings)


def _finding(told: _Told, offerings: Offerings) -> Finding:
    pair, clash = told.pair, told.clash
    named = several(shared_offerings(pair, offerings))
    more = f"; the same with {told.count - 1} more" if told.count > 1 else ""
    message = f"{clash.words}, {period(pair.begins, pair.ends)}, for {named}{more}"
    entry = pair.second
    where = (*entry.path, "kind")
    return Finding(clash.id, clash.severity, message, clash.help, entry.source, where, tuple(told.others))


def _clash(pair: Pair) -> Clash | None:
    first, second = pair.first.agreement, pair.second.agreement
    statuses = {first.status, second.status}
    if statuses == {"executed", "terminated"}:
        return _ended_and_not(pair)
    if _same_paper(pair) and (contradiction := _two_versions(pair, statuses)) is not None:
        return contradiction
    return _overlap(pair) if statuses == {"executed"} else None


def _ended_and_not(pair: Pair) -> Clash:
    """One is terminated and the other executed; a later one has replaced what is terminated."""
    ended, going = sorted((pair.first, pair.second), key=lambda entry: entry.agreement.status == "executed")
    signed = ended.agreement.signed
    if not isinstance(signed, UnsetType) and first_day(going.agreement) > signed:
        words = f"{ended.name} is terminated but says no earlier end, and {going.name} followed it"
        return Clash("contradiction", "note", words, "write the day on which it was terminated as its `expires`")
    words = f"{ended.name} is terminated and {going.name} is executed"
    help = f"correct one of the two; until then {going.filed} counts"
    return Clash("contradiction", "error", words, help)


def _same_paper(pair: Pair) -> bool:
    return pair.first.reference is not None and pair.first.reference == pair.second.reference


def _two_versions(pair: Pair, statuses: set[AgreementStatus]) -> Clash | None:
    """What two entries of one paper say, where it cannot both be true; a renewal under the same reference can."""
    first, second = pair.first.agreement, pair.second.agreement
    if statuses == {"executed"} and not _agree(pair):
        words = f"{pair.first.name} stands twice, {_days(pair.first)} and {_days(pair.second)}"
        return Clash("contradiction", "error", words, "keep the entry that is true")
    if len(statuses) == 2 and first.signed == second.signed and not isinstance(first.signed, UnsetType):
        words = f"{pair.first.name} stands twice, {first.status} and {second.status}"
        return Clash("contradiction", "error", words, "keep the entry that is true")
    return None


def _agree(pair: Pair) -> bool:
    """Whether both have the same days, or the one signed later renews the other."""
    days = sorted((first_day(one.agreement), last_day(one.agreement)) for one in (pair.first, pair.second))
    (signed, ends), (later, later_end) = days
    return days[0] == days[1] or (signed < later and ends < later_end)


def _days(entry: Entry) -> str:
    ends = last_day(entry.agreement)
    until = "without an end" if isinstance(entry.agreement.expires, UnsetType) else f"until {ends}"
    return f"signed {first_day(entry.agreement)} {until}"


def _overlap(pair: Pair) -> Clash:
    ends = [last_day(one.agreement) for one in (pair.first, pair.second)]
    counts = pair.second if ends[1] > ends[0] else pair.first
    why = "it stands first" if ends[0] == ends[1] else "it ends last"
    words = f"{pair.first.name} and {pair.second.name} overlap; {counts.filed} counts, because {why}"
    help = "let one end where the other begins, or narrow its offerings or projects, unless both are meant"
    return Clash("overlap", "note", words, help)


def odd_days(inquiry: Inquiry) -> Iterator[Finding]:
    """`contradiction` of an agreement with the day that it is."""
    for entry in inquiry.entries:
        agreement = entry.agreement
        if agreement.status == "pending" and last_day(agreement) < inquiry.as_of:
            message = f"{entry.name} is still pending, and its last day was {agreement.expires}"
            yield _odd(entry, "expires", message, "write what became of it, or take it out")
        elif agreement.status == "executed" and first_day(agreement) > inquiry.as_of:
            message = f"{entry.name} is executed, and signed on {agreement.signed}, a day to come"
            yield _odd(entry, "signed", message, "write `pending` until it is signed, or correct the day")


def _odd(entry: Entry, field: str, message: str, help: str) -> Finding:
    return Finding("contradiction", "warning", message, help, entry.source, (*entry.path, field))
