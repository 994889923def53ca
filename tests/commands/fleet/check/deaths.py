"""Processes that are really ended, and who they are."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

_PATIENCE: Final = 60.0
Running = subprocess.Popen[str]


def started(folder: Path, *arguments: str) -> Running:
    """A command that runs in a process of its own, which leads a group."""
    command = [sys.executable, "-m", "vendorgate", "fleet", "check", *arguments]
    return subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )


def ended(running: Running) -> tuple[int, str, str]:
    """How it ended, and what it said."""
    try:
        out, err = running.communicate(timeout=_PATIENCE)
    finally:
        running.kill()
    return running.returncode, out, err


def until(what: Callable[[], bool], running: Running | None = None) -> None:
    """Wait for something that will be so while a command runs."""
    end = time.monotonic() + _PATIENCE
    while not what():
        assert time.monotonic() < end, "it did not come about"
        assert running is None or running.poll() is None or what(), running.communicate()
        time.sleep(0.005)


def children_of(process: int) -> list[int]:
    """The processes that a process has started and that live."""
    found: list[int] = []
    with suppress(OSError):
        for thread in Path(f"/proc/{process}/task").iterdir():
            found.extend(map(int, (thread / "children").read_text("utf-8").split()))
    return found


def workers_of(process: int) -> list[int]:
    """Those of them that judge: multiprocessing's, and no tracker of resources."""
    return [one for one in children_of(process) if "spawn_main" in command_of(one)]


def command_of(process: int) -> str:
    """The command line of a process; nothing where it is gone."""
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
    except OSError:
        return ""


def killed(process: int) -> None:
    """End a process at once."""
    os.kill(process, signal.SIGKILL)


def is_alive(process: int) -> bool:
    """Whether a process runs."""
    try:
        state = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in ("Z", "X")
