"""A register by control, for people at a terminal: under each control its rows, how they stand, and on what.

In: an inventory. Out: text. Every word from an input passes `escape` on its way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ..logic.wording import count
from ..model.vocabulary import Outcome
from ..report import unjudged
from ..report.controls import STANDINGS, ControlGroup
from ..report.controls_told import off_words, standings_words
from ..report.lines import shortened
from ..report.page.controls import MARKS
from ..terminal.escape import escape
from ..terminal.style import PLAIN, Look, Style
from .by_control import ControlRows, FrameworkRows, by_control
from .controls_told import OUTSIDE, about, grouped_head_words, policies_words, rests_words, worst_first
from .model import Inventory
from .wording import closing_words, left_out_words

_LOOKS: Final[dict[Outcome, Look]] = {
    "fail": "error",
    "unknown": "warning",
    "waived": "note",
    "pass": "pass",
    "not_applicable": "dim",
}
_WIDTH: Final = max(map(len, STANDINGS.values()))
_MOST_ROWS: Final = 10
"""Rows under a control that are told."""
_MOST: Final = 3
"""Things that the passes of a row rest on."""
_LONGEST: Final = 500
"""Characters of a line."""


def render(inventory: Inventory, style: Style = PLAIN, *, verbose: bool = False) -> str:
    """A block a framework, ending with what sums the register up; `verbose` tells every row and what it rests on."""
    blocks = [*unjudged.blocks(inventory.evaluation, style), "\n".join(_head(inventory, style))]
    blocks.extend("\n".join(_framework(one, style, verbose)) for one in by_control(inventory))
    blocks.append(about(inventory.evaluation))
    blocks.append("\n".join(map(escape, filter(None, (left_out_words(inventory), closing_words(inventory))))))
    return "\n\n".join(blocks) + "\n"


def render_verbose(inventory: Inventory, style: Style = PLAIN) -> str:
    """The same with every row, and all that it rests on."""
    return render(inventory, style, verbose=True)


def _head(inventory: Inventory, style: Style) -> Iterator[str]:
    yield style.paint("bold", escape(grouped_head_words(inventory)))
    yield from (f"  {escape(law)}" for law in inventory.view.law)


def _framework(found: FrameworkRows, style: Style, verbose: bool) -> Iterator[str]:
    heading = style.paint("bold", escape(found.group.heading))
    if found.group.framework is None:
        yield heading
        yield from _under(found.controls[0], style, verbose)
        return
    yield f"{heading}: {standings_words(found.group)}"
    for one in found.controls:
        control = one.group.control
        name = _standing(one.group, style)
        yield "  ".join(["", name, *(_line(text) for text in (control.id, control.title) if text)])
        yield from _under(one, style, verbose)


def _standing(group: ControlGroup, style: Style) -> str:
    return style.paint(_LOOKS[MARKS[group.standing]], f"{STANDINGS[group.standing]:<{_WIDTH}}")


def _under(found: ControlRows, style: Style, verbose: bool) -> Iterator[str]:
    rows = worst_first(found.rows)
    for one in rows if verbose else rows[:_MOST_ROWS]:
        yield _row(one.row.name, one.group, style)
        yield from (f"        {_line(words)}" for words in _limited(rests_words(one.group), verbose))
    if not verbose and len(rows) > _MOST_ROWS:
        yield f"      and {count(len(rows) - _MOST_ROWS, 'more row')}: --verbose"
    if found.outside is not None:
        yield _row(OUTSIDE, found.outside, style)
    yield from (f"      {_line(off_words(off))}" for off in found.group.off)


def _row(name: str, group: ControlGroup, style: Style) -> str:
    return f"      {_standing(group, style)}  {_line(f'{name}: {policies_words(group)}')}"


def _limited(lines: Sequence[str], verbose: bool) -> Iterator[str]:
    yield from lines if verbose else lines[:_MOST]
    if not verbose and len(lines) > _MOST:
        yield f"and {len(lines) - _MOST} more: --verbose"


def _line(text: str) -> str:
    return shortened(escape(text), _LONGEST)
