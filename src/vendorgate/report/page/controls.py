"""An evaluation by control, in the order and the pieces in which the page shows it.

In: an evaluation. Out: plain text in frozen pieces, not yet escaped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from ...model.evaluation import Evaluation
from ...model.result import Result
from ...model.vocabulary import Outcome
from ..controls import STANDINGS, ControlGroup, FrameworkGroup, ServedBy, Standing, grouped_by_control
from ..controls_told import about, basis_words, off_words, said_words, standings_words, whose_words
from .reference import Reference, reference
from .view import OUTCOMES, WANTING

MARKS: Final[Mapping[Standing, Outcome]] = {
    "falls_short": "fail",
    "unknown": "unknown",
    "waived": "waived",
    "met": "pass",
    "not_applicable": "not_applicable",
    "not_addressed": "not_applicable",
}
"""The sign and the colours of each standing."""
_OPEN: Final = 6
"""Controls that fall short or are not known: so many are shown open at once; of more, a reader opens what matters."""
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


class BasisView(msgspec.Struct, frozen=True):
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
    basis: tuple[BasisView, ...]
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


def by_control(evaluation: Evaluation) -> ControlsView:
    """Every framework with its controls."""
    anchors = {id(result): f"r{number}" for number, result in enumerate(evaluation.results, 1)}
    groups = grouped_by_control(evaluation)
    wanting = sum(one.standings["falls_short"] + one.standings["unknown"] for one in groups)
    views = tuple(_framework(one, anchors, wanting <= _OPEN) for one in groups)
    return ControlsView(about(evaluation), views)


def _framework(group: FrameworkGroup, anchors: Mapping[int, str], opens: bool) -> FrameworkView:
    words = "" if group.framework is None else standings_words(group)
    controls = tuple(_control(one, anchors, opens) for one in group.controls)
    return FrameworkView(group.heading, words, controls)


def _control(group: ControlGroup, anchors: Mapping[int, str], opens: bool) -> ControlView:
    standing = group.standing
    return ControlView(
        id=group.control.id,
        title=group.control.title,
        standing=STANDINGS[standing] if group.control.id else "",
        mark=MARKS[standing],
        is_open=opens and standing in ("falls_short", "unknown"),
        counts=_counts(group.counts),
        policies=tuple(_policy(one, anchors) for one in group.served_by),
        basis=tuple(_basis(group)),
        said=tuple(said_words(group)),
        off=tuple(map(off_words, group.off)),
    )


def _counts(counts: Counter[Outcome]) -> tuple[Count, ...]:
    return tuple(Count(outcome, word, counts[outcome]) for outcome, word in OUTCOMES.items() if counts[outcome])


def _policy(served: ServedBy, anchors: Mapping[int, str]) -> PolicyView:
    short = sorted(served.short, key=lambda one: WANTING.index(one.outcome))
    named = tuple(_short(one, anchors) for one in short[:_USAGES])
    return PolicyView(served.policy.id, served.policy.title, _counts(served.counts), named, len(short) - len(named))


def _short(result: Result, anchors: Mapping[int, str]) -> ShortView:
    return ShortView(anchors[id(result)], result.outcome, OUTCOMES[result.outcome], whose_words(result))


def _basis(group: ControlGroup) -> Iterable[BasisView]:
    for one in group.basis:
        if one.can_be_shown:
            source = None if one.support.reference is None else reference(one.support.reference)
            is_link = source is not None and source.is_link
            yield BasisView(basis_words(one, with_source=not is_link), source if is_link else None)
