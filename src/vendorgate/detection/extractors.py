"""The table of files that are no source code: which of them an extractor wants, and what it makes of them.

In: paths, texts, the catalogue. Out: sightings. What an extractor needs is imported when there is a file for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

import msgspec

from .catalogue.catalogue import Catalogue
from .sighting import Sighting


class Extractor(msgspec.Struct, frozen=True):
    """One kind of file."""

    name: str
    wants: Callable[[str], bool]
    """By its path, with forward slashes."""
    extract: Callable[[str, str, Catalogue], Iterable[Sighting]]
    """Of path and text. It raises `Unreadable` where nothing can be told."""
    looks: Callable[[str], bool] | None = None
    """At the text, where the name does not decide."""


EXTRACTORS: Final[tuple[Extractor, ...]] = ()
