"""Results before and after, matched and compared.

In: results of both sides, and which path each manifest had before. Out: `ResultChange`s, without their causes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec

from ..logic import Json
from ..model.manifest import RouteName
from ..model.result import RequirementResult, Result
from ..model.vocabulary import Decision, RouteOfUsage
from .model import ResultChange, ResultChangeKind, Standing
from .standing import NOTHING_WRONG, way, weigh
from .widening import fresh_reasons, widened


class ResultKey(msgspec.Struct, frozen=True):
    """What makes a result the same before and after."""

    manifest: str
    """The path that the manifest has now."""
    usage: str
    route: RouteOfUsage
    name: RouteName
    policy: str


def keyed(results: Iterable[Result], now: Mapping[str, str]) -> dict[ResultKey, Result]:
    """Results by their keys; `now` gives the path of today for one that a manifest had before."""
    return {_key(result, now): result for result in results}


def _key(result: Result, now: Mapping[str, str]) -> ResultKey:
    subject = result.subject
    path = subject.manifest.source.path
    return ResultKey(now.get(path, path), subject.usage, subject.route, subject.name, result.policy.id)


def standing(result: Result | None) -> Standing:
    """How bad a result is."""
    return NOTHING_WRONG if result is None else weigh(result.outcome, result.severity, result.blocks)


def direction(before: Result | None, after: Result | None) -> Literal[-1, 0, 1]:
    """1 where it got worse, -1 where it got better, 0 where it is as bad as it was."""
    met = _met(before, after) if before is not None and after is not None else []
    return way(standing(before), standing(after), met)


def _met(before: Result, after: Result) -> list[tuple[Decision, Decision]]:
    """The outcome of each requirement on both sides; nothing where the policies do not require the same."""
    if not _same_rules(before, after):
        return []
    return [(one.outcome, other.outcome) for one, other in zip(before.requirements, after.requirements, strict=True)]


def _same_rules(before: Result, after: Result) -> bool:
    return [_rule(one) for one in before.requirements] == [_rule(one) for one in after.requirements]


def _rule(one: RequirementResult) -> Json:
    return one.requirement.expression


class ResultComparison(msgspec.Struct, frozen=True):
    """Which way a result went, and what is wider of a usage whose result is no better."""

    way: Literal[-1, 0, 1]
    """As of `direction`."""
    wider: tuple[str, ...] = ()


def comparison_of(before: Result | None, after: Result | None) -> ResultComparison:
    """As `direction`, and worse, too, where a result still has something wrong and its usage is wider than it was, or
    falls short for a reason that it had not: a usage that fails already does not hide what more is put into it."""
    way = direction(before, after)
    if before is None or after is None or NOTHING_WRONG in (standing(before), standing(after)):
        return ResultComparison(way)
    if after.outcome == "waived" and way < 0:
        return ResultComparison(way)
    wider = widened(before.subject, after.subject, sideways=way >= 0)
    if not wider and way == 0 and _same_rules(before, after):
        wider = tuple(f"falls short, too: {words}" for words in fresh_reasons(before, after))
    return ResultComparison(1 if wider else way, wider)


def way_of(before: Result | None, after: Result | None) -> Literal[-1, 0, 1]:
    """Which way a result went."""
    return comparison_of(before, after).way


def change(before: Result | None, after: Result | None) -> ResultChange:
    """A result before and after, by kind; of what was judged once for both sides nothing can differ."""
    if before is after and after is not None:
        return ResultChange("unchanged", before, after)
    found = comparison_of(before, after)
    return ResultChange(_kind(before, after, found.way), before, after, wider=found.wider)


def _kind(before: Result | None, after: Result | None, way: Literal[-1, 0, 1]) -> ResultChangeKind:
    if after is None:
        return "gone"
    if way > 0:
        return "new" if before is None else "worse"
    if way < 0:
        return "fixed" if standing(after) == NOTHING_WRONG else "better"
    return "unchanged"


def compare(before: Mapping[ResultKey, Result], after: Mapping[ResultKey, Result]) -> dict[ResultKey, ResultChange]:
    """Every result of head, and those that had something wrong and are gone."""
    found = {key: change(before.get(key), result) for key, result in after.items()}
    left = {key: result for key, result in before.items() if key not in after and standing(result) != NOTHING_WRONG}
    return {**found, **{key: change(result, None) for key, result in left.items()}}
