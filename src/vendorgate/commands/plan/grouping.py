"""Turns of one day by what makes them turn: many results, one thing to do in time.

In: turns. Out: groups of those with the same causes, what somebody should do something about first. No turn is lost.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from .model import Turn, TurnCause
from .wording import is_worse, turn_words


class TurnsOfPolicy(msgspec.Struct, frozen=True):
    """What turns alike: the same policy, from the same to the same."""

    turns: tuple[Turn, ...]
    """In the order of the results; at least one."""


class TurnGroup(msgspec.Struct, frozen=True):
    """What turns for the same reasons."""

    causes: tuple[TurnCause, ...]
    alike: tuple[TurnsOfPolicy, ...]

    @property
    def turns(self) -> tuple[Turn, ...]:
        return tuple(turn for one in self.alike for turn in one.turns)

    @property
    def rank(self) -> int:
        """What starts to block comes first, then what gets worse, then the rest."""
        return min(map(_rank, self.turns))


def grouped(turns: Iterable[Turn]) -> tuple[TurnGroup, ...]:
    """The groups of a day; those that get worse first, else in the order of the results."""
    by_causes: dict[tuple[TurnCause, ...], list[Turn]] = {}
    for turn in turns:
        by_causes.setdefault(turn.causes, []).append(turn)
    groups = [TurnGroup(causes, _alike(those)) for causes, those in by_causes.items()]
    return tuple(sorted(groups, key=lambda group: group.rank))


def _rank(turn: Turn) -> int:
    return 0 if turn.direction == "starts-to-block" else 1 if is_worse(turn) else 2


def _alike(turns: Iterable[Turn]) -> tuple[TurnsOfPolicy, ...]:
    found: dict[tuple[object, ...], list[Turn]] = {}
    for turn in turns:
        found.setdefault((turn.policy.id, turn_words(turn), turn.after.severity), []).append(turn)
    alike = [TurnsOfPolicy(tuple(those)) for those in found.values()]
    return tuple(sorted(alike, key=lambda one: _rank(one.turns[0])))
