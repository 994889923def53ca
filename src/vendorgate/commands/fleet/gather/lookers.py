"""Processes that look into code, while threads wait for git.

In: repositories, one at a time, from any thread. Out: what each uses. A process that ends takes no other one along.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Final

from ....detection.catalogue.catalogue import Catalogue
from ....detection.model import Detection
from ....errors import InputError, Problem
from .code import look

PATIENCE: Final = 600.0
"""Seconds for the code of one repository, and for those before it to make room."""
_TRIES: Final = 3
"""A process that ends takes those along that wait for others; each is tried again."""
_WITHOUT: Final = "gather it without its code"
_WAY: Final = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
"""How processes begin: never as a copy of one that has threads."""


class Lookers:
    """As many processes as there are cores."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._lock = threading.Lock()
        self._pool = self._begun()

    def _begun(self) -> ProcessPoolExecutor:
        context = multiprocessing.get_context(_WAY)
        jobs = os.cpu_count() or 1
        return ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin, initargs=(self._catalogue,))

    def look(self, place: str, shown: str, work: str, commit: str) -> Detection:
        """What the code of a commit uses.

        Raises:
            InputError: it cannot be read, takes too long, or ends the process that reads it.
        """
        for _ in range(_TRIES):
            pool = self._pool
            try:
                return _found(pool.submit(_look, place, shown, work, commit).result(PATIENCE))
            except BrokenProcessPool:
                self._begin_again(pool)
            except FutureTimeout:
                title = f"its code not looked into within {PATIENCE:.0f} seconds"
                raise InputError([Problem(title, help=_WITHOUT)]) from None
        raise InputError([Problem("what looked into its code was ended each time", help=_WITHOUT)])

    def _begin_again(self, broken: ProcessPoolExecutor) -> None:
        with self._lock:
            if self._pool is broken:
                broken.shutdown(wait=False, cancel_futures=True)
                self._pool = self._begun()

    def close(self) -> None:
        """End them."""
        self._pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def lookers(catalogue: Catalogue) -> Iterator[Lookers]:
    """Processes that look into code, until the block ends."""
    found = Lookers(catalogue)
    try:
        yield found
    finally:
        found.close()


_CATALOGUES: Final[list[Catalogue]] = []
"""The one of this process, which came with it."""


def _begin(catalogue: Catalogue) -> None:
    _CATALOGUES[:] = [catalogue]


def _look(place: str, shown: str, work: str, commit: str) -> Detection | tuple[Problem, ...]:
    """What the code uses, or what is wrong: an error of ours does not travel between processes."""
    try:
        return look(place, shown, work, commit, _CATALOGUES[0])
    except InputError as error:
        return error.problems


def _found(found: Detection | tuple[Problem, ...]) -> Detection:
    if isinstance(found, tuple):
        raise InputError(found)
    return found
