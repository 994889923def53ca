"""Clients that are made: the class, the address, and what is passed beside.

In: a chain that makes one, the class or function of the catalogue. Out: `Client`s, several where several addresses
count. A client that is passed to another's class decides for both.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

import msgspec

from ..catalogue.catalogue import Catalogue
from ..catalogue.facts import routes as facts
from ..catalogue.facts import words
from ..code import Made, Reference
from ..sighting import OPENAI_COMPATIBLE
from .address import ADDRESSES, Route, routes
from .chains import Chain
from .client import Client
from .passed import Argument, Passed, plain
from .scene import Scene
from .settings import settings_of
from .switches import providers
from .symbols import Client as Symbol
from .texts import HOLE, Said, said, texts
from .view import View, key_of

MODELS: Final = facts().words["models"]
"""Names of arguments that say a model."""
_INNER: Final = words("clients")
"""Names of arguments that may be a client themselves."""
_IDS: Final = frozenset({"id", "name"})
"""Names of arguments that say a model in a few libraries, and much else in others."""
_DOES: Final = (
    (re.compile(r"embed", re.I), "embeddings"),
    (re.compile(r"rerank|scoring", re.I), "rerank"),
    (re.compile(r"moderation", re.I), "moderation"),
    (re.compile(r"realtime", re.I), "realtime"),
    (re.compile(r"transcri|whisper|stt|audiototext|speechtotext", re.I), "transcription"),
    (re.compile(r"tts|texttospeech|texttoaudio|audiospeech", re.I), "speech"),
    (re.compile(r"image(?!net)|dalle", re.I), "images"),
    (re.compile(r"responses?(?:model|client|agent|streaming|service|chat)|addopenairesponses", re.I), "responses"),
    (re.compile(r"assistant", re.I), "assistants"),
    (re.compile(r"textcompletion|textgeneration|\AOpenAi(?:Streaming)?LanguageModel", re.I), "completion"),
    (re.compile(r"chat|converse|llm|generator|generative", re.I), "chat"),
)
"""What a class does, by its name."""


def made(scene: Scene, view: View, chain: Chain, symbol: Symbol, depth: int) -> tuple[Client, ...]:
    """The clients that a chain makes of a class or function."""
    passed = Passed(scene.project, view, chain, view.made.get(key_of(chain.last)))
    inner = _inner(scene, passed, depth)
    if inner:
        return tuple(_dressed(scene, one, symbol, passed, view) for one in inner)
    reached = [
        (provider, route)
        for own in owners(symbol)
        for provider in providers(scene, view, own, passed)
        for route in routed(scene, view, provider, symbol.module, passed, symbol.provider)
    ]
    several = len({provider for provider, _ in reached}) > 1
    return tuple(
        _dressed(scene, of_route(Client(own, is_optional=several, module=symbol.module), route), symbol, passed, view)
        for own, route in reached
    )


def owners(symbol: Symbol) -> tuple[str, ...]:
    """Whom a class reaches; a few reach one or another by what is configured elsewhere, and a gateway's anybody."""
    if symbol.provider in facts().gateways:
        return (OPENAI_COMPATIBLE,)
    return facts().either.get(f"{symbol.module}:{symbol.name}", (symbol.provider,))


def of_route(client: Client, route: Route) -> Client:
    """A client with where its address leads."""
    return msgspec.structs.replace(
        client,
        provider=route.provider,
        region=route.region or client.region,
        via=route.via or client.via,
        is_optional=client.is_optional or route.is_optional,
    )


def routed(
    scene: Scene, view: View, own: str, module: str, passed: Passed, maker: str | None = None
) -> tuple[Route, ...]:
    """Where the addresses lead that are passed, or that are set on the module."""
    given = passed.every(ADDRESSES) or _unnamed_addresses(scene, passed)
    if not given and view.code.language in {"python", "ruby"}:
        given = [one for one in scene.defaults.get(module, ()) if one.name in ADDRESSES]
    found: list[Said] = []
    for one in given:
        found += said(scene.project, one.view, one.value, one.place)
    if given and all(one.conditional or _may_be_absent(scene, one) for one in given):  # it may be left as it is
        found.append(Said(is_nothing=True))
    if any(one.text for one in found):  # what is also given as a field counts only where nothing is read
        found = [one for one in found if one.text or one.is_nothing or one.variables]
    via = maker if maker in facts().gateways else None
    reached = routes(own, found, scene.catalogue, scene.addressed) if found else (Route(own, via=via),)
    return tuple(_behind(scene, one, passed) for one in reached)


def _may_be_absent(scene: Scene, one: Argument) -> bool:
    """Whether it is an option of a script's function that is only handed on under its own name: `{ apiKey, baseURL }`
    of options in which it may be missing."""
    if one.view.code.language != "javascript" or not isinstance(one.value, Reference):
        return False
    path = one.value.path
    if len(path) == 1:
        found = [each.value for each in scene.project.lookup(one.view, path, one.place)]
        path = next((value.path for value in found if isinstance(value, Reference)), path)
    return len(path) > 1 and plain(path[-1]) == one.name


def _behind(scene: Scene, route: Route, passed: Passed) -> Route:
    """Whom a gateway passes on to, where an argument or a header says it."""
    known = facts().gateways.get(route.via or "", {})
    given = passed.get("provider", "xportkeyprovider") if known else None
    for text in texts(scene.project, given.view, given.value, given.place) if given is not None else ():
        if text.lstrip("@") in known:
            return msgspec.structs.replace(route, provider=known[text.lstrip("@")])
    return route


def _unnamed_addresses(scene: Scene, passed: Passed) -> list[Argument]:
    """What is passed without a name and is an address: a URL, or made by a class of URLs."""
    return [one for one in passed.unnamed[:6] if _is_address(scene, one)]


def _is_address(scene: Scene, one: Argument) -> bool:
    if isinstance(one.value, Made) and one.value.call.path[-1].lower() in {"uri", "url"}:
        return True
    return any("://" in (text.text or "") for text in said(scene.project, one.view, one.value, one.place))


def _inner(scene: Scene, passed: Passed, depth: int) -> tuple[Client, ...]:
    """Clients that are passed, and so decide."""
    for one in passed.all:
        if (not one.name or one.name in _INNER) and isinstance(one.value, Made | Reference):
            found = scene.follow(one.view, one.value, one.place, depth + 1)
            if found:
                return found
    return ()


def does(scene: Scene, view: View, symbol: Symbol) -> tuple[str | None, str | None]:
    """The framework that a class is of, and what it does; of a vendor's own package only what its name says."""
    framework = scene.catalogue.framework(view.code.language, symbol.module)
    if framework is not None and symbol.name in framework.functions:
        return framework.id, framework.functions[symbol.name]
    name = ".".join((symbol.name, *symbol.rest))
    what = next((what for pattern, what in _DOES if pattern.search(name)), None)
    if framework is not None and framework.is_of_providers:
        return framework.id, None
    if framework is not None and what is None:
        what = "chat"
    return (None if framework is None else framework.id), what


def _dressed(scene: Scene, client: Client, symbol: Symbol, passed: Passed, view: View) -> Client:
    """A client with its model, its region and what its class does."""
    framework, what = does(scene, view, symbol)
    model = model_of(scene, client.provider, passed)
    region = region_of(scene, passed)
    return msgspec.structs.replace(
        client,
        model=model or client.model,
        region=region or client.region,
        module=client.module or symbol.module,
        framework=client.framework or framework,
        does=what or client.does,
        settings=settings_of(passed) or client.settings,
    )


def models_of(scene: Scene, provider: str, passed: Passed) -> list[str]:
    """The models that are passed."""
    found: list[str] = []
    for name in MODELS:
        for one in passed.every(frozenset({name})):
            given = texts(scene.project, one.view, one.value, one.place)
            several = len(given) > 1  # of a choice, only those that are known to be the provider's
            found += [text for text in given if not several or looks_like_model(scene.catalogue, provider, text)]
    return list(dict.fromkeys(found))


def first_of(scene: Scene, client: Client, passed: Passed) -> list[str]:
    """What a provider of models is called with: a model, whatever its name."""
    framework = scene.catalogue.frameworks.get(client.framework or "")
    if framework is None or not framework.is_of_providers or not passed.unnamed:
        return []
    given = passed.unnamed[0]
    return texts(scene.project, given.view, given.value, given.place)


def model_of(scene: Scene, provider: str, passed: Passed) -> str | None:
    """The model that is passed: by name, or the first text without a name that is one of its makers'."""
    named = [one for one in models_of(scene, provider, passed) if is_served(scene.catalogue, provider, one)]
    if named:
        return named[0]
    for one in (*islice(passed.unnamed, 4), *passed.every(_IDS)):
        for text in texts(scene.project, one.view, one.value, one.place):
            if looks_like_model(scene.catalogue, provider, text):
                return text
    return None


def is_served(catalogue: Catalogue, provider: str, model: str) -> bool:
    """Whether a provider may have a model: a maker's own API has no other makers', and a deployment's name is none."""
    if len(model) > 120 or not re.fullmatch(r"[\w.:/@+-]+", model) or HOLE in model:
        return False
    maker = catalogue.maker(model)
    if provider == "azure-openai":
        return maker is not None
    if maker is None or maker == provider:
        return True
    own = [glob for glob, id in catalogue.makers if id == provider]
    return not own or any(glob.match(model) for glob in own)


def looks_like_model(catalogue: Catalogue, provider: str, text: str) -> bool:
    """Whether a text is a model of a provider that is known by its name."""
    if not is_served(catalogue, provider, text):
        return False
    known = catalogue.providers.get(provider)
    if known is not None and any(glob.match(text) for glob, _ in known.model_ids):
        return True
    maker = catalogue.maker(text)
    return maker is not None and (known is None or known.role != "platform" or maker == provider)


def region_of(scene: Scene, passed: Passed) -> str | None:
    """The region that is passed."""
    for one in passed.every(_REGIONS):
        for text in texts(scene.project, one.view, one.value, one.place):
            if re.fullmatch(r"[a-z]{2,}[a-z0-9-]{0,30}", text):
                return text
        if isinstance(one.value, Reference) and one.value.path[-1].upper() == one.value.path[-1] != "*":
            found = one.value.path[-1].lower().replace("_", "-")
            if re.fullmatch(r"[a-z]{2}(?:-[a-z]+)+-\d", found):
                return found
    return next(filter(None, (_constant_region(one) for one in passed.unnamed[:4])), None)


def _constant_region(one: Argument) -> str | None:
    """A region that is passed as a constant of its class: `RegionEndpoint.USWest2`."""
    if not isinstance(one.value, Reference) or len(one.value.path) < 2 or "Region" not in one.value.path[-2]:
        return None
    found = re.fullmatch(r"(?:([A-Z]{2})([A-Z][a-z]+)(\d)|([A-Z]{2})_([A-Z]+)_(\d))", one.value.path[-1])
    return None if found is None else "-".join(part for part in found.groups() if part).lower()


_REGIONS: Final = frozenset({"regionname", "region", "awsregion", "location", "dataresidency", "regionendpoint"})
