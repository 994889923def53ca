"""What an adoption does, as Markdown, for the pull request that adopts it.

In: an adoption. Out: GitHub's Markdown, no longer than a comment may be; every word from an input passes `markdown`.
What does not fit is counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ...comparison.wording import subject_words
from ...model.result import Notice
from ...report.finding import label, shortfalls
from ...report.fitting import Section, fitted
from ...report.markup import place, short
from ...report.unjudged import findings
from . import wording
from .model import ImpactAnalysis, ImpactGroup, ImpactKind, Refusal, ResultImpact

_LARGEST: Final = 60_000
"""Bytes; GitHub takes 65,536 characters in a comment."""
_MOST_OF_GROUP: Final = 12_000
_MOST_OF_ROWS: Final = 6_000
"""Bytes of what could not be judged, and of what stands behind the groups."""
_MARKS: Final[dict[ImpactKind, str]] = {
    "blocking": "🔴",
    "worse": "🔴",
    "dropped": "🟡",
    "loosened": "🟡",
    "better": "🟢",
    "fixed": "🟢",
    "added": "⚪",
}
_TABLE: Final = "| | policy | where | from what to what |\n|---|---|---|---|"


def render(analysis: ImpactAnalysis) -> str:
    """The document; the same analysis gives the same bytes."""
    sections = [
        Section(_head(analysis), iter(()), 0),
        *_rows("Not judged", list(map(_notice, findings(analysis.before.evaluation)))),
        *_rows("Could not be judged any more", [_refusal(one) for one in analysis.refusals]),
        *_groups(analysis.groups),
        *_rows("Without effect here", [f"- {short(words)}" for words in wording.without_effect_words(analysis)]),
        *_rows("Notices", list(map(_notice, analysis.notices))),
    ]
    return fitted(sections, _LARGEST)


def _head(analysis: ImpactAnalysis) -> str:
    lines = [
        "## vendorgate impact",
        f"**{wording.counts_words(analysis)}**; {short(wording.ends_words(analysis))}",
        short(wording.title_words(analysis)),
        "\n".join(f"- {short(words)}" for words in wording.sides_words(analysis)),
    ]
    return "\n\n".join(lines)


def _rows(heading: str, rows: Sequence[str]) -> Iterator[Section]:
    if rows:
        yield Section(f"### {heading}\n", iter(rows), len(rows), most=_MOST_OF_ROWS)


def _groups(groups: Sequence[ImpactGroup]) -> Iterator[Section]:
    if groups:
        blocks = (_group(one) for one in groups)
        left_out = "and {} more reasons for changes"
        yield Section("### What changes", blocks, len(groups), "\n\n", left_out, most=_LARGEST - 3 * _MOST_OF_ROWS)


def _group(group: ImpactGroup) -> str:
    """Its differences, and a table of its results."""
    heading, *origins = map(short, wording.because_words(group))
    listed = [one for one in group.impacts if not wording.is_counted(one)]
    parts = [f"**{heading}**", "\n".join(f"- {words}" for words in origins)]
    if listed:
        parts.append(fitted([Section(_TABLE, map(_row, listed), len(listed))], _MOST_OF_GROUP).rstrip("\n"))
    parts.append("\n".join(f"- {words}" for words in wording.counted_words(group)))
    return "\n\n".join(part for part in parts if part)


def _row(impact: ResultImpact) -> str:
    result = impact.result
    policy = f"{label(result)}: {short(result.policy.title)} ({short(result.policy.id)})"
    where = f"{short(subject_words(impact.result))}{place(result.subject.location)}"
    after = impact.after
    why = [] if after is None else [short(f"{found.outcome}: {found.message}") for found in shortfalls(after)]
    step = "<br>".join([short(wording.impact_words(impact)), *why])
    return f"| {_MARKS[impact.kind]} {wording.KIND[impact.kind]} | {policy} | {where} | {step} |"


def _refusal(refusal: Refusal) -> str:
    problems = [f"{short(one.title)}{place(one.location)}" for one in refusal.problems]
    because = map(short, wording.because_words(refusal))
    return f"- {short(wording.refusal_words(refusal))}: {'; '.join((*problems, *because))}"


def _notice(notice: Notice) -> str:
    return f"- {notice.severity}: {short(notice.message)}{place(notice.location)}"
