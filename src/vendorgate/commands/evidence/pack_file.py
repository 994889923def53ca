"""The file that a pack becomes: at once, whole, or not at all, and never in the place of anything else.

In: a path. Out: an open file beside it, which takes its place when all is written.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from ...errors import Problem, UsageError, reason_of
from ...frame.writing import permissions
from ...load.files import Folder


@contextmanager
def new_pack(given: str, manifests: Iterable[str], folders: Iterable[Folder]) -> Iterator[BinaryIO]:
    """A file to write and to seek in, in a folder that may be new; what goes wrong leaves what was there as it was.

    Raises:
        UsageError: it cannot be written, is an input, or something else than an archive is there.
    """
    path = _path(given, manifests, folders)
    new = not path.parent.exists()
    try:
        if new:
            path.parent.mkdir()
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", suffix=".tmp", dir=path.parent)
    except OSError as error:
        raise _unwritable(given, error) from None
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(permissions(path))
        temporary.replace(path)
    except OSError as error:
        raise _unwritable(given, error) from None
    finally:
        temporary.unlink(missing_ok=True)
        if new:
            with suppress(OSError):  # where there is a pack in it, it stays
                path.parent.rmdir()


def _path(given: str, manifests: Iterable[str], folders: Iterable[Folder]) -> Path:
    if not given.strip() or given == "-" or "\0" in given:
        raise _refused(given, "no name of a file", "name a file, such as evidence.zip")
    path = Path(os.path.realpath(given))
    inputs = {os.path.realpath(one) for one in manifests}
    if str(path) in inputs or any(path.is_relative_to(os.path.realpath(one.path)) for one in folders):
        raise _refused(given, "would overwrite an input", "name another file")
    if path.is_dir():
        raise _refused(given, "is a folder", f"name a file in it, such as {given.rstrip('/')}/evidence.zip")
    if path.exists() and (not path.is_file() or (path.stat().st_size and not _is_archive(path))):
        raise _refused(given, "there is something of that name that is no archive", "name another file")
    if path.exists() and not os.access(path, os.W_OK):
        raise _refused(given, "cannot be written: permission denied", "name a file that you may write to")
    return path


def _is_archive(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) == b"PK"


def _unwritable(given: str, error: OSError) -> UsageError:
    help = "name a file in a folder that you may write to, and that has room"
    return _refused(given, f"cannot be written: {reason_of(error)}", help)


def _refused(given: str, title: str, help: str) -> UsageError:
    return UsageError([Problem(f"--output {given}: {title}", help=help)])
