"""A review for people: what a change makes worse and why, what it begins to use, what it edits of what judges.

In: a review and a style. Out: text. Every word from an input passes `escape` on its way.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ...comparison.model import Effect, ResultChange, ResultChangeKind
from ...comparison.wording import edit_words, registry_words, subject_words
from ...report import unjudged
from ...report.every_result import notice_lines, result_lines
from ...report.finding import label
from ...terminal.escape import escape
from ...terminal.snippet import arrow
from ...terminal.style import PLAIN, Look, Style
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
_EFFECT: Final[dict[Effect, Look]] = {"weaker": "warning", "stricter": "pass", "changed": "note"}


def render(review: Review, style: Style = PLAIN) -> str:
    """The report, ending with one line of counts."""
    return "\n\n".join("\n".join(block) for block in _blocks(review, style) if block) + "\n"


def _blocks(review: Review, style: Style) -> Iterator[list[str]]:
    heading = escape(f"review of {wording.sides_words(review)}")
    yield from ([block] for block in unjudged.blocks(review.evaluation, style))
    yield [style.paint("bold", heading), escape(wording.judges_words(review))]
    listed = [change for change in review.changes if wording.is_listed(change)]
    for change in listed:
        if wording.in_full(change):
            yield list(_full(change, style))
    yield [_line(change, style) for change in listed if not wording.in_full(change)]
    yield from (list(block) for block in _integrations(review, style))
    yield list(_edits(review, style))
    for notice in review.evaluation.notices:
        yield list(notice_lines(notice, style))
    yield [_closing(review, style)]


def _closing(review: Review, style: Style) -> str:
    verdict = style.paint("pass" if review.verdict == "pass" else "error", review.verdict.upper())
    return f"{verdict}: {wording.counts_words(review)}, {wording.days_words(review)}"


def _full(change: ResultChange, style: Style) -> Iterator[str]:
    assert change.after is not None
    first, *rest = result_lines(change.after, style)
    yield f"{_kind(change, style)}: {first}"
    yield from rest
    if change.kind != "unchanged":
        yield f"   {style.paint('bold', '= change:')} {escape(wording.change_words(change))}"


def _kind(change: ResultChange, style: Style) -> str:
    return style.paint(_LOOK[change.kind], change.kind)


def _line(change: ResultChange, style: Style) -> str:
    result = change.result
    named = escape(f"{label(result)}[{result.policy.id}]")
    words = escape(f"{subject_words(result)}: {wording.change_words(change)}")
    return f"{_kind(change, style)}: {named}: {words}"


def _integrations(review: Review, style: Style) -> Iterator[Iterator[str]]:
    for one in review.integrations:
        yield iter(
            (
                f"{style.paint('warning', 'new integration')}: {escape(wording.integration_words(one))}",
                arrow(one.subject.location, style),
                *(f"   = watch out: {escape(words)}" for words in wording.watch_out_words(one)),
            )
        )
    for data in review.data:
        words = f"{style.paint('warning', 'new data')}: {escape(wording.data_words(data))}"
        yield iter((words, arrow(data.subject.location, style)))


def _edits(review: Review, style: Style) -> Iterator[str]:
    if not review.edits.files and not review.edits.edits:
        return
    heading = f"the change edits what judges, {wording.in_force_words(review)}:"
    yield style.paint("bold", heading)
    for edit in review.edits.edits:
        yield f"  {style.paint(_EFFECT[edit.effect], edit.effect)}: {escape(edit_words(edit))}"
    if review.edits.registry is not None:
        for direction, words in registry_words(review.edits.registry):
            yield f"  {direction}: {escape(words)}"
    yield from (style.paint("dim", f"  {escape(path)}") for path in review.edits.files)
