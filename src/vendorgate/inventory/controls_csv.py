"""CSV of a register by control: a row for each row of the register under each control that judges it.

In: an inventory. Out: the columns of `csv` behind those of the control. A control that judges no row has one, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from ..report.controls import NO_CONTROL, STANDINGS, ControlGroup
from ..report.controls_told import off_words
from ..report.csv_rows import joined, written
from .by_control import ControlRows, FrameworkRows, by_control
from .controls_told import NO_ROW, NOTHING, OUTSIDE, policies_words, rests_words
from .csv import same_everywhere, titles, unjudged_rows, words_of_row
from .model import Inventory

_NONE: Final = "none"
CONTROL: Final = ("framework", "control", "control_title", "standing", "policies", "rests_on", "control_standing")


def render(inventory: Inventory) -> str:
    """A row of names, what was not judged, and the rows by framework, control and row."""
    same = same_everywhere(inventory)
    return written([*CONTROL, *titles(inventory, CONTROL), *same], rows(inventory), same.values())


def rows(inventory: Inventory) -> Iterator[Sequence[str]]:
    """The cells without the inputs; what was not judged stands under no control."""
    for left in unjudged_rows(inventory):
        yield (*("" for _ in CONTROL), *left)
    words = {row.id: words_of_row(row, inventory) for row in inventory.rows}
    empty = ["" for _ in titles(inventory)][1:]
    for framework in by_control(inventory):
        for one in framework.controls:
            yield from _under(framework, one, words, empty)


def _under(
    framework: FrameworkRows, found: ControlRows, words: Mapping[str, Sequence[str]], empty: Sequence[str]
) -> Iterator[Sequence[str]]:
    whose, standing = _control(framework, found), STANDINGS[found.group.standing]
    for one in found.rows:
        yield (*whose, *_judged(one.group, found), standing, *words[one.row.id])
    if found.outside is not None:
        yield (*whose, *_judged(found.outside, found), standing, OUTSIDE, *empty)
    elif not found.rows:
        policies = joined((*(one.policy.id for one in found.group.served_by), *map(off_words, found.group.off)))
        yield (*whose, standing, policies or _NONE, NOTHING, standing, NO_ROW, *empty)


def _judged(group: ControlGroup, under: ControlRows) -> tuple[str, str, str]:
    return STANDINGS[group.standing], policies_words(group, under.group.off), joined(rests_words(group)) or NOTHING


def _control(framework: FrameworkRows, found: ControlRows) -> Sequence[str]:
    if framework.group.framework is None:
        return "", "", NO_CONTROL
    return framework.group.framework.id, found.group.control.id, found.group.control.title
