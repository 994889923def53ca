"""Manifests to verdicts, each usage that repeats another one judged once.

In: rows, and what judges. Out: judged manifests, and the cases that nobody has seen yet. A row whose usages are all
written as others were is not read any further. Of one that is, a usage is looked up by all that any rule may ask of it
and of whose it is; what is not found is judged as a check judges it. Waivers, which name usages, come after that: where
one names a usage that is not clean, that usage is judged by itself.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import msgspec

from ....errors import InputError, Problem
from ....evaluate import Program
from ....gate import Gate
from ....load.attributes import check_attributes
from ....load.manifest import ReadManifest, check_manifest, check_routes, routed_offerings
from ....load.words import Words
from ....model.manifest import Manifest, Usage
from ....model.registry import Snapshot
from ....model.subject import Subject
from ....model.vocabulary import UNLISTED, FailOn
from ....resolve import resolve
from ....source import Source
from ..model import Batch, JudgedBatch, Judging, Row
from .asked import Asked
from .cases import RouteCase, UsageCases, judged, told
from .found import Found, Notes
from .keys import Keys, key_of
from .lines import Fragments
from .memo import Memo
from .names import Names, Whose, names_project
from .reading import Fields, read_row, stated_in, words_of
from .repeats import AsWritten, Repeats
from .waiving import Waiving

_MOST: Final = 8_192
"""Usages that are remembered, twice over; each takes some kilobytes."""
_MOST_HANDED: Final = 65_536
"""Cases that are known to be handed over; each takes a tenth of a kilobyte."""
_NOWHERE: Final = Source("", "", lambda text: None)


class GivenRow(msgspec.Struct, frozen=True):
    """A row before it is judged: all of it a repeat, or read strictly."""

    row: Row
    written: AsWritten | None = None
    """Its usages as they are written; None where more is to be asked of its form."""
    whose: Whose | None = None
    """Whose it is, where its usages are known as they are written."""
    cases: Sequence[UsageCases | None] = ()
    """Of each of those usages; None where it is no repeat."""
    is_repeat: bool = False
    """Whether all usages are, and no waiver names any; then nothing is read strictly."""
    read: ReadManifest | None = None
    """Its form, read strictly; None where it has none."""
    problems: Sequence[Problem] = ()
    """What is wrong with its form."""


class AtHand(msgspec.Struct, frozen=True):
    """A row that is being judged."""

    read: ReadManifest
    whose: Whose
    snapshot: Snapshot


class Judge:
    """Judges the rows of one run, for as long as it lives."""

    def __init__(self, gate: Gate, judging: Judging) -> None:
        self._gate = gate
        self._bundle = gate.bundle
        self._as_of = datetime.date.fromisoformat(judging.as_of)
        self._fail_on: FailOn = judging.fail_on or self._bundle.fail_on
        # What repeats is judged without waivers, which name usages.
        self._program = Program(msgspec.structs.replace(self._bundle, waivers=()))
        self._waiving = Waiving(self._bundle, self._as_of, self._fail_on) if self._bundle.waivers else None
        self._asked = Asked(self._bundle, judging.kept)
        self._keys = Keys(self._asked)
        self._memo: Memo[bytes, UsageCases] = Memo(_MOST)
        self._repeats = Repeats(self._keys, _MOST)
        self._handed: set[str] = set()
        self._fragments = Fragments() if judging.write_rows else None
        self._names = Names(self._bundle, self._asked)
        self._notes = Notes(self._bundle, None if self._waiving is None else self._waiving.index)
        words = self._words = gate.words
        self._plain_words = msgspec.structs.replace(
            words, own=msgspec.structs.replace(words.own, attributes={}, closed=False)
        )
        """By which a usage is looked at whose attributes are known to exist, and may stand for any value."""

    def batch(self, batch: Batch) -> JudgedBatch:
        """Judge rows.

        Raises:
            InputError: an offering that they name is not valid, so that nothing is judged.
        """
        if len(self._handed) > _MOST_HANDED:
            self._handed.clear()  # who gets a case again, has it already
        found = Found(self._handed, write_rows=self._fragments is not None)
        given, known = [*map(self._given, batch.rows)], self._repeats
        snapshot = self._snapshot(one.read for one in given if one.read is not None)
        if self._repeats is not known:  # something else matters now: no row is a repeat
            given = [*map(self._given, batch.rows)]
        for one in given:
            if one.is_repeat and one.written is not None and one.whose is not None:
                found.told(one.row, one.whose, [*zip(one.written.ids, _all(one.cases), strict=True)], self._notes)
            else:
                self._row(one, snapshot, found)
        return found.batch(batch.number)

    def _given(self, row: Row) -> GivenRow:
        """A row, read strictly unless all of its usages are known by what is written."""
        if row.problems:
            return GivenRow(row)
        problems: list[Problem] = []
        written = self._repeats.as_written(row)
        if written is None:
            return GivenRow(row, read=read_row(row, problems), problems=problems)
        whose = self._names.whose(row, written.project, written.owner)
        cases = [self._repeats.cases(usage, whose) for usage in written.usages]
        if None not in cases and not self._is_met(written, whose, _all(cases)):
            return GivenRow(row, written, whose, cases, True)
        return GivenRow(row, written, whose, cases, False, read_row(row, problems), problems)

    def _is_met(self, written: AsWritten, whose: Whose, cases: Sequence[UsageCases]) -> bool:
        """Whether a waiver names any usage of a manifest that is not clean."""
        return self._waiving is not None and any(map(self._is_waived, written.ids, cases, (whose,) * len(cases)))

    def _snapshot(self, manifests: Iterable[ReadManifest]) -> Snapshot:
        problems: list[Problem] = []
        names = {name for one in manifests for usage in one.written.usages for name in _named(usage)}
        snapshot = self._gate.snapshot(names, problems)
        if problems:
            raise InputError(problems)
        if self._asked.take_in(snapshot.offerings.values()):
            self._keys, self._memo = Keys(self._asked), Memo(_MOST)
            self._repeats = Repeats(self._keys, _MOST)
            self._names = Names(self._bundle, self._asked)
        return snapshot

    def _row(self, given: GivenRow, snapshot: Snapshot, found: Found) -> None:
        row, read = given.row, given.read
        if read is None or given.problems:
            project = None if read is None else read.written.project
            found.refused(row, project, (*row.problems, *map(words_of, given.problems)))
            return
        written = read.written
        owner = written.owner if isinstance(written.owner, str) else None
        hand = AtHand(read, given.whose or self._names.whose(row, written.project, owner), snapshot)
        before = given.cases or (None,) * len(written.usages)
        every = [
            repeated or self._usage(usage, index, hand)
            for index, (usage, repeated) in enumerate(zip(written.usages, before, strict=True))
        ]
        if None in every:
            found.refused(row, written.project, self._mistakes(hand))
            return
        known = _all(every)
        if given.written is not None:
            for text, cases, repeated in zip(given.written.usages, known, before, strict=True):
                if repeated is None:
                    self._repeats.keep(text, hand.whose, cases)
        told = [
            (usage.id, self._waived(usage, index, cases, hand, found))
            for index, (usage, cases) in enumerate(zip(written.usages, known, strict=True))
        ]
        found.told(row, hand.whose, told, self._notes)

    def _mistakes(self, hand: AtHand) -> tuple[str, ...]:
        """All that is wrong with a row that names what does not exist."""
        problems: list[Problem] = []
        _checked(hand.read, hand, self._words, problems)
        return tuple(map(words_of, problems))

    def _usage(self, usage: Usage, index: int, hand: AtHand) -> UsageCases | None:
        """The cases of a usage's routes; None where it names what does not exist."""
        if usage.attributes and not self._attributes_exist(usage):
            return None
        plain = self._keys.plain(usage)
        stated = stated_in(hand.read.source, index) if self._bundle.observations else b""
        key = key_of(plain, hand.whose.key, stated)
        found = self._memo.get(key)
        if found is not None:
            return found
        named = key_of(plain, hand.whose.named, stated)
        found = self._memo.get(named)
        if found is not None:
            return found
        problems: list[Problem] = []
        manifest = self._alone(plain, index, hand, problems)
        if problems:
            return None
        routes = tuple(self._judged(manifest, hand.snapshot))
        is_named = any(names_project(one.case, manifest.project) for one in routes)
        return self._memo.keep(named if is_named else key, UsageCases.of(routes, is_named=is_named))

    def _attributes_exist(self, usage: Usage) -> bool:
        """Whether a usage's attributes are what the bundle lets them be: of most, nothing is asked but that."""
        problems: list[Problem] = []
        check_attributes(usage.attributes, self._words.own, (_NOWHERE, ()), problems)
        return not problems

    def _alone(self, usage: Usage, index: int, hand: AtHand, problems: list[Problem]) -> Manifest:
        """The manifest as if it had this usage alone."""
        read = hand.read
        assert isinstance(read.source, Fields)
        written = msgspec.structs.replace(read.written, usages=(usage,))
        alone = msgspec.structs.replace(read, written=written, source=read.source.alone(index))
        return _checked(alone, hand, self._plain_words, problems)

    def _subjects(self, manifest: Manifest, snapshot: Snapshot) -> tuple[Subject, ...]:
        bundle = self._bundle
        return resolve(
            manifest, snapshot, bundle.register, bundle.projects, None, bundle.region_groups, bundle.observations
        )

    def _judged(self, manifest: Manifest, snapshot: Snapshot) -> Iterator[RouteCase]:
        subjects = self._subjects(manifest, snapshot)
        usages = judged(manifest, subjects, snapshot, self._program, self._as_of, self._fail_on)
        for one in told(usages, self._program, self._asked):
            yield self._with_fragments(one)

    def _with_fragments(self, one: RouteCase) -> RouteCase:
        if self._fragments is None:
            return one
        return msgspec.structs.replace(one, fragments=self._fragments.of(one.case.results))

    def _waived(self, usage: Usage, index: int, cases: UsageCases, hand: AtHand, found: Found) -> UsageCases:
        """The same where no waiver names any route of the usage that is not clean, else judged with the waivers."""
        waiving = self._waiving
        if waiving is None or not self._is_waived(usage.id, cases, hand.whose):
            return cases
        manifest = self._alone(usage, index, hand, [])
        usages, met = waiving.judged(manifest, self._subjects(manifest, hand.snapshot), hand.snapshot)
        found.met(met)
        return UsageCases.of(tuple(self._with_fragments(one) for one in told(usages, self._program, self._asked)))

    def _is_waived(self, usage: str, cases: UsageCases, whose: Whose) -> bool:
        """Whether a waiver names a route of a usage that is not clean."""
        waiving = self._waiving
        if waiving is None or not cases.is_open:
            return False
        named = (whose.identity, whose.manifest.project, usage)
        return any(one.is_open and waiving.names(*named, one) for one in cases.routes)


def _all(cases: Sequence[UsageCases | None]) -> list[UsageCases]:
    """The same, of which none is missing."""
    return [one for one in cases if one is not None]


def _named(usage: Usage) -> Iterable[str]:
    """The offerings that a usage names: most name one, and `unlisted` is none."""
    if usage.fallbacks or usage.recipients or usage.via is not None or usage.offering == UNLISTED:
        return routed_offerings((usage,))
    return (usage.offering,)


def _checked(read: ReadManifest, hand: AtHand, words: Words, problems: list[Problem]) -> Manifest:
    """A manifest whose words are held against what it may name; the snapshot at hand has every offering of its row."""
    manifest = check_manifest(read, words, problems, hand.whose.repository)
    check_routes(manifest, hand.snapshot.offerings, problems)
    return manifest
