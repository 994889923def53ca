"""Diagnostics of every command that finds some, in every format: lints, tests, the register, the registry, code,
mistakes."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from tests.command import vendorgate

HERE: Final = Path(__file__).parent
FOUND: Final = HERE / "found"
ENDINGS: Final[Mapping[str, str]] = {
    "text": "txt",
    "json": "json",
    "sarif": "sarif",
    "github": "github.txt",
    "gitlab": "gitlab.json",
    "junit": "junit.xml",
    "csv": "csv",
    "markdown": "md",
    "html": "html",
    "cyclonedx": "cdx.json",
}
_DAY: Final = ("--as-of", "2026-11-23")
_CAST: Final = ("--registry", "../cast/registry")
_INPUTS: Final = ("--policies", "../cast/policies", *_CAST, *_DAY)
_REGISTER: Final = ("--policies", "../cast/register/policies", *_CAST, *_DAY)
COMMANDS: Final[Mapping[str, tuple[str, ...]]] = {
    "problems": ("check", "broken.yaml", *_INPUTS),
    "policy-lint": ("policy", "lint", "tested", *_CAST),
    "policy-test": ("policy", "test", "tested", *_CAST, *_DAY, "--threshold", "90"),
    "agreements-check": ("agreements", "check", "../cast/register/vendorgate.yaml", *_REGISTER),
    "detect": (
        *("detect", "code", "--against", "code/vendorgate.yaml"),
        *("--policies", "code/policies", "--registry", "builtin", *_DAY),
    ),
    "registry-verify": ("registry", "verify", *_CAST, *_DAY, "--within", "300d"),
}
"""Each finds something hostile."""
_ELSEWHERE: Final = ("agreements-check.txt", "agreements-check.json", "registry-verify.txt", "registry-verify.json")
"""Golden files of the cast."""
_DIAGNOSTICS: Final = ("text", "json", "sarif", "github", "gitlab", "junit")


def found(name: str, format: str) -> str:
    """What a command says in a format; mistakes stand in files alone."""
    if name != "problems":
        return vendorgate(*COMMANDS[name], "--format", format, folder=FOUND).stdout
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "problems"
        vendorgate(*COMMANDS[name], "--output", f"{format}={file}", folder=FOUND)
        return file.read_text(encoding="utf-8")


GOLDEN: Final[Mapping[str, Callable[[], str]]] = {
    f"{name}.{ENDINGS[format]}": partial(found, name, format)
    for name in COMMANDS
    for format in (ENDINGS if name == "problems" else _DIAGNOSTICS)
    if f"{name}.{ENDINGS[format]}" not in _ELSEWHERE
}
