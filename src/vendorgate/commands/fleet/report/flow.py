"""Who sends which data where: strands from teams over classes of data to vendors and regions.

In: a fleet. Out: boxes and strands with their places in a drawing. A usage with several classes of data is as many
strands; it is counted once wherever a number is said.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Final

import msgspec

from ....logic.wording import count
from .grids import said
from .linking import Name, column, fragment, shown
from .model import NO_TALLY, CaseView, Facet, Fleet, Tally

WIDTH: Final = 1160
_STAGES: Final[tuple[tuple[Facet, int], ...]] = (("team", 12), ("data", 12), ("platform", 14), ("region", 10))
"""Each with how many names it shows."""
_BOX: Final = 12
"""Pixels of the width of a box."""
_GAP: Final = 13
_LEAST: Final = 3.0
"""Pixels of the height of a box."""
_LABEL: Final = 130
"""Pixels at the right for the names of the last stage."""
_ROOM: Final = 380
"""Pixels that the boxes of a stage share at most, without the gaps between them."""
_BROADEST: Final = 48
"""Pixels of a box, on the average, where there are few."""


class Box(msgspec.Struct, frozen=True):
    """A name of a stage."""

    stage: int
    name: str
    x: float
    y: float
    height: float
    words: str
    link: str


class Strand(msgspec.Struct, frozen=True):
    """What goes from one box to another."""

    path: str
    """As SVG draws a line along its middle."""
    width: float
    blocked: str
    """The same along the part that blocks; empty where nothing does."""
    blocked_width: float
    source: str
    target: str
    tally: Tally
    words: str
    link: str


class Flow(msgspec.Struct, frozen=True):
    """The drawing."""

    boxes: tuple[Box, ...]
    strands: tuple[Strand, ...]
    height: int


class _Counted(msgspec.Struct):
    """What goes through a box or along a strand."""

    strands: int = 0
    blocked: int = 0
    tally: Tally = NO_TALLY

    def add(self, case: CaseView, many: int, strands: int) -> None:
        self.strands += many * strands
        self.blocked += many * strands if case.blocks else 0
        self.tally = self.tally.plus(case.tally(many))


_Place = tuple[int, int]
"""A stage, and a name of it."""


def flow(fleet: Fleet) -> Flow:
    """Who sends what where."""
    names = tuple(shown(fleet, facet, most) for facet, most in _STAGES)
    boxes: defaultdict[_Place, _Counted] = defaultdict(_Counted)
    strands: defaultdict[tuple[_Place, _Place], _Counted] = defaultdict(_Counted)
    for (team, number), many in _by_team(fleet, names[0]).items():
        _count(fleet.cases[number], team, many, names, boxes, strands)
    most = max((sum(place[0] == stage for place in boxes) for stage in range(len(_STAGES))), default=1)
    scale = min(_ROOM, _BROADEST * most) / max((sum(one.strands for one in boxes.values()) // len(_STAGES)), 1)
    placed, height = _boxes(boxes, names, scale)
    return Flow(tuple(placed.values()), tuple(_strands(strands, names, placed, scale)), height)


def _by_team(fleet: Fleet, teams: tuple[Name, ...]) -> dict[tuple[int, int], int]:
    found: defaultdict[tuple[int, int], int] = defaultdict(int)
    for (manifest, case), many in fleet.together().items():
        found[column(fleet.manifests[manifest].team, teams), case] += many
    return found


def _count(
    case: CaseView,
    team: int,
    many: int,
    names: tuple[tuple[Name, ...], ...],
    boxes: defaultdict[_Place, _Counted],
    strands: defaultdict[tuple[_Place, _Place], _Counted],
) -> None:
    data = sorted({column(one, names[1]) for one in case.data})
    platform, region = (2, column(case.platform, names[2])), (3, column(case.region, names[3]))
    for box in ((0, team), platform, region):
        boxes[box].add(case, many, len(data))
    strands[platform, region].add(case, many, len(data))
    for one in data:
        boxes[1, one].add(case, many, 1)
        strands[(0, team), (1, one)].add(case, many, 1)
        strands[(1, one), platform].add(case, many, 1)


def _boxes(
    counted: defaultdict[_Place, _Counted], names: tuple[tuple[Name, ...], ...], scale: float
) -> tuple[dict[_Place, Box], int]:
    placed: dict[_Place, Box] = {}
    columns = [sorted(place for place in counted if place[0] == stage) for stage in range(len(_STAGES))]
    heights = [sum(_height(counted[place], scale) + _GAP for place in column) - _GAP for column in columns]
    tallest = max(max(heights), 40)
    for stage, places in enumerate(columns):
        y = (tallest - heights[stage]) / 2 + 4
        for place in places:
            height = _height(counted[place], scale)
            placed[place] = _box(place, names[stage][place[1]], counted[place].tally, y, height)
            y += height + _GAP
    return placed, round(tallest + 14)


def _height(one: _Counted, scale: float) -> float:
    return max(_LEAST, one.strands * scale)


def _box(place: _Place, name: Name, tally: Tally, y: float, height: float) -> Box:
    stage = place[0]
    x = stage * (WIDTH - _LABEL - _BOX) / (len(_STAGES) - 1)
    words = f"{name.words}: {count(tally.total, 'subject')}; {said(tally)}"
    return Box(
        stage,
        name.words,
        round(x, 1),
        round(y, 1),
        round(height, 1),
        words,
        fragment(**{_STAGES[stage][0]: name.value}),
    )


def _strands(
    counted: dict[tuple[_Place, _Place], _Counted],
    names: tuple[tuple[Name, ...], ...],
    placed: dict[_Place, Box],
    scale: float,
) -> list[Strand]:
    """Those that leave a box stand below each other in the order of where they go, and so do those that arrive."""
    starts = {place: box.y for place, box in placed.items()}
    arrivals: dict[tuple[_Place, _Place], float] = {}
    ends = dict(starts)
    for pair in sorted(counted, key=lambda pair: (pair[1], pair[0])):
        arrivals[pair] = ends[pair[1]]
        ends[pair[1]] += counted[pair].strands * scale
    found = []
    for pair in sorted(counted):
        found.append(_strand(pair, counted[pair], names, placed, (starts[pair[0]], arrivals[pair]), scale))
        starts[pair[0]] += counted[pair].strands * scale
    return found


def _strand(
    pair: tuple[_Place, _Place],
    one: _Counted,
    names: tuple[tuple[Name, ...], ...],
    placed: dict[_Place, Box],
    tops: tuple[float, float],
    scale: float,
) -> Strand:
    (stage, source), (_, target) = pair
    first, second = names[stage][source], names[stage + 1][target]
    x0, x1 = placed[pair[0]].x + _BOX, placed[pair[1]].x
    width, blocked = one.strands * scale, one.blocked * scale
    link = fragment(**{_STAGES[stage][0]: first.value, _STAGES[stage + 1][0]: second.value})
    words = f"{first.words} to {second.words}: {count(one.tally.total, 'subject')}; {said(one.tally)}"
    return Strand(
        _curve(x0, tops[0] + width / 2, x1, tops[1] + width / 2),
        round(max(width, 0.75), 2),
        _curve(x0, tops[0] + blocked / 2, x1, tops[1] + blocked / 2) if one.blocked else "",
        round(max(blocked, 0.75), 2),
        first.words,
        second.words,
        one.tally,
        words,
        link,
    )


def _curve(x0: float, y0: float, x1: float, y1: float) -> str:
    middle = (x0 + x1) / 2
    return f"M{x0:.1f} {y0:.1f}C{middle:.1f} {y0:.1f} {middle:.1f} {y1:.1f} {x1:.1f} {y1:.1f}"
