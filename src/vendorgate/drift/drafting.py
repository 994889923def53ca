"""Usages as far as code tells them, to be completed by whoever knows what they are for.

In: a detection, the offerings that are listed, what a manifest has already. Out: `UsageDraft`s. What code cannot tell
is left to declare: purpose, data, and where the people are. A draft whose data nobody has said is no manifest that a
check takes, so that nothing passes by being drafted.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Final

import msgspec

from ..detection.model import DetectedOffering, Detection, Finding
from ..detection.sighting import NOBODYS
from ..logic import Json
from ..model.detect import BY_THE_PRODUCT
from ..model.registry import Offering
from ..model.text import is_plain
from ..source import Location

DATA: Final = "data"
_ROUTES: Final = ("fallbacks", "recipients")
_NO_SLUG: Final = re.compile(r"[^a-z0-9._-]+")


class UsageDraft(msgspec.Struct, frozen=True):
    """One usage, as far as code tells it."""

    fields: Mapping[str, Json]
    """As a manifest has them; `data` is empty."""
    places: tuple[Location, ...]
    """Where it was seen."""
    unsaid: tuple[str, ...] = ()
    """What was seen and cannot be declared in so many words; not yet escaped."""


def drafts(
    detection: Detection, offerings: Mapping[str, Offering], taken: Collection[str] = (), declared: Collection[str] = ()
) -> tuple[UsageDraft, ...]:
    """A draft for everybody that code uses and no manifest declares, by name.

    Args:
        offerings: those that are listed, by id.
        taken: ids of usages that the manifest has.
        declared: offerings, and vendors that are not listed, that the manifest has on any route.
    """
    ids, found = set(taken), []
    for one in detection.offerings:
        if (
            one.status in BY_THE_PRODUCT
            and one.name not in declared
            and one.name not in NOBODYS
            and not _beside(detection, one)
        ):
            id = _free(_NO_SLUG.sub("-", one.name.lower()).strip("._-") or "usage", ids)
            ids.add(id)
            found.append(_draft(id, one, detection, offerings))
    return tuple(found)


def _beside(detection: Detection, one: DetectedOffering) -> bool:
    """Whether it only gets the prompts of others, whose usages name it."""
    named = [found for found in detection.findings if found.name == one.name]
    others = {name for other in detection.offerings for name in other.recipients}
    return all(found.is_recipient for found in named) and one.name in others


def _free(id: str, taken: Collection[str]) -> str:
    number, found = 2, id
    while found in taken:
        found, number = f"{id}-{number}", number + 1
    return found


def _draft(id: str, one: DetectedOffering, detection: Detection, offerings: Mapping[str, Offering]) -> UsageDraft:
    places = [found for found in detection.findings if found.name == one.name and found.status in BY_THE_PRODUCT]
    listed = None if one.offering is None else offerings.get(one.offering)
    fields: dict[str, Json] = {"id": id, "offering": one.offering or "unlisted"}
    if one.offering is None:
        fields["vendor"] = one.vendor
    endpoints, others = _listed_endpoints(one.endpoints, listed)
    unsaid = [f"endpoint {name}, which the registry does not list" for name in others]
    _put(fields, "endpoints", endpoints)
    _put(fields, "models", [name for name in one.models if is_plain(name)])
    fields[DATA] = []
    unsaid += _put_region(fields, one.regions, listed)
    unsaid += _put_gateways(fields, places, offerings)
    _put_recipients(fields, one.recipients, offerings)
    return UsageDraft(fields, tuple(found.location for found in places), tuple(unsaid))


def _listed_endpoints(seen: Iterable[str], listed: Offering | None) -> tuple[list[str], list[str]]:
    """Those that a manifest may name, and the others."""
    known = None if listed is None else listed.written.endpoints
    named = [name for name in seen if known is None or name in known]
    return named, [name for name in seen if name not in named and name != "models"]


def _put(fields: dict[str, Json], name: str, values: Iterable[str]) -> None:
    """A list, where there is something in it: an empty one would say that there is nothing."""
    if found := list(values):
        fields[name] = list[Json](found)


def _put_region(fields: dict[str, Json], seen: tuple[str, ...], listed: Offering | None) -> list[str]:
    """The region, where there is one, in the field that is for it; what could not be put."""
    if len(seen) != 1:
        return [f"region {name}" for name in seen]
    is_cloud = listed is not None and listed.written.cloud is not None
    if is_cloud and len(seen[0]) > 2:
        fields["cloud_region"] = seen[0]
        return []
    if re.fullmatch(r"[a-z]{2}|eea|global", seen[0]):
        fields["region"] = seen[0]
        return []
    return [f"region {seen[0]}"]


def _put_gateways(fields: dict[str, Json], places: Iterable[Finding], offerings: Mapping[str, Offering]) -> list[str]:
    gateways = sorted({found.via for found in places if found.via})
    if len(gateways) == 1 and gateways[0] in offerings:
        fields["via"] = gateways[0]
        return []
    return [f"gateway {name}" for name in gateways]


def _put_recipients(fields: dict[str, Json], seen: Iterable[str], offerings: Mapping[str, Offering]) -> None:
    routes: list[Json] = [name if name in offerings else {"offering": "unlisted", "vendor": name} for name in seen]
    if routes:
        fields["recipients"] = routes


def declared_in(usages: Iterable[Mapping[str, Json]]) -> set[str]:
    """Offerings and vendors that a manifest has on any route."""
    found: set[str] = set()
    for one in usages:
        routes: list[Json] = [dict(one), one.get("via")]
        for name in _ROUTES:
            several = one.get(name)
            routes += several if isinstance(several, list) else []
        for route in routes:
            stated = route if isinstance(route, dict) else {"offering": route}
            found.update(str(stated[key]) for key in ("offering", "vendor") if stated.get(key))
    return found
