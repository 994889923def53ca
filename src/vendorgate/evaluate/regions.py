"""Which regions lie in which, as rules ask it.

`within` of the contract: a place is the area or lies in it; `de` within `eu` within `eea`, all within `global`.
"""

from __future__ import annotations

from ..logic import UNKNOWN, Json, Value
from ..model.vocabulary import NO_GROUPS, RegionGroups, lies_in


def within(place: Json, area: Json, groups: RegionGroups = NO_GROUPS) -> Value:
    """Whether a place is an area or lies in it; unknown where either is no region."""
    if not isinstance(place, str) or not isinstance(area, str):
        return UNKNOWN
    found = lies_in(place, area, groups)
    return UNKNOWN if found is None else found
