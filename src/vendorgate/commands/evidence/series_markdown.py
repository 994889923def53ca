"""A period as Markdown, for the file of an audit: a table of what did not hold, when it turned and why.

In: an `EvidenceSeries`. Out: Markdown, in which no text of an input is markup.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ...report.markup import markdown
from .series_model import EvidenceSeries, ResultSeries
from .series_wording import (
    LEFT,
    closing_words,
    days_words,
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

_MOST: Final = 200
"""Results that are told."""


def render(found: EvidenceSeries) -> str:
    """The answer first."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: EvidenceSeries) -> Iterator[str]:
    yield f"# {verdict_words(found).capitalize()}: {days_words(found.period.first, found.period.last)}"
    yield ""
    yield f"{markdown(closing_words(found))}."
    yield ""
    yield f"- {markdown(period_words(found))}"
    yield f"- {markdown(file_words(found))}"
    yield from (f"- {markdown(words)}" for words in notes(found))
    wanted = told(found)
    if wanted:
        yield from ("", "## Results", "")
        for one in wanted[:_MOST]:
            yield from _result(one)
        if len(wanted) > _MOST:
            yield f"- and {len(wanted) - _MOST} more"
    for title, lines in (
        ("Days without evidence", [markdown(missing_words(one)) for one in found.missing]),
        ("Refused", [f"{markdown(one.path)}: {markdown(it.title)}" for one in found.refused for it in one.problems]),
        ("Passed over", [f"{markdown(one.path)}: {LEFT[one.why]}" for one in found.left]),
        ("Files", [f"{markdown(one.path)}: {one.as_of}, {one.verdict}, `{one.sha256}`" for one in found.files]),
    ):
        if lines:
            yield from ("", f"## {title}", "", *(f"- {line}" for line in lines))


def _result(one: ResultSeries) -> Iterator[str]:
    word = "blocked" if one.blocked else "held" if one.held else "did not hold"
    yield f"- **{word}**: {markdown(key_words(one.key))}"
    turns = {turn.day: turn for turn in one.turns}
    for span in one.spans:
        yield f"  - {markdown(span_words(span))}"
        if span.first in turns:
            yield from (f"    - {markdown(words)}" for words in turn_words(turns[span.first]))
    yield from (f"  - {markdown(disagreement_words(it))}" for it in one.disagreements)
