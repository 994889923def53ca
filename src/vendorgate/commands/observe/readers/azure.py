"""Azure OpenAI and Foundry: where an account is, whether Microsoft stores prompts for review, and what is deployed.

Source: the resource provider Microsoft.CognitiveServices, version 2025-09-01 (azure-mgmt-cognitiveservices 14.1), and
"Data, privacy, and security for Azure Direct Models" for what `ContentLogging` means.

`ContentLogging` is a row of capabilities whose value is a text, and which is there only while storing is off. The page
speaks of Microsoft's own models, so that nothing is read from it for those of partners in the same account. How data is
processed follows the type of each deployment, and one that spills over has the type of the other one, too: a type is
told where everything that a call may reach has that one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit

from msgspec import UNSET, UnsetType

from ....model.observation import AccountEntry
from ..asking import Answer, Api, Asking, CannotObserve, Refused
from ..model import Reader, Reading, ScopedValue
from . import azure_login
from .ids import id_of

LOGGING: Final = "content_logging"
TYPE: Final = "deployment_type"
MAKERS: Final[Mapping[str, str]] = {
    "azure-openai": "openai",
    "claude-foundry": "anthropic",
    "llama-azure": "meta",
    "mistral-azure": "mistral",
}
"""How the format of a model begins, in lower case, by offering."""
TYPES: Final = (
    "Standard",
    "GlobalStandard",
    "DataZoneStandard",
    "ProvisionedManaged",
    "GlobalProvisionedManaged",
    "DataZoneProvisionedManaged",
    "GlobalBatch",
    "DataZoneBatch",
    "DeveloperTier",
)
"""The types of deployments, as the registry and Azure name them."""
URL: Final = "VENDORGATE_AZURE_URL"
_HOME: Final = "https://management.azure.com"
_ACCOUNT: Final = (
    "/subscriptions/{subscription}/resourceGroups/{resource_group}"
    "/providers/Microsoft.CognitiveServices/accounts/{resource}"
)
_VERSION: Final = "2025-09-01"
_KINDS: Final = ("OpenAI", "AIServices")
_SUBSCRIPTION: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_GROUP: Final = re.compile(r"[\w().-]{0,89}[\w()-]")
_RESOURCE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{1,63}")
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]*")
_ROUTED: Final = "calls of the account are routed to other regions, and what is set there is not read"
_DATED: Final = re.compile(r"[0-9]{4}(-?[0-9]{2}){0,2}")
"""Versions that names of models end with."""


class Capability(Answer, frozen=True):
    """A row of what an account can do."""

    name: str | UnsetType | None = UNSET
    value: str | UnsetType | None = UNSET


class RoutedRegion(Answer, frozen=True):
    """A region to which calls of an account may go."""

    name: str | UnsetType | None = UNSET


class Routing(Answer, frozen=True):
    """To which regions calls of an account go, where that is set."""

    regions: tuple[RoutedRegion, ...] | UnsetType | None = UNSET


class AccountProperties(Answer, frozen=True):
    """What is read of an account."""

    capabilities: tuple[Capability, ...] | UnsetType | None = UNSET
    locations: Routing | UnsetType | None = UNSET


class Account(Answer, frozen=True):
    """An account of Azure OpenAI or Foundry."""

    kind: str | UnsetType | None = UNSET
    location: str | UnsetType | None = UNSET
    properties: AccountProperties | UnsetType | None = UNSET


class Sku(Answer, frozen=True):
    """The type of a deployment."""

    name: str | UnsetType | None = UNSET


class Model(Answer, frozen=True):
    """What is deployed."""

    format: str | UnsetType | None = UNSET
    name: str | UnsetType | None = UNSET
    version: str | UnsetType | None = UNSET


class DeploymentProperties(Answer, frozen=True, rename="camel"):
    """What is read of a deployment."""

    model: Model | UnsetType | None = UNSET
    spillover_deployment_name: str | UnsetType | None = UNSET
    parent_deployment_name: str | UnsetType | None = UNSET


class Deployment(Answer, frozen=True):
    """A deployment of a model."""

    name: str | UnsetType | None = UNSET
    sku: Sku | UnsetType | None = UNSET
    properties: DeploymentProperties | UnsetType | None = UNSET

    @property
    def model(self) -> Model:
        """What it runs."""
        properties = self.properties
        model = properties.model if isinstance(properties, DeploymentProperties) else None
        return model if isinstance(model, Model) else Model()

    @property
    def type(self) -> str | None:
        """Its own type; None for one that is not known here."""
        name = self.sku.name if isinstance(self.sku, Sku) else None
        return name if isinstance(name, str) and name in TYPES else None

    @property
    def leads_to(self) -> tuple[str, ...]:
        """Other deployments that its calls may reach."""
        properties = self.properties
        if not isinstance(properties, DeploymentProperties):
            return ()
        names = (properties.spillover_deployment_name, properties.parent_deployment_name)
        return tuple(one for one in names if isinstance(one, str) and one)


class Deployments(Answer, frozen=True, rename="camel"):
    """A page of deployments."""

    passing = ("next_link",)
    value: tuple[Deployment, ...] | UnsetType | None = UNSET
    next_link: str | UnsetType | None = UNSET


def _tells(entry: AccountEntry) -> tuple[str, ...]:
    return (LOGGING, TYPE, "cloud_region") if entry.offering == "azure-openai" else (TYPE, "cloud_region")


def _read(entry: AccountEntry, asking: Asking) -> Reading:
    values = _ids(entry)
    api = asking.api(_HOME, URL, azure_login.bearer(asking))
    account = api.get(_ACCOUNT, Account, values, {"api-version": _VERSION})
    if isinstance(account, Refused) and account.status == 404:
        words = "knows no account of the names that accounts.yaml gives"
        raise CannotObserve(words, "correct them in accounts.yaml, or take the account out")
    if isinstance(account, Account) and _is_routed(account):
        return Reading(why=dict.fromkeys(_tells(entry), _ROUTED))
    why: dict[str, str] = {}
    settings: dict[str, bool | str] = {}
    if entry.offering == "azure-openai":
        logged, why_not = (None, account.why) if isinstance(account, Refused) else _logging(account)
        if logged is None:
            why[LOGGING] = why_not
        else:
            settings[LOGGING] = logged
    region: str | UnsetType = UNSET if isinstance(account, Refused) else _region(account.location)
    if region is UNSET:
        why["cloud_region"] = account.why if isinstance(account, Refused) else "the account answers without a location"
    everywhere, scoped, why_not = types_of(_deployments(api, values, asking), MAKERS[entry.offering])
    if everywhere is None:
        why[TYPE] = why_not
    else:
        settings[TYPE] = everywhere
    return Reading(settings=settings, scoped=scoped, cloud_region=region, why=why)


def _ids(entry: AccountEntry) -> dict[str, str]:
    return {
        "subscription": id_of(entry, "subscription", _SUBSCRIPTION, "the id of a subscription, a UUID"),
        "resource_group": id_of(entry, "resource_group", _GROUP, "the name of a resource group"),
        "resource": id_of(entry, "resource", _RESOURCE, "the name of an account of Azure OpenAI or Foundry"),
    }


def _is_routed(account: Account) -> bool:
    """Whether calls may go to other regions than the account's, where another account answers them."""
    routing = account.properties.locations if isinstance(account.properties, AccountProperties) else None
    regions = routing.regions if isinstance(routing, Routing) else None
    own = _region(account.location)
    return isinstance(regions, tuple) and any(own is UNSET or _region(one.name) != own for one in regions)


def _logging(account: Account) -> tuple[bool | None, str]:
    """Whether prompts are stored for review, or why nobody knows."""
    if account.kind not in _KINDS:
        return None, "of this kind of account it is not documented"
    rows = account.properties.capabilities if isinstance(account.properties, AccountProperties) else None
    if not rows or not isinstance(rows, tuple):
        return None, "the account answers without capabilities"
    names = [one.name.casefold() if isinstance(one.name, str) else "" for one in rows]
    if not all(names):
        return None, "the account answers with a capability without a name"
    values = [one.value for one, name in zip(rows, names, strict=True) if name == "contentlogging"]
    if not values:
        return True, ""  # the row is documented to be there only while storing is off
    if all(isinstance(one, str) and one.casefold() == "false" for one in values):
        return False, ""
    return None, "its ContentLogging has a value that is not documented"


def _region(written: str | UnsetType | None) -> str | UnsetType:
    """A region by its plain name; unset where it is none."""
    if not isinstance(written, str):
        return UNSET
    name = written.replace(" ", "").lower()
    return name if name.isascii() and name.isalnum() else UNSET


def _deployments(api: Api, values: Mapping[str, str], asking: Asking) -> tuple[Deployment, ...] | str:
    """All deployments of the account, or why not all of them are known."""
    path = f"{_ACCOUNT}/deployments"
    home = asking.credential(URL) or _HOME
    found: list[Deployment] = []

    def following(page: Deployments) -> Mapping[str, str] | None:
        return _query_of(page.next_link, path, values, home) if isinstance(page.next_link, str) else None

    for page in api.pages(path, Deployments, following, values, {"api-version": _VERSION}):
        if isinstance(page, Refused):
            return page.why
        if not isinstance(page.value, tuple):
            return "the account answers without a list of deployments"
        found += page.value
    return tuple(found)


def _query_of(link: str, path: str, values: Mapping[str, str], home: str) -> Mapping[str, str] | None:
    """What the address of the next page asks for; it is the same list at the same address, or nobody goes there."""
    if not link:
        return None
    expected = path.format(**values).casefold()
    try:
        parts = urlsplit(link)
        found = (parts.scheme, parts.netloc)
        there = unquote(parts.path).casefold()
        query = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=True)
    except ValueError:
        found, there, query = ("", ""), "", []
    own = urlsplit(home)
    homes = {("https", "management.azure.com"): "", (own.scheme, own.netloc): unquote(own.path).casefold().rstrip("/")}
    if found not in homes or there not in (expected, homes[found] + expected) or not query:
        raise CannotObserve("answers that its list goes on at another address", "look at what stands in between")
    return dict(query)


def types_of(deployments: tuple[Deployment, ...] | str, maker: str) -> tuple[str | None, tuple[ScopedValue, ...], str]:
    """The type of all deployments of an offering, or of those of some models, and why not of all."""
    if isinstance(deployments, str):
        return None, (), deployments
    if not all(isinstance(one.model.format, str) and one.model.format for one in deployments):
        return None, (), "a deployment does not say whose model it runs"
    own = [one for one in deployments if str(one.model.format).casefold().startswith(maker)]
    if not own:
        return None, (), "nothing of it is deployed"
    types = [(one, _type_of(one, deployments)) for one in own]
    kinds = {type for _, type in types}
    if len(kinds) == 1 and None not in kinds:
        return types[0][1], (), ""
    if not all(isinstance(one.model.name, str) and _NAME.fullmatch(one.model.name) for one in own):
        return None, (), "a deployment does not say which model it runs"
    why = "its deployments, or what they spill over into, are of different types, or of one that is not known here"
    return None, _by_model(types), why


def _type_of(deployment: Deployment, all_: tuple[Deployment, ...]) -> str | None:
    """The one type of all that a call of a deployment may reach."""
    reached = [deployment]
    for one in reached:  # grows while it is walked along
        for name in one.leads_to:
            named = [
                other for other in all_ if isinstance(other.name, str) and other.name.casefold() == name.casefold()
            ]
            if not named:
                return None
            reached += [other for other in named if not any(other is seen for seen in reached)]
    types = {one.type for one in reached}
    return types.pop() if len(types) == 1 else None


def _by_model(types: Iterable[tuple[Deployment, str | None]]) -> tuple[ScopedValue, ...]:
    """The type of each model all of whose deployments have one."""
    by_model: dict[str, list[tuple[Deployment, str | None]]] = {}
    for deployment, type in types:
        by_model.setdefault(str(deployment.model.name).casefold(), []).append((deployment, type))
    found = []
    for model, own in sorted(by_model.items()):
        type = own[0][1]
        if type is not None and all(one == type for _, one in own):
            others = set(by_model) - {model}
            names = {
                name for deployment, _ in own for name in _names(deployment.model) if name.casefold() not in others
            }
            found.append(ScopedValue("models", tuple(sorted(names)), TYPE, type))
    return tuple(found)


def _names(model: Model) -> Iterable[str]:
    """A model as Azure names it and in lower case, also with the version that makers write behind it."""
    name, version = str(model.name), model.version
    dated = [f"{name}-{version}"] if isinstance(version, str) and _DATED.fullmatch(version) else []
    return [spelling for one in (name, *dated) for spelling in (one, one.lower())]


READER: Final = Reader(
    vendor="Azure",
    offerings=tuple(MAKERS),
    tells=(LOGGING, TYPE, "cloud_region"),
    credentials=azure_login.CREDENTIALS,
    needs=("subscription", "resource_group", "resource"),
    takes=(),
    privilege=(
        "a role on the resource with Microsoft.CognitiveServices/accounts/read and "
        "Microsoft.CognitiveServices/accounts/deployments/read, such as Reader"
    ),
    read=_read,
    tells_of=_tells,
)
