"""The manifests that a report is of, found again.

In: what the report records of them, and files that somebody names. Out: their forms, under the paths that the report
has, in its order. A path of the report alone opens nothing outside of the working directory: it is an input, too.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Final

import msgspec

from ...errors import InputError, Problem, UsageError
from ...load.files import JUDGED, is_inside, read_bytes, sha256, shown_path
from ...load.finding import STANDARD_INPUT, alone
from ...load.manifest import GivenManifest, manifest_from, read_found
from ...logic.wording import few
from ...report.document import ReportedManifest, ReportedNotJudged
from ...report.json import Report
from ...source import Location

_LONGEST: Final = 300
"""Characters of a path that is shown."""
_GIVE: Final = "say where it is: --manifest PATH"


class _GivenFile(msgspec.Struct, frozen=True):
    path: str
    data: bytes


def manifests(recorded: Sequence[ReportedManifest], given: Sequence[str]) -> list[GivenManifest]:
    """Each manifest, with what is wrong with it.

    Raises:
        InputError: a file that is given cannot be read.
        UsageError: files are given that are no manifest of the report.
    """
    problems: list[Problem] = []
    read = [(path, read_bytes(path, shown_path(path), problems, JUDGED)) for path in given]
    files = [_GivenFile(path, data) for path, data in read if data is not None]
    if problems:
        raise InputError(problems)
    found = _matched(recorded, files)
    return [_read(one, found.get(place)) for place, one in enumerate(recorded)]


def manifests_here(report: Report) -> list[str]:
    """The paths that a report has of manifests, judged or not, at which there is a file."""
    paths = (*(one.path for one in report.inputs.manifests), *(one.path for one in report.not_judged))
    return [path for path in paths if os.path.isfile(path)]


def unjudged(recorded: Sequence[ReportedNotJudged]) -> list[GivenManifest]:
    """What was not judged, read again where the report has it; there may be nothing to read."""
    return [_unjudged(one.path) for one in recorded]


def _unjudged(path: str) -> GivenManifest:
    if path != STANDARD_INPUT and _is_here(path):
        return read_found(alone(path))
    return GivenManifest(
        path, None, (Problem("the report is of a manifest outside of this folder", _place(path), _GIVE),)
    )


def _read(one: ReportedManifest, given: _GivenFile | None) -> GivenManifest:
    problems: list[Problem] = []
    data = _here(one.path, problems) if given is None else given.data
    manifest = None if data is None else manifest_from(data, one.path, problems, file=one.path)
    return GivenManifest(one.path, manifest, tuple(problems))


def _matched(recorded: Sequence[ReportedManifest], files: list[_GivenFile]) -> dict[int, _GivenFile]:
    """Which file is which manifest: by its digest, else by its path, else in the order in which both are left."""
    found: dict[int, _GivenFile] = {}
    left = _match(recorded, files, found, lambda one, file: one.sha256 == sha256(file.data))
    left = _match(recorded, left, found, lambda one, file: one.path == shown_path(file.path))
    open = [place for place in range(len(recorded)) if place not in found]
    if left and len(left) != len(open):
        raise UsageError([_unmatched(file, recorded) for file in left])
    return {**found, **dict(zip(open, left, strict=False))}


def _match(
    recorded: Sequence[ReportedManifest],
    files: list[_GivenFile],
    found: dict[int, _GivenFile],
    same: Callable[[ReportedManifest, _GivenFile], bool],
) -> list[_GivenFile]:
    """Put each file in its place; those for which there is none are left."""
    left = []
    for file in files:
        places = (place for place, one in enumerate(recorded) if place not in found and same(one, file))
        place = next(places, None)
        if place is None:
            left.append(file)
        else:
            found[place] = file
    return left


def _unmatched(file: _GivenFile, recorded: Sequence[ReportedManifest]) -> Problem:
    names = few([one.path for one in recorded], 3)
    help = f"give every manifest whose content is another, in the order of the report: {names}"
    return Problem("not a manifest of the report", Location(shown_path(file.path), 1, 1), help)


def _here(path: str, problems: list[Problem]) -> bytes | None:
    """The bytes at a path of the report."""
    if not _is_here(path):
        problems.append(Problem("the report is of a manifest outside of this folder", _place(path), _GIVE))
        return None
    if not os.path.isfile(path):
        problems.append(Problem("the report is of a manifest that is not here", _place(path), _GIVE))
        return None
    return read_bytes(path, path, problems, JUDGED)


def _place(path: str) -> Location:
    """A path that no system need know."""
    return Location(path if len(path) <= _LONGEST else f"{path[: _LONGEST - 1]}…", 1, 1)


def _is_here(path: str) -> bool:
    try:
        return is_inside(path, os.curdir)
    except ValueError:  # no name of a file
        return False
