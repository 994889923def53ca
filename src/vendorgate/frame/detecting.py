"""What code uses, for every command that asks: which files are meant, and by which registry and bundle they are read.

In: paths and folders as somebody named them. Out: a `Detection` and the `Catalogue` it was read by.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from ..detection.catalogue.build import catalogue
from ..detection.catalogue.catalogue import Catalogue
from ..detection.files import Listed, listed
from ..detection.model import Detection
from ..errors import InputError, Problem, UsageError
from ..git.listing import files_below
from ..load.files import Folder, shipped, shown_path
from ..load.nearby import REGISTRY
from ..snapshots import read_snapshot
from ..source import Location


def catalogue_of(registry: Folder, bundle: Folder | None) -> Catalogue:
    """Who is known by what: to the registry, to the bundle's `offerings/`, and to what ships.

    Raises:
        InputError: a file of them cannot be read or is not valid.
    """
    ours = read_snapshot(registry, rules=False, bundle=bundle)
    own = shipped(REGISTRY)
    others = () if own.path == registry.path else read_snapshot(own, rules=False).offerings.values()
    return catalogue(ours.offerings.values(), others)


def files_of(paths: Sequence[str]) -> list[Listed]:
    """The files that are meant, each once, as they are shown: below folders what git has or would take.

    Raises:
        InputError: a path does not exist.
    """
    wrong = [_missing(path) for path in paths if not os.path.lexists(path)]
    if wrong:
        raise InputError(wrong)
    found = {one.real: one for path in paths or ("",) for one in _files(path)}
    return list(found.values())


def _files(path: str) -> Iterable[Listed]:
    shown = shown_path(path) if path else ""
    if path and not os.path.isdir(path):
        return [Listed(shown, path)]
    folder = os.path.realpath(path or os.curdir)
    return listed(folder, files_below(folder), before(shown))


def before(shown: str) -> str:
    """What stands before the paths below a folder where they are shown."""
    return "" if shown in {"", "."} else f"{shown.rstrip('/')}/"


def _missing(path: str) -> Problem:
    return Problem("no such file or folder", Location(shown_path(path), 1, 1), "check the path")


def detected(files: Sequence[Listed], known: Catalogue, jobs: int | None) -> Detection:
    """What the files say.

    Raises:
        UsageError: there are none, of which nothing can be said.
    """
    from ..detection.pipeline import detect

    if not files:
        raise UsageError([Problem("no files to read", help="name a folder that holds code")])
    return detect(files, known, jobs or _jobs(len(files)))


def _jobs(files: int) -> int:
    """As many processes as pay off."""
    return max(1, min(os.cpu_count() or 1, files // 1_000))
