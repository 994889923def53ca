"""Why nothing was judged, as a workbook: a row each, so that no such table is taken for an empty one.

In: what was found. Out: bytes.
"""

from __future__ import annotations

from ...version import VERSION
from ..diagnostic import Diagnosed
from ..surroundings import Surroundings
from ..workbook import Sheet, workbook
from .csv import COLUMNS


def render(found: Diagnosed, surroundings: Surroundings = Surroundings()) -> bytes:
    """One sheet, with the columns of the CSV report."""
    rows = ([*(value(one, surroundings) for value in COLUMNS.values()), VERSION] for one in found.diagnostics)
    return workbook("vendorgate: not checked", [Sheet("Not judged", [*COLUMNS, "vendorgate"], rows)])
