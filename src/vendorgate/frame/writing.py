"""Files that appear at once, whole, or not at all.

In: a path and a text. Out: the file; on any failure what was there is still there.
"""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

from ..errors import Problem, UsageError, reason_of
from ..source import Location


def replace_file(path: Path, text: str) -> None:
    """Put a text in the place of a file, which keeps its permissions; a link to it stays one.

    Raises:
        UsageError: it cannot be written.
    """
    shown, path = path, Path(os.path.realpath(path))
    try:
        temporary = _written(path, text)
        try:
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
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = _written(path, text)
        try:
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


def exists(path: Path) -> Problem:
    """Something of that name is there, and nothing is ever overwritten."""
    return Problem(
        "there is a file of that name", Location(path.as_posix(), 1, 1), "name another, or move it out of the way"
    )


def unwritable(path: Path, error: OSError) -> Problem:
    reason = reason_of(error)
    help = "name a file in a folder that you may write to"
    return Problem(f"cannot be written: {reason}", Location(path.as_posix(), 1, 1), help)


def _written(path: Path, text: str) -> Path:
    """A file beside the one that is meant, with the text on the disk; where that fails, no such file."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode("utf-8", "backslashreplace"))
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)
