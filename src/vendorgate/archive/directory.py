"""What an archive says that it holds, read without trust: names that lead nowhere, contents that lie one by one.

In: an open file. Out: its entries, and those whose bytes are not what vendorgate writes; whatever is no such archive,
or would be dangerous to unpack, is refused by name.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from typing import BinaryIO, Final

import msgspec

from ..errors import ENOUGH, InputError, Problem
from ..source import Location
from .layout import (
    CENTRAL_SIZE,
    DEFLATED,
    ENCRYPTED,
    END,
    END_SIZE,
    MOST_BYTES,
    MOST_MEMBERS,
    STORED,
    Entry,
    Listed,
    central_header,
    end_of,
    listed,
    local_header,
    read_end,
)
from .names import LONGEST, clashes, fault_of_name
from .writing import mebibytes

LARGEST_RATIO: Final = 1_000
"""How much larger a content may be than what the archive has of it; DEFLATE reaches 1,032, text of ours some 50."""
_SMALL: Final = 16 * 1024 * 1024
"""Bytes of a content that may be as many times larger as it likes."""
_COMMENT: Final = 65_535
_TRUST: Final = "do not trust this archive: ask for it again, from whoever made it"
_AGAIN: Final = "copy it again: an archive that is whole ends with its directory"


class Directory(msgspec.Struct, frozen=True):
    """What an archive says that it holds."""

    entries: tuple[Entry, ...]
    """In the order of the archive; each begins where the one before it ends."""
    altered: tuple[str, ...]
    """Names of those whose headers are not what vendorgate writes."""


def read_directory(file: BinaryIO, shown: str, largest: int) -> Directory:
    """The directory of an archive, of which all contents together may have so many bytes.

    Raises:
        InputError: it is no archive of vendorgate's, is not whole, or would be dangerous to unpack.
    """
    size = file.seek(0, os.SEEK_END)
    if size > MOST_BYTES:
        raise refused(shown, f"a file of more than {mebibytes(MOST_BYTES)}", _TRUST)
    count, length, offset = _end(file, size, shown)
    file.seek(offset)
    data = file.read(length)
    found = list(_listed(data, count, shown))
    _refuse_dangers(found, shown, largest)
    entries = tuple(one.entry for one in found)
    _refuse_gaps(entries, offset, shown)
    if end_of(entries, offset, length) != _at(file, size - END_SIZE, END_SIZE):
        raise refused(shown, "an end of the archive that vendorgate does not write", _TRUST)
    return Directory(entries, tuple(_altered(file, found, data)))


def refused(shown: str, title: str, help: str) -> InputError:
    """An archive that is not taken."""
    return InputError([Problem(title, Location(shown, 1, 1), help)])


def _at(file: BinaryIO, offset: int, length: int) -> bytes:
    file.seek(offset)
    return file.read(length)


def _end(file: BinaryIO, size: int, shown: str) -> tuple[int, int, int]:
    """Entries, size and offset of the directory."""
    found = read_end(_at(file, max(0, size - END_SIZE), END_SIZE))
    if found is None:
        tail = _at(file, max(0, size - END_SIZE - _COMMENT), END_SIZE + _COMMENT)
        place = tail.rfind(END)
        if place < 0:
            raise refused(shown, "not a ZIP archive, or only the beginning of one", _AGAIN)
        behind = len(tail) - place - END_SIZE
        words = "an end that is cut short" if behind < 0 else f"{behind:,} bytes behind the end of the archive"
        raise refused(shown, words if behind else "an end with a comment that is not there", _TRUST)
    count, length, offset = found
    if count > MOST_MEMBERS:
        raise refused(shown, f"an archive of {count:,} members, of which {MOST_MEMBERS:,} are read", _TRUST)
    if offset + length + END_SIZE != size or length > count * (CENTRAL_SIZE + LONGEST):
        raise refused(shown, "a directory that does not lie where the archive says", _AGAIN)
    return count, length, offset


def _listed(data: bytes, count: int, shown: str) -> Iterator[Listed]:
    place = 0
    for number in range(1, count + 1):
        found = listed(data, place)
        if found is None:
            raise refused(shown, f"a directory that breaks off at member {number} of {count}", _AGAIN)
        yield found
        place += found.whole
    if place != len(data):
        raise refused(shown, "a directory with more in it than members", _TRUST)


def _refuse_dangers(found: Sequence[Listed], shown: str, largest: int) -> None:
    problems = [
        Problem(f"`{one.entry.name[:200]}` {fault}", Location(shown, 1, 1), _TRUST)
        for one in found
        if (fault := _fault(one)) is not None
    ]
    problems += [
        Problem(
            f"`{name[:200]}` stands twice, or differs from `{other[:200]}` by case alone", Location(shown, 1, 1), _TRUST
        )
        for name, other in clashes(one.entry.name for one in found)
    ]
    total = sum(one.entry.size for one in found)
    if total > largest:
        title = f"{mebibytes(total)} unpacked, of which {mebibytes(largest)} are read"
        problems.append(Problem(title, Location(shown, 1, 1), "if you trust it, allow more: --max-size"))
    if problems:
        raise InputError(problems[:ENOUGH])


def _fault(one: Listed) -> str | None:
    """Why a member is not unpacked."""
    entry = one.entry
    if (fault := fault_of_name(entry.name)) is not None:
        return fault
    if one.flags & ENCRYPTED:
        return "is encrypted"
    if stat.S_IFMT(one.mode) not in (0, stat.S_IFREG):
        return "is a link, a folder or a device"
    if entry.method not in (STORED, DEFLATED):
        return "is compressed by a method that vendorgate does not use"
    if entry.size > _SMALL and entry.size > LARGEST_RATIO * entry.packed:
        return f"says that it has {mebibytes(entry.size)} in {entry.packed:,} bytes"
    return None


def _refuse_gaps(entries: Sequence[Entry], end: int, shown: str) -> None:
    place = 0
    for one in entries:
        if one.offset != place:
            raise refused(shown, f"`{one.name[:200]}` does not begin where what is before it ends", _TRUST)
        place = one.end
    if place != end:
        raise refused(shown, "bytes between the members and their directory that belong to none", _TRUST)


def _altered(file: BinaryIO, found: Sequence[Listed], data: bytes) -> Iterator[str]:
    place = 0
    for one in found:
        here, expected = data[place : place + one.whole], local_header(one.entry)
        if here != central_header(one.entry) or _at(file, one.entry.offset, len(expected)) != expected:
            yield one.entry.name
        place += one.whole
