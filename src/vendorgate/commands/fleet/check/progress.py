"""How far a run is, on the error stream: a bar on a terminal, now and then a line in a log.

In: how many manifests are judged, how much of the sources is read. Out: text that people look at while they wait.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from ....logic.wording import count
from .source import Source

_IN_A_LOG: Final = 30.0
"""Seconds between two lines."""
_ON_A_TERMINAL: Final = 0.2
_WIDTH: Final = 24
_CLEAR: Final = "\r\x1b[K"


class Progress:
    """Says how far a run is, from time to time."""

    def __init__(self, sources: Sequence[Source], *, is_terminal: bool) -> None:
        self._sources = sources
        self._is_terminal = is_terminal
        self._begun = self._told = time.monotonic()

    def tell(self, manifests: int) -> None:
        """Say how many manifests are judged, unless that was said a moment ago."""
        now = time.monotonic()
        if now - self._told < (_ON_A_TERMINAL if self._is_terminal else _IN_A_LOG):
            return
        self._told = now
        words = f"{count(manifests, 'manifest')} judged, {manifests / max(now - self._begun, 0.001):.0f} a second"
        share = self._share()
        if self._is_terminal:
            bar = "" if share is None else f"[{'#' * int(share * _WIDTH):{_WIDTH}}] {share:4.0%} "
            sys.stderr.write(f"{_CLEAR}{bar}{words}")
        else:
            sys.stderr.write(f"{words}\n" if share is None else f"{share:.0%}: {words}\n")
        sys.stderr.flush()

    def clear(self) -> None:
        """Leave the line of a terminal to others."""
        if self._is_terminal and self._told > self._begun:
            sys.stderr.write(_CLEAR)
            sys.stderr.flush()

    def _share(self) -> float | None:
        """How much of all sources is read, each counted alike."""
        shares = [one.share_read for one in self._sources]
        known = [one for one in shares if one is not None]
        return sum(known) / len(known) if len(known) == len(shares) and known else None


@contextmanager
def progress_on(sources: Sequence[Source]) -> Iterator[Progress]:
    """Progress while the block runs."""
    found = Progress(sources, is_terminal=sys.stderr.isatty())
    try:
        yield found
    finally:
        found.clear()
