"""Manifests to verdicts, each usage that repeats another one judged once.

In: rows, and what judges. Out: judged manifests, and the cases that nobody has seen yet. A usage is looked up by all
that any rule may ask of it and of whose it is; what is not found is judged as a check judges it. Waivers, which name
usages, come after that: where one names a usage that is not clean, that usage is judged by itself.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from ....errors import InputError, Problem
from ....evaluate import Program
from ....gate import Gate
from ....load.attributes import check_attributes
from ....load.manifest import ReadManifest, check_manifest, routed_offerings
from ....load.routes import check_routes
from ....load.words import Words
from ....model.manifest import Manifest, Usage
from ....model.registry import Snapshot
from ....model.subject import Subject
from ....model.vocabulary import UNLISTED, FailOn
from ....resolve import resolve
from ....source import Source
from ..model import Batch, JudgedBatch, Judging, Row
from .asked import Asked
from .cases import RouteCase, judged, told
from .found import Found
from .keys import Keys, key_of
from .lines import Fragments
from .memo import Memo
from .names import Names, Whose, names_project
from .reading import Fields, read_row, stated_in, words_of
from .waiving import Waiving

_MOST: Final = 8_192
"""Usages that are remembered, twice over; each takes some kilobytes."""
_MOST_HANDED: Final = 65_536
"""Cases that are known to be handed over; each takes a tenth of a kilobyte."""
_NOWHERE: Final = Source("", "", lambda text: None)


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
        self._memo: Memo[bytes, tuple[RouteCase, ...]] = Memo(_MOST)
        self._handed: set[str] = set()
        self._fragments = Fragments() if judging.write_rows else None
        self._names = Names(self._bundle, self._asked)
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
        read: list[tuple[Row, ReadManifest | None, list[Problem]]] = []
        for row in batch.rows:
            problems: list[Problem] = []
            read.append((row, None if row.problems else read_row(row, problems), problems))
        snapshot = self._snapshot(one for _, one, _ in read if one is not None)
        for row, manifest, problems in read:
            self._row(row, manifest, problems, snapshot, found)
        return found.batch(batch.number)

    def _snapshot(self, manifests: Iterable[ReadManifest]) -> Snapshot:
        problems: list[Problem] = []
        names = {name for one in manifests for usage in one.written.usages for name in _named(usage)}
        snapshot = self._gate.snapshot(names, problems)
        if problems:
            raise InputError(problems)
        if self._asked.take_in(snapshot.offerings.values()):
            self._keys, self._memo = Keys(self._asked), Memo(_MOST)
            self._names = Names(self._bundle, self._asked)
        return snapshot

    def _row(
        self, row: Row, read: ReadManifest | None, problems: list[Problem], snapshot: Snapshot, found: Found
    ) -> None:
        if read is None or problems:
            project = None if read is None else read.written.project
            found.refused(row, project, (*row.problems, *map(words_of, problems)))
            return
        hand = AtHand(read, self._names.whose(row, read), snapshot)
        every = [(usage, self._usage(usage, index, hand)) for index, usage in enumerate(read.written.usages)]
        if any(cases is None for _, cases in every):
            found.refused(row, read.written.project, self._mistakes(hand))
            return
        told = [
            (usage, self._waived(usage, index, cases, hand, found))
            for index, (usage, cases) in enumerate(every)
            if cases is not None
        ]
        waivers = None if self._waiving is None else self._waiving.index
        found.told(row, hand.whose, told, self._bundle, waivers)

    def _mistakes(self, hand: AtHand) -> tuple[str, ...]:
        """All that is wrong with a row that names what does not exist."""
        problems: list[Problem] = []
        _checked(hand.read, hand, self._words, problems)
        return tuple(map(words_of, problems))

    def _usage(self, usage: Usage, index: int, hand: AtHand) -> tuple[RouteCase, ...] | None:
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
        found = tuple(self._judged(manifest, hand.snapshot))
        is_named = any(names_project(one.case, manifest.project) for one in found)
        return self._memo.keep(named if is_named else key, found)

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

    def _waived(
        self, usage: Usage, index: int, cases: tuple[RouteCase, ...], hand: AtHand, found: Found
    ) -> tuple[RouteCase, ...]:
        """The same where no waiver names any route of the usage that is not clean, else judged with the waivers."""
        waiving, whose = self._waiving, hand.whose
        if waiving is None or not any(
            one.is_open and waiving.names(whose.identity, whose.manifest.project, usage.id, one) for one in cases
        ):
            return cases
        manifest = self._alone(usage, index, hand, [])
        usages, met = waiving.judged(manifest, self._subjects(manifest, hand.snapshot), hand.snapshot)
        found.met(met)
        return tuple(self._with_fragments(one) for one in told(usages, self._program, self._asked))


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
