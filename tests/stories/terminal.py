"""A shell at a real terminal, in which somebody types one command after the other and reads what comes."""

from __future__ import annotations

import os
import re
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import msgspec
import pexpect

_PROMPT: Final = "vg:%s> "
_ESCAPES: Final = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Shown(msgspec.Struct, frozen=True):
    """What a command showed, and how it ended."""

    code: int
    text: str
    """Without colours."""


class Terminal:
    """A shell in a folder. Counts what is typed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.typed: list[str] = []
        self._shell: Any = pexpect.spawn(
            "/bin/sh",
            cwd=str(folder),
            encoding="utf-8",
            timeout=60,
            dimensions=(60, 250),
            env={**os.environ, "HOME": str(folder), "TERM": "xterm-256color", "PS1": "", "PS2": ""},
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
        shown = ""
        for question, answer in answers:
            self._shell.expect_exact(question)
            shown += f"{self._shell.before}{self._shell.after}"
            self._shell.sendline(answer)
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


_BLOCK: Final = re.compile(
    r"^add to usage `[^`]*`(?:, under `[^`]*`)? \(([^:()]+):(\d+)\)[^\n]*:\n\n((?:    .*\n)+)", re.MULTILINE
)


def pasted(terminal: Terminal, text: str) -> int:
    """Paste every block of YAML that a check proposes below the line that it names; the number of blocks."""
    blocks = [(found[1], int(found[2]), found[3]) for found in _BLOCK.finditer(text + "\n")]
    for name, line, block in sorted(blocks, key=lambda one: -one[1]):
        lines = terminal.read(name).splitlines(keepends=True)
        above, below = lines[line - 1], lines[line]
        opened = above.lstrip(" -")
        start = len(above) - len(opened)
        deeper = len(below) - len(below.lstrip(" ")) if opened.rstrip().endswith(":") else start
        new = [f"{' ' * deeper}{written[4:]}" for written in block.splitlines(keepends=True)]
        lines[line:line] = new
        terminal.write(name, "".join(lines))
    return len(blocks)
