"""What code uses, for every command that asks: which files are meant, and by which registry and bundle they are read.

In: paths and folders as somebody named them. Out: a `Detection` and the `Catalogue` it was read by.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from ..detection.catalogue.build import catalogue
from ..detection.catalogue.catalogue import Catalogue
from ..detection.files import ListedFile, listed_files
from ..detection.model import Detection
from ..errors import InputError, Problem, UsageError
from ..git.listing import files_below
from ..load.files import Folder, shipped, shown_path
from ..load.nearby import REGISTRY
from ..model.registry import Offering
from ..snapshots import read_snapshot
from ..source import Location


class Listed(msgspec.Struct, frozen=True):
    """Whom the registry and the bundle list, and by what they are known."""

    offerings: Mapping[str, Offering]
    """By id."""
    catalogue: Catalogue


def listed_in(registry: Folder, bundle: Folder | None) -> Listed:
    """Who is listed by the registry and by the bundle's `offerings/`, known by what they say and by what ships.

    Raises:
        InputError: a file of them cannot be read or is not valid.
    """
    ours = read_snapshot(registry, rules=False, bundle=bundle).offerings
    own = shipped(REGISTRY)
    others = () if own.path == registry.path else read_snapshot(own, rules=False).offerings.values()
    return Listed(ours, catalogue(ours.values(), others))


def files_of(paths: Sequence[str]) -> list[ListedFile]:
    """The files that are meant, each once, as they are shown: below folders what git has or would take.

    Raises:
        InputError: a path does not exist.
    """
    wrong = [_missing(path) for path in paths if not os.path.lexists(path)]
    if wrong:
        raise InputError(wrong)
    found = {one.real: one for path in paths or ("",) for one in _files(path)}
    return list(found.values())


def _files(path: str) -> Iterable[ListedFile]:
    shown = shown_path(path) if path else ""
    if path and not os.path.isdir(path):
        return [ListedFile(shown, path, place_of(os.path.realpath(path)) or os.path.basename(path))]
    folder = os.path.realpath(path or os.curdir)
    return listed_files(folder, files_below(folder), before(shown), before(place_of(folder)))


def place_of(real: str) -> str:
    """Where something lies in its repository; outside of one nothing: whoever names a folder there means a project, and
    that somebody works in `/home/me/tests/` says nothing of it."""
    above = real
    while not os.path.lexists(os.path.join(above, ".git")):
        above, below = os.path.dirname(above), above
        if above == below:
            return ""
    return os.path.relpath(real, above).replace(os.sep, "/")


def before(shown: str) -> str:
    """What stands before the paths below a folder where they are shown."""
    return "" if shown in {"", "."} else f"{shown.rstrip('/')}/"


def _missing(path: str) -> Problem:
    return Problem("no such file or folder", Location(shown_path(path), 1, 1), "check the path")


def detected(files: Sequence[ListedFile], known: Catalogue, jobs: int | None) -> Detection:
    """What the files say.

    Raises:
        UsageError: there are none, of which nothing can be said.
    """
    from ..detection.pipeline import detect

    if not files:
        raise UsageError([Problem("no files to read", help="name a folder that holds code, and that may be read")])
    return detect(files, known, jobs or _jobs(len(files)))


def _jobs(files: int) -> int:
    """As many processes as pay off."""
    return max(1, min(os.cpu_count() or 1, files // 1_000))
