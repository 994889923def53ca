"""Where in a manifest a cause is seen best: the declared name that is outside, the field that decides, else the route.

In: a cause and a result that has it. Out: a place.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..model.result import Result
from ..model.subject import Subject
from ..source import Location, Path
from .cause import Cause

_FIELD: Final = {"regions": "region", "cloud_regions": "cloud_region"}
"""The manifest's name for an axis of a scope, where it differs."""
_OF_USAGE: Final = ("data", "subjects", "purpose", "environment", "attributes", "region", "lifecycle", "id")
"""Fields that a fallback, gateway or recipient has from its usage, unless it has its own."""


def place_of(cause: Cause, result: Result) -> Location:
    """The place; where nothing is declared that decides, that of the route's offering."""
    subject = result.subject
    source = subject.manifest.source
    for below in _below(cause, subject):
        inherited = ((*subject.place[:2], *below),) if below[0] in _OF_USAGE else ()
        for place in (subject.within(*below), *inherited):
            if source.has(place):
                at = source.locate(place)
                return at if isinstance(below[-1], int) else source.locate_entry(place)
    return subject.location


def _below(cause: Cause, subject: Subject) -> Iterator[Path]:
    """Where it may stand, below the route, the best first."""
    if cause.kind in ("scope", "name") and len(cause.about) > 2:
        yield from _of_name(cause.about[0], cause.about[2], subject)
    elif cause.kind == "contradiction" and len(cause.about) > 3:
        yield from _of_name(cause.about[2], cause.about[3], subject)
    elif cause.kind == "tier":
        yield ("tier",)
    elif cause.kind in ("agreement", "contract"):
        yield ("agreements",)
    elif cause.kind == "unlisted":
        yield ("vendor",)
    for path in cause.reads:
        root, *steps = path.split(".", 2)
        if root == "usage" and steps:
            yield (*steps,)


def _of_name(axis: str, name: str, subject: Subject) -> Iterator[Path]:
    """A name in the list of its axis, or the field that has it."""
    field = _FIELD.get(axis, axis)
    declared = subject.stated.get(f"usage.{field}")
    if isinstance(declared, list) and name in declared:
        yield (field, declared.index(name))
    yield (field,)
