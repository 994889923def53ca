"""What rules and scopes that concern an offering say: the values that they name, and which values they tell apart.

In: an offering, the policies that judge. Out: values. Refuses to know what is declared and what can be changed.
"""

from __future__ import annotations

import datetime
from collections.abc import Hashable, Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Final

from ..declarations.contradicting import agrees
from ..evaluate.possible import PossibleCase
from ..evaluate.reading import atoms_of, literals_of
from ..evaluate.scope import Axis, outside
from ..logic import Node, Operation, walk
from ..logic.functions import is_glob
from ..logic.globs import names_any
from ..logic.paths import KNOWLEDGE, ORDERS, reads
from ..logic.values import Json
from ..model.manifest import SettingValue
from ..model.registry import Offering, Reach
from ..model.text import is_blank
from ..model.vocabulary import REGIONS, RegionGroups, canonical_region
from .changes import LISTED, LISTS
from .judges import Judges

if TYPE_CHECKING:
    from typing import TypeGuard

AXES: Final[dict[str, Axis]] = {
    "endpoints": "endpoints",
    "models": "models",
    "features": "features",
    "region": "regions",
    "cloud_region": "cloud_regions",
}
READ_AS: Final = {"usage.region": ("usage.region", "primary.region")}
"""Paths by which rules read a declaration, where there are several."""


class OfferingRules:
    """The conditions that concern an offering, by the paths that they read."""

    def __init__(self, judges: Judges, offering: Offering) -> None:
        self._judges = judges
        self.offering = offering
        self._own = [condition.tree for cell in offering.cells.values() for condition in cell.conditions]
        self._by_path: dict[str, list[Node]] = {}
        self._values: dict[str, tuple[Json, ...]] = {}
        self._atoms: dict[int, set[str]] = {}
        """By leaf: everything that it asks for."""

    @cached_property
    def _observed(self) -> frozenset[str]:
        """The paths of which a rule asks whether they are observed."""
        return self._judges.observed | self._judges.asking.observed(self._own)

    def reading(self, path: str) -> list[Node]:
        """What the vendor documents comes first, and with it the values that it names."""
        found = self._by_path.get(path)
        if found is None:
            own = self._judges.asking.leaves(self._own, path)
            found = self._by_path[path] = [*own, *self._judges.reading(path)]
        return found

    def _atoms_of(self, leaf: Node) -> set[str]:
        found = self._atoms.get(id(leaf))
        if found is None:
            found = self._atoms[id(leaf)] = atoms_of(leaf)
        return found

    def reaches(self, axis: Axis) -> list[Reach]:
        scopes = [cell.written.scope for cell in self.offering.cells.values()]
        found = [getattr(scope, axis) for scope in scopes if scope is not None]
        return [reach for reach in found if reach is not None]

    def values(self, path: str) -> tuple[Json, ...]:
        """Everything written out that a rule holds a path against, doubles and all."""
        found = self._values.get(path)
        if found is None:
            held = (value for leaf in self.reading(path) for value in self._held_against(leaf, path))
            found = self._values[path] = tuple(held)
        return found

    def _held_against(self, leaf: Node, path: str) -> Iterator[Json]:
        literals: list[Json] = literals_of([leaf])[::-1]  # as they are written
        yield from literals
        if isinstance(leaf, Operation) and leaf.name in ORDERS:
            yield from (number + step for number in _numbers_of(literals) for step in (-1, 1))
        if any(isinstance(value, bool) for value in literals) or _is_bare(leaf, path):
            yield from (True, False)
        if _counts_days(leaf, path):
            yield from _days(literals, self._judges.as_of)

    def linked(self, path: str) -> list[str]:
        """Other declarations that a path is compared with."""
        found = {other for leaf in self.reading(path) for other in self._atoms_of(leaf) - {path}}
        return sorted(other for other in found if other.startswith("usage."))

    def asks_whether_known(self, path: str) -> bool:
        return any(
            isinstance(node, Operation) and node.name in KNOWLEDGE and path in reads(node)
            for leaf in self.reading(path)
            for node in walk(leaf)
        )

    def asks_whether_observed(self, path: str) -> bool:
        return any(read in self._observed for read in READ_AS.get(path, (path,)))

    def told_apart(self, path: str, value: SettingValue) -> tuple[Hashable, ...]:
        """All that rules and scopes can tell of a value: of two with the same answers, either will do."""
        as_written: Json = [value] if path.removeprefix("usage.") in LISTED else value
        found: list[Hashable] = []
        judges = self._judges
        for read in READ_AS.get(path, (path,)):
            alone = PossibleCase({read: as_written}, judges.as_of, judges.groups)
            for leaf in self.reading(read):
                if self._atoms_of(leaf) == {read}:
                    found.append(repr(judges.program.evaluator(leaf)(None, alone)))
                else:
                    found.append(repr(value))
        axis = AXES.get(path.removeprefix("usage."))
        if axis is not None:
            gaps = (outside(axis, [str(value)], one, self.offering, judges.groups) for one in self.reaches(axis))
            found.extend(tuple(gap.outcome for gap in found_gaps) for found_gaps in gaps)
        found.extend(self._told_by_names(path.removeprefix("usage."), value))
        return tuple(found)

    def _told_by_names(self, field: str, value: SettingValue) -> Iterator[Hashable]:
        """What is said of a name alone, and whether a value agrees with what names say."""
        entries = self.offering.written.implies or ()
        if field in LISTS:
            yield from (names_any(str(value), getattr(entry, field) or ()) for entry in entries)
            for cell in self.offering.cells.values():
                reaches = [getattr(entry.scope, field) for entry in cell.written.scoped_facts or ()]
                yield from (names_any(str(value), reach.only or ()) for reach in reaches if reach is not None)
        else:
            yield from (
                agrees(field, value, entry.set[field], self._judges.groups) for entry in entries if field in entry.set
            )

    def implied(self, field: str) -> list[SettingValue]:
        """The values that names imply for a field."""
        found = [entry.set[field] for entry in self.offering.written.implies or () if field in entry.set]
        return [value for value in found if not isinstance(value, tuple)]


class RulesOfOfferings:
    """What concerns offerings, for all usages that the same judges judge."""

    __slots__ = ("_judges", "_known")

    def __init__(self, judges: Judges) -> None:
        self._judges = judges
        self._known: dict[int, OfferingRules] = {}

    def of(self, offering: Offering) -> OfferingRules:
        """What concerns an offering."""
        found = self._known.get(id(offering))
        if found is None:
            # They keep the offering, so that its id stays its own.
            found = self._known[id(offering)] = OfferingRules(self._judges, offering)
        return found


def _is_bare(leaf: Node, path: str) -> bool:
    return isinstance(leaf, Operation) and leaf.name == "var" and reads(leaf) == (path,)


def _counts_days(leaf: Node, path: str) -> bool:
    return any(
        isinstance(node, Operation) and node.name in ("days_since", "days_until") and path in reads(node)
        for node in walk(leaf)
    )


def _days(literals: Iterable[Json], as_of: datetime.date) -> Iterator[str]:
    """The as-of day, and the days that a number of days leads to, with their neighbours."""
    numbers = [int(number) for number in _numbers_of(literals) if abs(number) < 100_000]
    offsets = dict.fromkeys((0, *(number + step for number in numbers for step in (0, 1))))
    for offset in offsets:
        try:
            yield (as_of + datetime.timedelta(days=offset)).isoformat()
        except OverflowError:
            continue


def _numbers_of(values: Iterable[Json]) -> Iterator[int | float]:
    return (one for one in values if isinstance(one, (int, float)) and not isinstance(one, bool))


def regions_among(values: Iterable[Json], groups: RegionGroups) -> Iterator[str]:
    """The regions that values name; of a group its members come first, since an account stands in one of them."""
    for value in values:
        word = canonical_region(value) if is_name(value) else ""
        yield from (one for one in (*sorted(groups.get(word, ())), word) if one in REGIONS or one in groups)


def is_name(value: Json) -> TypeGuard[str]:
    """Whether a value is a text that stands for itself, and is not blank, which no file takes."""
    return isinstance(value, str) and not is_blank(value) and not is_glob(value)
