"""Files and folders to bytes and names.

In: paths as somebody gave them. Out: bytes, never more than one over the limit, and names to show.
Refuses to know what the bytes mean.
"""

from __future__ import annotations

import os
import stat
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING, BinaryIO, Final

import msgspec

from ..errors import Problem, UsageError, reason_of
from ..model.manifest import FILE_NAMES
from ..model.result import Notice
from ..source import Location

if TYPE_CHECKING:
    from typing import Protocol

    class _Hashed(Protocol):
        def hexdigest(self) -> str: ...


try:
    from _blake2 import blake2b  # where `hashlib` has it from, which takes long to import
except ImportError:
    from hashlib import blake2b

SPLIT: Final = "split it into several files"
"""What to do about a file that is too large."""
_MEBIBYTE: Final = 1024 * 1024
_USUAL: Final = 64 * 1024
"""Bytes; a read sets aside as much as it is asked for, and most files are small."""
READ: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
"""How a file is opened to be read, and never waited for."""
_OTHERS: Final = (
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
_YAML: Final = (".yaml", ".yml")
_ADDRESS: Final = "://"
"""What no path of a folder has in it."""


class Limits(msgspec.Struct, frozen=True):
    """How much one file may hold."""

    size: int
    """Bytes."""
    nodes: int
    """Keys, values and collections, an alias counted as all that it stands for."""


JUDGED: Final = Limits(_MEBIBYTE, 20_000)
"""Of a manifest."""
JUDGING: Final = Limits(16 * _MEBIBYTE, 500_000)
"""Of a file of a bundle or registry."""


class NotAFile(OSError):
    """What is there would have to be waited for, or has no end."""


class Folder(msgspec.Struct, frozen=True):
    """A folder and the name to show for it, which is the one that was given."""

    path: str
    shown: str
    said: tuple[Notice, ...] = ()
    """What is worth knowing of how it was found."""
    address: str | None = None
    """Where it is kept, pinned, where that is elsewhere: what is here is a copy, and for this run alone."""

    def file(self, relative: str) -> tuple[str, str]:
        """The path of a file in it, and its name to show."""
        return os.path.join(self.path, relative), f"{self.shown}/{relative}" if self.shown != "." else relative


def folder(given: str | os.PathLike[str]) -> Folder:
    """A folder as it was given.

    Raises:
        UsageError: it has no name, or is no folder's.
    """
    if not os.fspath(given):
        raise UsageError([Problem("a folder without a name", help="name the folder, or leave the option out")])
    if _ADDRESS in os.fspath(given):  # and not repeated: there may be a secret in it
        help = "name a folder; for a registry fetch it first: vendorgate registry update URL"
        raise UsageError([Problem("an address, where only a folder is read", help=help)])
    return Folder(os.fspath(given), shown_path(given).rstrip("/") or "/")


def shown_path(path: str | os.PathLike[str]) -> str:
    """A path as it was given, with forward slashes."""
    return os.fspath(path).replace(os.sep, "/")


def opened(path: str | os.PathLike[str]) -> BinaryIO:
    """A regular file, or what a link to one leads to, open for reading. Nothing else is opened, or waited for.

    Raises:
        OSError: there is none, or it may not be read.
    """
    handle, _ = _handle(path)
    try:
        return os.fdopen(handle, "rb")
    except BaseException:
        os.close(handle)
        raise


def _handle(path: str | os.PathLike[str], *, listed: bool = False) -> tuple[int, int]:
    """The system's handle of a regular file, and how many bytes it has; `listed`: its folder says that it is one."""
    if not listed:
        _refuse_others(os.stat(path).st_mode)
    # Something else may have taken its place since; it is not waited for, either.
    handle = os.open(path, READ)
    try:
        status = os.fstat(handle)
        _refuse_others(status.st_mode)
    except BaseException:
        os.close(handle)
        raise
    return handle, status.st_size


def _refuse_others(mode: int) -> None:
    if stat.S_ISREG(mode):
        return
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(21, "Is a directory")
    kind = next((name for is_one, name in _OTHERS if is_one(mode)), None)
    if kind is not None:
        raise NotAFile(22, f"{kind}, not a file")


def read_bytes(
    path: str,
    shown: str,
    problems: list[Problem],
    limits: Limits = JUDGING,
    *,
    entry: os.DirEntry[str] | None = None,
) -> bytes | None:
    """The bytes of a file, or None and a problem. A file over the limit is read one byte past it.

    `entry` is its own in the list of its folder: where that says what it is, the system need not be asked again.
    """
    try:
        handle, size = _handle(path, listed=entry is not None and entry.is_file(follow_symlinks=False))
        try:
            return _read(handle, limits.size + 1, size)
        finally:
            os.close(handle)
    except OSError as error:
        problems.append(unreadable(error, shown))
        return None


def _read(handle: int, most: int, size: int) -> bytes:
    """So many bytes, or all there are: a file object would cost as much again, and a registry may have 10,000 files.

    `size` is how many the system says there are. Where as many come, and not the one more that is asked for, that is
    all; where it says none, or others come, reading goes on to the end.
    """
    first = os.read(handle, min(size, most - 1) + 1)
    if len(first) == size and size:
        return first
    parts, most = [first], most - len(first)
    while most > 0:
        part = os.read(
            handle, min(most, _USUAL)
        )  # a system may give fewer than it is asked for, but none only at the end
        if not part:
            break
        parts.append(part)
        most -= len(part)
    return b"".join(parts)


def standard_input(problems: list[Problem]) -> bytes | None:
    """What stands on standard input, up to one byte over the limit, or None and a problem."""
    try:
        return _standard_input()
    except (OSError, ValueError, AttributeError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else "it is closed"
        help = "give a manifest on standard input, or name a file"
        problems.append(Problem(f"standard input cannot be read: {reason}", Location("-", 1, 1), help))
        return None


@cache
def _standard_input() -> bytes:
    """It can be read once, and a command may judge twice."""
    return sys.stdin.buffer.read(JUDGED.size + 1)


def yaml_files(folder: Folder, problems: list[Problem]) -> list[str]:
    """The YAML files of a folder, at any depth, by relative path; a link that leads out of it is a problem."""
    found: list[str] = []
    waiting = [(folder.path, "")]
    while waiting:
        path, above = waiting.pop()
        try:
            with os.scandir(path) as entries:
                listed = [(one, _says(one.is_dir), _says(one.is_symlink)) for one in sorted(entries, key=_name)]
        except OSError as error:
            problems.append(unreadable(error, folder.file(above.rstrip("/"))[1] if above else folder.shown))
            continue
        for entry, is_folder, is_link in listed:
            relative = f"{above}{entry.name}"
            if is_link and not is_inside(entry.path, folder.path):
                title = "a link that leads out of the bundle"
                problems.append(Problem(title, Location(folder.file(relative)[1], 1, 1), "put the file itself there"))
            elif not is_folder and entry.name.lower().endswith(_YAML):
                found.append(relative)
                if "\n" in relative:  # it would stand in a digest for the names of several
                    title = "a line break in the name of a file"
                    problems.append(Problem(title, Location(folder.file(relative)[1], 1, 1), "give it another name"))
        below = [entry for entry, is_folder, is_link in reversed(listed) if is_folder and not is_link]
        waiting.extend((entry.path, f"{above}{entry.name}/") for entry in below)
    return sorted(found)


def _name(entry: os.DirEntry[str]) -> str:
    return entry.name


def _says(asked: Callable[[], bool]) -> bool:
    """What the system says of an entry; it is a plain file where it cannot say."""
    try:
        return asked()
    except OSError:
        return False


def is_inside(path: str, folder: str) -> bool:
    """Whether a path leads to what is below a folder, wherever links on the way lead.

    Raises:
        ValueError: no system has such a path.
    """
    return os.path.realpath(path).startswith(os.path.join(os.path.realpath(folder), ""))


def shipped(name: str) -> Folder:
    """What comes with vendorgate: in an installed package beside the code, in a checkout at its top.

    Where an installer has put links in the place of files, as `uv --link-mode symlink` and Bazel do, it is where they
    lead. What merely lies two folders above a package, as above a ZIP file in a repository, did not come with it.
    """
    own = os.path.realpath(__file__) if os.path.islink(__file__) else __file__
    package = os.path.dirname(os.path.dirname(own))
    found, above = os.path.join(package, "content", name), os.path.dirname(package)
    if not os.path.isdir(found) and os.path.basename(above) == "src":
        found = os.path.join(os.path.dirname(above), name)
    return Folder(found, f"vendorgate:{name}")


def unreadable(error: OSError, shown: str) -> Problem:
    """What the system says of a path, in our words."""
    where = Location(shown, 1, 1)
    if isinstance(error, FileNotFoundError):
        return Problem("no such file", where, "check the path")
    if isinstance(error, IsADirectoryError):
        return Problem("a folder, not a file", where, f"name a file, such as {shown}/vendorgate.yaml")
    reason = reason_of(error)
    if isinstance(error, NotAFile):
        return Problem(reason, where, "save what comes out of it in a file, and name that file")
    return Problem(f"cannot be read: {reason}", where, "check that it is a file that you may read")


def is_manifest_name(path: str) -> bool:
    """Whether a file goes by one of the two names that a manifest is found by; case counts."""
    return path.rpartition("/")[2] in FILE_NAMES


def two_in_one_folder(paths: Iterable[str]) -> list[Problem]:
    """A problem for each folder that has a manifest of either name among paths with forward slashes."""
    folders = Counter(path.rpartition("/")[0] for path in {one for one in paths if is_manifest_name(one)})
    one, other = FILE_NAMES
    return [
        Problem(
            f"{one} and {other} in one folder, and only one of them can be the manifest",
            Location(f"{folder}/{one}" if folder else one, 1, 1),
            "keep one of the two",
        )
        for folder, count in folders.items()
        if count > 1
    ]


def too_large(shown: str, limits: Limits) -> Problem:
    return Problem(f"a file of more than {limits.size // _MEBIBYTE} MiB", Location(shown, 1, 1), SPLIT)


def sha256(data: bytes) -> str:
    """In hexadecimal."""
    return _sha256(len(data))(data).hexdigest()


_SMALL: Final = 16 * 1024
"""Bytes that are hashed by the time in which `hashlib` is imported, which loads OpenSSL."""
_OWN_SHA256: Final = "_sha2" if sys.version_info >= (3, 12) else "_sha256"
"""Python's own, which `hashlib` has where there is no OpenSSL."""


def _sha256(size: int) -> Callable[[bytes], _Hashed]:
    """What hashes so many bytes soonest: OpenSSL, or where it is not loaded Python's own."""
    if size <= _SMALL and "hashlib" not in sys.modules:
        try:
            own: Callable[[bytes], _Hashed] = __import__(_OWN_SHA256).sha256
        except ImportError:
            pass
        else:
            return own
    from hashlib import sha256  # everything may come with vendorgate, of which it is known

    return sha256


def blake2(data: bytes) -> bytes:
    """BLAKE2b of 32 bytes, which takes no OpenSSL, and half of the time that SHA-256 takes without one."""
    return blake2b(data, digest_size=32).digest()


def digest(files: Iterable[tuple[str, str]], hashed: Callable[[bytes], str] = sha256) -> str:
    """One SHA-256 for many files, given as (relative path, SHA-256).

    It is the SHA-256 of what `sha256sum` prints for them, sorted by path as bytes, so that anybody can
    work it out without vendorgate: `sha256sum snapshot.yaml offerings/*.yaml | LC_ALL=C sort -k2 | sha256sum`.
    """
    lines = sorted((os.fsencode(path), value) for path, value in files)
    return hashed(b"".join(value.encode() + b"  " + path + b"\n" for path, value in lines))
