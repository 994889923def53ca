"""Where a client's address leads.

In: the texts that an address may be, and who it would be without one. Out: `Route`s. A host that is known decides; one
of our own is our own; what cannot be read is nobody's that can be told, never the vendor of the client's package.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec

from ..catalogue.catalogue import Catalogue, HostFound
from ..catalogue.facts import routes as facts
from ..catalogue.facts import words
from ..sighting import OPENAI_COMPATIBLE, SELF_HOSTED
from .texts import Said

ADDRESSES: Final = words("addresses")
"""Names of arguments that give an address."""
_CARRIERS: Final = frozenset({"openai-api", "anthropic-api", OPENAI_COMPATIBLE})
"""Whose packages are used for others' addresses, too."""
_KEYS: Final = ("KEY", "TOKEN", "SECRET")


class Route(msgspec.Struct, frozen=True):
    """Whom a client reaches."""

    provider: str
    region: str | None = None
    via: str | None = None
    is_optional: bool = False
    path: str = ""
    """Of the address."""


def routes(own: str, given: Iterable[Said], catalogue: Catalogue, addressed: frozenset[str]) -> tuple[Route, ...]:
    """Whom a client of `own` reaches at any of these addresses; without one, `own`."""
    found = [_route(own, one, catalogue, addressed) for one in given]
    if not found:
        return (Route(own),)
    distinct = tuple(dict.fromkeys(found))
    several = len({one.provider for one in distinct}) > 1
    return tuple(msgspec.structs.replace(one, is_optional=one.is_optional or several) for one in distinct)


def _route(own: str, one: Said, catalogue: Catalogue, addressed: frozenset[str]) -> Route:
    if one.is_nothing or one.text == "":
        return Route(own)
    host = catalogue.host(one.text) if one.text else None
    if host is not None:
        return _known(own, one, host, catalogue)
    if catalogue.role(own) == "local":
        return Route(own)
    for part, provider in facts().paths.items():
        if one.text and part in one.text:
            return Route(provider)
    named = _by_variable(own, one.variables, catalogue)
    if named is not None:
        return Route(named)
    if own in addressed:
        return Route(own)
    return Route(OPENAI_COMPATIBLE)


def _known(own: str, one: Said, host: HostFound, catalogue: Catalogue) -> Route:
    role = catalogue.role(host.provider)
    if host.provider == SELF_HOSTED or role == "local":
        if catalogue.role(own) == "local":
            return Route(own)
        return Route(OPENAI_COMPATIBLE if one.is_default else SELF_HOSTED)
    if role == "gateway":
        return _through(own, host, one.is_default)
    if role == "recipient":
        return Route(own, via=host.provider)
    return Route(host.provider, host.region, None, one.is_default, host.address.path)


def _through(own: str, host: HostFound, is_optional: bool) -> Route:
    """Behind a gateway: whom its address names by a segment of its path or a label of its host; else `own`."""
    known = facts().gateways.get(host.provider, {})
    parts = (*host.address.path.strip("/").split("/"), *host.address.host.split("."))
    provider = next((known[part] for part in parts if part in known), None)
    if provider is None:
        provider = own if host.provider in facts().gateways else OPENAI_COMPATIBLE
    return Route(provider, None, host.provider, is_optional)


def _by_variable(own: str, names: Iterable[str], catalogue: Catalogue) -> str | None:
    """Whose address a variable holds; the one that a package reads by itself may hold any."""
    for name in names:
        if any(word in name for word in _KEYS):
            continue
        found = catalogue.variable(name)
        if found is None or found == own:
            continue
        role = catalogue.role(found)
        if role == "local":
            return SELF_HOSTED
        if role in {"offering", "vendor"} and own not in _CARRIERS:
            return own  # no class of one vendor is given another's address: it is of another branch
        if role != "recipient" and not (own != OPENAI_COMPATIBLE and _is_override(name)):
            return found
    return None


def _is_override(name: str) -> bool:
    """Whether it is the one that OpenAI's own package reads, which every other host is set by."""
    return name.startswith("OPENAI_")


def addressed(catalogue: Catalogue) -> frozenset[str]:
    """Each of whose customers has an address of their own, so that one that cannot be read is still theirs."""
    exact: set[str] = set()
    found: set[str] = set()
    for several in catalogue.hosts.values():
        for one in several:
            (found if any("*" in label or "{" in label for label in one.labels) else exact).add(one.provider)
    platforms = {id for id, one in catalogue.providers.items() if one.role == "platform"}
    return frozenset(found - exact | platforms)
