"""`vendorgate.lock` at the root of the repository: what was pulled, read by a check only to refuse what differs.

In: the pinned policies that somebody names. Out: nothing, or why they are not the recorded ones. No place, commit or
digest is ever taken from the file, which lies in the project that is judged.
"""

from __future__ import annotations

import datetime
import os
import shlex
from collections.abc import Mapping
from pathlib import Path

import msgspec
from msgspec import UNSET, UnsetType

from ..errors import InputError, Problem, UsageError
from ..load.decode import decode
from ..load.document import read_document
from ..load.files import JUDGED, read_bytes, shown_path
from ..load.nearby import LOCK
from ..load.places import repository_root
from ..logic import Json
from ..model.lock import LockedPolicies, LockFile
from ..source import Location
from .address import GitAddress
from .pinned import PinnedPolicies


def lock_path() -> Path:
    """Where the record is: at the root of the repository around the working directory, outside git in there."""
    here = os.path.realpath(os.curdir)
    return Path(os.path.relpath(os.path.join(repository_root(here) or here, LOCK)))


def read_lock(path: Path) -> LockFile | None:
    """The record; None where there is none.

    Raises:
        InputError: it cannot be read, or is not valid.
    """
    if not os.path.lexists(path):
        return None
    shown, problems = shown_path(path), list[Problem]()
    if path.is_symlink():  # what a mistake in it shows could be any file of the machine
        raise InputError([Problem("a link, not a file", Location(shown, 1, 1), "put the file itself there")])
    data = read_bytes(str(path), shown, problems, JUDGED)
    document = None if data is None else read_document(shown, data, problems, limits=JUDGED)
    found = None if document is None else decode(document, LockFile, problems)
    if problems or found is None:
        raise InputError(problems)
    return found


def entry_of(found: PinnedPolicies, day: datetime.date) -> LockedPolicies:
    """What a record says of policies that were pulled on a day."""
    address = found.address
    commit = address.revision if isinstance(address, GitAddress) else None
    return LockedPolicies(address.place, found.sha256, day, UNSET if commit is None else commit)


def with_entry(lock: LockFile | None, entry: LockedPolicies) -> Mapping[str, Json]:
    """The values of a record with an entry in it, in the place of what it had of the same place."""
    before = () if lock is None else lock.policies
    others = [one for one in before if one.place != entry.place]
    entries = sorted((*others, entry), key=lambda one: one.place)
    return {"version": 1, "policies": [msgspec.to_builtins(one) for one in entries]}


def refuse_other(found: PinnedPolicies) -> None:
    """Refuse policies that the record, where there is one, has otherwise or does not have.

    Raises:
        UsageError: it says otherwise; what both say is told.
        InputError: it is not valid.
    """
    path = lock_path()
    lock = read_lock(path)
    if lock is None:
        return
    given = entry_of(found, datetime.date.max)
    there = {_pin(one) for one in lock.policies}
    if _pin(given) not in there:
        raise UsageError([_differs(lock, given, found, path)])


def _pin(entry: LockedPolicies) -> tuple[str, str | UnsetType, str]:
    return entry.place, entry.commit, entry.sha256


def _differs(lock: LockFile, given: LockedPolicies, found: PinnedPolicies, path: Path) -> Problem:
    same = [one for one in lock.policies if one.place == given.place]
    recorded = ", ".join(_named(one) for one in same or lock.policies) or "nothing"
    title = f"--policies names {_named(given)}, and {LOCK} records {recorded}"
    pull = f"vendorgate policy pull --lock {shlex.quote(found.address.shown)}"
    help = f"find out which is meant; then name that, or record it: {pull}"
    return Problem(title, Location(shown_path(path), 1, 1), help)


def _named(entry: LockedPolicies) -> str:
    commit = "" if isinstance(entry.commit, UnsetType) else f" at commit {entry.commit}"
    return f"{entry.place}{commit} (sha256 {entry.sha256})"
