"""A workbook of a check with its results by control: the usual one, and a sheet with the rows of the CSV by control.

In: an evaluation. Out: bytes.
"""

from __future__ import annotations

from ..model.evaluation import Evaluation
from . import xlsx
from .controls_csv import COLUMNS, rows
from .surroundings import Surroundings
from .workbook import Sheet


def render(evaluation: Evaluation, surroundings: Surroundings = Surroundings()) -> bytes:
    """The workbook; the same evaluation gives the same bytes."""
    return xlsx.render(evaluation, surroundings, (Sheet("Controls", COLUMNS, rows(evaluation, surroundings)),))
