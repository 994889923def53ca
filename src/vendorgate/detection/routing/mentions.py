"""Who is named by what is no call: a member of an enumeration, a text with a provider before it, a library's settings.

In: a file, the frameworks at hand. Out: sightings; of several that stand beside each other, each is one of a choice.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import Final

from ..catalogue.catalogue import Catalogue
from ..catalogue.facts import FrameworkFacts
from ..code import Assignment, Either, Items, Mapping, Path, Place, Reference, Text, Value
from ..sighting import SELF_HOSTED, Sighting
from .making import is_served, looks_like_model
from .named import LIST
from .passed import plain
from .scene import Scene
from .symbols import client_of, symbols
from .texts import first, said
from .view import View

_ENUMS: Final = frozenset({"php", "rust", "java", "csharp"})
_MODEL: Final = re.compile(r"[\w.:@/-]*(?:\d|-)[\w.:@/-]*\Z")
PROVIDERS: Final = ("modelprovider", "customllmprovider", "llmprovider", "embeddingprovider", "providerid")
"""Names of arguments that name a provider beside a model."""
LIBRARY: Final = "ruby_llm"


def members(scene: Scene, view: View) -> Iterator[Sighting]:
    """Members of enumerations of providers: `Provider::OpenAI`, `AdapterKind::Groq`."""
    if view.code.language not in _ENUMS:
        return
    for path, place in _references(view):
        if len(path) < 2 or scene.live.isdisjoint(path):
            continue
        found = client_of(scene.project, view, path, scene.catalogue, scene.known)
        if found is not None and not found.rest and re.search(r"::|\.", found.name):
            endpoint = scene.catalogue.does(found.provider, "chat")
            yield Sighting(found.provider, "call", place, endpoint, reach="optional", token=found.name)


def constants(scene: Scene, view: View) -> Iterator[Sighting]:
    """Models that a vendor's package has constants of: `openai.GPT4oMini`, `ChatModel.GPT_4O`."""
    for path, place in _references(view):
        if len(path) < 2 or not path[-1][:1].isupper() or scene.live.isdisjoint(path):
            continue
        model = _model_of(path[-1])
        maker = None if model is None else scene.catalogue.maker(model)
        if maker is not None and any(
            scene.catalogue.module(view.code.language, one.module) == maker
            for one in symbols(scene.project, view, path)
        ):
            yield Sighting(maker, "call", place, model=model, token=".".join(path)[:80])


def _model_of(constant: str) -> str | None:
    """The model that a constant's name says: words in small letters with dashes, numbers as they stand."""
    name = re.sub(r"\A(?:Chat)?Model_?", "", constant).replace("Dot", ".")
    if re.match(r"GPT|Claude|Gemini|O\d", name, re.IGNORECASE) is None or len(name) > 60:
        return None
    if name.upper().startswith("GPT"):
        name = re.sub(r"(?<=\d)_(?=\d)", ".", name)
    dashed = re.sub(r"_", "-", re.sub(r"(?<=[a-z0-9])(?=[A-Z][a-z])|(?<=[A-Za-z]{3})(?=\d)", "-", name))
    return dashed.lower()


def _references(view: View) -> Iterator[tuple[Path, Place]]:
    for value, place in _values(view):
        stack = [value]
        while stack:
            one = stack.pop()
            match one:
                case Reference():
                    yield one.path, place
                case Either():
                    stack += one.options
                case Items():
                    stack += one.values
                case Mapping():
                    stack += [inner for _, inner in one.entries]
                case _:
                    pass


def _values(view: View) -> Iterator[tuple[Value, Place]]:
    """Values with where they stand; what calls are given among them."""
    for one in view.code.assignments:
        yield one.value, one.place
    for call in view.code.calls:
        for value in (*call.positional, *(value for _, value in call.named)):
            yield value, call.place
    for function in view.code.functions:
        for value in function.returns:
            yield value, function.place


def prefixed(
    scene: Scene, view: View, frameworks: Iterable[FrameworkFacts], told: Iterable[Sighting]
) -> Iterator[Sighting]:
    """Texts with a provider and a model, in a file where a framework is at hand that takes such texts. What stands in a
    table of numbers, or in a long list, only describes them."""
    known = {one.model for one in told if one.kind == "call"} | view.tabled
    for framework in frameworks:
        found = list(_prefixed(scene, view, framework, known))
        if len({one.token for one in found}) <= LIST:
            yield from found


def _prefixed(scene: Scene, view: View, framework: FrameworkFacts, known: Container[str | None]) -> Iterator[Sighting]:
    if framework.is_of_providers or framework.splitter is None:
        return
    for one in view.code.literals:
        if framework.splitter not in one.value or len(one.value) > 120 or one.value in known:
            continue
        found = scene.catalogue.prefixed(framework.prefixes_of or framework.id, one.value)
        if found is not None and found[1] not in known and _is_model(scene.catalogue, framework, *found):
            what = "embeddings" if "embed" in found[1] else "chat"
            endpoint = scene.catalogue.does(found[0], what, framework.id)
            yield Sighting(found[0], "call", one.place, endpoint, found[1], reach="optional", token=one.value)


def providers(scene: Scene, view: View, frameworks: Sequence[FrameworkFacts]) -> Iterator[Sighting]:
    """Providers that are named as a framework takes them by an argument of their own: `modelProvider: "fireworks"`."""
    if not frameworks:
        return
    named = [(one.path[-1], one.value, one.place) for one in view.code.assignments]
    named += [(key, value, place) for value, place in _values(view) for key, value in _entries(value)]
    for name, value, place in named:
        if plain(name) in PROVIDERS and isinstance(value, Text):
            for framework in frameworks:
                found = scene.catalogue.prefixed(framework.id, f"{value.value}{framework.splitter or '/'}x")
                if found is not None:
                    endpoint = scene.catalogue.does(found[0], "chat", framework.id)
                    yield Sighting(found[0], "call", place, endpoint, reach="optional", token=value.value)
                    break


def _entries(value: Value) -> Iterator[tuple[str, Value]]:
    """The keys of an object and of those in it."""
    stack = [value]
    while stack:
        one = stack.pop()
        match one:
            case Mapping():
                yield from one.entries
                stack += [inner for _, inner in one.entries]
            case Items():
                stack += one.values
            case Either():
                stack += one.options
            case _:
                pass


def _is_model(catalogue: Catalogue, framework: FrameworkFacts, provider: str, model: str) -> bool:
    """Whether what stands after a prefix is a model: with a slash before it, only one that is known as such."""
    if not is_served(catalogue, provider, model) or _MODEL.fullmatch(model) is None:
        return False
    return (
        framework.splitter == ":" or looks_like_model(catalogue, provider, model) or catalogue.maker(model) is not None
    )


def configured(scene: Scene, view: View) -> Iterator[Sighting]:
    """What a library is given of each provider: `config.gemini_api_key = …`, in Ruby."""
    if view.code.language != "ruby" or not any(call.path == ("RubyLLM", "configure") for call in view.code.calls):
        return
    words = dict(scene.catalogue.prefixes.get(LIBRARY, ()))
    for one in view.code.assignments:
        word = one.path[-1].removesuffix("_api_key").removesuffix("_secret_key") if len(one.path) > 1 else ""
        if word in words and word != one.path[-1]:
            provider = _elsewhere(scene, view, word) or words[word]
            yield Sighting(provider, "config", one.place, token=one.path[-1])


def _elsewhere(scene: Scene, view: View, word: str) -> str | None:
    """Where an address is given, too: whose it is."""
    given = next((one for one in view.code.assignments if one.path[-1] == f"{word}_api_base"), None)
    return None if given is None else _host(scene, view, given)


def _host(scene: Scene, view: View, given: Assignment) -> str | None:
    text = first(said(scene.project, view, given.value, given.place))
    found = scene.catalogue.host(text) if text else None
    return "openai-compatible" if found is None else SELF_HOSTED if found.provider == SELF_HOSTED else found.provider


def default_model(view: View, what: str) -> str | None:
    """The model that a library takes where a call names none."""
    wanted = {"chat": "default_model", "embeddings": "default_embedding_model", "images": "default_image_model"}
    for one in view.code.assignments:
        if one.path[-1] == wanted.get(what) and isinstance(one.value, Text):
            return one.value.value
    return None
