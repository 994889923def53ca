"""Texts that name a provider and a model, as frameworks take them: `azure/gpt-5.2`, `openai:gpt-5.2`.

In: a chain that begins with a framework's function, what is passed to it. Out: `Client`s. An address that is passed
decides before the text; lists of fallbacks are clients that somebody may reach.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

import msgspec

from ..catalogue.facts import FrameworkFacts
from ..code import Call, Items, Made, Mapping, Place, Reference, Value
from ..sighting import OPENAI_COMPATIBLE
from .address import Route
from .chains import Chain
from .client import Client
from .making import is_served, of_route, region_of, routed
from .mentions import LIBRARY, PROVIDERS, configured, default_model
from .passed import Argument, Passed, plain
from .scene import Scene
from .settings import settings_of
from .symbols import symbols
from .texts import HOLE, Said, said, texts
from .view import View, key_of

_LISTS: Final = frozenset(
    {"configlist", "fallbacks", "fallbackmodels", "modellist", "models", "contextwindowfallbacks"}
)
_LITELLM: Final = ("litellm/", "litellm:")


class Asked(msgspec.Struct, frozen=True):
    """A framework's function that is called."""

    framework: FrameworkFacts
    name: str
    module: str
    rest: tuple[str, ...]


def function_of(scene: Scene, view: View, path: tuple[str, ...]) -> Asked | None:
    """The framework's function that a path begins with."""
    for symbol in symbols(scene.project, view, path):
        framework = scene.catalogue.framework(view.code.language, symbol.module)
        if framework is None or not symbol.steps:
            continue
        for at, step in enumerate(symbol.steps[: 3 if path[0] in view.bound else 1]):
            if step in framework.functions:
                return Asked(framework, step, symbol.module, symbol.steps[at + 1 :])
    return None


def asked(scene: Scene, view: View, chain: Chain, found: Asked, depth: int) -> tuple[Client, ...]:
    """Whom a framework's function reaches."""
    passed = Passed(scene.project, view, chain, view.made.get(key_of(chain.last)))
    what = found.framework.functions[found.name]
    own = _of_model(scene, view, found, passed, depth)
    listed = tuple(msgspec.structs.replace(one, is_optional=True) for one in _listed(scene, found, passed))
    region, settings = region_of(scene, passed), settings_of(passed)
    return tuple(
        msgspec.structs.replace(
            one,
            does=one.does if one.is_told else _done(found, what, one),
            framework=one.framework if one.is_told else found.framework.id,
            module=found.module,
            region=one.region or region,
            settings=settings,
        )
        for one in dict.fromkeys((*own, *listed))
    )


def _done(found: Asked, what: str, client: Client) -> str:
    """What a function does of a client: the responses of its own provider are others' chat."""
    return "chat" if what == "responses" and found.framework.default not in {None, client.provider} else what


def _of_model(scene: Scene, view: View, found: Asked, passed: Passed, depth: int) -> list[Client]:
    given = _model(found.framework, passed)
    if given is None:
        return _by_default(scene, found)
    if isinstance(given.value, Made | Reference):
        followed = scene.follow(given.view, given.value, given.place, depth + 1)
        if followed:
            return [msgspec.structs.replace(one, is_told=True) for one in followed]
    reached: list[Client] = []
    for one in said(scene.project, given.view, given.value, given.place):
        named = _named(scene, found.framework, found.name, one, passed)
        if named is not None:
            reached += _addressed(scene, view, named, found.module, passed)
    return _chosen(reached)


def _by_default(scene: Scene, found: Asked) -> list[Client]:
    """Whom a framework reaches where a call names no model: its default, or what the project configures."""
    if found.framework.default is not None:
        return [Client(found.framework.default)]
    if found.framework.id != LIBRARY:
        return []
    views = scene.project.views.values()
    model = next(filter(None, (default_model(view, found.framework.functions[found.name]) for view in views)), None)
    given = sorted({one.provider for view in views for one in configured(scene, view)})
    maker = None if model is None else scene.catalogue.maker(model)
    if len(given) == 1:
        return [Client(given[0], model)]
    if maker is not None:
        return [Client(maker, model)]
    return [Client(one, model, is_optional=True) for one in given]


def _chosen(reached: list[Client]) -> list[Client]:
    """Of several, each is one of a choice."""
    several = len({one.provider for one in reached}) > 1
    return [msgspec.structs.replace(one, is_optional=several or one.is_optional) for one in reached]


def _model(framework: FrameworkFacts, passed: Passed) -> Argument | None:
    names = [plain(name) for name in framework.model_arguments]
    named = passed.get(*names)
    return named if named is not None or not framework.model_is_first else next(iter(passed.unnamed), None)


def _addressed(scene: Scene, view: View, named: Client, module: str, passed: Passed) -> Iterator[Client]:
    for route in routed(scene, view, named.provider, module, passed):
        yield of_route(named, route)


def _named(scene: Scene, framework: FrameworkFacts, name: str, one: Said, passed: Passed) -> Client | None:
    """Whom a text names; None where it is no text of the framework's."""
    provider = _provider(scene, framework, passed)
    if (framework.is_of_providers and one.exact is None) or (one == Said() and name[:1].isupper()):
        return None  # an object, which says itself whom it reaches
    if one.text is None or one.is_nothing:
        return Client(provider or OPENAI_COMPATIBLE, is_optional=one.is_default)
    if " " in one.text or "\n" in one.text:
        return None
    if provider is not None:
        return _client(scene, provider, one.text, one)
    return of_text(scene, framework, one)


def _provider(scene: Scene, framework: FrameworkFacts, passed: Passed) -> str | None:
    given = passed.get(*PROVIDERS)
    if given is None:
        return None
    for text in texts(scene.project, given.view, given.value, given.place):
        found = prefixed(scene, framework, f"{text}{framework.splitter or '/'}x")
        if found is not None:
            return found[0]
    return None


def of_text(scene: Scene, framework: FrameworkFacts, one: Said) -> Client | None:
    """Whom a text of a framework names."""
    text = one.text or ""
    found = prefixed(scene, framework, text)
    if found is not None:
        return _client(scene, *found, one)
    if text.startswith(_LITELLM) and framework.id != "litellm":
        return of_text(scene, scene.catalogue.frameworks["litellm"], msgspec.structs.replace(one, text=text[8:]))
    if framework.id == "ai_gateway":
        return _client(scene, "vercel-ai-gateway", text, one) if "/" in text else None
    if framework.unprefixed == "maker" and HOLE not in text:
        return _client(scene, scene.catalogue.maker(text) or OPENAI_COMPATIBLE, text, one)
    if framework.unprefixed == "default" and framework.default is not None:
        return _client(scene, framework.default, text, one)
    return Client(OPENAI_COMPATIBLE)


def prefixed(scene: Scene, framework: FrameworkFacts, text: str) -> tuple[str, str] | None:
    """The provider that stands before a model, and the model."""
    if framework.id == "ai_gateway":
        return None
    for id in (framework.id, framework.prefixes_of):
        if id is not None and (found := scene.catalogue.prefixed(id, text)) is not None:
            return found
    return None


def _client(scene: Scene, provider: str, model: str, one: Said) -> Client:
    known = model if is_served(scene.catalogue, provider, model) else None
    return Client(provider, known)


def _listed(scene: Scene, found: Asked, passed: Passed) -> Iterator[Client]:
    """Fallbacks, and the models of a router."""
    for given in passed.every(_LISTS):
        for text, route in _entries(scene, given.view, given.value, given.place, 0):
            named = of_text(scene, found.framework, text)
            reached = named if named is None or route is None else of_route(named, route)
            if reached is not None and reached.provider != OPENAI_COMPATIBLE:
                yield reached


def _entries(scene: Scene, view: View, value: Value, at: Place, depth: int) -> Iterator[tuple[Said, Route | None]]:
    if depth > 4:
        return
    match value:
        case Items():
            for item in value.values[:200]:
                yield from _entries(scene, view, item, at, depth + 1)
        case Mapping():
            yield from _of_mapping(scene, view, value, at, depth)
        case Reference():
            for one in islice(scene.project.lookup(view, value.path, at), 3):
                if not one.rest and one.value != value:
                    yield from _entries(scene, one.view, one.value, one.place, depth + 1)
        case _:
            for text in said(scene.project, view, value, at):
                if text.text:
                    yield text, None


def _of_mapping(scene: Scene, view: View, value: Mapping, at: Place, depth: int) -> Iterator[tuple[Said, Route | None]]:
    held = value.get("litellm_params") or value.get("litellmParams")
    if isinstance(held, Mapping):
        value = held
    model = value.get("model")
    if model is None:
        for _, inner in value.entries[:50]:
            if isinstance(inner, Items):
                yield from _entries(scene, view, inner, at, depth + 1)
        return
    passed = Passed(scene.project, view, Chain((Call(("",), at, named=value.entries),)))
    for text in said(scene.project, view, model, at):
        if text.text:
            found = prefixed(scene, scene.catalogue.frameworks["litellm"], text.text)
            own = OPENAI_COMPATIBLE if found is None else found[0]
            given = any(one.name in {"apibase", "baseurl"} for one in passed.all)
            yield text, next(iter(routed(scene, view, own, "", passed))) if given else None
