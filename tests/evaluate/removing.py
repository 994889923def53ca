"""What can be taken away from a random world, and the world without it.

In: a world of `law_worlds`. Out: paths from its root, and worlds.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Union

from tests.evaluate.law_worlds import DECLARATIONS, ROUTES, SNAPSHOT, TOLD, Part, World
from tests.world import judge
from vendorgate.declarations.observing import standing
from vendorgate.model.evaluation import Evaluation
from vendorgate.model.subject import Contradiction, Subject

Steps = tuple[Union[str, int], ...]
"""From the root of a world to what can be taken away."""


def judged(found: Part, folder: Path) -> Evaluation:
    return judge(folder, **found, snapshot=SNAPSHOT)


def possible(found: World, before: Evaluation) -> list[Steps]:
    """What can be taken away, one of two declarations that contradict each other left out: also of one that was
    observed, which is the value, and one that is claimed."""
    contradictions = [one for subject in before.subjects for one in _contradictions(subject, before)]
    contradicted = {name for one in contradictions for name in _of(one)}
    return [path for path in removals(found) if path[0] != "usage" or path[-1] not in contradicted]


def _contradictions(subject: Subject, before: Evaluation) -> tuple[Contradiction, ...]:
    if subject.seen is None:
        return subject.contradictions
    bundle = before.bundle
    return standing(subject, before.as_of, bundle.observing, bundle.region_groups).contradictions


def removals(found: World) -> list[Steps]:
    """Everything that can be taken away, as paths."""
    negates = not found.agreements
    paths: list[Steps] = list(_cells(("offering", "dimensions"), found["offering"]["dimensions"], negates))
    for id, other in found.get("others", {}).items():
        paths.extend(_cells(("others", id, "dimensions"), other["dimensions"], negates))
    for name, overlay in found.get("overlays", {}).items():
        listed = found["offering"]["dimensions"]
        # Where one of the registry's stood, it would stand there again.
        paths.extend(("overlays", name, "dimensions", cell) for cell in overlay["dimensions"] if cell not in listed)
    for index, entry in enumerate(found.get("agreements", ())):
        paths.append(("agreements", index))
        paths.extend(("agreements", index, field) for field in TOLD if field in entry)
    paths.extend(("waivers", index) for index in range(len(found.get("waivers", ()))))
    usage = found["usage"]
    paths.extend(_declarations(("usage",), usage, found.agreements))
    for field in ROUTES:
        for index, route in enumerate(usage.get(field, ())):
            paths.extend(_declarations(("usage", field, index), route, found.agreements))
    return paths


def _cells(place: Steps, cells: Part, negates: bool) -> Iterator[Steps]:
    for name, cell in cells.items():
        yield (*place, name)
        yield from ((*place, name, key) for key in ("verified", "confidence", "facts") if key in cell)
        yield from ((*place, name, *path) for path in _listed(cell, negates))


def _listed(cell: Part, negates: bool) -> Iterator[Steps]:
    """What can be taken out of the lists of a cell. Out of a complete one no name where rules negate: what is not there
    is then said not to be."""
    scoped = (
        (("scoped_facts", index, "facts"), one["facts"]) for index, one in enumerate(cell.get("scoped_facts", ()))
    )
    for path, facts in ((("facts",), cell.get("facts", {})), *scoped):
        listing = facts.get("certifications_listed", {})
        yield from ((*path, "certifications_listed", key) for key in ("complete",) if key in listing)
        if not (negates and listing.get("complete")):
            indices = range(len(listing.get("names", ())))
            yield from ((*path, "certifications_listed", "names", index) for index in indices)


def _declarations(place: Steps, route: Part, agreements: bool) -> Iterator[Steps]:
    declared = [key for key in DECLARATIONS if key in route]
    yield from ((*place, key) for key in declared if key != "models" or "unheard-of" not in route[key])
    for field in ("settings", "attributes"):
        yield from ((*place, field, key) for key in route.get(field, {}))
    if agreements:
        yield from ((*place, "agreements", index) for index in range(len(route.get("agreements", ()))))


def _of(one: Contradiction) -> Iterator[str]:
    """The declarations of a contradiction, and what holds one of them."""
    yield from one.path.split(".")
    yield from ("region", "cloud_region") if one.axis == "cloud_regions" else (one.axis,)


def has(found: Part, path: Steps) -> bool:
    place: Any = found
    for step in path[:-1]:
        place = place.get(step) if isinstance(place, dict) else place[step]
        if place is None:
            return False
    return isinstance(place, list) or path[-1] in place


def at(found: Part, path: Steps) -> Any:
    place: Any = found
    for step in path:
        place = place[step]
    return place


def without(found: Part, path: Steps) -> Part:
    less = copy.deepcopy(dict(found))
    del at(less, path[:-1])[path[-1]]
    return less
