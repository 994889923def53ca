"""The gate: load, resolve, evaluate, in that order.

In: paths. Out: an `Evaluation`. Loads a bundle and a snapshot once and checks many manifests; reads no clock,
no environment and no network.
"""

from __future__ import annotations

import datetime
import gc
import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Union

import msgspec
from msgspec import UnsetType

from .errors import InputError, Problem, UsageError
from .evaluate import Program, evaluate
from .load.asked_offerings import AskedOfferings
from .load.bundle import check_bundle, check_pin
from .load.bundle_files import BundleFiles, read_bundle
from .load.files import Folder, folder, shipped
from .load.finding import alone
from .load.lexicon import Lexicon
from .load.manifest import GivenManifest, ReadManifest, check_manifest, check_routes, offerings_named, read_found
from .load.packs import PackChoice
from .load.snapshot import Index, read_index, with_overlays
from .load.words import Words
from .model.evaluation import Evaluation, NotJudged
from .model.identity import NOWHERE, RepositoryName
from .model.manifest import Manifest
from .model.policy import Bundle
from .model.registry import Offering, Snapshot
from .model.vocabulary import FailOn
from .resolve import resolve

PathLike = Union[str, "os.PathLike[str]"]


class Gate:
    """A policy bundle and a registry snapshot, loaded once, that judge any number of manifests.

    Args:
        policies: the folder of the bundle.
        registry: the folder of the snapshot.
        packs: names of packs that are in force beside what the bundle requires: its own optional ones, and those of
            the library that comes with vendorgate.
        pinned: whether the registry must be the one that the bundle pins.

    Mistakes in them are reported by `check`, together with those of the manifests.
    """

    def __init__(
        self,
        policies: PathLike | Folder,
        registry: PathLike | Folder,
        packs: Sequence[str] | PackChoice = (),
        *,
        pinned: bool = True,
    ) -> None:
        choice = packs if isinstance(packs, PackChoice) else PackChoice(tuple(packs), shipped("policies"))
        self._problems: list[Problem] = []
        bundle, snapshot = _folder(policies), _folder(registry)
        self._said = (*bundle.said, *snapshot.said)
        index = read_index(snapshot, self._problems)
        self._files = read_bundle(bundle, self._problems, choice)
        self._offerings: AskedOfferings | None = None
        self._program = self._load(self._files, index, pinned)

    def _load(self, files: BundleFiles | None, index: Index | None, pinned: bool) -> Program | None:
        if files is None or index is None:
            return None
        if pinned:
            check_pin(files, index.sha256, self._problems)
        offerings = self._offerings = AskedOfferings(with_overlays(index, files.overlays, self._problems))
        bundle = check_bundle(files, offerings.lexicon, self._problems)
        self._problems.extend(offerings.unread)
        offerings.unread.clear()
        if files.overlays is not None:
            # What is wrong with an offering of ours is found whether anybody uses it or not.
            offerings.parse(files.overlays.touched, offerings.words(files), self._problems)
        return None if self._problems else Program(bundle)

    @property
    def bundle(self) -> Bundle:
        """The bundle.

        Raises:
            InputError: the bundle or the snapshot is not valid.
        """
        return self._ready()[0].bundle

    @property
    def files(self) -> BundleFiles:
        """The bundle as it is written.

        Raises:
            InputError: the bundle or the snapshot is not valid.
        """
        self._ready()
        assert self._files is not None
        return self._files

    @property
    def index(self) -> Index:
        """What is known of the snapshot, and of what the bundle adds to it, without parsing an offering.

        Raises:
            InputError: the bundle or the snapshot is not valid.
        """
        return self._ready()[1].index

    @property
    def lexicon(self) -> Lexicon:
        """What a rule may name.

        Raises:
            InputError: the bundle or the snapshot is not valid.
        """
        return self._ready()[1].lexicon

    @property
    def digests(self) -> Mapping[str, str]:
        """SHA-256 of the file of each offering, by id.

        Raises:
            InputError: the bundle or the snapshot is not valid.
        """
        return self._ready()[1].index.digests

    @property
    def words(self) -> Words:
        """What a manifest may name.

        Raises:
            InputError: the bundle or the snapshot is not valid.
        """
        files = self.files
        return self._ready()[1].words(files)

    def _ready(self) -> tuple[Program, AskedOfferings]:
        if self._problems or self._program is None or self._offerings is None:
            raise InputError(self._problems)
        return self._program, self._offerings

    def check(
        self,
        manifests: PathLike | Sequence[PathLike],
        *,
        as_of: datetime.date,
        fail_on: FailOn | None = None,
        full: bool = False,
        allow_incomplete: bool = False,
        repository: RepositoryName | str | None = None,
        asked_on: datetime.date | None = None,
    ) -> Evaluation:
        """Judge one manifest or several.

        Args:
            manifests: paths of manifest files; `-` is standard input.
            as_of: the day on which evidence, agreements and waivers are looked at.
            fail_on: the least severity that blocks; the bundle's or a stricter one.
            full: give the reasons of what passes, too.
            allow_incomplete: where some of several manifests have mistakes, judge the others: the evaluation says in
                `not_judged` which were not, and its verdict is `incomplete`, which is no pass.
            repository: OWNER/NAME of the repository that they stand in, for what the bundle binds to repositories.
            asked_on: the day of the run, where somebody chose `as_of`: reports tell so, and the bundle may limit how
                far the two are apart.

        Where the bundle binds projects, a manifest's path is taken from the root of the repository around the working
        directory, or outside git from there.

        Raises:
            InputError: any input could not be read or is not valid; it carries every problem. With `allow_incomplete`:
                bundle or registry are not valid, or no manifest is.
            UsageError: there is no manifest, `as_of` is no day or too far from `asked_on`, `fail_on` is laxer than the
                bundle's, or `repository` is no OWNER/NAME.
        """
        from .evaluate.asked import refuse_other_words  # of no use to whoever judges what has been read

        refuse_other_words(as_of, fail_on)
        known = _repository(repository)
        paths = [manifests] if isinstance(manifests, (str, os.PathLike)) else list(manifests)
        with CollectorPaused():
            return self.judge(
                [read_found(alone(os.fspath(path))) for path in paths],
                as_of=as_of,
                fail_on=fail_on,
                full=full,
                allow_incomplete=allow_incomplete,
                repository=known,
                asked_on=asked_on,
            )

    def placed(self, manifests: Iterable[ReadManifest]) -> list[ReadManifest]:
        """Manifests with their real paths from the root of the repository, where the bundle binds projects."""
        if self._files is None or isinstance(self._files.settings.projects, UnsetType):
            return list(manifests)
        from .load.places import Places  # few bundles bind projects

        places = Places(os.curdir)
        return [
            one if one.file is None else msgspec.structs.replace(one, path=places.path(one.file)) for one in manifests
        ]

    def judge(
        self,
        read: Iterable[GivenManifest],
        *,
        as_of: datetime.date,
        fail_on: FailOn | None = None,
        full: bool = False,
        allow_incomplete: bool = False,
        repository: RepositoryName = NOWHERE,
        asked_on: datetime.date | None = None,
    ) -> Evaluation:
        """Judge manifests that have been read, or could not be.

        Args:
            read: the manifests. Whose one is, is decided by its `path` and `disowned`, which are its reader's to say.
            repository: the repository that they stand in.

        Raises:
            InputError, UsageError: as `check`.
        """
        with CollectorPaused():
            return self._judge([*read], as_of, fail_on, full, allow_incomplete, repository, asked_on)

    def _judge(
        self,
        readings: list[GivenManifest],
        as_of: datetime.date,
        fail_on: FailOn | None,
        full: bool,
        allow_incomplete: bool,
        repository: RepositoryName,
        asked_on: datetime.date | None,
    ) -> Evaluation:
        if not readings:
            raise UsageError([Problem("no manifest to check", help="name at least one manifest")])
        shared = list(self._problems)
        checked = self._checked(readings, shared, repository.name)
        shared.extend([] if self._offerings is None else self._offerings.unread)
        judged = [manifest for manifest, problems in checked if manifest is not None and not problems]
        if shared or len(judged) < (1 if allow_incomplete else len(readings)):
            raise InputError([*shared, *(problem for _, problems in checked for problem in problems)])
        program, offerings = self._ready()
        if fail_on is not None or program.bundle.as_of_within is not None:
            from .evaluate.asked import refuse_far, refuse_laxer  # mostly there is nothing to refuse

            refuse_laxer(fail_on, program.bundle)
            refuse_far(as_of, asked_on, program.bundle)
        current, bundle = offerings.snapshot(), program.bundle
        subjects = tuple(
            subject
            for one in judged
            for subject in resolve(
                one, current, bundle.register, bundle.projects, None, bundle.region_groups, bundle.observations
            )
        )
        found = evaluate(tuple(judged), subjects, current, program, as_of, fail_on, full=full, repository=repository)
        left = tuple(
            NotJudged(one.path, problems) for one, (_, problems) in zip(readings, checked, strict=True) if problems
        )
        said = (*self._said, *found.notices)
        return incomplete(msgspec.structs.replace(found, notices=said, as_of_given=asked_on is not None), left)

    def snapshot(self, offerings: Iterable[str], problems: list[Problem] | None = None) -> Snapshot:
        """The snapshot, with those offerings read that it has and that are valid; what is not, goes to `problems`.

        Raises:
            InputError: the bundle or the snapshot is not valid.
        """
        words, asked = self.words, self._ready()[1]
        told = [] if problems is None else problems
        asked.parse(offerings, words, told)
        told.extend(asked.unread)
        return asked.snapshot()

    def _checked(
        self, read: list[GivenManifest], shared: list[Problem], repository: str | None
    ) -> list[tuple[Manifest | None, tuple[Problem, ...]]]:
        """Each manifest held against bundle and snapshot, as far as those can be read, and all that is wrong with it.

        What is wrong with an offering that one names is nobody's own, and goes to `shared`.
        """
        if self._offerings is None or self._files is None:
            return [(None, one.problems) for one in read]
        words = self._offerings.words(self._files)
        forms = [one.manifest for one in read if one.manifest is not None]
        named = {name for one in forms for name in offerings_named(one)}
        invalid = self._offerings.parse(named, words, shared)
        offerings = {**self._offerings.valid, **invalid}
        placed = {id(form): one for form, one in zip(forms, self.placed(forms), strict=True)}
        return [_held_against(one.problems, placed.get(id(one.manifest)), words, offerings, repository) for one in read]


class CollectorPaused:
    """Python's collector of garbage, left out meanwhile, and as it was afterwards.

    Judging makes what lives on, and no cycles: to look through all of it again and again finds nothing, and takes most
    of the time where there are thousands of manifests.
    """

    __slots__ = ("_was_on",)

    def __enter__(self) -> None:
        self._was_on = gc.isenabled()
        gc.disable()

    def __exit__(self, *raised: object) -> None:
        if self._was_on:
            gc.enable()


def _held_against(
    met: tuple[Problem, ...],
    read: ReadManifest | None,
    words: Words,
    offerings: dict[str, Offering],
    repository: str | None,
) -> tuple[Manifest | None, tuple[Problem, ...]]:
    if read is None:
        return None, met
    problems = list(met)
    manifest = check_manifest(read, words, problems, repository)
    check_routes(manifest, offerings, problems)
    return manifest, tuple(problems)


def incomplete(found: Evaluation, left: tuple[NotJudged, ...]) -> Evaluation:
    """An evaluation beside which manifests could not be judged: these might be what a waiver is of use for."""
    if not left:
        return found
    notices = tuple(one for one in found.notices if one.id != "unused-waiver")
    return msgspec.structs.replace(found, notices=notices, not_judged=left)


def _folder(given: PathLike | Folder) -> Folder:
    return given if isinstance(given, Folder) else folder(given)


def _repository(given: RepositoryName | str | None) -> RepositoryName:
    if given is None or isinstance(given, RepositoryName):
        return given or NOWHERE
    from .load.places import repository_named  # most calls name none

    return repository_named(given)
