"""Waivers as a file has them.

In: waivers. Out: plain values, the lines of a `waivers.yaml`, and where in one they stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from ...logic import Json
from ...model.waiver import Waiver, WaiverEntry
from ...rewriting.yaml_text import entry_lines
from ...source import Location

_ORDER: Final = (
    "policy",
    "project",
    "usage",
    "offering",
    "account",
    "vendor",
    "reason",
    "approved_by",
    "ticket",
    "expires",
    "fingerprint",
)


def plain(entry: WaiverEntry) -> dict[str, Json]:
    """A waiver as a reader finds it in the file, in the order in which it is written."""
    found: dict[str, Json] = msgspec.to_builtins(entry)
    return {field: found[field] for field in _ORDER if field in found}


def lines(entry: WaiverEntry, indent: str = "") -> Iterator[str]:
    """A waiver as an entry of the list."""
    return (f"{indent}{line}" for line in entry_lines(plain(entry)))


def place(waiver: Waiver) -> Location:
    """Where a waiver stands: at its policy."""
    return waiver.source.locate_entry(("waivers", waiver.index, "policy"))


def line_of(waiver: Waiver) -> int:
    """Its line, as the list of waivers shows it."""
    return place(waiver).line
