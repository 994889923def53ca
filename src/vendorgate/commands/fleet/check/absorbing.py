"""Finished batches into the database, each in its turn, in whatever order they end.

In: numbers of batches that are filed away. Out: rows of the database; what waivers did for all of them; files of rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from ..judging.waiving import joined
from ..model import MetWaiver
from ..run.writing import RunWriter
from .kept import RowsFile, is_kept, kept
from .progress import Progress
from .tasks import Task, packed, seal_of


class Absorbing:
    """Takes batches in."""

    def __init__(self, writer: RunWriter, work: Path, progress: Progress) -> None:
        self._writer = writer
        self._work = work
        self._progress = progress
        self._ended: set[int] = set()
        self._next = 0
        self._handed_out = 0
        self.manifests = 0
        """Of the batches that are in."""
        self.waivers: dict[int, MetWaiver] = {}
        """What each waiver of the bundle did, by its place."""
        self.rows: list[RowsFile] = []
        self.damaged: set[int] = set()
        """Batches whose files could not be read back."""

    def unfinished(self, tasks: Iterable[Task], key: str | None) -> Iterator[Task]:
        """The tasks that nobody has done yet; with a key some may be kept, and are taken in at once."""
        for one in tasks:
            self._handed_out += 1
            if key is not None and is_kept(self._work, one.number, seal_of(key, packed(one))):
                self.take(one.number)
            else:
                yield one

    def take(self, number: int) -> None:
        """Take in a batch that has ended, and those that waited for it."""
        self._ended.add(number)
        while self._next in self._ended:
            self._ended.discard(self._next)
            self._take_next()
            self._next += 1

    def _take_next(self) -> None:
        found = kept(self._work, self._next)
        if found is None:
            self.damaged.add(self._next)
            return
        self._writer.take(found.judged)
        self.manifests += len(found.judged.manifests)
        self._progress.tell(self.manifests)
        for one in found.judged.waivers:
            before = self.waivers.get(one.index)
            self.waivers[one.index] = one if before is None else joined(before, one)
        if found.rows is not None:
            self.rows.append(found.rows)

    @property
    def to_be_judged_again(self) -> frozenset[int]:
        """Batches whose files are damaged, or have a case that nobody handed over; none where all is in."""
        assert self._next == self._handed_out
        return self._writer.missing | self.damaged
