"""One folder in the place of another, at once.

In: a folder beside the target, complete. Out: the target is the new one or still the old one, whatever happens.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from ..errors import InputError, Problem, reason_of
from ..source import Location

_AT_FDCWD: Final = -100
_RENAME_EXCHANGE: Final = 2
"""Of renameat2(2): both names change places in one step."""
_RENAME_SWAP: Final = 2
"""Of renamex_np(2), the same on macOS."""


def stage(target: Path, files: Mapping[str, bytes]) -> Path:
    """A new folder beside the target with these files, on the disk for certain.

    Raises:
        InputError: it cannot be written.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _clear(target)
        folder = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".new", dir=target.parent))
    except OSError as error:
        raise _unwritable(target, error) from None
    try:
        for name, data in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        folder.chmod(0o755)
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise _unwritable(target, error) from None
    return folder


def _clear(target: Path) -> None:
    """Remove what an update that was killed has left behind."""
    for left in target.parent.glob(f".{target.name}.*.new"):
        shutil.rmtree(left, ignore_errors=True)


def _unwritable(target: Path, error: OSError) -> InputError:
    reason = reason_of(error)
    help = "free space or choose another folder; the snapshot that is there stays"
    return InputError([Problem(f"cannot be written: {reason}", Location(target.as_posix(), 1, 1), help)])


def replace(new: Path, target: Path) -> None:
    """Put the new folder in the place of the target; the old one is removed afterwards.

    Raises:
        InputError: the system cannot do it; the target is as it was.
    """
    try:
        if target.exists():
            _exchange(new, target)
            shutil.rmtree(new, ignore_errors=True)
        else:
            new.rename(target)
    except OSError as error:
        shutil.rmtree(new, ignore_errors=True)
        raise _unwritable(target, error) from None


def _exchange(one: Path, other: Path) -> None:
    """Let two folders change places, in one step where the system has one."""
    library = ctypes.CDLL(None, use_errno=True)
    first, second = os.fsencode(one), os.fsencode(other)
    if sys.platform.startswith("linux") and hasattr(library, "renameat2"):
        failed = library.renameat2(_AT_FDCWD, first, _AT_FDCWD, second, _RENAME_EXCHANGE)
    elif sys.platform == "darwin" and hasattr(library, "renamex_np"):
        failed = library.renamex_np(first, second, _RENAME_SWAP)
    else:
        raise OSError(errno.ENOTSUP, "this system cannot exchange two folders at once")
    if failed:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
