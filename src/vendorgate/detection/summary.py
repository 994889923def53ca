"""What all sightings come to: findings with what they are for, and offerings with everything that was seen of them.

In: sightings by path, what each file is for, the catalogue. Out: findings by place, offerings by name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, get_args

from msgspec.structs import replace

from ..model.detect import BY_THE_PRODUCT
from ..source import Location
from .catalogue.catalogue import Catalogue
from .model import DetectedOffering, Finding, Status
from .sighting import SELF_HOSTED, Sighting

_WEIGHT: Final[Mapping[Status, int]] = {status: weight for weight, status in enumerate(get_args(Status))}
_ALONE: Final = frozenset({"model"})
"""Kinds that name nobody who is called."""


def findings(
    seen: Mapping[str, Iterable[Sighting]], places: Mapping[str, Status], catalogue: Catalogue
) -> list[Finding]:
    """Each sighting with its file and what it is for, by place; the same thing at one place once."""
    found = {
        _finding(path, one, places[path], catalogue): None
        for path, sightings in seen.items()
        for one in _with_makers([one for one in sightings if one.kind not in _ALONE], catalogue)
    }
    return sorted(found, key=_order)


def _with_makers(seen: Iterable[Sighting], catalogue: Catalogue) -> Iterator[Sighting]:
    """The sightings of a file; a client of a platform is one of those offerings whose models the file hands to it."""
    listed, served = list(seen), dict[str, dict[str, None]]()
    for one in listed:
        offering = catalogue.offering(one.provider, one.model)[0] if one.model else None
        if offering is not None and offering != one.provider:
            served.setdefault(one.provider, {})[offering] = None
    for one in listed:
        if one.provider in served and one.model is None and one.endpoint is None:
            yield from (replace(one, provider=offering) for offering in served[one.provider])
        else:
            yield one


def _finding(path: str, seen: Sighting, place: Status, catalogue: Catalogue) -> Finding:
    offering, vendor = catalogue.offering(seen.provider, seen.model)
    return Finding(
        offering=offering,
        vendor=vendor,
        status=_status(seen, place, catalogue),
        kind=seen.kind,
        location=Location(path, seen.place.line, seen.place.column),
        endpoint=seen.endpoint,
        model=seen.model,
        region=seen.region,
        settings=seen.settings,
        via=seen.via,
        is_recipient=catalogue.role(seen.provider) == "recipient",
        token=seen.token,
    )


def _status(seen: Sighting, place: Status, catalogue: Catalogue) -> Status:
    """What the file is for, or what the place itself says where that is less."""
    if seen.provider == SELF_HOSTED or catalogue.role(seen.provider) == "local":
        return "self_hosted"
    own: Status = "dependency" if seen.reach == "declared" else "optional" if seen.reach == "optional" else "used"
    return max(place, own, key=_WEIGHT.__getitem__)


def _order(found: Finding) -> tuple[str, int, int, str, str, str, str, str]:
    at = found.location
    return (
        at.path,
        at.line,
        at.column,
        found.name,
        found.kind,
        found.endpoint or "",
        found.model or "",
        found.region or "",
    )


def offerings(found: Iterable[Finding]) -> tuple[DetectedOffering, ...]:
    """What the findings come to, by name; endpoints, models and regions are those of its weightiest status.

    Who only gets the prompts of others is told with those others, and has a line of its own where nobody else is seen.
    """
    by_name: dict[tuple[str | None, str | None], list[Finding]] = defaultdict(list)
    for one in found:
        by_name[one.offering, one.vendor].append(one)
    beside = {key: several for key, several in by_name.items() if all(one.is_recipient for one in several)}
    others = {key: several for key, several in by_name.items() if key not in beside}
    if not any(_status_of(several) in BY_THE_PRODUCT for several in others.values()):
        others, beside = by_name, {}
    added = [_offering(key, several, beside.values()) for key, several in others.items()]
    return tuple(sorted(added, key=lambda one: (one.name, one.vendor is not None)))


def _status_of(found: Iterable[Finding]) -> Status:
    return min((one.status for one in found), key=_WEIGHT.__getitem__)


def _offering(
    key: tuple[str | None, str | None], found: list[Finding], beside: Iterable[list[Finding]]
) -> DetectedOffering:
    status = _status_of(found)
    counted = [one for one in found if _counts(one.status, status)]
    return DetectedOffering(
        *key,
        status,
        endpoints=_sorted(one.endpoint for one in counted),
        models=_sorted(one.model for one in counted),
        regions=_sorted(one.region for one in counted),
        recipients=_sorted(several[0].name for several in beside if _reaches(several, counted, status)),
    )


def _reaches(recipient: list[Finding], found: list[Finding], status: Status) -> bool:
    """Whether a recipient gets the prompts of these calls: where it stands in a file with calls of somebody, of those
    in such a file; where it stands apart, as a variable of the environment does, of all."""
    files = {one.location.path for one in recipient if _counts(one.status, status)}
    return bool(files) and (not files.isdisjoint(one.location.path for one in found) or _is_apart(recipient))


def _is_apart(recipient: list[Finding]) -> bool:
    return all(one.kind in {"env", "config"} for one in recipient)


def _counts(one: Status, status: Status) -> bool:
    """Whether what a finding says belongs to an offering of this status: test data are no models of what is used."""
    return one == status or (one in BY_THE_PRODUCT and status in BY_THE_PRODUCT)


def _sorted(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(sorted({value for value in values if value}))
