"""Many repositories at once, into one store.

In: what is meant, a store. Out: what it came to. Each repository is kept as soon as it was read, by the one thread that
writes; the others wait for git.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import Path
from threading import Event
from typing import Final

from ....errors import UsageError
from ....frame.locking import locked_bundle
from ....frame.writing import unwritable
from ....git.bounded import no_git
from ....load.places import is_repository
from ..store.writing import Gathered, StoreWriter, writing_store
from .model import Failed, FailedRepository, Outcome, Summary, Unchanged, Wanted
from .one import WORK, gathered

Tell = Callable[[Wanted, Outcome], None]
"""Is told what came of each repository, in whatever order that becomes known."""
_AHEAD: Final = 2
"""Repositories for each job that are read or wait to be kept: what is read must fit into memory."""


def gather(wanted: Sequence[Wanted], folder: str, day: str, jobs: int, tell: Tell) -> Summary:
    """Gather repositories into the store of a folder; one gather after the other.

    Raises:
        UsageError: git is not installed, or the store cannot be written.
        InputError: the store is damaged, or no store.
    """
    if shutil.which("git") is None:
        raise no_git()
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError as error:
        raise UsageError([unwritable(Path(folder), error)]) from None
    with locked_bundle(Path(folder)), writing_store(folder, day) as store:
        _clear(folder)
        store.begin([one.asked for one in wanted])
        counts = _Counts(wanted, store)
        for one, outcome in _outcomes(wanted, store, folder, jobs):
            _keep(store, one, outcome)
            counts.add(one, outcome)
            tell(one, outcome)
        store.finish()
    return counts.summary()


def _clear(folder: str) -> None:
    """Take away what a gather left behind that was killed."""
    for name in os.listdir(folder):
        if name.startswith(WORK):
            shutil.rmtree(os.path.join(folder, name), ignore_errors=True)


def _outcomes(wanted: Sequence[Wanted], store: StoreWriter, folder: str, jobs: int) -> Iterator[tuple[Wanted, Outcome]]:
    """What came of each, as soon as it is known; at most a few are read ahead."""
    stopped, left = Event(), iter(wanted)
    running: dict[Future[Outcome], Wanted] = {}
    pool = ThreadPoolExecutor(jobs, thread_name_prefix="gather")
    try:
        while True:
            while len(running) < jobs * _AHEAD and (one := next(left, None)) is not None:
                future = pool.submit(gathered, one, store.known.get(one.name), folder, stopped.is_set)
                running[future] = one
            if not running:
                return
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                yield running.pop(future), future.result()
    finally:
        stopped.set()
        pool.shutdown(cancel_futures=True)


def _keep(store: StoreWriter, wanted: Wanted, outcome: Outcome) -> None:
    if isinstance(outcome, Gathered):
        store.keep(outcome)
    elif isinstance(outcome, Unchanged):
        store.unchanged(wanted.asked)
    else:
        store.failed(wanted.asked, outcome.problem, outcome.help)


class _Counts:
    """Counts what came of repositories."""

    def __init__(self, wanted: Sequence[Wanted], store: StoreWriter) -> None:
        self._wanted = wanted
        self._removed = len(store.known.keys() - {one.name for one in wanted})
        self._changed = 0
        self._manifests = 0
        self._failed: list[FailedRepository] = []

    def add(self, wanted: Wanted, outcome: Outcome) -> None:
        if isinstance(outcome, Failed):
            self._failed.append(FailedRepository(wanted.name, wanted.shown, outcome.problem, outcome.help))
            return
        is_new = isinstance(outcome, Gathered)
        self._changed += is_new
        self._manifests += len(outcome.manifests) if isinstance(outcome, Gathered) else outcome.manifests

    def summary(self) -> Summary:
        failed = tuple(sorted(self._failed, key=lambda one: one.name))
        unnamed = tuple(one.name for one in self._wanted if not is_repository(one.name))
        return Summary(len(self._wanted), self._changed, self._manifests, None, failed, unnamed, self._removed)
