"""Whose a use is, and which declared routes can be it.

In: whom a finding names, the routes of a manifest, the catalogue. Out: routes. An offering fits its own name alone; a
platform whose maker the code does not tell fits every offering of it; a vendor that no registry lists fits an
`unlisted` usage of that name; what runs on our machines fits what the organization runs itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec

from ..detection.catalogue.catalogue import Catalogue, Provider
from ..detection.model import Finding
from ..detection.sighting import OPENAI_COMPATIBLE, SELF_HOSTED
from ..logic.wording import few
from ..model.vocabulary import UNLISTED
from .declared import Route

_MAKERS_OF_MANY: Final = frozenset(("", "various", "multiple", "several"))
"""Developers that are nobody."""
_CALLED_BY_NO_CLIENT: Final = frozenset(("recipient", "product"))
"""Categories of offerings that no client of a model's API reaches."""


_MOST: Final = 4
"""Offerings of a platform that are named."""


class Party(msgspec.Struct, frozen=True):
    """An offering, or a vendor where none is listed or the code does not tell it."""

    offering: str | None
    vendor: str | None

    @property
    def name(self) -> str:
        """Of the offering or the vendor."""
        return self.offering or self.vendor or ""

    @property
    def is_host_unknown(self) -> bool:
        """Whether it is a client whose host nobody can tell from the code."""
        return self.vendor == OPENAI_COMPATIBLE


def party_of(finding: Finding) -> Party:
    """Whom a finding names."""
    return Party(finding.offering, finding.vendor)


def fitting(party: Party, routes: Iterable[Route], catalogue: Catalogue) -> tuple[Route, ...]:
    """The routes that declare a party; of a client whose host is not known those that it could be."""
    if party.offering is not None:
        return tuple(route for route in routes if route.name.offering == party.offering)
    if party.is_host_unknown:
        return tuple(route for route in routes if _has_models(route, catalogue))
    provider = catalogue.providers.get(party.name)
    called = _called(party.name, provider)
    served = _served(provider, catalogue)
    return tuple(
        route
        for route in routes
        if (route.name.offering in served)
        or (route.name.offering == UNLISTED and plain(route.name.vendor or "") in called)
        or (_is_ours(party, provider) and _category(route, catalogue) == "internal")
    )


def of_the_same_maker(party: Party, routes: Iterable[Route], catalogue: Catalogue) -> tuple[str, ...]:
    """Of routes that do not declare a party: the offerings that have the models of its maker from somebody else."""
    provider = catalogue.providers.get(party.offering or "")
    if provider is None or provider.developer.casefold() in _MAKERS_OF_MANY:
        return ()
    others = ((route.name.offering, catalogue.providers.get(route.name.offering)) for route in routes)
    same = (id for id, other in others if other is not None and other.developer == provider.developer)
    return tuple(dict.fromkeys(same))


def declared_as(party: Party, catalogue: Catalogue) -> str:
    """What a manifest says of whom a finding names."""
    provider = catalogue.providers.get(party.name)
    if party.offering is not None:
        return f"`offering: {party.offering}`"
    if _is_ours(party, provider):
        return "an offering of the bundle's own, of the category `internal`"
    served = sorted(_served(provider, catalogue))
    if served:
        return f"the one that has the model: {few([f'`offering: {id}`' for id in served], _MOST)}"
    return f"`{{offering: unlisted, vendor: {party.name if provider is None else provider.name}}}`"


def plain(name: str) -> str:
    """The name of a vendor as it is compared with what code is known by: letters and digits alone."""
    return "".join(character for character in name.casefold() if character.isalnum())


def _has_models(route: Route, catalogue: Catalogue) -> bool:
    return route.kind != "recipient" and _category(route, catalogue) not in _CALLED_BY_NO_CLIENT


def _category(route: Route, catalogue: Catalogue) -> str:
    provider = catalogue.providers.get(route.name.offering)
    return "" if provider is None else provider.category


def _is_ours(party: Party, provider: Provider | None) -> bool:
    return party.name == SELF_HOSTED or (provider is not None and provider.role == "local")


def _called(id: str, provider: Provider | None) -> frozenset[str]:
    """What somebody may be called where no registry lists them."""
    names = () if provider is None else (provider.name, provider.platform, *provider.aliases)
    return frozenset(plain(name) for name in (id, *names)) - {""}


def _served(provider: Provider | None, catalogue: Catalogue) -> frozenset[str]:
    """The offerings of a platform that its clients reach."""
    if provider is None or provider.role != "platform":
        return frozenset()
    same = (one.id for one in catalogue.providers.values() if one.listed and one.platform == provider.platform)
    by_maker = (*provider.makers.values(), *(offering for _, offering in provider.model_ids))
    return frozenset((*by_maker, *(same if provider.platform else ()))) - {*provider.apart}
