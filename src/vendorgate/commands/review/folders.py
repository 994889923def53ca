"""Where the policies and the registry of each side come from, and their files.

In: folders as somebody named them, the trees of both sides. Out: `JudgingFolder`s, then folders that the loaders read.
What git tracks is read from a commit and never from the work tree: the change that is under review has been there.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from ...errors import InputError, Problem, reason_of
from ...frame.defaults import policies_named
from ...git.repository import Repository, Tree, TreeEntry
from ...load.files import JUDGING, Folder, folder, shipped
from ...load.nearby import BUILT_IN, POLICIES, REGISTRY, Nearest, is_address, is_bundle, nearest, notices_of
from ...model.result import Notice
from ...source import Location
from .manifests import below_root, from_root, shown
from .model import FolderOrigin

_YAML: Final = (".yaml", ".yml")
_DEEPEST: Final = 50
"""Folders below one that is read; the system has a limit, too, and would be asked level by level."""
DEFAULTS: Final = {"policies": POLICIES, "registry": REGISTRY}
"""Folders that are looked for where nobody names one; what ships has the same names."""


class JudgingFolder(msgspec.Struct, frozen=True):
    """A folder that judges: a path in commits, or a folder on the disk."""

    what: str
    """`policies` or `registry`."""
    path: str | None
    """From the root; None where it is not in commits."""
    disk: Folder
    """What is on the disk; where it is in commits, what to take where they have none."""
    named: bool
    """Whether somebody named it."""
    said: tuple[Notice, ...] = ()
    """What is worth knowing of how it was found."""


def place(what: str, given: str | None, repository: Repository, trees: tuple[Tree, ...]) -> JudgingFolder:
    """What a name means: a folder in commits as soon as git tracks anything there, on either side or in the index."""
    if given == BUILT_IN:
        return JudgingFolder(what, None, shipped(DEFAULTS[what]), named=False)
    if given is None:
        return _nearest_place(what, repository, trees)
    if what == "policies" and is_address(given):
        return JudgingFolder(what, None, policies_named(given, recorded=True), named=True)
    inside = _inside(given, repository)
    tracked = inside is not None and any(_touches(inside, paths) for paths in (*trees, repository.index()))
    return JudgingFolder(what, inside if tracked else None, folder(given), named=True)


def _nearest_place(what: str, repository: Repository, trees: tuple[Tree, ...]) -> JudgingFolder:
    """The nearest folder from here up to the root that judges, in the first tree that has one.

    The first tree is the one that judges, so that a change cannot bring a bundle that is nearer.
    """
    default = shipped(DEFAULTS[what])
    steps = repository.here.split("/") if repository.here else []
    paths = ["/".join((*steps[:count], DEFAULTS[what])) for count in range(len(steps), -1, -1)]
    every = [_nearest_in(tree, what, paths, repository) for tree in trees]
    found = next((one for one in every if one.folder is not None), every[0])
    judge = "the policies that came with vendorgate"
    if found.folder is not None:
        judge = f"those in {shown(found.folder, repository.here)}/"
    said = notices_of(_as_shown(found, repository.here), judge) if what == "policies" else ()
    path = found.folder if found.folder is not None or found.passed_over else paths[0]
    return JudgingFolder(what, path, default, named=False, said=said)


def _nearest_in(tree: Tree, what: str, paths: Iterable[str], repository: Repository) -> Nearest:
    within = {path: dict(_within(path, tree)) for path in paths}

    def judges(path: str) -> bool:
        files = within[path]
        return what != "policies" or "" in files or is_bundle(files, lambda name: _content(files[name], repository))

    return nearest((path for path, files in within.items() if files), judges)


def _content(entry: TreeEntry, repository: Repository) -> bytes | None:
    """The bytes of a file; None of what is no file, which is an error where it is read."""
    return repository.contents([entry], JUDGING.size)[entry.id] if entry.kind == "file" else None


def _as_shown(found: Nearest, here: str) -> Nearest:
    folder, farther = (None if one is None else shown(one, here) for one in (found.folder, found.farther))
    return Nearest(folder, tuple(shown(one, here) for one in found.passed_over), farther)


def _inside(given: str, repository: Repository) -> str | None:
    """The path in commits; None where it is outside of the repository."""
    if repository.root is None and not os.path.isabs(given):
        return from_root(given, repository)
    return below_root(given, repository.root)


def _touches(path: str, paths: Iterable[str]) -> bool:
    """Whether a path, what is below it, or something that it would lie behind is among the paths, in any case."""
    wanted = path.casefold()
    every = (one.casefold() for one in paths)
    return wanted == "." or any(
        one == wanted or one.startswith(f"{wanted}/") or wanted.startswith(f"{one}/") for one in every
    )


def stands(place: JudgingFolder, tree: Tree) -> bool:
    """Whether a commit has anything at a place."""
    return place.path is not None and any(True for _ in _within(place.path, tree))


def origin(place: JudgingFolder, tree: Tree, side: FolderOrigin) -> FolderOrigin:
    """Where a side's comes from."""
    if stands(place, tree):
        return side
    if place.disk.address is not None:
        return "address"
    return "disk" if place.named else "built-in"


def shown_place(place: JudgingFolder, tree: Tree, repository: Repository) -> str:
    """The name of a side's folder."""
    return shown(place.path or "", repository.here) if stands(place, tree) else place.disk.address or place.disk.shown


class UnpackedFolders:
    """Folders of commits on the disk, each unpacked once below a scratch folder, ready to be loaded."""

    def __init__(self, repository: Repository, scratch: str) -> None:
        self._repository = repository
        self._scratch = scratch
        self._unpacked: dict[tuple[str, int], Folder] = {}

    def folder(self, place: JudgingFolder, tree: Tree) -> Folder:
        """The folder of a side; what is not in commits is where it is.

        Raises:
            InputError: a link or a submodule stands where a file is read, or it cannot be written.
        """
        if place.path is None or not stands(place, tree):
            return msgspec.structs.replace(place.disk, said=place.said)
        found = self._unpacked.get((place.what, id(tree)))  # the repository keeps its trees
        if found is None:
            target = os.path.join(self._scratch, f"{place.what}-{len(self._unpacked)}")
            _unpack(place, tree, self._repository, target)
            found = Folder(target, shown(place.path, self._repository.here), place.said)
            self._unpacked[place.what, id(tree)] = found
        return found


def _unpack(place: JudgingFolder, tree: Tree, repository: Repository, target: str) -> None:
    files = _files(place, tree, repository)
    contents = repository.contents(files.values(), JUDGING.size)
    os.makedirs(target)
    for relative, entry in files.items():
        _write(os.path.join(target, *relative.split("/")), contents[entry.id], _shown(place, relative, repository))


def expected(place: JudgingFolder, tree: Tree) -> Iterator[TreeEntry]:
    """What is read of a folder, if it is unpacked."""
    if place.path is not None:
        yield from (entry for relative, entry in _within(place.path, tree) if _is_read(place, relative))


def _files(place: JudgingFolder, tree: Tree, repository: Repository) -> dict[str, TreeEntry]:
    """What is read of a folder, by path below it."""
    found, problems = {}, []
    for relative, entry in _within(place.path or "", tree):
        where = Location(_shown(place, relative, repository), 1, 1)
        if entry.kind != "file" and (place.what == "policies" or _is_read(place, relative) or not relative):
            problems.append(not_a_file(entry, where))
        elif not relative:
            problems.append(Problem("a file, not a folder", where, "name the folder itself"))
        elif relative.count("/") > _DEEPEST:
            problems.append(Problem(f"more than {_DEEPEST} folders deep", where, "nest less deeply"))
        elif _is_read(place, relative):
            found[relative] = entry
    if problems:
        raise InputError(problems)
    return found


def not_a_file(entry: TreeEntry, where: Location) -> Problem:
    """That a link or a submodule stands where something is read; neither is followed."""
    name = "a link" if entry.kind == "link" else "a submodule"
    return Problem(f"{name}, where only a file of the commit is read", where, "put the file itself there")


def _is_read(place: JudgingFolder, relative: str) -> bool:
    if place.what == "policies":
        return relative.lower().endswith(_YAML)
    parent, _, name = relative.rpartition("/")
    return relative in ("snapshot.yaml", "index.yaml") or (parent == "offerings" and name.endswith(".yaml"))


def _within(path: str, tree: Tree) -> Iterator[tuple[str, TreeEntry]]:
    """What stands at a path, as the empty text, and below it; what it lies behind stands at it, too."""
    for one, entry in tree.items():
        if path == "." or one.startswith(f"{path}/"):
            yield one.removeprefix(f"{path}/"), entry
        elif one == path or path.startswith(f"{one}/"):
            yield "", entry


def _shown(place: JudgingFolder, relative: str, repository: Repository) -> str:
    top = shown(place.path or "", repository.here)
    return f"{top}/{relative}".rstrip("/") if top != "." else relative


def _write(path: str, data: bytes, name: str) -> None:
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "xb") as file:
            file.write(data)
    except OSError as error:
        reason = reason_of(error)
        raise InputError([Problem(f"cannot be unpacked: {reason}", Location(name, 1, 1))]) from None


def changed_files(place: JudgingFolder, old: Tree, new: Tree) -> list[str]:
    """Paths from the root at which the files that are read of a folder differ."""
    if place.path is None:
        return []
    before, after = (dict(_within(place.path, tree)) for tree in (old, new))
    both = sorted(before.keys() | after.keys())
    differing = [one for one in both if before.get(one) != after.get(one) and (not one or _is_read(place, one))]
    return [f"{place.path}/{one}".rstrip("/") for one in differing]
