"""Which regions lie in which.

`within` of the contract: a place is the area or lies in it; `de` within `eu` within `eea`, all within `global`.
"""

from __future__ import annotations

from ..logic import UNKNOWN, Json, Value
from ..model.vocabulary import EEA_ONLY, EU_MEMBERS, EU_TERRITORIES, REGIONS, canonical_region


def within(place: Json, area: Json) -> Value:
    """Whether a place is an area or lies in it; unknown where either is no region."""
    if not isinstance(place, str) or not isinstance(area, str):
        return UNKNOWN
    inner, outer = canonical_region(place), canonical_region(area)
    if inner not in REGIONS or outer not in REGIONS:
        return UNKNOWN
    if inner == outer or outer == "global":
        return True
    in_eu = inner in EU_MEMBERS or inner in EU_TERRITORIES
    return in_eu if outer == "eu" else outer == "eea" and (in_eu or inner == "eu" or inner in EEA_ONLY)
