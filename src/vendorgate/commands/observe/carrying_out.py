"""What was found, shown, agreed to and written: one writer at a time, and nothing that nobody has seen.

In: what was found of accounts, the bundle, what somebody wants. Out: what came of it, in every format that was asked
for.
"""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import click
import msgspec

from ...errors import Problem
from ...frame.answer import show
from ...frame.locking import locked_bundle
from ...frame.streams import print_report, style_for
from ...gate import Gate
from ...load.bundle_files import BundleFiles
from ...load.files import Folder
from ...load.observations import observations
from ...load.packs import PackChoice
from ...model.observation import ObservationFile
from ...model.signoff import Signoff
from ...snapshots import read_snapshot
from ...source import Source
from ...terminal.escape import escape
from .filing import Check
from .formats import FORMATS
from .outcome import FieldChange, Observing, Wanted
from .planning import Planned, Planning
from .reading import ReadAccount
from .worsening import Worsening

Judges = tuple[Folder, Folder, PackChoice]
_TEXT = "text"


class Manner(msgspec.Struct, frozen=True):
    """How something is filed."""

    day: datetime.date
    wanted: Wanted
    attesting: bool = False
    keep: bool = False


class Carried(msgspec.Struct, frozen=True):
    """What came of it."""

    found: Observing
    told: bool
    """Whether somebody has read it on the error stream already."""

    def show(self, format: str) -> None:
        """On standard output; of what was read already only what came of it."""
        if self.told and format == _TEXT and sys.stdout.isatty():
            from .text import closing

            print_report(closing(self.found))
        else:
            show(self.found, FORMATS[format])


def carried_out(judges: Judges, read: Sequence[ReadAccount], manner: Manner) -> Carried:
    """File what was found, as far as somebody wants it.

    Raises:
        InputError: the bundle or the registry is not valid.
        UsageError: another one does not end that changes the bundle, or nothing can be locked there.
    """
    asking = manner.wanted == "ask" and _somebody_is_there()
    writes = manner.wanted == "write" or asking
    with _locked(judges[0], writes=writes):
        gate = Gate(*judges)
        planned = _planned(gate, judges, read, manner)
        found = _observing(gate.files, planned, manner)
        asks = asking and bool(found.to_write)
        if asks:
            writes = _agreed(found)
        if writes:
            found = _observing(gate.files, [one.carried_out() for one in planned], manner)
    return Carried(found, asks)


def _somebody_is_there() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def _locked(bundle: Folder, *, writes: bool) -> AbstractContextManager[None]:
    """Whoever only looks needs no lock, and may have no right to one."""
    return locked_bundle(Path(os.path.realpath(bundle.path))) if writes else nullcontext()


def _planned(gate: Gate, judges: Judges, read: Iterable[ReadAccount], manner: Manner) -> list[Planned]:
    judge = _judge(gate, judges, manner.day)
    planning = Planning(gate.files, judge, _check(gate), manner.day, attested=manner.attesting, keep=manner.keep)
    return planning.planned(read)


def _judge(
    gate: Gate, judges: Judges, day: datetime.date
) -> Callable[[str, Sequence[FieldChange]], tuple[FieldChange, ...]]:
    """Says what changes make worse; an offering's conditions are read where something changes."""
    bundle, snapshot, _ = judges

    def judged(offering: str, changes: Sequence[FieldChange]) -> tuple[FieldChange, ...]:
        if all(one.kind != "changed" for one in changes):
            return tuple(changes)
        known = read_snapshot(snapshot, [offering], bundle=bundle)
        return Worsening(gate.bundle, known.offerings.get(offering), day).told(changes)

    return judged


def _check(gate: Gate) -> Check:
    def checked(found: ObservationFile, source: Source, problems: list[Problem]) -> None:
        observations([(found, source)], gate.words, gate.lexicon, problems)

    return checked


def _observing(files: BundleFiles, planned: Iterable[Planned], manner: Manner) -> Observing:
    signoff = files.signoff
    return Observing(
        files.folder.shown,
        manner.day,
        tuple(one.outcome for one in planned),
        manner.attesting,
        isinstance(signoff, Signoff) and signoff.holds(manner.day),
    )


def _agreed(found: Observing) -> bool:
    from .text import differences

    sys.stderr.write(differences(found, style_for(sys.stderr)))
    return click.confirm(f"Write this to {escape(found.bundle)}?", err=True)
