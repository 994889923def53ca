"""Which manifests a review covers, and under which path each stood before.

In: what the command line names, the trees of both sides. Out: `ChosenManifests`, in the order in which they are judged.
A manifest that the change moves stays in the review, wherever it is found now. Nothing evaluated is never green: a name
or glob that head has nothing for is an error, also where the change took it.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from glob import escape as literally
from typing import Final

import msgspec

from ...errors import Problem, UsageError
from ...git.repository import Repository, Tree
from ...load.files import is_manifest_name, shown_path, two_in_one_folder
from ...load.finding import fits
from ...logic.wording import few
from ...model.manifest import FILE_NAMES
from ...source import Location
from .manifest_reading import project

_SHOWN: Final = 5
"""Removed manifests that a message names."""


class ReviewedManifest(msgspec.Struct, frozen=True):
    """A manifest, by its path from the root of the repository."""

    path: str
    before: str | None
    """Where it stood before the change; None where there was none."""


class ChosenManifests(msgspec.Struct, frozen=True):
    """The manifests of a review."""

    pairs: tuple[ReviewedManifest, ...]
    gone: Mapping[str, str | None]
    """Those that the change took out of the review, by path; where one went to, if anywhere."""


Renames = Callable[[], Mapping[str, str]]
"""Finds which path went by which before; asked only where something came or went."""


def shown(path: str, here: str) -> str:
    """A path from the root as somebody in a folder of the repository writes it."""
    return posixpath.relpath(f"/{path}", f"/{here}")


def choose(
    given: Sequence[str], repository: Repository, before: Tree, after: Tree, renames: Renames
) -> ChosenManifests:
    """The manifests that are named, or every one below the folder that has a manifest's name.

    Raises:
        UsageError: head has nothing for a name, a glob, or for anything at all.
    """
    problems: list[Problem] = []
    found: dict[str, None] = {}
    earlier: dict[str, None] = {}
    for pattern in given or (None,):
        matched, stood = (_matching(pattern, repository, tree) for tree in (after, before))
        followed = _followed(stood, repository, before, after, renames)
        found.update(dict.fromkeys((*matched, *followed)))
        earlier.update(dict.fromkeys(stood))
        if not matched and not followed:
            problems.append(_nothing(pattern, repository, stood, after, renames))
    if problems:
        raise UsageError(problems)
    return _paired(found, earlier, before, renames)


def _followed(stood: Iterable[str], repository: Repository, before: Tree, after: Tree, renames: Renames) -> list[str]:
    """Where manifests are that the change moved to a place at which one is found, or would be in another folder: what a
    review covers is nothing that a change decides. One that git does not know again is looked for by its project, and
    counts as new."""
    left = [path for path in stood if path not in after]
    if not left:
        return []
    went = {old: new for new, old in renames().items()}
    moved = [went[path] for path in left if path in went and is_manifest_name(went[path])]
    lost = {project(repository, before, path) for path in left if path not in went} - {None}
    followed = set(moved)
    new = [path for path in after if is_manifest_name(path) and path not in before and path not in followed]
    return [*moved, *(path for path in new if lost and project(repository, after, path) in lost)]


def in_one_folder(path: str, tree: Tree, here: str) -> list[Problem]:
    """What is wrong with a manifest in whose folder there are two."""
    folder = path.rpartition("/")[0]
    names = (f"{folder}/{name}".lstrip("/") for name in FILE_NAMES) if is_manifest_name(path) else ()
    return two_in_one_folder(shown(name, here) for name in names if name in tree)


def _paired(found: Iterable[str], earlier: Iterable[str], before: Tree, renames: Renames) -> ChosenManifests:
    moved = {} if all(path in before for path in found) else renames()
    pairs = tuple(ReviewedManifest(path, path if path in before else moved.get(path)) for path in found)
    kept = {pair.before for pair in pairs}
    gone = [path for path in earlier if path not in kept]
    went = {old: new for new, old in renames().items()} if gone else {}
    return ChosenManifests(pairs, {path: went.get(path) for path in gone})


def _matching(pattern: str | None, repository: Repository, tree: Tree) -> list[str]:
    if pattern is None:
        return _below(repository.here, tree)
    path = from_root(pattern, repository)
    if path == "." or any(one.startswith(f"{path}/") for one in tree):
        return _below("" if path == "." else path, tree)
    if path in tree or not re.search(r"[*?[]", pattern):
        return [path] if path in tree else []
    steps = from_root(pattern, repository, literally).split("/")
    return sorted(path for path in tree if fits(path.split("/"), steps))


def _below(folder: str, tree: Tree) -> list[str]:
    """Every manifest in a folder, at any depth, by its usual names."""
    below = f"{folder}/" if folder else ""
    return sorted(path for path in tree if path.startswith(below) and is_manifest_name(path))


def from_root(given: str, repository: Repository, quote: Callable[[str], str] = str) -> str:
    """A path or pattern that somebody in the folder gave, from the root; the folder itself is quoted.

    Raises:
        UsageError: it leads out of the repository.
    """
    path = shown_path(given)
    if os.path.isabs(given):
        inside = below_root(given, repository.root)
        path = "../" if inside is None else inside
    else:
        path = posixpath.join(quote(repository.here), path)
    path = posixpath.normpath(path)
    if path == ".." or path.startswith("../"):
        title = "not in the repository"
        raise UsageError([Problem(title, Location(shown_path(given), 1, 1), "name a file of the repository")])
    return path


def below_root(given: str, root: str | None) -> str | None:
    """The part of a path that is below the root; None where it is not.

    Links above the root are followed, those below it are not: a change could have put them there.
    """
    steps = shown_path(os.path.abspath(given)).split("/")
    for count in range(1, len(steps) + 1) if root is not None else ():
        above = "/".join(steps[:count]) or "/"
        if os.path.exists(above) and os.path.samefile(above, root or ""):
            return "/".join(steps[count:]) or "."
    return None


def _nothing(
    pattern: str | None, repository: Repository, stood: Sequence[str], after: Tree, renames: Renames
) -> Problem:
    """What a name or glob has nothing for at head, and what became of what it had before."""
    where = None if pattern is None else Location(shown_path(pattern), 1, 1)
    title = f"no {' or '.join(FILE_NAMES)} at head below this folder" if pattern is None else "no such manifest at head"
    if stood:
        went = {old: new for new, old in renames().items()}
        became = few([_became(path, went.get(path), repository.here) for path in stood], _SHOWN)
        return Problem(f"{title}: the change {became}", where, "name a manifest that head has")
    path = None if pattern is None else from_root(pattern, repository)
    if path is not None and any(path.startswith(f"{one}/") for one in after):
        return Problem(f"{title}: it lies behind a link or in a submodule", where, "name the file itself")
    return Problem(title, where, "check the path of the manifest, and that it is committed")


def _became(path: str, went: str | None, here: str) -> str:
    name = shown(path, here)
    return f"removed {name}" if went is None else f"moved {name} to {shown(went, here)}"
