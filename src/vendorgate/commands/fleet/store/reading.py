"""A store, read: what is to be judged, and of which repositories nothing is known.

In: a folder that a gather wrote. Out: `Row`s, `GatheredRepository`s, `FoundDrift`, each in one order whatever machine
reads them. What is damaged is an error, and never a row less: each repository, each manifest and what was made of its
bytes has a seal, and the seals have a sum.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from os import PathLike, fspath
from typing import Any, Final, TypeVar

import msgspec

from ....load.files import sha256
from ....load.places import is_repository
from ....model.vocabulary import Severity
from ..model import FoundDrift, GatheredRepository, RepositoryState, Row
from .opening import connected, damaged, faults
from .parsed import READER, Reading, parsed
from .schema import SUM, sealed, summed

T = TypeVar("T")
_EVERY: Final = """
SELECT name, origin, state, commit_id, problem, help, gathered, coded, reader, manifests, found, seal
FROM repositories ORDER BY name
"""
_MANIFESTS: Final = """
SELECT path, manifests.sha256, manifests.problems, written, lines, readings.problems, seal
FROM manifests
LEFT JOIN readings ON readings.sha256 = manifests.sha256 AND readings.reader = ?
WHERE repository = ?
ORDER BY path
"""
_DRIFT: Final = """
SELECT repository, id, severity, message, path, line, offering FROM drift
WHERE repository = ? ORDER BY position
"""


class StoredRepository(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """The row of a repository, as it lies on the disk."""

    name: str
    origin: str
    state: RepositoryState
    commit: str | None
    problem: str | None
    help: str | None
    gathered: str
    coded: str
    reader: str
    manifests: int
    found: str
    seal: str = ""

    @property
    def sealed(self) -> str:
        """The seal that it must have."""
        return sealed(msgspec.structs.astuple(self)[:-1])


class _StoredManifest(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """A manifest with what was made of its bytes, if this version has read them."""

    path: str
    sha256: str | None
    problems: str
    written: bytes | None
    lines: str | None
    read_problems: str | None
    seal: str | None


class StoredDrift(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """The row of a difference, as it lies on the disk."""

    repository: str
    id: str
    severity: Severity
    message: str
    path: str | None
    line: int | None
    offering: str | None


class Store:
    """A store that is open for reading."""

    def __init__(self, folder: str, database: sqlite3.Connection) -> None:
        self.folder = folder
        self._database = database
        self._repositories = stored(folder, database)

    def repositories(self) -> Iterator[GatheredRepository]:
        """Every repository that was asked for, by name."""
        for one in self._repositories:
            is_there = one.state == "gathered"
            yield GatheredRepository(
                one.name,
                one.origin,
                one.state,
                one.commit,
                one.problem,
                one.help,
                one.gathered,
                one.manifests if is_there else 0,
                is_there and bool(one.coded),
            )

    def looked(self) -> Iterator[tuple[str, str]]:
        """Of each repository whose code was looked into the day, and what tells by what it was judged."""
        yield from ((one.gathered, one.coded) for one in self._repositories if one.state == "gathered" and one.coded)

    def rows(self) -> Iterator[Row]:
        """The manifests of the repositories that were read, by repository, then by path.

        Raises:
            InputError: the store is damaged; nothing of a repository is handed over before all of it was looked at.
        """
        for one in self._repositories:
            if one.state == "gathered":
                yield from [self._row(one.name, manifest) for manifest in self._manifests(one)]

    def drift(self) -> Iterator[FoundDrift]:
        """Where code and manifests differ, by repository, as a check orders it.

        Raises:
            InputError: the store is damaged.
        """
        for one in self._repositories:
            if one.state == "gathered":
                self._manifests(one)
                yield from self._drift(one.name)

    def _manifests(self, repository: StoredRepository) -> list[_StoredManifest]:
        """What is there of a repository, held against its seal."""
        found = self._typed(_MANIFESTS, (READER, repository.name), _StoredManifest)
        triples = ((one.path, one.sha256, one.problems) for one in found)
        if found_digest(triples, self._drift(repository.name)) != repository.found:
            raise damaged(self.folder, f"what it has of {repository.name} is not what was gathered")
        return found

    def _drift(self, repository: str) -> list[FoundDrift]:
        return [_drift(one) for one in self._typed(_DRIFT, (repository,), StoredDrift)]

    def _row(self, repository: str, one: _StoredManifest) -> Row:
        path = f"{repository}/{one.path}"
        reading = self._reading(path, one)
        met = _texts(one.problems) or reading.problems
        return Row(
            path,
            b"" if met else reading.written,
            repository if is_repository(repository) else None,
            one.path,
            one.sha256 or "",
            () if met else reading.lines,
            tuple(f"{path}:{text}" for text in met),
        )

    def _reading(self, path: str, one: _StoredManifest) -> Reading:
        """What stands in a manifest, as this version reads it."""
        if one.sha256 is None:
            return Reading(b"", (), ())
        if one.written is None or one.lines is None or one.read_problems is None:
            return parsed(content_of(self.folder, self._database, one.sha256), one.sha256)
        if one.seal != reading_seal(one.sha256, READER, one.written, one.lines, one.read_problems):
            raise damaged(self.folder, f"what was read of {path} is not what was written")
        return Reading(one.written, msgspec.json.decode(one.lines, type=tuple[int, ...]), _texts(one.read_problems))

    def _typed(self, query: str, given: tuple[str, ...], type: type[T]) -> list[T]:
        with faults(self.folder):
            return [_converted(self.folder, one, type) for one in self._database.execute(query, given)]


@contextmanager
def open_store(folder: str | PathLike[str]) -> Iterator[Store]:
    """A store, as it stands at this moment, whoever writes it meanwhile.

    Raises:
        InputError: there is none, it is damaged, or of another format.
        UsageError: it cannot be opened.
    """
    with connected(fspath(folder), writing=False) as database:
        yield Store(fspath(folder), database)


def stored(folder: str, database: sqlite3.Connection) -> tuple[StoredRepository, ...]:
    """The rows of all repositories, by name.

    Raises:
        InputError: one is not as it was written, or there are more or fewer.
    """
    with faults(folder):
        found = tuple(_converted(folder, one, StoredRepository) for one in database.execute(_EVERY))
        said = database.execute("SELECT value FROM about WHERE name = ?", (SUM,)).fetchone()
    for one in found:
        if one.seal != one.sealed:
            raise damaged(folder, f"the row of {one.name} is not what was written")
    if said is None or said[0] != summed(one.seal for one in found):
        raise damaged(folder, "it has more or fewer repositories than were written")
    return found


def content_of(folder: str, database: sqlite3.Connection, digest: str) -> bytes:
    """The bytes of a digest.

    Raises:
        InputError: they are not there, or are others.
    """
    with faults(folder):
        found = database.execute("SELECT bytes FROM contents WHERE sha256 = ?", (digest,)).fetchone()
    if found is None or not isinstance(found[0], bytes) or sha256(found[0]) != digest:
        raise damaged(folder, f"the bytes of {digest} are not there")
    return found[0]


def _drift(one: StoredDrift) -> FoundDrift:
    return FoundDrift(one.repository, one.id, one.severity, one.message, one.path, one.line, one.offering)


def found_digest(manifests: Iterable[tuple[str, str | None, str]], drift: Iterable[FoundDrift]) -> str:
    """The digest of all that is known of a repository, by path."""
    values = [*(value for one in manifests for value in one), None]
    return sealed([*values, *(value for one in drift for value in msgspec.structs.astuple(one))])


def reading_seal(digest: str, reader: str, written: bytes, lines: str, problems: str) -> str:
    """The seal of what was made of bytes."""
    return sealed((digest, reader, written, lines, problems))


def _converted(folder: str, row: tuple[Any, ...], type: type[T]) -> T:
    try:
        return msgspec.convert(row, type, builtin_types=(bytes,))
    except msgspec.ValidationError:
        raise damaged(folder, "a row holds values of another kind than were written") from None


def _texts(text: str) -> tuple[str, ...]:
    return msgspec.json.decode(text, type=tuple[str, ...])
