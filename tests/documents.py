"""The README and the pages of the documentation, and the examples in them."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from tests.command import ROOT

README: Final = (ROOT / "README.md").read_text(encoding="utf-8")
_GENERATED: Final = ROOT / "docs" / "reference" / "generated"
PAGES: Final[dict[str, str]] = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "docs").rglob("*.md"))
    if _GENERATED not in path.parents and "_build" not in path.parts
}
"""By path from the root."""
TEXT: Final = "\n".join((README, *PAGES.values()))
_CONSOLE: Final = re.compile(r"```console\n\$ vendorgate (.*)\n((?:.*\n)*?)```")


def console() -> list[tuple[str, str]]:
    """Every command that is shown with its output, as it is typed at the root of the repository."""
    return _CONSOLE.findall(TEXT)


def block(kind: str) -> str:
    """The only fenced block of a kind, without its indentation."""
    (found,) = re.findall(rf"^( *)```{kind}\n((?:.*\n)*?) *```$", TEXT, re.MULTILINE)
    indentation, text = found
    return "".join(line.removeprefix(indentation) for line in text.splitlines(keepends=True))


class Typed(msgspec.Struct, frozen=True):
    """A command of a session, and what it prints."""

    arguments: tuple[str, ...]
    output: str


def sessions() -> dict[str, tuple[Typed, ...]]:
    """Every session that is shown, which begins in an empty folder, by the page that it stands in."""
    texts = {"README.md": README, **PAGES}
    return {
        f"{page} {number}": tuple(_typed(session))
        for page, text in texts.items()
        for number, session in enumerate(re.findall(r"```console session\n((?:.*\n)*?)```", text))
    }


def _typed(session: str) -> Iterator[Typed]:
    for part in re.split(r"^\$ vendorgate ", session, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        yield Typed(tuple(shlex.split(command)), output)


def page(name: str) -> Path:
    return ROOT / name
