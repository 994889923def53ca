"""Every cell in words, made once and shown on several pages.

In: a snapshot and a day. Out: rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

import msgspec

from ....model.registry import Offering
from .cells import CellView, view
from .model import Asked
from .questions import Question, questions


class Views(msgspec.Struct, frozen=True):
    """The cells of all offerings."""

    questions: tuple[Question, ...]
    rows: Mapping[str, tuple[CellView, ...]]
    """By offering; in the order of the questions."""

    def of(self, offering: Offering) -> tuple[CellView, ...]:
        """All that is said of an offering."""
        return self.rows[offering.id]

    def sections(self, rows: Sequence[CellView]) -> tuple[tuple[str, tuple[CellView, ...]], ...]:
        """The same by section."""
        return tuple((section, tuple(some)) for section, some in groupby(rows, key=lambda row: row.question.section))


def views(asked: Asked) -> Views:
    """All cells; a question of the organization's own stands where the organization answers it."""
    every = questions(asked.snapshot)
    return Views(every, {one.id: _rows(one, every, asked) for one in asked.offerings})


def _rows(one: Offering, every: Sequence[Question], asked: Asked) -> tuple[CellView, ...]:
    return tuple(view(question, one.cells.get(question.dimension), one.id, asked.counting) for question in every)
