"""The files through which a step talks to the runner, and the folder for its reports.

In: the paths that the runner names. Out: what they hold afterwards. What cannot be written is said, never swallowed.
"""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

LARGEST_SUMMARY: Final = 1024 * 1024
"""Bytes; GitHub drops a summary of a step that is larger."""


def read(path: str) -> bytes:
    """The bytes of a file; none where there is none."""
    try:
        return Path(path).read_bytes() if path else b""
    except OSError:
        return b""


def save_outputs(path: str, outputs: Mapping[str, str]) -> None:
    """Hand outputs to the steps that follow, whatever characters they hold.

    Raises:
        OSError: the runner's file cannot be written.
    """
    text = "".join(_assignment(name, value) for name, value in outputs.items())
    _append(path, text)


def _assignment(name: str, value: str) -> str:
    """Between two lines that nobody can guess, so that a value cannot end itself and begin another."""
    delimiter = secrets.token_hex(16)
    return f"{name}<<{delimiter}\n{value}\n{delimiter}\n"


def save_summary(path: str, text: str) -> None:
    """Append to the summary of the step.

    Raises:
        OSError: it cannot be written.
    """
    _append(path, text)


def _append(path: str, text: str) -> None:
    if not path:
        raise FileNotFoundError(2, "the runner names no file")
    with open(path, "ab") as file:
        file.write(text.encode("utf-8", "backslashreplace"))


def report_folder(temporary: str) -> Path | None:
    """A new folder that the runner clears away after the job; None where none can be made."""
    try:
        return Path(tempfile.mkdtemp(prefix="vendorgate-reports-", dir=temporary or None))
    except OSError:
        return None
