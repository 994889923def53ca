"""The report for people: what blocks, by cause, and what to do about it; the rest in a line each; the verdict last.

In: an evaluation, a style, how much is told. Out: text. Every word from an input passes `escape` on its way.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..model.evaluation import Evaluation
from ..model.result import Result
from ..terminal.escape import escape
from ..terminal.style import PLAIN, Style
from .closing import closing, next_steps, signed_off
from .look import GROUPS, TextLook

if TYPE_CHECKING:
    from .grouping import Group


def render(evaluation: Evaluation, style: Style = PLAIN, look: TextLook = GROUPS) -> str:
    """The report, ending with the verdict in one line, and where something blocks with what to type next."""
    groups = _blocking(evaluation)
    if look.amount == "verdict":
        return "\n".join([*signed_off(evaluation, style, look), closing(evaluation, style, len(groups))]) + "\n"
    blocks = [*_unjudged(evaluation, style), *_told(evaluation, groups, style, look)]
    steps = next_steps(evaluation, look) if groups else ()
    ending = [closing(evaluation, style, len(groups)), *(f"next: {escape(command)}" for command in steps)]
    signed = signed_off(evaluation, style, look)
    return "\n\n".join([*blocks, "\n".join([*signed, *ending])]) + "\n"


def _blocking(evaluation: Evaluation) -> tuple[Group, ...]:
    """What blocks, by cause; what passes needs no import for that."""
    blocking = [result for result in evaluation.results if result.blocks]
    if not blocking:
        return ()
    from .grouping import grouped

    return grouped(blocking)


def _unjudged(evaluation: Evaluation, style: Style) -> list[str]:
    if not evaluation.not_judged:
        return []
    from .unjudged import blocks

    return blocks(evaluation, style)


def _told(evaluation: Evaluation, groups: tuple[Group, ...], style: Style, look: TextLook) -> Iterator[str]:
    """Imported when there is something to tell."""
    if look.by_control:
        yield from _by_control(evaluation, style, look)
    elif look.amount == "all":
        from .every_result import blocks

        yield from blocks(evaluation, style)
    elif not look.statistics:
        yield from _by_cause(evaluation, groups, style, look)
    if look.statistics:
        from .statistics import tables

        yield from tables(evaluation, style)


def _by_control(evaluation: Evaluation, style: Style, look: TextLook) -> Iterator[str]:
    from .controls_text import blocks

    yield from blocks(evaluation, style, look)
    yield from _notices(evaluation, style)


def _by_cause(evaluation: Evaluation, groups: tuple[Group, ...], style: Style, look: TextLook) -> Iterator[str]:
    if any(map(_falls_short, evaluation.results)):
        from .by_cause import blocks

        yield from blocks(evaluation, groups, style, look)
    yield from _notices(evaluation, style)


def _notices(evaluation: Evaluation, style: Style) -> Iterator[str]:
    if evaluation.notices:
        from .notice_lines import notice_lines

        yield "\n".join(notice_lines(evaluation.notices, style))


def _falls_short(result: Result) -> bool:
    return result.outcome in ("fail", "unknown")
