"""What an adoption does, for people: what newly blocks and why, then everything else, grouped by what it is because of.

In: an adoption and a style. Out: text. Every word from an input passes `escape` on its way.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ...comparison.wording import subject_words
from ...report.finding import label
from ...report.text import notice_lines, result_lines
from ...terminal.escape import escape
from ...terminal.snippet import snippet
from ...terminal.style import PLAIN, Look, Style
from . import wording
from .model import Adoption, Impact, ImpactGroup, ImpactKind, Refusal

_LOOK: Final[dict[ImpactKind, Look]] = {
    "blocking": "error",
    "worse": "error",
    "dropped": "warning",
    "loosened": "warning",
    "better": "pass",
    "fixed": "pass",
    "added": "dim",
}


def render(adoption: Adoption, style: Style = PLAIN) -> str:
    """The report, ending with one line of counts."""
    return "\n\n".join("\n".join(block) for block in _blocks(adoption, style) if block) + "\n"


def _blocks(adoption: Adoption, style: Style) -> Iterator[list[str]]:
    sides = map(escape, wording.sides_words(adoption))
    yield [style.paint("bold", escape(wording.title_words(adoption))), *sides]
    for refusal in adoption.refusals:
        yield list(_refusal(refusal, style))
    for group in adoption.groups:
        yield from _group(group, style)
    yield [style.paint("dim", escape(words)) for words in wording.idle_words(adoption)]
    for notice in adoption.notices:
        yield list(notice_lines(notice, style))
    yield [f"{wording.counts_words(adoption)}; {wording.ends_words(adoption)}"]


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


def _full(impact: Impact, style: Style) -> Iterator[str]:
    assert impact.after is not None
    first, *rest = result_lines(impact.after, style)
    yield f"{_kind(impact, style)}: {first}"
    yield from rest
    yield f"   {style.paint('bold', '= change:')} {escape(wording.impact_words(impact))}"


def _line(impact: Impact, style: Style) -> str:
    result = impact.result
    named = escape(f"{label(result)}[{result.policy.id}]")
    words = f"{subject_words(result)}: {wording.impact_words(impact)}"
    return f"{_kind(impact, style)}: {named}: {escape(words)}"


def _kind(impact: Impact, style: Style) -> str:
    return style.paint(_LOOK[impact.kind], wording.KIND[impact.kind])
