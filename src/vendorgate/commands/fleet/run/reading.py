"""A run, read as it was written: `run.json` says that it is one, and which bytes itself, its database and its files of
results have.

In: a folder. Out: what the run says of itself, and its database, which can only be read; or a mistake that says what is
wrong with it. It is held against damage and careless edits, and not against who writes every digest anew.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NoReturn

import msgspec

from ....errors import InputError, Problem, reason_of
from ....load.files import digest, opened, shown_path
from ....load.json_text import cut, document_bytes, parsed
from ....logic.wording import count
from ....source import Location
from ....terminal.escape import escape
from .document import SCHEMA, FleetRun, is_as_written
from .holding import difference
from .schema import ABOUT, DATABASE, OF_ROWS, ROWS

_LARGEST: Final = 64 * 1024 * 1024
_AT_ONCE: Final = 1024 * 1024
_AGAIN: Final = "judge again: vendorgate fleet check SOURCE --out DIR"
_WITHOUT_ROWS: Final = f"take the folder away, as {DATABASE} has the same rows, or {_AGAIN}"
_WANTED: Final = "name the folder of a run, which `vendorgate fleet check SOURCE --out DIR` writes"


class Run(msgspec.Struct, frozen=True):
    """A run that is whole, open for reading."""

    shown: str
    """Its folder, as it was given."""
    folder: Path
    about: FleetRun
    database: sqlite3.Connection
    """Its rows are tuples; nothing can be written."""

    def rows(self, query: str, *values: object) -> Iterator[tuple[object, ...]]:
        """What the database answers, row by row."""
        yield from self.database.execute(query, values)

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()


@contextmanager
def run_in(folder: str | os.PathLike[str]) -> Iterator[Run]:
    """The run of a folder, for as long as the block runs; on the error stream where its files of results are gone.

    Raises:
        InputError: as `open_run`.
    """
    found = open_run(folder)
    try:
        _tell_of_rows(found)
        yield found
    finally:
        found.close()


def open_run(folder: str | os.PathLike[str]) -> Run:
    """The run of a folder.

    Raises:
        InputError: there is none, it is not whole, or any of its files has other bytes than it says.
    """
    path, shown = Path(folder), shown_path(folder).rstrip("/") or "/"
    about = _about(path, shown)
    _hold_against(path / about.database.path, f"{shown}/{about.database.path}", about)
    _hold_rows(path, f"{shown}/{ROWS}", about)
    database = _connected(path / about.database.path, f"{shown}/{about.database.path}")
    try:
        _hold_counts(database, shown, about)
    except BaseException:
        database.close()
        raise
    return Run(shown, path, about, database)


def _about(folder: Path, shown: str) -> FleetRun:
    path, name = folder / ABOUT, f"{shown}/{ABOUT}"
    problems: list[Problem] = []
    if folder.is_dir() and not path.exists():
        _refuse(f"no run: there is no {ABOUT}, which is written last", shown, _unfinished(folder))
    data = document_bytes(os.fspath(path), name, "run", _WANTED, _LARGEST, problems)
    value = None if data is None else parsed(data, name, _WANTED, problems)
    if value is None:
        raise InputError(problems)
    schema = value.value.get("schema") if isinstance(value.value, dict) else None
    if isinstance(schema, str) and schema != SCHEMA:
        title = f"a run of another format: `{cut(schema)}`"
        _refuse(title, name, f"read it by the version that wrote it; {_AGAIN}")
    if isinstance(value.value, dict) and "sha256" not in value.value:
        title = "no `sha256` of its own lines: an earlier version wrote it, or that line was taken out"
        _refuse(title, name, _AGAIN)
    try:
        about = msgspec.convert(value.value, FleetRun)
    except msgspec.ValidationError as error:
        _refuse(f"no {ABOUT} of a run: {str(error)[:1].lower()}{cut(str(error)[1:])}", name, _AGAIN)
    if data is None or not is_as_written(data, about):
        _refuse("not as it was written: the `sha256` in its last line is of other lines", name, _AGAIN)
    if about.database.path != DATABASE:
        _refuse(f"its database is not {DATABASE}", name, _AGAIN)
    return about


def _unfinished(folder: Path) -> str:
    from .folder import UNFINISHED

    return "it was interrupted; go on with the same command" if (folder / UNFINISHED).is_dir() else _WANTED


def _hold_against(path: Path, shown: str, about: FleetRun) -> None:
    """Refuse a database of other bytes than the run says."""
    try:
        with opened(path) as file:
            size, sha256 = digest_of(file.fileno())
    except OSError as error:
        _refuse(f"cannot be read: {(error.strerror or 'no file').lower()}", shown, _AGAIN)
    if (size, sha256) != (about.database.size, about.database.sha256):
        _refuse(f"other bytes than {ABOUT} says: it was changed or cut short", shown, _AGAIN)


def _hold_counts(database: sqlite3.Connection, shown: str, about: FleetRun) -> None:
    """Refuse a run that says otherwise what it came to than its database."""
    try:
        found = difference(about, database)
    except sqlite3.Error as error:
        _refuse(f"no database of a run: {error}", f"{shown}/{about.database.path}", _AGAIN)
    if found is not None:
        _refuse(f"its {found} is not what {DATABASE} comes to: one of them was changed", f"{shown}/{ABOUT}", _AGAIN)


def _hold_rows(folder: Path, shown: str, about: FleetRun) -> None:
    """Refuse files of results that are not those which were written; nobody here needs them, and all may be gone."""
    files = _files_of_rows(folder, shown)
    if not files:
        return
    said, title = about.rows, ""
    try:
        size = sum(one.stat().st_size for one in files)
        if (len(files), size) != (said.files, said.size):
            title = f"{count(len(files), 'file')} of {count(size, 'byte')}, and {ABOUT} says {_said_rows(about)}"
        elif _sums(files) != said.sha256:
            title = f"other bytes than {ABOUT} says: a file in it was changed"
    except OSError as error:
        title = f"cannot be read: {reason_of(error)}"
    if title:
        _refuse(title, shown, _WITHOUT_ROWS)


def _files_of_rows(folder: Path, shown: str) -> list[Path]:
    try:
        return [one for one in (folder / ROWS).iterdir() if OF_ROWS.fullmatch(one.name)]
    except FileNotFoundError:
        return []
    except OSError as error:
        _refuse(f"cannot be read: {reason_of(error)}", shown, _WITHOUT_ROWS)


def _sums(files: Iterable[Path]) -> str:
    """One digest of all files, as a run says it."""
    found = []
    for one in files:
        with opened(one) as file:
            found.append((one.name, digest_of(file.fileno())[1]))
    return digest(found)


def _said_rows(about: FleetRun) -> str:
    return f"{count(about.rows.files, 'file')} of {count(about.rows.size, 'byte')}"


def _tell_of_rows(run: Run) -> None:
    """Say where files of results were taken away. Nobody here reads them: the database has the same rows."""
    if run.about.rows.files and not _files_of_rows(run.folder, run.shown):
        place = escape(f"{run.shown}/{ROWS}")
        sys.stderr.write(f"{place}: taken away ({_said_rows(run.about)}); {DATABASE} has the same rows\n")


def digest_of(handle: int) -> tuple[int, str]:
    """The size and SHA-256 of an open file, from where it stands."""
    found, size = hashlib.sha256(), 0
    while data := os.read(handle, _AT_ONCE):
        found.update(data)
        size += len(data)
    return size, found.hexdigest()


def _connected(path: Path, shown: str) -> sqlite3.Connection:
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    try:
        database = sqlite3.connect(address, uri=True)
        database.execute("PRAGMA query_only = ON")
        database.execute("SELECT COUNT(*) FROM policies").fetchone()
    except sqlite3.Error as error:
        _refuse(f"no database of a run: {error}", shown, _AGAIN)
    return database


def _refuse(title: str, shown: str, help: str) -> NoReturn:
    raise InputError([Problem(title, Location(shown, 1, 1), help)])


def count_of(database: sqlite3.Connection, query: str, values: Sequence[object] = ()) -> int:
    """The one number that a query gives."""
    (found,) = database.execute(query, values).fetchone()
    return int(found or 0)
