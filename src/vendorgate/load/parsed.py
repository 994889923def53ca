"""What the YAML that comes with vendorgate says, as it was read when the package was built.

In: the bytes of a file, and what of them is asked for. Out: the values that reading them comes to, or nothing, where
the file has to be read. Nothing is known of a file that anybody has edited, nor of one with a mistake in it.
Beside them stand rows of words under keys of `held`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cache, cached_property
from operator import itemgetter
from typing import Final

import msgspec

from ..logic import Json
from ..version import VERSION
from .files import READ, blake2, sha256

READING: Final = 2
"""Raised whenever one and the same text comes to other values, or a rule is right no longer: what was read and held
before is then of no use."""
_NAME: Final = "parsed.msgpack"
_SIZE: Final = 32
"""Bytes of a digest; the file begins with one."""
_LENGTH: Final = 3
"""Bytes that say how long the head is: never so long that a damaged one cannot be read."""
_NUMBER: Final = 4
"""Bytes of a number in the head."""
_ROW: Final = 2 * _SIZE + 2 * _NUMBER
"""Bytes of a row in the head: the BLAKE2b of a key, then offset, length and BLAKE2b of what is kept under it."""
_FILE: Final = _SIZE + _NUMBER
"""Bytes of a file in the head: its SHA-256 and its length."""


class Asked(msgspec.Struct, frozen=True):
    """What of a file is read."""

    leave_out: frozenset[str] = frozenset()
    level: int | None = None

    def key(self, sha256: str) -> bytes:
        """Under what the values of a file are kept: its SHA-256, and what of it is read."""
        words = " ".join(sorted(self.leave_out))
        return (f"{sha256} {words} {self.level}" if words else sha256).encode()


WHOLE: Final = Asked()
Rows = tuple[tuple[tuple[str, ...], ...], ...]
"""What is known beside the values of files: rows of lists of words."""


class Parsed:
    """Values by what they were read from.

    The head says who read; then how many files are known, and of each its SHA-256 and its length; then in rows where in
    the body each value is. The body begins with the files themselves: one is known that is the same to the byte, which
    is seen in a tenth of the time that a digest takes. The head is held against its BLAKE2b when it is read, the values
    of each file when they are asked for: what is damaged, cut off, or was written by another version is passed over.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        start = _SIZE + _LENGTH
        before = self._read(0, start)
        self._body = start + int.from_bytes(before[_SIZE:], "big")
        written = before[_SIZE:] + self._read(start, self._body - start)
        self._head, self._begin, self._size = b"", 0, 0
        self._files = dict[int, list[tuple[int, bytes]]]()
        """By their lengths: where each begins in the body, and its SHA-256."""
        if before and blake2(written) == before[:_SIZE] and written.startswith(_by_whom(), _LENGTH):
            self._head = written
            files = _LENGTH + len(_by_whom()) + _NUMBER
            self._begin = files + _FILE * int.from_bytes(written[files - _NUMBER : files], "big")
            for at in range(files, self._begin, _FILE):
                length = int.from_bytes(written[at + _SIZE : at + _FILE], "big")
                self._files.setdefault(length, []).append((self._size, written[at : at + _SIZE]))
                self._size += length

    def value(self, data: bytes, asked: Asked = WHOLE) -> Json:
        """What reading comes to; None where that is not known, which no document comes to."""
        sha256 = self.sha256(data)
        return None if sha256 is None else self.under(asked.key(sha256))

    def sha256(self, data: bytes) -> str | None:
        """That of a file, in hexadecimal; None where the file is not known."""
        for begin, digest in self._files.get(len(data), ()):
            if self._copies.startswith(data, begin):
                return digest.hex()
        return None

    @cached_property
    def _copies(self) -> bytes:
        """All files, one after the other."""
        return self._read(self._body, self._size)

    def under(self, key: bytes) -> Json:
        """The values under a key; None where it is not known."""
        raw = self._raw(key)
        value: Json = None if raw is None else msgspec.msgpack.decode(raw)
        return value

    def has(self, key: bytes) -> bool:
        """Whether anything is kept under a key."""
        return bool(self._head) and bool(self._row(blake2(key)))

    def rows(self, key: bytes) -> Rows | None:
        """The rows under a key; None where it is not known."""
        raw = self._raw(key)
        return None if raw is None else msgspec.msgpack.decode(raw, type=Rows)

    def _raw(self, key: bytes) -> bytes | None:
        """What is kept under a key, if it is as it was written."""
        row = self._row(blake2(key)) if self._head else b""
        if not row:
            return None
        offset, length = (int.from_bytes(row[at : at + _NUMBER], "big") for at in (_SIZE, _SIZE + _NUMBER))
        raw = self._read(self._body + offset, length)
        return raw if blake2(raw) == row[-_SIZE:] else None

    def _row(self, key: bytes) -> bytes:
        """The row that begins with a key; nothing where there is none. They are sorted by their keys."""
        head, begin = self._head, self._begin
        low, high = 0, (len(head) - begin) // _ROW
        while low < high:
            middle = (low + high) // 2
            at = begin + middle * _ROW
            if head[at : at + _SIZE] < key:
                low = middle + 1
            else:
                high = middle
        at = begin + low * _ROW
        return head[at : at + _ROW] if head.startswith(key, at) else b""

    def _read(self, offset: int, length: int) -> bytes:
        """A part of the file, of which a check needs a tenth; nothing where it cannot be read."""
        try:
            handle = os.open(self._path, READ)
            try:
                os.lseek(handle, offset, os.SEEK_SET)
                return os.read(handle, length)
            finally:
                os.close(handle)
        except OSError:
            return b""


def _by_whom() -> bytes:
    """With what a head begins that was written by this version."""
    return f"{VERSION} {READING}\n".encode()


def encoded(values: Iterable[tuple[bytes, Json | Rows]], files: Iterable[bytes] = ()) -> bytes:
    """The file that keeps values by their keys, those that are the same once, and the files of which they are."""
    copies = sorted(set(files))
    body, offsets = bytearray().join(copies), dict[bytes, int]()
    rows = dict[bytes, bytes]()
    for key, value in sorted(values, key=itemgetter(0)):
        raw = msgspec.msgpack.encode(value)
        offset = offsets.setdefault(raw, len(body))
        if offset == len(body):
            body += raw
        numbers = b"".join(number.to_bytes(_NUMBER, "big") for number in (offset, len(raw)))
        rows[blake2(key)] = numbers + blake2(raw)
    head = _by_whom() + len(copies).to_bytes(_NUMBER, "big")
    head += b"".join(bytes.fromhex(sha256(one)) + len(one).to_bytes(_NUMBER, "big") for one in copies)
    head += b"".join(key + row for key, row in sorted(rows.items()))
    length = len(head).to_bytes(_LENGTH, "big")
    return blake2(length + head) + length + head + bytes(body)


@cache
def shipped_values() -> Parsed:
    """Of what comes with vendorgate; a checkout has none, and reads."""
    return Parsed(os.path.join(os.path.dirname(os.path.dirname(__file__)), "content", _NAME))


def sha256_of(data: bytes) -> str:
    """The SHA-256 of a file in hexadecimal, which of one that ships need not be worked out."""
    return shipped_values().sha256(data) or sha256(data)
