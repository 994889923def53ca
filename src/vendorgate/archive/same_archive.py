"""Whether two ZIP archives are the same but for how their contents are compressed.

In: an archive that nobody vouches for, one that was made here. Out: yes or no. Every byte that is no content must be
what was made here, but for sizes and places that follow from compression: nothing hides before, between or behind.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

_LOCAL_SIZE: Final = 30
_LENGTHS: Final = 26
"""Of the name and of the extra field, in a header before a content."""
_PACKED: Final = slice(18, 22)
"""Bytes of a content in the archive, in a header before it."""
_CENTRAL_SIZE: Final = 46
_CENTRAL_LENGTHS: Final = 28
"""Of the name, the extra field and the comment, in an entry of the directory."""
_CENTRAL_PACKED: Final = slice(20, 24)
_CENTRAL_OFFSET: Final = slice(42, 46)
_END_OFFSET: Final = slice(16, 20)
_NUMBER: Final = struct.Struct("<I")


class _Another(Exception):
    """It holds something else."""


def same_but_for_compression(recorded: bytes, made: bytes) -> bool:
    """Whether they hold the same, in order; no more is unpacked than what was made here has."""
    try:
        return recorded == b"".join(_again(recorded, made))
    except (_Another, zlib.error):
        return False


def _again(recorded: bytes, made: bytes) -> Iterator[bytes]:
    """What was made here, with each content compressed as it was recorded."""
    entries: list[bytes] = []
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        place, listed = 0, archive.start_dir
        for one in archive.infolist():
            header = bytearray(_header(made, one.header_offset))
            packed = _packed(recorded[place + len(header) :], archive.read(one))
            header[_PACKED] = _NUMBER.pack(len(packed))
            entry = bytearray(_entry(made, listed))
            listed += len(entry)
            entry[_CENTRAL_PACKED], entry[_CENTRAL_OFFSET] = header[_PACKED], _NUMBER.pack(place)
            entries.append(bytes(entry))
            place += len(header) + len(packed)
            yield bytes(header) + packed
    end = bytearray(made[listed:])
    end[_END_OFFSET] = _NUMBER.pack(place)
    yield b"".join((*entries, end))


def _header(data: bytes, place: int) -> bytes:
    return data[place : place + _LOCAL_SIZE + sum(struct.unpack_from("<2H", data, place + _LENGTHS))]


def _entry(data: bytes, place: int) -> bytes:
    return data[place : place + _CENTRAL_SIZE + sum(struct.unpack_from("<3H", data, place + _CENTRAL_LENGTHS))]


def _packed(data: bytes, content: bytes) -> bytes:
    """The beginning of some bytes that is a content, compressed.

    Raises:
        _Another: it is another content.
        zlib.error: it is nothing that is compressed.
    """
    unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
    if unpacking.decompress(data, len(content) + 1) != content or not unpacking.eof:
        raise _Another
    return data[: len(data) - len(unpacking.unused_data)]
