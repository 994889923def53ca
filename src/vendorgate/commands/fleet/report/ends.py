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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import msgspec

from ....logic.globs import Globs, places
from ....terminal.escape import escape
from .columns import SubjectColumns
from .model import END_KINDS, TURNS, CaseView, Ending, EndKind, Ends
from .naming import Texts

LATER: Final = "later"
_MONTHS: Final = 12
_STORED: Final = "SELECT kind, what, offering, policy, until, reference, projects FROM endings"
_LAST_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d\Z")
_globs: Final = msgspec.json.Decoder(tuple[str, ...]).decode


class _Key(NamedTuple):
    """What policies share that share an end."""

    kind: EndKind
    what: str
    offering: int | None
    until: str
    reference: str
    projects: str | None
    """JSON, as the run has it."""


_Cell = tuple[EndKind, str]
"""A kind and a column of the figure."""


class _Found(msgspec.Struct):
    """Ends by their keys, each with the policies that it is about and the subjects that it concerns."""

    policies: dict[_Key, set[int]]
    subjects: Counter[_Key] = msgspec.field(default_factory=Counter)
    months: Counter[_Cell] = msgspec.field(default_factory=Counter)


_ByOffering = Mapping["int | None", Sequence["tuple[_Key, set[int]]"]]


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
    found, shown = _Found(_stored(database, positions, texts)), months(as_of)
    whose = _manifests([key for key in found.policies if key.projects is not None], columns)
    counted = _count_for_all(found, whose, columns, cases, shown)
    if whose:
        _count_for_some(found, whose, columns, cases, shown, counted)
    rows = [_ending(key, found, column_of(key.until, shown), whose.get(key)) for key in found.policies]
    return Ends(shown, tuple(sorted(rows, key=_order)), found.months)


def _stored(database: sqlite3.Connection, positions: Mapping[int, int], texts: Texts) -> dict[_Key, set[int]]:
    """The policies of each end that the run has."""
    found: dict[_Key, set[int]] = {}
    for kind, what, offering, policy, until, reference, projects in database.execute(_STORED):
        number = None if offering is None else texts.number(escape(offering))
        key = _Key(kind, escape(what), number, until, escape(reference or ""), projects)
        found.setdefault(key, set()).add(positions[policy])
    return found


def _count_for_all(
    found: _Found,
    whose: Mapping[_Key, set[int]],
    columns: SubjectColumns,
    cases: Sequence[CaseView],
    shown: Sequence[str],
) -> Mapping[tuple[int, int], frozenset[_Cell]]:
    """Count what is for all projects; for an offering and a case, in which cells of the figure."""
    by = _by_offering({key: of for key, of in found.policies.items() if key not in whose})
    counted = {}
    for (offering, case), many in Counter(zip(columns.columns["offering"], columns.case, strict=True)).items():
        keys = [*_concerning(cases[case], offering, by), *_waivers(cases[case], found)]
        counted[offering, case] = _count(keys, many, found, shown, frozenset())
    return counted


def _count_for_some(
    found: _Found,
    whose: Mapping[_Key, set[int]],
    columns: SubjectColumns,
    cases: Sequence[CaseView],
    shown: Sequence[str],
    counted: Mapping[tuple[int, int], frozenset[_Cell]],
) -> None:
    """Count what is for some projects, in cells in which the subject is not counted yet."""
    by: defaultdict[tuple[int | None, int], list[_Key]] = defaultdict(list)
    for key, manifests in whose.items():
        for manifest in manifests:
            by[key.offering, manifest].append(key)
    every = Counter(zip(columns.columns["manifest"], columns.columns["offering"], columns.case, strict=True))
    for (manifest, offering, case), many in every.items():
        keys = [key for key in by.get((offering, manifest), ()) if _concerns(key, found.policies[key], cases[case])]
        _count(keys, many, found, shown, counted[offering, case])


def _manifests(keys: Sequence[_Key], columns: SubjectColumns) -> Mapping[_Key, set[int]]:
    """Of agreements that are for some projects the manifests of these."""
    found: list[set[int]] = [set() for _ in keys]
    named = Globs(_globs(key.projects or "[]") for key in keys)
    for number, manifest in enumerate(columns.manifests):
        if manifest.project is not None:
            for place in places(named.naming(manifest.project)):
                found[place].add(number)
    return dict(zip(keys, found, strict=True))


def _by_offering(policies: Mapping[_Key, set[int]]) -> _ByOffering:
    by: dict[int | None, list[tuple[_Key, set[int]]]] = {}
    for key, of in policies.items():
        by.setdefault(key.offering, []).append((key, of))
    return by


def _concerning(case: CaseView, offering: int, by: _ByOffering) -> Iterator[_Key]:
    """The ends of an offering, and of all, that concern a case."""
    for key, policies in (*by.get(offering, ()), *by.get(None, ())):
        if _concerns(key, policies, case):
            yield key


def _concerns(key: _Key, policies: Iterable[int], case: CaseView) -> bool:
    """Whether an end may turn any result of a case."""
    return any(case.verdicts[one] in TURNS[key.kind] for one in policies)


def _waivers(case: CaseView, found: _Found) -> list[_Key]:
    """The ends of the waivers of a case, which are taken in. A verdict says who approved one, and then its last day."""
    keys: dict[_Key, set[int]] = {}
    for policy, words in case.waivers.items():
        day = _LAST_DAY.search(words)
        key = _Key("waiver", words, None, "" if day is None else day.group(), "", None)
        keys.setdefault(key, set()).add(policy)
    for key, policies in keys.items():
        found.policies.setdefault(key, set()).update(policies)
    return [*keys]


def _count(
    keys: Sequence[_Key], many: int, found: _Found, shown: Sequence[str], counted: frozenset[_Cell]
) -> frozenset[_Cell]:
    """Count subjects for ends, and once for each kind and month in which they are not counted yet."""
    for key in keys:
        found.subjects[key] += many
    cells = frozenset((key.kind, column_of(key.until, shown)) for key in keys)
    for cell in cells - counted:
        found.months[cell] += many
    return cells


def _ending(key: _Key, found: _Found, when: str, whose: set[int] | None) -> Ending:
    policies = tuple(sorted(found.policies[key]))
    manifests = None if whose is None else tuple(sorted(whose))
    return Ending(
        key.kind, key.what, key.offering, policies, key.until, key.reference, when, found.subjects[key], manifests
    )


def _order(one: Ending) -> tuple[bool, str, int, str, int, str, tuple[int, ...], tuple[int, ...]]:
    offering = -1 if one.offering is None else one.offering
    kind = END_KINDS.index(one.kind)
    return (not one.until, one.until, kind, one.what, offering, one.reference, one.policies, one.manifests or ())
