"""Where manifests come from, whatever it is.

In: nothing. Out: what every source can be asked.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import Protocol

from ....errors import InputError, Problem
from ....source import Location
from ..model import FoundDrift, GatheredRepository
from ..run.document import ReportedSource, SourceKind
from .tasks import Piece


class Source(Protocol):
    """Where manifests come from."""

    @property
    def kind(self) -> SourceKind: ...

    @property
    def shown(self) -> str: ...

    def pieces(self) -> Iterator[Piece]:
        """What it has, in order; it is read from the start each time.

        Raises:
            InputError: it can no longer be read, or is of another form.
        """

    def report(self) -> ReportedSource:
        """What was read, once that is all of it."""

    @property
    def share_read(self) -> float | None:
        """How much of it has been read, from 0 to 1; None where nobody knows."""

    @property
    def manifests(self) -> int:
        """How many it has, once all of it is read."""

    def repositories(self) -> Iterable[GatheredRepository]:
        """Those that it knows, in order."""

    def drift(self) -> Iterable[FoundDrift]:
        """Where the code of repositories differs from what they declare."""

    def looked(self) -> Iterable[tuple[str, str]]:
        """Of each repository whose code was looked into the day, and what tells by what it was judged."""

    def close(self) -> None:
        """Let go of it."""


class SourceOfRows:
    """A file of rows: nobody knows the repositories that they come from."""

    def repositories(self) -> Iterable[GatheredRepository]:
        """None."""
        return ()

    def drift(self) -> Iterable[FoundDrift]:
        """None."""
        return ()

    def looked(self) -> Iterable[tuple[str, str]]:
        """None."""
        return ()

    def close(self) -> None:
        """It is open only while it is read."""


def refuse_changed(before: os.stat_result, after: os.stat_result, shown: str) -> None:
    """Refuse a file that somebody has written to, or put in the place of another one, while it was read: nobody knows
    which rows were judged.

    Raises:
        InputError: it is so.
    """
    if _state(before) != _state(after):
        help = "give the same command again when nobody writes to it"
        raise InputError([Problem("changed while it was read", Location(shown, 1, 1), help)])


def _state(one: os.stat_result) -> tuple[int, int, int]:
    return one.st_ino, one.st_size, one.st_mtime_ns
