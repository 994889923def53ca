"""What is said of the register: names of usages and days in messages, and the words that text and Markdown share.

In: subjects, days, parts of reports. Out: plain text, not yet escaped.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, Literal

from msgspec import UnsetType

from ...logic.wording import count, few
from ...model.subject import Subject
from ...model.vocabulary import AgreementState
from ...report.finding import ROUTE
from ...report.unjudged import missing_words
from .model import (
    PolicyRuling,
    RegisterCheck,
    RegisterEntry,
    RegisterListing,
    Row,
    Shift,
    Succession,
    Termination,
    TerminationEffect,
    Terminations,
)
from .record import NOT_SAID, RECORD_COLUMNS

_MOST_NAMED: Final = 3
"""Names that are given one by one."""
_MOST_HARMLESS: Final = 20
"""Agreements without which nothing would change and which are named one by one."""
STATE: Final[Mapping[AgreementState, str]] = {
    "in_force": "in force",
    "not_yet": "not yet",
    "expired": "expired",
    "pending": "pending",
    "terminated": "terminated",
}
CHANGE: Final[Mapping[Literal[-1, 0, 1], Literal["worse", "better", "changed"]]] = {
    1: "worse",
    -1: "better",
    0: "changed",
}


def several(words: Sequence[str], more: str = "more") -> str:
    """A few, and how many there are beside."""
    return few(words, _MOST_NAMED, more)


def usage(subject: Subject) -> str:
    """A usage, its project and the offering."""
    return f"`{subject.usage}` of `{subject.manifest.project}` with {subject.name}"


def usages(subjects: Iterable[Subject]) -> str:
    """Some usages."""
    return several([usage(one) for one in subjects])


def period(begins: datetime.date, ends: datetime.date) -> str:
    """From a day to a day, either of which the calendar may not have."""
    start = "" if begins == datetime.date.min else f"from {begins} "
    return f"{start}without an end" if ends == datetime.date.max else f"{start}to {ends}"


def _last_day(row: Row) -> str:
    expires = row.entry.agreement.expires
    return "no end" if isinstance(expires, UnsetType) else expires.isoformat()


def _state_words(row: Row) -> str:
    """Where it stands; of what is to come, from when on."""
    return f"from {row.entry.agreement.signed}" if row.state == "not_yet" else STATE[row.state]


def _left(row: Row) -> str:
    return "" if row.days_left is None else count(row.days_left, "day")


COLUMNS: Final[Mapping[str, Callable[[Row], str]]] = {
    "offering": lambda row: row.offering or f"none matches {row.glob}",
    "kind": lambda row: row.entry.agreement.kind,
    "state": _state_words,
    "last day": _last_day,
    "left": _left,
    "projects": lambda row: ", ".join(row.entry.agreement.projects) or "none",
    "usages": lambda row: "" if row.usages is None else str(row.usages),
    "reference": lambda row: row.entry.reference or "",
    "no.": lambda row: str(row.entry.index + 1),
    "place": lambda row: f"{row.entry.location.path}:{row.entry.location.line}",
}
"""Of the register by offering and kind."""


def columns(found: RegisterListing) -> dict[str, Callable[[Row], str]]:
    """The columns that say something: usages only where manifests are given, what few entries say where one does."""
    told = {name: _said(tell) for name, tell in RECORD_COLUMNS.items() if any(tell(row.entry) for row in found.rows)}
    usual = {name: value for name, value in COLUMNS.items() if name != "usages" or found.evaluation.manifests}
    place = usual.pop("place")
    return {**usual, **told, "place": place}


def _said(tell: Callable[[RegisterEntry], str]) -> Callable[[Row], str]:
    return lambda row: tell(row.entry) or NOT_SAID


def listing_words(found: RegisterListing) -> str:
    """How much is shown, and where it stands."""
    states = {row.entry.index: row.state for row in found.rows}
    counts = Counter(states.values())
    parts = ", ".join(f"{counts[state]} {words}" for state, words in STATE.items() if counts[state])
    shown = f"{len(states)} of {count(found.entries, 'agreement')} as of {found.evaluation.as_of}"
    missing = missing_words(found.evaluation)
    return f"{missing}{shown}: {parts}" if parts else f"{missing}{shown}"


def check_words(found: RegisterCheck) -> str:
    """The counts."""
    counts, usages = found.counts, found.evaluation.summary.subjects
    looked = f"{count(found.entries, 'agreement')}, {count(usages, 'usage')} by all routes"
    numbers = ", ".join(count(counts[one], one) for one in ("error", "warning", "note"))
    return f"{missing_words(found.evaluation)}{looked}, as of {found.evaluation.as_of}: {numbers}"


def terminated_words(one: Termination) -> str:
    """What would be terminated, and what would follow."""
    losing = sum(not effect.harmless for effect in one.effects)
    names = ", ".join(entry.name for entry in one.entries)
    if not losing:
        return f"{names}: {_why_nothing(one)}"
    blocking = f", {count(one.blocking, 'result')} would begin to block" if one.blocking else ""
    if not any(effect.shifts for effect in one.effects):
        blocking = ", but no result"
    return f"without {names}: {count(losing, 'usage')} would be affected{blocking}"


def _why_nothing(one: Termination) -> str:
    """Why nothing would change."""
    if all(state != "in_force" for state in one.states):
        return ", ".join(dict.fromkeys(STATE[state] for state in one.states)) + ", so nothing would change"
    if one.effects:
        return "; ".join(dict.fromkeys(words for effect in one.effects for words in succession_words(effect)))
    if one.spare:
        return f"another agreement counts anyway for {count(one.spare, 'usage')}"
    return "no policy and no commitment of an offering in use depends on it"


def effect_words(effect: TerminationEffect) -> str:
    """Which usage."""
    subject = effect.subject
    return (
        f"usage `{subject.usage}`{ROUTE[subject.route]} with {subject.name}, "
        f"project `{subject.manifest.project}`: {'; '.join(succession_words(effect))}"
    )


def succession_words(effect: TerminationEffect) -> Iterator[str]:
    """What would count in place of each agreement."""
    for one in effect.successions:
        yield _succession(one, effect.harmless)


def _succession(one: Succession, harmless: bool) -> str:
    if one.successor is not None:
        return f"{one.successor.name} would take its place"
    return f"no other `{one.entry.agreement.kind}`" + (", and nothing would change" if harmless else "")


def loss_words(effect: TerminationEffect) -> Iterator[str]:
    """What would be covered no more, and each result that would be another."""
    for dimension in effect.lost:
        yield f"{dimension} would no longer be covered"
    for shift in effect.shifts:
        yield _shift(shift)


def _shift(shift: Shift) -> str:
    blocks = ", and begins to block" if shift.after.blocks and not shift.before.blocks else ""
    sides = f"{_state(shift.before, shift.after)} -> {_state(shift.after, shift.before)}{blocks}"
    return f"{shift.after.severity}[{shift.policy.id}] {CHANGE[shift.way]}: {sides}"


def _state(one: PolicyRuling, other: PolicyRuling) -> str:
    """An outcome, with how far its requirements are met where the other is the same."""
    words = one.outcome.replace("_", " ")
    if one.outcome != other.outcome:
        return words
    unmet = sum(decision != "pass" for decision in one.decisions)
    return f"{words}, {unmet} of {len(one.decisions)} requirements not met"


def parted(found: Terminations) -> tuple[list[Termination], list[Termination]]:
    """What would be missed, and what would not."""
    return [one for one in found.found if not one.harmless], [one for one in found.found if one.harmless]


def harmless_words(harmless: list[Termination]) -> Iterator[str]:
    """Why nothing would change, of so many as a reader looks through."""
    yield from (terminated_words(one) for one in harmless[:_MOST_HARMLESS])
    if len(harmless) > _MOST_HARMLESS:
        yield f"and {len(harmless) - _MOST_HARMLESS} more; the JSON report has all of them"


def closing_words(found: Terminations) -> str:
    """How many of them would be missed."""
    missed, _ = parted(found)
    blocking = sum(one.blocking > 0 for one in missed)
    missing = missing_words(found.evaluation)
    return (
        f"{missing}{count(len(found.found), 'termination')} tried as of {found.evaluation.as_of}: "
        f"{len(missed)} would change something, {blocking} would make results block"
    )
