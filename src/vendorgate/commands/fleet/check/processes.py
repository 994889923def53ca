"""Processes of this machine, each with a pipe of its own: one that is killed costs time, and no result.

In: tasks. Out: the numbers of those that are filed away. What a process had not filed away when it ended is done by
another one; a task that has ended three of them ends the run.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import wait
from typing import Final

from ....child_processes import nothing_of_this_folder
from ....errors import Problem, UsageError
from .serving import serve
from .tasks import Task, packed
from .telling import Told, told_from
from .working import Assignment, encode

DEATHS: Final = 3
"""Processes that one task may end."""
_AHEAD: Final = 2
"""Tasks that a process has at once: the one that it does, and the next."""
_PATIENCE: Final = 5.0
"""Seconds in which a process without work ends."""


class _Worker:
    """A process with its pipe, and the tasks that it has, in the order in which it does them."""

    def __init__(self, assigned: bytes) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, others = context.Pipe()
        self.process = context.Process(target=serve, args=(others,), name="vendorgate fleet", daemon=True)
        with _uninterrupted(), nothing_of_this_folder():
            self.process.start()
        others.close()
        self.tasks: deque[Task] = deque()
        with suppress(OSError):  # one that is killed while it starts has ended, which is found soon after
            self.pipe.send_bytes(assigned)

    def give(self, task: Task) -> None:
        """Hand over a task; where the process has ended meanwhile, that is found soon after."""
        self.tasks.append(task)
        with suppress(OSError):
            self.pipe.send_bytes(packed(task))

    def told(self) -> Told | None:
        """What it says; None where it has ended."""
        try:
            return told_from(self.pipe.recv_bytes())
        except (EOFError, OSError):
            return None

    def end(self) -> None:
        """Have it end by itself, which it does when it has no more to read."""
        self.pipe.close()
        self.process.join(_PATIENCE)
        self.kill()

    def kill(self) -> None:
        """End it."""
        self.process.kill()
        self.process.join()
        self.process.close()
        self.pipe.close()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Have a process that is started meanwhile never see an interruption at the terminal: whoever asked for its work
    decides what becomes of it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class Processes:
    """As many processes as somebody asks for."""

    def __init__(self, assigned: Assignment, jobs: int) -> None:
        self._assigned = encode(assigned)
        self._jobs = jobs
        self._workers: list[_Worker] = []
        self._again: deque[Task] = deque()
        self._deaths: dict[int, int] = {}

    def numbers(self, tasks: Iterable[Task]) -> Iterator[int]:
        """Do the tasks."""
        waiting = iter(tasks)
        try:
            while self._fill(waiting):
                ready = wait([one.pipe for one in self._workers])
                for worker in [one for one in self._workers if one.pipe in ready]:
                    yield from self._hear(worker)
            while self._workers:
                self._workers.pop().end()
        finally:
            for one in self._workers:
                one.kill()

    def _fill(self, waiting: Iterator[Task]) -> bool:
        """Hand tasks over to whoever has too few; whether anybody has any."""
        for ahead in range(_AHEAD):
            for place in range(self._jobs):
                if place < len(self._workers) and len(self._workers[place].tasks) > ahead:
                    continue
                task = self._again.popleft() if self._again else next(waiting, None)
                if task is None:
                    break
                if place >= len(self._workers):
                    self._workers.append(_Worker(self._assigned))
                self._workers[place].give(task)
        return any(one.tasks for one in self._workers)

    def _hear(self, worker: _Worker) -> Iterator[int]:
        told = worker.told()
        if told is None:
            self._bury(worker)
        elif not told.is_finished:
            told.raise_it()
        else:
            worker.tasks.popleft()
            yield told.number

    def _bury(self, worker: _Worker) -> None:
        """Have others do what a process had when it ended, and give up on a task that ends whoever does it."""
        self._workers.remove(worker)
        worker.process.join(_PATIENCE)
        code = worker.process.exitcode
        worker.kill()
        if not worker.tasks:
            return
        guilty = worker.tasks[0]
        self._deaths[guilty.number] = self._deaths.get(guilty.number, 0) + 1
        if self._deaths[guilty.number] >= DEATHS:
            raise UsageError([_deadly(guilty, code)])
        self._again.extend(worker.tasks)


def _deadly(task: Task, code: int | None) -> Problem:
    first, last = task.places
    title = f"batch {task.number} ended {DEATHS} processes that judged it, the last one {_how(code)}: {first} to {last}"
    return Problem(title, None, "look at these rows, or make batches smaller: --batch 100; what is finished is kept")


def _how(code: int | None) -> str:
    """How a process ended."""
    if code is None or code >= 0:
        return f"with exit code {code}"
    with suppress(ValueError):
        return f"by {signal.Signals(-code).name}"
    return f"by signal {-code}"
