"""A site in a folder, all of it at once, and in the place of an earlier one alone.

In: files by path. Out: the folder; whatever goes wrong, the one that was there is still there. `files.sha256` in it
says which files are the site's, so that a folder with anything else in it is never replaced.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

from ....errors import Problem, UsageError
from ....frame.locking import locked
from ....frame.writing import unwritable
from ....load.files import opened, sha256
from ....logic.wording import few
from ....source import Location
from ..folder_exchange import add, replace, stage

LISTED: Final = "files.sha256"
_FIRST: Final = "# The files of this site, as vendorgate wrote it; hold them against it: sha256sum -c files.sha256"
_LARGEST: Final = 64 * 1024 * 1024
"""Bytes of the list."""
_ELSEWHERE: Final = "name a folder that is empty, or not there yet"
_SHOWN: Final = 3
"""Names of foreign files in a message."""


def write(target: Path, files: Mapping[str, bytes], index: Callable[[Path], None] | None) -> int:
    """Write the files, and what `index` adds to them; how many files there are then.

    Raises:
        UsageError: the folder is not a site's, or cannot be written.
    """
    target = Path(os.path.realpath(target))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise _refused(target, f"{error.filename} is a file, where a folder is needed", _ELSEWHERE) from None
    except OSError as error:
        raise UsageError([unwritable(target, error)]) from None
    with locked(target):
        return _written(target, files, index)


def _written(target: Path, files: Mapping[str, bytes], index: Callable[[Path], None] | None) -> int:
    new = stage(target, files, {}, durable=False)
    try:
        if index is not None:
            index(new)
        names = sorted(_names(new))
        add(new, target, LISTED, _listed(new, names).encode("utf-8"))
        require_ours(target)
        replace(new, target)
        return len(names)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _listed(folder: Path, names: list[str]) -> str:
    """What `sha256sum` prints of the files, and what it is."""
    digests = (f"{sha256((folder / name).read_bytes())}  {name}" for name in names)
    return "\n".join((_FIRST, *digests, ""))


def _names(folder: Path) -> Iterator[str]:
    for parent, _, files in os.walk(folder):
        yield from ((Path(parent) / name).relative_to(folder).as_posix() for name in files)


def require_ours(target: Path) -> None:
    """Refuse a folder in which anything is that no site of ours has.

    Raises:
        UsageError: it is none that vendorgate wrote, or something was added to it.
    """
    if not os.path.lexists(target):
        return
    if not target.is_dir():
        raise _refused(target, "a file, where a folder is to be written", _ELSEWHERE)
    try:
        found = set(_entries(target))
        known = _known(target / LISTED) if found else set()
    except OSError as error:
        raise UsageError([unwritable(target, error)]) from None
    if known is None:
        raise _refused(target, "a folder that is no site of vendorgate's", _ELSEWHERE)
    foreign = sorted(found - known - {LISTED})
    if foreign:
        help = "move it elsewhere, or name another folder"
        raise _refused(target, f"a site with something else in it: {few(foreign, _SHOWN)}", help)


def _entries(target: Path) -> Iterator[str]:
    """All that lies in a folder but folders that have something in them; a link is something by itself."""

    def fail(error: OSError) -> None:
        raise error

    for parent, folders, files in os.walk(target, onerror=fail):
        there = Path(parent)
        links = [name for name in folders if (there / name).is_symlink()]
        yield from ((there / name).relative_to(target).as_posix() for name in (*files, *links))


def _known(path: Path) -> set[str] | None:
    """The files of the site that is there; None where there is none."""
    try:
        with opened(path) as file:
            text = file.read(_LARGEST).decode("utf-8", "replace")
    except FileNotFoundError:
        return None
    first, _, rest = text.partition("\n")
    return {line[66:] for line in rest.splitlines()} if first == _FIRST else None


def _refused(target: Path, title: str, help: str) -> UsageError:
    return UsageError([Problem(title, Location(target.as_posix(), 1, 1), help)])
