"""Which evidence counts on the day of the pages, as a gate has it (`evaluate/case.py`, `evaluate/contracts.py`).

In: a cell, a day, what the bundle demands, its register of agreements. Out: why it does not count, in few words.
"""

from __future__ import annotations

import datetime

import msgspec

from ....evaluate.calendar import is_current
from ....evaluate.contracts import KIND_OF
from ....logic.functions import matches_glob
from ....model.agreement import Agreement
from ....model.policy import RegistryDemands
from ....model.registry import Cell
from ....model.vocabulary import CONFIDENCES, CONTRACT


class Counting(msgspec.Struct, frozen=True):
    """By what evidence counts."""

    day: datetime.date
    demands: RegistryDemands
    agreements: tuple[Agreement, ...] = ()
    """The organization's; a cell can rest on one."""

    def doubt(self, cell: Cell, offering: str) -> str:
        """Why a cell of an offering does not count; empty where it does."""
        written, verified = cell.written, cell.written.verified
        if written.value == CONTRACT and not self._is_agreed(cell, offering):
            return "no such contract in force"
        if written.valid_until is not None and written.valid_until < self.day:
            return f"ended {written.valid_until}"
        if verified is None:
            return "never verified"
        if verified > self.day:
            return f"read after {self.day}"
        if (self.day - verified).days > self.demands.max_age(cell.dimension):
            return "read too long ago"
        least = CONFIDENCES.index(self.demands.min_confidence)
        return "not sure enough" if CONFIDENCES.index(written.confidence or "low") < least else ""

    def _is_agreed(self, cell: Cell, offering: str) -> bool:
        """Whether the contract that a cell rests on is in force, for the projects that it names."""
        found = [one for one in self.agreements if one.reference == cell.agreement and is_current(one, self.day)]
        return bool(found) and all(_is_about(one, cell, offering) for one in found)


def _is_about(agreement: Agreement, cell: Cell, offering: str) -> bool:
    wanted = KIND_OF.get(cell.dimension, agreement.kind)
    return agreement.kind == wanted and any(matches_glob(offering, glob) for glob in agreement.offerings)
