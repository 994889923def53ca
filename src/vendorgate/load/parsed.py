"""What the YAML that comes with vendorgate says, as it was read when the package was built.

In: the bytes of a file, and what of them is asked for. Out: the values that reading them comes to, or nothing, where
the file has to be read. Nothing is known of a file that anybody has edited, nor of one with a mistake in it.
Beside them stand rows of words under keys of `held`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from functools import cache
from operator import itemgetter
from typing import Final, NamedTuple

import msgspec

from ..logic import Json
from ..version import VERSION
from .files import sha256_of

READING: Final = 1
"""Raised whenever one and the same text comes to other values: what was read before is then of no use."""
_NAME: Final = "parsed.msgpack"
_SIZE: Final = 32
"""Bytes of a SHA-256, which the file begins with."""
_LENGTH: Final = 3
"""Bytes that say how long the head is: never so long that a damaged one cannot be read."""


class Asked(NamedTuple):
    """What of a file is read."""

    leave_out: frozenset[str] = frozenset()
    level: int | None = None

    def key(self, data: bytes) -> bytes:
        """Under what the values are kept: the SHA-256 of the bytes, and what of them is read."""
        words = " ".join(sorted(self.leave_out))
        return sha256_of(data) + (f"{words} {self.level}".encode() if words else b"")


WHOLE: Final = Asked()
Rows = tuple[tuple[tuple[str, ...], ...], ...]
"""What is known beside the values of files: rows of lists of words."""


class _Head(msgspec.Struct, frozen=True, array_like=True):
    """Who read, and where in the body the values of each file are: offset, length and SHA-256."""

    version: str
    reading: int
    places: dict[bytes, tuple[int, int, bytes]]


class Parsed:
    """Values by what they were read from.

    The head is held against its SHA-256 when it is read, the values of each file when they are asked for: what is
    damaged, cut off, or was written by another version is passed over.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        start = _SIZE + _LENGTH
        before = self._read(0, start)
        self._body = start + int.from_bytes(before[_SIZE:], "big")
        self._places = _places(before[:_SIZE], before[_SIZE:] + self._read(start, self._body - start))

    def value(self, data: bytes, asked: Asked = WHOLE) -> Json:
        """What reading comes to; None where that is not known, which no document comes to."""
        if not self._places:
            return None
        raw = self._raw(asked.key(data))
        value: Json = None if raw is None else msgspec.msgpack.decode(raw)
        return value

    def rows(self, key: bytes) -> Rows | None:
        """The rows under a key; None where it is not known."""
        raw = self._raw(key)
        return None if raw is None else msgspec.msgpack.decode(raw, type=Rows)

    def _raw(self, key: bytes) -> bytes | None:
        """What is kept under a key, if it is as it was written."""
        place = self._places.get(key)
        if place is None:
            return None
        offset, length, digest = place
        raw = self._read(self._body + offset, length)
        return raw if sha256_of(raw) == digest else None

    def _read(self, offset: int, length: int) -> bytes:
        """A part of the file, of which a check needs a tenth; nothing where it cannot be read."""
        try:
            with open(self._path, "rb", buffering=0) as file:
                file.seek(offset)
                return file.read(length) or b""
        except OSError:
            return b""


def _places(digest: bytes, written: bytes) -> Mapping[bytes, tuple[int, int, bytes]]:
    if not digest or sha256_of(written) != digest:
        return {}
    try:
        head = msgspec.msgpack.decode(written[_LENGTH:], type=_Head)
    except msgspec.DecodeError:  # of another version
        return {}
    return head.places if (head.version, head.reading) == (VERSION, READING) else {}


def encoded(values: Iterable[tuple[bytes, Json | Rows]]) -> bytes:
    """The file that keeps values by their keys; those that are the same stand there once."""
    body, offsets = bytearray(), dict[bytes, int]()
    places = dict[bytes, tuple[int, int, bytes]]()
    for key, value in sorted(values, key=itemgetter(0)):
        raw = msgspec.msgpack.encode(value)
        offset = offsets.setdefault(raw, len(body))
        if offset == len(body):
            body += raw
        places[key] = (offset, len(raw), sha256_of(raw))
    head = msgspec.msgpack.encode(_Head(VERSION, READING, places))
    length = len(head).to_bytes(_LENGTH, "big")
    return sha256_of(length + head) + length + head + bytes(body)


@cache
def shipped_values() -> Parsed:
    """Of what comes with vendorgate; a checkout has none, and reads."""
    return Parsed(os.path.join(os.path.dirname(os.path.dirname(__file__)), "content", _NAME))
