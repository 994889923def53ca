"""What a run came to, counted by its database: outcomes, what blocks where, what was not judged.

In: the database of a run. Out: counts, as `run.json` has them.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from ....evaluate.judge import stricter_or_equal
from ....load.json_text import cut
from ....logic.globs import places
from ....model.vocabulary import SEVERITIES, FailOn, Outcome, Verdict
from ....report.document import ReportedSummary
from .document import FleetCounts, FleetDrift, FleetPolicy, FleetRule, FleetUnjudged

_OUTCOMES: Final[tuple[Outcome, ...]] = ("pass", "fail", "unknown", "waived", "not_applicable")
_BY_CASE: Final = """
CREATE TEMP TABLE subjects_by_case AS SELECT case_id, COUNT(*) AS subjects FROM subjects GROUP BY case_id
"""
_BY_POLICY: Final = """
SELECT policy, outcome, SUM(subjects), SUM(subjects * blocks)
FROM verdicts JOIN subjects_by_case USING (case_id) GROUP BY policy, outcome
"""
_BLOCKING: Final = "SELECT case_id, policy FROM verdicts WHERE blocks ORDER BY case_id"
_SUBJECTS: Final = "SELECT manifest, case_id FROM subjects ORDER BY id"
_REPOSITORIES: Final = "SELECT id, repository FROM manifests WHERE repository IS NOT NULL ORDER BY id"
"""In the order of the subjects."""
_DRIFT: Final = "SELECT id, COUNT(*), COUNT(DISTINCT repository) FROM drift WHERE severity = ? GROUP BY id ORDER BY id"
_SHOWN: Final = 20
"""Manifests and repositories that were not judged, and are named one by one."""
_REASONS: Final = 3
"""Problems of one of them."""


def counts(database: sqlite3.Connection) -> FleetCounts:
    """How much there is of everything."""
    repositories, unreachable = _row(database, "SELECT COUNT(*), SUM(state = 'error') FROM repositories")
    manifests, not_judged, usages = _row(
        database, "SELECT COUNT(*), SUM(problems <> '[]'), SUM(usages * (problems = '[]')) FROM manifests"
    )
    (cases,) = _row(database, "SELECT COUNT(*) FROM cases")
    return FleetCounts(repositories, unreachable, manifests, not_judged, usages, cases)


def policies(database: sqlite3.Connection) -> tuple[FleetPolicy, ...]:
    """What each policy came to, in their order."""
    outcomes, blocking = _by_policy(database)
    blocked = _blocked(database)
    rows = database.execute("SELECT position, id, title, severity FROM policies ORDER BY position").fetchall()
    found = []
    for place, id, title, severity in rows:
        passed, fail, unknown, waived, not_applicable = (outcomes.get((place, one), 0) for one in _OUTCOMES)
        blocks, (manifests, known) = blocking.get(place, 0), blocked.get(place, (0, 0))
        counted = (passed, fail, unknown, waived, not_applicable, blocks, manifests, known)
        found.append(FleetPolicy(id, title, severity, *counted))
    return tuple(found)


def _by_policy(database: sqlite3.Connection) -> tuple[dict[tuple[int, str], int], dict[int, int]]:
    """Subjects by policy and outcome, and how many each policy blocks."""
    outcomes: dict[tuple[int, str], int] = {}
    blocking: dict[int, int] = {}
    database.execute(_BY_CASE)
    for policy, outcome, subjects, blocks in database.execute(_BY_POLICY):
        outcomes[policy, outcome] = subjects
        blocking[policy] = blocking.get(policy, 0) + blocks
    database.execute("DROP TABLE subjects_by_case")
    return outcomes, blocking


def _blocked(database: sqlite3.Connection) -> dict[int, tuple[int, int]]:
    """Of each policy that blocks anything, in how many manifests and in how many repositories it does.

    In one pass over the subjects, which are in the order of their manifests; what blocks a case is a bit a policy.
    """
    blocking = _bits_by_case(database)
    manifests, repositories = Counter[int](), dict[str, int]()
    stated: Iterator[tuple[int, str]] = database.execute(_REPOSITORIES)
    next_one, repository = next(stated, (0, ""))
    for manifest, bits in _bits_by_manifest(database.execute(_SUBJECTS), blocking):
        if not bits:
            continue
        manifests[bits] += 1
        while 0 < next_one < manifest:
            next_one, repository = next(stated, (0, ""))
        if next_one == manifest:
            repositories[repository] = repositories.get(repository, 0) | bits
    of_repositories = Counter(repositories.values())
    found = {place for bits in manifests for place in places(bits)}
    return {place: (_having(place, manifests), _having(place, of_repositories)) for place in found}


def _bits_by_manifest(subjects: Iterable[tuple[int, int]], blocking: list[int]) -> Iterator[tuple[int, int]]:
    """Each manifest that has subjects, with a bit for each policy that blocks any of them."""
    last = bits = 0
    for manifest, case in subjects:
        if manifest != last:
            if last:
                yield last, bits
            last, bits = manifest, 0
        bits |= blocking[case]
    if last:
        yield last, bits


def _bits_by_case(database: sqlite3.Connection) -> list[int]:
    """By the number of a case: a bit for each policy that blocks it."""
    (last,) = _row(database, "SELECT MAX(id) FROM cases")
    found, alike = [0] * (last + 1), dict[int, int]()
    for case, policy in database.execute(_BLOCKING):
        bits = found[case] | 1 << policy
        found[case] = alike.setdefault(bits, bits)
    return found


def _having(place: int, counted: Counter[int]) -> int:
    return sum(times for bits, times in counted.items() if bits >> place & 1)


def rules(database: sqlite3.Connection) -> tuple[FleetRule, ...]:
    """What the policies over all usages came to, in their order."""
    rows = database.execute("SELECT id, title, outcome, severity, blocks FROM rules ORDER BY position")
    return tuple(FleetRule(id, title, outcome, severity, bool(blocks)) for id, title, outcome, severity, blocks in rows)


def summary(
    database: sqlite3.Connection, by_policy: tuple[FleetPolicy, ...], of_all: tuple[FleetRule, ...]
) -> ReportedSummary:
    """Counts of all results, which are those of all policies together."""
    (subjects,) = _row(database, "SELECT COUNT(*) FROM subjects")
    return ReportedSummary(
        subjects=subjects,
        passed=sum(one.passed for one in by_policy),
        fail=sum(one.fail for one in by_policy),
        unknown=sum(one.unknown for one in by_policy),
        waived=sum(one.waived for one in by_policy),
        not_applicable=sum(one.not_applicable for one in by_policy),
        blocking=sum(one.blocking for one in by_policy) + sum(one.blocks for one in of_all),
    )


def drift(database: sqlite3.Connection, fail_on: FailOn) -> tuple[FleetDrift, ...]:
    """How code departs from what is declared; what is at least as serious as the threshold blocks."""
    return tuple(
        FleetDrift(id, severity, differences, repositories, stricter_or_equal(fail_on, severity))
        for severity in SEVERITIES
        for id, differences, repositories in database.execute(_DRIFT, (severity,))
    )


def not_judged(database: sqlite3.Connection) -> tuple[FleetUnjudged, ...]:
    """The first of what was not judged: repositories, then manifests."""
    repositories = database.execute(
        "SELECT name, COALESCE(problem, '') FROM repositories WHERE state = 'error' ORDER BY id LIMIT ?", (_SHOWN,)
    )
    found = [FleetUnjudged(name, (cut(problem),)) for name, problem in repositories]
    manifests = database.execute(
        "SELECT path, (SELECT json_group_array(value) FROM (SELECT value FROM json_each(problems) LIMIT ?))"
        " FROM manifests WHERE problems <> '[]' ORDER BY id LIMIT ?",
        (_REASONS, _SHOWN - len(found)),
    )
    return (
        *found,
        *(FleetUnjudged(path, tuple(map(cut, msgspec.json.decode(told, type=list[str])))) for path, told in manifests),
    )


def verdict(counted: FleetCounts, summed: ReportedSummary, departing: tuple[FleetDrift, ...]) -> Verdict:
    """Incomplete as soon as anything was not judged, else fail as soon as anything blocks."""
    if counted.not_judged or counted.unreachable:
        return "incomplete"
    return "fail" if summed.blocking or any(one.blocks for one in departing) else "pass"


def _row(database: sqlite3.Connection, query: str) -> tuple[int, ...]:
    return tuple(int(one or 0) for one in database.execute(query).fetchone())
