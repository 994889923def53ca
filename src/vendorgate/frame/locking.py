"""One writer at a time, where several would lose what another one wrote.

In: what is to change. Out: a lock while the block runs. The system holds it for the process and takes it back when the
process ends, however it ends: a file that was left behind locks nothing.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from ..errors import Problem, UsageError, reason_of
from ..source import Location
from ..terminal.escape import escape

_PATIENCE: Final = 120.0
"""Seconds that another one may take."""
_PAUSE: Final = 0.05
_BUSY: Final = "another vendorgate writes into it"
_FLAGS: Final = os.O_RDWR | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


@contextmanager
def locked(target: Path) -> Iterator[None]:
    """Be the only one who changes a folder that is replaced as a whole; the lock lies beside it.

    Raises:
        UsageError: another one does not end, or nothing can be locked there.
    """
    with _locked(target.parent / f".{target.name[:100]}.lock", target):
        yield


@contextmanager
def locked_bundle(folder: Path) -> Iterator[None]:
    """Be the only one who changes files of a bundle; the lock lies in it.

    Raises:
        UsageError: another one does not end, or nothing can be locked there.
    """
    with _locked(folder / ".vendorgate.lock", folder):
        yield


@contextmanager
def locked_at_once(folder: Path) -> Iterator[None]:
    """Be the only one who writes into a folder, for as long as that may take; the lock lies in it.

    Raises:
        UsageError: another one does, who is not waited for; or nothing can be locked there.
    """
    with _locked(folder / ".vendorgate.lock", folder, patience=0):
        yield


@contextmanager
def _locked(path: Path, target: Path, patience: float | None = None) -> Iterator[None]:
    handle = _taken(path, target, _PATIENCE if patience is None else patience)
    try:
        yield
    finally:
        with suppress(OSError):
            path.unlink()  # ours as long as the lock is held: whoever waits for it sees that the file is another one
        os.close(handle)


def _taken(path: Path, target: Path, patience: float) -> int:
    """The open file that holds the lock."""
    end, waited = time.monotonic() + patience, False
    while True:
        try:
            handle = _tried(path)
        except OSError as error:
            title = f"cannot be locked: {reason_of(error)}"
            help = f"let {path.name} in {path.parent.as_posix()} be a file that you may write"
            raise UsageError([Problem(title, Location(target.as_posix(), 1, 1), help)]) from None
        if handle is not None:
            return handle
        if time.monotonic() >= end:
            title = f"another vendorgate has been changing it for {patience:.0f} seconds" if patience else _BUSY
            raise UsageError([Problem(title, Location(target.as_posix(), 1, 1), "wait for it, or end it")])
        if not waited:
            sys.stderr.write(f"waiting for another vendorgate that changes {escape(target.as_posix())}\n")
            waited = True
        time.sleep(_PAUSE)


def _tried(path: Path) -> int | None:
    """The open file with the lock; None where somebody else has it."""
    handle = _opened(path)
    try:
        if _lock(handle) and _is(path, handle):
            return handle
    except BaseException:
        os.close(handle)
        raise
    os.close(handle)
    return None


def _opened(path: Path) -> int:
    try:
        return os.open(path, _FLAGS | os.O_CREAT, 0o666)
    except PermissionError as refused:
        try:
            return os.open(path, _FLAGS & ~os.O_RDWR)  # another user's, left behind: reading it is enough to lock it
        except FileNotFoundError:
            raise refused from None


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> bool:
        """Take the lock, if nobody has it."""
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(handle: int) -> bool:
        """Take the lock, if nobody has it."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def _is(path: Path, handle: int) -> bool:
    """Whether the file of that name is still the one that is open, and not one that came after it."""
    try:
        there, ours = os.stat(path, follow_symlinks=False), os.fstat(handle)
    except FileNotFoundError:
        return False
    return (there.st_dev, there.st_ino) == (ours.st_dev, ours.st_ino)
