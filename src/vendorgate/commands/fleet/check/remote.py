"""What runs on a worker of Dask: it gets what judges once, and then tasks.

In: what all tasks have in common, a task. Out: a judged batch as bytes, or why there is none. It is imported where
Dask is, and by nobody else.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Final

from ....errors import InputError, Problem
from ..judging.worker import forget
from .telling import of_error
from .working import Assignment, assignment_from, encode, judge

if TYPE_CHECKING:

    class WorkerPlugin:
        """What a worker loads."""

    from distributed import Worker
else:
    from distributed import WorkerPlugin

_assigned: Final[dict[str, Assignment]] = {}
"""What this worker has in common with the others of a run, by the run's session."""
_ONE_AT_A_TIME: Final = Lock()
"""Of the threads that a worker may have: what judges remembers, and is not made for several."""


class AssignmentOfWorker(WorkerPlugin):
    """What all tasks of a run have in common, for a worker to have."""

    def __init__(self, session: str, assigned: bytes) -> None:
        self.name = f"vendorgate-{session}"
        self._session = session
        self._assigned = assigned

    def setup(self, worker: Worker) -> None:
        """Have it, beside that of another run which goes on."""
        _assigned[self._session] = assignment_from(self._assigned)

    def teardown(self, worker: Worker) -> None:
        """Have it no more."""
        if _assigned.pop(self._session, None) is not None:
            forget()


def judge_remotely(session: str, task: bytes) -> tuple[bytes, bytes]:
    """A judged batch as it travels; or nothing, and what is to be told of it."""
    try:
        assigned = _assigned.get(session)
        if assigned is None:
            raise InputError([_without_assignment()])
        with _ONE_AT_A_TIME:
            return encode(judge(assigned, task)), b""
    except Exception as error:  # noqa: BLE001 whatever it is, it is to be told where somebody reads it
        return b"", encode(of_error(error))


def _without_assignment() -> Problem:
    title = "a worker has neither the bundle nor the registry of this run"
    return Problem(title, None, "start the workers anew, and give the same command: what is finished is kept")
