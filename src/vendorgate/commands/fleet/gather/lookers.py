"""Processes that look into code, while threads wait for git.

In: repositories, one at a time, from any thread. Out: what each uses. Each process has a pipe of its own, so that one
that ends, or does not, costs the repository that it looked into, and no other.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from typing import Final

import msgspec

from ....child_processes import nothing_of_this_folder
from ....detection.catalogue.catalogue import Catalogue
from ....detection.model import Detection
from ....errors import InputError, Problem
from .code import look

PATIENCE: Final = 600.0
"""Seconds for the code of one repository."""
_WITHOUT: Final = "gather it without its code"
Asked = tuple[str, str, str, str]
"""Where a repository is, that place as text, where it was fetched to, its commit."""
Answer = tuple[bytes, tuple[tuple[str, str | None], ...]]
"""What its code uses, or what is wrong, with what to do about it: an error does not travel between processes."""


class Lookers:
    """As many processes as there are cores, each begun when it is needed."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._lock = threading.Lock()
        self._all: list[_Looker] = []
        self._idle: SimpleQueue[_Looker | None] = SimpleQueue()
        for _ in range(os.cpu_count() or 1):
            self._idle.put(None)

    def look(self, place: str, shown: str, work: str, commit: str) -> Detection:
        """What the code of a commit uses.

        Raises:
            InputError: it cannot be read, takes too long, or ends the process that reads it.
        """
        looker = self._idle.get()
        try:
            if looker is None or not looker.process.is_alive():
                looker = self._begun()
            return _detection(looker.ask((place, shown, work, commit)))
        finally:
            self._idle.put(looker)

    def _begun(self) -> _Looker:
        with self._lock:
            ours, theirs = multiprocessing.Pipe()
            process = _process(theirs)
            with nothing_of_this_folder():
                process.start()
            theirs.close()
            # What Python hands over itself is waited for in vain, where a process is killed while it starts.
            with suppress(OSError):
                ours.send(self._catalogue)
            looker = _Looker(process, ours)
            self._all.append(looker)
            return looker

    def close(self) -> None:
        """End them."""
        for one in self._all:
            one.end()


def _process(pipe: Connection) -> BaseProcess:
    """A process that is not begun yet; never as a copy of one that has threads, and with nothing left on the disk."""
    return multiprocessing.get_context("spawn").Process(target=_answer, args=(pipe,), daemon=True)


class _Looker:
    """One process, which is asked through its pipe."""

    def __init__(self, process: BaseProcess, pipe: Connection) -> None:
        self.process = process
        self._pipe = pipe

    def ask(self, asked: Asked) -> Answer:
        """What it says.

        Raises:
            InputError: it does not say anything, or not in time; then it is ended.
        """
        try:
            self._pipe.send(asked)
            if self._pipe.poll(PATIENCE):
                return msgspec.msgpack.decode(self._pipe.recv_bytes(), type=Answer)
            title = f"its code not looked into within {PATIENCE:.0f} seconds"
        except (EOFError, OSError):
            title = "what looked into its code was ended"
        self.end()
        raise InputError([Problem(title, help=_WITHOUT)])

    def end(self) -> None:
        """End it, whatever it does."""
        if self.process.is_alive():
            self.process.kill()
        self.process.join()
        self._pipe.close()


@contextmanager
def lookers(catalogue: Catalogue) -> Iterator[Lookers]:
    """Processes that look into code, until the block ends."""
    found = Lookers(catalogue)
    try:
        yield found
    finally:
        found.close()


def _answer(pipe: Connection) -> None:
    """Look into what is asked, until nobody asks any more; what code is known by comes first."""
    try:
        catalogue: Catalogue = pipe.recv()
        while True:
            asked: Asked = pipe.recv()
            pipe.send_bytes(msgspec.msgpack.encode(_looked(asked, catalogue)))
    except (EOFError, OSError):
        return


def _looked(asked: Asked, catalogue: Catalogue) -> Answer:
    try:
        return msgspec.msgpack.encode(look(*asked, catalogue)), ()
    except InputError as error:
        return b"", tuple((one.title, one.help) for one in error.problems)


def _detection(answer: Answer) -> Detection:
    found, problems = answer
    if problems:
        raise InputError([Problem(title, help=help) for title, help in problems])
    return msgspec.msgpack.decode(found, type=Detection)
