"""Registers of an insurer with two projects: one says all that registers ask for, one says little and is hostile.

Its registry has a vendor that documents much and one whose evidence is too old, unclear or of low confidence; its
bundle has cells and an offering of its own, and an agreement that has ended; and one vendor is unlisted.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from tests.command import vendorgate
from vendorgate.inventory.reading import SHIPPED_VIEWS

REGISTERS: Final = Path(__file__).parent / "registers"
INPUTS: Final = ("letters", "triage", "--policies", "policies", "--registry", "registry", "--as-of", "2026-11-23")
_ENDINGS: Final = {"text": "txt", "json": "json", "csv": "csv", "markdown": "md", "html": "html"}


@cache
def listed(view: str, format: str = "text", *more: str) -> str:
    """A register of the insurer."""
    return vendorgate("inventory", *INPUTS, "--view", view, "--format", format, *more, folder=REGISTERS).stdout


def _of(view: str, format: str) -> Callable[[], str]:
    return lambda: listed(view, format)


def compared(format: str) -> str:
    """What is another in the sub-processors since a day on which there was one project, with other words."""
    with tempfile.TemporaryDirectory() as folder:
        earlier = Path(folder) / "letters" / "vendorgate.yaml"
        earlier.parent.mkdir()
        text = (REGISTERS / "letters" / "vendorgate.yaml").read_text("utf-8").replace("region: us", "region: de")
        earlier.write_text(text.replace("since: 2026-03-01", "since: 2026-02-01"), "utf-8")
        words = (str(earlier), *INPUTS[2:-1], "2026-10-01", "--view", "subprocessors", "--format", "json")
        (Path(folder) / "old.json").write_text(vendorgate("inventory", *words, folder=REGISTERS).stdout, "utf-8")
        (Path(folder) / "new.json").write_text(listed("subprocessors", "json"), "utf-8")
        return vendorgate("inventory", "diff", "old.json", "new.json", "--format", format, folder=Path(folder)).stdout


def _compared(format: str) -> Callable[[], str]:
    return lambda: compared(format)


GOLDEN: Final[Mapping[str, Callable[[], str]]] = {
    f"inventory-{view}.{_ENDINGS[format]}": _of(view, format)
    for view in SHIPPED_VIEWS
    for format in ("text", "json", *(("csv", "markdown", "html") if view in ("ropa", "subprocessors") else ()))
} | {f"inventory-diff.{_ENDINGS[format]}": _compared(format) for format in ("text", "json", "markdown", "csv")}
"""File and what it should hold."""
