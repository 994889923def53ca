"""Running vendorgate as a user does, in this process or in one of its own."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import msgspec

from tests.thoroughness import thorough
from vendorgate.cli.run import run

ROOT = Path(__file__).parent.parent


class Ended(msgspec.Struct, frozen=True):
    """How a run ended."""

    code: int
    stdout: str
    """Bytes that are no text, as surrogates."""
    stderr: str


def vendorgate(*arguments: str, folder: Path) -> Ended:
    """Run a command in this process, in a folder."""
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
    before = Path.cwd()
    os.chdir(folder)
    try:
        with redirect_stdout(out), redirect_stderr(err):
            code = run(arguments)
    finally:
        os.chdir(before)
    return Ended(code, _text(out, "surrogateescape"), _text(err))


def _text(stream: io.TextIOWrapper, errors: str = "strict") -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode("utf-8", errors)


def typed(*arguments: str, folder: Path, turn: int) -> Ended:
    """Run a command in this process, but one in five in a process of its own, as all of a thorough run."""
    return (process if thorough() or turn % 5 == 0 else vendorgate)(*arguments, folder=folder)


def process(*arguments: str, folder: Path, environment: Mapping[str, str] | None = None) -> Ended:
    """Run a command in a process of its own."""
    command: Sequence[str] = (sys.executable, "-m", "vendorgate", *arguments)
    ended = subprocess.run(
        command, cwd=folder, env={**os.environ, **(environment or {})}, capture_output=True, check=False, timeout=120
    )
    return Ended(ended.returncode, ended.stdout.decode("utf-8"), ended.stderr.decode("utf-8"))
