"""A snapshot in the place of another: staged, checked whole, compared, and only then put there."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from ...errors import InputError, Problem, UsageError
from ...load.files import Folder, folder
from ...model.registry import Snapshot
from ...registry.difference import difference
from ...registry.replace import replace, stage
from ...snapshots import read_snapshot
from ...source import Location
from ...terminal.escape import escape
from ..streams import print_report
from .differing import rendered

DEFAULT: Final = "registry-snapshot"
ORIGIN: Final = ".source.json"
"""Beside `snapshot.yaml`: where it was fetched; no part of the snapshot or its digest."""


def target_for(given: str | None) -> Path:
    """The folder of the snapshot that is to change; the one that came with vendorgate is never changed."""
    return Path(os.path.realpath(given if given is not None else DEFAULT))


def files_of(target: Path) -> dict[str, bytes]:
    """Every file of a snapshot's folder, by relative path.

    Raises:
        UsageError: there is none.
    """
    if not (target / "snapshot.yaml").is_file():
        raise UsageError(
            [Problem("no snapshot there", Location(target.as_posix(), 1, 1), "name its folder with --registry")]
        )
    return {_name(path, target): path.read_bytes() for path in sorted(target.rglob("*")) if path.is_file()}


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
    return name in ("snapshot.yaml", "CHANGELOG.md") or name.startswith("offerings/")


def origin_of(target: Path) -> dict[str, Any]:
    """Where a snapshot was fetched; nothing where that is not known."""
    try:
        found = json.loads((target / ORIGIN).read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def propose(target: Path, files: Mapping[str, bytes], pins: Iterable[str], format: str, *, write: bool) -> bool:
    """Check the files as a snapshot, show what changes, and put them in place if that is wanted.

    `pins` are digests that the new snapshot must have. Returns whether anything was written.

    Raises:
        InputError: the new snapshot is not valid, is not the pinned one, or cannot be written; the old one stays.
    """
    new = stage(target, files)
    try:
        fresh = read_snapshot(Folder(str(new), f"{target.as_posix()} (new)"))
        refuse_other(fresh.sha256, pins, f"{target.as_posix()} (new)")
        current = _current(target)
        if current is not None:
            print_report(rendered(difference(current, fresh), format))
        if write:
            replace(new, target)
            sys.stderr.write(f"{escape(target.as_posix())} now has sha256 {fresh.sha256}\n")
        return write
    finally:
        shutil.rmtree(new, ignore_errors=True)


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
