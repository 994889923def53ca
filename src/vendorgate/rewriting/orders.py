"""Where keys stand that are added to a file: in the order in which people read it."""

from __future__ import annotations

from typing import Final

from ..model.registry import CellFile
from ..model.vocabulary import DIMENSIONS

CELLS: Final = (*DIMENSIONS, *CellFile.__struct_fields__)
"""Of an offering."""
USAGES: Final = (
    "id",
    "purpose",
    "offering",
    "vendor",
    "account",
    "endpoints",
    "models",
    "data",
    "subjects",
    "region",
    "cloud_region",
    "tier",
    "environment",
    "lifecycle",
    "features",
    "fallbacks",
    "via",
    "recipients",
    "settings",
    "agreements",
    "attributes",
)
"""Of a usage, and of a route of one."""
