"""Which of a cell's facts hold for what a usage declares: the cell's own, or others for some names.

In: a cell, the name of a fact, what is declared. Out: the sources of the fact, one for each name that matters.
Refuses to know grades and evidence.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

import msgspec

from ..logic import Json, Value
from ..logic.globs import names_any
from ..model.facts import LISTINGS
from ..model.registry import Cell, NamesReached, ScopedFacts
from .scope import declared_names

_AXES: Final[Mapping[Literal["endpoints", "models", "features"], str]] = {
    "endpoints": "usage.endpoints",
    "models": "usage.models",
    "features": "usage.features",
}


class FactSource(msgspec.Struct, frozen=True):
    """Where a fact is read for one name."""

    axis: str | None
    """Of the name; None where no entry of `scoped_facts` could say otherwise."""
    name: str | None
    """None where nothing is declared."""
    entry: ScopedFacts | None
    """The entry that reaches the name; None: the cell's own facts."""


class Exceptions(msgspec.Struct, frozen=True):
    """The entries of one axis that state a fact apart for some of its names."""

    axis: str
    path: str
    """Of the declaration."""
    entries: tuple[ScopedFacts, ...]


def exceptions_of(cell: Cell, fact: str) -> tuple[Exceptions, ...]:
    """The axes on which a fact is stated apart for some names."""
    stated = [entry for entry in cell.written.scoped_facts or () if fact in entry.facts]
    found = [Exceptions(axis, path, tuple(e for e in stated if _only(e, axis))) for axis, path in _AXES.items()]
    return tuple(one for one in found if one.entries)


def fact_sources(exceptions: tuple[Exceptions, ...], stated: Mapping[str, Value]) -> tuple[FactSource, ...]:
    """Where a fact is read: for each declared name of each axis that an entry with this fact restricts.

    A name of None is an axis that is restricted and not declared, or not known.
    """
    found: list[FactSource] = []
    for one in exceptions:
        names = declared_names(stated, one.path)
        if names is None:
            found.append(FactSource(one.axis, None, None))
        else:
            found.extend([FactSource(one.axis, name, _first(one.entries, one.axis, name)) for name in names])
    return tuple(found) or _WHOLE


def _only(entry: ScopedFacts, axis: str) -> tuple[str, ...]:
    reach: NamesReached | None = getattr(entry.scope, axis)
    return () if reach is None else reach.only


_WHOLE: Final = (FactSource(None, None, None),)


def _first(entries: tuple[ScopedFacts, ...], axis: str, name: str) -> ScopedFacts | None:
    return next((entry for entry in entries if names_any(name, _only(entry, axis))), None)


def fact_value(facts: Json, below: list[str]) -> Json:
    """What a path reads of facts: of a listing whether it has a name, or without one the whole of it; None where
    nothing is stated."""
    if below[0] in LISTINGS and len(below) > 1 and isinstance(facts, dict):
        return listed(facts.get(below[0]), below[1])
    return descend(facts, below)


def listed(listing: Json, name: str) -> bool | None:
    """Whether a listing has a name; None where it has not, and the vendor does not say that it is complete."""
    if not isinstance(listing, dict):
        return None
    if name in listing["names"]:  # type: ignore[operator]  # a list, since the cell was checked
        return True
    return False if listing.get("complete") else None


def descend(facts: Json, below: list[str]) -> Json:
    """What stands below a path; None where it leads nowhere."""
    value = facts
    for step in below:
        value = value.get(step) if isinstance(value, dict) else None
    return value


def same(one: Value, other: Value) -> bool:
    """Whether two JSON values are equal, `true` and `1` apart."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return isinstance(one, bool) is isinstance(other, bool) and one == other
