"""What each waiver does for the results of an evaluation, and what is worth knowing of it.

In: the waivers of a bundle, results, the day. Out: the use of each, in their order; notices.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

import msgspec

from ..logic.globs import places
from ..logic.wording import and_more
from ..model.result import Notice, Result, WaiverUse
from ..model.vocabulary import Outcome
from ..model.waiver import Breach, Waiver, WaiverRule, WaiverState
from ..source import Place
from .calendar import left_words
from .waiver_index import WaiverIndex
from .waivers import has_ended

_SOON: Final = 30
"""Days."""
_MET: Final[Collection[Outcome]] = ("fail", "unknown", "waived")
"""Outcomes that a waiver is for."""
_BROKEN_AT: Final[Mapping[WaiverRule, str]] = {
    "max_days": "expires",
    "require_ticket": "policy",
    "forbid_self_approval": "approved_by",
    "forbid_policies": "policy",
    "fingerprint": "fingerprint",
}
"""The field of a waiver that breaks a rule."""
_Broken = dict[WaiverRule, tuple[Breach, list[Result]]]
"""Of each rule that one waiver breaks the first breach, and all results for which it does."""


def uses_of(waivers: WaiverIndex, results: Iterable[Result], as_of: datetime.date) -> tuple[WaiverUse, ...]:
    """What each waiver does for results."""
    met: list[list[Result]] = [[] for _ in waivers.waivers]
    void: dict[int, _Broken] = {}
    for result in results:
        if result.outcome in _MET:
            for place in places(waivers.of_result(result.policy, result.subject)):
                met[place].append(result)
            for one in result.void:
                broken = void.setdefault(id(one.waiver), {})
                for breach in one.breaches:
                    broken.setdefault(breach.rule, (breach, []))[1].append(result)
    return tuple(
        _use(waiver, tuple(those), void.get(id(waiver), {}), as_of)
        for waiver, those in zip(waivers.waivers, met, strict=True)
    )


def _use(waiver: Waiver, met: tuple[Result, ...], broken: _Broken, as_of: datetime.date) -> WaiverUse:
    void = tuple((breach, tuple(found)) for breach, found in broken.values())
    is_shown = any(result.waiver is waiver for result in met)
    return WaiverUse(waiver, state_of(waiver, as_of, is_shown, bool(void), bool(met)), met, void)


def state_of(waiver: Waiver, as_of: datetime.date, is_shown: bool, is_void: bool, is_met: bool) -> WaiverState:
    """Where a waiver stands on a day, by whether it meets results, and is shown with any, or void for any."""
    if has_ended(waiver, as_of):
        return "expired"
    if is_shown:
        return "ends_soon" if (waiver.written.expires - as_of).days <= _SOON else "in_use"
    if is_void:
        return "void"
    return "outlived" if is_met else "unused"


class Counted(msgspec.Struct, frozen=True):
    """Results of one waiver: how many, and the first of them by its name."""

    count: int
    first: str

    def __str__(self) -> str:
        return and_more(self.first, self.count - 1)


class ToldUse(msgspec.Struct, frozen=True):
    """What a waiver does, as far as notices tell it."""

    waiver: Waiver
    state: WaiverState
    met: Counted | None
    """None: it meets no result."""
    covered: Counted | None
    void: tuple[tuple[WaiverRule, str, Counted], ...]
    """Of each rule that it breaks the first breach in words, and the results for which it is void by that."""


def about_waivers(waivers: WaiverIndex, results: Iterable[Result], as_of: datetime.date) -> Iterator[Notice]:
    """The notices of waivers, in their order."""
    for use in uses_of(waivers, results, as_of):
        yield from notices_of(told_use(use), as_of)


def told_use(use: WaiverUse) -> ToldUse:
    """A use as far as notices tell it."""
    void = tuple((breach.rule, breach.words, _required(found)) for breach, found in use.void)
    return ToldUse(use.waiver, use.state, _counted(use.met), _counted(use.covered), void)


def notices_of(use: ToldUse, as_of: datetime.date) -> Iterator[Notice]:
    """What is worth knowing of a waiver."""
    expires, name = use.waiver.written.expires, f"the waiver of `{use.waiver.written.policy}`"
    if use.met is None:
        message = f"{name} meets no failing or unknown result"
        yield Notice("unused-waiver", "note", message, _at(use.waiver, "policy"))
    elif use.state == "expired":
        message = f"{name} expired on {expires} and no longer covers {use.met}"
        yield Notice("expired-waiver", "warning", message, _at(use.waiver, "policy"))
    for rule, words, void in use.void:
        message = f"{name} does not cover {void}: {words}"
        yield Notice("void-waiver", "warning", message, _at(use.waiver, _BROKEN_AT[rule]))
    if use.state == "ends_soon":
        left = left_words((expires - as_of).days)
        message = f"{name} ends on {expires}, {left}; it covers {use.covered}"
        yield Notice("waiver-ends-soon", "note", message, _at(use.waiver, "policy"))


def _at(waiver: Waiver, field: str) -> Place:
    return Place(waiver.source, ("waivers", waiver.index, field))


def _counted(results: Sequence[Result]) -> Counted | None:
    return _required(results) if results else None


def _required(results: Sequence[Result]) -> Counted:
    first = results[0]
    named = f"`{first.policy.id}` on usage `{first.subject.usage}` ({first.subject.name})"
    return Counted(len(results), named)
