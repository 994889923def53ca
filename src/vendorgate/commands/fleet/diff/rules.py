"""Rules over all usages that come to something else than before.

In: the databases of two runs. Out: those that turned, in the order of the later run, then those that are gone.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Final

import msgspec

from ....model.vocabulary import Outcome
from .model import Standing, TurnedRule
from .turning import turn

_RULES: Final = "SELECT id, title, outcome, severity, blocks FROM rules ORDER BY position"


def turned_rules(before: sqlite3.Connection, after: sqlite3.Connection, *, incomplete: bool) -> tuple[TurnedRule, ...]:
    """What became of each rule that is as bad as it was no longer. One that is less wrong because the later run is
    `incomplete` is no better: what was counted against it may have been among what could not be judged."""
    found = _turned(_rules(before), _rules(after))
    return tuple(msgspec.structs.replace(one, kind="lost") if incomplete and _is_open(one) else one for one in found)


def _is_open(one: TurnedRule) -> bool:
    return one.kind == "better" and one.after is not None and one.after[0] == "unknown"


def _rules(database: sqlite3.Connection) -> dict[str, tuple[str, Standing]]:
    rows = database.execute(_RULES)
    return {
        id: (title, Standing(outcome, severity, blocks == 1, None)) for id, title, outcome, severity, blocks in rows
    }


def _turned(before: dict[str, tuple[str, Standing]], after: dict[str, tuple[str, Standing]]) -> Iterator[TurnedRule]:
    for id in dict.fromkeys((*after, *before)):
        (old_title, old), (title, new) = before.get(id, (None, None)), after.get(id, (None, None))
        kind = turn(old, new, (None, None))
        if kind is not None:
            yield TurnedRule(id, title or old_title or "", kind, _told(old), _told(new))


def _told(one: Standing | None) -> tuple[Outcome, bool] | None:
    return None if one is None else (one.outcome, one.blocks)
