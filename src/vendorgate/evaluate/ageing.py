"""Evidence that soon counts no longer, as far as passes rest on it.

In: results, what the bundle demands of evidence, the as-of day. Out: notices, of the registry's cells and of the
organization's own.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Final

from ..logic.wording import few
from ..model.policy import RegistryDemands
from ..model.registry import Cell
from ..model.result import Notice, Result
from ..source import Place
from .calendar import days_until, left_words

_SOON: Final = 30
"""Days."""
_SHOWN: Final = 3
"""Cells that are named one by one."""
_HELP: Final = {
    "registry": "`vendorgate registry update` looks for newer evidence",
    "bundle": "read the sources again, and say in `verified` when",
}
_Ending = tuple[datetime.date, Cell, Result]


def last_day_of_evidence(cell: Cell, demands: RegistryDemands) -> datetime.date | None:
    """The last day on which evidence can count: before it is too old, and before what it says ends."""
    verified, ends = cell.written.verified, cell.written.valid_until
    if verified is None:
        return None
    room = (datetime.date.max - verified).days
    aged = verified + datetime.timedelta(days=min(demands.max_age(cell.dimension), room))
    return aged if ends is None else min(aged, ends)


def ageing(results: Iterable[Result], demands: RegistryDemands, as_of: datetime.date) -> Iterator[Notice]:
    """What is worth knowing of evidence that passes rest on: for each owner of cells that end soon, one notice."""
    found = _ending(results, demands, as_of)
    for owner, help in _HELP.items():
        ending = sorted((one for one in found if one[1].owner == owner), key=lambda one: one[0])
        if ending:
            yield Notice("evidence-ends-soon", "note", f"{_words(ending, as_of)}; {help}", _place(ending[0]))


def _ending(results: Iterable[Result], demands: RegistryDemands, as_of: datetime.date) -> list[_Ending]:
    """Each cell whose evidence ends soon and that a pass rests on, once."""
    days: dict[int, datetime.date | None] = {}
    found: dict[int, _Ending] = {}
    for result in results:
        for cell in (one.cell for one in result.evidence if result.outcome == "pass"):
            if cell is None or id(cell) in found:
                continue
            if id(cell) not in days:
                days[id(cell)] = last_day_of_evidence(cell, demands)
            day = days[id(cell)]
            if day is not None and 0 <= days_until(day, as_of) <= _SOON and _rests_on(result, cell):
                found[id(cell)] = day, cell, result
    return list(found.values())


def _rests_on(result: Result, cell: Cell) -> bool:
    """Whether it rests on the evidence of a cell, and not only on a no that never grows old."""
    return any(
        one.kind == "evidence" and one.what == cell.dimension and one.until is not None for one in result.rests_on
    )


def _words(ending: list[_Ending], as_of: datetime.date) -> str:
    day = ending[0][0]
    until = f"until {day}, {left_words(days_until(day, as_of))}"
    names = [f"{cell.dimension} of {result.subject.offering.id}" for _, cell, result in ending]
    if len(names) == 1:
        return f"a pass rests on evidence of {names[0]} that counts {until}"
    return f"passes rest on evidence of {len(names)} cells that ends soon, the first {until}: {few(names, _SHOWN)}"


def _place(ending: _Ending) -> Place | None:
    """Where the organization states it; a registry is nobody's file to change."""
    _, cell, result = ending
    if cell.owner == "registry":
        return None
    return Place(result.subject.offering.source_of(cell.dimension), ("dimensions", cell.dimension, "verified"))
