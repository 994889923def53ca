"""The routes of a usage, each a subject of its own.

In: a manifest, the offerings it names, the register, who is who. Out: subjects in manifest order, then route order.
Refuses to know policies. A fallback, gateway or recipient takes from the usage what the contract says and nothing else:
another vendor's account has its own settings, endpoints and agreements.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from sys import intern
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec import UNSET, UnsetType

from ..declarations.contradicting import contradictions
from ..identity import Bindings, identify
from ..logic import Json
from ..model.bundle_settings import NOTHING_OBSERVED
from ..model.identity import Identity
from ..model.manifest import Manifest, Route, RouteName, Usage, name_of
from ..model.registry import Offering, Snapshot
from ..model.subject import INHERITED, Contradiction, Seen, Subject
from ..model.vocabulary import NO_GROUPS, UNLISTED, RegionGroups, RouteOfUsage
from ..source import Path

if TYPE_CHECKING:
    from ..model.agreement import Agreement, Register
    from ..model.observation import Observations
    from ..model.text import Decoded

_Fields = tuple[tuple[str, str], ...]
"""Names of fields, each with its whole path."""


def _of_usage(*names: str) -> _Fields:
    return tuple((name, f"usage.{name}") for name in names)


_SHARED: Final = _of_usage("id", "purpose", "data", "subjects", "environment")
"""What every route of a usage has in common."""
_OWN: Final = _of_usage(
    *("lifecycle", "endpoints", "models", "features", "region", "cloud_region", "tier", "agreements")
)
"""What each route declares for itself."""
_INHERITED: Final = _of_usage(*INHERITED)
_REGION: Final = "usage.region"


def resolve(
    manifest: Manifest,
    snapshot: Snapshot,
    register: Register | None,
    projects: Bindings,
    usages: Container[str] | None = None,
    groups: RegionGroups = NO_GROUPS,
    observations: Observations = NOTHING_OBSERVED,
) -> tuple[Subject, ...]:
    """Every subject of a manifest, or those of some usages alone; the snapshot must have what these name.

    `groups` are those of regions that the bundle and its packs add, `observations` those of the bundle.
    """
    identity = identify(manifest, projects)
    return tuple(
        subject
        for index, usage in enumerate(manifest.usages)
        if usages is None or usage.id in usages
        for subject in subjects_of(manifest, usage, index, snapshot, register, identity, groups, observations)
    )


def subjects_of(
    manifest: Manifest,
    usage: Usage,
    index: int,
    snapshot: Snapshot,
    register: Register | None,
    identity: Identity,
    groups: RegionGroups = NO_GROUPS,
    observations: Observations = NOTHING_OBSERVED,
) -> Iterator[Subject]:
    """The subjects of one usage, which stands at an index of its manifest, or would."""
    usage = _each_once(usage)
    clouds = snapshot.written.clouds or {}
    shared: dict[str, Json] = {}
    of_primary: tuple[Contradiction, ...] = ()
    first: Subject | None = None
    for kind, route, place in _routes(usage, index):
        name = name_of(route)
        offering = _offering(name, manifest, snapshot)
        declared = {**_usage_facts(usage, route), "usage.route": kind}
        found = contradictions(declared, offering, clouds, groups)
        if kind == "primary":
            shared = {**_primary_facts(declared, offering), **_project_facts(manifest, identity)}
            of_primary = tuple(_of_primary(found))
        stated = {**declared, **shared, **offering.stated}
        agreements, unreached = _agreements(register, offering, manifest.project, identity)
        claims, unclear = frozenset(route.agreements), (*found, *of_primary)
        subject = Subject(
            manifest, usage.id, kind, offering, stated, agreements, claims, place, identity, name, unreached, unclear
        )
        if observations:
            subject = msgspec.structs.replace(subject, seen=_seen(name, first, observations, clouds))
            first = subject if kind == "primary" and subject.seen is not None else first
        yield subject


def _each_once(usage: Usage) -> Usage:
    """A usage that names no class of data and no region of people twice: every route has these lists, and every result
    that rests on one, so that a thousand times the same word on a thousand routes would take more than there is."""
    subjects = () if isinstance(usage.subjects, UnsetType) else usage.subjects
    lists = {"data": usage.data, "subjects": subjects}
    changes = {
        name: tuple(dict.fromkeys(words))
        for name, words in lists.items()
        if len(words) > 1 and len(words) > len({*words})
    }
    return msgspec.structs.replace(usage, **changes) if changes else usage


def _seen(
    name: RouteName, primary: Subject | None, observations: Observations, clouds: Mapping[str, Mapping[str, str]]
) -> Seen | None:
    """What was observed of a route's account and of the usage's own; nothing is of an unlisted vendor's."""
    own = observations.get((name.offering, name.account), ()) if name.vendor is None else ()
    return Seen(own, primary, clouds) if own or primary is not None else None


def _routes(usage: Usage, index: int) -> Iterator[tuple[RouteOfUsage, Usage | Route, Path]]:
    yield "primary", usage, ("usages", index, "offering")
    for position, fallback in enumerate(usage.fallbacks):
        yield "fallback", *_own_route(fallback, ("usages", index, "fallbacks", position))
    if usage.via is not None:
        yield "gateway", *_own_route(usage.via, ("usages", index, "via"))
    for position, recipient in enumerate(usage.recipients):
        yield "recipient", *_own_route(recipient, ("usages", index, "recipients", position))


def _own_route(written: str | Route, place: Path) -> tuple[Route, Path]:
    if isinstance(written, str):
        return Route(offering=written), place
    return written, (*place, "offering")


def _offering(name: RouteName, manifest: Manifest, snapshot: Snapshot) -> Offering:
    if name.vendor is None:
        return snapshot.offerings[name.offering]
    from .unlisted import unlisted  # most vendors are listed

    return unlisted(name, manifest.source)


def _usage_facts(usage: Usage, route: Usage | Route) -> dict[str, Json]:
    facts: dict[str, Decoded] = {path: getattr(usage, name) for name, path in _SHARED}
    facts.update([(path, getattr(route, name)) for name, path in _OWN])
    for name, path in _INHERITED:
        if isinstance(facts[path], UnsetType):
            facts[path] = getattr(usage, name)
    primary = route is usage
    facts["usage.offering"] = UNSET if route.offering == UNLISTED else route.offering
    facts["usage.account"], facts["usage.vendor"] = route.account, route.vendor
    facts["usage.fallbacks"] = [name_of(one).offering for one in usage.fallbacks] if primary else []
    facts["usage.recipients"] = [name_of(one).offering for one in usage.recipients] if primary else []
    facts["usage.via"] = name_of(usage.via).offering if primary and usage.via is not None else None
    # Thousands of usages have the same settings: each path is there once.
    facts.update([(intern(f"usage.settings.{name}"), value) for name, value in route.settings.items()])
    facts.update([(intern(f"usage.attributes.{name}"), value) for name, value in usage.attributes.items()])
    return _plain(facts)


def _primary_facts(declared: Mapping[str, Json], offering: Offering) -> dict[str, Json]:
    """What `primary.*` reads, on every route; who an unlisted vendor is, nobody knows."""
    written = offering.written
    facts: dict[str, Json] = {}
    if offering.id != UNLISTED:
        facts["primary.offering"], facts["primary.platform"] = offering.id, written.platform
        facts["primary.developer"] = written.developer
    if _REGION in declared:
        facts["primary.region"] = declared[_REGION]
    return facts


def _of_primary(found: Iterable[Contradiction]) -> Iterator[Contradiction]:
    for one in found:
        if one.path == _REGION:
            yield msgspec.structs.replace(one, path="primary.region")


def _project_facts(manifest: Manifest, identity: Identity) -> dict[str, Json]:
    facts = {"project.name": manifest.project, "project.owner": identity.owner, "project.bound": identity.bound}
    return {path: value for path, value in facts.items() if value is not None}


def _plain(facts: Mapping[str, Decoded]) -> dict[str, Json]:
    """Without what is not stated; lists as JSON has them."""
    return {
        path: [*value] if isinstance(value, tuple) else value
        for path, value in facts.items()
        if not isinstance(value, UnsetType)
    }


def _agreements(
    register: Register | None, offering: Offering, project: str, identity: Identity
) -> tuple[tuple[Agreement, ...] | None, tuple[Agreement, ...]]:
    """The agreements that name an offering and reach a project, and those besides to which a cell of it refers.

    None, and no claim, reaches an unlisted vendor.
    """
    if offering.id == UNLISTED:
        return (), ()
    if register is None:
        return None, ()
    index = register.index
    reaching = index.reaching(offering.id, project, is_stranger=identity.is_stranger)
    references = {cell.agreement for cell in offering.cells.values() if cell.agreement is not None}
    others = index.among(index.referred_to(references) & ~reaching) if references else ()
    return index.among(reaching), others
