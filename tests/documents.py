"""The README and the pages of the documentation, and the examples in them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

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


def page(name: str) -> Path:
    return ROOT / name
