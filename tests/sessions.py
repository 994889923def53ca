"""Sessions that pages show: files that a reader writes and commands that a reader types, one after the other.

A fence `console session` begins in an empty folder, `console session on` goes on in the folder of the one before, and
one with `file=PATH` is a file that is written before the session that follows it. `python -m tests.sessions` types all
of them, and what is shown as typed at the root of the repository, and writes what is printed into the pages.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import msgspec

from tests.command import ROOT, process
from tests.documents import PAGES, README

_FENCE: Final = re.compile(r"^```(\S[^\n]*)\n((?:.*\n)*?)```$", re.MULTILINE)
_FILE: Final = re.compile(r" file=(\S+)")
_DAY: Final = re.compile(r"\b2\d{3}-\d\d-\d\d\b")
_BEGINS: Final = "console session"
_GOES_ON: Final = "console session on"
_AT_ROOT: Final = "console"


class Written(msgspec.Struct, frozen=True):
    """A file that the reader writes."""

    path: str
    text: str

    def write(self, folder: Path) -> None:
        place = folder / self.path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(self.text, encoding="utf-8")


class Typed(msgspec.Struct, frozen=True):
    """A command that the reader types, and what it prints."""

    arguments: tuple[str, ...]
    output: str


Step = Written | Typed


def without_days(text: str) -> str:
    """What is printed, whatever the day is."""
    return _DAY.sub("DAY", text)


def sessions() -> dict[str, tuple[Step, ...]]:
    """Every session from its beginning to its end, by the page that it stands in."""
    texts = {"README.md": README, **PAGES}
    return {
        f"{page} {number}": session for page, text in texts.items() for number, session in enumerate(_sessions_of(text))
    }


def _sessions_of(text: str) -> list[tuple[Step, ...]]:
    found: list[list[Step]] = []
    waiting: list[Step] = []
    for kind, body in _FENCE.findall(text):
        file = _FILE.search(kind)
        if file is not None:
            waiting.append(Written(file[1], body))
        elif kind in (_BEGINS, _GOES_ON):
            if kind == _BEGINS:
                found.append([])
            found[-1] += [*waiting, *typed(body)]
            waiting = []
    assert waiting == [], "a file that no session needs"
    return [tuple(steps) for steps in found]


def typed(body: str) -> Iterator[Typed]:
    """The commands of one fence."""
    for part in re.split(r"^\$ vendorgate ", body, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        yield Typed(tuple(shlex.split(command)), output)


class _Reader:
    """Somebody who does all that a page says, and writes down what is printed."""

    def __init__(self) -> None:
        self._folder: TemporaryDirectory[str] | None = None
        self._waiting: list[Written] = []

    def read(self, text: str) -> str:
        """The page with what is printed now."""
        return _FENCE.sub(self._fence, text)

    def _fence(self, found: re.Match[str]) -> str:
        kind, body = found.groups()
        file = _FILE.search(kind)
        if file is not None:
            self._waiting.append(Written(file[1], body))
        elif kind in (_BEGINS, _GOES_ON):
            return f"```{kind}\n{self._typed(self._at(kind), body)}```"
        elif kind == _AT_ROOT and body.startswith("$ vendorgate "):
            return f"```{kind}\n{self._typed(ROOT, body)}```"
        return found[0]

    def _at(self, kind: str) -> Path:
        if kind == _BEGINS or self._folder is None:
            self._folder = TemporaryDirectory()
        folder = Path(self._folder.name)
        for one in self._waiting:
            one.write(folder)
        self._waiting = []
        return folder

    def _typed(self, folder: Path, body: str) -> str:
        lines = re.findall(r"^\$ vendorgate .*$", body, re.MULTILINE)
        return "".join(f"{line}\n{self._output(folder, one)}" for line, one in zip(lines, typed(body), strict=True))

    def _output(self, folder: Path, shown: Typed) -> str:
        output = process(*shown.arguments, folder=folder).stdout
        return shown.output if without_days(output) == without_days(shown.output) else output


if __name__ == "__main__":
    for name, text in {"README.md": README, **PAGES}.items():
        page = _Reader().read(text)
        if page != text:
            (ROOT / name).write_text(page, encoding="utf-8")
