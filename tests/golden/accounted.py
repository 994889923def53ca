"""Accounts that were observed, as every report and register shows them.

Of one account a claim is contradicted, agreed with, not told, and told for some models alone; another, of a fallback,
is attested; of a third what was observed is too old; of two settings must be observed, and one of them is attested
alone. A fallback reads where the usage's own account lies. What bundle and manifest can word is hostile.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from tests.command import vendorgate

ACCOUNTS: Final = Path(__file__).parent / "accounts"
INPUTS: Final = ("--policies", "policies", "--registry", "registry", "--as-of", "2026-11-23")
FORMATS: Final = {"json": "json", "html": "html", "markdown": "md", "csv": "csv"}
REGISTER: Final = {"text": "txt", "json": "json", "csv": "csv", "markdown": "md", "html": "html"}


def check(*more: str) -> str:
    """The report on the accounts."""
    return vendorgate("check", *INPUTS, *more, folder=ACCOUNTS).stdout


def explain(usage: str) -> str:
    """The whole tree of a usage."""
    return vendorgate("explain", "vendorgate.yaml", "--usage", usage, *INPUTS, folder=ACCOUNTS).stdout


def register(format: str) -> str:
    """A register of the settings."""
    words = ("inventory", "vendorgate.yaml", *INPUTS, "--view", "./view.yaml", "--format", format)
    return vendorgate(*words, folder=ACCOUNTS).stdout


GOLDEN: Final[Mapping[str, Callable[[], str]]] = {
    "accounts.txt": check,
    "accounts-verbose.txt": lambda: check("--verbose"),
    **{f"accounts.{ending}": partial(check, "--format", format) for format, ending in FORMATS.items()},
    **{f"accounts-explain-{usage}.txt": partial(explain, usage) for usage in ("triage", "notes", "drafts")},
    "accounts-controls.txt": lambda: check("--group-by", "control"),
    **{f"accounts-register.{ending}": partial(register, format) for format, ending in REGISTER.items()},
}
"""What is held to the letter."""
