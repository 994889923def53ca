"""A register by control in words that every format shares; plain text, not yet escaped."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from ..model.evaluation import Evaluation
from ..model.switched_off import SwitchedOff
from ..report import controls_told
from ..report.controls import STANDINGS, ControlGroup
from ..report.controls_told import counts_words, off_words, said_words, support_words
from .by_control import RowUnder
from .model import Inventory

OUTSIDE: Final = "routes without a row in this register"
NO_ROW: Final = "no row"
NOTHING: Final = "nothing"
"""What passes rest on where there are none."""
_ORDER: Final = {standing: place for place, standing in enumerate(STANDINGS)}


def grouped_head_words(inventory: Inventory) -> str:
    """What it is, and of which day."""
    return f"{inventory.view.title} by control, as of {inventory.evaluation.day}"


def worst_first(rows: Iterable[RowUnder]) -> list[RowUnder]:
    """The rows of a control, those first that fall short; else as they stand in the register."""
    return sorted(rows, key=lambda one: _ORDER[one.group.standing])


def policies_words(group: ControlGroup, off: Iterable[SwitchedOff] = ()) -> str:
    """The policies that judge a row under a control, each with what it came to; those that are off where they are told
    nowhere else."""
    judging = (f"{served.policy.id}: {counts_words(served)}" for served in group.served_by)
    return "; ".join((*judging, *map(off_words, off)))


def rests_words(group: ControlGroup) -> list[str]:
    """What the passes of a row rest on: what can be shown, then what is only said."""
    shown = (support_words(one) for one in group.supports if one.can_be_shown)
    return [f"rests on {words}" for words in (*shown, *said_words(group))]


def about(evaluation: Evaluation) -> str:
    """What a reader must know of a control's standing, and of a row's."""
    return f"{controls_told.about(evaluation)} A row comes to the worst result of its routes under the control."
