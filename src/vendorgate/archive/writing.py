"""An evidence pack written member by member: the same members give the same bytes.

In: members with their contents, one after the other. Out: a ZIP archive in a file that can be sought in; of no member
more is kept than is being written. Two versions of zlib may compress otherwise, and only then do two packs of the same
members differ; whoever reads one asks zlib for nothing but the content.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final

from ..errors import Problem, UsageError
from ..load.files import sha256
from ..logic.wording import count
from ..report.document import written
from .document import ABOUT_ALL, MANIFEST, SUMS, EvidenceManifest, Member, MemberKind, PackedBytes, sums
from .layout import DEFLATED, MOST_BYTES, MOST_MEMBERS, STORED, Entry, central_header, end_of, local_header

LEVEL: Final = 6
"""Of DEFLATE; named, so that no other default ever counts."""
MEBIBYTE: Final = 1024 * 1024
_STEP: Final = 256 * 1024
_LARGEST: Final = 3
"""Members that are named where all of them are too much."""
_LARGE: Final = 10
"""How many times smaller than the largest a member may be that is named with it."""


class _Tally:
    """How many bytes went by, and their digests."""

    def __init__(self) -> None:
        self.size = self.crc = 0
        self._sha256 = hashlib.sha256()

    def counted(self, parts: Iterable[bytes]) -> Iterator[bytes]:
        """The parts as they are."""
        for part in parts:
            self.size += len(part)
            self.crc = zlib.crc32(part, self.crc)
            self._sha256.update(part)
            yield part

    @property
    def sha256(self) -> str:
        return self._sha256.hexdigest()


class PackWriter:
    """Writes members in the order of their names, then what is about all of them."""

    def __init__(self, file: BinaryIO, largest: int) -> None:
        self._file = file
        self._largest = min(largest, MOST_BYTES)
        """Bytes of all contents together."""
        self._total = 0
        self._entries: list[Entry] = []
        self.members: list[Member] = []
        """Those that are written."""

    def add(self, name: str, kind: MemberKind, content: Iterable[bytes]) -> None:
        """Write a member, compressed.

        Raises:
            UsageError: the pack becomes too large.
        """
        assert name not in ABOUT_ALL
        assert not self.members or self.members[-1].path < name
        entry, whole, packed = self._written(name, DEFLATED, content)
        self.members.append(Member(name, kind, whole.size, whole.sha256, PackedBytes(packed.size, packed.sha256)))
        self._total += whole.size
        self._require_small(entry)

    def finish(self, manifest: EvidenceManifest) -> None:
        """Write what is about all members, and the end."""
        text = written(manifest).encode("ascii")
        self._written(MANIFEST, STORED, (text,))
        self._written(SUMS, STORED, (sums(self.members, sha256(text)).encode("utf-8"),))
        offset = self._file.tell()
        directory = b"".join(map(central_header, self._entries))
        self._file.write(directory + end_of(self._entries, offset, len(directory)))

    def _written(self, name: str, method: int, content: Iterable[bytes]) -> tuple[Entry, _Tally, _Tally]:
        """A member behind those that are there; its header is put right when its sizes are known."""
        offset, whole, packed = self._file.tell(), _Tally(), _Tally()
        self._file.write(local_header(Entry(name, method, 0, 0, 0, offset)))
        parts = whole.counted(_in_steps(content))
        for data in packed.counted(parts if method == STORED else _deflated(parts)):
            self._file.write(data)
        entry, end = Entry(name, method, whole.crc, packed.size, whole.size, offset), self._file.tell()
        self._file.seek(offset)
        self._file.write(local_header(entry))
        self._file.seek(end)
        self._entries.append(entry)
        return entry, whole, packed

    def _require_small(self, last: Entry) -> None:
        if len(self.members) + len(ABOUT_ALL) > MOST_MEMBERS:
            title = f"an evidence pack of more than {MOST_MEMBERS:,} members"
            raise UsageError([Problem(title, help="pack fewer manifests at once")])
        if self._total > self._largest or last.end > MOST_BYTES:
            raise UsageError([self._too_large()])

    def _too_large(self) -> Problem:
        ordered = sorted(self.members, key=lambda one: (-one.size, one.path))[:_LARGEST]
        largest = [one for one in ordered if one.size * _LARGE >= ordered[0].size]
        words = ", ".join(f"{one.path} has {mebibytes(one.size)}" for one in largest)
        kept = count(len(self.members), "member")
        title = f"an evidence pack of more than {mebibytes(self._largest)} unpacked: of its first {kept}, {words}"
        return Problem(title, help="pack fewer manifests at once, or allow more: --max-size")


def _in_steps(content: Iterable[bytes]) -> Iterator[bytes]:
    """Parts that are not too long."""
    for part in content:
        for start in range(0, len(part), _STEP):
            yield part[start : start + _STEP]


def _deflated(parts: Iterable[bytes]) -> Iterator[bytes]:
    packing = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    for part in parts:
        yield packing.compress(part)
    yield packing.flush()


def mebibytes(size: int) -> str:
    """A size in words."""
    return f"{size / MEBIBYTE:,.1f} MiB"
