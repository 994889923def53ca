"""What an adoption does: both sides judged, results compared, and what changes grouped by what it rests on.

In: a `Question`. Out: an `Adoption`. Decides nothing by itself: the gate's rules judge, `comparison` tells.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final, get_args

import msgspec

from ...comparison.causes import Causes
from ...comparison.comparing import Key, direction, keyed
from ...comparison.edits import edits
from ...comparison.model import Cause
from ...comparison.worlds import evaluation
from ...model.evaluation import Evaluation
from ...model.result import Result
from .differing import registry_differences
from .model import Adoption, Impact, ImpactGroup, ImpactKind, Origins, Refusal, Side
from .notices import notices
from .origins import Differences, keys
from .preparing import Prepared, Question, missing, prepare

_KINDS: Final[tuple[ImpactKind, ...]] = get_args(ImpactKind)
"""The worst first."""
_ASK_FOR_LESS: Final[frozenset[Cause]] = frozenset(("policy", "waiver"))
"""Causes that change no fact, only what is demanded."""


def adopt(question: Question) -> Adoption:
    """Judge both sides and tell what changes.

    Raises:
        InputError: a manifest, the policies or the registry of a side are not valid.
        UsageError: the threshold is laxer than the bundle's of today.
    """
    before, after = prepare(question)
    old, new = evaluation(before.world), evaluation(after.world)
    registry, unreadable = registry_differences(before, after)
    differing = Origins(registry.cells, registry.offerings, edits(before.gate.files, after.gate.files))
    differences = Differences(differing, (before.world.bundle, after.world.bundle))
    groups = _groups(_impacts(before, after, old, new), differences)
    refusals = tuple(_refusals(before, after, old, differences))
    return Adoption(
        before=_side(before, old),
        after=_side(after, new),
        refusals=refusals,
        groups=groups,
        idle=differences.idle([*(one.origins for one in refusals), *(one.origins for one in groups)]),
        notices=tuple(notices(before, after, unreadable)),
    )


def _side(prepared: Prepared, found: Evaluation) -> Side:
    return Side(prepared.place.policies.shown, prepared.place.registry.shown, found)


def _refusals(before: Prepared, after: Prepared, old: Evaluation, differences: Differences) -> Iterator[Refusal]:
    """In the order of the manifests."""
    judged = Counter(_usage(one) for one in old.results if one.outcome != "not_applicable")
    for manifest in before.world.manifests:
        for usage in manifest.usages:
            key = (manifest.source.path, usage.id)
            if key in after.refused:
                causes = missing(manifest, usage, after)
                origins = differences.lacking(usage, causes)
                yield Refusal(manifest, usage.id, causes, origins, after.refused[key], judged[key])


def _usage(result: Result) -> tuple[str, str]:
    return result.subject.manifest.source.path, result.subject.usage


def _impacts(before: Prepared, after: Prepared, old: Evaluation, new: Evaluation) -> Iterator[Impact]:
    """Every result that does not stand as it stood, save those of usages that could not be judged any more."""
    causes = _causes(before, after)
    first = _causes_of_firsts(before)
    was, becomes = keyed(old.results, {}), keyed(new.results, {})
    for key in dict.fromkeys((*becomes, *was)):
        usage = (key.manifest, key.usage)
        if usage not in after.refused:
            found = _impact(key, was.get(key), becomes.get(key), causes, first.get(usage))
            if found is not None:
                yield found


def _causes(before: Prepared, after: Prepared) -> Causes:
    """Of usages that both sides can judge; of all others the causes are known."""
    left_out = before.world.left_out | after.world.left_out
    old, new = (msgspec.structs.replace(one.world, left_out=left_out) for one in (before, after))
    return Causes(old, new, {})


def _causes_of_firsts(before: Prepared) -> dict[tuple[str, str], tuple[Cause, ...]]:
    """Of usages that cannot be judged now: what stands in the way."""
    return {
        (manifest.source.path, usage.id): missing(manifest, usage, before)
        for manifest in before.world.manifests
        for usage in manifest.usages
        if (manifest.source.path, usage.id) in before.refused
    }


def _impact(
    key: Key, before: Result | None, after: Result | None, causes: Causes, known: tuple[Cause, ...] | None
) -> Impact | None:
    moved, seen = direction(before, after), _presence(before, after)
    if moved == seen == 0:
        return None
    compared = _presence if seen < 0 or moved == 0 else direction
    found = causes.moved(key, before, after, compared) if known is None else known
    return Impact(_kind(before, after, found), before, after, found)


def _presence(before: Result | None, after: Result | None) -> int:
    """1 where something is judged that was not, -1 where it is not any more."""
    return int(_is_judged(after)) - int(_is_judged(before))


def _is_judged(result: Result | None) -> bool:
    return result is not None and result.outcome != "not_applicable"


def _kind(before: Result | None, after: Result | None, causes: tuple[Cause, ...]) -> ImpactKind:
    moved, seen = direction(before, after), _presence(before, after)
    if seen < 0:
        return "dropped"
    if moved > 0:
        newly = after is not None and after.blocks and not (before is not None and before.blocks)
        return "blocking" if newly else "worse"
    if moved == 0:
        return "added"
    if _ASK_FOR_LESS.issuperset(causes):
        return "loosened"
    return "fixed" if after is not None and after.outcome == "pass" else "better"


def _groups(impacts: Iterable[Impact], differences: Differences) -> tuple[ImpactGroup, ...]:
    """By causes and what they rest on; those with the worst first."""
    found: dict[object, tuple[Origins, list[Impact]]] = {}
    for one in impacts:
        origins = differences.behind(one)
        found.setdefault((one.causes, keys(origins)), (origins, []))[1].append(one)
    groups = [ImpactGroup(all[0].causes, origins, tuple(sorted(all, key=_rank))) for origins, all in found.values()]
    return tuple(sorted(groups, key=lambda group: _rank(group.impacts[0])))


def _rank(impact: Impact) -> int:
    return _KINDS.index(impact.kind)
