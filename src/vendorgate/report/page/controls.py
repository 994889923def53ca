"""An evaluation by control, in the order and the pieces in which the page shows it.

In: an evaluation. Out: plain text in frozen pieces, not yet escaped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

import msgspec

from ...model.evaluation import Evaluation
from ...model.result import Result
from ...model.vocabulary import Outcome
from ..controls import STANDINGS, ControlGroup, FrameworkGroup, ServedBy, Standing, grouped_by_control
from ..controls_told import about, off_words, said_words, standings_words, support_words, whose_words
from ..resting import ALONE
from ..surroundings import Surroundings
from .reference import Reference, reference
from .view import OUTCOMES, WANTING

MARKS: Final[Mapping[Standing, Outcome]] = {
    "falls_short": "fail",
    "unknown": "unknown",
    "waived": "waived",
    "on_claims_alone": "pass",
    "passes": "pass",
    "not_applicable": "not_applicable",
    "not_addressed": "not_applicable",
}
"""The sign and the colours of each standing."""
_OPEN: Final = 6
"""Controls that fall short or are not known: so many are shown open at once; of more, a reader opens what matters."""
_NO_CONTROL: Final = "Policies without a control"
_USAGES: Final = 40
"""Of a policy that are named; the rest is counted, and stands in the results."""


class Count(msgspec.Struct, frozen=True):
    """How many results come to something."""

    outcome: Outcome
    word: str
    number: int


class ShortView(msgspec.Struct, frozen=True):
    """A result that does not pass."""

    anchor: str
    """Where its reasons stand in the page."""
    outcome: Outcome
    word: str
    whose: str


class PolicyView(msgspec.Struct, frozen=True):
    """A policy that serves the control."""

    id: str
    title: str
    counts: tuple[Count, ...]
    short: tuple[ShortView, ...]
    more: int
    """How many further ones there are."""


class SupportView(msgspec.Struct, frozen=True):
    """One thing that passes rest on."""

    words: str
    source: Reference | None
    """Where it can be read; in the words where it is no address."""


class ControlView(msgspec.Struct, frozen=True):
    """A control."""

    id: str
    title: str
    standing: str
    """In words; empty of what names no control."""
    mark: Outcome
    is_open: bool
    counts: tuple[Count, ...]
    policies: tuple[PolicyView, ...]
    supports: tuple[SupportView, ...]
    said: tuple[str, ...]
    off: tuple[str, ...]

    @property
    def has_more(self) -> bool:
        """Whether there is anything to open."""
        return bool(self.policies or self.off)


class FrameworkView(msgspec.Struct, frozen=True):
    """A framework."""

    heading: str
    words: str
    """How many controls come to what; empty of what names no control."""
    controls: tuple[ControlView, ...]


class ControlsView(msgspec.Struct, frozen=True):
    """All of it."""

    about: str
    frameworks: tuple[FrameworkView, ...]


class _Page(msgspec.Struct, frozen=True):
    """What the views of one page need."""

    anchors: Mapping[int, str]
    """By the identity of a result, where its reasons stand."""
    opens: bool
    """Whether what falls short or is not known is open at once."""
    path: Callable[[str], str]
    """A path as it is shown."""


def by_control(evaluation: Evaluation, surroundings: Surroundings) -> ControlsView:
    """Every framework with its controls."""
    anchors = {id(result): f"r{number}" for number, result in enumerate(evaluation.results, 1)}
    groups = grouped_by_control(evaluation)
    wanting = sum(one.standings["falls_short"] + one.standings["unknown"] for one in groups)
    page = _Page(anchors, wanting <= _OPEN, surroundings.path)
    return ControlsView(about(evaluation), tuple(_framework(one, page) for one in groups))


def _framework(group: FrameworkGroup, page: _Page) -> FrameworkView:
    words = "" if group.framework is None else standings_words(group)
    return FrameworkView(group.heading, words, tuple(_control(one, page) for one in group.controls))


def _control(group: ControlGroup, page: _Page) -> ControlView:
    standing = group.standing
    return ControlView(
        id=group.control.id,
        title=group.control.title if group.control.id else _NO_CONTROL,
        standing=STANDINGS[standing] if group.control.id else "",
        mark=MARKS[standing],
        is_open=page.opens and standing in ("falls_short", "unknown"),
        counts=_counts(group),
        policies=tuple(_policy(one, page) for one in group.served_by),
        supports=tuple(_supports(group, page)),
        said=tuple(said_words(group)),
        off=tuple(map(off_words, group.off)),
    )


def _counts(found: ServedBy | ControlGroup) -> tuple[Count, ...]:
    counts = found.counts
    return tuple(_count(outcome, counts[outcome], found) for outcome in OUTCOMES if counts[outcome])


def _count(outcome: Outcome, number: int, found: ServedBy | ControlGroup) -> Count:
    alone = f" ({found.on_claims_alone} {ALONE})" if outcome == "pass" and found.on_claims_alone else ""
    return Count(outcome, f"{OUTCOMES[outcome]}{alone}", number)


def _policy(served: ServedBy, page: _Page) -> PolicyView:
    short = sorted(served.short, key=lambda one: WANTING.index(one.outcome))
    named = tuple(_short(one, page) for one in short[:_USAGES])
    return PolicyView(served.policy.id, served.policy.title, _counts(served), named, len(short) - len(named))


def _short(result: Result, page: _Page) -> ShortView:
    return ShortView(page.anchors[id(result)], result.outcome, OUTCOMES[result.outcome], whose_words(result))


def _supports(group: ControlGroup, page: _Page) -> Iterable[SupportView]:
    for one in group.supports:
        if one.can_be_shown:
            source = reference(one.support.reference or "") if one.support.is_cell else None
            is_link = source is not None and source.is_link
            yield SupportView(support_words(one, page.path, source=not is_link), source if is_link else None)
