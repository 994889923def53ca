"""Who does the work: this process, several of this machine, or a cluster; each does the same.

In: tasks, read when there is somebody to do them. Out: the numbers of those that are filed away, as they end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from ..judging.worker import forget
from .tasks import Task, packed
from .working import Assignment, collect_now_and_then, judge_and_keep


class Executor(Protocol):
    """Has tasks done."""

    def numbers(self, tasks: Iterable[Task]) -> Iterator[int]:
        """Do the tasks; the number of each, when it is filed away. So many of them at once as there are workers, and
        a few more, so that nobody waits.

        Raises:
            VendorgateError: it cannot be done, and why.
        """


class Here:
    """This process, which does one task after the other."""

    def __init__(self, assigned: Assignment) -> None:
        self._assigned = assigned

    def numbers(self, tasks: Iterable[Task]) -> Iterator[int]:
        """Do the tasks."""
        try:
            for done, one in enumerate(tasks, 1):
                yield judge_and_keep(self._assigned, packed(one))
                collect_now_and_then(done)
        finally:
            forget()
