"""Results before and after, matched and compared.

In: results of both sides, and which path each manifest had before. Out: `ResultChange`s, without their causes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec

from ..evaluate.standing import NOTHING_WRONG, way, weigh
from ..model.result import Result
from ..model.review import ChangeKind, ResultChange, Standing
from ..model.vocabulary import Decision, RouteOfUsage


class Key(msgspec.Struct, frozen=True):
    """What makes a result the same before and after."""

    manifest: str
    """The path that the manifest has now."""
    usage: str
    route: RouteOfUsage
    offering: str
    policy: str


def keyed(results: Iterable[Result], now: Mapping[str, str]) -> dict[Key, Result]:
    """Results by their keys; `now` gives the path of today for one that a manifest had before."""
    return {_key(result, now): result for result in results}


def _key(result: Result, now: Mapping[str, str]) -> Key:
    subject = result.subject
    path = subject.manifest.source.path
    return Key(now.get(path, path), subject.usage, subject.route, subject.offering.id, result.policy.id)


def standing(result: Result | None) -> Standing:
    """How bad a result is."""
    return NOTHING_WRONG if result is None else weigh(result.outcome, result.severity, result.blocks)


def direction(before: Result | None, after: Result | None) -> Literal[-1, 0, 1]:
    """1 where it got worse, -1 where it got better, 0 where it stands as it stood."""
    met = _met(before, after) if before is not None and after is not None else []
    return way(standing(before), standing(after), met)


def _met(before: Result, after: Result) -> list[tuple[Decision, Decision]]:
    """What each requirement came to on both sides; nothing where the policies do not require the same."""
    old, new = before.requirements, after.requirements
    if [_rule(one) for one in old] != [_rule(one) for one in new]:
        return []
    return [(one.outcome, other.outcome) for one, other in zip(old, new, strict=True)]


def _rule(one: object) -> object:
    return one.requirement.expression  # type: ignore[attr-defined]


def change(before: Result | None, after: Result | None) -> ResultChange:
    """A result before and after, by kind."""
    return ResultChange(_kind(before, after), before, after)


def _kind(before: Result | None, after: Result | None) -> ChangeKind:
    if after is None:
        return "gone"
    moved = direction(before, after)
    if moved > 0:
        return "new" if before is None else "worse"
    if moved < 0:
        return "fixed" if standing(after) == NOTHING_WRONG else "better"
    return "unchanged"


def compare(before: Mapping[Key, Result], after: Mapping[Key, Result]) -> dict[Key, ResultChange]:
    """Every result of head, and those that had something wrong and are gone."""
    found = {key: change(before.get(key), result) for key, result in after.items()}
    left = {key: result for key, result in before.items() if key not in after and standing(result) != NOTHING_WRONG}
    return {**found, **{key: change(result, None) for key, result in left.items()}}
