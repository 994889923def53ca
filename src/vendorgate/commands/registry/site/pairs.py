"""Which two offerings have a page together: those that somebody chooses between.

In: offerings. Out: pairs of ids, each once, the smaller id first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Final

from ....errors import Problem, UsageError
from ....load.words import offering_help
from ....model.registry import Offering, Snapshot
from .model import Pair

_MOST_KIN: Final = 10
"""Offerings of one developer or family; more than that have no more in common than a word such as `various`."""
_NEIGHBOURS: Final = 3
"""Of the same category, for each offering."""
_MOST_COMPARED: Final = 200
"""Offerings of one category of which each is held against each; of more, the next by id are neighbours."""
BETWEEN: Final = ".."
"""Between the two ids where somebody names a pair."""


def pairs(offerings: Sequence[Offering], more: Iterable[Pair] = ()) -> tuple[Pair, ...]:
    """Kin on several platforms, neighbours of a category, and those that are asked for."""
    found = {*_kin(offerings), *_neighbours(offerings), *(_ordered(*pair) for pair in more)}
    return tuple(sorted(found))


def _ordered(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)


def _kin(offerings: Iterable[Offering]) -> Iterator[Pair]:
    """Those of one developer, or of one family of models."""
    groups: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for one in offerings:
        groups["developer", one.written.developer.casefold()].append(one.id)
        if one.written.model_family:
            groups["family", one.written.model_family.casefold()].append(one.id)
    for ids in groups.values():
        if len(ids) <= _MOST_KIN:
            yield from (_ordered(*pair) for pair in combinations(ids, 2))


def _neighbours(offerings: Iterable[Offering]) -> Iterator[Pair]:
    categories: defaultdict[str, list[Offering]] = defaultdict(list)
    for one in offerings:
        categories[one.written.category].append(one)
    for several in categories.values():
        for index, one in enumerate(several):
            for other in _nearest(one, several, index):
                yield _ordered(one.id, other.id)


def _nearest(one: Offering, several: Sequence[Offering], index: int) -> Sequence[Offering]:
    """Those that do most of the same, by the names of endpoints and features; else the next by id."""
    if len(several) > _MOST_COMPARED:
        return [
            *several[index + 1 : index + 1 + _NEIGHBOURS],
            *several[: max(0, index + 1 + _NEIGHBOURS - len(several))],
        ]
    own = _does(one)
    others = [*several[index + 1 :], *several[:index]]
    return sorted(others, key=lambda other: -_alike(own, _does(other)))[:_NEIGHBOURS]


def _does(one: Offering) -> frozenset[str]:
    return frozenset((*(one.written.endpoints or ()), *(one.written.features or ())))


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    every = one | other
    return len(one & other) / len(every) if every else 0.0


def named(words: Iterable[str], snapshot: Snapshot) -> tuple[Pair, ...]:
    """Pairs as somebody names them: `openai-api..azure-openai`.

    Raises:
        UsageError: not two ids that the snapshot has; every mistake is in it.
    """
    problems: list[Problem] = []
    found = [_named(word, snapshot.ids, problems) for word in words]
    if problems:
        raise UsageError(problems)
    return tuple(pair for pair in found if pair is not None)


def _named(word: str, ids: frozenset[str], problems: list[Problem]) -> Pair | None:
    splits = [(word[:place], word[place + 2 :]) for place in range(len(word)) if word.startswith(BETWEEN, place)]
    known = [(one, other) for one, other in splits if one in ids and other in ids and one != other]
    if known:
        return known[0]
    one, _, other = word.partition(BETWEEN)
    lost = [id for id in (one, other) if id and id not in ids]
    help = offering_help(lost[0], ids) if lost and other else "write A..B, the ids of two offerings"
    problems.append(Problem(f"--compare {word}: not two offerings", help=help))
    return None
