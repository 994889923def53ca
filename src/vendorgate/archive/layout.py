"""The bytes of a ZIP archive that are no content: each follows from names and contents, so that none can say more.

In: entries. Out: bytes, as PKWARE's APPNOTE 6.3.10 has them (4.3.7, 4.3.12, 4.3.16); without ZIP64, extra fields,
comments and descriptors behind the content. Whoever reads an archive holds its bytes against these.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Final

import msgspec

STORED: Final = 0
DEFLATED: Final = 8
MOST_BYTES: Final = 2**32 - 2
"""Of an archive, and of a member; more would need ZIP64."""
MOST_MEMBERS: Final = 50_000
LOCAL: Final = b"PK\x03\x04"
CENTRAL: Final = b"PK\x01\x02"
END: Final = b"PK\x05\x06"
CENTRAL_SIZE: Final = 46
END_SIZE: Final = 22
_VERSION: Final = 20
"""2.0: the first that has DEFLATE and folders."""
_UNIX: Final = 3
_FIRST_OF_1980: Final = (0, 0x21)
"""Time and day: the first that the format can say."""
_UTF_8: Final = 0x800
"""Flag: the name is in UTF-8."""
ENCRYPTED: Final = 0x1
_A_FILE: Final = 0o100644 << 16
"""A regular file that its owner may write and everybody may read."""
_OF_A_FILE: Final = struct.Struct("<5H3I2H")
_OF_DIRECTORY: Final = struct.Struct("<6H3I5H2I")
_OF_END: Final = struct.Struct("<4H2IH")


class Entry(msgspec.Struct, frozen=True):
    """A member as the archive has it."""

    name: str
    method: int
    """`STORED` or `DEFLATED`."""
    crc: int
    packed: int
    """Bytes in the archive."""
    size: int
    """Bytes of its content."""
    offset: int
    """Where its header begins."""

    @property
    def data_offset(self) -> int:
        """Where its content begins."""
        return self.offset + len(local_header(self))

    @property
    def end(self) -> int:
        """Where the next thing begins."""
        return self.data_offset + self.packed


def _shared(entry: Entry) -> tuple[int, ...]:
    name = entry.name.encode("utf-8")
    flags = 0 if entry.name.isascii() else _UTF_8
    return flags, entry.method, *_FIRST_OF_1980, entry.crc, entry.packed, entry.size, len(name)


def local_header(entry: Entry) -> bytes:
    """What stands before the content."""
    return LOCAL + _OF_A_FILE.pack(_VERSION, *_shared(entry), 0) + entry.name.encode("utf-8")


def central_header(entry: Entry) -> bytes:
    """What stands in the directory at the end of the archive."""
    made_by = (_UNIX << 8) | _VERSION
    fixed = _OF_DIRECTORY.pack(made_by, _VERSION, *_shared(entry), 0, 0, 0, 0, _A_FILE, entry.offset)
    return CENTRAL + fixed + entry.name.encode("utf-8")


def end_of(entries: Sequence[Entry], offset: int, size: int) -> bytes:
    """What an archive ends with, whose directory begins at an offset and has so many bytes."""
    return END + _OF_END.pack(0, 0, len(entries), len(entries), size, offset, 0)


class Listed(msgspec.Struct, frozen=True):
    """An entry of a directory as it is read, before anybody believes it."""

    entry: Entry
    raw_name: bytes
    flags: int
    mode: int
    """Kind of file and permissions."""
    whole: int
    """Bytes of the entry in the directory, with whatever stands behind its name."""


def listed(directory: bytes, place: int) -> Listed | None:
    """The entry at a place of a directory; None where there is none, or only a part of one."""
    fixed = directory[place + 4 : place + CENTRAL_SIZE]
    if directory[place : place + 4] != CENTRAL or len(fixed) < _OF_DIRECTORY.size:
        return None
    _, _, flags, method, _, _, crc, packed, size, name, extra, comment, _, _, attributes, offset = _OF_DIRECTORY.unpack(
        fixed
    )
    raw = directory[place + CENTRAL_SIZE : place + CENTRAL_SIZE + name]
    if len(raw) < name:
        return None
    entry = Entry(raw.decode("utf-8", "replace"), method, crc, packed, size, offset)
    return Listed(entry, raw, flags, attributes >> 16, CENTRAL_SIZE + name + extra + comment)


def read_end(data: bytes) -> tuple[int, int, int] | None:
    """Entries, size and offset of the directory, out of the last bytes of an archive; None where they are no end."""
    if len(data) != END_SIZE or data[:4] != END:
        return None
    _, _, _, count, size, offset, comment = _OF_END.unpack(data[4:])
    return None if comment else (count, size, offset)
