"""The coming days for people: what stands, then day by day what turns, why, and what to do in time.

In: a plan and a style. Out: text. Every word from an input passes `escape` on its way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from ...logic.wording import and_more
from ...report.lines import title
from ...report.text import closing
from ...terminal.escape import escape
from ...terminal.snippet import arrow
from ...terminal.style import PLAIN, Look, Style
from .model import Plan, Turn
from .wording import (
    cause_words,
    closing_words,
    day_words,
    deadline_words,
    is_worse,
    subject_words,
    turn_words,
    unseen_words,
    ways,
)


def render(plan: Plan, style: Style = PLAIN) -> str:
    """The timeline, ending with one line that sums it up."""
    unseen = unseen_words(plan)
    blocks = [closing(plan.evaluation, style)]
    if unseen:
        blocks.append(f"{style.paint('note', 'note')}: {unseen}")
    for day, turns in groupby(plan.turns, key=lambda turn: turn.day):
        lines = [style.paint("bold", day_words(day, plan)), *_day(list(turns), style)]
        blocks.append("\n".join(lines))
    blocks.append("\n".join(_end(plan, style)))
    return "\n\n".join(blocks) + "\n"


def _end(plan: Plan, style: Style) -> Iterator[str]:
    yield closing_words(plan)
    if plan.deadline is not None:
        verdict = style.paint("pass", "PASS") if plan.verdict == "pass" else style.paint("error", "FAIL")
        yield f"{verdict}: {deadline_words(plan)}"


def _day(turns: list[Turn], style: Style) -> Iterator[str]:
    """What gets worse in full, then the rest, a line for all that are alike."""
    for turn in turns:
        if is_worse(turn):
            yield from _full(turn, style)
    alike: dict[tuple[object, ...], list[Turn]] = {}
    for turn in turns:
        if not is_worse(turn):
            alike.setdefault((turn.policy.id, turn_words(turn), turn.causes), []).append(turn)
    for several in alike.values():
        yield from _brief(several, style)


def _full(turn: Turn, style: Style) -> Iterator[str]:
    yield f"  {_name(turn, style)}{style.paint('bold', f': {title(turn.policy)}')}"
    yield f"  {arrow(turn.subject.location, style)}"
    yield f"    {escape(f'{subject_words(turn)}: {turn_words(turn)}')}"
    yield from _causes(turn, style)
    yield from (f"    {style.paint('bold', '= fix:')} {escape(way)}" for way in ways(turn))


def _brief(turns: list[Turn], style: Style) -> Iterator[str]:
    first = turns[0]
    named = and_more(subject_words(first), len(turns) - 1)
    yield f"  {_name(first, style)}: {escape(f'{named}: {turn_words(first)}')}"
    yield from _causes(first, style)


def _name(turn: Turn, style: Style) -> str:
    """The policy, after what its result is worth from this day on: no word of passing stands before one that fails."""
    label: Look = "note"
    if turn.after.outcome in ("fail", "unknown"):
        label = turn.after.severity
    elif turn.direction in ("better", "stops-blocking"):
        label = "note" if turn.after.outcome == "waived" else "pass"
    look = "error" if turn.direction == "starts-to-block" else label
    return style.paint(look, f"{label}[{escape(turn.policy.id)}]")


def _causes(turn: Turn, style: Style) -> Iterable[str]:
    return (f"    {style.paint('bold', '= because:')} {escape(cause_words(cause))}" for cause in turn.causes)
