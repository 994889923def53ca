"""Where a commitment reaches, and what of a usage lies outside (coverage, step 4).

In: a scope, a subject's declarations, its offering. Out: the gaps; none means that the scope reaches all of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final, Literal

import msgspec

from ..logic import Unknown, Value
from ..logic.functions import matches_glob
from ..model.registry import Offering, Reach, Scope
from ..model.vocabulary import lies_in

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


def gaps(scope: Scope, stated: Mapping[str, Value], offering: Offering) -> list[Gap]:
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
            found.extend(outside(axis, names, reach, offering))
    return found


def declared_names(stated: Mapping[str, Value], path: str) -> list[str] | None:
    """The names that a declaration has, one or several; None where it has none, or where it is contradicted."""
    declared = stated.get(path)
    if declared is None or isinstance(declared, Unknown):
        return None
    return [name for name in (declared if isinstance(declared, list) else [declared]) if isinstance(name, str)]


def outside(axis: Axis, names: list[str], reach: Reach, offering: Offering) -> Iterator[Gap]:
    """The declared names that one axis of a scope excludes, or may exclude."""
    for name in names:
        if (reach.only is not None and not names_any(name, reach.only)) or names_any(name, reach.excluded or ()):
            yield Gap(axis, name, "fail", reach)
        elif reach.excluded is not None and (
            not _is_known(axis, name, offering) or (axis == "regions" and overlapped(name, reach.excluded) is not None)
        ):
            yield Gap(axis, name, "unknown", reach)


def overlapped(region: str, excluded: tuple[str, ...]) -> str | None:
    """The first excluded region that a declared one lies in or holds, where names alone tell them apart.

    Names are compared as they stand; but a commitment that leaves the EU out says nothing of Germany.
    """
    return next((one for one in excluded if lies_in(region, one) or lies_in(one, region)), None)


@lru_cache(maxsize=4096)
def names_any(name: str, globs: tuple[str, ...]) -> bool:
    """Whether a name is among what globs name; remembered, since every cell and every way out asks it anew."""
    return any(matches_glob(name, glob) for glob in globs)


def _is_known(axis: Axis, name: str, offering: Offering) -> bool:
    """Whether an offering lists a name; a list of exclusions says nothing of names that nobody knew."""
    if axis not in _LISTED_BY_OFFERINGS:
        return True
    listed: tuple[str, ...] | None = getattr(offering.written, axis)
    return names_any(name, listed or ())
