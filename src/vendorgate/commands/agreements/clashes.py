"""Agreements that overlap, that contradict each other, or that contradict themselves.

In: an inquiry. Out: findings: one for the later agreement of each pair, which names the first of the others and counts
the rest. Days that are over are of no interest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

import msgspec
from msgspec import UnsetType

from ...evaluate.calendar import first_day, last_day
from ...model.vocabulary import Severity
from .inquiry import Inquiry
from .model import AgreementFinding, FindingId, RegisterEntry
from .pairs import AgreementPair, pairs, shared_offerings
from .register import OfferingMatches
from .wording import period, several

_MOST_RELATED: Final = 10


class Clash(msgspec.Struct, frozen=True):
    """A way in which two agreements do not go together."""

    id: FindingId
    severity: Severity
    words: Callable[[AgreementPair], str]
    """What is wrong, without the days and offerings; asked for once for many pairs."""
    help: str


class _SameClash:
    """The pairs of one agreement that clash in the same way: the first, and the others."""

    def __init__(self, clash: Clash, pair: AgreementPair) -> None:
        self.clash = clash
        self.pair = pair
        self.others = [pair.first]
        self.count = 1

    def add(self, pair: AgreementPair) -> None:
        self.count += 1
        if len(self.others) < _MOST_RELATED:
            self.others.append(pair.first)


def clashes(inquiry: Inquiry) -> Iterator[AgreementFinding]:
    """`overlap`, and `contradiction` of two agreements."""
    same: dict[tuple[int, int], _SameClash] = {}
    for pair in pairs(inquiry.entries, inquiry.offerings):
        clash = _clash(pair) if pair.ends >= inquiry.as_of else None
        if clash is None:
            continue
        key = pair.second.index, id(clash)
        if key in same:
            same[key].add(pair)
        else:
            same[key] = _SameClash(clash, pair)
    for found in same.values():
        yield _finding(found, inquiry.offerings)


def _finding(same: _SameClash, offerings: OfferingMatches) -> AgreementFinding:
    pair, clash = same.pair, same.clash
    named = several(shared_offerings(pair, offerings))
    more = f"; the same with {same.count - 1} more" if same.count > 1 else ""
    message = f"{clash.words(pair)}, {period(pair.begins, pair.ends)}, for {named}{more}"
    entry = pair.second
    where = (*entry.path, "kind")
    return AgreementFinding(clash.id, clash.severity, message, clash.help, entry.source, where, tuple(same.others))


def _clash(pair: AgreementPair) -> Clash | None:
    first, second = pair.first.agreement, pair.second.agreement
    executed = (first.status == "executed") + (second.status == "executed")
    if executed == 1 and "terminated" in (first.status, second.status):
        return _FOLLOWED if _followed(pair) else _ENDED_AND_NOT
    if _same_paper(pair):
        if executed == 2 and not _agree(pair):
            return _TWO_PERIODS
        if first.status != second.status and first.signed == second.signed and not isinstance(first.signed, UnsetType):
            return _TWO_STATES
    return _OVERLAP if executed == 2 else None


def _same_paper(pair: AgreementPair) -> bool:
    reference = pair.first.agreement.reference
    return not isinstance(reference, UnsetType) and reference == pair.second.agreement.reference


def _agree(pair: AgreementPair) -> bool:
    """Whether both have the same days, or the one signed later renews the other under the same reference."""
    days = sorted((first_day(one.agreement), last_day(one.agreement)) for one in (pair.first, pair.second))
    (signed, ends), (later, later_end) = days
    return days[0] == days[1] or (signed < later and ends < later_end)


def _parted(pair: AgreementPair) -> tuple[RegisterEntry, RegisterEntry]:
    """The one that is terminated, and the one that is executed."""
    return (pair.second, pair.first) if pair.first.agreement.status == "executed" else (pair.first, pair.second)


def _followed(pair: AgreementPair) -> bool:
    """Whether the executed one was signed later, and so has replaced what is terminated."""
    ended, going = _parted(pair)
    signed = ended.agreement.signed
    return not isinstance(signed, UnsetType) and first_day(going.agreement) > signed


def _followed_words(pair: AgreementPair) -> str:
    ended, going = _parted(pair)
    return f"{ended.name} is terminated but says no earlier end, and {going.name} followed it"


def _ended_and_not_words(pair: AgreementPair) -> str:
    ended, going = _parted(pair)
    return f"{ended.name} is terminated and {going.name} is executed"


def _two_periods_words(pair: AgreementPair) -> str:
    return f"{pair.first.name} stands twice, {_days(pair.first)} and {_days(pair.second)}"


def _days(entry: RegisterEntry) -> str:
    ends = last_day(entry.agreement)
    until = "without an end" if isinstance(entry.agreement.expires, UnsetType) else f"until {ends}"
    return f"signed {first_day(entry.agreement)} {until}"


def _two_states_words(pair: AgreementPair) -> str:
    return f"{pair.first.name} stands twice, {pair.first.agreement.status} and {pair.second.agreement.status}"


def _overlap_words(pair: AgreementPair) -> str:
    ends = [last_day(one.agreement) for one in (pair.first, pair.second)]
    counts = pair.second if ends[1] > ends[0] else pair.first
    why = "it stands first" if ends[0] == ends[1] else "it ends last"
    return f"{pair.first.name} and {pair.second.name} overlap; {counts.filed} counts, because {why}"


_ONE_IS_TRUE: Final = "keep the entry that is true"
_FOLLOWED: Final = Clash(
    "contradiction", "note", _followed_words, "write the day on which it was terminated as its `expires`"
)
_ENDED_AND_NOT: Final = Clash(
    "contradiction", "error", _ended_and_not_words, "correct one of the two; until then the executed one counts"
)
_TWO_PERIODS: Final = Clash("contradiction", "error", _two_periods_words, _ONE_IS_TRUE)
_TWO_STATES: Final = Clash("contradiction", "error", _two_states_words, _ONE_IS_TRUE)
_OVERLAP: Final = Clash(
    "overlap",
    "note",
    _overlap_words,
    "let one end where the other begins, or narrow its offerings or projects, unless both are meant",
)


def odd_days(inquiry: Inquiry) -> Iterator[AgreementFinding]:
    """`contradiction` of an agreement with the day that it is."""
    for entry in inquiry.entries:
        agreement = entry.agreement
        if agreement.status == "pending" and last_day(agreement) < inquiry.as_of:
            message = f"{entry.name} is still pending, and its last day was {agreement.expires}"
            yield _odd(entry, "expires", message, "write what became of it, or take it out")
        elif agreement.status == "executed" and first_day(agreement) > inquiry.as_of:
            message = f"{entry.name} is executed, and signed on {agreement.signed}, a day to come"
            yield _odd(entry, "signed", message, "write `pending` until it is signed, or correct the day")


def _odd(entry: RegisterEntry, field: str, message: str, help: str) -> AgreementFinding:
    return AgreementFinding("contradiction", "warning", message, help, entry.source, (*entry.path, field))
