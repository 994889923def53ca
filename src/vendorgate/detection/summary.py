"""What all sightings come to: findings with what they are for, and offerings with everything that was seen of them.

In: sightings by path, what each file is for, the catalogue. Out: findings by place, offerings by name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final, get_args

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
        for one in sightings
        if one.kind not in _ALONE
    }
    return sorted(found, key=_order)


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
    """What the findings come to, by name; endpoints, models and regions are those of its weightiest status."""
    by_name: dict[tuple[str | None, str | None], list[Finding]] = defaultdict(list)
    for one in found:
        by_name[one.offering, one.vendor].append(one)
    recipients = _recipients(found)
    added = [_offering(key, several, recipients) for key, several in by_name.items()]
    return tuple(sorted(added, key=lambda one: (one.name, one.vendor is not None)))


def _offering(
    key: tuple[str | None, str | None], found: list[Finding], recipients: Mapping[str, frozenset[str]]
) -> DetectedOffering:
    status = min((one.status for one in found), key=_WEIGHT.__getitem__)
    counted = [one for one in found if _counts(one.status, status)]
    beside = {name for one in counted for name in recipients.get(one.location.path, ())} - {counted[0].name}
    return DetectedOffering(
        *key,
        status,
        endpoints=_sorted(one.endpoint for one in counted),
        models=_sorted(one.model for one in counted),
        regions=_sorted(one.region for one in counted),
        recipients=tuple(sorted(beside)),
    )


def _counts(one: Status, status: Status) -> bool:
    """Whether what a finding says belongs to an offering of this status: test data are no models of what is used."""
    together = ("used", "optional")
    return one == status or (one in together and status in together)


def _recipients(found: Iterable[Finding]) -> dict[str, frozenset[str]]:
    """By file, who gets prompts beside."""
    by_path: dict[str, set[str]] = defaultdict(set)
    for one in found:
        if one.is_recipient:
            by_path[one.location.path].add(one.name)
    return {path: frozenset(names) for path, names in by_path.items()}


def _sorted(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(sorted({value for value in values if value}))
