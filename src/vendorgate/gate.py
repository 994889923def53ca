"""The gate: load, resolve, evaluate, in that order.

In: paths. Out: an `Evaluation`. Loads a bundle and a snapshot once and checks many manifests; reads no clock,
no environment and no network.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Sequence
from typing import Union, get_args

from .errors import InputError, Problem, UsageError
from .evaluate import Program, evaluate
from .evaluate.judge import stricter_or_equal
from .load.bundle import BundleFiles, check_bundle, check_pin, read_bundle
from .load.files import Folder, folder, shipped, shown_path
from .load.language import language
from .load.manifest import ReadManifest, check_manifest, offerings_named, read_manifest
from .load.packs import PackChoice
from .load.routes import check_routes
from .load.snapshot import Index, read_index, read_offering, snapshot
from .load.words import Words
from .logic.nearest import suggestion
from .model.evaluation import Evaluation
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

    Mistakes in them are reported by `check`, together with those of the manifests.
    """

    def __init__(
        self, policies: PathLike | Folder, registry: PathLike | Folder, packs: Sequence[str] | PackChoice = ()
    ) -> None:
        choice = packs if isinstance(packs, PackChoice) else PackChoice(tuple(packs), shipped("policies"))
        self._problems: list[Problem] = []
        self._index = read_index(_folder(registry), self._problems)
        self._files = read_bundle(_folder(policies), self._problems, choice)
        self._offerings: dict[str, Offering] = {}
        self._faults: dict[str, list[Problem]] = {}
        """Of offerings that are not valid, however often somebody asks."""
        self._program = self._load(self._files, self._index)

    def _load(self, files: BundleFiles | None, index: Index | None) -> Program | None:
        if files is None or index is None:
            return None
        check_pin(files, index.sha256, self._problems)
        bundle = check_bundle(files, frozenset(index.digests), self._problems)
        return None if self._problems else Program(bundle)

    @property
    def bundle(self) -> Bundle:
        """The bundle.

        Raises:
            InputError: the bundle or the snapshot is not valid.
        """
        return self._ready()[0].bundle

    def _ready(self) -> tuple[Program, Index]:
        if self._problems or self._program is None or self._index is None:
            raise InputError(self._problems)
        return self._program, self._index

    def check(
        self,
        manifests: PathLike | Sequence[PathLike],
        *,
        as_of: datetime.date,
        fail_on: FailOn | None = None,
        full: bool = False,
    ) -> Evaluation:
        """Judge one manifest or several.

        Args:
            manifests: paths of manifest files.
            as_of: the day on which evidence, agreements and waivers are looked at.
            fail_on: the least severity that blocks; the bundle's or a stricter one.
            full: give the reasons of what passes, too.

        Raises:
            InputError: any input could not be read or is not valid; it carries every problem.
            UsageError: there is no manifest, `as_of` is no day, or `fail_on` is laxer than the bundle's.
        """
        _refuse_other_words(as_of, fail_on)
        problems: list[Problem] = []
        paths = [manifests] if isinstance(manifests, (str, os.PathLike)) else list(manifests)
        if not paths:
            raise UsageError([Problem("no manifest to check", help="name at least one manifest")])
        read = [read_manifest(os.fspath(path), shown_path(path), problems) for path in paths]
        return self.judge(read, problems, as_of=as_of, fail_on=fail_on, full=full)

    def judge(
        self,
        read: Iterable[ReadManifest | None],
        met: Iterable[Problem] = (),
        *,
        as_of: datetime.date,
        fail_on: FailOn | None = None,
        full: bool = False,
    ) -> Evaluation:
        """Judge manifests that have been read.

        Args:
            read: the manifests; None where one could not be read.
            met: the problems of reading them.

        Raises:
            InputError, UsageError: as `check`.
        """
        problems = [*self._problems, *met]
        checked = self._checked([manifest for manifest in read if manifest is not None], problems)
        if problems:
            raise InputError(problems)
        program, index = self._ready()
        _refuse_laxer(fail_on, program.bundle)
        current = snapshot(index, self._offerings)
        subjects = tuple(s for manifest in checked for s in resolve(manifest, current, program.bundle.register))
        return evaluate(tuple(checked), subjects, current, program, as_of, fail_on, full=full)

    def snapshot(self, offerings: Iterable[str]) -> Snapshot:
        """The snapshot, with those offerings read that it has and that are valid.

        Raises:
            InputError: the bundle or the snapshot is not valid.
        """
        program, index = self._ready()
        self._parse(Words(program.bundle.data_classes, frozenset(index.digests)), offerings, [])
        valid = {name: offering for name, offering in self._offerings.items() if name not in self._faults}
        return snapshot(index, valid)

    def _checked(self, manifests: list[ReadManifest], problems: list[Problem]) -> list[Manifest]:
        """The manifests held against bundle and snapshot, as far as those can be read."""
        if self._index is None or self._files is None:
            return []
        words = Words(self._files.data_classes, frozenset(self._index.digests))
        checked = [check_manifest(manifest, words, problems) for manifest in manifests]
        self._parse(words, (name for manifest in manifests for name in offerings_named(manifest)), problems)
        for manifest in checked:
            check_routes(manifest, self._offerings, problems)
        return checked

    def _parse(self, words: Words, names: Iterable[str], problems: list[Problem]) -> None:
        """Parse the offerings that are named, exist, and have not been parsed before; report those not valid again."""
        index = self._index
        named = sorted(set(names) & words.offerings)
        wanted = [name for name in named if name not in self._offerings and name not in self._faults]
        if index is not None and wanted:
            rules = language(words.data_classes, words.offerings).require
            for name in wanted:
                found: list[Problem] = []
                offering = read_offering(index, name, rules, found)
                if offering is not None:
                    self._offerings[name] = offering
                if found:
                    self._faults[name] = found
        problems.extend(problem for name in named for problem in self._faults.get(name, ()))


def _folder(given: PathLike | Folder) -> Folder:
    return given if isinstance(given, Folder) else folder(given)


def _refuse_other_words(as_of: object, fail_on: object) -> None:
    """A day with a time would be written into reports as no day, and a threshold with a typo would have no rank."""
    if not isinstance(as_of, datetime.date) or isinstance(as_of, datetime.datetime):
        raise UsageError([Problem(f"as_of is no day: {as_of!r}", help="give a datetime.date")])
    if fail_on is not None and fail_on not in get_args(FailOn):
        raise UsageError([Problem(f"no threshold {fail_on!r}", help=suggestion(str(fail_on), get_args(FailOn)))])


def _refuse_laxer(fail_on: FailOn | None, bundle: Bundle) -> None:
    if fail_on is not None and not stricter_or_equal(fail_on, bundle.fail_on):
        raise UsageError(
            [
                Problem(
                    f"--fail-on {fail_on} is laxer than the bundle's fail_on: {bundle.fail_on}",
                    help=f"leave it out, or ask for {bundle.fail_on} or stricter (note, then warning, then error)",
                )
            ]
        )
