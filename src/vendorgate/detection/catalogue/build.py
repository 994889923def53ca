"""Fills the catalogue: from offerings with their signatures, and from the facts that ship.

In: offerings of the registry and the bundle. Out: a `Catalogue`. Where two name the same thing, the bundle's counts
before the registry's, and an offering before what ships for vendors that no registry lists.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import translate
from typing import Final, TypeAlias

import msgspec

from ...model.registry import Offering
from ...model.signatures import Signatures, symbol_parts
from .addresses import Pattern, pattern_of
from .catalogue import Catalogue, Provider, normal_package
from .facts import ApiFacts, ProviderFacts, Role, apis, frameworks, providers

_KINDED: Final = re.compile(r"(?P<type>[^{]+)(?:\{(?P<wanted>[^=}]+=[^}]*)\})?\Z")
"""A resource whose property decides: `azurerm_cognitive_account{kind=OpenAI|AIServices}`; several divided by commas."""


_SERVICE: Final = re.compile(r"\(([^()]+)\)\Z")
"""What a general client is made for: `boto3:client(bedrock-runtime)`."""
_ROLES: Final[Mapping[str, Role]] = {"recipient": "recipient", "aggregator": "aggregator"}
"""By category of an offering."""


class Known(msgspec.Struct, frozen=True):
    """One provider with everything it is known by."""

    provider: Provider
    platform: str
    category: str
    signatures: Signatures


def catalogue(offerings: Iterable[Offering], shipped: Iterable[Offering] = ()) -> Catalogue:
    """The catalogue of the offerings that count, completed by those that ship: who is not listed is told as a
    vendor."""
    listed = list(offerings)
    ids = {one.id for one in listed}
    known = [*_offerings(listed, listed=True), *_offerings((one for one in shipped if one.id not in ids), listed=False)]
    known += [_of_facts(one, known) for one in providers() if one.id not in ids]
    return _filled(known)


def _offerings(offerings: Iterable[Offering], *, listed: bool) -> list[Known]:
    ordered = sorted(offerings, key=lambda one: (one.owner != "bundle", one.id))
    return [
        Known(
            _provider(one, listed),
            one.written.platform or "",
            one.written.category or "",
            _signatures(one),
        )
        for one in ordered
    ]


def _provider(offering: Offering, listed: bool) -> Provider:
    written = offering.written
    return Provider(
        offering.id,
        written.name or offering.id,
        _role(offering),
        listed=listed,
        developer=written.developer,
        platform=written.platform,
        category=written.category,
        cloud=written.cloud,
        aliases=written.aliases or (),
        endpoints=written.endpoints or (),
    )


def _role(offering: Offering) -> Role:
    return _ROLES.get(offering.written.category or "", "offering")


def _signatures(offering: Offering) -> Signatures:
    """What tells it from others: its hosts and packages only where it has no signatures or is the organization's
    own, since offerings of one platform share them."""
    written = offering.written
    if written.signatures is not None and offering.owner != "bundle":
        return written.signatures
    stated = written.signatures or Signatures()
    packages = {system: tuple(names) for system, names in stated.packages.items()}
    for system, names in (written.sdk_packages or {}).items():
        packages[system] = (
            *packages.get(system, ()),
            *(name for name in names if name not in packages.get(system, ())),
        )
    hosts = (*stated.hosts, *(host for host in written.hosts or () if host not in stated.hosts))
    return msgspec.structs.replace(stated, packages=packages, hosts=hosts)


def _of_facts(facts: ProviderFacts, offerings: Iterable[Known]) -> Known:
    served = [one for one in offerings if facts.platform and one.platform == facts.platform]
    models = tuple((_glob(model), one.provider.id) for one in served for model in one.signatures.model_ids)
    platform = facts.platform or ""
    provider = Provider(facts.id, facts.name, facts.role, facts.makers, facts.apart, models, platform=platform)
    return Known(provider, "", "", facts.signatures)


def _glob(written: str) -> re.Pattern[str]:
    return re.compile(translate(written.lower()), re.IGNORECASE)


class _Tables:
    """The tables while they are filled; the first who says something counts."""

    def __init__(self) -> None:
        self.packages: dict[tuple[str, str], str] = {}
        self.modules: dict[tuple[str, str], str] = {}
        self.clients: dict[tuple[str, str, str], str] = {}
        self.hosts: dict[str, list[Pattern]] = defaultdict(list)
        self.variables: dict[str, str] = {}
        self.prefixes: dict[str, dict[str, str]] = defaultdict(dict)
        self.resources: dict[str, list[tuple[re.Pattern[str], str, Mapping[str, tuple[str, ...]]]]] = defaultdict(list)
        self.resource_types: set[str] = set()
        self.services: dict[tuple[str, str], str] = {}
        self.actions: dict[str, str] = {}
        self.makers: list[tuple[re.Pattern[str], str]] = []

    def add(self, known: Known) -> None:
        """Put everything one provider is known by into the tables."""
        id, said = known.provider.id, known.signatures
        self._add_code(id, said)
        for host in said.hosts:
            pattern = pattern_of(host, id, said.host_regions.get(host))
            self.hosts[".".join(pattern.labels[-2:])].append(pattern)
        for name in said.env:
            self.variables.setdefault(name, id)
        for framework, text in _pairs(said.prefixes):
            self.prefixes[framework].setdefault(text, id)
        for tool, type in _pairs(said.iac):
            self._add_resource(tool, type, id)
        for action in said.ci_actions:
            self.actions.setdefault(action.lower(), id)
        if _is_first_party(known):
            self.makers += [(_glob(model), id) for model in said.model_ids]

    def _add_code(self, id: str, said: Signatures) -> None:
        for system, name in _pairs(said.packages):
            self.packages.setdefault((system, normal_package(system, name)), id)
        for language, module in _pairs(said.imports):
            self.modules.setdefault((language, module), id)
        for language, symbol in _pairs(said.client_symbols):
            module, name = symbol_parts(symbol)
            self.clients.setdefault((language, module, name), id)

        for language, written in _pairs(said.call_patterns):
            named = _SERVICE.search(written)
            if named is not None:
                self.services.setdefault((language, named[1]), id)

    def _add_resource(self, tool: str, written: str, id: str) -> None:
        found = _KINDED.match(written)
        if found is not None:
            pairs = [one.partition("=") for one in (found["wanted"] or "").split(",") if one]
            wanted = {key: tuple(values.split("|")) for key, _, values in pairs}
            self.resource_types.add(found["type"])
            self.resources[tool].append((re.compile(translate(found["type"])), id, wanted))


def _pairs(names: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    return ((kind, name) for kind, several in names.items() for name in several)


def _is_first_party(known: Known) -> bool:
    """Whether its model ids are those of a maker's own API: a platform's have the platform's form."""
    return known.provider.role == "offering" and known.category == "first_party"


def _filled(known: Iterable[Known]) -> Catalogue:
    tables, by_id = _Tables(), dict[str, Provider]()
    for one in known:
        by_id.setdefault(one.provider.id, one.provider)
        tables.add(one)
    symbols: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for (language, module, symbol), id in tables.clients.items():
        symbols[language, symbol].append((module, id))
    exact, starts = _variables(tables.variables)
    return Catalogue(
        providers=by_id,
        packages=tables.packages,
        modules=tables.modules,
        clients=tables.clients,
        symbols={key: tuple(found) for key, found in symbols.items()},
        hosts={end: tuple(found) for end, found in tables.hosts.items()},
        variables=exact,
        variable_starts=starts,
        prefixes={framework: _longest_first(texts) for framework, texts in tables.prefixes.items()},
        resources={tool: _most_wanted_first(found) for tool, found in tables.resources.items()},
        resource_types=frozenset(tables.resource_types),
        services=tables.services,
        actions=tables.actions,
        makers=tuple(tables.makers),
        any_maker=re.compile("|".join(glob.pattern for glob, _ in tables.makers) or r"(?!)", re.IGNORECASE),
        frameworks={one.id: one for one in frameworks()},
        framework_modules={
            (language, module): one.id
            for one in frameworks()
            for language, modules in one.modules.items()
            for module in modules
        },
        apis=_apis(apis()),
    )


def _variables(found: Mapping[str, str]) -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    exact = {name: id for name, id in found.items() if not name.endswith("*")}
    return exact, _longest_first({name[:-1]: id for name, id in found.items() if name.endswith("*")})


_Resource: TypeAlias = tuple[re.Pattern[str], str, Mapping[str, tuple[str, ...]]]


def _most_wanted_first(found: list[_Resource]) -> tuple[_Resource, ...]:
    """So that a property which decides counts before the type alone."""
    return tuple(sorted(found, key=lambda one: -len(one[2])))


def _longest_first(texts: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(texts.items(), key=lambda one: (-len(one[0]), one[0])))


def _apis(found: tuple[ApiFacts, ...]) -> dict[str, ApiFacts]:
    return {"": found[0], **{provider: one for one in found for provider in one.providers}}
