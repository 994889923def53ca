"""Every change of a result: what got worse with all its reasons, the rest in a line each.

In: a review and a style. Out: blocks of lines. Every word from an input passes `escape` on its way.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ...comparison.model import ResultChange, ResultChangeKind
from ...comparison.wording import subject_words
from ...report.every_result import result_lines
from ...report.finding import label
from ...terminal.escape import escape
from ...terminal.style import Look, Style
from . import wording
from .model import Review

_LOOK: Final[dict[ResultChangeKind, Look]] = {
    "new": "error",
    "worse": "error",
    "better": "pass",
    "fixed": "pass",
    "unchanged": "dim",
    "gone": "pass",
}


def blocks(review: Review, style: Style) -> Iterator[list[str]]:
    """What got worse and what blocks in full, then the rest in a line each."""
    listed = [change for change in review.changes if wording.is_listed(change)]
    for change in listed:
        if wording.in_full(change):
            yield list(_full(change, style))
    yield [line(change, style) for change in listed if not wording.in_full(change)]


def _full(change: ResultChange, style: Style) -> Iterator[str]:
    assert change.after is not None
    first, *rest = result_lines(change.after, style)
    yield f"{kind_words(change, style)}: {first}"
    yield from rest
    if change.kind != "unchanged":
        yield f"   {style.paint('bold', '= change:')} {escape(wording.change_words(change))}"


def kind_words(change: ResultChange, style: Style) -> str:
    """What kind of change it is."""
    return style.paint(_LOOK[change.kind], change.kind)


def line(change: ResultChange, style: Style) -> str:
    """A change in one line."""
    result = change.result
    named = escape(f"{label(result)}[{result.policy.id}]")
    words = escape(f"{subject_words(result)}: {wording.change_words(change)}")
    return f"{kind_words(change, style)}: {named}: {words}"
