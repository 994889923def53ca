"""Commits as git makes them, written without git: the same ids, the same files below `.git`.

Most repositories of tests have two commits of plain files; git would be run five times for them. Whatever is not plain
(a setting, a link, a file that git ignores) is git's: see `plain`.
"""

from __future__ import annotations

import hashlib
import os
import struct
import zlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

PERSON: Final = "A <a@example.org>"
_NO_COMMIT: Final = "0" * 40
_NOT_PLAIN: Final = (".gitignore", ".gitattributes", ".gitmodules", ".git")
_PLAIN: Final = 0o100644
Stat = tuple[int, int, int]
"""Of a file: bytes, when it was written, its number."""


def plain(root: Path) -> dict[str, os.stat_result] | None:
    """The files of a work tree; None where anything is there that git does not take as it is."""
    found: dict[str, os.stat_result] = {}
    waiting = [("", str(root))]
    while waiting:
        prefix, folder = waiting.pop()
        with os.scandir(folder) as there:
            entries = list(there)
        for one in entries:
            if not prefix and one.name == ".git":
                continue
            if one.is_symlink() or one.name.lower() in _NOT_PLAIN:
                return None
            if one.is_dir():
                waiting.append((f"{prefix}{one.name}/", one.path))
                continue
            seen = one.stat()
            if not one.is_file() or seen.st_mode & 0o111:
                return None
            found[prefix + one.name] = seen
    return found


@lru_cache(maxsize=2_000)
def _object(kind: str, data: bytes) -> tuple[str, bytes]:
    whole = b"%s %d\0%s" % (kind.encode(), len(data), data)
    return hashlib.sha1(whole).hexdigest(), zlib.compress(whole, 1)


def put(git: Path, kind: str, data: bytes) -> str:
    """Write an object; its id."""
    id, packed = _object(kind, data)
    path = git / "objects" / id[:2] / id[2:]
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(packed)
        path.chmod(0o444)
    return id


def put_tree(git: Path, files: Mapping[str, str]) -> str:
    """Write the folders that hold files, given by the ids of their contents; the id of the outermost."""
    inner: dict[str, dict[str, str]] = {}
    entries: list[tuple[bytes, bytes, str]] = []
    for path, id in files.items():
        first, slash, rest = path.partition("/")
        if slash:
            inner.setdefault(first, {})[rest] = id
        else:
            entries.append((os.fsencode(first), b"100644", id))
    entries += [(os.fsencode(name) + b"/", b"40000", put_tree(git, below)) for name, below in inner.items()]
    lines = [b"%s %s\0%s" % (mode, name.rstrip(b"/"), bytes.fromhex(id)) for name, mode, id in sorted(entries)]
    return put(git, "tree", b"".join(lines))


def put_index(git: Path, files: Mapping[str, tuple[str, os.stat_result]]) -> None:
    """Write what is tracked: ids of contents, and the files as they stand in the work tree."""
    made = [struct.pack(">4sII", b"DIRC", 2, len(files))]
    for name, (id, seen) in sorted((os.fsencode(path), entry) for path, entry in files.items()):
        times = (*divmod(seen.st_ctime_ns, 10**9), *divmod(seen.st_mtime_ns, 10**9))
        places = (seen.st_dev, seen.st_ino, _PLAIN, seen.st_uid, seen.st_gid, seen.st_size)
        numbers = [number & 0xFFFFFFFF for number in (*times, *places)]
        entry = struct.pack(">10I20sH", *numbers, bytes.fromhex(id), min(len(name), 0xFFF)) + name
        made.append(entry + b"\0" * (8 - len(entry) % 8))
    data = b"".join(made)
    (git / "index").write_bytes(data + hashlib.sha1(data).digest())


def put_commit(git: Path, tree: str, parent: str | None, seconds: int, message: str) -> str:
    """Write a commit; its id."""
    parents = "" if parent is None else f"parent {parent}\n"
    person = f"{PERSON} {seconds} +0000"
    text = f"tree {tree}\n{parents}author {person}\ncommitter {person}\n\n{message}\n"
    return put(git, "commit", text.encode())


def move(git: Path, branch: str, old: str | None, new: str, seconds: int, why: str, *, head: bool = True) -> None:
    """Have a branch be at a commit, and write down why, as git does; with `head`, for what is checked out, too."""
    path = git / "refs" / "heads" / branch
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{new}\n", "ascii")
    log(git, f"refs/heads/{branch}", old, new, seconds, why)
    if head:
        log(git, "HEAD", old, new, seconds, why)


def log(git: Path, ref: str, old: str | None, new: str, seconds: int, why: str) -> None:
    path = git / "logs" / ref
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{old or _NO_COMMIT} {new} {PERSON} {seconds} +0000\t{why}\n")
