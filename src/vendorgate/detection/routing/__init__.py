"""Whom source files call.

In: what they say, the catalogue. Out: sightings by path.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..catalogue.catalogue import Catalogue
from ..code import Code
from ..sighting import Sighting


def sightings(project: Mapping[str, Code], catalogue: Catalogue) -> dict[str, list[Sighting]]:
    """What each file says of whom it calls, the other files at hand."""
    return {}
