"""The coming days for people: what stands, then day by day what happens, what turns because of it, and what to do.

In: a plan and a style. Out: text. Every word from an input passes `escape` on its way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from ...logic.wording import count
from ...report import unjudged
from ...report.closing import counted_closing
from ...report.lines import title
from ...terminal.escape import escape
from ...terminal.style import PLAIN, Look, Style
from .grouping import TurnGroup, TurnsOfPolicy, grouped
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

_MOST_RESULTS: Final = 3
"""Results that are named of those that turn alike and get worse; of others one."""
_MOST_GROUPS: Final = 12
"""Groups that are told of one day."""
_MOST_CAUSES: Final = 4
"""Causes that are told of one group."""
_MOST_WAYS: Final = 5


def render(plan: Plan, style: Style = PLAIN, *, verbose: bool = False) -> str:
    """The timeline, ending with one line that sums it up; `verbose` names every result."""
    unseen = unseen_words(plan)
    blocks = [*unjudged.blocks(plan.evaluation, style), counted_closing(plan.evaluation, style)]
    if unseen:
        blocks.append(f"{style.paint('note', 'note')}: {unseen}")
    for day, turns in groupby(plan.turns, key=lambda turn: turn.day):
        lines = [style.paint("bold", day_words(day, plan)), *_day(grouped(turns), style, verbose)]
        blocks.append("\n".join(lines))
    blocks.append("\n".join(_end(plan, style)))
    return "\n\n".join(blocks) + "\n"


def render_verbose(plan: Plan, style: Style = PLAIN) -> str:
    """The timeline with every result by its name."""
    return render(plan, style, verbose=True)


def _end(plan: Plan, style: Style) -> Iterator[str]:
    yield closing_words(plan)
    if plan.deadline is not None:
        verdict = style.paint("pass" if plan.verdict == "pass" else "error", plan.verdict.upper())
        yield f"{verdict}: {deadline_words(plan)}"


def _day(groups: Sequence[TurnGroup], style: Style, verbose: bool) -> Iterator[str]:
    shown = groups if verbose else groups[:_MOST_GROUPS]
    for group in shown:
        yield from _group(group, style, verbose)
    rest = groups[len(shown) :]
    if rest:
        results = sum(len(group.turns) for group in rest)
        yield f"  and {len(rest)} more causes, by which {count(results, 'result')} turn (--verbose)"


def _group(group: TurnGroup, style: Style, verbose: bool) -> Iterator[str]:
    """What happens, what turns, what to do in time."""
    yield from _causes(group, style, verbose)
    for alike in group.alike:
        yield from _turns(alike, style, verbose)
    found = dict.fromkeys(way for turn in group.turns for way in ways(turn))
    for way in list(found) if verbose else list(found)[:_MOST_WAYS]:
        yield f"    {style.paint('bold', '= fix:')} {escape(way)}"


def _causes(group: TurnGroup, style: Style, verbose: bool) -> Iterator[str]:
    shown = group.causes if verbose else group.causes[:_MOST_CAUSES]
    yield from (f"  {style.paint('bold', 'because')} {escape(cause_words(cause))}" for cause in shown)
    if len(group.causes) > len(shown):
        yield f"  and {len(group.causes) - len(shown)} more causes (--verbose)"
    if not shown:  # nothing is known that happens
        yield f"  {style.paint('bold', 'because')} the day is another one"


def _turns(alike: TurnsOfPolicy, style: Style, verbose: bool) -> Iterator[str]:
    first = alike.turns[0]
    several = f"{count(len(alike.turns), 'result')}, " if len(alike.turns) > 1 else ""
    yield f"    {_name(first, style)}{style.paint('bold', f': {title(first.policy)}')}"
    yield f"      {escape(f'{several}{turn_words(first)}')}"
    shown = alike.turns if verbose else alike.turns[: _MOST_RESULTS if is_worse(first) else 1]
    yield from _named(shown)
    if len(alike.turns) > len(shown):
        yield f"      and {len(alike.turns) - len(shown)} more (--verbose)"


def _named(turns: Iterable[Turn]) -> Iterator[str]:
    for turn in turns:
        location = turn.subject.location
        yield f"      {escape(f'{subject_words(turn)} ({location})')}"


def _name(turn: Turn, style: Style) -> str:
    """The policy, after what its result is worth from this day on: no word of passing stands before one that fails."""
    label: Look = "note"
    if turn.after.outcome in ("fail", "unknown"):
        label = turn.after.severity
    elif turn.direction in ("better", "stops-blocking"):
        label = "note" if turn.after.outcome == "waived" else "pass"
    look = "error" if turn.direction == "starts-to-block" else label
    return style.paint(look, f"{label}[{escape(turn.policy.id)}]")
