"""Which way a result turned, by what two runs say of it.

In: what a policy came to before and after, and what was told of it. Out: a kind of turn; None where it is as bad as it
was. Standings are weighed as a review weighs them.
"""

from __future__ import annotations

from typing import Final, Literal

from ....comparison.standing import NOTHING_WRONG, way, weigh
from ....model.vocabulary import Decision
from .cases import ToldResult
from .model import Standing, TurnKind

_NOTHING: Final = ToldResult()


def turn(
    before: Standing | None, after: Standing | None, told: tuple[ToldResult | None, ToldResult | None]
) -> TurnKind | None:
    """What became of a result."""
    old = NOTHING_WRONG if before is None else weigh(before.outcome, before.severity, before.blocks)
    new = NOTHING_WRONG if after is None else weigh(after.outcome, after.severity, after.blocks)
    if after is None:
        return None if old == NOTHING_WRONG else "gone"
    if before is None:
        return None if new == NOTHING_WRONG else "new"
    return _kind(way(old, new, _met(told)), fixed=new == NOTHING_WRONG)


def _kind(direction: Literal[-1, 0, 1], *, fixed: bool) -> TurnKind | None:
    if direction == 0:
        return None
    if direction > 0:
        return "worse"
    return "fixed" if fixed else "better"


def _met(told: tuple[ToldResult | None, ToldResult | None]) -> list[tuple[Decision, Decision]]:
    """The outcome of each requirement before and after, of those that were not met on either side. A requirement that
    is told on one side alone was met on the other one, if it was there at all."""
    old, new = (_outcomes(one or _NOTHING) for one in told)
    return [(old.get(rule, "pass"), new.get(rule, "pass")) for rule in dict.fromkeys((*old, *new))]


def _outcomes(one: ToldResult) -> dict[bytes, Decision]:
    return {bytes(each.expression): _DECISIONS[each.outcome] for each in one.requirements}


_DECISIONS: Final[dict[str, Decision]] = {"pass": "pass", "fail": "fail", "unknown": "unknown"}
