"""A register by control as a workbook: the usual one, and a sheet with the rows of the CSV by control.

In: an inventory. Out: bytes.
"""

from __future__ import annotations

from ..report.workbook import Sheet
from . import xlsx
from .controls_csv import CONTROL, rows
from .csv import titles
from .model import Inventory


def render(inventory: Inventory) -> bytes:
    """The workbook; the same inputs give the same bytes."""
    sheet = Sheet("Controls", (*CONTROL, *titles(inventory, CONTROL)), rows(inventory))
    return xlsx.render(inventory, (sheet,))
