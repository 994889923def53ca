"""Standard streams that never raise: a reader who leaves, a disk that is full, a stream that is closed.

In: the streams of the process. Out: others in their place, and the exit code that stands when all is written.
"""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from typing import Any, Final, TextIO

from ..errors import Problem, UsageError, reason_of

_STANDARD: Final = (0, 1, 2)


class Outlet(io.FileIO):
    """A standard stream that takes everything, and remembers what it could not pass on."""

    failure: OSError | None = None
    """Why something is lost; None where nothing is, or where a reader has gone who wanted no more."""

    def write(self, data: Any) -> int:
        """Pass on, or lose: what becomes of a verdict is not decided in the middle of a line."""
        try:
            written = super().write(data)
            while written is None:  # somebody else made the pipe one that does not wait
                _wait(self.fileno())
                written = super().write(data)
        except BrokenPipeError:
            return memoryview(data).nbytes
        except OSError as error:
            self.failure = self.failure or error
            return memoryview(data).nbytes
        return written


def _wait(number: int) -> None:
    from select import select

    select((), (number,), ())


def open_streams() -> Outlet:
    """Put streams in place that write UTF-8 and never raise, whatever the process was given; the one of the reports.

    What is closed is opened on nothing: for reading, so that what is written there is missed, and so that no file that
    is opened later gets its number.
    """
    _fill()
    for stream in filter(None, (sys.stdout, sys.stderr)):
        with suppress(OSError):
            stream.flush()
    reports, messages = Outlet(1, "w", closefd=False), Outlet(2, "w", closefd=False)
    sys.stdout, sys.stderr = _text(reports, lines=reports.isatty()), _text(messages, lines=True)
    if sys.stdin is None:
        sys.stdin = open(0, encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115 for good
    return reports


def _fill() -> None:
    for number in _STANDARD:
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDONLY)  # the system gives the lowest number that is free


def _text(outlet: Outlet, *, lines: bool) -> TextIO:
    buffer = io.BufferedWriter(outlet)
    return io.TextIOWrapper(buffer, "utf-8", errors="backslashreplace", newline="\n", line_buffering=lines)


def closed(reports: Outlet, code: int) -> int:
    """The exit code when everything is written: of a verdict that could not be reported, that it could not."""
    sys.stdout.flush()
    if reports.failure is not None:
        from ..frame.problems import show_problems

        title = f"standard output cannot be written: {reason_of(reports.failure)}"
        show_problems([Problem(title, help="send it elsewhere")], sys.stderr)
        code = max(code, UsageError.exit_code)
    sys.stderr.flush()
    return code
