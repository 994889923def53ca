"""What the tests of `init` share: flags of a usage, and what lies in a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from vendorgate.errors import Problem
from vendorgate.load.document import read_document

FLAGS = (
    "--project",
    "clinic",
    "--owner",
    "a@example.org",
    "--offering",
    "openai-api",
    "--data",
    "phi",
    "--data",
    "pii",
)


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def strictly(data: bytes) -> Any:
    """What a strict reader reads."""
    problems: list[Problem] = []
    document = read_document("x", data, problems)
    assert problems == []
    assert document is not None
    return document.value
