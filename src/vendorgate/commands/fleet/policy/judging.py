"""The fleet policies of a bundle on a run, for whoever writes one and for whoever reads one.

In: the database of a run, the bundle, the day. Out: what each rule comes to, and the rows of the table `rules`.
"""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Iterable

import msgspec

from ....model.fleet_policy import FleetResult
from ....model.policy import Bundle
from ....model.vocabulary import Decision, FailOn, Severity
from ....report.ascii_json import in_one_line
from .told import told_requirements
from .usages import fleet_of

_KEPT = ("usage.settings.", "usage.attributes.")


class JudgedRule(msgspec.Struct, frozen=True, array_like=True):
    """A row of the table `rules`, without its place."""

    id: str
    title: str
    outcome: Decision
    severity: Severity
    """In effect on the as-of day."""
    blocks: bool
    told: str
    """JSON: of each requirement what it came to, and why."""


def kept_paths(bundle: Bundle) -> tuple[str, ...]:
    """The settings and attributes that the rules over all usages read, which a run must keep among its facts."""
    paths = dict.fromkeys(path for one in bundle.fleet for path in one.paths)
    return tuple(path for path in paths if path.startswith(_KEPT))


def judge_rules(
    database: sqlite3.Connection, bundle: Bundle, as_of: datetime.date, threshold: FailOn
) -> tuple[JudgedRule, ...]:
    """What each fleet policy of a bundle comes to for the usages of a run, in their order; none where it has none."""
    return tuple(map(_row, results_of(database, bundle, as_of, threshold)))


def results_of(
    database: sqlite3.Connection, bundle: Bundle, as_of: datetime.date, threshold: FailOn
) -> tuple[FleetResult, ...]:
    """The same, with all that led to it."""
    if not bundle.fleet:
        return ()
    from ....evaluate.fleet_judging import judge_fleet  # few bundles have rules over all usages

    # One policy after the other: what tells usages apart for all of them together may be nearly as much as usages.
    return tuple(
        result
        for one in bundle.fleet
        for result in judge_fleet([one], fleet_of(database, one.paths, as_of, bundle.region_groups), threshold)
    )


def write_rules(database: sqlite3.Connection, rules: Iterable[JudgedRule]) -> None:
    """Fill the table `rules`."""
    rows = ((place, *msgspec.structs.astuple(one)) for place, one in enumerate(rules))
    database.executemany("INSERT INTO rules VALUES (?, ?, ?, ?, ?, ?, ?)", rows)


def _row(result: FleetResult) -> JudgedRule:
    policy, told = result.policy, in_one_line(told_requirements(result))
    return JudgedRule(policy.id, policy.title, result.outcome, result.severity, result.blocks, told)
