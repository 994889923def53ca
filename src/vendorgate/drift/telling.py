"""Differences as reports show them: a notice each, in a check and a review, and a diagnostic each elsewhere.

In: `DriftFound`. Out: notices, diagnostics.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from ..logic.wording import count
from ..model.result import Notice
from ..report.diagnostic import Diagnostic, Related
from .model import Drift, DriftFound, Suppressed

_MOST: Final = 5
"""Further places that a diagnostic names."""
KINDS: Final[Mapping[str, str]] = {
    "undeclared-offering": "code uses an offering or a vendor that no manifest declares",
    "undeclared-endpoint": "code calls an endpoint that its manifest does not declare",
    "undeclared-model": "code uses a model that its manifest does not declare",
    "region-mismatch": "code names another region than its manifest declares",
    "route-mismatch": "code calls a maker's models elsewhere than its manifest declares",
    "setting-mismatch": "a call sets what contradicts a claim of its manifest",
    "undeclared-recipient": "somebody gets prompts whom no manifest declares",
    "not-in-a-project": "code uses a vendor, and no manifest covers it",
    "declared-not-found": "no code is seen that uses what a manifest declares",
    "code-not-read": "code that may name somebody and was not read",
    "drift-suppressed": "a difference between code and manifest that is excepted for a while",
    "comment-not-obeyed": "a comment in code that asks for something to be ignored, and does not count",
    "unused-comment": "a comment in code that suppresses nothing",
    "expired-exception": "an exception of the bundle that has ended and is missed",
    "unused-exception": "an exception of the bundle that excepts nothing",
    "drift-off": "a kind of difference that the bundle does not want to hear of",
}
"""By id: what it is."""


def notices(found: DriftFound) -> Iterator[Notice]:
    """What differs, what is suppressed, and what does nothing."""
    yield from map(_notice, found.drift)
    yield from beside(found)


def beside(found: DriftFound) -> Iterator[Notice]:
    """What is suppressed, and what does nothing."""
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
    lines = {(place.path, place.line): place for place in reversed(one.places)}
    others = [place for spot, place in reversed(lines.items()) if spot != (one.location.path, one.location.line)]
    left = [f"and in {count(len(others) - _MOST, 'more place')}"] if len(others) > _MOST else []
    return Diagnostic(
        one.kind,
        one.severity,
        one.message,
        one.help,
        one.location,
        related=tuple(Related("the same", place) for place in others[:_MOST]),
        reasons=tuple(left),
        about=about(one),
        blocks=one.blocks,
    )
