"""A period for people: what it came to, what did not hold and when, what is not known.

In: an `EvidenceSeries` and a style. Out: text. Every word from an input passes `escape` on its way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from ...terminal.escape import escape
from ...terminal.style import PLAIN, Look, Style
from .series_model import EvidenceSeries, ResultSeries
from .series_wording import (
    LEFT,
    closing_words,
    disagreement_words,
    file_words,
    key_words,
    missing_words,
    notes,
    period_words,
    span_words,
    told,
    turn_words,
    verdict_words,
)

_MOST: Final = 30
"""Results that are told; the JSON report has all of them."""
_MOST_SPANS: Final = 12
_MOST_FILES: Final = 10


def render(found: EvidenceSeries, style: Style = PLAIN) -> str:
    """The answer stands in the first line and in the last one."""
    blocks = [f"{escape(period_words(found))}\n{escape(file_words(found))}"]
    wanted = told(found)
    blocks += ["\n".join(_result(one, style)) for one in wanted[:_MOST]]
    if len(wanted) > _MOST:
        blocks.append(f"and {len(wanted) - _MOST} more results; --format json has all of them")
    for lines in (_missing(found, style), _refused(found, style), _left(found), _notes(found, style)):
        if said := list(lines):
            blocks.append("\n".join(said))
    words = verdict_words(found)
    look: Look = "error" if words == "did not hold" else "pass"
    blocks.append(f"{style.paint(look, words.upper())}  {escape(closing_words(found))}")
    return "\n\n".join(blocks) + "\n"


def _result(one: ResultSeries, style: Style) -> Iterator[str]:
    look: Look = "error" if one.blocked else "pass" if one.held else "warning"
    word = "blocked" if one.blocked else "held" if one.held else "did not hold"
    yield f"{style.paint(look, word)}: {escape(key_words(one.key))}"
    turns = {turn.day: turn for turn in one.turns}
    for span in one.spans[:_MOST_SPANS]:
        yield f"  {escape(span_words(span))}"
        if span.first in turns:
            yield from (f"    = {escape(words)}" for words in turn_words(turns[span.first]))
    if len(one.spans) > _MOST_SPANS:
        yield f"  and {len(one.spans) - _MOST_SPANS} more spans; --format json has all of them"
    yield from (f"  {escape(disagreement_words(it))}" for it in one.disagreements[:_MOST_SPANS])


def _missing(found: EvidenceSeries, style: Style) -> Iterator[str]:
    said = [escape(missing_words(one)) for one in found.missing]
    yield from _few((f"{style.paint('warning', 'missing')}: {words}" for words in said), len(said))


def _refused(found: EvidenceSeries, style: Style) -> Iterator[str]:
    for one in found.refused:
        for problem in one.problems:
            yield f"{style.paint('error', 'refused')}: {escape(one.path)}: {escape(problem.title)}"
            if problem.help is not None:
                yield f"  {style.paint('bold', '= help:')} {escape(problem.help)}"


def _left(found: EvidenceSeries) -> Iterator[str]:
    yield from _few((f"passed over: {escape(one.path)}: {LEFT[one.why]}" for one in found.left), len(found.left))


def _notes(found: EvidenceSeries, style: Style) -> Iterator[str]:
    yield from (f"{style.paint('note', 'note')}: {escape(words)}" for words in notes(found))


def _few(lines: Iterable[str], number: int) -> Iterator[str]:
    yield from [*lines][:_MOST_FILES]
    if number > _MOST_FILES:
        yield f"and {number - _MOST_FILES} more; --format json has all of them"
