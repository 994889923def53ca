"""A push as Markdown, for the summary of a job.

In: a push. Out: Markdown; every word from an input or from an answer passes `markdown`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...report.markup import markdown, short
from ...report.unjudged import findings
from .model import Push
from .wording import below, closing_words, heading_words, label, noun, told


def render(found: Push) -> str:
    """A table of what is not in step, and what it comes to."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Push) -> Iterator[str]:
    yield from (f"## {markdown(heading_words(found))}", "")
    if found.evaluation.not_judged:
        yield from ("### Not judged", "")
        yield from (f"- {markdown(one.message)}" for one in findings(found.evaluation))
        yield ""
    rows = told(found)
    if rows:
        yield from ("| | what | name | as | |", "|---|---|---|---|---|")
        for one in rows:
            more = "; ".join([*below(one), *([] if one.help is None else [one.help])])
            yield f"| {label(one)} | {noun(one)} | {short(one.name)} | {one.status or ''} | {short(more)} |"
        yield ""
    yield from (f"{markdown(words)}  " for words in closing_words(found))
