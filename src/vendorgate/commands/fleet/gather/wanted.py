"""Which repositories are meant: the lines of a list, or the clones and bare repositories below a folder.

In: what the command line names. Out: `Wanted`, by name. Two of one name are both in it, and neither is to be read.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import msgspec

from ....errors import Problem, UsageError, VendorgateError, enough
from ....git.anywhere import opened
from ....load.files import Limits, is_inside, read_bytes, shown_path
from ....load.places import is_repository
from ....source import Location
from .addresses import label, name_at, name_from_origin, name_of_folder, place_of
from .model import Wanted
from .one import is_work

STDIN: Final = "-"
_LIST: Final = Limits(16 * 1024 * 1024, 0)
"""How much a list may hold."""
DEEPEST: Final = 6
"""Folders above a repository, below the one that is named."""
FOLDERS: Final = 100_000
"""Folders that are looked into."""
_COMMENT: Final = re.compile(r"(?:^|\s)#.*")
_OF_A_BARE_ONE: Final = frozenset(("HEAD", "objects", "refs"))
_LINKED: Final = ("a link to a repository elsewhere, which no gather follows", "name what it leads to in a list")
_LINE: Final = "write an address or a folder, or OWNER/NAME and one of these"


def wanted(sources: Sequence[str]) -> list[Wanted]:
    """The repositories that are meant, by name.

    Raises:
        UsageError: something named is not there, or is no list; a line is nothing that can be read; there are none.
    """
    problems: list[Problem] = []
    found = [one for source in sources for one in _named(source, problems)]
    if problems:
        raise UsageError(problems)
    if not found:
        raise UsageError([_nothing(sources)])
    return _held_apart(sorted(set(found), key=lambda one: (one.name, one.place)))


def _nothing(sources: Sequence[str]) -> Problem:
    title = "no repository in " + ", ".join(sources)
    return Problem(title, help=f"{_LINE}, a line each; below a folder let there be clones or bare repositories")


def _named(source: str, problems: list[Problem]) -> Iterable[Wanted]:
    if source != STDIN and os.path.isdir(source):
        return _below(source, problems)
    if "://" in source:
        return _listed("the command line", source, problems)
    if source == STDIN:
        return _listed(STDIN, _text(STDIN, sys.stdin.buffer.read(_LIST.size + 1), problems), problems)
    data = read_bytes(source, shown_path(source), problems, _LIST)
    return () if data is None else _listed(shown_path(source), _text(shown_path(source), data, problems), problems)


def _text(shown: str, data: bytes, problems: list[Problem]) -> str:
    where = Location(shown, 1, 1)
    if len(data) > _LIST.size:
        problems.append(Problem(f"a list of more than {_LIST.size >> 20} MiB", where, "split it into several"))
        return ""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        problems.append(Problem("a list that is not UTF-8", where, "save it as UTF-8, or name a text of addresses"))
        return ""


def _listed(shown: str, text: str, problems: list[Problem]) -> Iterator[Wanted]:
    """The repositories of a list, a line each."""
    for number, line in enumerate(text.split("\n"), 1):
        entry = _COMMENT.sub("", line).strip()
        if entry and not enough(problems):
            try:
                yield _entry(entry)
            except UsageError as error:
                where = Location(shown, number, 1)
                problems.extend(msgspec.structs.replace(one, location=where) for one in error.problems)


def _entry(entry: str) -> Wanted:
    """A repository of one line.

    Raises:
        UsageError: it is none.
    """
    first, *rest = entry.split(None, 1)
    is_named = bool(rest) and is_repository(first)
    if not (rest[0] if is_named else entry).isprintable():
        raise UsageError([Problem("a control character in a list", help=_LINE)])
    if is_named:
        return Wanted(first, _whole(place_of(rest[0])))
    place = place_of(entry)
    if "://" in place:
        return Wanted(name_at(place) or label(place), place)
    return Wanted(_name_here(place) or name_of_folder(shown_path(place)) or label(shown_path(place)), _whole(place))


def _whole(place: str) -> str:
    """A place that means the same in whatever folder it is read."""
    return place if "://" in place else shown_path(os.path.abspath(place))


def _name_here(folder: str) -> str | None:
    """OWNER/NAME of where the repository in a folder came from; None where it does not say so."""
    if not is_one(folder):
        return None
    with tempfile.TemporaryDirectory(prefix="vendorgate-gather-") as work:
        try:
            return name_from_origin(opened(folder, folder, work).setting("remote.origin.url"))
        except VendorgateError:
            return None


def is_one(folder: str) -> bool:
    """Whether a folder is laid out as a clone or a bare repository."""
    try:
        names = frozenset(os.listdir(folder))
    except OSError:
        return False
    return ".git" in names or names >= _OF_A_BARE_ONE


def _below(folder: str, problems: list[Problem]) -> Iterator[Wanted]:
    """The repositories at a folder and below it. None is looked for inside of another, and no link is followed: one
    that leads to a repository elsewhere is not to be read."""
    if is_one(folder):
        yield Wanted(_name_here(folder) or label(shown_path(os.path.realpath(folder))), _whole(folder))
        return
    left: list[tuple[str, tuple[str, ...]]] = [(folder, ())]
    looked_at = 0
    while left:
        path, steps = left.pop()
        for name in _folders(path, problems):
            looked_at += 1
            inner, inside = os.path.join(path, name), (*steps, name)
            if looked_at > FOLDERS:
                help = "name the folder that has the repositories, or a list of them"
                problems.append(Problem(f"more than {FOLDERS} folders", Location(shown_path(folder), 1, 1), help))
                return
            if os.path.islink(inner):
                if not is_inside(inner, folder):  # else it is found without the link
                    yield Wanted(_name_of_steps(inside) or label("/".join(inside)), _whole(inner), _LINKED)
            elif is_one(inner):
                yield Wanted(_name_below(inner, inside), _whole(inner))
            elif len(inside) <= DEEPEST:
                left.append((inner, inside))


def _name_below(folder: str, steps: Sequence[str]) -> str:
    return _name_of_steps(steps) or _name_here(folder) or label("/".join(steps))


def _name_of_steps(steps: Sequence[str]) -> str | None:
    name = "/".join(steps).removesuffix(".git")
    return name if is_repository(name) else None


def _folders(path: str, problems: list[Problem]) -> list[str]:
    """The folders in one, and the links to repositories."""
    try:
        with os.scandir(path) as entries:
            return sorted(one.name for one in entries if _is_looked_at(one))
    except OSError as error:
        where = Location(shown_path(path), 1, 1)
        problems.append(Problem(f"cannot be looked into: {error.strerror}", where, "let it be a folder you may read"))
        return []


def _is_looked_at(one: os.DirEntry[str]) -> bool:
    if one.is_symlink():
        return is_one(one.path)
    return one.is_dir(follow_symlinks=False) and not is_work(one.name)


def _held_apart(found: Sequence[Wanted]) -> list[Wanted]:
    """Those of one name as clashes of all of them: whoever binds by names must know which is meant, without case."""
    by_name: dict[str, list[Wanted]] = {}
    for one in found:
        by_name.setdefault(one.name.lower(), []).append(one)
    kept = dict[str, Wanted]()
    for one in found:
        others = by_name[one.name.lower()]
        if len(others) > 1:
            places = ", ".join(sorted(other.shown for other in others)[:3])
            clash = (f"{len(others)} repositories go by this name: {places}", "give each a name of its own in a list")
            one = msgspec.structs.replace(one, clash=clash)
        kept.setdefault(one.name, one)
    return list(kept.values())
