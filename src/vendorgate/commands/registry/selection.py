"""Choosing offerings and finding text in them.

In: a snapshot. Out: offerings, matches.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from ...logic.functions import matches_glob
from ...model.fact_words import fact_lines
from ...model.registry import Offering, Snapshot
from ...model.vocabulary import DIMENSIONS, Dimension, in_order


def grade_of(offering: Offering, dimension: str) -> str | None:
    """The grade of a cell; None where the registry states nothing."""
    cell = offering.cells.get(dimension)
    return None if cell is None else cell.written.value


def select(
    snapshot: Snapshot, *, grades: Mapping[str, str], developer: str | None = None, platform: str | None = None
) -> tuple[Offering, ...]:
    """The offerings that have all these grades (by dimension), developer and platform (globs, in any case)."""
    return tuple(
        offering
        for offering in _sorted(snapshot)
        if all((grade_of(offering, dimension) or "none") == grade for dimension, grade in grades.items())
        and _matches(offering.written.developer, developer)
        and _matches(offering.written.platform, platform)
    )


def _sorted(snapshot: Snapshot) -> list[Offering]:
    return [snapshot.offerings[id] for id in sorted(snapshot.offerings)]


def _matches(text: str, glob: str | None) -> bool:
    return glob is None or matches_glob(text.casefold(), glob.casefold())


def dimensions_of(snapshot: Snapshot) -> tuple[Dimension, ...]:
    """The usual dimensions, and those that the bundle adds."""
    own = (name for name in snapshot.written.dimensions if name not in DIMENSIONS)
    stated = (name for offering in snapshot.offerings.values() for name in offering.cells)
    return in_order((*DIMENSIONS, *own, *stated))


class Match(msgspec.Struct, frozen=True):
    """A text of an offering in which the words were found."""

    offering: Offering
    dimension: Dimension | None
    """None = in the offering itself."""
    field: str
    text: str

    @property
    def place(self) -> str:
        """A field of the offering, or `dimension.field` of one of its cells."""
        return f"{self.dimension}.{self.field}" if self.dimension else self.field

    @property
    def is_own(self) -> bool:
        """Whether the organization says it, in its bundle."""
        owner = self.offering.owner if self.dimension is None else self.offering.cells[self.dimension].owner
        return owner == "bundle"


def search(snapshot: Snapshot, words: str) -> tuple[Match, ...]:
    """Every text that has all the words, in any case and order."""
    wanted = words.casefold().split()
    return tuple(
        match
        for offering in _sorted(snapshot)
        for match in _texts(offering)
        if wanted and all(word in match.text.casefold() for word in wanted)
    )


def _texts(offering: Offering) -> Iterator[Match]:
    written = offering.written
    for field in ("id", "name", "developer", "platform", "model_family", "summary"):
        text = getattr(written, field)
        if text is not None:
            yield Match(offering, None, field, text)
    for field in ("aliases", "endpoints", "models", "features", "hosts"):
        for text in getattr(written, field) or ():
            yield Match(offering, None, field, text)
    for dimension in in_order(offering.cells):
        for field in ("value", "note", "geography", "source"):
            text = getattr(offering.cells[dimension].written, field)
            if text is not None:
                yield Match(offering, dimension, field, text)
        for name, words in fact_lines(offering.cells[dimension].written):
            yield Match(offering, dimension, f"facts.{name}", f"{name}: {words}")
