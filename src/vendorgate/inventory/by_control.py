"""A register by the controls that policies serve: which of its rows they judge, and what each row comes to.

In: an inventory. Out: the frameworks and controls of a check by control, each with its rows. A row to which
nothing under a control applies does not stand there. Refuses to know formats, and has no word of its own for what a
control comes to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import msgspec

from ..model.control import Control
from ..model.result import Result
from ..report.control_supports import SharedSupport, SupportsByControl
from ..report.controls import ControlGroup, FrameworkGroup, ServedBy, grouped_by_control
from .filling import row_usage
from .model import Inventory, Row

_NO_ROW: Final = -1
"""In place of the place of a row."""


class RowUnder(msgspec.Struct, frozen=True):
    """A row under a control."""

    row: Row
    group: ControlGroup
    """The control with the results of this row alone, by the policies that apply to it."""


class ControlRows(msgspec.Struct, frozen=True):
    """A control, and the rows that its policies judge."""

    group: ControlGroup
    """With all results, as a check counts them; what its passes rest on is said row by row."""
    rows: tuple[RowUnder, ...]
    """In the order of the register."""
    outside: ControlGroup | None
    """The control with the results that apply to routes of which the register has no row; None where there are none."""


class FrameworkRows(msgspec.Struct, frozen=True):
    """A framework, and its controls with their rows."""

    group: FrameworkGroup
    controls: tuple[ControlRows, ...]


def by_control(inventory: Inventory) -> Iterator[FrameworkRows]:
    """Every framework that a check by control tells, in its order."""
    grouping = _grouping(inventory)
    for framework in grouped_by_control(inventory.evaluation, supports=False):
        id = None if framework.framework is None else framework.framework.id
        controls = ((None if id is None else Control(id, one.control.id), one) for one in framework.controls)
        yield FrameworkRows(framework, tuple(grouping.of(control, group) for control, group in controls))


class _Grouping(msgspec.Struct, frozen=True):
    """What the rows of every control are made of."""

    rows: Sequence[Row]
    places: Mapping[int, int]
    """By the identity of a subject, the place of its row."""
    supports: Sequence[SupportsByControl]
    """What the passes of each row rest on."""

    def of(self, control: Control | None, group: ControlGroup) -> ControlRows:
        found: dict[int, list[ServedBy]] = {}
        for served in group.served_by:
            for place, results in self.by_row(served).items():
                found.setdefault(place, []).append(ServedBy(served.policy, tuple(results)))
        outside = found.pop(_NO_ROW, None)
        rows = (
            RowUnder(self.rows[place], _part(group, found[place], self.supports[place].of(control)))
            for place in sorted(found)
        )
        return ControlRows(group, tuple(rows), None if outside is None else _part(group, outside))

    def by_row(self, served: ServedBy) -> dict[int, list[Result]]:
        """The results that apply, by the place of their row."""
        found: dict[int, list[Result]] = {}
        for one in served.results:
            if one.outcome != "not_applicable":
                found.setdefault(self.places.get(id(one.subject), _NO_ROW), []).append(one)
        return found


def _part(group: ControlGroup, served: Sequence[ServedBy], supports: tuple[SharedSupport, ...] = ()) -> ControlGroup:
    """A control with some of its results."""
    return msgspec.structs.replace(group, served_by=tuple(served), supports=supports, off=())


def _grouping(inventory: Inventory) -> _Grouping:
    by_route = {route: place for place, row in enumerate(inventory.rows) for route in row.routes}
    routes = ((id(one), by_route.get(row_usage(one))) for one in inventory.evaluation.subjects)
    places = {subject: place for subject, place in routes if place is not None}
    results: list[list[Result]] = [[] for _ in inventory.rows]
    for one in inventory.evaluation.results:
        if id(one.subject) in places:
            results[places[id(one.subject)]].append(one)
    return _Grouping(inventory.rows, places, [SupportsByControl(one) for one in results])
