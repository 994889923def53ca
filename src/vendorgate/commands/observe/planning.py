"""What becomes of each account: what was found held against what stands in the bundle.

In: what was found, the bundle as it stands. Out: outcomes, and the files that would be written; then the same with what
was. Refuses to know whether anybody wants it written.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

import msgspec

from ...errors import InputError, VendorgateError
from ...load.bundle_files import BundleFiles
from ...model.observation import ObservationFile
from .difference import differences
from .filing import Check, Filed, Filing, filing, kept_beside, name_for, of_account, standing
from .outcome import WOULD_WRITE, AccountOutcome, FieldChange, State
from .reading import ReadAccount

Judge = Callable[[str, Sequence[FieldChange]], "tuple[FieldChange, ...]"]
"""Says what changes of an account of an offering make worse."""
_KEPT_BEFORE: Final = "the answers that are kept beside it are of an earlier reading; --keep renews them"


class Planned(msgspec.Struct, frozen=True):
    """What becomes of an account, and the file that it takes."""

    outcome: AccountOutcome
    filing: Filing | None = None
    """None: nothing is to be written."""

    def carried_out(self) -> Planned:
        """The same with its file written, or with why it could not be; what was there stays then."""
        if self.filing is None:
            return self
        try:
            self.filing.write()
        except VendorgateError as error:
            first = error.problems[0]
            return Planned(msgspec.structs.replace(self.outcome, trouble=first.title, help=first.help))
        return Planned(msgspec.structs.replace(self.outcome, written=True))


class Planning:
    """The observations of a bundle as they stand, to which some are added."""

    def __init__(
        self, files: BundleFiles, judge: Judge, check: Check, day: datetime.date, *, attested: bool, keep: bool
    ) -> None:
        self._folder = files.folder
        self._standing = standing(files.folder, files.observed, attested=attested)
        self._judge = judge
        self._check = check
        self._day = day
        self._attested = attested
        self._keep = keep
        self._taken: set[str] = set()

    def planned(self, read: Iterable[ReadAccount]) -> list[Planned]:
        """What becomes of each account.

        Raises:
            InputError: what a person says is none of the words that there are.
        """
        return [self._planned(one) for one in read]

    def _planned(self, read: ReadAccount) -> Planned:
        one = read.chosen
        there = of_account(one.name, self._standing)
        vendor = "" if one.reader is None else one.reader.vendor
        state: State = "left" if one.reader is None and read.found is None else "failed"
        outcome = AccountOutcome(one.name, vendor, state, before=_written(there))
        if there is not None:
            outcome = msgspec.structs.replace(outcome, file=self._folder.file(there.name)[1])
        if read.found is None:
            return Planned(msgspec.structs.replace(outcome, trouble=read.trouble, help=read.help))
        if there is not None and there.written.observed > self._day:
            title = f"what stands there was observed on {there.written.observed}, and today is {self._day}"
            help = "look at the clock of this machine; if it is right, take that file away"
            return Planned(msgspec.structs.replace(outcome, trouble=title, help=help))
        try:
            return self._filed(outcome, read, there, _as_short(read.found, there))
        except InputError as error:
            if self._attested:
                raise
            first = error.problems[0]
            return Planned(msgspec.structs.replace(outcome, trouble=first.title, help=first.help))

    def _filed(
        self, outcome: AccountOutcome, read: ReadAccount, there: Filed | None, found: ObservationFile
    ) -> Planned:
        name = there.name if there is not None else self._new_name(read)
        changes = differences(_written(there), found, read.why)
        path, shown = self._folder.file(name)
        kept = read.transcript if self._keep else None
        state = _state(_written(there), found, changes)
        if state == "same" and kept is not None and not _holds(kept_beside(path), kept):
            state = "renewed"
        stale = kept is None and state in WOULD_WRITE and there is not None and os.path.lexists(kept_beside(path))
        outcome = msgspec.structs.replace(
            outcome,
            state=state,
            file=shown,
            after=found,
            changes=self._judge(found.offering, changes),
            unreadable=_unreadable(found, changes, read.why),
            beside=(*read.beside, _KEPT_BEFORE) if stale else read.beside,
        )
        if state not in WOULD_WRITE:
            return Planned(outcome)
        return Planned(outcome, filing(self._folder, name, found, self._check, is_there=there is not None, kept=kept))

    def _new_name(self, read: ReadAccount) -> str:
        found = name_for(read.chosen.name, self._folder, self._taken, attested=self._attested)
        self._taken.add(found)
        return found


def _written(there: Filed | None) -> ObservationFile | None:
    return None if there is None else there.written


def _as_short(found: ObservationFile, there: Filed | None) -> ObservationFile:
    """With the days that somebody wrote into what was read: it goes on counting for no more of them."""
    if there is None or isinstance(found.max_age_days, int):
        return found
    return msgspec.structs.replace(found, max_age_days=there.written.max_age_days)


def _state(before: ObservationFile | None, after: ObservationFile, changes: Sequence[FieldChange]) -> State:
    if before is None:
        return "new"
    if any(one.kind != "kept" for one in changes):
        return "changed"
    return "same" if before == after else "renewed"


def _unreadable(found: ObservationFile, changes: Iterable[FieldChange], why: Mapping[str, str]) -> dict[str, str]:
    """What is not told, or not for all names; that something is no longer told stands among the changes."""
    gone = {one.name.path.removeprefix("settings.") for one in changes if one.kind == "gone"}
    return {name: why.get(name, "") for name in sorted({*found.unreadable, *why}) if name not in gone}


def _holds(path: str, data: bytes) -> bool:
    try:
        with open(path, "rb") as file:
            return file.read(len(data) + 1) == data
    except OSError:
        return False
