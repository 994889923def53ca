"""Many repositories at once, into one store.

In: what is meant, a store. Out: what it came to. Each repository is kept as soon as it was read, by the one thread that
writes; the others wait for git.
"""

from __future__ import annotations

import datetime
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack
from pathlib import Path
from threading import Event
from typing import Final

import msgspec

from ....detection.model import Detection
from ....errors import Problem, UsageError, reason_of
from ....frame.locking import locked_bundle
from ....git.bounded import no_git
from ....load.places import is_repository
from ....source import Location
from ..store.schema import sealed
from ..store.writing import Gathered, StoreWriter, writing_store
from .code import Looking
from .lookers import lookers
from .model import Failed, Outcome, RepositoryTold, State, Summary, Unchanged, Wanted
from .one import Known, Look, gathered, is_work

Tell = Callable[[Wanted, Outcome], None]
"""Is told what came of each repository, in whatever order that becomes known."""
_AHEAD: Final = 2
"""Repositories for each job that are read or wait to be kept: what is read must fit into memory."""


def gather(
    wanted: Sequence[Wanted],
    folder: str,
    day: datetime.date,
    jobs: int,
    tell: Tell,
    looking: Looking | None = None,
) -> Summary:
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
        title = f"no folder for a store can be made: {reason_of(error)}"
        help = "name a folder that you may write to"
        raise UsageError([Problem(title, Location(Path(folder).as_posix(), 1, 1), help)]) from None
    with locked_bundle(Path(folder)), writing_store(folder, day.isoformat()) as store, ExitStack() as stack:
        _clear(folder)
        store.begin([one.asked for one in wanted])
        look = None if looking is None else stack.enter_context(lookers(looking.catalogue)).look
        keeping = _Keeping(wanted, store, looking)
        for one, outcome in _outcomes(wanted, keeping.known, folder, jobs, look):
            keeping.keep(one, outcome)
            tell(one, outcome)
        store.finish()
    return keeping.summary(folder, day)


def _clear(folder: str) -> None:
    """Take away what a gather left behind that was killed."""
    for name in os.listdir(folder):
        if is_work(name):
            shutil.rmtree(os.path.join(folder, name), ignore_errors=True)


def _outcomes(
    wanted: Sequence[Wanted], known: Callable[[str], Known | None], folder: str, jobs: int, look: Look | None
) -> Iterator[tuple[Wanted, Outcome]]:
    """What came of each, as soon as it is known; at most a few are read ahead."""
    stopped, left = Event(), iter(wanted)
    running: dict[Future[Outcome], Wanted] = {}
    pool = ThreadPoolExecutor(jobs, thread_name_prefix="gather")
    try:
        while True:
            while len(running) < jobs * _AHEAD and (one := next(left, None)) is not None:
                future = pool.submit(gathered, one, known(one.name), folder, stopped.is_set, look)
                running[future] = one
            if not running:
                return
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                yield running.pop(future), future.result()
    finally:
        stopped.set()
        pool.shutdown(cancel_futures=True)


class _Keeping:
    """Keeps what came of repositories, and counts it."""

    def __init__(self, wanted: Sequence[Wanted], store: StoreWriter, looking: Looking | None) -> None:
        self._wanted = wanted
        self._store = store
        self._looking = looking
        self._removed = tuple(sorted(store.known.keys() - {one.name for one in wanted}))
        self._told: list[RepositoryTold] = []

    def known(self, name: str) -> Known | None:
        """What the store has of a repository."""
        row = self._store.known.get(name)
        return (
            None if row is None else Known(row, self._looking is None or self._detected(name, row.commit) is not None)
        )

    def _detected(self, name: str, commit: str | None) -> Detection | None:
        """What the code of that commit uses, if anybody looked by what judges now."""
        if self._looking is None:
            return None
        found = self._store.detection(name, _key(self._looking, commit))
        return None if found is None else msgspec.msgpack.decode(found, type=Detection)

    def keep(self, wanted: Wanted, outcome: Outcome) -> None:
        """Put what came of a repository into the store."""
        if isinstance(outcome, Failed):
            self._store.failed(wanted.asked, outcome.problem, outcome.help)
            self._told.append(RepositoryTold(wanted.name, wanted.shown, "error", None, None, 0, 0, outcome))
        elif isinstance(outcome, Unchanged):
            self._told.append(self._keep_unchanged(wanted, outcome.manifests))
        else:
            self._told.append(self._put("changed", outcome.gathered, outcome.detection))

    def _keep_unchanged(self, wanted: Wanted, manifests: int) -> RepositoryTold:
        """What is known of a commit stays; where its code is judged by something else, or on another day, anew."""
        row, now = self._store.known[wanted.name], "" if self._looking is None else self._looking.coded
        if row.coded == now:
            self._store.unchanged(wanted.asked)
            drift = self._store.differences(wanted.name)
            named = wanted.name, wanted.shown
            return RepositoryTold(*named, "unchanged", row.commit, row.found, manifests, drift, None)
        found = Gathered(wanted.name, wanted.shown, row.commit, self._store.manifests(wanted.name))
        return self._put("unchanged", found, self._detected(wanted.name, row.commit))

    def _put(self, state: State, found: Gathered, detection: Detection | None) -> RepositoryTold:
        """Keep a repository, its code judged where somebody looked into it."""
        if self._looking is not None and detection is not None:
            found = msgspec.structs.replace(
                found,
                drift=self._looking.drift(found.name, found.manifests, detection),
                coded=self._looking.coded,
                detection=msgspec.msgpack.encode(detection),
                detection_key=_key(self._looking, found.commit),
            )
        digest = self._store.keep(found)
        named, numbers = (found.name, found.origin), (len(found.manifests), len(found.drift))
        return RepositoryTold(*named, state, found.commit, digest, *numbers, None)

    def summary(self, folder: str, day: datetime.date) -> Summary:
        """What all of it comes to."""
        told = tuple(sorted(self._told, key=lambda one: one.name))
        unnamed = tuple(one.name for one in self._wanted if not is_repository(one.name))
        return Summary(folder, day, self._looking is not None, told, unnamed, self._removed)


def _key(looking: Looking, commit: str | None) -> str:
    return sealed((looking.key, commit))
