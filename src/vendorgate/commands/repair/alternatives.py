"""Every offering in the place of one route's: which would pass, with which changes, and which come closest.

In: a trial and a route of its usage. Out: alternatives, the nearest first.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from ...evaluate.kinds import lacks, told_by
from ...lifting.model import SearchResult
from ...lifting.repairs import judged, search_repairs
from ...lifting.search import Bounds
from ...lifting.trial import Trial
from ...model.manifest import RouteName
from ...model.registry import Offering
from ...model.result import Citation
from ...model.subject import Subject
from ...model.vocabulary import in_order
from .model import Alternative, Alternatives, Kinship
from .replacement import kinship, replaced

_RANK: Final[dict[Kinship, int]] = {"same offering": 0, "same model family": 1, "other": 2}


_BOUNDS: Final = Bounds(repairs=1, judgements=2_000)
"""For each offering."""


def alternatives(
    trial: Trial, route: Subject, only: Collection[str] = (), *, ignored_waivers: bool = False
) -> Alternatives:
    """Every offering of the snapshot in the place of a route's own, or those that are named; none where it passes."""
    current = judged(trial, trial.subjects)
    if current.verdict == "pass":
        return Alternatives(current, route, (), (), (), ignored_waivers)
    offerings = trial.judges.snapshot.offerings
    wanted = {*(only or trial.judges.snapshot.ids)}
    skipped = _skipped(trial, route, wanted)
    found = [_alternative(trial, route, offerings[id]) for id in sorted(wanted - skipped.keys())]
    passing = sorted((one for one in found if one.repair is not None), key=_nearness)
    failing = sorted((one for one in found if one.repair is None), key=_distance)
    own = next(subject for subject in current.subjects if subject.name == route.name)
    return Alternatives(current, own, tuple(passing), tuple(failing), tuple(sorted(skipped.items())), ignored_waivers)


def _skipped(trial: Trial, route: Subject, wanted: set[str]) -> dict[str, str]:
    """Offerings that cannot stand there, and why."""
    invalid = wanted - trial.judges.snapshot.offerings.keys()
    elsewhere = {one.offering.id for one in trial.subjects if one is not route} & wanted
    kinds, offerings = told_by(route.stated), trial.judges.snapshot.offerings
    others = wanted - invalid - {route.offering.id}
    unlike = {id for id in others if lacks(offerings[id].written, kinds)}
    return {
        **dict.fromkeys(unlike, f"the registry lists nothing of it for {' or '.join(sorted(kinds))}"),
        **dict.fromkeys(invalid, "its file in the registry is not valid"),
        **dict.fromkeys(elsewhere, "the usage has it on another route"),
    }


def _alternative(trial: Trial, route: Subject, offering: Offering) -> Alternative:
    near = kinship(offering, route.offering)
    left: tuple[str, ...] = ()
    name = route.name
    if near != "same offering":
        other = replaced(trial.usage, route, offering)
        left, name = other.left_behind, RouteName(offering.id)
        trial = Trial(trial.judges, trial.manifest, trial.index, other.usage, kinds={name: told_by(route.stated)})
    found = search_repairs(trial, _BOUNDS, kept=name)
    subject = next(one for one in trial.subjects if one.name == name)
    return Alternative(offering, near, found, subject, left, _evidence(trial, name, found))


def _evidence(trial: Trial, name: RouteName, found: SearchResult) -> tuple[Citation, ...]:
    """What the policies rest on that apply to the offering, once it passes."""
    if not found.repairs:
        return ()
    subjects = trial.changed([step.change for step in found.repairs[0].steps]) or ()
    results = judged(trial, subjects).results
    cited = {one.dimension: one for result in results if result.subject.name == name for one in result.evidence}
    return tuple(cited[dimension] for dimension in in_order(cited))


def _nearness(one: Alternative) -> tuple[int, int, str]:
    assert one.repair is not None
    return _RANK[one.kinship], one.repair.cost, one.offering.id


def _distance(one: Alternative) -> tuple[int, int, int, int, str]:
    """Fewest results that nothing lifts, the fewest requirements that they leave unmet, then as those that pass."""
    obstacles, rest = one.search.obstacles, one.search.rest
    unmet = sum(requirement.outcome != "pass" for result in obstacles for requirement in result.requirements)
    return len(obstacles), unmet, _RANK[one.kinship], 0 if rest is None else rest.cost, one.offering.id
