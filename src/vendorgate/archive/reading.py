"""An evidence pack read without trust: every byte of it is one that its own digests vouch for, or a fault with a name.

In: a path. Out: an `EvidencePack` and what is wrong with its members; what is no pack at all is refused. Whether what
the pack says is true is for others to find out: whoever changes a member can change its digests, too.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, Final, Literal

import msgspec

from ..errors import InputError, reason_of
from ..load.files import opened, sha256, shown_path
from ..report.document import written
from .directory import Directory, read_directory, refused
from .document import ABOUT_ALL, FORMAT, MANIFEST, SUMS, EvidenceManifest, Member, sums
from .layout import STORED, Entry

LARGEST: Final = 2048
"""MiB of all contents together that are read where nobody says more."""
_LARGEST_MANIFEST: Final = 64 * 1024 * 1024
"""Bytes; 50,000 members take a third of it."""
_STEP: Final = 1024 * 1024
_LONGEST: Final = 200
_SUFFIX: Final = ".zip"
_WANTED: Final = "give an archive that `vendorgate evidence pack` wrote"
FaultKind = Literal["changed", "missing", "added", "header", "order", "differs", "unmade", "lacking", "foreign"]


class MemberFault(msgspec.Struct, frozen=True):
    """What is wrong with a member.

    `changed`: its content is not the one that the pack lists. `missing`: it is listed and not there. `added`: it is
    there and not listed. `header`: what the archive says of it is not what vendorgate writes. `order`: it stands at
    another place. Of members whose digests hold: `differs`: it is not what follows from the inputs. `unmade`: nothing
    that follows from them has its name. `lacking`: it follows from them, and the pack has none.
    `foreign`: it is said to have come with vendorgate, and this version came without it.
    """

    path: str
    kind: FaultKind


class EvidencePack:
    """An open pack, whose contents are read when somebody asks."""

    def __init__(self, file: BinaryIO, shown: str, manifest: EvidenceManifest, entries: tuple[Entry, ...]) -> None:
        self._file = file
        self.shown = shown
        """Its path, as it was named."""
        self.sha256 = _of_file(file)
        """Of the whole archive."""
        self.manifest = manifest
        self._entries = {one.name: one for one in entries}
        self._listed = {one.path: one for one in manifest.members}

    def content(self, path: str) -> bytes:
        """The content of a member.

        Raises:
            InputError: it is not what the pack lists.
        """
        entry, listed = self._entries.get(path), self._listed.get(path)
        data = b"" if entry is None else b"".join(_content(self._file, entry))
        if listed is None or sha256(data) != listed.sha256:
            raise refused(self.shown, f"`{path[:_LONGEST]}` is not what the pack lists", "copy the pack again")
        return data

    def size(self, path: str) -> int:
        """How many bytes a member has, as the pack lists it; 0 where it lists none."""
        return self._listed[path].size if path in self._listed else 0

    def has(self, path: str) -> bool:
        """Whether there is such a member."""
        return path in self._entries and path in self._listed


@contextmanager
def opened_pack(path: str, largest: int = LARGEST) -> Iterator[tuple[EvidencePack, tuple[MemberFault, ...]]]:
    """A pack, and everything that is wrong with its members; of its contents so many MiB are read.

    Raises:
        InputError: it cannot be read, is none, or would be dangerous to unpack.
    """
    shown = shown_path(path)
    with _file(path, shown) as file:
        directory = read_directory(file, shown, largest * 1024 * 1024)
        manifest, data = _manifest(file, directory, shown)
        pack = EvidencePack(file, shown, manifest, directory.entries)
        yield pack, tuple(_faults(file, directory, manifest, sha256(data)))


@contextmanager
def _file(path: str, shown: str) -> Iterator[BinaryIO]:
    try:
        file = opened(path)
    except FileNotFoundError:
        raise refused(shown, "no such file", "check the path") from None
    except (OSError, ValueError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else "no name of a file"
        raise refused(shown, f"cannot be read: {reason}", _WANTED) from None
    with file:
        yield file


def _of_file(file: BinaryIO) -> str:
    found = hashlib.sha256()
    file.seek(0)
    while part := file.read(_STEP):
        found.update(part)
    return found.hexdigest()


def is_archive(path: str) -> bool:
    """Whether a file is meant as an archive: by its name, or as it begins."""
    if path.lower().endswith(_SUFFIX):
        return True
    try:
        with opened(path) as file:
            return file.read(2) == b"PK"
    except (OSError, ValueError):
        return False


def _manifest(file: BinaryIO, directory: Directory, shown: str) -> tuple[EvidenceManifest, bytes]:
    entry = next((one for one in directory.entries if one.name == MANIFEST), None)
    if entry is None:
        raise refused(shown, f"an archive without {MANIFEST}: no evidence pack", _WANTED)
    if entry.method != STORED or entry.size != entry.packed or entry.size > _LARGEST_MANIFEST:
        raise refused(shown, f"{MANIFEST} is compressed, or too large", _WANTED)
    data = b"".join(_content(file, entry))
    try:
        manifest = msgspec.convert(json.loads(data), EvidenceManifest)
    except (ValueError, RecursionError) as error:  # of msgspec, too
        raise refused(shown, f"{MANIFEST} is no {FORMAT}: {str(error)[:_LONGEST]}", _WANTED) from None
    if written(manifest).encode("ascii") != data:
        raise refused(shown, f"{MANIFEST} is not as vendorgate writes it", "ask for the pack as it was made")
    return manifest, data


def _faults(
    file: BinaryIO, directory: Directory, manifest: EvidenceManifest, manifest_sha256: str
) -> Iterator[MemberFault]:
    entries = {one.name: one for one in directory.entries}
    listed = {one.path: one for one in manifest.members}
    for path in sorted({*listed, *ABOUT_ALL, *entries}):
        entry, member = entries.get(path), listed.get(path)
        if entry is None:
            yield MemberFault(path, "missing")
        elif member is None and path not in ABOUT_ALL:
            yield MemberFault(path, "added")
        elif member is not None and not _holds(file, entry, member):
            yield MemberFault(path, "changed")
        elif path in directory.altered or (path in ABOUT_ALL and entry.method != STORED):
            yield MemberFault(path, "header")
    if SUMS in entries:
        expected = sums(manifest.members, manifest_sha256).encode("utf-8", "surrogatepass")
        yield from _of_sums(file, entries[SUMS], expected)
    if MANIFEST in entries and zlib.crc32(b"".join(_content(file, entries[MANIFEST]))) != entries[MANIFEST].crc:
        yield MemberFault(MANIFEST, "header")
    yield from _order(directory)


def _of_sums(file: BinaryIO, entry: Entry, expected: bytes) -> Iterator[MemberFault]:
    if entry.size != len(expected) or b"".join(_content(file, entry)) != expected:
        yield MemberFault(SUMS, "changed")
    elif zlib.crc32(expected) != entry.crc:
        yield MemberFault(SUMS, "header")


def _order(directory: Directory) -> Iterator[MemberFault]:
    """Where members stand in another order than they are written in."""
    names = [one.name for one in directory.entries]
    wanted = [*sorted(name for name in names if name not in ABOUT_ALL), *(name for name in ABOUT_ALL if name in names)]
    first = next((name for name, other in zip(names, wanted, strict=True) if name != other), None)
    if first is not None:
        yield MemberFault(first, "order")


def _holds(file: BinaryIO, entry: Entry, member: Member) -> bool:
    """Whether a member is what the pack lists: its content, and each byte that the archive has of it."""
    if (entry.size, entry.packed) != (member.size, member.packed.size) or entry.method == STORED:
        return False
    packed = hashlib.sha256()
    for part in _raw(file, entry):
        packed.update(part)
    if packed.hexdigest() != member.packed.sha256:
        return False
    whole, crc = hashlib.sha256(), 0
    try:
        for part in _content(file, entry):
            whole.update(part)
            crc = zlib.crc32(part, crc)
    except InputError:
        return False
    return whole.hexdigest() == member.sha256 and crc == entry.crc


def _raw(file: BinaryIO, entry: Entry) -> Iterator[bytes]:
    place, end = entry.data_offset, entry.end
    while place < end:
        file.seek(place)
        part = file.read(min(_STEP, end - place))
        if not part:
            return
        place += len(part)
        yield part


def _content(file: BinaryIO, entry: Entry) -> Iterator[bytes]:
    """The content, never more of it than the archive says.

    Raises:
        InputError: it is not compressed as it should be, or of another size.
    """
    if entry.method == STORED:
        yield from _raw(file, entry)
        return
    unpacking, size = zlib.decompressobj(-zlib.MAX_WBITS), 0
    try:
        for part in _raw(file, entry):
            data = part
            while data:
                found = unpacking.decompress(data, _STEP)
                size += len(found)
                if size > entry.size:
                    raise refused(entry.name, "larger than the archive says", _WANTED)
                yield found
                data = unpacking.unconsumed_tail
        found = unpacking.flush()
    except zlib.error:
        raise refused(entry.name, "not compressed as the archive says", _WANTED) from None
    size += len(found)
    yield found
    if size != entry.size or not unpacking.eof or unpacking.unused_data:
        raise refused(entry.name, "of another size than the archive says", _WANTED)
