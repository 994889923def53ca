"""The tables, and the questions that they answer.

In: what `build` fills them with. Out: providers, endpoints and models.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from typing import Final

import msgspec

from ..sighting import SELF_HOSTED
from .addresses import Address, Pattern, address_of, region_in
from .facts import ApiFacts, FrameworkFacts, Role


class Provider(msgspec.Struct, frozen=True):
    """Somebody whom code can call."""

    id: str
    name: str
    role: Role
    makers: Mapping[str, str] = {}
    """Of a platform, by the maker as model ids name it: the offering."""
    apart: tuple[str, ...] = ()
    """Of a platform: offerings that bear its name and are called by clients of their own."""
    model_ids: tuple[tuple[re.Pattern[str], str], ...] = ()
    """Of a platform: which models are which offering's."""
    listed: bool = False
    """Whether the registry or the bundle has it as an offering."""
    developer: str = ""
    """Of an offering: who makes its models."""
    platform: str = ""
    """Of an offering: who serves it; of a platform: as the registry's offerings call it."""
    category: str = ""
    """Of an offering."""
    cloud: str | None = None
    """Of an offering: whose names its regions have."""
    aliases: tuple[str, ...] = ()
    """Of an offering: its other names."""
    endpoints: tuple[str, ...] = ()
    """Of an offering: all that a manifest can name; empty where any can be named."""


class HostFound(msgspec.Struct, frozen=True):
    """Whose host an address names."""

    provider: str
    region: str | None
    address: Address


class Catalogue(msgspec.Struct, frozen=True):
    """Everything by which somebody is known."""

    providers: Mapping[str, Provider]
    packages: Mapping[tuple[str, str], str]
    """By system and package."""
    modules: Mapping[tuple[str, str], str]
    """By language and module."""
    clients: Mapping[tuple[str, str, str], str]
    """By language, module and symbol."""
    symbols: Mapping[tuple[str, str], tuple[tuple[str, str], ...]]
    """By language and symbol alone: modules with their providers."""
    hosts: Mapping[str, tuple[Pattern, ...]]
    """By the last two labels."""
    variables: Mapping[str, str]
    variable_starts: tuple[tuple[str, str], ...]
    """Beginnings of variables, the longest first."""
    prefixes: Mapping[str, tuple[tuple[str, str], ...]]
    """By framework: what stands before a model, the longest first, with its provider."""
    resources: Mapping[str, tuple[tuple[re.Pattern[str], str, Mapping[str, tuple[str, ...]]], ...]]
    """By tool: globs of types, with the provider and the properties that decide."""
    resource_types: frozenset[str]
    """As written, of all tools."""
    services: Mapping[tuple[str, str], str]
    """By language and the name by which a general client of a cloud is made for it."""
    actions: Mapping[str, str]
    makers: tuple[tuple[re.Pattern[str], str], ...]
    """Which models are whose own API's."""
    any_maker: re.Pattern[str]
    """All of them at once: most texts are no model."""
    frameworks: Mapping[str, FrameworkFacts]
    framework_modules: Mapping[tuple[str, str], str]
    """By language and module: the framework."""
    apis: Mapping[str, ApiFacts]
    """By provider; the empty text stands for all that are not named."""

    def host(self, text: str) -> HostFound | None:
        """Whose host a text names, local ones included; None where it is no address, or nobody's that is known."""
        address = address_of(text)
        if address is None:
            return None
        if address.is_local:
            return HostFound(SELF_HOSTED, None, address)
        best: tuple[Pattern, str | None] | None = None
        for pattern in self.hosts.get(_end(address.host.split(".")), ()):
            region = region_in(pattern, address)
            if region is not False and (best is None or _closer(pattern, best[0])):
                best = (pattern, region if isinstance(region, str) else None)
        return None if best is None else HostFound(best[0].provider, best[1], address)

    def package(self, system: str, name: str) -> str | None:
        """Who is reached by a package of `pypi`, `npm`, `go`, `maven`, `rubygems`, `crates`, `nuget` or `packagist`."""
        return self.packages.get((system, normal_package(system, name)))

    def module(self, language: str, module: str) -> str | None:
        """Who is reached by a module, or by the nearest one above it."""
        return _nearest(self.modules, language, module)

    def framework(self, language: str, module: str) -> FrameworkFacts | None:
        """The framework that a module is of, or the nearest one above it."""
        id = _nearest(self.framework_modules, language, module)
        return None if id is None else self.frameworks[id]

    def client(self, language: str, module: str, symbol: str) -> str | None:
        """Whom a class or function of a module makes a client of. The module may be one above or below the named
        one."""
        found = self.clients.get((language, module, symbol))
        if found is not None:
            return found
        for named, provider in self.symbols.get((language, symbol), ()):
            if named == "*" or is_within(language, module, named) or is_within(language, named, module):
                return provider
        return None

    def by_symbol(self, language: str, symbol: str) -> tuple[tuple[str, str], ...]:
        """Modules that have a symbol of this name, with whom it makes a client of."""
        return self.symbols.get((language, symbol), ())

    def variable(self, name: str) -> str | None:
        """Whose variable of the environment it is; never of those that several share."""
        found = self.variables.get(name)
        if found is not None:
            return found
        return next((provider for start, provider in self.variable_starts if name.startswith(start)), None)

    def prefixed(self, framework: str, text: str) -> tuple[str, str] | None:
        """Whom a framework reaches by a text such as `azure/gpt-5.2`, and the model without what stands before it.

        None where nothing that is known stands before it: `unprefixed` of the framework says what that means.
        """
        for prefix, provider in self.prefixes.get(framework, ()):
            if text.startswith(prefix) and len(text) > len(prefix):
                return provider, text[len(prefix) :]
        return None

    def maker(self, model: str) -> str | None:
        """Whose own API has a model of this name; that says who made it, not who serves it."""
        if self.any_maker.match(model) is None:
            return None
        return next((provider for glob, provider in self.makers if glob.match(model)), None)

    def resource(self, tool: str, type: str, properties: Mapping[str, str] | None = None) -> str | None:
        """Whose resource of infrastructure it is. A property that decides and is not known decides against it."""
        for glob, provider, wanted in self.resources.get(tool, ()):
            if glob.match(type) and all(_has(properties or {}, key, values) for key, values in wanted.items()):
                return provider
        return None

    def action(self, name: str) -> str | None:
        """Whom an action of a CI system calls; without its version."""
        return self.actions.get(name.partition("@")[0].lower())

    def offering(self, provider: str, model: str | None) -> tuple[str | None, str | None]:
        """The offering that it is, or where none is listed, the vendor's id: exactly one of the two."""
        known = self.providers.get(provider)
        if known is not None and known.role == "platform" and model:
            served = _served(known, model)
            known = known if served is None else self.providers.get(served)
            provider = served or provider
        return (provider, None) if known is not None and known.listed else (None, provider)

    def role(self, provider: str) -> Role | None:
        """What a provider is; None of a name that is not known."""
        known = self.providers.get(provider)
        return None if known is None else known.role

    def api(self, provider: str) -> ApiFacts:
        """The API that a provider has; of one that nothing is known of, OpenAI's, which most others take over."""
        return self.apis.get(provider) or self.apis[""]

    def endpoint(self, provider: str, path: Iterable[str]) -> str | None:
        """The endpoint that a call reaches, by the end of its path: `client.chat.completions.create`."""
        steps = [step.replace("_", "").lower() for step in path]
        calls = self.api(provider).calls
        for start in range(len(steps)):
            if (found := calls.get(".".join(steps[start:]))) is not None:
                return found or None
        for start in range(len(steps)):
            for end in range(len(steps), start, -1):
                if (found := calls.get(".".join(steps[start:end]) + ".*")) is not None:
                    return found
        return None

    def endpoint_at(self, provider: str, path: str) -> str | None:
        """The endpoint that a URL's path reaches, by its end, the one that says most; `\\0` fits any segment."""
        segments = [segment for segment in path.partition("?")[0].split("/") if segment]
        best, weight = None, (0, 0)
        for written, endpoint in self.api(provider).paths.items():
            wanted = [segment for segment in written.split("/") if segment]
            own = (len(wanted), -sum("*" in segment for segment in wanted))
            if own > weight and _ends_with(segments, wanted):
                best, weight = endpoint, own
        return best

    def does(self, provider: str, what: str, framework: str | None = None) -> str | None:
        """The endpoint by which a provider does something: `chat`, `embeddings`, `images`, …"""
        facts = self.frameworks.get(framework) if framework else None
        special = facts.endpoints.get(provider, {}).get(what) if facts is not None else None
        return special or self.api(provider).does.get(what)


def normal_package(system: str, name: str) -> str:
    """The name of a package as its system compares names."""
    if system == "pypi":
        return re.sub(r"[-_.]+", "-", name).lower()
    if system == "go":
        return re.sub(r"/v\d+\Z", "", name)
    return name.lower() if system in {"npm", "nuget", "packagist"} else name


_SEPARATORS: Final = {
    "python": ".",
    "java": ".",
    "csharp": ".",
    "javascript": "/",
    "go": "/",
    "ruby": "/",
    "rust": "::",
    "php": "\\",
}


def is_within(language: str, module: str, outer: str) -> bool:
    """Whether a module is another, or lies below it."""
    return module == outer or module.startswith(outer + _SEPARATORS[language])


def _nearest(table: Mapping[tuple[str, str], str], language: str, module: str) -> str | None:
    separator, at = _SEPARATORS[language], len(module)
    while at > 0:
        if (found := table.get((language, module[:at]))) is not None:
            return found
        at = module.rfind(separator, 0, at)
    return None


def _end(labels: list[str]) -> str:
    return ".".join(labels[-2:])


def _closer(one: Pattern, other: Pattern) -> bool:
    """Whether a pattern says more than another: the longer path, then without a wildcard, then more labels."""
    return _weight(one) > _weight(other)


def _weight(pattern: Pattern) -> tuple[int, bool, int]:
    return len(pattern.path), "*" not in pattern.labels, len(pattern.labels)


def _served(platform: Provider, model: str) -> str | None:
    """The offering of a platform that has a model of this name."""
    for glob, offering in platform.model_ids:
        if glob.match(model):
            return offering
    for form in _MAKER_FORMS:
        found = form.match(model.lower())
        if found is not None and found["maker"] in platform.makers:
            return platform.makers[found["maker"]]
    return None


_MAKER_FORMS: Final = (
    re.compile(r"(?:[^\s]*/)?(?:(?:us|eu|apac|global|us-gov|jp|au|ca|in)\.)?(?P<maker>[a-z0-9]{1,40})\.(?=[^\s/]*\d)"),
    re.compile(r"(?:[^\s]*\bpublishers/)?(?P<maker>[a-z0-9-]{1,40})/"),
)
"""How ids of models name who made them: `us.anthropic.claude-3`, where a number follows; `publishers/google/models/…`,
`openai/gpt-oss`."""


def _has(properties: Mapping[str, str], key: str, values: tuple[str, ...]) -> bool:
    return key in properties and any(fnmatchcase(properties[key], value) for value in values)


def _ends_with(segments: list[str], wanted: list[str]) -> bool:
    ends = segments[len(segments) - len(wanted) :]
    if len(ends) < len(wanted) or not all(map(_fits_segment, wanted, ends)):
        return False
    literal = [segment for segment, one in zip(ends, wanted, strict=True) if not one.startswith("*")]
    return ends[-1] != "\0" or (wanted[-1].startswith("*") and "\0" not in literal)


def _fits_segment(wanted: str, segment: str) -> bool:
    """`*` is any segment, `*:name` one that ends so, and `\\0` of the path fits whatever is not all there is."""
    if wanted.startswith("*"):
        return segment.endswith(wanted[1:])
    return wanted == segment or segment == "\0"
