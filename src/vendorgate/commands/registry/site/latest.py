"""What changed lately: since another snapshot, and what was read on the last days.

In: a snapshot, and a difference where there is one. Out: pages.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from ....comparison.registry_model import COVERED, FieldChange, RegistryDirection
from ....comparison.values import changed_value
from .model import Asked, Link, Page
from .questions import Question
from .views import Views

_DAYS: Final = 10
"""Days of reading that are told."""
_ORDER: Final[tuple[RegistryDirection, ...]] = ("worse", "changed", "better")


class Change(msgspec.Struct, frozen=True):
    """One change since the other snapshot."""

    direction: RegistryDirection
    link: Link
    """Its path is empty where there is no page of it any more."""
    kind: str
    fields: tuple[tuple[str, str, str], ...]
    """Name, before, after."""


class DayOfReading(msgspec.Struct, frozen=True):
    """What was read on one day."""

    day: datetime.date
    offerings: tuple[tuple[Link, tuple[Link, ...]], ...]
    """Each with the questions that were read."""

    @property
    def cells(self) -> int:
        """How many cells."""
        return sum(len(links) for _, links in self.offerings)


def latest_page(asked: Asked, views: Views) -> Page:
    """What changed since the other snapshot, worse first, and what was read on the last days."""
    known = {one.dimension: one for one in views.questions}
    values = {
        "changes": None if asked.changes is None else sorted(_changes(asked, known), key=_weight),
        "previous": asked.previous,
        "days": tuple(_days(asked, known)),
    }
    return Page("latest/", "latest.html.jinja", "What changed lately", "Changes, and what was read last.", values)


def _weight(change: Change) -> int:
    return _ORDER.index(change.direction)


def _changes(asked: Asked, known: dict[str, Question]) -> Iterator[Change]:
    found = asked.changes
    assert found is not None
    for field in found.snapshot:
        yield Change(field.direction, Link("the snapshot", ""), "changed", (_field(field),))
    for offering in found.offerings:
        id = offering.offering.id
        path = f"offerings/{id}/" if id in asked.snapshot.offerings else ""
        fields = tuple(map(_field, offering.fields))
        yield Change(offering.direction, Link(offering.offering.written.name, path, id), offering.kind, fields)
    for cell in found.cells:
        question = known[cell.dimension]
        name = asked.snapshot.offerings[cell.offering].written.name
        link = Link(f"{name}: {question.title}", f"offerings/{cell.offering}/#{question.anchor}", cell.offering)
        kind = f"{cell.kind}; {COVERED}" if cell.covered else cell.kind
        yield Change(cell.direction, link, kind, tuple(map(_field, cell.fields)))


def _field(change: FieldChange) -> tuple[str, str, str]:
    return change.field, changed_value(change.old), changed_value(change.new)


def _days(asked: Asked, known: dict[str, Question]) -> Iterator[DayOfReading]:
    """The last days on which sources were read, the latest first."""
    read: defaultdict[datetime.date, dict[str, list[str]]] = defaultdict(dict)
    for offering in asked.listed.offerings.values():
        for dimension, cell in offering.cells.items():
            days = [one.on for one in cell.written.readings or ()]
            for day in dict.fromkeys((*days, cell.written.verified)):
                if day is not None:
                    read[day].setdefault(offering.id, []).append(dimension)
    for day in sorted(read, reverse=True)[:_DAYS]:
        yield DayOfReading(day, tuple(_read(asked, id, read[day][id], known) for id in sorted(read[day])))


def _read(asked: Asked, id: str, read: Sequence[str], known: dict[str, Question]) -> tuple[Link, tuple[Link, ...]]:
    path = f"offerings/{id}/"
    cells = [one for name, one in known.items() if name in read]
    links = tuple(Link(one.title, f"{path}#{one.anchor}") for one in cells)
    return Link(asked.snapshot.offerings[id].written.name, path), links
