"""Somebody at a terminal, who answers each question when it is asked."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pexpect

from tests.command import Ended

INTERRUPT = "\x03"
"""Ctrl-C. One that arrives just before Python waits for a line is only heard with the next key."""


def _hear_interrupts() -> None:
    """Even where those who started the tests ignore them."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def answered(folder: Path, answers: Sequence[tuple[str, str]], *arguments: str) -> Ended:
    """Run a command at a terminal; what it shows is its standard output here. Ctrl-C is pressed until it is heard."""
    running: Any = pexpect.spawn(
        sys.executable,
        ["-m", "vendorgate", *arguments],
        cwd=str(folder),
        encoding="utf-8",
        timeout=30,
        dimensions=(50, 400),
        preexec_fn=_hear_interrupts,
    )
    shown = ""
    try:
        for question, answer in answers:
            running.expect_exact(question)
            shown += f"{running.before}{running.after}"
            running.send(answer) if answer == INTERRUPT else running.sendline(answer)
        while running.expect([pexpect.EOF, pexpect.TIMEOUT], timeout=1 if answers[-1][1] == INTERRUPT else 30):
            assert answers[-1][1] == INTERRUPT, shown + running.before
            running.send(INTERRUPT)
        shown += running.before
    finally:
        running.close(force=True)
    return Ended(running.exitstatus, shown.replace("\r\n", "\n"), "")
