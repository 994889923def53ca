"""Diagnostics as CSV: a row each, so that a table which nobody could make is not taken for an empty one.

In: what was found. Out: rows that begin with the same column as those of a check.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from ...version import VERSION
from ..csv_rows import written
from ..diagnostic import Diagnosed, Diagnostic
from ..surroundings import Surroundings

COLUMNS: Final[Mapping[str, Callable[[Diagnostic, Surroundings], str]]] = {
    "outcome": lambda one, _: "not_judged",
    "blocks": lambda one, _: "yes" if one.blocks else "no",
    "severity": lambda one, _: one.severity,
    "problem": lambda one, _: one.id,
    "message": lambda one, _: one.message,
    "help": lambda one, _: one.help or "",
    "file": lambda one, around: "" if one.readable is None else around.path(one.readable.path),
    "line": lambda one, _: "" if one.location is None else str(one.location.line),
    "column": lambda one, _: "" if one.location is None else str(one.location.column),
}


def render(found: Diagnosed, surroundings: Surroundings = Surroundings()) -> str:
    """A row of names and a row a diagnostic."""
    rows = ([value(one, surroundings) for value in COLUMNS.values()] for one in found.diagnostics)
    return written([*COLUMNS, "vendorgate"], rows, [VERSION])
