"""Registers of an insurer with two projects: one says all that registers ask for, one says little and is hostile.

Its registry has a vendor that documents much and one whose evidence is too old, unclear or of low confidence; its
bundle has cells and an offering of its own, and an agreement that has ended; and one vendor is unlisted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from tests.command import vendorgate
from vendorgate.inventory.reading import SHIPPED_VIEWS

REGISTERS: Final = Path(__file__).parent / "registers"
INPUTS: Final = ("letters", "triage", "--policies", "policies", "--registry", "registry", "--as-of", "2026-11-23")
_ENDINGS: Final = {"text": "txt", "json": "json", "csv": "csv", "markdown": "md", "html": "html"}


def listed(view: str, format: str = "text", *more: str) -> str:
    """A register of the insurer."""
    return vendorgate("inventory", *INPUTS, "--view", view, "--format", format, *more, folder=REGISTERS).stdout


def _of(view: str, format: str) -> Callable[[], str]:
    return lambda: listed(view, format)


GOLDEN: Final[Mapping[str, Callable[[], str]]] = {
    f"inventory-{view}.{_ENDINGS[format]}": _of(view, format)
    for view in SHIPPED_VIEWS
    for format in ("text", "json", *(("csv", "markdown", "html") if view in ("ropa", "subprocessors") else ()))
}
"""File and what it should hold."""
