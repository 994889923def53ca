"""Where manifests stand: their real paths from the root of the repository.

In: the working directory, paths as somebody gave them. Out: paths with forward slashes, or None for what is not in
there. No environment is read and no git is run: what a variable or a repository's own settings say of its root is the
word of whoever is judged.
"""

from __future__ import annotations

import os
import re
from typing import Final

from ..errors import Problem, UsageError
from ..model.identity import RepositoryName, SaidBy
from .files import opened

_ENTRY: Final = ".git"
_LINKED: Final = r"gitdir: (?P<folder>[^\n]*[/\\]worktrees[/\\][^/\\\n]+)\n?"
"""What stands in the `.git` of a linked worktree."""
_NAME: Final = r"[A-Za-z0-9._-]+(?:/[A-Za-z0-9._-]+)+"
_NOT_NAMES: Final = frozenset((".", ".."))
_SHOWN: Final = 100
"""Characters of a name that is none."""
_MOST: Final = 4_096
"""Characters of a file `.git` that are read."""


class Places:
    """Finds real paths from the root of the repository around a folder, or from the folder itself outside git."""

    def __init__(self, folder: str) -> None:
        self.root = repository_root(folder) or os.path.realpath(folder)
        self._listed: dict[str, frozenset[str]] = {}

    def path(self, given: str) -> str | None:
        """The real path of a file, links resolved, from the root; None where it is not in there, or is no file's.

        A system that takes two spellings for one name would let a manifest in `Claims/` go by `claims/`: a path counts
        only as the folders have it.
        """
        try:
            real = os.path.realpath(given)
        except (OSError, ValueError):
            return None
        beginning = os.path.join(self.root, "")
        if given == "-" or not real.startswith(beginning):
            return None
        relative = real.removeprefix(beginning)
        return relative.replace(os.sep, "/") if self._is_spelled_so(relative) else None

    def _is_spelled_so(self, relative: str) -> bool:
        parent = self.root
        for name in relative.split(os.sep):
            path = os.path.join(parent, name)
            if name not in self._names(parent) and os.path.lexists(path):
                return False
            parent = path
        return True

    def _names(self, folder: str) -> frozenset[str]:
        found = self._listed.get(folder)
        if found is None:
            try:
                found = frozenset(os.listdir(folder))
            except OSError:
                found = frozenset()
            self._listed[folder] = found
        return found


def repository_named(name: str, said_by: SaidBy = "option") -> RepositoryName:
    """The repository of a name, OWNER/NAME; some hosts have groups in groups.

    Raises:
        UsageError: it is no such name.
    """
    if not is_repository(name):
        title = f"no repository is called {name[:_SHOWN]!r}"
        raise UsageError([Problem(title, help="write OWNER/NAME, such as acme/clinic, as its host has it")])
    return RepositoryName(name, said_by)


def is_repository(name: str) -> bool:
    """Whether a text is OWNER/NAME."""
    return re.fullmatch(_NAME, name) is not None and _NOT_NAMES.isdisjoint(name.split("/"))


def repository_root(folder: str) -> str | None:
    """The root of the outermost repository around a folder; None outside git.

    A repository in another one, a submodule too, is a folder of that one: whoever may write a folder could make it a
    repository, and say that its own `claims/` stands at the root. A linked worktree is a checkout of its own.
    """
    here, found = os.path.realpath(folder), None
    while True:
        entry = os.path.join(here, _ENTRY)
        if os.path.isfile(entry):
            found = here
            if _is_linked(entry):
                return found
        elif os.path.exists(os.path.join(entry, "HEAD")):
            found = here
        above = os.path.dirname(here)
        if above == here:
            return found
        here = above


def _is_linked(entry: str) -> bool:
    """Whether a file `.git` is that of a linked worktree which its repository knows."""
    try:
        found = re.fullmatch(_LINKED, _said(entry))
        if found is None:
            return False
        folder = os.path.join(os.path.dirname(entry), found["folder"])
        back = _said(os.path.join(folder, "gitdir")).rstrip("\n")
        return os.path.realpath(os.path.join(folder, back)) == os.path.realpath(entry)
    except (OSError, ValueError):
        return False


def _said(path: str) -> str:
    """What a file of git says of where something is."""
    with opened(path) as file:
        return file.read(_MOST).decode("utf-8", "surrogateescape").replace("\r\n", "\n")
