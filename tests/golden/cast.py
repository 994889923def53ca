"""One cast of results, shown by every report, and the files that hold how it should look.

The cast carries hostile text in every field that is free text: markup, table and workflow syntax, a colour code, a
right-to-left override, a line separator, a formula, a mention, and a name of 300 characters.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from tests.command import vendorgate

HERE: Final = Path(__file__).parent
CAST: Final = HERE / "cast"
_INPUTS: Final = ("--policies", "policies", "--registry", "registry", "--as-of", "2026-11-23")


def check(*more: str) -> str:
    """The report on the cast."""
    return vendorgate("check", *_INPUTS, *more, folder=CAST).stdout


def explain() -> str:
    """The whole tree of the hostile usage."""
    arguments = ("explain", "vendorgate.yaml", "--usage", "everything-in-a-name")
    return vendorgate(*arguments, *_INPUTS, folder=CAST).stdout


GOLDEN: Final[Mapping[str, Callable[[], str]]] = {
    "check.txt": check,
    "check.json": lambda: check("--format", "json"),
    "explain.txt": explain,
}
"""File and what it should hold."""
