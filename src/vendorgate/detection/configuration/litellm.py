"""LiteLLM's proxy: which models it passes calls on to, and who hears of them.

In: path and text, the catalogue. Out: sightings, one for each `litellm_params.model`; `model_name` is only an alias.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from ..catalogue.catalogue import Catalogue
from ..documents.node import Branch, Leaf, Node, at, entries, first_text, items, text, texts
from ..documents.yaml_reader import read_yaml
from ..sighting import OPENAI_COMPATIBLE, Reach, Sighting
from .environment import environment, variable
from .preferences import preferences
from .telling import reach_of, routed, to_variable, use

_MODES: Final[Mapping[str, str]] = {
    "chat": "chat",
    "completion": "completion",
    "embedding": "embeddings",
    "image_generation": "images",
    "audio_transcription": "transcription",
    "audio_speech": "speech",
    "rerank": "rerank",
    "moderation": "moderation",
    "responses": "responses",
    "realtime": "realtime",
    "batch": "batch",
}
"""What is done, by the `mode` of a model."""
_APIS_OF_BEDROCK: Final[Mapping[str, str]] = {
    "converse": "chat",
    "invoke": "images",
    "converse_like": "chat",
    "async_invoke": "images",
}
"""What may stand before a model of Bedrock's; to invoke it as it is, is what is done to make images."""
_CALLBACKS: Final = ("success_callback", "failure_callback", "callbacks", "service_callback", "audit_log_callbacks")
_REGIONS: Final = ("aws_region_name", "vertex_location", "region_name", "watsonx_region_name")


def looks(text: str) -> bool:
    """Whether a file of YAML is LiteLLM's."""
    return "litellm_params" in text or ("litellm_settings" in text and "callback" in text)


def extract(path: str, text: str, catalogue: Catalogue) -> Iterable[Sighting]:
    """What a configuration of the proxy says."""
    reach = reach_of(path)
    for document in read_yaml(text):
        for models in _model_lists(document):
            for one in items(models):
                yield from _model(one, catalogue, reach)
        yield from _settings(document, catalogue, reach)
        variables = at(document, "environment_variables")
        if isinstance(variables, Branch):
            pairs = [
                (name, value if isinstance(value, Leaf) else Leaf("", value.place)) for name, value in variables.entries
            ]
            yield from environment(pairs, catalogue, reach)


def _model_lists(document: Node) -> Iterator[Node]:
    """Lists of models: at the root, and where a chart's values hold the configuration."""
    open: list[tuple[int, Node]] = [(0, document)]
    while open:
        depth, one = open.pop()
        for key, value in entries(one):
            if key.value == "model_list":
                yield value
            elif depth < 6 and isinstance(value, Branch):
                open.append((depth + 1, value))
            elif isinstance(value, Leaf) and "litellm_params" in value.value and depth < 6:
                open.extend((6, inner) for inner in _inner(value))


def _inner(leaf: Leaf) -> tuple[Node, ...]:
    """The documents of a text in a ConfigMap, at the place where the text begins."""
    return read_yaml(leaf.value, first=leaf.place.line + 1)


def _model(one: Node, catalogue: Catalogue, reach: Reach) -> Iterator[Sighting]:
    parameters = at(one, "litellm_params")
    model = text(parameters, "model")
    if model is None:
        return
    mode = text(one, "model_info", "mode")
    found = of_model(model, catalogue, parameters, _MODES.get(mode.value) if mode else None, reach)
    yield from found
    if found:
        yield from _key(parameters, found[0], catalogue)


def of_model(
    model: Leaf, catalogue: Catalogue, parameters: Node | None = None, does: str | None = None, reach: Reach = "used"
) -> tuple[Sighting, ...]:
    """The use of one model of LiteLLM's, such as `azure/gpt-5.2`."""
    provider, name = routed(catalogue, "litellm", model.value)
    custom = text(parameters, "custom_llm_provider")
    if custom is not None:
        provider = routed(catalogue, "litellm", f"{custom.value}/{name}")[0] or provider
    base = first_text(parameters, "api_base", "base_url", "aws_bedrock_runtime_endpoint")
    if provider is None:
        if base is None:
            return ()
        provider = OPENAI_COMPATIBLE
    region = first_text(parameters, *_REGIONS)
    api = model.value.split("/")[1] if model.value.startswith("bedrock/") else ""
    if api in _APIS_OF_BEDROCK:
        name, does = name.removeprefix(f"{api}/"), does or _APIS_OF_BEDROCK[api]
    return use(
        catalogue,
        provider,
        name,
        model.place,
        base=base,
        does=does,
        framework="litellm",
        region=region.value if region is not None and to_variable(region.value) is None else None,
        reach=reach,
        settings=preferences(parameters),
        token=model.value,
    )


def _key(parameters: Node | None, found: Sighting, catalogue: Catalogue) -> Iterator[Sighting]:
    """The variable that holds the key, at its own place."""
    key = text(parameters, "api_key")
    name = None if key is None else to_variable(key.value)
    if key is not None and name is not None and variable(catalogue, name) == found.provider:
        yield Sighting(found.provider, "env", key.place, model=found.model, reach="declared", token=name)


def _settings(document: Node, catalogue: Catalogue, reach: Reach) -> Iterator[Sighting]:
    settings = at(document, "litellm_settings")
    recipients = dict(catalogue.prefixes.get("litellm_callback", ()))
    for key in _CALLBACKS:
        for callback in texts(at(settings, key)):
            who = recipients.get(callback.value)
            if who is not None:
                yield Sighting(who, "config", callback.place, reach=reach, token=callback.value)
    for key in ("default_fallbacks", "fallbacks", "context_window_fallbacks", "content_policy_fallbacks"):
        for named in (at(settings, key), at(document, "router_settings", key)):
            for model in _fallbacks(named):
                if "/" in model.value:
                    yield from of_model(model, catalogue, reach="declared" if reach == "declared" else "optional")


def _fallbacks(node: Node | None) -> Iterator[Leaf]:
    """The models of a list, or of a list of mappings to lists; those without a prefix are names of the list above."""
    for one in items(node):
        if isinstance(one, Leaf):
            yield one
        for _, several in entries(one):
            yield from texts(several)
