"""A snapshot in the place of another: staged, checked whole, compared, and only then put there."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Literal

import click

from ...comparison.registry_difference import difference
from ...comparison.registry_model import RegistryDifference
from ...errors import InputError, Problem, UsageError
from ...frame.answer import answering, show
from ...frame.locking import locked
from ...frame.writing import unwritable
from ...load.files import Folder, folder, opened, unreadable
from ...load.snapshot import INDEX, read_index
from ...model.registry import Snapshot
from ...snapshots import index_text, read_snapshot
from ...source import Location
from ...terminal.escape import escape
from .folder_exchange import add, replace, stage
from .formats import DIFF_FORMATS

DEFAULT: Final = "registry-snapshot"
ORIGIN: Final = ".source.json"
"""Beside `snapshot.yaml`: where it was fetched; no part of the snapshot or its digest."""
_LARGEST_ORIGIN: Final = 64 * 1024
"""Bytes."""
Tell = Callable[[RegistryDifference], None]
"""Reports what changes."""
Wish = Literal["write", "ask", "look"]
"""What somebody wants to come of it; `ask`: it is asked at a terminal, and elsewhere nothing is written."""


_BEGIN: Final = 'name its folder with --registry, or begin one: cp -r "$(vendorgate registry path)" registry-snapshot'


def target_for(given: str | None) -> Path:
    """The folder of the snapshot that is to change; the one that came with vendorgate is never changed."""
    return Path(os.path.realpath(given if given is not None else DEFAULT))


@contextmanager
def telling(format: str, output: Iterable[str], target: Path) -> Iterator[Tell]:
    """What reports a change of the target, to files first, which are proved to be writable before anything is read.

    Raises:
        UsageError: a file cannot be written, or lies in the target.
    """
    with answering(DIFF_FORMATS, format, output, folders=[folder(str(target))]) as write:

        def tell(found: RegistryDifference) -> None:
            write(found)
            show(found, DIFF_FORMATS[format])

        yield tell


@contextmanager
def changing(target: Path) -> Iterator[None]:
    """Be the only one who changes a snapshot, and have the folder that it is to stand in.

    Raises:
        UsageError: another one does not end, or nothing can be written there.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError([unwritable(target, error)]) from None
    with locked(target):
        yield


def files_of(target: Path) -> dict[str, bytes]:
    """Every file of a snapshot's folder, by relative path; links are left out.

    Raises:
        UsageError: there is none, or a part of it that would not be the same in another folder.
        InputError: a file cannot be read.
    """
    if not (target / "snapshot.yaml").is_file():
        raise UsageError([Problem("no snapshot there", Location(target.as_posix(), 1, 1), _BEGIN)])
    problems: list[Problem] = []
    files = {}
    for path in _entries(target):
        name = _name(path, target)
        if path.is_symlink() and not _is_part(name):
            continue
        if path.is_symlink() or not path.is_file():
            title = "a link in a snapshot" if path.is_symlink() else "neither a file nor a folder"
            problems.append(Problem(title, Location(path.as_posix(), 1, 1), "put the file itself there"))
            continue
        try:
            files[name] = path.read_bytes()
        except OSError as error:
            problems.append(unreadable(error, path.as_posix()))
    if problems:
        raise InputError(problems)
    return files


def _entries(target: Path) -> Iterator[Path]:
    """All that lies in a folder, at any depth, but folders; no link is followed.

    Raises:
        InputError: a folder cannot be read.
    """

    def fail(error: OSError) -> None:
        raise InputError([unreadable(error, Path(error.filename).as_posix())])

    for parent, folders, files in os.walk(target, onerror=fail):
        folders.sort()
        there = Path(parent)
        yield from (there / name for name in folders if (there / name).is_symlink())
        yield from (there / name for name in sorted(files))


def _links(target: Path) -> dict[str, str]:
    """The links beside a snapshot, by relative path: where each leads."""
    if not target.is_dir():
        return {}
    return {_name(path, target): os.readlink(path) for path in _entries(target) if path.is_symlink()}


def other_files(target: Path) -> dict[str, bytes]:
    """The files beside a snapshot that are no part of it, which a new one leaves alone.

    Raises:
        UsageError: the folder is no snapshot's, so that it must not be replaced.
    """
    if not target.exists() or (target.is_dir() and not any(target.iterdir())):
        return {}
    return {name: data for name, data in files_of(target).items() if not _is_part(name)}


def _name(path: Path, target: Path) -> str:
    return path.relative_to(target).as_posix()


def _is_part(name: str) -> bool:
    return name in ("snapshot.yaml", "CHANGELOG.md", "index.yaml", "offerings") or name.startswith("offerings/")


def origin_of(target: Path) -> dict[str, Any]:
    """Where a snapshot was fetched; nothing where that is not known."""
    try:
        with opened(target / ORIGIN) as file:
            found = json.loads(file.read(_LARGEST_ORIGIN))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def propose(
    target: Path,
    files: Mapping[str, bytes],
    pins: Iterable[str],
    tell: Tell,
    *,
    write: bool,
    indexed: bool = True,
) -> bool:
    """Check the files as a snapshot, report what changes, and put them in place if that is wanted.

    `pins` are digests that the new snapshot must have. Nothing is reported where there is no old one to compare with.
    `indexed`: an index is written, whether there was one or not. Returns whether anything was written. Whoever calls
    it is `changing` the target.

    Raises:
        InputError: the new snapshot is not valid, is not the pinned one, or cannot be written; the old one stays.
    """
    new = stage(target, _without_index(files), _links(target))
    staged = Folder(str(new), f"{target.as_posix()} (new)")
    try:
        fresh = read_snapshot(staged)
        refuse_other(fresh.sha256, pins, f"{target.as_posix()} (new)")
        current = _current(target)
        if current is not None:
            tell(difference(current, fresh))
        if write:
            if indexed:
                add(new, target, INDEX, index_text(staged))
            replace(new, target)
            _require(target, fresh.sha256)
            sys.stderr.write(f"{escape(target.as_posix())} now has sha256 {fresh.sha256}\n")
        return write
    finally:
        shutil.rmtree(new, ignore_errors=True)


def wish_of(*, dry_run: bool, yes: bool) -> Wish:
    """What options say.

    Raises:
        UsageError: both are given.
    """
    if dry_run and yes:
        raise UsageError([Problem("--dry-run and --yes exclude each other", help="leave one of them out")])
    return "look" if dry_run else "write" if yes else "ask"


def propose_first(target: Path, files: Mapping[str, bytes], tell: Tell, wish: Wish, *, indexed: bool = True) -> bool:
    """Report what would change, and put it in place where an option or somebody at a terminal wants that.

    Returns whether anything was written. Whoever calls it is `changing` the target.

    Raises:
        InputError: as `propose`.
    """
    if propose(target, files, (), tell, write=wish == "write", indexed=indexed):
        return True
    asked = wish == "ask" and sys.stdin.isatty() and sys.stdout.isatty()
    if not asked:
        sys.stderr.write("nothing is written; say --yes to write it\n" if wish == "ask" else "nothing is written\n")
        return False
    if not click.confirm(f"Write this to {escape(target.as_posix())}?"):
        return False
    return propose(target, files, (), lambda found: None, write=True, indexed=indexed)


def _without_index(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """What the index says is worked out from the files, wherever they come from."""
    return {name: data for name, data in files.items() if name != INDEX}


def _require(target: Path, sha256: str) -> None:
    """Refuse to say that all is well where what is there is not what was put there."""
    problems: list[Problem] = []
    index = read_index(folder(target), problems)
    if index is None or index.sha256 != sha256:
        title = f"another one has changed it meanwhile: the SHA-256 should be {sha256}"
        problems.append(
            Problem(title, Location(target.as_posix(), 1, 1), "see who else writes there, and run it again")
        )
    if problems:
        raise InputError(problems)


def refuse_other(sha256: str, pins: Iterable[str], shown: str) -> None:
    """Refuse what is not the pinned one."""
    for pin in pins:
        if pin != sha256:
            title = f"the SHA-256 is {sha256}, and {pin} is pinned"
            help = "find out why it changed before you pin another"
            raise InputError([Problem(title, Location(shown, 1, 1), help)])


def _current(target: Path) -> Snapshot | None:
    """The snapshot that is there; None where there is none, or none that can be read."""
    if not (target / "snapshot.yaml").is_file():
        return None
    try:
        return read_snapshot(folder(target))
    except InputError:
        sys.stderr.write(f"{escape(target.as_posix())} is not valid, so that nothing can be compared with it\n")
        return None


def say(remarks: Iterable[str]) -> None:
    """Remarks on the error stream, one line each."""
    for remark in remarks:
        sys.stderr.write(f"note: {escape(remark)}\n")
