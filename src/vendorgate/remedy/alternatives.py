"""Every offering in the place of one route's: which would pass, with which changes, and which come closest.

In: a trial and a route of its usage. Out: alternatives, the nearest first.
"""

from __future__ import annotations

from typing import Final

from ..model.registry import Offering
from ..model.remedy import Alternative, Alternatives, Kinship, Outlook
from ..model.result import Citation
from ..model.subject import Subject
from ..model.vocabulary import DIMENSIONS
from .repairing import judged, outlook
from .replacing import kinship, replaced
from .search import Bounds
from .trial import Trial

_RANK: Final[dict[Kinship, int]] = {"same offering": 0, "same model family": 1, "other": 2}


def alternatives(trial: Trial, route: Subject, bounds: Bounds, *, ignored_waivers: bool = False) -> Alternatives:
    """Every offering of the snapshot in the place of a route's own."""
    skipped = _skipped(trial, route)
    offerings = trial.judges.snapshot.offerings
    found = [_alternative(trial, route, offerings[id], bounds) for id in sorted(offerings) if id not in skipped]
    passing = sorted((one for one in found if one.repair is not None), key=_nearness)
    failing = sorted((one for one in found if one.repair is None), key=_distance)
    current = judged(trial, trial.subjects)
    return Alternatives(current, route, tuple(passing), tuple(failing), tuple(sorted(skipped.items())), ignored_waivers)


def _skipped(trial: Trial, route: Subject) -> dict[str, str]:
    """Offerings that cannot stand there, and why."""
    snapshot = trial.judges.snapshot
    found = dict.fromkeys(snapshot.ids - snapshot.offerings.keys(), "its file is not valid")
    others = [one.offering.id for one in trial.subjects if one is not route]
    return {**found, **dict.fromkeys(others, "the usage has it on another route")}


def _alternative(trial: Trial, route: Subject, offering: Offering, bounds: Bounds) -> Alternative:
    near = kinship(offering, route.offering)
    left: tuple[str, ...] = ()
    if near != "same offering":
        other = replaced(trial.usage, route, offering)
        left = other.left_behind
        trial = Trial(trial.judges, trial.manifest, trial.index, other.usage)
    found = outlook(trial, bounds)
    subject = next(one for one in trial.subjects if one.offering.id == offering.id)
    return Alternative(offering, near, found, subject, left, _evidence(trial, offering, found))


def _evidence(trial: Trial, offering: Offering, found: Outlook) -> tuple[Citation, ...]:
    """What the policies rest on that apply to the offering, once it passes."""
    if not found.repairs:
        return ()
    subjects = trial.changed([step.change for step in found.repairs[0].steps]) or ()
    results = judged(trial, subjects).results
    cited = {one.dimension: one for result in results if result.subject.offering is offering for one in result.evidence}
    return tuple(cited[dimension] for dimension in DIMENSIONS if dimension in cited)


def _nearness(one: Alternative) -> tuple[int, int, str]:
    assert one.repair is not None
    return _RANK[one.kinship], one.repair.cost, one.offering.id


def _distance(one: Alternative) -> tuple[int, int, int, str]:
    """Fewest results that nothing lifts, then the fewest requirements that they leave unmet."""
    obstacles = one.outlook.obstacles
    unmet = sum(requirement.outcome != "pass" for result in obstacles for requirement in result.requirements)
    return len(obstacles), unmet, _RANK[one.kinship], one.offering.id
