"""The usages of a run, as rules over all of them see them: what none of the rules can tell apart is one.

In: the database of a run, the paths that rules read. Out: a `Fleet`. What it takes grows with what differs among the
usages in these paths, and not with the usages.
"""

from __future__ import annotations

import datetime
import sqlite3
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


def fleet_of(database: sqlite3.Connection, paths: Iterable[str], as_of: datetime.date, groups: RegionGroups) -> Fleet:
    """All usages of a run, as far as these paths tell them apart."""
    read = tuple(dict.fromkeys(paths))
    of_manifests = tuple(path for path in read if path in _OF_MANIFESTS)
    of_cases = tuple(path for path in read if path not in _OF_MANIFESTS)
    seen: dict[Known, tuple[int, int]] = {}
    for known, times, first in _alike(database, of_cases, of_manifests):
        before, earliest = seen.get(known, (0, first))
        seen[known] = before + times, min(earliest, first)
    members = tuple(
        Member(dict(_stated(of_cases, of_manifests, known)), times, first) for known, (times, first) in seen.items()
    )
    ((unread,),) = database.execute(UNREAD).fetchall()
    return Fleet(members, unread, as_of, groups, lambda first: _sight(database, first))


def _alike(
    database: sqlite3.Connection, of_cases: tuple[str, ...], of_manifests: tuple[str, ...]
) -> Iterator[tuple[Known, int, int]]:
    """What the rules read of the usages of one case in manifests that are alike, how many there are, the first."""
    facts = _reader(of_cases)
    last: int | None = None
    known: Known = ()
    for case, times, first, written, *rest in database.execute(_query(of_manifests)):
        if case != last:
            last, known = case, facts(written)
        yield (*known, *rest), times, first


def _query(of_manifests: tuple[str, ...]) -> str:
    names = tuple(f"m{place}" for place, _ in enumerate(of_manifests))
    columns = "".join(f", manifests.{_OF_MANIFESTS[path]} AS m{place}" for place, path in enumerate(of_manifests))
    joined = " JOIN manifests ON manifests.id = subjects.manifest" if of_manifests else ""
    told = ", ".join(("case_id", "times", "first", "facts", *names))
    alike = f"SELECT case_id, COUNT(*) AS times, MIN(subjects.id) AS first{columns} FROM subjects{joined}"  # noqa: S608
    grouped = f"{alike} GROUP BY {', '.join(('case_id', *names))}"
    # Columns of the table above and nothing that anybody states.
    return f"SELECT {told} FROM ({grouped}) JOIN cases ON cases.id = case_id ORDER BY case_id, first"  # noqa: S608


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
