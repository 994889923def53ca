"""What a file only names: imports, variables of the environment, models.

In: a file, what its clients reach. Out: sightings that are weaker than calls. An import says nothing where what was
made of it went elsewhere; a model's id says who made it, and whose it is only beside a client of its.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from ..catalogue.catalogue import Catalogue
from ..code import Import, Items, Language, Place
from ..sighting import Reach, Sighting
from .scene import Scene
from .texts import texts
from .view import View

_TYPES: Final = re.compile(
    r"(?:Error|Exception|Param|Params|Response|Chunk|Type|Types|Options|Config|Usage|Message|Request|Result|Tool|Event)\Z"
)
"""Names that only describe."""
_TYPE_MODULES: Final = re.compile(r"[./](?:types|resources|_types|_exceptions|errors|exceptions|error|core)(?:[./]|\Z)")
_MOST: Final = 20_000


def imports(
    scene: Scene, view: View, own: Mapping[str, set[str]], everywhere: Mapping[str, set[str]]
) -> Iterator[Sighting]:
    """Imports of vendors' packages. What was made of a package says whom it reaches, by who is named by the package: in
    the file itself, or where it makes nothing of it, in all files."""
    for one in view.code.imports:
        if one.types_only or _is_of_types(one):
            continue
        for provider in _named(scene.catalogue, view.code.language, one):
            named_by = scene.catalogue.module(view.code.language, one.module) or provider
            reached = own.get(named_by) or everywhere.get(named_by) or {provider}
            if provider in reached:
                yield Sighting(provider, "import", one.place, token=one.module[:80])


def _named(catalogue: Catalogue, language: Language, one: Import) -> set[str]:
    """Who is named: by classes that are imported, else by the module, of Python also by a module below it."""
    names = [name for name, _ in one.names]
    classes = {catalogue.client(language, one.module, name) for name in names} - {None}
    if classes:
        return {found for found in classes if found is not None}
    modules = [one.module, *(f"{one.module}.{name}" for name in names if language == "python")]
    found = next(filter(None, (catalogue.module(language, module) for module in modules)), None)
    return set() if found is None else {found}


def _is_of_types(one: Import) -> bool:
    """Whether all that is imported only describes what others send."""
    if _TYPE_MODULES.search(one.module):
        return True
    return bool(one.names) and all(_TYPES.search(name) for name, _ in one.names)


def variables(catalogue: Catalogue, view: View) -> Iterator[Sighting]:
    """Variables of the environment that somebody is known by."""
    for name, place in view.code.environment:
        provider = catalogue.variable(name)
        if provider is not None:
            yield Sighting(provider, "env", place, reach="declared", token=name)


def callbacks(scene: Scene, view: View) -> Iterator[Sighting]:
    """Who is told of each call beside: `litellm.success_callback = ["langfuse"]`."""
    for one in view.code.assignments:
        if "callback" in one.path[-1] and isinstance(one.value, Items):
            for text in texts(scene.project, view, one.value, one.place):
                yield from _recipient(scene.catalogue, text, one.place)
    for call in view.code.calls:
        for name, value in call.named:
            if "callback" in name and isinstance(value, Items):
                for text in texts(scene.project, view, value, call.place):
                    yield from _recipient(scene.catalogue, text, call.place)


def _recipient(catalogue: Catalogue, text: str, place: Place) -> Iterator[Sighting]:
    name = text.lower().removesuffix("_otel").replace("_", "-")
    who = dict(catalogue.prefixes.get("litellm_callback", ())).get(text.lower(), name)
    if catalogue.role(who) == "recipient":
        yield Sighting(who, "call", place, token=name)


def models(
    catalogue: Catalogue, view: View, reached: Mapping[str, bool], seen: Iterable[Sighting], *, is_own: bool = True
) -> Iterator[Sighting]:
    """Models that stand in a file, and that no call of it names: whose they are of those who are reached there (each
    with whether it is one of a choice), else of who made them. A table of numbers by model, and a long list of models,
    only describe them."""
    told = {one.model for one in seen} | view.tabled
    listed = [one for one in view.code.literals[:_MOST] if _may_be_model(one.value) and one.value not in told]
    found = [(one, _served(catalogue, reached, one.value)) for one in listed]
    if len({one.value for one, served in found if served}) > (_OWN_LIST if is_own else LIST):
        found = [(one, set()) for one in listed]
    for one, served in found:
        for provider in sorted(served):
            reach: Reach = "optional" if reached[provider] or not is_own else "used"
            yield Sighting(provider, "call", one.place, model=one.value, reach=reach, token=one.value)
        maker = None if served else catalogue.maker(one.value)
        if maker is not None:
            yield Sighting(maker, "model", one.place, model=one.value, reach="declared", token=one.value)


def _may_be_model(text: str) -> bool:
    """Whether it may be a model: no name of a file, of a header or of a part of a program, and no label for people."""
    if not 3 < len(text) < 100 or _MODEL.fullmatch(text) is None or _PARTS.search(text) is not None:
        return False
    return "/" in text or text == text.lower() or _OPEN.match(text) is not None


def _served(catalogue: Catalogue, reached: Mapping[str, bool], text: str) -> set[str]:
    """Who of those reached has a model of this name."""
    maker = catalogue.maker(text)
    found = {id for id in reached if id == maker or _is_of_platform(catalogue, id, text)}
    if not found and maker == "openai-api" and "azure-openai" in reached:
        return {"azure-openai"}
    if not found and maker is None and len(reached) == 1 and _is_open(text):
        return set(reached)
    return found


def _is_of_platform(catalogue: Catalogue, provider: str, text: str) -> bool:
    """Whether a platform has a model by this very name, with its maker before it."""
    known = catalogue.providers.get(provider)
    if known is None or known.role != "platform" or "." not in text or not _NUMBER.search(text):
        return False
    parts = text.split(".")
    return (parts[1] if parts[0] in _PLACES else parts[0]) in known.makers


def _is_open(text: str) -> bool:
    """Whether it is a model whose weights are open, which many serve under its own name."""
    return _OPEN.match(text) is not None


LIST: Final = 8
"""Models that a file may name that calls nobody, before they are taken for a list of what there is."""
_OWN_LIST: Final = 20
"""The same, of a file with a client."""
_PLACES: Final = frozenset({"us", "eu", "apac", "global", "us-gov", "jp", "au", "ca", "in"})
"""What stands before a maker where calls may be answered in several regions."""
_NUMBER: Final = re.compile(r"\d")
_PARTS: Final = re.compile(
    r"[-_.](?:id|ids|key|keys|version|token|tokens|api|sdk|provider|client|error|config|settings|proxy|code|url|host|icon"
    r"|logo|service|server|plugin|agent|bot|tests?|json|ya?ml|toml|md|txt|html?|svg|png|[jt]sx?|py|rb|go|rs|java|php|com"
    r"|ai|io|org|cli|desktop|app|model|models|prompt|prompts|response|request|format)\Z|[:/.-]\Z|\A-",
    re.IGNORECASE,
)
_MODEL: Final = re.compile(r"[\w.:/@-]+")
_OPEN: Final = re.compile(
    r"(?:[\w.-]+/){0,2}(?:meta-)?(?:llama|mixtral|qwen|qwq|gemma|gpt-oss|kimi|glm|deepseek|phi|mistral|minimax|nemotron)"
    r"[\w.-]*\d[\w.:-]*\Z",
    re.IGNORECASE,
)
