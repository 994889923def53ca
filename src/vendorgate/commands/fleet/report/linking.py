"""Where each figure leads: the rows behind it, as the page's address names them.

In: a facet and the place of a name in it. Out: words for people and fragments of an address; the script reads the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import quote_plus

import msgspec

from .model import Facet, Fleet

NOBODY: Final[Mapping[Facet, str]] = {
    "team": "no owner",
    "platform": "platform not known",
    "region": "region not stated",
    "data": "no class of data",
    "place": "neither repository nor project",
}
NOUNS: Final[Mapping[Facet, tuple[str, str]]] = {
    "team": ("team", "teams"),
    "platform": ("vendor", "vendors"),
    "region": ("region", "regions"),
    "data": ("class of data", "classes of data"),
    "place": ("repository", "repositories"),
}
NONE: Final = " none"
"""What the address calls whoever has no name; no name begins with a space."""
REST: Final = " rest:"
"""Before the place from which names are told together."""


class Name(msgspec.Struct, frozen=True):
    """A name of a figure, or those that are told together."""

    words: str
    value: str
    """What the address calls it."""


def shown(fleet: Fleet, facet: Facet, most: int) -> tuple[Name, ...]:
    """The first names of a facet, and one for all the others where there are more."""
    names = fleet.names[facet]
    room = most if len(names) <= most else most - 1
    first = tuple(_name(facet, name) for name in names[:room])
    return first if len(names) == len(first) else (*first, _others(facet, len(names) - room, room))


def column(place: int, shown_names: tuple[Name, ...]) -> int:
    """Where a name stands among those that are shown."""
    return min(place, len(shown_names) - 1)


def fragment(**asked: str) -> str:
    """The address of rows."""
    return "#" + "&".join(f"{name}={quote_plus(value)}" for name, value in asked.items())


def _name(facet: Facet, name: str | None) -> Name:
    return Name(NOBODY[facet], NONE) if name is None else Name(name, name)


def _others(facet: Facet, many: int, room: int) -> Name:
    return Name(f"{many:,} more {NOUNS[facet][1]}", f"{REST}{room}")
