"""What is worth knowing of a run as a whole, said once, when all is judged.

In: the bundle, the database, what each waiver did. Out: notices without a manifest.
"""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from ....evaluate.notices import notices as notices_of
from ....gate import Gate
from ....logic.wording import and_more, count
from ....model.result import Notice
from ..judging.waiving import waiver_notices
from ..model import JudgedNotice, MetWaiver

_OF_JUDGES: Final = frozenset(("self-declared", "policy-off", "stale-unmatched", "stale-index"))
_SHOWN: Final = 3
"""Manifests of one name that are named one by one."""
_TWICE: Final = """
SELECT project, COUNT(*), MIN(id) FROM manifests
WHERE project IS NOT NULL AND problems = '[]' AND bound IS NOT 1
GROUP BY project HAVING COUNT(*) > 1 ORDER BY MIN(id)
"""
_FIRST: Final = """
SELECT path FROM manifests WHERE project = ? AND problems = '[]' AND bound IS NOT 1 ORDER BY id LIMIT ?
"""


def run_notices(
    gate: Gate,
    said: Iterable[Notice],
    as_of: datetime.date,
    met: Mapping[int, MetWaiver],
    database: sqlite3.Connection,
    *,
    whole: bool,
) -> Iterator[JudgedNotice]:
    """The notices of a run; `said` is what is known of how bundle and registry were found. Where it is not whole,
    a waiver that nothing met might be one for what was not judged."""
    yield from map(_judged, said)
    of_none = notices_of((), (), (), (), gate.bundle, gate.snapshot(()), as_of)
    yield from (_judged(one) for one in of_none if one.id in _OF_JUDGES)
    for notice in waiver_notices(gate.bundle, dict(met), as_of):
        if whole or notice.id != "unused-waiver":
            yield _judged(notice)
    yield from _named_twice(database)


def _judged(one: Notice) -> JudgedNotice:
    where = "" if one.location is None else f" ({one.location})"
    return JudgedNotice(one.id, one.severity, f"{one.message}{where}")


def _named_twice(database: sqlite3.Connection) -> Iterator[JudgedNotice]:
    """Once for each name that several manifests have, and no entry of `projects` binds."""
    for project, manifests, _ in database.execute(_TWICE).fetchall():
        paths = [path for (path,) in database.execute(_FIRST, (project, _SHOWN))]
        message = (
            f"project `{project}` is the name of {count(manifests, 'manifest')}, and no entry of `projects` binds them"
            f" ({and_more(', '.join(paths), manifests - len(paths))}):"
            " give each its own name, or bind them in bundle.yaml"
        )
        yield JudgedNotice("project-named-twice", "warning", message)
