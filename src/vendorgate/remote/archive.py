"""A published archive to the files in it; what is no file of a folder is refused.

In: bytes of a tar, tar.gz or zip. Out: name and bytes of each file. Nothing is written, so that no name in an archive
can lead anywhere. Refuses to know what the files are about.
"""

from __future__ import annotations

import gzip
import io
import lzma
import re
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from ..errors import InputError, Problem
from ..source import Location

MOST_MEMBERS: Final = 20_000
LARGEST_MEMBER: Final = 16 * 1024 * 1024
"""Bytes; as much as a file of a snapshot may have."""
LARGEST_WHOLE: Final = 100 * 1024 * 1024
"""Bytes of the archive, decompressed."""
_MOST_STEPS: Final = 2**30
"""Steps over headers of pax: an old tarfile takes as many as the square of a header's size."""
_SMALLER: Final = "publish a smaller one"
_PAX: Final = re.compile(rb"[xgX]")
_UNREADABLE: Final = (
    tarfile.TarError,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,  # encrypted, a method that is not there, or headers chained so that reading them recurses too deeply
    LookupError,
    OverflowError,
    struct.error,
    lzma.LZMAError,
)
"""What the standard library raises on archives that are damaged, encrypted or hostile."""


def members(data: bytes, shown: str) -> list[tuple[str, bytes]]:
    """The files in an archive, by name as it is written there.

    Raises:
        InputError: no archive, or one that is damaged, hostile or too large.
    """
    try:
        return list(_members(data, shown))
    except _UNREADABLE as error:
        reason = "headers chained without end" if isinstance(error, RecursionError) else str(error)[:200]
        raise refused(shown, f"an archive that cannot be read: {reason}", "fetch it again") from None


def refused(shown: str, title: str, help: str) -> InputError:
    """An archive that is not taken."""
    return InputError([Problem(title, Location(shown, 1, 1), help)])


def _members(data: bytes, shown: str) -> Iterator[tuple[str, bytes]]:
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        yield from _from_zip(data, shown)
    else:
        yield from _from_tar(data, shown)


def _from_tar(data: bytes, shown: str) -> Iterator[tuple[str, bytes]]:
    if data[:2] == b"\x1f\x8b":
        # Decompressed beforehand and only so far: tarfile itself would read a header of any size.
        data = gzip.GzipFile(fileobj=io.BytesIO(data)).read(LARGEST_WHOLE + 1)
        if len(data) > LARGEST_WHOLE:
            raise refused(shown, "an archive of more than 100 MiB, decompressed", _SMALLER)
    _refuse_headers(shown, data)
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
        for count, member in enumerate(archive, 1):
            _refuse(shown, member.name, count, member.size, 0, member.isfile() or member.isdir())
            content = archive.extractfile(member) if member.isfile() else None
            if content is not None:
                yield member.name, content.read(LARGEST_MEMBER + 1)


def _refuse_headers(shown: str, data: bytes) -> None:
    """Refuse headers of pax that take too long to read: every block that tarfile could take for one counts.

    A block has 512 bytes, the size from byte 124 on, the kind at 156 (POSIX.1-2017, pax, ustar interchange format).
    """
    steps = 0
    for found in _PAX.finditer(data[156::512]):
        start = found.start() * 512 + 124
        steps += _size(data[start : start + 12]) ** 2
        if steps > _MOST_STEPS:
            raise refused(shown, "headers that take too long to read", "do not trust this archive")


def _size(field: bytes) -> int:
    """The size in a header; 0 where it is none."""
    if field[:1] in (b"\x80", b"\xff"):
        return int.from_bytes(field[1:], "big")
    digits = field.strip(b" \0")
    return int(digits, 8) if digits.isdigit() and not digits.strip(b"01234567") else 0


def _from_zip(data: bytes, shown: str) -> Iterator[tuple[str, bytes]]:
    total = 0
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for count, member in enumerate(archive.infolist(), 1):
            total += member.file_size
            mode = member.external_attr >> 16
            plain = stat.S_IFMT(mode) in (0, stat.S_IFREG, stat.S_IFDIR)
            _refuse(shown, member.filename, count, member.file_size, total, plain)
            if not member.is_dir():
                with archive.open(member) as content:
                    found = content.read(LARGEST_MEMBER + 1)
                if len(found) > LARGEST_MEMBER:
                    raise refused(shown, f"`{member.filename}` is larger than it says", "do not trust this archive")
                yield member.filename, found


def _refuse(shown: str, name: str, count: int, size: int, total: int, plain: bool) -> None:
    """Refuse a member that no folder of files has."""
    path = PurePosixPath(name.replace("\\", "/"))
    if count > MOST_MEMBERS:
        raise refused(shown, f"an archive of more than {MOST_MEMBERS:,} members", _SMALLER)
    if path.is_absolute() or ".." in path.parts or ":" in name.partition("/")[0]:
        raise refused(shown, f"`{name[:200]}` leads out of the archive", "do not trust this archive")
    if not plain:
        raise refused(shown, f"`{name[:200]}` is a link or a device", "do not trust this archive")
    if size > LARGEST_MEMBER or total > LARGEST_WHOLE:
        raise refused(shown, f"`{name[:200]}` makes the archive too large", _SMALLER)
