"""Gathering as a user does, and trees that no git made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from tests.command import Ended, vendorgate
from tests.commands.fleet.test_store import everything
from tests.commands.review.repository import Repository
from vendorgate.commands.fleet.model import GatheredRepository, Row

MANIFEST: Final = "version: 1\nproject: p\nusages: []\n"
FILE: Final = b"100644"
FOLDER: Final = b"40000"
LINK: Final = b"120000"
SUBMODULE: Final = b"160000"
Entry = tuple[bytes, bytes, str]
"""Mode, name, and the id of what is there."""


def gather(*arguments: str, folder: Path) -> Ended:
    """Gather into the store beside."""
    return vendorgate("fleet", "gather", *arguments, "--store", "store", folder=folder)


def listed(folder: Path, *lines: str) -> str:
    """A list of such lines."""
    (folder / "list.txt").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return "list.txt"


def repositories(folder: Path) -> dict[str, GatheredRepository]:
    """What the store beside has of each repository, by name."""
    return {one.name: one for one in everything(folder / "store")[0]}


def rows(folder: Path) -> dict[str, Row]:
    """The rows of the store beside, by path."""
    return {one.path: one for one in everything(folder / "store")[1]}


def blob(repository: Repository, data: bytes) -> str:
    """The id of a file that no tree has yet."""
    return repository.git("hash-object", "-w", "--stdin", input=data)


def tree(repository: Repository, entries: Iterable[Entry]) -> str:
    """The id of a tree as it is written, whatever git thinks of it."""
    data = b"".join(b"%s %s\0%s" % (mode, name, bytes.fromhex(id)) for mode, name, id in sorted_as_git(entries))
    return repository.git("hash-object", "-w", "-t", "tree", "--literally", "--stdin", input=data)


def sorted_as_git(entries: Iterable[Entry]) -> Sequence[Entry]:
    return sorted(entries, key=lambda one: one[1] + (b"/" if one[0] == FOLDER else b""))


def shown(repository: Repository, id: str) -> str:
    """Have the main branch show a tree; the commit."""
    commit = repository.git("commit-tree", id, "-m", "made")
    repository.git("update-ref", "refs/heads/main", commit)
    return commit
