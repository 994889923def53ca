"""Code held against manifests, for every command that does: which code is meant, which manifests cover it.

In: manifests as they were found and judged, the folders that judge. Out: an evaluation that has what differs among its
notices, where it blocks as a result does; or the differences alone.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Final

import msgspec

from ..detection.catalogue.catalogue import Catalogue
from ..detection.model import Detection
from ..drift.declared import Declarations, Place, declarations
from ..drift.drifting import drift
from ..drift.model import DriftFound
from ..drift.question import Question
from ..drift.regions import Geography
from ..drift.telling import notices
from ..errors import Problem, UsageError
from ..load.files import Folder, shown_path
from ..load.finding import STANDARD_INPUT, Found, alone, find
from ..load.places import Places, repository_root
from ..model.evaluation import Evaluation
from ..model.manifest import FILE_NAMES
from .defaults import ask_git
from .detecting import detected, files_of, listed_in

_NO_FILE: Final = ".vendorgate-looks-here"
"""A name that no file has, for the path of its folder."""


class Held(msgspec.Struct, frozen=True):
    """Code, and what it is held against."""

    detection: Detection
    catalogue: Catalogue
    declarations: Declarations
    place: Place
    looked_at: tuple[str, ...]
    """Folders that were looked at as a whole, from the root of the repository, with a slash at their ends."""


def with_code(
    evaluation: Evaluation, given: Sequence[str], found: Iterable[Found], folders: tuple[Folder, Folder]
) -> Evaluation:
    """An evaluation with what code does otherwise than its manifests declare.

    Args:
        given: files, folders and globs as somebody named them: the code below the folders is looked at, and of
            manifests that are named the code beside and below them.
        found: the manifests that these are.
        folders: the bundle and the snapshot.

    Raises:
        UsageError: there are no files.
        InputError: the registry cannot be read.
    """
    bundle, registry = folders
    paths = _code_of(given, [one.path for one in found])
    catalogue, place = listed_in(registry, bundle).catalogue, placing()
    others = [shown_path(one.path) for one in manifests_around(paths)]
    unread = [one.path for one in evaluation.not_judged]
    declared = declarations(evaluation.manifests, place, unread=unread, others=others)
    held = Held(detected(files_of(paths), catalogue, None), catalogue, declared, place, looked_at(paths, place))
    return msgspec.structs.replace(evaluation, notices=(*notices(differing(evaluation, held)), *evaluation.notices))


def differing(evaluation: Evaluation, held: Held) -> DriftFound:
    """Where code and manifests differ, by the bundle, the registry, the day and the threshold of an evaluation."""
    bundle, snapshot = evaluation.bundle, evaluation.snapshot
    question = Question(
        held.declarations,
        held.catalogue,
        bundle.detect,
        evaluation.as_of,
        Geography(snapshot.written.clouds or {}, bundle.region_groups),
        evaluation.fail_on,
        held.place,
        held.looked_at,
    )
    return drift(held.detection, question)


def placing() -> Place:
    """What gives the path of a file from the root of the repository around the working directory."""
    places = Places(os.curdir)

    @cache
    def place(shown: str) -> str:
        return places.path(shown) or os.path.realpath(shown)

    return place


def refuse_piped(found: Iterable[Found]) -> None:
    """Refuse a manifest that is in no folder, so that no code is beside it.

    Raises:
        UsageError: one comes from standard input.
    """
    if any(one.path == STANDARD_INPUT for one in found):
        title = "--code with a manifest from standard input, beside which there is no code"
        raise UsageError([Problem(title, help="name the manifest itself, or leave --code out")])


def _code_of(given: Sequence[str], manifests: Sequence[str]) -> list[str]:
    """The folders whose code is meant, none inside of another."""
    folders = [one for one in given if os.path.isdir(one)]
    folders += [os.path.dirname(path) or os.curdir for path in manifests]
    real: dict[str, str] = {}
    for folder in folders:
        real.setdefault(os.path.join(os.path.realpath(folder), ""), folder)
    kept: list[str] = []
    for path in sorted(real):
        if not kept or not path.startswith(kept[-1]):
            kept.append(path)
    return [real[path] for path in kept]


def manifests_around(paths: Iterable[str]) -> list[Found]:
    """Every manifest below some folders, and above them and files up to the root of the repository, each once."""
    root = repository_root(os.curdir)
    found: dict[str, Found] = {}
    for path in paths:
        below = find([path], ask_git) if os.path.isdir(path) else []
        beside = os.path.realpath(path if os.path.isdir(path) else os.path.dirname(path) or os.curdir)
        above = map(alone, _above(beside, root, itself=not os.path.isdir(path)))
        for one in (*below, *above):
            if os.path.lexists(one.path) and not os.path.isdir(one.path):
                found.setdefault(os.path.realpath(one.path), one)
    return list(found.values())


def _above(folder: str, root: str | None, *, itself: bool) -> Iterator[str]:
    """Paths of manifests in the folders above one, as they are shown."""
    inside = root is not None and folder.startswith(os.path.join(root, ""))
    folders = [folder] if itself else []
    while inside and folder != root:
        folder = os.path.dirname(folder)
        folders.append(folder)
    for one in folders:
        paths = (os.path.join(one, name) for name in FILE_NAMES)
        yield from (os.path.relpath(path) for path in paths if os.path.isfile(path))


def looked_at(paths: Iterable[str], place: Place) -> tuple[str, ...]:
    """The folders that were looked at as a whole, from the root of the repository."""
    return tuple(place(os.path.join(path, _NO_FILE)).removesuffix(_NO_FILE) for path in paths if os.path.isdir(path))
