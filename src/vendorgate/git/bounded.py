"""git, run to its end within limits: of time, of what it leaves in its folder, of memory.

In: a command, where it runs, what it may take. Out: what it prints. What takes too long or too much is ended with all
that it has started, and is an error that says which limit it was.
"""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

import msgspec

from ..errors import InputError, Problem, UsageError
from ..source import Location

_PAUSE: Final = 0.05
_MOST_SAID: Final = 4_096
"""Bytes of what git says."""
_LIMITED: Final = ("/bin/sh", "-c", 'ulimit -v "$0" 2>/dev/null; ulimit -f "$1" 2>/dev/null; shift; exec "$@"')
"""What runs a command with so many KiB of memory and so many blocks of a file at most; where a system knows no such
limits, without them. A process whose parent was killed is not watched by anybody else."""
_BLOCK: Final = 512
Reason = Callable[[str], tuple[str, str]]
"""What git says, in our words, with what to do about it."""


class Stopped(Exception):
    """Somebody wants no answer any more."""


class Bounds(msgspec.Struct, frozen=True):
    """What git may take, and what is said of one that takes more."""

    seconds: float
    size: int
    """Bytes of what it leaves in its folder."""
    too_late: tuple[str, str]
    """What is said, and what to do."""
    too_large: tuple[str, str]
    memory: int | None = None
    """Bytes that a process may ask the system for; None: as many as it gets."""


class BoundedGit(msgspec.Struct, frozen=True):
    """Runs git in a folder of its own until it is done, or takes more than it may."""

    folder: str
    """Where it leaves things."""
    shown: str
    command: tuple[str, ...]
    environment: dict[str, str]
    bounds: Bounds
    reason: Reason
    deadline: float
    """By the clock that only runs forward."""
    cwd: str | None = None
    """Where it runs; None: in the folder."""
    is_stopped: Callable[[], bool] = bool
    """Whether nobody waits for it any more."""

    def refused(self, title: str, help: str) -> InputError:
        """An error about the repository."""
        return InputError([Problem(title, Location(self.shown, 1, 1), help)])

    def do(self, *arguments: str, input: bytes = b"") -> bytes:
        """Run a command to its end, or end it where it takes too long or too much; what it prints.

        Raises:
            InputError: it fails, or takes more than it may.
            UsageError: git is not installed.
            Stopped: nobody waits for it any more.
        """
        return self.printed(*arguments, input=input).read_bytes()

    def printed(self, *arguments: str, input: bytes = b"") -> Path:
        """The same; the file that it prints to, which the next command takes away."""
        code, printed, said = self.ended(*arguments, input=input)
        if code != 0:
            raise self.refused(*self.reason(said))
        return printed

    def ended(self, *arguments: str, input: bytes = b"") -> tuple[int, Path, str]:
        """The same, however it ends: its code, the file that it prints to, and what it says."""
        given, printed, said = (Path(self.folder, name) for name in ("given", "printed", "said"))
        given.write_bytes(input)
        with (
            given.open("rb") as stdin,
            printed.open("wb") as stdout,
            said.open("wb") as stderr,
            self.started(arguments, stdout, stderr, stdin) as process,
        ):
            try:
                self.watch(process)
            finally:
                end(process)
        return process.returncode, printed, said.read_bytes()[:_MOST_SAID].decode("utf-8", "replace")

    def watch(self, process: subprocess.Popen[bytes]) -> None:
        """Wait for its end, within limits."""
        while not _ended(process):
            if self.is_stopped():
                raise Stopped
            if time.monotonic() > self.deadline:
                raise self.refused(*self.bounds.too_late)
            self.weigh()
        self.weigh()

    def weigh(self) -> None:
        """Look how much there is."""
        if _size(self.folder) > self.bounds.size:
            raise self.refused(*self.bounds.too_large)

    def said(self, *arguments: str) -> str:
        """What a command says on its standard output."""
        with self.opened(*arguments) as process:
            try:
                return process.communicate(timeout=self.bounds.seconds)[0].decode("ascii", "replace").strip()
            except subprocess.TimeoutExpired:
                return ""

    @contextmanager
    def opened(self, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
        """A process that answers, until it is not asked any more."""
        with self.started(arguments) as process:
            try:
                yield process
            finally:
                end(process)

    def started(
        self,
        arguments: Sequence[str],
        stdout: int | BinaryIO = subprocess.PIPE,
        stderr: int | BinaryIO = subprocess.DEVNULL,
        stdin: int | BinaryIO = subprocess.PIPE,
    ) -> subprocess.Popen[bytes]:
        """A process with all that it starts in a group of its own.

        Raises:
            UsageError: git is not installed.
            InputError: the folder to run it in is not there.
        """
        cwd = self.cwd or self.folder
        if not os.path.isdir(cwd):
            raise self.refused("no such folder", "check the path")
        try:
            return subprocess.Popen(  # noqa: S603 no argument is an option, or a program, that somebody else chose
                [*self._limits(), *self.command, *arguments],
                stdin=stdin,
                stdout=stdout,
                stderr=stderr,
                cwd=cwd,
                env=self.environment,
                start_new_session=True,
            )
        except FileNotFoundError:
            raise no_git() from None

    def _limits(self) -> tuple[str, ...]:
        memory = self.bounds.memory
        if memory is None or os.name != "posix":
            return ()
        return (*_LIMITED, str(memory >> 10), str(2 * self.bounds.size // _BLOCK))


def no_git() -> UsageError:
    """What is to be said where there is no git."""
    return UsageError([Problem("git is not installed", help="install git 2.31 or newer")])


def _ended(process: subprocess.Popen[bytes]) -> bool:
    """Whether a process ends in the next moment.

    Python looks for its end in pauses that double; where the system can tell of it, it is known at once.
    """
    if sys.platform == "linux" and process.poll() is None:
        with suppress(OSError):  # an old kernel, or no handle left
            handle = os.pidfd_open(process.pid)
            try:
                waiting = select.poll()
                waiting.register(handle, select.POLLIN)
                waiting.poll(1000 * _PAUSE)
            finally:
                os.close(handle)
            return process.poll() is not None
    try:
        process.wait(_PAUSE)
    except subprocess.TimeoutExpired:
        return False
    return True


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process with those that it has started, where it has not ended."""
    if process.poll() is None:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()


def _size(folder: str) -> int:
    total = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.lstat(os.path.join(parent, name)).st_size
            except FileNotFoundError:  # git has just renamed it
                continue
    return total
