"""Temporary folders in memory, where a run of the whole suite finds room for them.

What the suite writes are thousands of small repositories, stores and reports, and git, SQLite and vendorgate have the
system put them on the disk before they go on (`fsync`). Nobody needs them to survive a power cut: in memory the same
calls are made and cost next to nothing.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
from pathlib import Path
from typing import Final

import pytest

MEMORY: Final = Path("/dev/shm")
"""Where Linux offers a file system in memory to every user."""
ROOM: Final = 4 * 10**9
"""Free bytes; a run of the whole suite takes a tenth of them. Containers often have much less."""
PREFIX: Final = "vendorgate-tests"


def in_memory(folder: Path = MEMORY, room: int = ROOM) -> Path | None:
    """A new folder in memory, to be taken away by `forget`; None where there is none or too little room, or where no
    program may be started, as in containers: tests write some.

    What runs have left that failed and are over is taken away first.
    """
    try:
        if shutil.disk_usage(folder).free < room or os.statvfs(folder).f_flag & os.ST_NOEXEC:
            return None
        _sweep(folder)
        return Path(tempfile.mkdtemp(prefix=f"{PREFIX}-{os.getpid()}-", dir=folder))
    except OSError:
        return None


class InMemory:
    """A plugin of a run whose temporary folders are in memory. Those of a run that fails stay, to be looked at."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._failed = True
        os.environ["TMPDIR"] = str(folder)  # for the workers and all that they start, too
        tempfile.tempdir = None  # what was found before is looked for again

    @pytest.hookimpl
    def pytest_sessionfinish(self, exitstatus: int) -> None:
        self._failed = exitstatus != pytest.ExitCode.OK

    @pytest.hookimpl
    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self._failed:
            terminalreporter.write_line(f"temporary folders of this run, until the next: {self._folder}")

    @pytest.hookimpl
    def pytest_unconfigure(self) -> None:
        del os.environ["TMPDIR"]
        tempfile.tempdir = None
        if not self._failed:
            forget(self._folder)


def forget(folder: Path) -> None:
    """Take a folder away with all that is in it, also what a test has forbidden to write to."""
    with contextlib.suppress(OSError):
        folder.chmod(0o700)
    for parent, folders, _ in os.walk(folder):
        for name in folders:
            if not (inner := Path(parent, name)).is_symlink():
                inner.chmod(0o700)  # before it is entered
    shutil.rmtree(folder, ignore_errors=True)


def _sweep(folder: Path) -> None:
    for left in folder.glob(f"{PREFIX}-*"):
        number = re.match(rf"{PREFIX}-(\d+)-", left.name)
        if number and _is_ours(left) and not _is_running(int(number[1])):
            forget(left)


def _is_ours(left: Path) -> bool:
    return not left.is_symlink() and left.lstat().st_uid == os.getuid()


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
