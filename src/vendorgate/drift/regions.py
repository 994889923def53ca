"""Where a region lies that code names, and whether a declared route is there.

In: a region as the platform or a manifest names it, a route, the clouds of the registry, the bundle's groups. Out:
whether it agrees; None where nobody can tell.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from ..declarations.contradicting import cloud_place
from ..model.vocabulary import (
    NO_GROUPS,
    REGION_ALIASES,
    REGIONS,
    RegionGroups,
    canonical_region,
    lies_in,
    plain_cloud_region,
)
from .declared import Route


class Geography(msgspec.Struct, frozen=True):
    """Which regions there are."""

    clouds: Mapping[str, Mapping[str, str]] = {}
    """By cloud: its own names of regions, and where each lies."""
    groups: RegionGroups = NO_GROUPS
    """Those of the bundle."""

    def place(self, named: str, cloud: str | None) -> str | None:
        """Where a region lies; None where nobody knows."""
        word = named.lower()
        if word in REGIONS or word in REGION_ALIASES or word in self.groups:
            return canonical_region(word)
        return cloud_place(named, self.clouds.get(cloud or "", {}))

    def lies(self, named: str, region: str, cloud: str | None = None) -> bool | None:
        """Whether what is named lies in a region; None where nobody knows."""
        place = self.place(named, cloud)
        return None if place is None else lies_in(place, region, self.groups)


def agrees(named: str, route: Route, cloud: str | None, geography: Geography) -> bool | None:
    """Whether a route is where code says: in its region, and in the platform's own region, where it declares them.

    None where it declares neither, or nobody knows where something lies.
    """
    found = [_in_cloud_region(named, route.cloud_region, cloud, geography)] if route.cloud_region else []
    found += [geography.lies(named, route.region, cloud)] if route.region else []
    return False if False in found else True if found and None not in found else None


def _in_cloud_region(named: str, declared: str, cloud: str | None, geography: Geography) -> bool | None:
    if plain_cloud_region(named) == plain_cloud_region(declared):
        return True
    if geography.place(named, None) is None:
        return False  # another of the platform's own names
    place = geography.place(declared, cloud)
    return None if place is None else geography.lies(named, place)
