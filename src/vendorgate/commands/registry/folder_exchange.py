"""One folder in the place of another, at once.

In: a folder beside the target, complete. Out: the target is the new one or still the old one, whatever happens. Whoever
calls it holds a lock on the target.
"""

from __future__ import annotations

import ctypes
import errno
import os
import re
import shutil
import stat
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from ...errors import InputError, Problem, reason_of
from ...source import Location

_AT_FDCWD: Final = -100
_RENAME_EXCHANGE: Final = 2
"""Of renameat2(2): both names change places in one step."""
_RENAME_SWAP: Final = 2
"""Of renamex_np(2), the same on macOS."""
_STAGED: Final = (".vendorgate-", ".new")
"""Around the random part of a name, behind that of the target."""


def stage(target: Path, files: Mapping[str, bytes], links: Mapping[str, str], *, durable: bool = True) -> Path:
    """A new folder beside the target with these files, if `durable` on the disk for certain, and these links.

    What has the name of a file of the target has its permissions, too.

    Raises:
        InputError: it cannot be written.
    """
    try:
        _clear(target)
        prefix, suffix = _STAGED
        folder = Path(tempfile.mkdtemp(prefix=f".{target.name}{prefix}", suffix=suffix, dir=target.parent))
    except OSError as error:
        raise _unwritable(target, error) from None
    try:
        for name, data in files.items():
            _write(folder / name, data, target / name, durable=durable)
        for name, to in links.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.symlink_to(to)
        folder.chmod(stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o755)
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise _unwritable(target, error) from None
    return folder


def add(folder: Path, target: Path, name: str, data: bytes) -> None:
    """One more file for a staged folder, on the disk for certain.

    Raises:
        InputError: it cannot be written.
    """
    try:
        _write(folder / name, data, target / name)
    except OSError as error:
        raise _unwritable(target, error) from None


def _write(path: Path, data: bytes, old: Path, *, durable: bool = True) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(data)
        if durable:
            file.flush()
            os.fsync(file.fileno())
    if old.is_file():
        path.chmod(stat.S_IMODE(old.stat().st_mode))


def _clear(target: Path) -> None:
    """Remove what an update of this target that was killed has left behind, and nothing else."""
    ours = re.compile("".join((re.escape(f".{target.name}{_STAGED[0]}"), "[a-z0-9_]{8}", re.escape(_STAGED[1]))))
    for entry in os.scandir(target.parent):
        if ours.fullmatch(entry.name) and entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path, ignore_errors=True)


def _unwritable(target: Path, error: OSError) -> InputError:
    reason = reason_of(error)
    help = "free space or choose another folder; what is there stays"
    return InputError([Problem(f"cannot be written: {reason}", Location(target.as_posix(), 1, 1), help)])


def replace(new: Path, target: Path) -> None:
    """Put the new folder in the place of the target; the old one, if there is one, is then where the new one was.

    Raises:
        InputError: the system cannot do it; the target is as it was.
    """
    try:
        if target.exists():
            _exchange(new, target)
        else:
            new.rename(target)
    except OSError as error:
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
