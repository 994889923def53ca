"""A store as a source: what a gather has read of many repositories.

In: a folder. Out: pieces of its rows, its repositories, and how their code differs from what they declare.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import Final

import msgspec

from ..model import FoundDrift, GatheredRepository
from ..run.document import ReportedSource, SourceKind
from ..store.reading import Store, open_store
from .tasks import Piece, Rows

_ROWS: Final = 64
"""Of a piece."""


class Stored:
    """A store, as it stands when it is first asked for something."""

    kind: SourceKind = "store"

    def __init__(self, folder: Path, shown: str) -> None:
        self._folder = folder
        self.shown = shown
        self._open = ExitStack()
        self._store: Store | None = None
        self._digest = hashlib.sha256()
        self._differences, self._differing = hashlib.sha256(), 0
        self.manifests = 0
        self._whole: int | None = None

    @property
    def store(self) -> Store:
        """The store.

        Raises:
            InputError, UsageError: it cannot be read.
        """
        if self._store is None:
            self._store = self._open.enter_context(open_store(self._folder))
        return self._store

    def close(self) -> None:
        """Let go of it."""
        self._open.close()
        self._store = None

    @property
    def share_read(self) -> float | None:
        """How much of it has been read."""
        if self._whole is None:
            self._whole = sum(one.manifests for one in self.store.repositories())
        return self.manifests / self._whole if self._whole else 1.0

    def pieces(self) -> Iterator[Piece]:
        """Its rows, some at once."""
        self._digest, self.manifests = hashlib.sha256(), 0
        rows = iter(self.store.rows())
        while some := tuple(islice(rows, _ROWS)):
            for one in some:
                self._digest.update(f"{one.sha256}  {one.path}\n".encode("utf-8", "surrogatepass"))
            self.manifests += len(some)
            yield Rows(some)

    def report(self) -> ReportedSource:
        """What was read: the digest of what `sha256sum` prints for its manifests, and of differences, if it has any."""
        found = self._digest.copy()
        if self._differing:
            found.update(self._differences.digest())
        return ReportedSource(self.shown, self.kind, self.manifests, found.hexdigest())

    def repositories(self) -> Iterator[GatheredRepository]:
        """Every repository that was asked for."""
        return self.store.repositories()

    def drift(self) -> Iterator[FoundDrift]:
        """Where code and manifests differ."""
        self._differences, self._differing = hashlib.sha256(), 0
        for one in self.store.drift():
            self._differences.update(msgspec.json.encode(one))
            self._differing += 1
            yield one

    def looked(self) -> Iterator[tuple[str, str]]:
        """Of each repository whose code was looked into the day, and what tells by what it was judged."""
        return self.store.looked()
