"""Figures of rows and columns: teams by vendors, what blocks by where, what ends by month.

In: a fleet. Out: where each cell stands in a drawing, what it says, and where it leads.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import msgspec

from ....logic.wording import count
from ....model.vocabulary import Outcome
from .ends import LATER
from .linking import REST, Name, column, fragment, shown
from .model import END_KINDS, NO_TALLY, EndKind, Fleet, Tally

ROW: Final = 30
"""Pixels of a row."""
TALL: Final = 62
"""The same of a row of circles."""
HEAD: Final = 118
"""Pixels of the names of columns, which stand on end."""
_WIDEST: Final = 21
"""Pixels of the radius of the largest circle."""
_WIDTH: Final = 960
"""Pixels that columns share, as far as they stay between the least and the most."""
_LEAST, _MOST = 38, 96
_TEAMS: Final = 40
_PLATFORMS: Final = 30
_POLICIES: Final = 15
_PLACES: Final = 24
_TOLD: Final[Mapping[Outcome, str]] = {
    "fail": "fail",
    "unknown": "are not known to pass",
    "waived": "are waived",
    "pass": "pass",
    "not_applicable": "no policy applies to",
}
KINDS: Final[Mapping[EndKind, str]] = {
    "evidence": "Evidence grows too old",
    "agreement": "Agreements end",
    "waiver": "Waivers end",
    "enforcement": "Policies are enforced",
}


class Cell(msgspec.Struct, frozen=True):
    """One figure of a grid."""

    row: int
    column: int
    tally: Tally
    number: str
    """As it is shown where there is little room."""
    words: str
    """In full, for whoever hears it or points at it."""
    link: str
    step: str = ""
    """How dark it is beside the others, where that does not follow from what it counts."""


class Head(msgspec.Struct, frozen=True):
    """The name of a row or a column."""

    words: str
    link: str


class Grid(msgspec.Struct, frozen=True):
    """A figure of rows and columns."""

    rows: tuple[Head, ...]
    columns: tuple[Head, ...]
    cells: tuple[Cell, ...]
    width: int
    """Pixels of a column."""
    kinds: tuple[EndKind, ...] = ()
    """What its rows are, where they are kinds of ends."""

    @property
    def by_row(self) -> tuple[tuple[Cell | None, ...], ...]:
        """Every row with all its cells, for the table that says the same."""
        found = {(one.row, one.column): one for one in self.cells}
        columns = range(len(self.columns))
        return tuple(tuple(found.get((row, column)) for column in columns) for row in range(len(self.rows)))


def brief(number: int) -> str:
    """A number in four characters."""
    if number >= 1_000_000:
        return f"{number // 1_000_000}M"
    return f"{number // 1000}k" if number >= 10_000 else str(number)


def width_of(columns: int) -> int:
    """Pixels of a column of so many."""
    return max(_LEAST, min(_MOST, _WIDTH // max(columns, 1)))


def said(tally: Tally) -> str:
    """What usages come to."""
    parts = [f"{number:,} {_TOLD[name]}" for name, number in zip(_TOLD, tally.outcomes, strict=True) if number]
    blocks = f"{tally.blocks:,} {'has' if tally.blocks == 1 else 'have'} a result that blocks" if tally.blocks else ""
    return "; ".join(filter(None, (blocks, ", ".join(parts))))


def heat(fleet: Fleet) -> Grid:
    """Teams by vendors."""
    teams, platforms = shown(fleet, "team", _TEAMS), shown(fleet, "platform", _PLATFORMS)
    found: defaultdict[tuple[int, int], Tally] = defaultdict(lambda: NO_TALLY)
    for (manifest, number), many in fleet.together().items():
        case = fleet.cases[number]
        at = (column(fleet.manifests[manifest].team, teams), column(case.platform, platforms))
        found[at] = found[at].plus(case.tally(many))
    cells = tuple(
        _cell(
            at,
            tally,
            f"{teams[at[0]].words}, {platforms[at[1]].words}: {count(tally.total, 'subject')}; {said(tally)}",
            fragment(team=teams[at[0]].value, platform=platforms[at[1]].value),
        )
        for at, tally in sorted(found.items())
    )
    return Grid(_heads(teams, "team"), _heads(platforms, "platform"), cells, width_of(len(platforms)))


def _cell(at: tuple[int, int], tally: Tally, words: str, link: str) -> Cell:
    return Cell(*at, tally, brief(tally.total), words, link)


def _heads(names: tuple[Name, ...], facet: str) -> tuple[Head, ...]:
    return tuple(Head(one.words, fragment(**{facet: one.value})) for one in names)


def blocking(fleet: Fleet) -> Grid:
    """The policies that block most, by the repositories in which they do."""
    block = (number for number, one in enumerate(fleet.policies) if one.tally.blocks)
    policies = sorted(block, key=lambda number: -fleet.policies[number].tally.blocks)[:_POLICIES]
    places = shown(fleet, "place", _PLACES)
    found = _blocked(fleet, policies, places)
    used = sorted({place for _, place in found})
    at = {place: number for number, place in enumerate(used)}
    alone = [many for (_, place), many in found.items() if not places[place].value.startswith(REST)]
    most = max(alone, default=1)
    cells = tuple(
        _blocking(fleet, (row, at[place]), policies[row], places[place], many, most)
        for (row, place), many in sorted(found.items())
    )
    names = [fleet.policies[one].id for one in policies]
    heads = tuple(Head(name, fragment(policy=name, blocks="yes")) for name in names)
    columns = tuple(Head(places[one].words, fragment(place=places[one].value, blocks="yes")) for one in used)
    return Grid(heads, columns, cells, width_of(len(used)))


def _blocked(fleet: Fleet, policies: Sequence[int], places: tuple[Name, ...]) -> dict[tuple[int, int], int]:
    """How many subjects each policy blocks at each place; both by where they stand in the figure."""
    found: defaultdict[tuple[int, int], int] = defaultdict(int)
    for (manifest, number), many in fleet.together().items():
        verdicts = fleet.cases[number].verdicts
        place = column(fleet.manifests[manifest].place, places)
        for row, policy in enumerate(policies):
            if verdicts[policy].isupper():
                found[row, place] += many
    return found


def _blocking(fleet: Fleet, at: tuple[int, int], policy: int, place: Name, many: int, most: int) -> Cell:
    id = fleet.policies[policy].id
    words = f"{id} blocks {count(many, 'subject')} of {place.words}"
    cell = _cell(at, Tally((many, 0, 0, 0, 0), many), words, fragment(policy=id, place=place.value, blocks="yes"))
    return msgspec.structs.replace(cell, step=f"share{min(4, 1 + 4 * many // (most + 1))}")


def timeline(fleet: Fleet) -> Grid:
    """What ends, by kind and month."""
    kinds = [kind for kind in END_KINDS if any(fleet.ends.subjects.get((kind, month)) for month in fleet.ends.months)]
    months = fleet.ends.months
    found = fleet.ends.subjects
    cells = [
        _cell(
            (row, at),
            Tally((0, 0, 0, found[kind, month], 0), 0),
            _end_words(kind, month, found[kind, month]),
            fragment(ends=f"{kind}:{month}"),
        )
        for row, kind in enumerate(kinds)
        for at, month in enumerate(months)
        if found.get((kind, month))
    ]
    heads = tuple(Head(KINDS[kind], fragment(list="ends", kind=kind)) for kind in kinds)
    return Grid(
        heads,
        tuple(Head(month_words(one), fragment(list="ends", when=one)) for one in months),
        tuple(cells),
        max(56, _WIDTH // len(months)),
        tuple(kinds),
    )


def _end_words(kind: EndKind, month: str, many: int) -> str:
    when = month_words(month)
    return f"{KINDS[kind]}, {when.lower() if month == LATER else when}: {count(many, 'subject')}"


def month_words(month: str) -> str:
    """A column of the timeline in words."""
    if month == LATER:
        return "Later"
    day = datetime.date.fromisoformat(f"{month}-01")
    return f"{_NAMES[day.month - 1]} {day.year}"


_NAMES: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def bubbles(grid: Grid) -> Iterator[tuple[Cell, float]]:
    """Each cell with the radius of its circle: its area says how many."""
    most = max((one.tally.total for one in grid.cells), default=1)
    for one in grid.cells:
        yield one, round(max(2.5, _WIDEST * (one.tally.total / most) ** 0.5), 1)
