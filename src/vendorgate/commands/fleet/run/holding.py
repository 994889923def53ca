"""Whether `run.json` says of its database what that holds: who edits one of them shall not be believed.

In: a document, a database. Out: what they differ in, in words; None where they say the same.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Final

from .counting import counts, drift, not_judged, rules, summary, verdict
from .document import FleetPolicy, FleetRun

_RESULTS: Final = """
SELECT policies.id, outcome, SUM(subjects), SUM(subjects * blocks)
FROM verdicts
JOIN (SELECT case_id, COUNT(*) AS subjects FROM subjects GROUP BY case_id) USING (case_id)
JOIN policies ON policies.position = policy
GROUP BY policy, outcome
"""
_POLICIES: Final = "SELECT id, title, severity FROM policies ORDER BY position"
Counted = dict[tuple[str, str], int]
"""Subjects by policy, and outcome or `blocking`; none that is 0."""


def difference(about: FleetRun, database: sqlite3.Connection) -> str | None:
    """What of a document is not what its database holds.

    Raises:
        sqlite3.Error: it is no database of a run.
    """
    differing = (name for name, said, held in _compared(about, database) if said != held)
    return next(differing, None)


def _compared(about: FleetRun, database: sqlite3.Connection) -> Iterator[tuple[str, object, object]]:
    """What both say, by a name; each is asked for when the one before is the same."""
    held = counts(database)
    yield "number of everything", about.counts, held
    policies = [(one.id, one.title, one.severity) for one in about.policies]
    yield "list of policies", policies, database.execute(_POLICIES).fetchall()
    yield "count of results", _said(about.policies), _results(database)
    yield "list of rules", about.rules, rules(database)
    yield "summary", about.summary, summary(database, about.policies, about.rules)
    yield "count of differences", about.drift, drift(database, about.fail_on)
    yield "verdict", about.verdict, verdict(held, about.summary, about.drift)
    yield "list of what was not judged", about.not_judged, not_judged(database)


def _results(database: sqlite3.Connection) -> Counted:
    found: Counted = {}
    for policy, outcome, subjects, blocks in database.execute(_RESULTS):
        found[policy, outcome] = subjects
        found[policy, "blocking"] = found.get((policy, "blocking"), 0) + blocks
    return {name: one for name, one in found.items() if one}


def _said(policies: Iterable[FleetPolicy]) -> Counted:
    found: Counted = {}
    for one in policies:
        told = (one.passed, one.fail, one.unknown, one.waived, one.not_applicable, one.blocking)
        names = ("pass", "fail", "unknown", "waived", "not_applicable", "blocking")
        found.update({(one.id, name): count for name, count in zip(names, told, strict=True) if count})
    return found
