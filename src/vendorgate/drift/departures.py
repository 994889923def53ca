"""One finding held against the routes of the manifest that covers it.

In: a finding, routes, the catalogue. Out: `Departure`s, each one thing that the code does and nobody declares; none
where everything is declared. Several routes can declare one offering, and the code does not say which of them it is:
what one of them allows is declared. What cannot be told departs, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

import msgspec

from ..detection.catalogue.catalogue import Catalogue, Provider
from ..detection.model import Finding
from ..logic.wording import few
from ..model.detect import DriftKind
from ..source import Location
from . import settings
from .declared import Declaring, Elsewhere, Route
from .matching import Party, fitting, of_the_same_maker, party_of
from .regions import Geography, agrees

_ABOUT_ITSELF: Final = frozenset(("models",))
"""Endpoints that only tell what there is: nothing of ours is sent."""
_MOST: Final = 4
"""Declared offerings that are named as what something could be."""
_NAMED_BY_DEPLOYMENT: Final = frozenset(("azure",))
"""Clouds where calls name a deployment, whose name is anything, in the place of a model."""


class Known(msgspec.Struct, frozen=True):
    """What findings and declarations are read by."""

    catalogue: Catalogue
    geography: Geography


class Departure(msgspec.Struct, frozen=True):
    """One thing that code does and nobody declares."""

    kind: DriftKind
    party: Party
    finding: Finding
    location: Location
    manifest: str | None
    """The manifest that covers it, as it is shown; None: none does."""
    name: str = ""
    """The endpoint, model, region or setting; empty where the whole use is meant."""
    instead: str = ""
    """What is declared in its place, in words."""
    is_left_out: bool = False
    """Whether nothing of the kind is declared, so that one entry serves all names."""
    is_unsure: bool = False
    """Whether something that is declared could be it."""
    behind: str = ""
    """Of a gateway: what is called through it."""
    is_unlisted: bool = False
    """Whether no manifest can name it, because the offering lists others."""


def departures(finding: Finding, covering: Declaring | Elsewhere | None, known: Known) -> Iterator[Departure]:
    """Everything in which a finding departs from what is declared; nothing is said of what mistakes keep from being
    read."""
    if isinstance(covering, Elsewhere) and covering.is_unread:
        return
    party = party_of(finding)
    yield from _of_party(party, finding, covering, known)
    if finding.via is not None:
        gateway = Party(*known.catalogue.offering(finding.via, None))
        if gateway.name != party.name:
            alone = msgspec.structs.replace(finding, endpoint=None, model=None, region=None, settings=(), via=None)
            for one in _of_party(gateway, alone, covering, known):
                yield msgspec.structs.replace(one, behind=party.name)


def _of_party(
    party: Party, finding: Finding, covering: Declaring | Elsewhere | None, known: Known
) -> Iterator[Departure]:
    if not isinstance(covering, Declaring):
        manifest = None if covering is None else covering.shown
        yield Departure("not-in-a-project", party, finding, finding.location, manifest)
        return
    declaring = covering
    routes = fitting(party, declaring.routes, known.catalogue)
    if not routes:
        yield _undeclared(party, finding, declaring, known.catalogue)
    elif party.is_host_unknown:
        could = few(list(dict.fromkeys(f"`{route.name}`" for route in routes)), _MOST)
        yield Departure(
            "undeclared-offering", party, finding, finding.location, declaring.shown, instead=could, is_unsure=True
        )
    else:
        case = _Case(party, finding, declaring, routes, known)
        for aspect in _ASPECTS:
            yield from aspect(case)


def _undeclared(party: Party, finding: Finding, declaring: Declaring, catalogue: Catalogue) -> Departure:
    """A use that nobody declares, as what it is most like."""
    if catalogue.role(party.name) == "recipient":
        return Departure("undeclared-recipient", party, finding, finding.location, declaring.shown)
    others = of_the_same_maker(party, declaring.routes, catalogue)
    kind: DriftKind = "route-mismatch" if others else "undeclared-offering"
    return Departure(kind, party, finding, finding.location, declaring.shown, instead=", ".join(others))


class _Case(msgspec.Struct, frozen=True):
    """A finding with the routes that declare whom it names, at least one."""

    party: Party
    finding: Finding
    declaring: Declaring
    routes: Sequence[Route]
    known: Known

    def departure(self, kind: DriftKind, name: str, *, left_out: bool = False, instead: str = "") -> Departure:
        return Departure(
            kind, self.party, self.finding, self.finding.location, self.declaring.shown, name, instead, left_out
        )

    def provider(self, route: Route) -> Provider | None:
        return self.known.catalogue.providers.get(route.name.offering)

    def cloud(self, route: Route) -> str | None:
        provider = self.provider(route)
        return None if provider is None else provider.cloud


def _endpoint(case: _Case) -> Iterator[Departure]:
    name = case.finding.endpoint
    if name is None or name in _ABOUT_ITSELF:
        return
    known = [case.provider(route) for route in case.routes]
    unlisted = all(one is not None and one.endpoints and name not in one.endpoints for one in known)
    for found in _unlisted(case, "undeclared-endpoint", name, [route.endpoints for route in case.routes]):
        yield msgspec.structs.replace(found, is_unlisted=True, is_left_out=False) if unlisted else found


def _model(case: _Case) -> Iterator[Departure]:
    name = case.finding.model
    if name is not None and not _is_deployment(case):
        yield from _unlisted(case, "undeclared-model", name, [route.models for route in case.routes])


def _is_deployment(case: _Case) -> bool:
    """Whether the name of a model is that of a deployment; infrastructure names the model itself."""
    clouds = {case.cloud(route) for route in case.routes}
    return case.finding.kind != "iac" and not clouds.isdisjoint(_NAMED_BY_DEPLOYMENT)


def _unlisted(case: _Case, kind: DriftKind, name: str, lists: Sequence[tuple[str, ...] | None]) -> Iterator[Departure]:
    declared = [one for names in lists for one in names or ()]
    if name.casefold() not in {one.casefold() for one in declared}:
        listed = ", ".join(dict.fromkeys(declared))
        yield case.departure(kind, name, left_out=None in lists, instead=listed)


def _region(case: _Case) -> Iterator[Departure]:
    name = case.finding.region
    if name is None:
        return
    found = [agrees(name, route, case.cloud(route), case.known.geography) for route in case.routes]
    if True not in found:
        said = (one for route in case.routes for one in (route.region, route.cloud_region) if one)
        instead = ", ".join(dict.fromkeys(said))
        yield case.departure("region-mismatch", name, left_out=not instead, instead=instead)


def _settings(case: _Case) -> Iterator[Departure]:
    for setting in case.finding.settings:
        claims = [settings.contradicted(setting, route, case.known.geography) for route in case.routes]
        if None not in claims:
            at = Location(case.finding.location.path, setting.place.line, setting.place.column)
            instead = ", ".join(dict.fromkeys(claim for claim in claims if claim))
            found = case.departure("setting-mismatch", settings.words(setting), instead=instead)
            yield msgspec.structs.replace(found, location=at)


_ASPECTS: Final[tuple[Callable[[_Case], Iterator[Departure]], ...]] = (_endpoint, _model, _region, _settings)
"""What of a declared use can depart."""
