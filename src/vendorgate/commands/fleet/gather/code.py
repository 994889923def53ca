"""What the code of a repository uses, read out of a commit, and where that departs from what its manifests declare.

In: a repository that is open, what judges. Out: a `Detection`, and `FoundDrift` as `check --code` has it. Nothing is
written to a disk but what git packs, and no file is run; each is read when its turn has come.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

import msgspec

from ....detection.catalogue.catalogue import Catalogue
from ....detection.files import LARGEST_NOTEBOOK, Unread, left_out_in
from ....detection.model import Detection, Skipped
from ....detection.pipeline import detect_versions
from ....detection.unread import may_name
from ....drift.declared import declarations
from ....drift.model import DriftFound
from ....errors import InputError, Problem
from ....frame.detecting import listed_in
from ....frame.drifting import Held, differing
from ....gate import Gate
from ....git.anywhere import FoundEntry, opened
from ....load.files import Folder, sha256
from ....load.manifest import GivenManifest, manifest_from
from ....load.packs import PackChoice
from ....load.places import is_repository
from ....model.evaluation import Evaluation
from ....model.identity import NOWHERE, RepositoryName
from ....model.result import Notice
from ..model import FoundDrift
from ..store.looking import code_judged_by, code_seen_by
from ..store.writing import GatheredManifest

ENTRIES: Final = 300_000
"""Files of one commit, those in folders that hold what others made, too."""
FILES: Final = 100_000
"""Files of code of one commit."""
SIZE: Final = 1024 * 1024 * 1024
"""Bytes of all of them, those left out that are larger than a reader takes."""
_TOLD: Final = "code-not-read"
"""The notice that is told as a difference: what nobody read may use anybody."""
_TOO_LONG: Final = b"#" * (LARGEST_NOTEBOOK + 1)


class Looking:
    """What judges the code of repositories: one bundle, one registry, one day."""

    def __init__(self, judges: tuple[Folder, Folder, PackChoice], day: datetime.date) -> None:
        """Read what judges.

        Raises:
            InputError: it is not valid.
        """
        bundle, registry, packs = judges
        self._gate = Gate(*judges)
        self._day = day
        self.catalogue: Catalogue = listed_in(registry, bundle).catalogue
        self.key = code_seen_by(self._gate)
        """What tells one detection of a commit from another."""
        self.coded = code_judged_by(self.key, packs, day.isoformat())
        """What tells one judgement of code from another."""

    def drift(self, name: str, manifests: Sequence[GatheredManifest], detection: Detection) -> tuple[FoundDrift, ...]:
        """Where the code of a repository departs from its manifests."""
        given = [_given(one) for one in manifests]
        judged = self._judged(name, given)
        unread = {one.path for one in given} - {one.source.path for one in judged.manifests}
        declared = declarations(judged.manifests, str, unread=sorted(unread))
        found = differing(judged, Held(detection, self.catalogue, declared, str, ("",)))
        return tuple(_told(name, found))

    def _judged(self, name: str, given: Sequence[GivenManifest]) -> Evaluation:
        """Those manifests that can be judged; nothing where there are none."""
        repository = RepositoryName(name, "gather") if is_repository(name) else NOWHERE
        valid = [one for one in given if one.manifest is not None and not one.problems]
        try:
            if valid:
                return self._gate.judge(valid, as_of=self._day, allow_incomplete=True, repository=repository)
        except InputError:  # the bundle is valid, so none of the manifests is
            pass
        bundle, snapshot = self._gate.bundle, self._gate.snapshot(())
        return Evaluation(self._day, (), bundle, snapshot, (), (), (), repository=repository, fail_on=bundle.fail_on)


def _given(one: GatheredManifest) -> GivenManifest:
    """A manifest with its place in the repository, by which a bundle may bind it."""
    if one.data is None or one.problems:
        return GivenManifest(one.path, None, (Problem("not read"),))
    problems: list[Problem] = []
    read = manifest_from(one.data, one.path, problems)
    placed = None if read is None else msgspec.structs.replace(read, path=one.path)
    return GivenManifest(one.path, placed, tuple(problems), sha256(one.data))


def _told(name: str, found: DriftFound) -> Iterator[FoundDrift]:
    for one in found.drift:
        at = one.location
        yield FoundDrift(name, one.kind, one.severity, one.message, at.path, at.line, one.offering or one.vendor)
    for notice in found.notices:
        if notice.id == _TOLD:
            yield _of_notice(name, notice)


def _of_notice(name: str, notice: Notice) -> FoundDrift:
    path = None if notice.location is None else notice.location.path
    return FoundDrift(name, notice.id, notice.severity, notice.message, path, None, None)


def look(place: str, shown: str, work: str, commit: str, catalogue: Catalogue) -> Detection:
    """What the code of a commit says; of a repository on this machine, or of one that was fetched to a folder.

    Raises:
        InputError: it cannot be read, or is too much.
    """
    repository = opened(place, shown, work)
    entries = repository.entries(commit, None, ENTRIES)
    names = {one.path: one.path.decode("utf-8", "backslashreplace") for one in entries}
    twice = {name for name, number in Counter(names.values()).items() if number > 1}
    files = {
        names[one.path]: one.id for one in entries if _is_meant(one, names[one.path]) and names[one.path] not in twice
    }
    if len(files) > FILES:
        raise repository.run.refused(f"more than {FILES} files of code", "gather it without its code")
    sizes = repository.sizes(sorted({*files.values(), *(one.id for one in entries if one.kind == "link")}))
    small = {id for id in files.values() if sizes[id] <= LARGEST_NOTEBOOK}
    if sum(sizes[id] for id in small) > SIZE:
        raise repository.run.refused(f"code of more than {SIZE >> 20} MiB", "gather it without its code")
    with repository.reading() as read:
        contents = _Contents(read, small)
        (found,) = detect_versions([files], lambda ids: contents, catalogue)
        skipped = (*found.skipped, *_others(entries, names, sizes, read), *(_same(name) for name in sorted(twice)))
    return msgspec.structs.replace(found, skipped=skipped)


def _is_meant(one: FoundEntry, name: str) -> bool:
    return one.kind == "file" and left_out_in(name) is None


class _Contents(Mapping[str, bytes]):
    """The bytes of files by the ids of their contents, each read when somebody asks for it, and not kept."""

    def __init__(self, read: Callable[[str], bytes], small: set[str]) -> None:
        self._read = read
        self._small = small

    def __getitem__(self, id: str) -> bytes:
        return self._read(id) if id in self._small else _TOO_LONG

    def __iter__(self) -> Iterator[str]:
        return iter(self._small)

    def __len__(self) -> int:
        return len(self._small)


def _others(
    entries: Sequence[FoundEntry], names: Mapping[bytes, str], sizes: Mapping[str, int], read: Callable[[str], bytes]
) -> Iterator[Skipped]:
    """What is no file of code: links, submodules, and folders that hold what others made."""
    left_out = Counter(folder for name in names.values() if (folder := left_out_in(name)) is not None)
    for folder, number in sorted(left_out.items()):
        yield Skipped(folder, f"in {folder.rstrip('/').rpartition('/')[2]}", True, number)
    for one in entries:
        name = names[one.path]
        if one.kind != "file" and left_out_in(name) is None:
            why = _why(one, sizes, read)
            yield Skipped(name, why.reason, may_name(name, why, lambda data: True))


def _why(one: FoundEntry, sizes: Mapping[str, int], read: Callable[[str], bytes]) -> Unread:
    if one.kind == "submodule":
        return Unread("a repository of its own")
    if sizes[one.id] > _LONGEST_LINK:
        return Unread("a link")
    return Unread("a link", leads_to=read(one.id).decode("utf-8", "replace"))


_LONGEST_LINK: Final = 4_096
"""Bytes of where a link leads to."""


def _same(name: str) -> Skipped:
    return Skipped(name, "one of two files whose paths read the same", True)
