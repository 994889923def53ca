"""The facts that belong to no single offering, as the files of `knowledge/` state them.

In: YAML that ships with the package. Out: providers, frameworks and APIs.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Literal, TypeAlias, TypeVar

import msgspec
import yaml

from ...model.signatures import Signatures

Role: TypeAlias = Literal["offering", "platform", "vendor", "aggregator", "gateway", "recipient", "local"]
"""What a provider is: an offering of the registry or the bundle; a platform that serves several makers; a vendor that
no registry lists; a gateway, through which calls pass; a recipient, which gets prompts beside; our own machines."""


class ProviderFacts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One entry of `providers.yaml`."""

    id: str
    name: str
    role: Role
    signatures: Signatures = Signatures()
    platform: str | None = None
    """The `platform` of the registry's offerings among which the model's maker decides."""
    makers: dict[str, str] = {}
    """By the maker as the platform's model ids name it: the offering."""
    apart: tuple[str, ...] = ()
    """Offerings of the same platform that clients of their own call: a speech service beside the models."""
    notes: str | None = None


class FrameworkFacts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One entry of `frameworks.yaml`: a library that reaches several providers, by a text or by a class."""

    id: str
    """As `prefixes` of signatures name it."""
    modules: dict[str, tuple[str, ...]] = {}
    """By language."""
    splitter: str | None = None
    """What stands between the provider and the model in its texts; None where it takes none."""
    unprefixed: Literal["maker", "default", "unknown"] = "unknown"
    """What a model without a prefix means: its maker's own API; the framework's `default`; nobody can tell."""
    default: str | None = None
    """The provider where nothing is said."""
    prefixes_of: str | None = None
    """The framework whose texts it takes, where it has none of its own."""
    is_of_providers: bool = False
    """Whether what its modules make is no model, but makes models when it is called: `createOpenAI()("gpt-5.2")`."""
    functions: dict[str, str] = {}
    """By function or class: what it does, a word of the APIs' `does`."""
    model_arguments: tuple[str, ...] = ("model",)
    model_is_first: bool = True
    """Whether what is passed first without a name is the model."""
    endpoints: dict[str, dict[str, str]] = {}
    """By provider: what it does there under another name than elsewhere."""


class ApiFacts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One entry of `apis.yaml`: how the calls of an API are called, and which endpoints they reach."""

    id: str
    providers: tuple[str, ...] = ()
    """Who has it; who is not named anywhere has the first."""
    does: dict[str, str] = {}
    """By what is done (`chat`, `embeddings`, `images`, …): the endpoint, as the registry names it."""
    calls: dict[str, str] = {}
    """By the end of a call's path, in small letters without underscores; `.*` at the end stands for anything: the
    endpoint; empty where it is another API's call, whose end only looks like one of this."""
    paths: dict[str, str] = {}
    """By the end of a URL's path; `*` is one segment: the endpoint."""
    takes: dict[str, str] = {}
    """By the endpoint of another's API that it takes, too: what it is called here."""


class Switch(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"sources": "from", "target": "to"}):
    """An argument by which a client of one provider is one of another."""

    sources: tuple[str, ...]
    argument: str
    """In small letters without underscores."""
    target: str
    values: tuple[str, ...] = ()
    """Of which its value is one, in small letters; empty where anything counts that is not false."""


class RouteFacts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of `routes.yaml`."""

    switches: tuple[Switch, ...] = ()
    variables: dict[str, str] = {}
    """Variables of the environment that make a provider of its switches' sources another one."""
    gateways: dict[str, dict[str, str]] = {}
    """By gateway: how its addresses call the providers behind it."""
    carriers: dict[str, str] = {}
    """Modules that hand on another's classes: the module whose classes they are."""
    compatible: dict[str, tuple[str, ...]] = {}
    """By language: `MODULE:Symbol` of classes that reach whom their address says, and nobody without one."""
    either: dict[str, tuple[str, ...]] = {}
    """By `MODULE:Symbol`: providers of which what is configured elsewhere decides for one."""
    paths: dict[str, str] = {}
    """Parts of URLs' paths that stand in nobody else's: the provider."""
    words: dict[str, tuple[str, ...]] = {}
    """Names of arguments and calls by what they mean."""


Facts = TypeVar("Facts")


def _read(name: str, of: type[Facts]) -> Facts:
    text = (files("vendorgate.detection") / "knowledge" / name).read_text(encoding="utf-8")
    return msgspec.convert(yaml.load(text, yaml.CSafeLoader), of)


@cache
def providers() -> tuple[ProviderFacts, ...]:
    """Who is no offering of the registry."""
    return _read("providers.yaml", tuple[ProviderFacts, ...])


@cache
def frameworks() -> tuple[FrameworkFacts, ...]:
    """Libraries that reach several providers."""
    return _read("frameworks.yaml", tuple[FrameworkFacts, ...])


@cache
def apis() -> tuple[ApiFacts, ...]:
    """APIs, the commonest first."""
    return _read("apis.yaml", tuple[ApiFacts, ...])


@cache
def routes() -> RouteFacts:
    """What changes where a client's calls go."""
    return _read("routes.yaml", RouteFacts)


def words(name: str) -> frozenset[str]:
    """The names that mean something."""
    return frozenset(routes().words[name])
