"""Differences as reports show them: a notice each, in a check and a review, and a diagnostic each elsewhere.

In: `DriftFound`. Out: notices, diagnostics.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..logic.wording import count
from ..model.result import Notice
from ..report.diagnostic import Diagnostic, Related
from .model import Drift, DriftFound, Suppressed

_MOST: Final = 5
"""Further places that a diagnostic names."""


def notices(found: DriftFound) -> Iterator[Notice]:
    """What differs, what is suppressed, and what does nothing."""
    yield from map(_notice, found.drift)
    yield from map(_suppressed, found.suppressed)
    yield from found.notices


def _notice(one: Drift) -> Notice:
    return Notice(one.kind, one.severity, one.message, one.location, one.blocks, one.help, about(one))


def about(one: Drift) -> tuple[str, ...]:
    """What tells a difference from others of its kind in its file, wherever its line has moved to."""
    return (one.offering or one.vendor or "", *one.names)


def _suppressed(one: Suppressed) -> Notice:
    until = "" if one.expires is None else f" until {one.expires}"
    by = f"an exception at {one.location}" if one.by == "exception" else "a comment in the code"
    message = f"{one.drift.kind}, suppressed{until} by {by} ({one.reason}): {one.drift.message}"
    return Notice("drift-suppressed", "note", message, one.drift.location, about=(one.drift.kind, *about(one.drift)))


def diagnostic(one: Drift) -> Diagnostic:
    """A difference for the formats of all diagnostics."""
    others = [place for place in one.places if place != one.location]
    left = [f"and in {count(len(others) - _MOST, 'more place')}"] if len(others) > _MOST else []
    return Diagnostic(
        one.kind,
        one.severity,
        one.message,
        one.help,
        one.location,
        related=tuple(Related("here, too", place) for place in others[:_MOST]),
        reasons=tuple(left),
        about=about(one),
        blocks=one.blocks,
    )
