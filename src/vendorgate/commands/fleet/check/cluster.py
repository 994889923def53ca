"""A cluster of Dask, here or elsewhere: its workers judge, and this process files away what comes back.

In: tasks. Out: the numbers of those that are filed away. Each worker gets what judges once, also one that comes later;
it needs vendorgate, and shares no disk with anybody. It needs Dask: `pip install vendorgate[fleet]` brings it along.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

from ....child_processes import nothing_of_this_folder
from ....errors import Problem, UsageError
from .kept import keep
from .remote import AssignmentOfWorker, judge_remotely
from .tasks import Task, packed, seal_of
from .telling import Told, told_from
from .working import Assignment, encode, judged_from

if TYPE_CHECKING:
    from distributed import Client, Future

_AHEAD: Final = 2
"""Tasks of each thread of the cluster at once."""
_PATIENCE: Final = "10s"
"""For a scheduler to answer."""
_TALKATIVE: Final = ("distributed", "distributed.client", "tornado.application", "asyncio")
"""Who would print tracebacks of what is said in a line."""
_GONE: Final = "what is finished is kept: start it again, and give the same command"
MISSING: Final = "install it: pip install 'vendorgate[fleet]'"


class Cluster:
    """The workers of a scheduler; without an address as many processes of this machine as somebody asks for."""

    def __init__(self, assigned: Assignment, scheduler: str | None, jobs: int) -> None:
        self._assigned = assigned
        self._scheduler = scheduler
        self._jobs = jobs

    def numbers(self, tasks: Iterable[Task]) -> Iterator[int]:
        """Do the tasks."""
        with _client(self._scheduler, self._jobs) as client:
            shared = AssignmentOfWorker(self._assigned.judging.session, encode(self._assigned))
            try:
                self._hand_out(client, shared)
                yield from self._gather(client, iter(tasks))
                client.unregister_worker_plugin(shared.name)
            except (OSError, asyncio.TimeoutError) as error:
                if _is_of_a_disk(error):
                    raise
                raise self._gone() from None

    def _hand_out(self, client: Client, shared: AssignmentOfWorker) -> None:
        """Give every worker, also those that come later, what judges."""
        if not client.nthreads():
            sys.stderr.write("the cluster has no workers yet\n")
        try:
            client.register_plugin(shared)
        except (ImportError, AttributeError) as error:
            raise UsageError([_no_vendorgate(error)]) from None

    def _gather(self, client: Client, tasks: Iterator[Task]) -> Iterator[int]:
        from distributed import as_completed

        doing: dict[str, Task] = {}
        most = _AHEAD * max(1, sum(client.nthreads().values()))
        ended = as_completed([self._submit(client, one, doing) for one in _few(tasks, most)], loop=client.loop)
        for future in ended:
            task = doing.pop(future.key)
            yield self._filed(future, task)
            future.release()
            for one in _few(tasks, max(1, _AHEAD * sum(client.nthreads().values()) - len(doing))):
                ended.add(self._submit(client, one, doing))

    def _submit(self, client: Client, task: Task, doing: dict[str, Task]) -> Future:
        session = self._assigned.judging.session
        future = client.submit(
            judge_remotely, session, packed(task), key=f"vendorgate-{session}-{task.number}", pure=False
        )
        doing[future.key] = task
        return future

    def _filed(self, future: Future, task: Task) -> int:
        """File away what came back."""
        data, told = self._result(future, task)
        if told:
            _raise(told_from(told))
        judged = judged_from(data)
        keep(Path(self._assigned.work), seal_of(self._assigned.key, packed(task)), judged, self._assigned.rows)
        return task.number

    def _result(self, future: Future, task: Task) -> tuple[bytes, bytes]:
        from concurrent.futures import CancelledError

        from distributed.scheduler import KilledWorker

        try:
            data, told = future.result()
        except KilledWorker:
            raise UsageError([_deadly(task)]) from None
        except CancelledError:
            raise self._gone() from None
        except (ImportError, AttributeError) as error:
            raise UsageError([_no_vendorgate(error)]) from None
        return bytes(data), bytes(told)

    def _gone(self) -> UsageError:
        return UsageError([Problem(f"the scheduler{_at(self._scheduler)} went away", None, _GONE)])


def _raise(told: Told) -> NoReturn:
    """Raise what kept a worker from its work."""
    if told.unwritable is not None:
        title = f"a worker of the cluster cannot write: {told.unwritable[1].lower()}"
        raise UsageError(
            [Problem(title, None, "make room in its folder for temporary files; what is finished is kept")]
        )
    told.raise_it()


def _is_of_a_disk(error: Exception) -> bool:
    """Whether the system says it of a file: what Dask says of a connection has no number, or is of one."""
    of_a_connection = isinstance(error, (ConnectionError, TimeoutError))
    return isinstance(error, OSError) and error.errno is not None and not of_a_connection


def _few(tasks: Iterator[Task], most: int) -> Iterator[Task]:
    for _ in range(most):
        task = next(tasks, None)
        if task is None:
            return
        yield task


def _at(scheduler: str | None) -> str:
    return "" if scheduler is None else f" at {scheduler}"


def _deadly(task: Task) -> Problem:
    first, last = task.places
    title = f"batch {task.number} ended every worker that judged it: {first} to {last}"
    return Problem(title, None, "look at these rows, or make batches smaller: --batch 100; what is finished is kept")


def _no_vendorgate(error: Exception) -> Problem:
    title = f"a worker of the cluster has no vendorgate of this kind: {' '.join(str(error).split())[:200]}"
    return Problem(title, None, "install the same version of vendorgate wherever a worker runs")


@contextmanager
def _client(scheduler: str | None, jobs: int) -> Iterator[Client]:
    """A connection to a scheduler; without an address to one that lives as long as the block.

    Raises:
        UsageError: Dask is not installed, or nobody answers.
    """
    try:
        import distributed
    except ImportError:
        raise UsageError([Problem("--executor dask needs Dask", None, MISSING)]) from None
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    if scheduler is None:
        local: dict[str, Any] = {
            "host": "127.0.0.1",
            "dashboard_address": "127.0.0.1:0",
            "silence_logs": logging.CRITICAL,
        }
        with (
            nothing_of_this_folder(),
            distributed.LocalCluster(n_workers=jobs, threads_per_worker=1, processes=True, **local) as cluster,
            distributed.Client(cluster, set_as_default=False) as client,
        ):
            yield client
        return
    try:
        client = distributed.Client(scheduler, timeout=_PATIENCE, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        reason = " ".join(str(error).split())[:200]
        help = "name where a scheduler of Dask listens, as tcp://scheduler:8786"
        raise UsageError([Problem(f"--scheduler {scheduler}: nobody answers: {reason}", None, help)]) from None
    try:
        yield client
    finally:
        with suppress(OSError, TimeoutError):
            client.close(timeout=2)
