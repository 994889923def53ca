"""A store, written: what was gathered of one repository after another, each whole or not at all.

In: the repositories that are asked for, and what came of each. Out: the file. Whoever reads it at any moment finds a
row for each repository: of those that were not asked yet, one that says so.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from os import PathLike, fspath
from typing import Final

import msgspec

from ....load.files import sha256
from ..model import FoundDrift
from .opening import connected, created, faults
from .parsed import READER, Reading, parsed
from .reading import StoredRepository, content_of, found_digest, reading_seal, stored
from .schema import SUM, as_sum, sealed

_UNASKED: Final = "the gather did not come to it"
_AGAIN: Final = "run the same gather again: what it has is kept"
_KEEP: Final = "INSERT INTO contents VALUES (?, ?) ON CONFLICT (sha256) DO UPDATE SET bytes = excluded.bytes"
_PUT: Final = "INSERT INTO repositories VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


class GatheredManifest(msgspec.Struct, frozen=True):
    """A manifest of a repository."""

    path: str
    """From the root of the repository."""
    data: bytes | None
    """None where nobody could read it, which `problems` say."""
    problems: tuple[str, ...] = ()
    """What keeps it from being judged whatever its bytes say, each with its place: `1:1: …`."""


class Gathered(msgspec.Struct, frozen=True):
    """All that is known of a repository that was read."""

    name: str
    origin: str
    commit: str | None
    """None: it has no commit."""
    manifests: tuple[GatheredManifest, ...]
    """By path."""
    drift: tuple[FoundDrift, ...] = ()
    coded: str = ""
    """What looked into its code; empty where nobody did."""
    detection: bytes = b""
    """What its code uses, for the next gather."""
    detection_key: str = ""
    """By what that was seen."""


class Asked(msgspec.Struct, frozen=True):
    """A repository that a gather asks for."""

    name: str
    origin: str


class StoreWriter:
    """A store that is open for writing, by one gather at a time."""

    def __init__(self, folder: str, database: sqlite3.Connection, day: str) -> None:
        self.folder = folder
        self.day = day
        self._database = database
        self.known: Mapping[str, StoredRepository] = {one.name: one for one in stored(folder, database)}
        """What the store had before this gather, by name."""
        self._seals = {name: one.seal for name, one in self.known.items()}
        self._sum = sum(int(seal, 16) for seal in self._seals.values())
        self._changed: dict[str, str] = {}
        """Seals that the open transaction writes; empty of a repository that it takes out."""

    def begin(self, asked: Sequence[Asked]) -> None:
        """Have a row for each repository that is asked for, and for no other; none of them says more than that the
        gather did not come to it."""
        names = {one.name for one in asked}
        with self._writing():
            for name in self.known.keys() - names:
                self._database.execute("DELETE FROM repositories WHERE name = ?", (name,))
                self._changed[name] = ""
            for one in asked:
                self._put(self._in_error(one, _UNASKED, _AGAIN, self._gathered_before(one.name)))

    def _gathered_before(self, name: str) -> str:
        return self.known[name].gathered if name in self.known else self.day

    def keep(self, found: Gathered) -> str:
        """Put what was read of a repository in the place of what was there; the digest of it."""
        manifests = [self._manifest(one) for one in found.manifests]
        triples = [(path, digest, problems) for path, digest, problems, _ in manifests]
        digest_of_all = found_digest(triples, found.drift)
        with self._writing():
            for table in ("manifests", "drift", "detections"):
                self._database.execute(f"DELETE FROM {table} WHERE repository = ?", (found.name,))  # noqa: S608
            self._put(
                StoredRepository(
                    found.name,
                    found.origin,
                    "gathered",
                    found.commit,
                    None,
                    None,
                    self.day,
                    found.coded,
                    READER,
                    len(triples),
                    digest_of_all,
                )
            )
            for one in found.manifests:
                self._keep_bytes(one.data)
            rows = [(found.name, *triple) for triple in triples]
            self._database.executemany("INSERT INTO manifests VALUES (?, ?, ?, ?)", rows)
            self._database.executemany("INSERT INTO drift VALUES (?, ?, ?, ?, ?, ?, ?, ?)", _drift_rows(found))
            if found.detection_key:
                row = (found.name, found.detection_key, found.detection, _detection_seal(found))
                self._database.execute("INSERT INTO detections VALUES (?, ?, ?, ?)", row)
        return digest_of_all

    @staticmethod
    def _manifest(one: GatheredManifest) -> tuple[str, str | None, str, bytes | None]:
        digest = None if one.data is None else sha256(one.data)
        return one.path, digest, msgspec.json.encode(one.problems).decode(), one.data

    def detection(self, name: str, key: str) -> bytes | None:
        """What the code of a repository uses by that key; None where nobody looked by it."""
        with faults(self.folder):
            query = "SELECT found, seal FROM detections WHERE repository = ? AND key = ?"
            found = self._database.execute(query, (name, key)).fetchone()
        return found[0] if found is not None and found[1] == sealed((name, key, found[0])) else None

    def differences(self, name: str) -> int:
        """How often the code of a repository departs from its manifests."""
        with faults(self.folder):
            (found,) = self._database.execute("SELECT count(*) FROM drift WHERE repository = ?", (name,)).fetchone()
        return int(found)

    def manifests(self, name: str) -> tuple[GatheredManifest, ...]:
        """The manifests of the commit of a repository that the store has.

        Raises:
            InputError: the store is damaged.
        """
        with faults(self.folder):
            query = "SELECT path, sha256, problems FROM manifests WHERE repository = ? ORDER BY path"
            rows = self._database.execute(query, (name,)).fetchall()
        return tuple(
            GatheredManifest(
                path,
                None if digest is None else content_of(self.folder, self._database, digest),
                msgspec.json.decode(problems, type=tuple[str, ...]),
            )
            for path, digest, problems in rows
        )

    def unchanged(self, asked: Asked) -> None:
        """Say of a repository that it is as it was when its commit was read."""
        before = self.known[asked.name]
        with self._writing():
            self._put(
                msgspec.structs.replace(
                    before, origin=asked.origin, state="gathered", problem=None, help=None, gathered=self.day
                )
            )

    def failed(self, asked: Asked, problem: str, help: str | None) -> None:
        """Say of a repository that it could not be read."""
        with self._writing():
            self._put(self._in_error(asked, problem, help, self.day))

    def _in_error(self, asked: Asked, problem: str, help: str | None, day: str) -> StoredRepository:
        """The row of a repository in error. What was read of a commit stays, should it be asked for again."""
        before = self.known.get(asked.name)
        if before is None:
            found = found_digest((), ())
            return StoredRepository(asked.name, asked.origin, "error", None, problem, help, day, "", "", 0, found)
        return msgspec.structs.replace(
            before, origin=asked.origin, state="error", problem=problem, help=help, gathered=day
        )

    def finish(self) -> None:
        """Take out the bytes that no repository has any more, and what other versions made of the others."""
        unused = "SELECT 1 FROM manifests WHERE manifests.sha256 = contents.sha256"
        unread = "SELECT 1 FROM readings WHERE readings.sha256 = contents.sha256"
        with self._writing():
            self._database.execute("DELETE FROM readings WHERE reader <> ?", (READER,))
            self._database.execute(f"DELETE FROM contents WHERE NOT EXISTS ({unused})")  # noqa: S608
            left = f"SELECT sha256 FROM contents WHERE NOT EXISTS ({unread})"  # noqa: S608
            for (digest,) in self._database.execute(left).fetchall():
                self._keep_bytes(content_of(self.folder, self._database, digest))

    def _keep_bytes(self, data: bytes | None) -> None:
        """Keep bytes, and what this version makes of them, unless both are there."""
        if data is None:
            return
        digest = sha256(data)
        there = self._database.execute("SELECT 1 FROM readings WHERE sha256 = ? AND reader = ?", (digest, READER))
        if there.fetchone() is None:
            self._database.execute(_KEEP, (digest, data))
            self._database.execute("INSERT INTO readings VALUES (?, ?, ?, ?, ?, ?)", _reading_row(digest, data))

    def _put(self, one: StoredRepository) -> None:
        row = msgspec.structs.replace(one, seal=one.sealed)
        self._changed[one.name] = row.seal
        fields = row.__struct_fields__[1:]
        updated = ", ".join(f"{_COLUMNS.get(name, name)} = excluded.{_COLUMNS.get(name, name)}" for name in fields)
        query = f"{_PUT} ON CONFLICT (name) DO UPDATE SET {updated}"
        self._database.execute(query, msgspec.structs.astuple(row))

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One transaction: whole, with the sum of all seals, or not at all."""
        self._changed = {}
        with faults(self.folder):
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield
                total = self._sum + sum(_as_number(seal) - self._before(name) for name, seal in self._changed.items())
                self._database.execute("UPDATE about SET value = ? WHERE name = ?", (as_sum(total), SUM))
                self._database.execute("COMMIT")
            except BaseException:
                if self._database.in_transaction:
                    self._database.execute("ROLLBACK")
                raise
        self._sum = total
        self._seals.update(self._changed)

    def _before(self, name: str) -> int:
        return _as_number(self._seals.get(name, ""))


def _as_number(seal: str) -> int:
    return int(seal or "0", 16)


_COLUMNS: Final = {"commit": "commit_id"}
"""Columns that are called otherwise than the fields: `commit` is a word of SQL."""


def _reading_row(digest: str, data: bytes) -> tuple[str, str, bytes, str, str, str]:
    reading: Reading = parsed(data, digest)
    lines = msgspec.json.encode(reading.lines).decode()
    problems = msgspec.json.encode(reading.problems).decode()
    seal = reading_seal(digest, READER, reading.written, lines, problems)
    return digest, READER, reading.written, lines, problems, seal


def _detection_seal(found: Gathered) -> str:
    return sealed((found.name, found.detection_key, found.detection))


def _drift_rows(found: Gathered) -> Iterator[tuple[str | int | None, ...]]:
    for position, one in enumerate(found.drift):
        yield found.name, position, *msgspec.structs.astuple(one)[1:]


@contextmanager
def writing_store(folder: str | PathLike[str], day: str) -> Iterator[StoreWriter]:
    """A store to write to, made where there is none. Who writes holds the lock of its folder.

    Raises:
        InputError: what is there is no store of this format, or is damaged; it stays as it is.
        UsageError: it cannot be written.
    """
    created(fspath(folder))
    with connected(fspath(folder), writing=True) as database:
        yield StoreWriter(fspath(folder), database, day)
