"""How bad a result is, and whether it got worse.

In: the outcome of a policy for a subject. Out: a `Standing`, and the direction from one to another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, Literal

from ..model.vocabulary import Decision, Outcome, Severity
from .model import Standing

_TROUBLE: Final[Mapping[Outcome, Literal[0, 1, 2, 3]]] = {
    "pass": 0,
    "not_applicable": 0,
    "waived": 1,
    "unknown": 2,
    "fail": 3,
}
_WEIGHT: Final[Mapping[Severity, Literal[1, 2, 3]]] = {"note": 1, "warning": 2, "error": 3}
_SHORTFALL: Final[Mapping[Decision, int]] = {"pass": 0, "unknown": 1, "fail": 2}
NOTHING_WRONG: Final = Standing()


def weigh(outcome: Outcome, severity: Severity, blocks: bool) -> Standing:
    """How bad an outcome is."""
    return Standing(blocks, _TROUBLE[outcome], _WEIGHT[severity]) if _TROUBLE[outcome] else NOTHING_WRONG


def way(old: Standing, new: Standing, met: Iterable[tuple[Decision, Decision]]) -> Literal[-1, 0, 1]:
    """1 where a result got worse, -1 where it got better, 0 where it is as bad as it was.

    `met` has the outcome of each requirement before and after. Of two results of equal standing, one is worse where any
    requirement is further from being met than it was: a usage that fails already does not hide another way of failing.
    """
    if old != new:
        return 1 if new > old else -1
    if new == NOTHING_WRONG:
        return 0
    steps = {_SHORTFALL[after] - _SHORTFALL[before] for before, after in met}
    return 1 if any(step > 0 for step in steps) else -1 if any(step < 0 for step in steps) else 0
