"""What will turn results of a run by itself, into its database.

In: the database, the offerings of its subjects, what judged, the day. Out: the rows of `endings`.
"""

from __future__ import annotations

import datetime
import json
import sqlite3
from collections.abc import Collection

from ....gate import Gate
from ..judging.endings import JudgedEnding, endings


def write_endings(database: sqlite3.Connection, offerings: Collection[str], gate: Gate, as_of: datetime.date) -> None:
    """Of every offering that any subject is on."""
    positions = dict(database.execute("SELECT id, position FROM policies"))
    rows = (
        (positions[one.policy], one.kind, one.what, one.offering, one.until.isoformat(), one.reference, _projects(one))
        for one in endings(gate, offerings, as_of)
    )
    database.executemany("INSERT INTO endings VALUES (?, ?, ?, ?, ?, ?, ?)", rows)


def _projects(one: JudgedEnding) -> str | None:
    return None if one.projects is None else json.dumps(one.projects)
