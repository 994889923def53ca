"""CSV of a check by control: a row for each result under each control, so that a spreadsheet can count by any of them.

In: an evaluation. Out: the columns of `csv` behind those of the control. A control that no policy in force serves, a
policy that is off, and what names no control have rows, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ..model.evaluation import Evaluation
from .controls import NO_CONTROL, ControlGroup, FrameworkGroup, grouped_by_control
from .csv import COLUMNS as USUAL
from .csv import INPUTS, Around, cells_of_policy_off, under_columns, unjudged_cells
from .csv_rows import written
from .surroundings import Surroundings

CONTROL: Final = ("framework", "framework_name", "control", "control_title")
COLUMNS: Final = (*CONTROL, *USUAL)
"""Then come `INPUTS`, the same in every row."""
_NOBODY: Final = ("",) * len(CONTROL)


def render(evaluation: Evaluation, surroundings: Surroundings = Surroundings()) -> str:
    """A row of names, and the rows by framework, control, policy and result."""
    everywhere = [value(evaluation) for value in INPUTS.values()]
    return written([*COLUMNS, *INPUTS], rows(evaluation, surroundings), everywhere)


def rows(evaluation: Evaluation, surroundings: Surroundings) -> Iterator[Sequence[str]]:
    """The cells of `COLUMNS`; what was not judged comes first, and stands under no control."""
    for left in evaluation.not_judged:
        yield (*_NOBODY, *under_columns(unjudged_cells(left, surroundings)))
    around = Around(evaluation, surroundings)
    for framework in grouped_by_control(evaluation, supports=False):
        for group in framework.controls:
            yield from ((*_control(framework, group), *row) for row in _under(group, surroundings, around))


def _under(group: ControlGroup, surroundings: Surroundings, around: Around) -> Iterator[Sequence[str]]:
    for served in group.served_by:
        yield from map(around.cells, served.results)
        if not served.results:
            named = {"policy": served.policy.id, "title": served.policy.title, "severity": served.policy.severity}
            yield under_columns({"outcome": "no_usage", "blocks": "no", **named})
    yield from (under_columns(cells_of_policy_off(one, surroundings)) for one in group.off)
    if not group.served_by:
        yield under_columns({"outcome": "not_addressed", "blocks": "no", "severity": "note"})


def _control(framework: FrameworkGroup, group: ControlGroup) -> Sequence[str]:
    if framework.framework is None:
        return "", NO_CONTROL, "", ""
    return framework.framework.id, framework.framework.name, group.control.id, group.control.title
