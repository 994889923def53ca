"""What was judged, into `run.sqlite`: batches in their order, each distinct case once.

In: judged batches, repositories and drift of a store, notices. Out: the database. The same batches give the same rows
with the same ids, whoever judged them and in whatever order they ended.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Final

import msgspec

from ....model.policy import Policy
from ....report.ascii_json import in_one_line
from ..model import FoundDrift, GatheredRepository, JudgedBatch, JudgedCase, JudgedManifest, JudgedNotice
from .schema import INDEXES, TABLES

_QUICK: Final = (
    "PRAGMA journal_mode = OFF",  # it is written anew, and put in place when it is whole
    "PRAGMA synchronous = OFF",
    "PRAGMA locking_mode = EXCLUSIVE",
    "PRAGMA cache_size = -65536",
)
_REMEMBERED: Final = 200_000
"""Digests of cases whose numbers are known without asking the database."""

_OFFERING: Final = 3
"""Its place in the row of a subject."""

_REPOSITORY: Final = """
INSERT INTO repositories VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (name) DO UPDATE SET origin = excluded.origin, state = excluded.state, commit_id = excluded.commit_id,
  problem = excluded.problem, help = excluded.help, gathered = excluded.gathered, coded = excluded.coded,
  manifests = excluded.manifests
WHERE excluded.state = 'error' AND repositories.state <> 'error'
"""


class RunWriter:
    """Writes the database of one run; every batch once, in order."""

    def __init__(self, path: Path, policies: Iterable[Policy]) -> None:
        self._database = sqlite3.connect(path, isolation_level=None)
        for pragma in _QUICK:
            self._database.execute(pragma)
        self._database.executescript(TABLES)
        self._database.execute("BEGIN")
        self._positions = self._write_policies(policies)
        self._cases = _Cases(self._database, self._positions)
        self._manifests = 0
        self.offerings = set[str]()
        """Those that any subject is on, which the database would look for in all of them."""

    def __enter__(self) -> RunWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()

    @property
    def database(self) -> sqlite3.Connection:
        """What has been written so far, to be asked."""
        return self._database

    def _write_policies(self, policies: Iterable[Policy]) -> dict[str, int]:
        rows = [(place, one.id, one.title, one.severity) for place, one in enumerate(policies)]
        self._database.executemany("INSERT INTO policies VALUES (?, ?, ?, ?)", rows)
        return {id: place for place, id, _, _ in rows}

    def write_repositories(self, repositories: Iterable[GatheredRepository]) -> None:
        """The repositories of a store.

        One that several stores have is as the first says it, but for one that any of them could not read, which is as
        that one says it: what another store has of its name may be an earlier commit, or another repository.
        """
        rows = (
            (
                *(None, one.name, one.origin, one.state, one.commit),
                *(one.problem, one.help, one.gathered, one.coded, one.manifests),
            )
            for one in repositories
        )
        self._database.executemany(_REPOSITORY, rows)

    def write_drift(self, found: Iterable[FoundDrift]) -> None:
        rows = map(msgspec.structs.astuple, found)
        self._database.executemany("INSERT INTO drift VALUES (?, ?, ?, ?, ?, ?, ?)", rows)

    def take(self, judged: JudgedBatch) -> None:
        """Write a batch that comes right after those that were written."""
        numbers = self._cases.numbers(judged)
        first = self._manifests + 1
        self._manifests += len(judged.manifests)
        manifests = list(enumerate(judged.manifests, first))
        write = self._database.executemany
        write("INSERT INTO manifests VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", map(_manifest_row, manifests))
        subjects = [
            (id, one.usage, one.route, one.offering, one.account, one.vendor, one.line, numbers[one.case])
            for id, manifest in manifests
            for one in manifest.subjects
        ]
        write("INSERT INTO subjects VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)", subjects)
        self.offerings.update([subject[_OFFERING] for subject in subjects])
        self._write_notices(
            (id, None, notice) for id, manifest in manifests if manifest.notices for notice in manifest.notices
        )

    def write_notices(self, notices: Iterable[JudgedNotice]) -> None:
        """Those of the run as a whole."""
        self._write_notices((None, None, one) for one in notices)

    def _write_notices(self, notices: Iterable[tuple[int | None, int | None, JudgedNotice]]) -> None:
        rows = ((*whose, one.id, one.severity, one.message, one.usage) for *whose, one in notices)
        self._database.executemany("INSERT INTO notices VALUES (?, ?, ?, ?, ?, ?)", rows)

    @property
    def missing(self) -> frozenset[int]:
        """Numbers of batches that have a case which nobody handed over."""
        return frozenset(self._cases.missing.values())

    def end(self) -> None:
        """Write what makes it quick to ask, and all that is not on the disk yet."""
        self._database.execute("COMMIT")
        self._database.executescript(INDEXES)
        self._database.execute("ANALYZE")


class _Cases:
    """Each distinct case once, numbered by its first subject."""

    def __init__(self, database: sqlite3.Connection, positions: dict[str, int]) -> None:
        self._database = database
        self._positions = positions
        self._numbers: dict[bytes, int] = {}
        self._count = 0
        self.missing: dict[str, int] = {}
        """Of each case that is not here yet: the batch that first has a subject of it."""

    def numbers(self, judged: JudgedBatch) -> dict[str, int]:
        """The number of each case of a batch; those that are new are written."""
        handed = {case.digest: case for case in judged.cases}
        wanted = dict.fromkeys(one.case for manifest in judged.manifests for one in manifest.subjects)
        wanted.update(dict.fromkeys(handed))
        found: dict[str, int] = {}
        written: list[tuple[int, JudgedCase]] = []
        for digest in wanted:
            known = self._known(digest)
            found[digest] = number = known or self._next(digest)
            case = handed.get(digest)
            if case is not None and (known is None or self.missing.pop(digest, None) is not None):
                written.append((number, case))
            elif case is None and known is None:
                self.missing[digest] = judged.number
        self._write(written)
        self._write_missing((found[digest], digest) for digest in wanted if digest in self.missing)
        return found

    def _known(self, digest: str) -> int | None:
        short = bytes.fromhex(digest)
        number = self._numbers.get(short)
        if number is None and self._count > len(self._numbers):
            row = self._database.execute("SELECT id FROM cases WHERE digest = ?", (digest,)).fetchone()
            number = None if row is None else self._remember(short, row[0])
        return number

    def _next(self, digest: str) -> int:
        self._count += 1
        return self._remember(bytes.fromhex(digest), self._count)

    def _remember(self, digest: bytes, number: int) -> int:
        if len(self._numbers) >= _REMEMBERED:
            self._numbers.clear()
        self._numbers[digest] = number
        return number

    def _write(self, cases: list[tuple[int, JudgedCase]]) -> None:
        write = self._database.executemany
        write(
            "INSERT OR REPLACE INTO cases VALUES (?, ?, ?, ?)",
            ((id, one.digest, one.facts.decode(), one.reasons.decode()) for id, one in cases),
        )
        write("INSERT INTO verdicts VALUES (?, ?, ?, ?, ?, ?)", self._verdicts(cases))
        notices = ((id, one) for id, case in cases for one in case.notices)
        write(
            "INSERT INTO notices VALUES (NULL, ?, ?, ?, ?, ?)",
            ((id, one.id, one.severity, one.message, one.usage) for id, one in notices),
        )

    def _verdicts(self, cases: Iterable[tuple[int, JudgedCase]]) -> Iterator[tuple[object, ...]]:
        for id, case in cases:
            for one in case.results:
                yield id, self._positions[one.policy], one.outcome, one.severity, one.blocks, one.waiver

    def _write_missing(self, cases: Iterable[tuple[int, str]]) -> None:
        """Keep the place of cases that another batch hands over."""
        self._database.executemany("INSERT OR IGNORE INTO cases VALUES (?, ?, '', '')", cases)


def _manifest_row(numbered: tuple[int, JudgedManifest]) -> tuple[object, ...]:
    id, one = numbered
    problems = in_one_line(list(one.problems)) if one.problems else "[]"
    return id, one.repository, one.path, one.sha256, one.project, one.owner, one.bound, one.usages, problems
