"""What an adoption does, for people: what newly blocks and why, then everything else, grouped by what it is because of.

In: an adoption and a style. Out: text. Every word from an input passes `escape` on its way.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ...comparison.wording import subject_words
from ...report import unjudged
from ...report.every_result import notice_lines, result_lines
from ...report.finding import label
from ...terminal.escape import escape
from ...terminal.snippet import snippet
from ...terminal.style import PLAIN, Look, Style
from . import wording
from .model import ImpactAnalysis, ImpactGroup, ImpactKind, Refusal, ResultImpact

_LOOK: Final[dict[ImpactKind, Look]] = {
    "blocking": "error",
    "worse": "error",
    "dropped": "warning",
    "loosened": "warning",
    "better": "pass",
    "fixed": "pass",
    "added": "dim",
}


def render(analysis: ImpactAnalysis, style: Style = PLAIN) -> str:
    """The report, ending with one line of counts."""
    return "\n\n".join("\n".join(block) for block in _blocks(analysis, style) if block) + "\n"


def _blocks(analysis: ImpactAnalysis, style: Style) -> Iterator[list[str]]:
    yield from ([block] for block in unjudged.blocks(analysis.before.evaluation, style))
    sides = map(escape, wording.sides_words(analysis))
    yield [style.paint("bold", escape(wording.title_words(analysis))), *sides]
    for refusal in analysis.refusals:
        yield list(_refusal(refusal, style))
    for group in analysis.groups:
        yield from _group(group, style)
    yield [style.paint("dim", escape(words)) for words in wording.without_effect_words(analysis)]
    for notice in analysis.notices:
        yield list(notice_lines(notice, style))
    yield [f"{wording.counts_words(analysis)}; {wording.ends_words(analysis)}"]


def _refusal(refusal: Refusal, style: Style) -> Iterator[str]:
    yield f"{style.paint('error', 'refused')}: {escape(wording.refusal_words(refusal))}"
    yield from (f"  {escape(words)}" for words in wording.because_words(refusal))
    for problem in refusal.problems:
        if problem.location is not None:
            yield from snippet(problem.location, problem.source, escape(problem.title), "error", style)
        if problem.help is not None:
            yield f"   {style.paint('bold', '= help:')} {escape(problem.help)}"


def _group(group: ImpactGroup, style: Style) -> Iterator[list[str]]:
    heading, *origins = wording.because_words(group)
    yield [style.paint("bold", escape(heading)), *(f"  {escape(words)}" for words in origins)]
    full = [one for one in group.impacts if one.kind == "blocking"]
    yield from (list(_full(one, style)) for one in full)
    others = [one for one in group.impacts if one.kind != "blocking" and not wording.is_counted(one)]
    yield [*(_line(one, style) for one in others), *(style.paint("dim", one) for one in wording.counted_words(group))]


def _full(impact: ResultImpact, style: Style) -> Iterator[str]:
    assert impact.after is not None
    first, *rest = result_lines(impact.after, style)
    yield f"{_kind(impact, style)}: {first}"
    yield from rest
    yield f"   {style.paint('bold', '= change:')} {escape(wording.impact_words(impact))}"


def _line(impact: ResultImpact, style: Style) -> str:
    result = impact.result
    named = escape(f"{label(result)}[{result.policy.id}]")
    words = f"{subject_words(result)}: {wording.impact_words(impact)}"
    return f"{_kind(impact, style)}: {named}: {escape(words)}"


def _kind(impact: ResultImpact, style: Style) -> str:
    return style.paint(_LOOK[impact.kind], wording.KIND[impact.kind])
