"""What ends by itself: evidence that grows too old, agreements, waivers, and the time before policies are enforced.

In: the database of a run, its subjects and cases, the as-of day. Out: each end with how many subjects it concerns, and
how many by month. An end concerns who has a result that it may turn: a pass that reads it, a waiver, a policy that does
not block yet.
"""

from __future__ import annotations

import datetime
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, cast

import msgspec

from ....terminal.escape import escape
from .columns import SubjectColumns
from .model import END_KINDS, TURNS, CaseView, Ending, EndKind, Ends
from .naming import Texts

LATER: Final = "later"
_MONTHS: Final = 12
_STORED: Final = "SELECT kind, what, offering, policy, until, reference FROM endings"
_LAST_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d\Z")
_Key = tuple[EndKind, str, "int | None", str, str]
"""Kind, what, offering, until, reference: policies that share all of it share one end."""


class _Found(msgspec.Struct):
    """Ends by their keys, each with the policies that it is about and the subjects that it concerns."""

    policies: dict[_Key, set[int]] = msgspec.field(default_factory=dict)
    subjects: Counter[_Key] = msgspec.field(default_factory=Counter)


def months(as_of: str) -> tuple[str, ...]:
    """The columns of a figure: this month and the eleven after it, and what comes later."""
    day = datetime.date.fromisoformat(as_of)
    numbers = range(day.year * 12 + day.month - 1, day.year * 12 + day.month - 1 + _MONTHS)
    return (*(f"{number // 12:04d}-{number % 12 + 1:02d}" for number in numbers), LATER)


def column_of(until: str, columns: Sequence[str]) -> str:
    """The column in which a last day stands."""
    return until[:7] if until[:7] in columns else LATER


def ends(
    database: sqlite3.Connection,
    positions: Mapping[int, int],
    texts: Texts,
    columns: SubjectColumns,
    cases: Sequence[CaseView],
    as_of: str,
) -> Ends:
    """All ends of a run; `positions` has the place of each policy by its position."""
    found = _Found()
    for kind, what, offering, policy, until, reference in database.execute(_STORED):
        number = None if offering is None else texts.number(escape(offering))
        key = (cast(EndKind, kind), escape(what), number, until, escape(reference or ""))
        found.policies.setdefault(key, set()).add(positions[policy])
    shown = months(as_of)
    together: Counter[tuple[EndKind, str]] = Counter()
    by_offering = _by_offering(found.policies)
    for (offering, case), many in Counter(zip(columns.columns["offering"], columns.case, strict=True)).items():
        keys = [*_of_case(cases[case], (*by_offering[offering], *by_offering[None]), found)]
        for key in keys:
            found.subjects[key] += many
        for cell in {(key[0], column_of(key[3], shown)) for key in keys}:
            together[cell] += many
    rows = [_ending(key, found, column_of(key[3], shown)) for key in found.policies]
    return Ends(shown, tuple(sorted(rows, key=_order)), together)


def _by_offering(policies: Mapping[_Key, set[int]]) -> defaultdict[int | None, list[tuple[_Key, set[int]]]]:
    by: defaultdict[int | None, list[tuple[_Key, set[int]]]] = defaultdict(list)
    for key, of in policies.items():
        by[key[2]].append((key, of))
    return by


def _of_case(case: CaseView, stored: Iterable[tuple[_Key, set[int]]], found: _Found) -> Iterable[_Key]:
    """The ends that concern a case; those of its waivers are taken in."""
    yield from (key for key, policies in stored if any(case.verdicts[one] in TURNS[key[0]] for one in policies))
    waived: dict[_Key, set[int]] = {}
    for policy, words in case.waivers.items():
        waived.setdefault(_of_waiver(words), set()).add(policy)
    for key, policies in waived.items():
        found.policies.setdefault(key, set()).update(policies)
    yield from waived


def _of_waiver(words: str) -> _Key:
    """A verdict says of a waiver who approved it and then its last day."""
    day = _LAST_DAY.search(words)
    return ("waiver", words, None, "" if day is None else day.group(), "")


def _ending(key: _Key, found: _Found, when: str) -> Ending:
    kind, what, offering, until, reference = key
    policies = tuple(sorted(found.policies[key]))
    return Ending(kind, what, offering, policies, until, reference, when, found.subjects[key])


def _order(one: Ending) -> tuple[bool, str, int, str, int, str, tuple[int, ...]]:
    offering = -1 if one.offering is None else one.offering
    return (not one.until, one.until, END_KINDS.index(one.kind), one.what, offering, one.reference, one.policies)
