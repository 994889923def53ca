"""What does not pass, for people in a hurry: what blocks by cause, in full where it is little; the rest in a line each.

In: an evaluation. Out: blocks of text. Every word from an input passes `escape` on its way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ..logic.wording import count, few
from ..model.evaluation import Evaluation
from ..terminal.escape import escape, escape_source
from ..terminal.snippet import snippet
from ..terminal.style import Style
from .grouping import Group, grouped
from .lines import shortened
from .look import TextLook
from .proposed import left_words, proposed
from .told import first_place, lines, title

_IN_FULL: Final = 10
"""Groups that are told with all their lines; more of them have two each."""
_IN_SHORT: Final = 40
_LINES: Final = 12
"""Groups that do not block, told in a line each."""
_IDS: Final = 3
_LONGEST: Final = 500
"""Characters of a line."""


def blocks(evaluation: Evaluation, blocking: Sequence[Group], style: Style, look: TextLook) -> Iterator[str]:
    """What blocks, by cause, then what does not."""
    rest = grouped(one for one in evaluation.results if not one.blocks and one.outcome in ("fail", "unknown"))
    told = set[str]()
    yield from ("\n".join(in_full(group, style, look, told)) for group in blocking[:_IN_FULL])
    beyond = blocking[_IN_FULL:]
    if beyond:
        short = [line for group in beyond[:_IN_SHORT] for line in in_short(group, style)]
        yield "\n".join([*short, *more(beyond[_IN_SHORT:], "that block")])
    yield from _proposed(evaluation, blocking, look)
    others = [*(line(group, style) for group in rest[:_LINES]), *more(rest[_LINES:], "that do not block")]
    if others:
        yield "\n".join(others)


def _proposed(evaluation: Evaluation, blocking: Sequence[Group], look: TextLook) -> Iterator[str]:
    """Lines to paste, each under the place that they are for."""
    several, left = proposed(evaluation, blocking, look)
    for one in several:
        yield escape(one.words) + "\n\n" + "\n".join(f"    {escape_source(line)}" for line in one.yaml)
    if left:
        yield f"{left_words(len(several), left)}: vendorgate repair MANIFEST --usage ID"


def more(left: Sequence[Group], noun: str) -> Iterator[str]:
    """How many groups are not told."""
    if left:
        results = count(sum(len(group.results) for group in left), "result")
        yield f"and {len(left)} more {noun} ({results}): --verbose"


def _name(group: Group, style: Style) -> str:
    return f"{style.paint(group.severity, group.severity)}{style.paint('bold', ': ' + escape(title(group)))}"


def in_full(group: Group, style: Style, look: TextLook, told: set[str]) -> Iterator[str]:
    """The fact, the place where it is seen best, by which policies and evidence, and the ways out; `told` has what was
    told of policies before."""
    yield _name(group, style)
    place, label = first_place(group)
    yield from snippet(place, group.results[0].subject.manifest.source, escape(label), group.severity, style)
    for what, words in lines(group, look, told):
        yield f"   {style.paint('bold', f'= {what}:' if what else '=')} {escape(shortened(words, _LONGEST))}"


def in_short(group: Group, style: Style) -> Iterator[str]:
    """The fact, by which policies, and where first."""
    yield _name(group, style)
    yield f"   {style.paint('bold', '=')} {escape(f'{few(group.policies, _IDS)}; first: {first_place(group)[0]}')}"


def line(group: Group, style: Style) -> str:
    """A group that does not block."""
    usages = f" of {count(group.usages, 'usage')}" if group.usages > 1 else ""
    words = f"{group.headline} ({few(group.policies, _IDS)}{usages}; {first_place(group)[0]})"
    return f"{style.paint(group.severity, group.severity)}: {escape(words)}"
