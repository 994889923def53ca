"""Which manifests are meant: files, globs, folders, standard input.

In: what somebody named, and a way to ask git what it ignores. Out: `Found`, each file once, in the order of the names;
what stands for nothing is found with what is wrong with it. No link to a folder is followed, so that a tree is walked
once, whatever its links are.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import Final, Literal

import msgspec

from ..errors import Problem
from ..model.manifest import FILE_NAMES
from ..source import Location
from .files import is_manifest_name, shown_path, two_in_one_folder, unreadable

STANDARD_INPUT: Final = "-"
_GIT: Final = ".git"
_OUTSIDE: Final = frozenset(("node_modules", ".venv"))
"""Folders that are left out where there is no git to say so."""
_MAGIC: Final = frozenset("*?[")
_HERE: Final = " or ".join(FILE_NAMES)


class Found(msgspec.Struct, frozen=True):
    """A manifest that is meant."""

    path: str
    """As it was given; of one that a folder or a glob led to, the real one."""
    problems: tuple[Problem, ...] = ()
    """What keeps it from being read."""


class Ignored(msgspec.Struct, frozen=True):
    """What git says of the files below a folder."""

    known: Literal["git", "outside", "unknown"]
    """Whether git told, there is none around the folder, or it cannot be asked: then nothing is left out."""
    paths: frozenset[str] = frozenset()
    """Real paths of files and whole folders that it ignores; what is tracked is never among them."""


AskGit = Callable[[str], Ignored]
"""Asks about a folder, given by its real path."""
PatternPlaces = frozenset[int]
"""Where in a pattern a path has led to."""


def find(given: Sequence[str], ask: AskGit) -> list[Found]:
    """The manifests that are named; without names, the one here."""
    found: dict[str, Found] = {}
    for name in given or _here():
        for one in _named(name, ask):
            found.setdefault(one.path if one.path == STANDARD_INPUT else os.path.realpath(one.path), one)
    return list(found.values())


def _here() -> Sequence[str]:
    """What stands in the working directory; the usual name where nothing does, which is then found missing."""
    return [name for name in FILE_NAMES if os.path.lexists(name)] or FILE_NAMES[:1]


def _named(name: str, ask: AskGit) -> Sequence[Found]:
    if not name.strip():
        help = "name a file or a folder, or leave the name out for the manifest here"
        return [Found(name, (Problem("a manifest with a blank name", help=help),))]
    if name != STANDARD_INPUT and os.path.isdir(name):
        return _below(name, ask) or [_nothing(name, f"no {_HERE} below this folder")]
    if is_glob(name):
        return _fitting(name, ask) or [_nothing(name, "no manifest matches")]
    return [alone(name)]


def is_glob(name: str) -> bool:
    """Whether a name is a pattern; what exists is a name."""
    return not _MAGIC.isdisjoint(name) and not os.path.lexists(name)


def alone(name: str) -> Found:
    """A file that was named, with what its folder says of it; a glob here stands for nothing."""
    if is_glob(name):
        return _nothing(name, "no manifest matches")
    shown = shown_path(name)
    if not is_manifest_name(shown):
        return Found(name)
    folder = os.path.dirname(name)
    return Found(name, _two(shown, [os.path.join(folder, one) for one in FILE_NAMES]))


def _two(shown: str, paths: Sequence[str]) -> tuple[Problem, ...]:
    """The problem of a folder that has manifests of both names, which are not one file."""
    if not all(os.path.lexists(path) and not os.path.isdir(path) for path in paths) or _same(*paths):
        return ()
    folder = shown.rpartition("/")[0]
    return tuple(two_in_one_folder([f"{folder}/{name}" if folder else name for name in FILE_NAMES]))


def _same(one: str, other: str) -> bool:
    try:
        return os.path.samefile(one, other)
    except OSError:
        return False


def _nothing(name: str, title: str) -> Found:
    help = "check the path; where git ignores a manifest, name the file itself"
    return Found(name, (Problem(title, Location(shown_path(name), 1, 1), help),))


def _below(folder: str, ask: AskGit) -> list[Found]:
    """Every manifest below a folder, by its usual names."""
    return _walked(folder, ("**", "*"), ask, lambda name: name in FILE_NAMES, hidden=True)


def _fitting(pattern: str, ask: AskGit) -> list[Found]:
    """Every file that a glob fits."""
    steps = [step for step in shown_path(pattern).split("/") if step not in ("", ".")]
    count = next(place for place, step in enumerate(steps) if not _MAGIC.isdisjoint(step))
    base = "/".join(steps[:count])
    base = f"/{base}" if os.path.isabs(pattern) else base or "."
    if not os.path.isdir(base):
        return []
    last = steps[-1]
    return _walked(base, tuple(steps[count:]), ask, lambda name: last == "**" or _is_like(name, last))


class _Folder(msgspec.Struct, frozen=True):
    """A folder on the way, by its real path."""

    path: str
    places: PatternPlaces
    ignored: Ignored


def _walked(
    base: str, pattern: Sequence[str], ask: AskGit, wanted: Callable[[str], bool], *, hidden: bool = False
) -> list[Found]:
    """The files below a folder that a pattern fits and that are wanted, by the path that is shown."""
    show = _absolute if os.path.isabs(base) else _relative
    start = os.path.realpath(base)
    ignored = ask(start)
    found: dict[str, Found] = {}
    folders = [] if _is_within(start, ignored.paths) else [_Folder(start, reached(0, pattern), ignored)]
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(folder.path) as scanned:
                entries = [entry for entry in scanned if not _is_left_out(entry, folder.ignored)]
        except FileNotFoundError:  # somebody took it away meanwhile
            continue
        except OSError as error:
            shown = show(folder.path)
            found[shown] = Found(shown, (unreadable(error, shown_path(shown)),))
            continue
        names = [entry.name for entry in entries if not entry.is_dir(follow_symlinks=False)]
        for name in names:
            path = os.path.join(folder.path, name)
            led = wanted(name) and len(pattern) in after(name, folder.places, pattern, hidden=hidden)
            if led and not os.path.isdir(path):
                shown = show(os.path.realpath(path) if os.path.exists(path) else path)
                found.setdefault(shown, Found(shown, _beside(name, folder.path, names, show)))
        folders.extend(_deeper(folder, entries, pattern, ask, hidden=hidden))
    return [found[shown] for shown in sorted(found)]


def _deeper(
    folder: _Folder, entries: Sequence[os.DirEntry[str]], pattern: Sequence[str], ask: AskGit, *, hidden: bool
) -> Iterator[_Folder]:
    """The folders in one that may lead to something; a repository of its own says itself what it ignores."""
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            places = after(entry.name, folder.places, pattern, hidden=hidden) - {len(pattern)}
            if places:
                nested = os.path.lexists(os.path.join(entry.path, _GIT))
                yield _Folder(entry.path, places, ask(entry.path) if nested else folder.ignored)


def _is_left_out(entry: os.DirEntry[str], ignored: Ignored) -> bool:
    left_out = entry.name == _GIT or (ignored.known == "outside" and entry.name in _OUTSIDE)
    return (left_out and entry.is_dir(follow_symlinks=False)) or entry.path in ignored.paths


def _is_within(path: str, ignored: frozenset[str]) -> bool:
    """Whether a folder, or one that it lies in, is ignored."""
    while path not in ignored:
        above = os.path.dirname(path)
        if above == path:
            return False
        path = above
    return True


def _beside(name: str, folder: str, names: Sequence[str], show: Callable[[str], str]) -> tuple[Problem, ...]:
    """The problem of a manifest that has one of the other name beside it, as far as git does not ignore that."""
    if name not in FILE_NAMES or not all(one in names for one in FILE_NAMES):
        return ()
    return _two(shown_path(show(os.path.join(folder, name))), [os.path.join(folder, one) for one in FILE_NAMES])


def _absolute(path: str) -> str:
    return path


def _relative(path: str) -> str:
    return os.path.relpath(path, os.path.realpath("."))


def fits(path: Sequence[str], pattern: Sequence[str]) -> bool:
    """As the glob of Python's library: `**` is any number of folders, and no wildcard finds what a dot hides."""
    places = reached(0, pattern)
    for step in path:
        places = after(step, places, pattern)
    return len(pattern) in places


def reached(place: int, pattern: Sequence[str]) -> PatternPlaces:
    """A place in a pattern, and those behind it that need nothing; a `**` at the end stands for something."""
    found = {place}
    while place < len(pattern) - 1 and pattern[place] == "**":
        place += 1
        found.add(place)
    return frozenset(found)


def after(step: str, places: PatternPlaces, pattern: Sequence[str], *, hidden: bool = False) -> PatternPlaces:
    """Where in a pattern a step of a path leads to; with `hidden`, a wildcard finds what a dot hides, too."""
    found: set[int] = set()
    for place in places:
        found |= _from(step, place, pattern, hidden=hidden)
    return frozenset(found)


def _from(step: str, place: int, pattern: Sequence[str], *, hidden: bool) -> PatternPlaces | set[int]:
    if place == len(pattern):
        return set()
    dotted = step.startswith(".") and not hidden
    if pattern[place] == "**":
        last = {len(pattern)} if place == len(pattern) - 1 else set[int]()
        return set() if dotted else reached(place, pattern) | last
    if (dotted and not pattern[place].startswith(".")) or not _is_like(step, pattern[place]):
        return set()
    return reached(place + 1, pattern)


def _is_like(name: str, glob: str) -> bool:
    from fnmatch import fnmatchcase  # most checks name their manifests

    return fnmatchcase(name, glob)
