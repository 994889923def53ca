"""Waivers as a file has them.

In: waivers. Out: plain values, and the lines of a `waivers.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from ...logic import Json
from ...model.waiver import WaiverEntry
from ...rewriting.yaml_text import entry_lines

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
