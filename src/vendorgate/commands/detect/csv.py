"""What was detected as CSV (RFC 4180) for spreadsheets: a row a finding.

In: a detection. Out: as the CSV of a check; the same words in both mean the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from ...detection.model import Finding
from ...frame.formats import surroundings
from ...report.csv_rows import joined, written
from ...report.surroundings import Surroundings
from ...version import VERSION
from .model import Detected

COLUMNS: Final[Mapping[str, Callable[[Finding, Surroundings], str]]] = {
    "offering": lambda one, _: one.offering or "",
    "vendor": lambda one, _: one.vendor or "",
    "status": lambda one, _: one.status,
    "kind": lambda one, _: one.kind,
    "endpoint": lambda one, _: one.endpoint or "",
    "model": lambda one, _: one.model or "",
    "region": lambda one, _: one.region or "",
    "settings": lambda one, _: joined(f"{setting.name}={setting.value}" for setting in one.settings),
    "via": lambda one, _: one.via or "",
    "recipient": lambda one, _: "yes" if one.is_recipient else "no",
    "seen": lambda one, _: one.token,
    "path": lambda one, around: around.path(one.location.path),
    "line": lambda one, _: str(one.location.line),
    "column": lambda one, _: str(one.location.column),
}
"""What a row says of its finding."""


def render(found: Detected) -> str:
    """A row of names and a row a finding, by place."""
    around = surroundings()
    rows = ([value(one, around) for value in COLUMNS.values()] for one in found.detection.findings)
    return written([*COLUMNS, "vendorgate"], rows, [VERSION])
