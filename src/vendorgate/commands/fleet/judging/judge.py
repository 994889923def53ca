"""Manifests to verdicts, each usage that repeats another one judged once.

In: rows, and what judges. Out: judged manifests, and the cases that nobody has seen yet. A usage is looked up by all that
any rule may ask of it and of whose it is; what is not found is judged as a check judges it. Waivers, which name usages,
come after that: where one names a usage that is not clean, that usage is judged by itself.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from ....errors import InputError, Problem
from ....evaluate import Program
from ....evaluate.naming import NamedResult, about_names, self_named_words
from ....gate import Gate
from ....identity import EVERYBODY, identify, reaches
from ....load.manifest import ReadManifest, check_manifest, routed_offerings
from ....load.routes import check_routes
from ....model.identity import Identity, Whereabouts
from ....model.manifest import Manifest, Usage
from ....model.registry import Snapshot
from ....model.vocabulary import FailOn
from ....resolve import resolve
from ....source import Source
from ..model import Batch, JudgedCase, JudgedManifest, JudgedNotice, JudgedSubject, Judging, Row
from .asked import Asked
from .cases import RouteCase, judged, told
from .keys import Keys
from .lines import Fragments, beginning
from .memo import Memo
from .reading import read_row, words_of
from .waiving import Waiving

_MOST: Final = 16_384
"""Usages that are remembered, twice over; each takes some kilobytes."""
_encode: Final = msgspec.json.Encoder().encode
_NOBODY: Final = Manifest("-", None, (), Source("-", "", lambda text: None), "")


class Whose(msgspec.Struct, frozen=True):
    """A manifest as far as others may share its verdicts."""

    manifest: Manifest
    """Without usages."""
    identity: Identity
    key: bytes
    """What tells it from others, as far as rules, agreements and bindings can."""
    named: bytes
    """The same with its name."""


class Judge:
    """Judges the rows of one run, for as long as it lives."""

    def __init__(self, gate: Gate, judging: Judging) -> None:
        self._gate = gate
        self._bundle = gate.bundle
        self._as_of = datetime.date.fromisoformat(judging.as_of)
        self._fail_on: FailOn = judging.fail_on or self._bundle.fail_on
        # What repeats is judged without waivers, which name usages.
        self._program = Program(msgspec.structs.replace(self._bundle, waivers=()))
        self._waiving = Waiving(Program(self._bundle), self._as_of, self._fail_on) if self._bundle.waivers else None
        self._asked = Asked(self._bundle, judging.kept)
        self._keys = Keys(self._asked)
        self._memo: Memo[bytes, tuple[RouteCase, ...]] = Memo(_MOST)
        self._handed: set[str] = set()
        self._fragments = Fragments() if judging.write_rows else None
        limited = [] if self._bundle.register is None else self._bundle.register.agreements
        self._limits = tuple(dict.fromkeys(one.projects for one in limited if EVERYBODY not in one.projects))
        """The projects that agreements are limited to, each list once."""
        self._reached: Memo[tuple[bool, str], tuple[bool, ...]] = Memo(_MOST)

    def batch(self, batch: Batch) -> Judged:
        """Judge rows.

        Raises:
            InputError: an offering that they name is not valid, so that nothing is judged.
        """
        found = Judged()
        read: list[tuple[Row, ReadManifest | None, list[Problem]]] = []
        for row in batch.rows:
            problems: list[Problem] = []
            read.append((row, None if row.problems else read_row(row, problems), problems))
        snapshot = self._snapshot(one for _, one, _ in read if one is not None)
        for row, manifest, problems in read:
            found.manifests.append(self._row(row, manifest, problems, snapshot, found))
        return found

    def _snapshot(self, manifests: Iterable[ReadManifest]) -> Snapshot:
        problems: list[Problem] = []
        names = {name for one in manifests for name in routed_offerings(one.written.usages)}
        snapshot = self._gate.snapshot(names, problems)
        if problems:
            raise InputError(problems)
        if self._asked.take_in(snapshot.offerings.values()):
            self._keys, self._memo = Keys(self._asked), Memo(_MOST)
        return snapshot

    def _row(
        self, row: Row, read: ReadManifest | None, problems: list[Problem], snapshot: Snapshot, found: Judged
    ) -> JudgedManifest:
        if read is None or problems:
            project = None if read is None else read.written.project
            said = (*row.problems, *map(words_of, problems))
            return JudgedManifest(row.path, row.repository, row.sha256, project, None, None, 0, said)
        whose = self._whose(row, read)
        every: list[tuple[Usage, tuple[RouteCase, ...]]] = []
        for usage in read.written.usages:
            cases = self._usage(usage, whose, row, read, snapshot)
            if cases is None:
                return self._mistaken(row, read)
            every.append((usage, self._waived(usage, cases, whose, snapshot, found)))
        return self._told(row, whose, every, found)

    def _mistaken(self, row: Row, read: ReadManifest) -> JudgedManifest:
        """A row that names what does not exist, with all that is wrong with it."""
        problems: list[Problem] = []
        self._checked(read, row.repository, problems)
        said = tuple(map(words_of, problems))
        return JudgedManifest(row.path, row.repository, row.sha256, read.written.project, None, None, 0, said)

    def _checked(self, read: ReadManifest, repository: str | None, problems: list[Problem]) -> Manifest:
        manifest = check_manifest(read, self._gate.words, problems, repository)
        named = self._gate.snapshot(routed_offerings(read.written.usages), problems).offerings
        check_routes(manifest, named, problems)
        return manifest

    def _whose(self, row: Row, read: ReadManifest) -> Whose:
        project = read.written.project
        owner = read.written.owner if isinstance(read.written.owner, str) else None
        manifest = Manifest(project, owner, (), read.source, row.sha256, Whereabouts(row.repository, row.place))
        identity = identify(manifest, self._bundle.projects)
        reach = self._reach(identity, project)
        name = project if self._asked.reads("project.name") else None
        shown = identity.owner if self._asked.reads("project.owner") else None
        key = (identity.bound, reach, name, shown)
        return Whose(manifest, identity, _encode(key), _encode((*key, project)))

    def _reach(self, identity: Identity, project: str) -> tuple[bool, ...]:
        """Which lists of projects, among those that agreements are limited to, name this one."""
        if not self._limits:
            return ()
        found = self._reached.get((identity.is_stranger, project))
        if found is None:
            found = tuple(reaches(identity, project, globs) for globs in self._limits)
            self._reached.keep((identity.is_stranger, project), found)
        return found

    def _usage(
        self, usage: Usage, whose: Whose, row: Row, read: ReadManifest, snapshot: Snapshot
    ) -> tuple[RouteCase, ...] | None:
        """The cases of a usage's routes; None where it names what does not exist."""
        key = self._keys.key(usage, whose.key)
        found = self._memo.get(key)
        if found is not None:
            return found
        named = self._keys.key(usage, whose.named)
        found = self._memo.get(named)
        if found is not None:
            return found
        problems: list[Problem] = []
        alone = msgspec.structs.replace(read.written, usages=(self._keys.plain(usage),))
        manifest = self._checked(msgspec.structs.replace(read, written=alone), row.repository, problems)
        if problems:
            return None
        found = tuple(self._judged(manifest, snapshot))
        is_named = any(_names(one.case, manifest.project) for one in found)
        return self._memo.keep(named if is_named else key, found)

    def _judged(self, manifest: Manifest, snapshot: Snapshot) -> Iterator[RouteCase]:
        bundle = self._bundle
        subjects = resolve(
            manifest, snapshot, bundle.register, bundle.projects, None, bundle.region_groups, bundle.observations
        )
        usages = judged(manifest, subjects, snapshot, self._program, self._as_of, self._fail_on)
        for one in told(usages, self._program, self._asked):
            yield self._with_fragments(one)

    def _with_fragments(self, one: RouteCase) -> RouteCase:
        if self._fragments is None:
            return one
        return msgspec.structs.replace(one, fragments=self._fragments.of(one.case.results))

    def _waived(
        self, usage: Usage, cases: tuple[RouteCase, ...], whose: Whose, snapshot: Snapshot, found: Judged
    ) -> tuple[RouteCase, ...]:
        """The same where no waiver names any route of the usage that is not clean, else judged with the waivers."""
        waiving = self._waiving
        if waiving is None or not any(
            one.is_open and waiving.names(whose.identity, whose.manifest.project, usage.id, one) for one in cases
        ):
            return cases
        alone = msgspec.structs.replace(whose.manifest, usages=(usage,))
        read = ReadManifest(_file_of(alone), alone.source, alone.sha256, path=alone.whereabouts.path)
        manifest = self._checked(read, alone.whereabouts.repository, [])
        bundle = self._bundle
        subjects = resolve(
            manifest, snapshot, bundle.register, bundle.projects, None, bundle.region_groups, bundle.observations
        )
        usages, met = waiving.judged(manifest, subjects, snapshot)
        found.met(met)
        return tuple(self._with_fragments(one) for one in told(usages, self._program, self._asked))

    def _told(
        self, row: Row, whose: Whose, every: list[tuple[Usage, tuple[RouteCase, ...]]], found: Judged
    ) -> JudgedManifest:
        """The manifest with its subjects; their lines and the cases that are new go to what was found."""
        subjects: list[JudgedSubject] = []
        for usage, cases in every:
            for one in cases:
                if one.case.digest not in self._handed:
                    self._handed.add(one.case.digest)
                    found.cases.append(one.case)
                line = row.lines[len(subjects)] if len(subjects) < len(row.lines) else None
                name = (usage.id, one.route, one.offering, one.account, one.vendor)
                subjects.append(JudgedSubject(*name, line, one.case.digest))
                if self._fragments is not None:
                    start = beginning(row.path, row.repository, line, whose.manifest.project, *name, one.case.digest)
                    found.rows.append(start.join((b"", *one.fragments)))
        manifest = whose.manifest
        return JudgedManifest(
            row.path,
            row.repository,
            row.sha256,
            manifest.project,
            whose.identity.owner,
            whose.identity.bound,
            len(every),
            (),
            tuple(subjects),
            tuple(self._notices(whose, every)),
        )

    def _notices(self, whose: Whose, every: list[tuple[Usage, tuple[RouteCase, ...]]]) -> Iterator[JudgedNotice]:
        """What is worth knowing of the manifest as a whole, as a check says it."""
        if whose.identity.is_stranger:
            for one in about_names((whose.manifest,), self._bundle, ())[id(whose.manifest)]:
                yield JudgedNotice(one.id, one.severity, one.message)
        resting = [
            msgspec.structs.replace(one, usage=usage.id)
            for usage, cases in every
            for case in cases
            for one in case.resting
        ]
        if resting:
            message = self_named_words(whose.manifest.project, resting)
            yield JudgedNotice("self-named-project", "note", message)
        if not every:
            message = f"project `{whose.manifest.project}` declares that it uses no AI vendor"
            yield JudgedNotice("no-usages", "note", message)
        for usage, cases in every:
            if not any(one.applies for one in cases):
                yield JudgedNotice("no-policy-applied", "warning", f"no policy applied to usage `{usage.id}`", usage.id)
