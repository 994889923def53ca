"""The coming days as CSV (RFC 4180) for spreadsheets: a row for every result that turns and every day on which it does.

In: a plan. Out: as the CSV of a check; the same words in both mean the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from ...frame.formats import surroundings
from ...report.csv import INPUTS, unjudged_cells
from ...report.csv_rows import joined, written
from ...report.surroundings import Surroundings
from .model import Plan, PolicyState, Turn
from .wording import ways

COLUMNS: Final[Mapping[str, Callable[[Turn, Surroundings], str]]] = {
    "day": lambda turn, _: turn.day.isoformat(),
    "last_day": lambda turn, _: turn.last_day.isoformat(),
    "direction": lambda turn, _: turn.direction,
    "policy": lambda turn, _: turn.policy.id,
    "title": lambda turn, _: turn.policy.title,
    "project": lambda turn, _: turn.subject.manifest.project,
    "usage": lambda turn, _: turn.subject.usage,
    "route": lambda turn, _: turn.subject.route,
    "offering": lambda turn, _: turn.subject.offering.id,
    "account": lambda turn, _: turn.subject.name.account or "",
    "vendor": lambda turn, _: turn.subject.name.vendor or "",
    "manifest": lambda turn, around: around.path(turn.subject.manifest.source.path),
    "line": lambda turn, _: str(turn.subject.location.line),
    "column": lambda turn, _: str(turn.subject.location.column),
    "outcome_before": lambda turn, _: turn.before.outcome,
    "severity_before": lambda turn, _: turn.before.severity,
    "blocks_before": lambda turn, _: _yes(turn.before.blocks),
    "waived_until_before": lambda turn, _: _waived_until(turn.before),
    "outcome": lambda turn, _: turn.after.outcome,
    "severity": lambda turn, _: turn.after.severity,
    "blocks": lambda turn, _: _yes(turn.after.blocks),
    "waived_until": lambda turn, _: _waived_until(turn.after),
    "cause_kinds": lambda turn, _: joined(cause.kind for cause in turn.causes),
    "causes": lambda turn, _: joined(cause.message for cause in turn.causes),
    "cause_locations": lambda turn, around: joined(
        f"{around.path(cause.location.path)}:{cause.location.line}" for cause in turn.causes
    ),
    "ways_out": lambda turn, _: joined(ways(turn)),
    "manifest_sha256": lambda turn, _: turn.subject.manifest.sha256,
}
"""What a row says of its turn, and from where; then comes what is the same in every row."""


def render(plan: Plan) -> str:
    """A row of names, a row a manifest that was not judged, and a row a turn, in the order of the plan."""
    around = surroundings()
    same = {**{name: value(plan.evaluation) for name, value in INPUTS.items()}, "until": plan.until.isoformat()}
    left = (unjudged_cells(one, around) for one in plan.evaluation.not_judged)
    first = ([{**cells, "causes": cells["reasons"]}.get(name, "") for name in COLUMNS] for cells in left)
    rows = ([value(turn, around) for value in COLUMNS.values()] for turn in plan.turns)
    return written([*COLUMNS, *same], (*first, *rows), same.values())


def _yes(whether: bool) -> str:
    return "yes" if whether else "no"


def _waived_until(state: PolicyState) -> str:
    return "" if state.waiver is None else state.waiver.written.expires.isoformat()
