"""What a listing says of one name, in words: whether the vendor lists it, and whether others could be missing.

In: a path of a rule, what it reads. Out: words; none where the path asks for no name of a listing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..logic import UNKNOWN, Json, Unknown, Value
from ..model.facts import LISTINGS, ListingKind, listed_name
from ..model.registry import OfferingFile

_LISTS: Final[Mapping[ListingKind, str]] = {
    "certifications": "the certifications that {0} lists",
    "countries": "the countries in which {0} says that it hosts",
}


def listing_words(path: str, value: Value, offering: OfferingFile) -> str:
    """Whether a name is listed; empty where a path asks for no name of a listing."""
    found = listed_name(path)
    if found is None:
        return ""
    listing, name = found
    listed = _LISTS[LISTINGS[listing]].format(offering.platform)
    if value is True:
        return f"`{name}` is among {listed}"
    complete = (
        "and the list is not said to be complete" if isinstance(value, Unknown) else "and it says that these are all"
    )
    return f"`{name}` is not among {listed}, {complete}"


def absence_words(path: str, facts: Mapping[str, Json] | None, offering: OfferingFile) -> str:
    """The same of a name of which nothing is known; empty where facts state no such listing."""
    found = listed_name(path)
    stated = found is not None and (facts or {}).get(found[0]) is not None
    return listing_words(path, UNKNOWN, offering) if stated else ""
