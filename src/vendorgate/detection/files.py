"""Which files there are, and what stands in each: the list of git where there is one, else a walk; each file read once.

In: folders or files. Out: paths, and texts or the reason why there is none. Links are not followed, nothing outside
of the folder is read, and what git ignores is left out.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from typing import Final

import msgspec

LARGEST: Final = 2 * 1024 * 1024
"""Bytes of a file that is read."""
LARGEST_NOTEBOOK: Final = 16 * 1024 * 1024
"""Bytes of a notebook, whose pictures are most of it."""
LEFT_OUT: Final = frozenset(
    [
        "node_modules",
        ".git",
        ".hg",
        ".svn",
        ".venv",
        "venv",
        "site-packages",
        "__pycache__",
        "bower_components",
        ".next",
        ".nuxt",
        ".terraform",
        ".tox",
        ".nox",
        ".pnpm-store",
        ".yarn",
        ".gradle",
        ".mypy_cache",
        ".ruff_cache",
        ".pytest_cache",
    ]
)
"""Folders that hold what others made, whatever git says of them."""
_MOST_LINES: Final = 5
_LONG_LINE: Final = 5_000
_LOOKED_AT: Final = 65_536


class Unread(Exception):
    """A file that is passed over.

    Attributes:
        reason: in a word or two.
        beginning: as much of it as was read all the same; None where nobody can tell what stands in it.
        is_whole: whether that is all of it.
        leads_to: of a link, what stands there.
        count: how many files are meant.
    """

    def __init__(
        self,
        reason: str,
        beginning: bytes | None = None,
        *,
        is_whole: bool = True,
        leads_to: str | None = None,
        count: int = 1,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.beginning = beginning
        self.is_whole = is_whole
        self.leads_to = leads_to
        self.count = count


class ListedFile(msgspec.Struct, frozen=True):
    """A file that is there."""

    path: str
    """From the folder that was asked for, with forward slashes; as it is shown."""
    real: str
    """Where to open it."""
    place: str = ""
    """Where it lies in what it belongs to, which tells what it is for; empty: as it is shown."""
    left_out: int = 0
    """Of a folder that holds what others made and that git has: how many files. None of them is read."""


def listed_files(
    folder: str, tracked: Iterable[str] | None, shown: str = "", place: str | None = None
) -> list[ListedFile]:
    """The files below a folder, by path; those that git lists, or where there is no git, all that a walk meets.

    Args:
        tracked: paths from the folder that git tracks or does not ignore; None where there is no git.
        shown: what stands before each path where it is shown.
        place: what stands before each path in what the folder belongs to; None: what is shown.
    """
    before = shown if place is None else place
    if tracked is None:
        from .walking import walked  # inside of git nobody walks

        tracked = walked(folder, LEFT_OUT)
    paths, left_out = set(tracked), dict[str, int]()
    for path in paths:
        if (inside := left_out_in(path)) is not None:
            left_out[inside] = left_out.get(inside, 0) + 1
    return [
        ListedFile(f"{shown}{path}", os.path.join(folder, *path.split("/")), f"{before}{path}", left_out.get(path, 0))
        for path in sorted({*paths, *left_out})
        if left_out_in(path.rstrip("/")) is None
    ]


def left_out_in(path: str) -> str | None:
    """The folder, with a slash at its end, that a file lies in and that holds what others made; None: it does not."""
    *folders, _ = path.split("/")
    first = next((index for index, one in enumerate(folders) if one in LEFT_OUT), None)
    return None if first is None else "/".join(folders[: first + 1]) + "/"


def read(path: str) -> bytes:
    """The bytes of a file.

    Raises:
        Unread: it is no plain file, too large, binary, minified, or cannot be read.
    """
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        raise _link(path) if os.path.islink(path) else Unread(_reason(error)) from None
    try:
        found = os.fstat(handle)
        if stat.S_ISDIR(found.st_mode):
            raise Unread("a repository of its own")
        if not stat.S_ISREG(found.st_mode):
            raise Unread("no plain file", b"")
        with os.fdopen(handle, "rb", closefd=False) as file:
            data = file.read(LARGEST_NOTEBOOK + 1)
    except OSError as error:
        raise Unread(_reason(error)) from None
    finally:
        os.close(handle)
    return checked(path, data)


def _link(path: str) -> Unread:
    try:
        return Unread("a link", leads_to=os.readlink(path).replace(os.sep, "/"))
    except OSError as error:
        return Unread(_reason(error))


def checked(path: str, data: bytes) -> bytes:
    """The bytes of a file that somebody else has read.

    Raises:
        Unread: it is too large.
    """
    largest = LARGEST_NOTEBOOK if path.endswith(".ipynb") else LARGEST
    if len(data) > largest:
        raise Unread(f"over {largest // 1024 // 1024} MiB", data, is_whole=len(data) <= LARGEST_NOTEBOOK)
    return data


def is_wide(data: bytes) -> bool:
    """Whether its mark says UTF-16, in which no word stands as in other encodings."""
    return data.startswith((b"\xff\xfe", b"\xfe\xff"))


def text_of(path: str, data: bytes) -> str:
    """The text of a file's bytes; what is not UTF-8 is read as well as it can be.

    Raises:
        Unread: it is binary or minified.
    """
    if is_wide(data):
        return data.decode("utf-16", "replace")
    if b"\0" in data[:_LOOKED_AT]:
        raise Unread("binary", data)
    if not path.endswith(".ipynb") and _is_minified(data):
        raise Unread("minified", data)
    return data.decode("utf-8-sig", "replace")


def _is_minified(data: bytes) -> bool:
    """Whether its lines are so long that no person wrote them."""
    lines = data.count(b"\n") + 1
    return len(data) > _LONG_LINE * _MOST_LINES and len(data) / lines > _LONG_LINE


def _reason(error: OSError) -> str:
    return "cannot be read" if error.errno is None else os.strerror(error.errno).lower()
