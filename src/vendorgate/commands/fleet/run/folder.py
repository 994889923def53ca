"""The folder of a run: what is written lies in `unfinished/` there, and takes the place of an earlier run when whole.

In: the folder that somebody names. Out: a folder that one run at a time writes into; what was finished of an
interrupted one is kept. A folder that has anything of somebody else is left alone.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from ....errors import Problem, UsageError, reason_of
from ....frame.locking import locked_at_once
from ....load.files import shown_path
from ....source import Location
from .schema import ABOUT, DATABASE, OF_ROWS, ROWS

UNFINISHED: Final = "unfinished"
KEPT: Final = "kept"
"""Below that: what was finished, a file a batch."""
_KEY: Final = "key"
"""Below that: the digest of all that judges."""
_BEFORE: Final = "before"
"""Below that: what a new run takes the place of."""
_LOCK: Final = ".vendorgate.lock"
_OURS: Final = frozenset((UNFINISHED, _LOCK))


class RunFolder:
    """A folder that a run is written into; nobody else writes into it meanwhile."""

    def __init__(self, path: Path, shown: str) -> None:
        self.path = path
        self.shown = shown
        self.work = path / UNFINISHED
        self.kept = self.work / KEPT
        self.rows = self.work / ROWS
        self.database = self.work / DATABASE

    def begin(self, key: str) -> bool:
        """Make room for what is judged under a key; whether something that was finished under the same one is kept."""
        with _writing(self.shown):
            self.work.mkdir(exist_ok=True)
            stated = self.work / _KEY
            same = stated.is_file() and stated.read_bytes() == key.encode()
            self._clear((_KEY, KEPT, ROWS) if same else (_KEY,))
            stated.write_bytes(key.encode())
            for folder in (self.kept, self.rows):
                folder.mkdir(exist_ok=True)
            return same and any(self.kept.iterdir())

    def _clear(self, but: tuple[str, ...]) -> None:
        """Leave nothing of what was interrupted but these; the key, which says whose it is, in any case."""
        for one in self.work.iterdir():
            if one.name not in but:
                shutil.rmtree(one) if one.is_dir() and not one.is_symlink() else one.unlink()

    def drop_database(self) -> None:
        """Leave nothing of a database that was not ended."""
        with _writing(self.shown):
            self.database.unlink(missing_ok=True)

    def leave(self) -> None:
        """Leave nothing of a run that has finished nothing."""
        if self.work.is_dir() and not self.finished:
            shutil.rmtree(self.work, ignore_errors=True)

    @property
    def finished(self) -> int:
        """How many batches are kept."""
        return sum(not one.name.startswith(".") for one in self.kept.iterdir()) if self.kept.is_dir() else 0

    def forget(self, numbers: frozenset[int]) -> None:
        """Have batches judged again."""
        with _writing(self.shown):
            for number in numbers:
                (self.kept / f"{number:06}").unlink(missing_ok=True)

    def drop_rows(self, wanted: frozenset[str]) -> None:
        """Leave no file of rows but these."""
        with _writing(self.shown):
            for one in self.rows.iterdir():
                if one.name not in wanted:
                    one.unlink()

    def put_in_place(self, about: bytes) -> None:
        """Have all that was written take the place of an earlier run, and say that it is one."""
        before = self.work / _BEFORE
        with _writing(self.shown):
            _write(self.work / ABOUT, about)
            _settle(self.database)
            before.mkdir()
            for name in (ABOUT, DATABASE, ROWS):
                if (self.path / name).exists():
                    (self.path / name).replace(before / name)
            for name in (DATABASE, ROWS):
                (self.work / name).replace(self.path / name)
            if not any((self.path / ROWS).iterdir()):
                (self.path / ROWS).rmdir()
            _settle(self.path)
            (self.work / ABOUT).replace(self.path / ABOUT)
            _settle(self.path)
        shutil.rmtree(self.work, ignore_errors=True)


@contextmanager
def run_folder(given: str) -> Iterator[RunFolder]:
    """The folder to write a run into, made where there is none, and for nobody else while the block runs.

    Raises:
        UsageError: it cannot be written, has what no run has, or another run writes into it.
    """
    shown = shown_path(given).rstrip("/") or "/"
    if not given:
        raise UsageError([Problem("--out: a folder without a name", help="name a folder, new or of an earlier run")])
    path = Path(given)
    _refuse_others(path, shown)
    with _writing(shown):
        path.mkdir(parents=True, exist_ok=True)
    try:
        with locked_at_once(path):
            _refuse_others(path, shown)
            found = RunFolder(path, shown)
            try:
                yield found
            finally:
                found.leave()
    finally:
        with suppress(OSError):
            path.rmdir()  # which it cannot be where there is anything of a run


def _refuse_others(path: Path, shown: str) -> None:
    """Refuse a folder in which something lies that no run has put there."""
    if path.is_symlink():
        _refuse("a link, and a run is put where it is named", shown, "name the folder itself")
    if path.exists() and not path.is_dir():
        _refuse("a file, where a run is a folder", shown, "name a folder, new or of an earlier run")
    names = frozenset(os.listdir(path)) if path.is_dir() else frozenset[str]()
    if names - _OURS and ABOUT not in names and UNFINISHED not in names:
        other = min(names - _OURS)
        _refuse(f"a folder that has other things in it (`{other}`)", shown, "name a folder, new or of an earlier run")
    if ABOUT in names and not _is_run(path / ABOUT):
        _refuse(f"its {ABOUT} is not of a run", shown, "name a folder, new or of an earlier run")
    for one in (path / ROWS, path / UNFINISHED):
        if one.is_symlink():
            _refuse(f"`{one.name}` in it is a link", shown, "put the folder itself there, or name another")
    rows = path / ROWS
    work = path / UNFINISHED
    if work.is_dir() and any(work.iterdir()) and not (work / _KEY).is_file():
        _refuse(f"its `{UNFINISHED}` is of no run", shown, "move it elsewhere, or name another folder")
    foreign = [name for name in os.listdir(rows) if not OF_ROWS.fullmatch(name)] if rows.is_dir() else []
    if foreign:
        _refuse(
            f"`{ROWS}/{min(foreign)}` in it is no file of a run", shown, "move it elsewhere, or name another folder"
        )


def _is_run(path: Path) -> bool:
    """Whether a file begins as every `run.json` does."""
    try:
        with path.open("rb") as file:
            return file.read(200).lstrip(b"{ \n").startswith(b'"schema": "vendorgate.fleet-run/')
    except OSError:
        return False


def _refuse(title: str, shown: str, help: str) -> None:
    raise UsageError([Problem(title, Location(shown, 1, 1), help)])


@contextmanager
def _writing(shown: str) -> Iterator[None]:
    """Say it of the folder where it cannot be written."""
    try:
        yield
    except OSError as error:
        raise UsageError([unwritable(error, shown)]) from None


def unwritable(error: OSError, shown: str) -> Problem:
    """What the system says of writing a run."""
    help = MAKE_ROOM if error.errno in _FULL else "name a folder that you may write to"
    return Problem(f"cannot be written: {reason_of(error)}", Location(shown, 1, 1), help)


MAKE_ROOM: Final = "make room, and give the same command: it goes on with what is finished"
_FULL: Final = frozenset((27, 28, 122))
"""A file that may not grow, a disk without room, a quota that is used up."""


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _settle(path: Path) -> None:
    """Have a file, or the names of a folder, on the disk, where the system can."""
    if os.name == "posix":
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
