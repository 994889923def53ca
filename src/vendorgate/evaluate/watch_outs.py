"""Watch-outs: every cell that is not a clean public yes, and why.

In: an offering. Out: concerns in words.
"""

from __future__ import annotations

from typing import Final

from ..model.grades import meaning_of
from ..model.phrases import WORDING, access_words, scope_words
from ..model.registry import Cell, Offering
from ..model.vocabulary import DIMENSIONS, Dimension, in_order

_NOTHING_TO_GET: Final = ("no", "no_public_evidence")
"""Grades of which no way to it is told."""
_GATED: Final = "yes_sales_gated"


def watch_outs(offering: Offering) -> dict[Dimension, tuple[str, ...]]:
    """The concerns of each cell that is not a clean public yes, in the order of the dimensions."""
    asked = in_order((*DIMENSIONS, *offering.cells))
    found = {dimension: concerns(offering.cells.get(dimension)) for dimension in asked}
    return {dimension: words for dimension, words in found.items() if words}


def concerns(cell: Cell | None) -> tuple[str, ...]:
    """Why a cell is not a clean public yes; nothing where it is one."""
    if cell is None:
        return ("the registry states nothing",)
    written = cell.written
    found = []
    told = [*access_words(written)] if written.value not in _NOTHING_TO_GET else []
    gated = written.value == _GATED and written.route not in (None, "public")
    if written.value != "yes_public" and not gated:  # the route says by whom it is gated
        found.append(meaning_of(written.value).concern)
    found.extend(told)
    if written.verified is None:
        found.append("never verified, so that a gate reads it as unknown")
    if written.valid_until is not None:
        found.append(f"until {written.valid_until}")
    found.extend(f"reaches {words}" for words in scope_words(written.scope))
    found.extend(f"only if {WORDING.words(condition.tree)}" for condition in cell.conditions)
    return tuple(found)
