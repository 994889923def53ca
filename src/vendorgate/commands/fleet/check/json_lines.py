"""A file of JSON lines as a source: a row in each line.

In: a file. Out: pieces of its lines, as they stand; they are read where they are judged.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from typing import BinaryIO, Final

from ....errors import InputError
from ....load.files import JUDGED, opened, unreadable
from ..run.document import ReportedSource, SourceKind
from .source import SourceOfRows, refuse_changed
from .tasks import Lines, Piece

_LINES: Final = 64
"""Of a piece."""
_BOM: Final = b"\xef\xbb\xbf"


class JsonLines(SourceOfRows):
    """A file of JSON lines."""

    kind: SourceKind = "jsonl"

    def __init__(self, path: str, shown: str) -> None:
        self._path = path
        self.shown = shown
        self._digest = hashlib.sha256()
        self.manifests = 0
        self._read_so_far = self._size = 0

    @property
    def share_read(self) -> float | None:
        """How much of it has been read."""
        return min(1.0, self._read_so_far / self._size) if self._size else 1.0

    def pieces(self) -> Iterator[Piece]:
        """Its lines, some at once."""
        self._digest, self.manifests, self._read_so_far = hashlib.sha256(), 0, 0
        try:
            with opened(self._path) as file:
                before = os.fstat(file.fileno())
                self._size = before.st_size
                yield from self._read(file)
                refuse_changed(before, os.fstat(file.fileno()), self.shown)
        except OSError as error:
            raise InputError([unreadable(error, self.shown)]) from None

    def _read(self, file: BinaryIO) -> Iterator[Piece]:
        """A line that is too long ends up one byte longer than one may be, and says so where it is judged."""
        first, waiting, manifests = 1, list[bytes](), 0
        while line := file.readline(JUDGED.size + 2):
            self._read_so_far += len(line)
            if first == 1 and not waiting and line.startswith(_BOM):
                self._digest.update(_BOM)
                line = line.removeprefix(_BOM)
            waiting.append(line)
            manifests += not line.isspace() and line != b""
            if len(waiting) >= _LINES or len(line) > JUDGED.nodes:
                yield self._piece(first, waiting, manifests, file)
                first, waiting, manifests = first + len(waiting), [], 0
        if waiting:
            yield self._piece(first, waiting, manifests, file)

    def _skip(self, file: BinaryIO) -> None:
        while rest := file.readline(JUDGED.size):
            self._digest.update(rest)
            if rest.endswith(b"\n"):
                return

    def _piece(self, first: int, lines: list[bytes], manifests: int, file: BinaryIO) -> Lines:
        self.manifests += manifests
        data = b"".join(lines)
        self._digest.update(data)
        last = lines[-1]
        if len(last) > JUDGED.size + 1 and not last.endswith(b"\n"):
            self._skip(file)
            data = data[: JUDGED.size + 1 - len(last)] + b"\n"
        return Lines(self.shown, first, data, manifests)

    def report(self) -> ReportedSource:
        """What was read."""
        return ReportedSource(self.shown, self.kind, self.manifests, self._digest.hexdigest())
