"""The file of a store, opened; what SQLite says of it, in our words.

In: a folder. Out: a connection to a store of this version, or a problem with what to do about it.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from ....errors import InputError, Problem, UsageError
from ....source import Location
from .schema import FILE, SCHEMA, SUM, TABLES, summed

PATIENCE: Final = 120.0
"""Seconds that somebody else may read or write the store."""
_ANEW: Final = "take {0} out of the way, and gather again: vendorgate fleet gather … --store {1}"
_FINISH: Final = "run the same gather again: it goes on with what is there"
_FULL: Final = ("disk is full", "readonly database", "unable to open", "disk I/O error")
"""What SQLite says where the file may be whole, and cannot be written."""


def place_of(folder: str) -> Location:
    """The file of a store, as it is shown."""
    return Location(Path(folder, FILE).as_posix(), 1, 1)


def damaged(folder: str, why: str) -> InputError:
    """What is to be said of a store of which something is not as it was written."""
    help = _ANEW.format(FILE, Path(folder).as_posix())
    return InputError([Problem(f"a damaged store: {why}", place_of(folder), help)])


@contextmanager
def faults(folder: str) -> Iterator[None]:
    """What SQLite finds meanwhile, as an error of ours.

    Raises:
        InputError: the file is damaged, or none of SQLite.
        UsageError: it cannot be written, or somebody else does not let go of it.
    """
    try:
        yield
    except (sqlite3.Error, UnicodeError) as error:
        said = str(error)
        if "locked" in said:
            title = f"somebody else has been using it for {PATIENCE:.0f} seconds"
            raise UsageError([Problem(title, place_of(folder), "wait for the other one, or end it")]) from None
        if "readonly" in said and _is_half_written(folder):
            title = "a gather was ended while it wrote, and nobody has set that right yet"
            raise UsageError([Problem(title, place_of(folder), _FINISH)]) from None
        if any(words in said for words in _FULL):
            help = "let it be a file that you may write, in a folder with room"
            raise UsageError([Problem(f"cannot be used: {said}", place_of(folder), help)]) from None
        if "not a database" in said:
            help = "name the folder of a store: vendorgate fleet gather … --store DIR writes one"
            raise InputError([Problem("not a store", place_of(folder), help)]) from None
        raise damaged(folder, said) from None


def _is_half_written(folder: str) -> bool:
    """Whether what a writer left half done waits for the next one: who only reads cannot take it back."""
    file = os.path.join(folder, FILE)
    return os.path.isfile(f"{file}-journal") and os.access(file, os.W_OK)


@contextmanager
def connected(folder: str, *, writing: bool) -> Iterator[sqlite3.Connection]:
    """The database of a store that is there, in one transaction as far as it is read.

    Raises:
        InputError: there is none, it is damaged, or of another format.
        UsageError: it cannot be opened.
    """
    file = os.path.join(folder, FILE)
    if not os.path.isfile(file):
        help = "name the folder of a store, or make one: vendorgate fleet gather LIST --store DIR"
        raise InputError([Problem(f"no {FILE} in this folder", Location(Path(folder).as_posix(), 1, 1), help)])
    with faults(folder):
        database = _opened(file, "rw" if writing else "ro")
    with closing(database):
        with faults(folder):
            if not writing:
                database.execute("BEGIN")
            _refuse_others(folder, database)
        yield database


def _opened(file: str, mode: str) -> sqlite3.Connection:
    address = f"{Path(os.path.abspath(file)).as_uri()}?mode={mode}"
    database = sqlite3.connect(address, uri=True, timeout=PATIENCE, isolation_level=None)
    database.execute("PRAGMA trusted_schema=OFF")
    database.execute("PRAGMA cell_size_check=ON")
    database.execute("PRAGMA foreign_keys=ON")
    return database


def created(folder: str) -> None:
    """Make the file of an empty store, at once or not at all, where there is none.

    Raises:
        UsageError: it cannot be written.
    """
    file = os.path.join(folder, FILE)
    if os.path.exists(file) and os.path.getsize(file):
        return
    with faults(folder), closing(_opened(file, "rwc")) as database:
        database.executescript(f"BEGIN;{TABLES}COMMIT;")
        about = (("schema", SCHEMA), (SUM, summed(())))
        database.execute("BEGIN")
        database.executemany("INSERT INTO about VALUES (?, ?)", about)
        database.execute("COMMIT")


def _refuse_others(folder: str, database: sqlite3.Connection) -> None:
    """Refuse what is no store, or one of another format.

    Raises:
        InputError: it is.
    """
    tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    found = database.execute("SELECT value FROM about WHERE name = 'schema'").fetchone() if "about" in tables else None
    if found is None:
        help = "name the folder of a store, or another folder for a new one"
        raise InputError([Problem("not a store: a database of something else", place_of(folder), help)])
    if found[0] != SCHEMA:
        title = f"a store of the format {str(found[0])[:80]}, and this version reads {SCHEMA}"
        help = f"use the version of vendorgate that wrote it, or {_ANEW.format(FILE, Path(folder).as_posix())}"
        raise InputError([Problem(title, place_of(folder), help)])
