"""Declarations of a usage that contradict each other: a model, endpoint or feature that implies something else than is
declared, and a cloud's region that lies outside the declared region.

In: what one route declares, its offering, the snapshot's clouds. Out: contradictions, each with the path that it makes
unknown.
Refuses to mend one: what is implied never fills a field that nobody declared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from ..logic import Json
from ..logic.globs import names_any
from ..logic.values import strict_equal
from ..model.registry import Implication, Offering
from ..model.subject import Contradiction
from ..model.vocabulary import NO_GROUPS, RegionGroups, lies_in, plain_cloud_region

_AXES: Final = ("models", "endpoints", "features")
_PREFIX: Final = "usage."

Clouds = Mapping[str, Mapping[str, str]]
_Otherwise = list[tuple[str, Json, Json]]
"""The fields that are declared otherwise than names imply, with what is declared and what is implied."""


def contradictions(
    declared: Mapping[str, Json], offering: Offering, clouds: Clouds, groups: RegionGroups = NO_GROUPS
) -> tuple[Contradiction, ...]:
    """Every contradiction between what a route declares, which has stated paths alone."""
    found: list[Contradiction] = []
    for entry in offering.written.implies or ():
        if _may_be_named(entry, declared):
            otherwise = _otherwise(entry, declared, groups)
            if otherwise:  # the names themselves come last: a manifest may have thousands of them
                found.extend(_implied(entry, declared, otherwise))
    return (*found, *_misplaced(declared, offering.written.cloud, clouds, groups))


def _may_be_named(entry: Implication, declared: Mapping[str, Json]) -> bool:
    """Whether names are declared of a kind that an entry has."""
    return bool(
        (entry.models and "usage.models" in declared)
        or (entry.endpoints and "usage.endpoints" in declared)
        or (entry.features and "usage.features" in declared)
    )


def _implied(entry: Implication, declared: Mapping[str, Json], otherwise: _Otherwise) -> Iterator[Contradiction]:
    """What is declared otherwise than a name implies, at each name that does."""
    for axis in _AXES:
        globs: tuple[str, ...] = getattr(entry, axis) or ()
        for index, name in enumerate(_names(declared, _PREFIX + axis) if globs else ()):
            if names_any(name, globs):
                for field, stated, implied in otherwise:
                    yield Contradiction(_PREFIX + field, stated, axis, name, index, implied)


def _otherwise(entry: Implication, declared: Mapping[str, Json], groups: RegionGroups) -> _Otherwise:
    found: _Otherwise = []
    for field, implied in entry.set.items():
        stated = declared.get(_PREFIX + field)
        if stated is not None and not agrees(field, stated, implied, groups):
            found.append((field, stated, [*implied] if isinstance(implied, tuple) else implied))
    return found


def _names(declared: Mapping[str, Json], path: str) -> list[str]:
    names = declared.get(path)
    return [name for name in names if isinstance(name, str)] if isinstance(names, list) else []


def agrees(field: str, stated: Json, implied: str | float | tuple[str, ...], groups: RegionGroups = NO_GROUPS) -> bool:
    """Whether what is declared of a field says what a name implies."""
    if isinstance(implied, tuple):
        return isinstance(stated, list) and all(name in stated for name in implied)
    if field == "region" and isinstance(stated, str) and isinstance(implied, str):
        return lies_in(implied, stated, groups) is True
    return strict_equal(stated, implied)


def _misplaced(
    declared: Mapping[str, Json], cloud: str | None, clouds: Clouds, groups: RegionGroups
) -> Iterator[Contradiction]:
    """A cloud region outside the declared region, or one that the cloud does not have: then neither counts."""
    name = declared.get("usage.cloud_region")
    if cloud is None or not isinstance(name, str):
        return
    place, region = cloud_place(name, clouds.get(cloud, {})), declared.get("usage.region")
    if place is None or (isinstance(region, str) and lies_in(place, region, groups) is not True):
        yield Contradiction("usage.region", region, "cloud_regions", name, None, place)
        yield Contradiction("usage.cloud_region", region, "cloud_regions", name, None, place)


def cloud_place(name: str, places: Mapping[str, str]) -> str | None:
    """Where a cloud region lies; names are compared without case, spaces and hyphens."""
    wanted = plain_cloud_region(name)
    return places.get(name) or next((place for one, place in places.items() if plain_cloud_region(one) == wanted), None)
