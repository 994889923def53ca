"""What the page on pushing shows: `python -m tests.commands.push.page` writes what is printed now into it."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import pytest

from tests.command import vendorgate
from tests.commands.push.stand_in import NAME, standing_in
from tests.commands.push.world import asking
from tests.documents import block, page

FILE: Final = page("docs/how-to/push-to-ciso-assistant.md")
_PUSH: Final = ("push", "ciso-assistant")


def _missing(folder: Path) -> str:
    """What is said where nobody says where and as whom to ask; the first line is about the folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("CISO_ASSISTANT_TOKEN", raising=False)
        said = vendorgate(*_PUSH, folder=folder).stderr
    return f"$ vendorgate push ciso-assistant\n{said.partition(chr(10))[2]}"


def _looked(folder: Path) -> str:
    """What is printed of an empty folder."""
    with pytest.MonkeyPatch.context() as patch, standing_in() as server:
        asking(patch)
        where = ("--url", server.url, "--folder", NAME, "--as-of", "2026-11-29")
        return vendorgate(*_PUSH, *where, folder=folder).stdout.replace(server.url, "https://grc.example.org")


SHOWN: Final[Mapping[str, Callable[[Path], str]]] = {"text missing": _missing, "text looked": _looked}
"""By the kind of a fence: what prints it, in the folder of the manifest that the page shows."""


def printed(kind: str) -> str:
    """What a fence is to show."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "vendorgate.yaml").write_text(block("yaml pushed"), encoding="utf-8")
        return SHOWN[kind](Path(folder))


if __name__ == "__main__":
    text = FILE.read_text(encoding="utf-8")
    for kind in SHOWN:
        shown = f"```{kind}\n{printed(kind)}```"
        text = re.sub(rf"```{kind}\n.*?```", lambda _, shown=shown: shown, text, flags=re.DOTALL)  # type: ignore[misc]
    FILE.write_text(text, encoding="utf-8")
