"""The usages of a run, as rules over all of them see them: what none of the rules can tell apart is one.

In: the database of a run, the paths that rules read. Out: a `Fleet`. What it takes grows with what differs among the
usages in these paths, and not with the usages.
"""

from __future__ import annotations

import datetime
import sqlite3
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

import msgspec

from ....evaluate.fleet import Fleet, Member
from ....logic import Json
from ....model.fleet_policy import Sight
from ....model.vocabulary import RegionGroups

_OF_MANIFESTS: Final[Mapping[str, str]] = {
    "project.name": "project",
    "project.owner": "owner",
    "project.bound": "bound",
    "repository": "repository",
}
"""Paths that are of a manifest as a whole: the column that has each."""
UNREAD: Final = """
SELECT (SELECT COUNT(*) FROM manifests WHERE problems <> '[]')
  + (SELECT COUNT(*) FROM repositories WHERE state = 'error')
"""
"""How many manifests and repositories could not be judged."""
_SIGHT: Final = """
SELECT project, usage, offering, path, repository, vendor
FROM subjects JOIN manifests ON manifests.id = subjects.manifest WHERE subjects.id = ?
"""
Known = tuple[object, ...]
"""What the rules read of usages, a value a path: of a case as JSON, empty where nobody states it."""
Seen = dict[tuple[object, ...], tuple[int, int]]
"""By the number of what is known of cases, and what of manifests: how many usages there are, and the first of them."""


def fleet_of(database: sqlite3.Connection, paths: Iterable[str], as_of: datetime.date, groups: RegionGroups) -> Fleet:
    """All usages of a run, as far as these paths tell them apart."""
    read = tuple(dict.fromkeys(paths))
    of_manifests = tuple(path for path in read if path in _OF_MANIFESTS)
    of_cases = tuple(path for path in read if path not in _OF_MANIFESTS)
    numbers, known = _cases(database, of_cases)
    seen = _in_manifests(database, numbers, of_manifests) if of_manifests else _by_case(database, numbers)
    members = tuple(_members(seen, known, of_cases, of_manifests))
    ((unread,),) = database.execute(UNREAD).fetchall()
    return Fleet(members, unread, as_of, groups, lambda first: _sight(database, first))


def _members(
    seen: Seen, known: list[Known], of_cases: tuple[str, ...], of_manifests: tuple[str, ...]
) -> Iterator[Member]:
    while seen:  # what is taken out is not held twice
        (number, *whose), (times, first) = seen.popitem()
        assert isinstance(number, int)
        yield Member(dict(_stated(of_cases, of_manifests, (*known[number], *whose))), times, first)


def _cases(database: sqlite3.Connection, paths: tuple[str, ...]) -> tuple[array[int], list[Known]]:
    """By the id of a case the number of what the rules read of it, and by number what that is."""
    ((greatest,),) = database.execute("SELECT COALESCE(MAX(id), 0) FROM cases").fetchall()
    numbers = array("L", bytes(array("L").itemsize * (greatest + 1)))
    found: dict[Known, int] = {}
    facts = _reader(paths)
    for case, written in database.execute("SELECT id, facts FROM cases"):
        numbers[case] = found.setdefault(facts(written), len(found))
    return numbers, [*found]


def _by_case(database: sqlite3.Connection, numbers: array[int]) -> Seen:
    """The usages of each case, where nothing of manifests is read: an index has them."""
    seen: Seen = {}
    for case, times, first in database.execute("SELECT case_id, COUNT(*), MIN(id) FROM subjects GROUP BY case_id"):
        before, earliest = seen.get((numbers[case],), (0, first))
        seen[numbers[case],] = before + times, min(earliest, first)
    return seen


def _in_manifests(database: sqlite3.Connection, numbers: array[int], paths: tuple[str, ...]) -> Seen:
    """The usages one by one, with what is read of their manifests; the first of them comes first."""
    columns = ", ".join(f"manifests.{_OF_MANIFESTS[path]}" for path in paths)
    # Columns of the table above, and nothing that anybody states.
    query = f"SELECT case_id, subjects.id, {columns} FROM subjects JOIN manifests ON manifests.id = subjects.manifest"  # noqa: S608
    seen: Seen = {}
    for case, subject, *whose in database.execute(f"{query} ORDER BY subjects.id"):
        key = numbers[case], *whose
        times, first = seen.get(key, (0, subject))
        seen[key] = times + 1, first
    return seen


def _reader(paths: tuple[str, ...]) -> Callable[[str], Known]:
    """Reads of the facts of a case what stands under these paths, as it is written: `true` is not `1`."""
    fields = [(f"f{place}", msgspec.Raw, msgspec.Raw()) for place, _ in enumerate(paths)]
    names = {f"f{place}": path for place, path in enumerate(paths)}
    decoder = msgspec.json.Decoder(msgspec.defstruct("Facts", fields, rename=names))
    return lambda written: tuple(map(bytes, msgspec.structs.astuple(decoder.decode(written))))


def _stated(of_cases: tuple[str, ...], of_manifests: tuple[str, ...], known: Known) -> Iterator[tuple[str, Json]]:
    """What is stated, by path."""
    for path, written in zip(of_cases, known, strict=False):
        if isinstance(written, bytes) and written:
            yield path, msgspec.json.decode(written)
    for path, value in zip(of_manifests, known[len(of_cases) :], strict=True):
        if isinstance(value, int):
            yield path, value == 1
        elif isinstance(value, str):
            yield path, value


def _sight(database: sqlite3.Connection, first: int) -> Sight:
    ((project, usage, offering, manifest, repository, vendor),) = database.execute(_SIGHT, (first,)).fetchall()
    return Sight(project, usage, offering if vendor is None else f"{offering} ({vendor})", manifest, repository)
