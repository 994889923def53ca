"""Where a commitment reaches, and what of a usage lies outside (coverage, step 4).

In: a scope, a subject's declarations, its offering. Out: the gaps; none means that the scope reaches all of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final, Literal

import msgspec

from ..logic import Unknown, Value
from ..logic.functions import is_glob, matches_glob
from ..logic.globs import SameObject, names_any
from ..model.registry import Offering, Reach, Scope
from ..model.vocabulary import NO_GROUPS, REGIONS, RegionGroups, lies_in, plain_cloud_region

Axis = Literal["endpoints", "models", "regions", "cloud_regions", "features", "lifecycle"]

DECLARED_BY: Final[Mapping[Axis, str]] = {
    "endpoints": "usage.endpoints",
    "models": "usage.models",
    "regions": "usage.region",
    "cloud_regions": "usage.cloud_region",
    "features": "usage.features",
    "lifecycle": "usage.lifecycle",
}
"""The declaration that each axis restricts."""

_LISTED_BY_OFFERINGS: Final = ("endpoints", "models", "features")
"""Axes whose names an offering lists, so that a name can be unknown to it."""


class Gap(msgspec.Struct, frozen=True):
    """Something declared that is outside a scope, or that may be: nobody can tell."""

    axis: Axis
    name: str | None
    """What is outside or not known; None where nothing is declared, or what is declared is contradicted."""
    outcome: Literal["fail", "unknown"]
    reach: Reach


def gaps(scope: Scope, stated: Mapping[str, Value], offering: Offering, groups: RegionGroups = NO_GROUPS) -> list[Gap]:
    """Every gap between a scope and what a subject declares, in the order of the axes."""
    found: list[Gap] = []
    for axis, path in DECLARED_BY.items():
        reach: Reach | None = getattr(scope, axis)
        if reach is None:
            continue
        names = declared_names(stated, path)
        if names is None:
            found.append(Gap(axis, None, "unknown", reach))
        else:
            found.extend(outside(axis, names, reach, offering, groups))
    return found


def declared_names(stated: Mapping[str, Value], path: str) -> list[str] | None:
    """The names that a declaration has, one or several; None where it has none, or where it is contradicted."""
    declared = stated.get(path)
    if declared.__class__ is str:  # most are texts, or lists of them
        return [declared]
    if declared is None or isinstance(declared, Unknown):
        return None
    return [name for name in (declared if isinstance(declared, list) else [declared]) if isinstance(name, str)]


def outside(
    axis: Axis, names: list[str], reach: Reach, offering: Offering, groups: RegionGroups = NO_GROUPS
) -> Iterator[Gap]:
    """The declared names that one axis of a scope excludes, or may exclude."""
    among = groups if axis == "regions" else NO_GROUPS
    for name in names:
        if not _is_inside(name, reach.only, among) or is_excluded(axis, name, reach.excluded or (), offering):
            yield Gap(axis, name, "fail", reach)
        elif reach.excluded is not None and (
            not _is_known(axis, name, offering)
            or (axis == "regions" and overlapped(name, reach.excluded, groups) is not None)
        ):
            yield Gap(axis, name, "unknown", reach)


def is_excluded(axis: Axis, name: str, excluded: tuple[str, ...], offering: Offering) -> bool:
    """Whether a scope leaves a name out. A cloud's region is what its cloud takes it for: a manifest may write it with
    other case, spaces and hyphens, and no spelling is a way around an exclusion."""
    if names_any(name, excluded):
        return True
    if axis != "cloud_regions" or not excluded:
        return False
    plain = plain_cloud_region(name)
    known = offering.cloud_names.get(plain)
    if known is None:
        return names_any(plain, _plainly(SameObject(excluded), globs=True))
    return names_any(known, excluded) or names_any(plain, _plainly(SameObject(excluded), globs=False))


@lru_cache(maxsize=64)
def _plainly(names: SameObject[tuple[str, ...]], *, globs: bool) -> tuple[str, ...]:
    """Names of cloud regions without case, spaces and hyphens, with the globs among them or without."""
    return tuple(plain_cloud_region(one) for one in names.value if globs or not is_glob(one))


def _is_inside(name: str, only: tuple[str, ...] | None, groups: RegionGroups) -> bool:
    """Whether a name is among those that a scope is restricted to.

    A group of regions that only looks like what a glob means is inside where all of its members are.
    """
    if only is None or name in only:
        return True
    return names_any(name, only) and all(names_any(member, only) for member in groups.get(name, ()))


def overlapped(region: str, excluded: tuple[str, ...], groups: RegionGroups = NO_GROUPS) -> str | None:
    """The first excluded region that a declared one lies in or holds, where names alone tell them apart.

    Names are compared as they stand; but a commitment that leaves the EU out says nothing of Germany, nor of a group
    that Germany is in.
    """
    places = groups.get(region, (region,))
    return next((one for one in excluded if any(_share(place, one) for place in places)), None)


def _share(place: str, excluded: str) -> bool:
    """Whether a region shares a place with an excluded one, or with any that an excluded glob names."""
    if "*" not in excluded and "?" not in excluded:
        return bool(lies_in(place, excluded) or lies_in(excluded, place))
    others = (one for one in REGIONS if matches_glob(one, excluded))
    return any(lies_in(place, one) or lies_in(one, place) for one in others)


def _is_known(axis: Axis, name: str, offering: Offering) -> bool:
    """Whether an offering lists a name; a list of exclusions says nothing of names that nobody knew."""
    if axis not in _LISTED_BY_OFFERINGS:
        return True
    listed: tuple[str, ...] | None = getattr(offering.written, axis)
    return names_any(name, listed or ())
