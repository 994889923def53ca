"""Somebody at a real terminal, who types commands, reads what comes, and answers each question when it is asked."""

from __future__ import annotations

import os
import re
import shlex
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import msgspec
import pexpect

from tests.command import Ended

INTERRUPT: Final = "\x03"
"""Ctrl-C. One that arrives just before Python waits for a line is only heard with the next key."""
_UNTIL_IT_WAITS: Final = 0.05
_PROMPT: Final = "vg:%s> "
_ESCAPES: Final = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Shown(msgspec.Struct, frozen=True):
    """What a command showed, and how it ended."""

    code: int
    text: str
    """Without colours."""


def _hurried(running: Any) -> Any:
    """The same program, to which one types as soon as it asks: pexpect pauses before each line, and at the end."""
    running.delaybeforesend = None
    running.ptyproc.delayafterclose = 0
    return running


def _answer(running: Any, answers: Sequence[tuple[str, str]]) -> str:
    """Wait for each question and answer it; what was shown until the last answer."""
    shown = ""
    for question, answer in answers:
        running.expect_exact(question)
        shown += f"{running.before}{running.after}"
        if answer == INTERRUPT:
            time.sleep(_UNTIL_IT_WAITS)
            running.send(answer)
        else:
            running.sendline(answer)
    return shown


class Terminal:
    """A shell in a folder. Counts what is typed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.typed: list[str] = []
        self._shell: Any = _hurried(
            pexpect.spawn(
                "/bin/sh",
                cwd=str(folder),
                encoding="utf-8",
                timeout=60,
                dimensions=(60, 250),
                env={**os.environ, "HOME": str(folder), "TERM": "xterm-256color", "PS1": "", "PS2": ""},
            )
        )
        self._shell.setecho(False)
        self._plain(f'vendorgate() {{ {shlex.quote(sys.executable)} -m vendorgate "$@"; }}')

    def _plain(self, command: str) -> Shown:
        return self._wait(command, ())

    def type(self, command: str, *answers: tuple[str, str]) -> Shown:
        """Type a command and answer what it asks."""
        self.typed.append(command)
        return self._wait(command, answers)

    def _wait(self, command: str, answers: Sequence[tuple[str, str]]) -> Shown:
        number = len(self.typed)
        self._shell.sendline(f"{command}; printf '\\n{_PROMPT}\\n' $?:{number}")
        shown = _answer(self._shell, answers)
        self._shell.expect(rf"\n?vg:(\d+):{number}> \r?\n")
        text = _ESCAPES.sub("", shown + self._shell.before).replace("\r\n", "\n")
        return Shown(int(self._shell.match.group(1)), text.strip("\n"))

    def write(self, name: str, text: str) -> None:
        """Put a file there, as an editor would."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def read(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")

    def replace(self, name: str, old: str, new: str) -> None:
        """Change a part of a file that stands there once."""
        text = self.read(name)
        assert text.count(old) == 1, text
        self.write(name, text.replace(old, new))

    def close(self) -> None:
        self._shell.close(force=True)


def _hear_interrupts() -> None:
    """Even where those who started the tests ignore them."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def answered(folder: Path, answers: Sequence[tuple[str, str]], *arguments: str) -> Ended:
    """Run one command without a shell; what it shows is its standard output. Ctrl-C is pressed until it is heard."""
    running = _hurried(
        pexpect.spawn(
            sys.executable,
            ["-m", "vendorgate", *arguments],
            cwd=str(folder),
            encoding="utf-8",
            timeout=30,
            dimensions=(50, 400),
            preexec_fn=_hear_interrupts,
        )
    )
    interrupted = answers[-1][1] == INTERRUPT
    try:
        shown = _answer(running, answers)
        while running.expect([pexpect.EOF, pexpect.TIMEOUT], timeout=1 if interrupted else 30):
            assert interrupted, shown + running.before
            running.send(INTERRUPT)
        shown += running.before
        running.wait()
    finally:
        running.close(force=True)
    return Ended(running.exitstatus, shown.replace("\r\n", "\n"), "")
