"""A process that works: reads tasks from its pipe, files away what becomes of them, and says so.

In: a pipe. Out: for each task in order what is to be told of it. It ends when nobody
is at the other end of the pipe.
"""

from __future__ import annotations

import gc
import os
import queue
import signal
import tempfile
import threading
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait

from ..judging.worker import forget
from .telling import Told, of_error
from .working import Assignment, assignment_from, collect_now_and_then, encode, judge_and_keep


def serve(pipe: Connection) -> None:
    """Work until there is no more to read; what all tasks have in common comes first."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # as `processes` has it, where the system can
    threading.Thread(target=_end_with_parent, daemon=True).start()
    gc.freeze()
    tasks: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(pipe, tasks), daemon=True).start()
    assigned = tasks.get()
    if assigned is None:
        return
    common = assignment_from(assigned)
    tempfile.tempdir = common.work  # what a killed process leaves there, goes with it
    gc.disable()
    done = 0
    try:
        while (task := tasks.get()) is not None:
            pipe.send_bytes(encode(_done(common, task)))
            collect_now_and_then(done := done + 1)
    except OSError:  # nobody is there to be told
        pipe.close()
    finally:
        forget()


def _done(common: Assignment, task: bytes) -> Told:
    try:
        return Told(judge_and_keep(common, task))
    except Exception as error:  # noqa: BLE001 whatever it is, it is to be told where somebody reads it
        return of_error(error)


def _read(pipe: Connection, tasks: queue.SimpleQueue[bytes | None]) -> None:
    """Read ahead, so that whoever hands over a task need not wait for the one before."""
    try:
        while True:
            tasks.put(pipe.recv_bytes())
    except (EOFError, OSError):
        tasks.put(None)


def _end_with_parent() -> None:
    """Do not outlive a parent that was killed, whose end of the pipe other processes may have."""
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(0)
