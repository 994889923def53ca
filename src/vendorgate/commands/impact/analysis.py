"""What another registry or other policies do: both sides judged, results compared, and what changes grouped by what it
rests on.

In: an `ImpactQuestion`. Out: an `ImpactAnalysis`. Decides nothing by itself: the gate's rules judge, `comparison`
compares.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final, get_args

import msgspec

from ...comparison.causes import Causes
from ...comparison.edits import edits
from ...comparison.model import Cause
from ...comparison.results import ResultKey, direction, keyed
from ...comparison.worlds import evaluation
from ...gate import incomplete
from ...model.evaluation import Evaluation
from ...model.result import Result
from .model import ImpactAnalysis, ImpactGroup, ImpactKind, JudgedSide, Origins, Refusal, ResultImpact
from .notices import notices
from .origins import OriginFinder, keys
from .preparing import ImpactQuestion, PreparedSide, missing, prepare
from .registry_differences import registry_differences

_KINDS: Final[tuple[ImpactKind, ...]] = get_args(ImpactKind)
"""The worst first."""
_ASK_FOR_LESS: Final[frozenset[Cause]] = frozenset(("policy", "waiver"))
"""Causes that change no fact, only what is demanded."""


def analyse(question: ImpactQuestion) -> ImpactAnalysis:
    """Judge both sides and say what changes.

    Raises:
        InputError: a manifest, the policies or the registry of a side are not valid.
        UsageError: the threshold is laxer than the bundle's of today.
    """
    before, after = prepare(question)
    old, new = (incomplete(evaluation(side.world), side.not_judged) for side in (before, after))
    registry, unreadable = registry_differences(before, after)
    differing = Origins(registry.cells, registry.offerings, edits(before.gate.files, after.gate.files))
    origin_finder = OriginFinder(differing, (before.world.bundle, after.world.bundle))
    groups = _groups(_impacts(before, after, old, new), origin_finder)
    refusals = tuple(_refusals(before, after, old, origin_finder))
    return ImpactAnalysis(
        before=_side(before, old),
        after=_side(after, new),
        refusals=refusals,
        groups=groups,
        without_effect=origin_finder.without_effect(
            [*(one.origins for one in refusals), *(one.origins for one in groups)]
        ),
        notices=tuple(notices(before, after, unreadable)),
    )


def _side(prepared: PreparedSide, found: Evaluation) -> JudgedSide:
    return JudgedSide(prepared.place.policies.shown, prepared.place.registry.shown, found)


def _refusals(
    before: PreparedSide, after: PreparedSide, old: Evaluation, origin_finder: OriginFinder
) -> Iterator[Refusal]:
    """In the order of the manifests."""
    judged = Counter(_usage(one) for one in old.results if one.outcome != "not_applicable")
    for manifest in before.world.manifests:
        for usage in manifest.usages:
            key = (manifest.source.path, usage.id)
            if key in after.refused:
                causes = missing(manifest, usage, after)
                origins = origin_finder.lacking(usage, causes)
                yield Refusal(manifest, usage.id, causes, origins, after.refused[key], judged[key])


def _usage(result: Result) -> tuple[str, str]:
    return result.subject.manifest.source.path, result.subject.usage


def _impacts(before: PreparedSide, after: PreparedSide, old: Evaluation, new: Evaluation) -> Iterator[ResultImpact]:
    """Every result that changes, save those of usages that could not be judged any more."""
    causes = _causes(before, after)
    first = _causes_of_new(before)
    was, becomes = keyed(old.results, {}), keyed(new.results, {})
    for key in dict.fromkeys((*becomes, *was)):
        usage = (key.manifest, key.usage)
        if usage not in after.refused:
            found = _impact(key, was.get(key), becomes.get(key), causes, first.get(usage))
            if found is not None:
                yield found


def _causes(before: PreparedSide, after: PreparedSide) -> Causes:
    """Of usages that both sides can judge; of all others the causes are known."""
    left_out = before.world.left_out | after.world.left_out
    old, new = (msgspec.structs.replace(one.world, left_out=left_out) for one in (before, after))
    return Causes(old, new, {})


def _causes_of_new(before: PreparedSide) -> dict[tuple[str, str], tuple[Cause, ...]]:
    """Of usages that cannot be judged now: which input is in the way."""
    return {
        (manifest.source.path, usage.id): missing(manifest, usage, before)
        for manifest in before.world.manifests
        for usage in manifest.usages
        if (manifest.source.path, usage.id) in before.refused
    }


def _impact(
    key: ResultKey, before: Result | None, after: Result | None, causes: Causes, known: tuple[Cause, ...] | None
) -> ResultImpact | None:
    way, seen = direction(before, after), _presence(before, after)
    if way == seen == 0:
        return None
    compared = _presence if seen < 0 or way == 0 else direction
    found = causes.of_direction(key, before, after, compared) if known is None else known
    return ResultImpact(_kind(before, after, found), before, after, found)


def _presence(before: Result | None, after: Result | None) -> int:
    """1 where something is judged that was not, -1 where it is not any more."""
    return int(_is_judged(after)) - int(_is_judged(before))


def _is_judged(result: Result | None) -> bool:
    return result is not None and result.outcome != "not_applicable"


def _kind(before: Result | None, after: Result | None, causes: tuple[Cause, ...]) -> ImpactKind:
    way, seen = direction(before, after), _presence(before, after)
    if seen < 0:
        return "dropped"
    if way > 0:
        newly = after is not None and after.blocks and not (before is not None and before.blocks)
        return "blocking" if newly else "worse"
    if way == 0:
        return "added"
    if _ASK_FOR_LESS.issuperset(causes):
        return "loosened"
    return "fixed" if after is not None and after.outcome == "pass" else "better"


def _groups(impacts: Iterable[ResultImpact], origin_finder: OriginFinder) -> tuple[ImpactGroup, ...]:
    """By causes and what they rest on; those with the worst first."""
    found: dict[object, tuple[Origins, list[ResultImpact]]] = {}
    for one in impacts:
        origins = origin_finder.behind(one)
        found.setdefault((one.causes, keys(origins)), (origins, []))[1].append(one)
    groups = [ImpactGroup(all[0].causes, origins, tuple(sorted(all, key=_rank))) for origins, all in found.values()]
    return tuple(sorted(groups, key=lambda group: _rank(group.impacts[0])))


def _rank(impact: ResultImpact) -> int:
    return _KINDS.index(impact.kind)
