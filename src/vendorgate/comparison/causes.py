"""Which input made a result change, found by judging again with one input at a time put in the other side's place.

In: both sides, each with all its inputs. Out: the causes of each change. Where one manifest is all that differs,
nothing is judged again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, Literal, Union

import msgspec

from ..model.asking import named_under
from ..model.result import Reason, Result
from ..model.vocabulary import Owner
from .model import Cause, ResultChange
from .results import ResultKey, direction, way_of
from .worlds import World, judged

Factor = Literal["manifest", "policy", "registry", "agreement", "waiver", "observation", "day"]
Swap = Callable[[World, World], World]
"""The first world with one input of the second."""
Compare = Callable[[Union[Result, None], Union[Result, None]], int]
"""0 where two results do not differ."""


def _policies(world: World, other: World) -> World:
    own = world.bundle
    bundle = msgspec.structs.replace(
        other.bundle,
        register=own.register,
        waivers=own.waivers,
        waiver_rules=own.waiver_rules,
        observations=own.observations,
        observing=own.observing,
    )
    return msgspec.structs.replace(world, bundle=bundle)


def _register(world: World, other: World) -> World:
    bundle = msgspec.structs.replace(world.bundle, register=other.bundle.register)
    return msgspec.structs.replace(world, bundle=bundle)


def _waivers(world: World, other: World) -> World:
    """With the rules for them."""
    rules = other.bundle.waiver_rules
    bundle = msgspec.structs.replace(world.bundle, waivers=other.bundle.waivers, waiver_rules=rules)
    return msgspec.structs.replace(world, bundle=bundle)


def _observations(world: World, other: World) -> World:
    """With what is made of them."""
    observations, observing = other.bundle.observations, other.bundle.observing
    bundle = msgspec.structs.replace(world.bundle, observations=observations, observing=observing)
    return msgspec.structs.replace(world, bundle=bundle)


SWAPS: Final[Mapping[Factor, Swap]] = {
    "manifest": lambda world, other: msgspec.structs.replace(world, manifests=other.manifests),
    "policy": _policies,
    "registry": lambda world, other: msgspec.structs.replace(world, snapshot=other.snapshot),
    "agreement": _register,
    "waiver": _waivers,
    "observation": _observations,
    "day": lambda world, other: msgspec.structs.replace(world, as_of=other.as_of),
}


def differing(before: World, after: World) -> tuple[Factor, ...]:
    """The inputs that differ; manifests that were read twice count as differing."""
    bundle = before.bundle.sha256 != after.bundle.sha256
    found: dict[Factor, bool] = {
        "manifest": before.manifests != after.manifests,
        "policy": bundle,
        "registry": before.snapshot.sha256 != after.snapshot.sha256
        or (bundle and (_has_own(before) or _has_own(after))),
        "agreement": bundle,
        "waiver": bundle,
        "observation": bundle and any(map(_observes, (before, after))),
        "day": before.as_of != after.as_of,
    }
    return tuple(factor for factor, differs in found.items() if differs)


def _observes(world: World) -> bool:
    return bool(world.bundle.observations or world.bundle.observing.required)


def _has_own(world: World) -> bool:
    """Whether a bundle adds to what is known of offerings."""
    offerings = world.snapshot.offerings.values()
    cells = (cell.owner for offering in offerings for cell in offering.cells.values())
    return "bundle" in (*(offering.owner for offering in offerings), *cells)


class Causes:
    """Finds causes; judges again only when it is asked, and each mixture of both sides once."""

    def __init__(self, before: World, after: World, now: Mapping[str, str]) -> None:
        self._before, self._after, self._now = before, after, now
        self._factors = differing(before, after)
        self._judged: dict[tuple[bool, Factor], dict[ResultKey, Result]] = {}

    def of(self, key: ResultKey, change: ResultChange) -> tuple[Cause, ...]:
        """What made a result better or worse."""
        if change.kind == "unchanged":
            return ()
        if self._factors == ("manifest",):
            return ("manifest",)
        return self.of_direction(key, change.before, change.after, way_of)

    def of_direction(
        self, key: ResultKey, before: Result | None, after: Result | None, compared: Compare
    ) -> tuple[Cause, ...]:
        """What made a result go the way that `compared` tells: each input that does so alone; else those without which
        it would not have gone it; else all that differ."""
        way = compared(before, after)
        alone = [one for one in self._factors if compared(before, self._with(one).get(key)) == way]
        found = alone or self._needed(key, before, way, compared) or self._factors
        causes = (_cause(factor, before, self._with(factor).get(key), after) for factor in found)
        named = ("policy" if cause == "registry" and self._is_of_bundle(before, after) else cause for cause in causes)
        return tuple(dict.fromkeys(named))

    def _is_of_bundle(self, before: Result | None, after: Result | None) -> bool:
        """Whether what is known of an offering changed by what a bundle says of it, and not by the registry."""
        if self._before.snapshot.sha256 == self._after.snapshot.sha256:
            return True
        old, new = _cited(before), _cited(after)
        differing = [name for name in {**old, **new} if old.get(name) != new.get(name)]
        return bool(differing) and all(_OURS in (*old.get(name, ()), *new.get(name, ())) for name in differing)

    def _needed(self, key: ResultKey, before: Result | None, way: int, compared: Compare) -> list[Factor]:
        return [one for one in self._factors if compared(before, self._without(one).get(key)) != way]

    def _with(self, factor: Factor) -> dict[ResultKey, Result]:
        """As it was, with one input as it is now."""
        return self._mixture(True, factor, self._before, self._after)

    def _without(self, factor: Factor) -> dict[ResultKey, Result]:
        """As it is now, with one input as it was."""
        return self._mixture(False, factor, self._after, self._before)

    def _mixture(self, alone: bool, factor: Factor, world: World, other: World) -> dict[ResultKey, Result]:
        found = self._judged.get((alone, factor))
        if found is None:
            found = self._judged[alone, factor] = judged(SWAPS[factor](world, other), self._now)
        return found


_OURS: Final[Owner] = "bundle"


def _cited(result: Result | None) -> dict[str, tuple[object, ...]]:
    """By dimension: the cell that a result rests on, as it is stated, and whose it is."""
    cited = () if result is None else result.evidence
    return {one.dimension: (one.cell.owner, one.cell.written) for one in cited if one.cell is not None}


_NAMES: Final[Mapping[Factor, Cause]] = {
    "manifest": "manifest",
    "policy": "policy",
    "agreement": "agreement",
    "waiver": "waiver",
    "observation": "observation",
}


def _cause(factor: Factor, before: Result | None, alone: Result | None, after: Result | None) -> Cause:
    """The cause that an input is: for a day, and for a registry in which only evidence changed, by what it did."""
    if factor in _NAMES:
        return _NAMES[factor]
    now = after if alone is None or direction(before, alone) == 0 else alone
    aged = _through_evidence(before, now)
    if factor == "registry":
        return "staleness" if aged else "registry"
    if aged or before is None or now is None:
        return "staleness"
    if "waived" in (before.outcome, now.outcome) and before.outcome != now.outcome:
        return "waiver"
    if before.outcome == now.outcome and before.severity != now.severity:
        return "policy"
    return "agreement" if _through_agreements(before, now) else "staleness"


def _through_evidence(before: Result | None, after: Result | None) -> bool:
    """Whether all that differs between the reasons is how old and how sure the evidence is."""
    if before is None or after is None:
        return False
    differing = _reasons(before) ^ _reasons(after)
    return bool(differing) and {kind for kind, _ in differing} == {"evidence"}


def _through_agreements(before: Result, after: Result) -> bool:
    kinds = {kind for kind, _ in _reasons(before) ^ _reasons(after)}
    trees = [one.requirement.tree for one in (*before.requirements, *after.requirements) if one.outcome != "pass"]
    return "agreement" in kinds or any(named_under(tree, "agreements") for tree in trees)


def _reasons(result: Result) -> set[tuple[str, str | None]]:
    """The innermost reasons why a result does not pass."""
    waiting = [reason for requirement in result.requirements for reason in requirement.reasons]
    found: set[tuple[str, str | None]] = set()
    while waiting:
        reason: Reason = waiting.pop()
        waiting.extend(reason.reasons)
        if not reason.reasons:
            found.add((reason.kind, reason.dimension))
    return found
