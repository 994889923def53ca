"""One repository: asked for its commit, and read where that is another one.

In: where it is, what the store knows of it. Out: an `Outcome`; whatever is wrong with a repository is one.
"""

from __future__ import annotations

import errno
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from typing import Final

import msgspec

from ....detection.model import Detection
from ....errors import InputError, Problem, reason_of
from ....git.anywhere import Anywhere, FoundEntry, opened
from ....load.files import JUDGED, too_large, two_in_one_folder
from ....model.manifest import FILE_NAMES
from ..store.parsed import READER, placed
from ..store.reading import StoredRepository
from ..store.writing import Gathered, GatheredManifest
from .model import Failed, Outcome, Read, Unchanged, Wanted

_WORK: Final = ".vendorgate-gathering-"
_OF_WORK: Final = re.compile(rf"{re.escape(_WORK)}[a-z0-9_]{{8}}")
_SCARCE: Final = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EMFILE, errno.ENFILE, errno.ENOMEM))
_ROOM: Final = "make room in the folder of the store, or read fewer at once: --jobs 1"
_LINK: Final = Problem("a link, which no gather follows", help="put the file itself there")
_SUBMODULE: Final = Problem("another repository, where a manifest would be", help="give it another name")
_OTHERS: Final = {"link": _LINK, "submodule": _SUBMODULE}
_BYTES: Final = Problem("a path that is not UTF-8", help="give its folders names in UTF-8")


def is_work(name: str) -> bool:
    """Whether a folder of a store goes by a name that a gather gives the folders which it reads repositories in, and
    nobody else."""
    return _OF_WORK.fullmatch(name) is not None


Look = Callable[[str, str, str, str], Detection]
"""Looks into the code of a repository, by its place, the place as text, where it was fetched to, and its commit."""


class Known(msgspec.Struct, frozen=True):
    """What a store has of a repository."""

    row: StoredRepository
    looked: bool
    """Whether it has all of its code that is wanted, too."""

    def is_of(self, commit: str | None) -> bool:
        """Whether there is nothing to read."""
        return self.looked and self.row.reader == READER and self.row.commit == commit


def gathered(
    wanted: Wanted, known: Known | None, folder: str, is_stopped: Callable[[], bool], look: Look | None = None
) -> Outcome:
    """What came of a repository; `folder` is where it may be worked in.

    Raises:
        UsageError: git is not installed.
        Stopped: nobody waits for it any more.
    """
    if wanted.clash is not None:
        return Failed(*wanted.clash)
    try:
        with tempfile.TemporaryDirectory(prefix=_WORK, dir=os.path.abspath(folder), ignore_cleanup_errors=True) as work:
            return _read(wanted, known, opened(wanted.place, wanted.shown, work, is_stopped), look)
    except InputError as error:
        first = error.problems[0]
        return Failed(first.title, first.help)
    except NotADirectoryError:
        return Failed("no folder", "check the path")
    except OSError as error:
        help = _ROOM if error.errno in _SCARCE else "check the path, and that you may read it"
        return Failed(f"cannot be read: {reason_of(error)}", help)


def _read(wanted: Wanted, known: Known | None, repository: Anywhere, look: Look | None) -> Outcome:
    commit = repository.at_once(whole=look is not None) if known is None else None
    if commit is None:
        tip = repository.tip()
        if known is not None and known.is_of(tip):
            return Unchanged(known.row.manifests)
        if tip is None:
            return Read(Gathered(wanted.name, wanted.shown, None, ()), None if look is None else _NO_CODE)
        commit = repository.fetched(tip, whole=look is not None)
    found = Gathered(wanted.name, wanted.shown, commit, tuple(manifests(repository, commit)))
    work = repository.run.folder
    return Read(found, None if look is None else look(wanted.place, wanted.shown, work, commit))


_NO_CODE: Final = Detection(0, (), (), ())


def manifests(repository: Anywhere, commit: str) -> Iterator[GatheredManifest]:
    """The manifests of a commit, by path.

    Raises:
        InputError: they cannot be read, or are too many or too much.
    """
    entries = repository.entries(commit, FILE_NAMES)
    shown = {_shown(one.path): one for one in entries}
    if len(shown) < len(entries):
        raise repository.run.refused("two paths that read the same", "see whether it is whole: git fsck")
    wrong = {path: placed(problem) for path, problem in _problems(shown)}
    ids = {path: one.id for path, one in shown.items() if path not in wrong}
    contents = repository.contents(ids.values(), JUDGED.size)
    for path in sorted(shown):
        data = contents[ids[path]] if path in ids else None
        problem = wrong.get(path) or (placed(too_large(path, JUDGED)) if data is None else None)
        yield GatheredManifest(path, data, () if problem is None else (problem,))


def _shown(path: bytes) -> str:
    return path.decode("utf-8", "backslashreplace")


def _problems(shown: dict[str, FoundEntry]) -> Iterator[tuple[str, Problem]]:
    """What keeps manifests from being read, by their paths."""
    for path, one in shown.items():
        folder = path.rpartition("/")[0]
        both = two_in_one_folder(name for name in _beside(folder) if name in shown)
        if both:
            yield path, both[0]
        elif one.kind != "file":
            yield path, _OTHERS[one.kind]
        elif path.encode() != one.path:
            yield path, _BYTES


def _beside(folder: str) -> Iterable[str]:
    return [f"{folder}/{name}" if folder else name for name in FILE_NAMES]
