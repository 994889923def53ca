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
from ..catalogue.facts import Switch, words
from ..catalogue.facts import routes as facts
from ..code import Made, Reference, Scalar, Text
from .address import ADDRESSES, Route, routes
from .chains import Chain
from .client import Client
from .passed import Argument, Passed
from .scene import Scene
from .settings import settings_of
from .symbols import Client as Symbol
from .texts import HOLE, Said, said, texts
from .view import View, key_of

MODELS: Final = facts().words["models"]
"""Names of arguments that say a model."""
_INNER: Final = words("clients")
"""Names of arguments that may be a client themselves."""
_DOES: Final = (
    (re.compile(r"embed", re.I), "embeddings"),
    (re.compile(r"rerank", re.I), "rerank"),
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
_BACKEND: Final = "backend"


def made(scene: Scene, view: View, chain: Chain, symbol: Symbol, depth: int) -> tuple[Client, ...]:
    """The clients that a chain makes of a class or function."""
    passed = Passed(scene.project, view, chain, view.made.get(key_of(chain.last)))
    inner = _inner(scene, passed, depth)
    if inner:
        return tuple(_dressed(scene, one, symbol, passed, view) for one in inner)
    own = switched(scene, view, symbol.provider, passed)
    bare = Client(own, module=symbol.module)
    return tuple(
        _dressed(scene, of_route(bare, route), symbol, passed, view)
        for provider in (own, *_either_switch(scene, view, symbol.provider, own, passed))
        for route in routed(scene, view, provider, symbol.module, passed)
    )


def of_route(client: Client, route: Route) -> Client:
    """A client with where its address leads."""
    return msgspec.structs.replace(
        client,
        provider=route.provider,
        region=route.region or client.region,
        via=route.via or client.via,
        is_optional=client.is_optional or route.is_optional,
    )


def routed(scene: Scene, view: View, own: str, module: str, passed: Passed) -> tuple[Route, ...]:
    """Where the addresses lead that are passed, or that are set on the module."""
    given = passed.every(ADDRESSES) or _unnamed_addresses(scene, passed)
    if not given and view.code.language in {"python", "ruby"}:
        given = [one for one in scene.defaults.get(module, ()) if one.name in ADDRESSES]
    found: list[Said] = []
    for one in given:
        found += said(scene.project, one.view, one.value, one.place)
    if any(one.text for one in found):  # what is also given as a field counts only where nothing is read
        found = [one for one in found if one.text or one.is_nothing or one.variables]
    return routes(own, found, scene.catalogue, scene.addressed) if found else (Route(own),)


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


def switched(scene: Scene, view: View, own: str, passed: Passed) -> str:
    """The provider that arguments or variables make of one."""
    for switch in facts().switches:
        if (
            own in switch.sources
            and (given := passed.get(switch.argument)) is not None
            and _is_on(scene, switch, given)
        ):
            return switch.target
    if any(own in switch.sources for switch in facts().switches) and passed.get("apikey") is None:
        for name, _ in view.code.environment:
            if name in facts().variables and facts().variables[name] in _targets(own):
                return facts().variables[name]
    for one in scene.defaults.get("openai", ()):
        if one.name == "apitype" and own == "openai-api" and "azure" in " ".join(_values(scene, one)):
            return "azure-openai"
    return own


def _targets(own: str) -> set[str]:
    return {switch.target for switch in facts().switches if own in switch.sources}


def _is_on(scene: Scene, switch: Switch, given: Argument) -> bool:
    if switch.values:
        return any(value in switch.values for value in _values(scene, given))
    return not (isinstance(given.value, Scalar) and not given.value.value)


def _values(scene: Scene, given: Argument) -> list[str]:
    """What an argument says, in small letters: texts, or the last step of a constant's name."""
    found = [one.lower() for one in texts(scene.project, given.view, given.value, given.place)]
    if isinstance(given.value, Reference):
        found.append(given.value.path[-1].lower())
    return found


def _either_switch(scene: Scene, view: View, own: str, switched_to: str, passed: Passed) -> list[str]:
    """Also the provider without the switch, where the switch is not plainly on."""
    if own == switched_to:
        return []
    given = next((one for switch in facts().switches if (one := passed.get(switch.argument)) is not None), None)
    if given is None or isinstance(given.value, Scalar | Text) or given.name != "vertexai":
        return []
    return [own]


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


def models_of(scene: Scene, passed: Passed) -> list[str]:
    """The models that are passed."""
    found: list[str] = []
    for name in MODELS:
        for one in passed.every(frozenset({name})):
            found += texts(scene.project, one.view, one.value, one.place)
    return list(dict.fromkeys(found))


def model_of(scene: Scene, provider: str, passed: Passed) -> str | None:
    """The model that is passed: by name, or the first text without a name that is one of its makers'."""
    named = [one for one in models_of(scene, passed) if is_served(scene.catalogue, provider, one)]
    if named:
        return named[0]
    for one in islice(passed.unnamed, 4):
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
    makers = {id for _, id in catalogue.makers}
    return maker is None or maker == provider or provider not in makers


def looks_like_model(catalogue: Catalogue, provider: str, text: str) -> bool:
    """Whether a text is a model of a provider that is known by its name."""
    if not is_served(catalogue, provider, text):
        return False
    known = catalogue.providers.get(provider)
    served = known is not None and any(glob.match(text) for glob, _ in known.model_ids)
    return served or catalogue.maker(text) is not None


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
    return None


_REGIONS: Final = frozenset({"regionname", "region", "awsregion", "location", "dataresidency", "regionendpoint"})
