"""Files that appear at once, whole, or not at all.

In: a path and a text. Out: the file; on any failure what was there is still there.
"""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path
from typing import Final

from ..errors import Problem, UsageError, reason_of
from ..source import Location

_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)

NAME_ANOTHER: Final = "name another, or move it out of the way"
"""What to do about a name that is taken, where somebody chose it."""


def replace_file(path: Path, text: str) -> None:
    """Put a text in the place of a file, which keeps its permissions; a link to it stays one.

    Raises:
        UsageError: it cannot be written.
    """
    shown, path = path, Path(os.path.realpath(path))
    temporary = _beside(path)
    try:
        try:
            _write(temporary, text)
            temporary.chmod(stat.S_IMODE(path.stat().st_mode))
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise UsageError([unwritable(shown, error)]) from None


def new_file(path: Path, text: str) -> None:
    """Write a file that does not exist yet, with the folders that it needs.

    Raises:
        UsageError: there is something of that name, or it cannot be written.
    """
    temporary = _beside(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            _write(temporary, text)
            temporary.chmod(permissions(path))
            os.link(temporary, path)  # unlike a rename it refuses to overwrite
        finally:
            temporary.unlink(missing_ok=True)
    except FileExistsError:
        raise UsageError([exists(path)]) from None
    except OSError as error:
        raise UsageError([unwritable(path, error)]) from None


def permissions(path: Path) -> int:
    """Those that a file has, or that a new one would get."""
    if path.exists():
        return stat.S_IMODE(path.stat().st_mode)
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask


def exists(path: Path, help: str = NAME_ANOTHER) -> Problem:
    """Something of that name is there, and nothing is ever overwritten."""
    return Problem("there is a file of that name", Location(path.as_posix(), 1, 1), help)


def unwritable(path: Path, error: OSError) -> Problem:
    reason = reason_of(error)
    help = "name a file in a folder that you may write to"
    return Problem(f"cannot be written: {reason}", Location(path.as_posix(), 1, 1), help)


def _beside(path: Path) -> Path:
    """A name beside a file, known before there is one of it: it is taken away, whatever interrupts the writing."""
    return path.parent / f".{path.name[:40]}.{secrets.token_hex(8)}.tmp"


def _write(path: Path, text: str) -> None:
    """A file with the text on the disk, for oneself alone."""
    with os.fdopen(os.open(path, _NEW, 0o600), "wb") as file:
        file.write(text.encode("utf-8", "backslashreplace"))
        file.flush()
        os.fsync(file.fileno())
