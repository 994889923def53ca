"""Where frameworks keep agents, flows and prompts: CrewAI, Haystack, Hydra, Dify, n8n, Llama Stack, GitHub Models.

In: path and text, the catalogue. Out: sightings of models with whoever serves them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from ..catalogue.catalogue import Catalogue
from ..documents.by_name import documents
from ..documents.node import Branch, Leaf, Node, at, branches, first_text, text
from ..sighting import Reach, Sighting
from .groups import variables
from .named import provider
from .telling import model_name, reach_of, routed, use

_CLASS: Final = re.compile(r"(?:[a-z_][\w]*\.)+[A-Z]\w*\Z")
_CLASS_KEYS: Final = ("type", "_target_", "class_path", "class", "__class__")
_ARGUMENTS: Final = ("init_parameters", "init_args", "kwargs", "params")
_MODELS: Final = ("model", "model_name", "azure_deployment", "model_id", "deployment_name")
_BASES: Final = ("api_base_url", "base_url", "api_base", "azure_endpoint", "openai_api_base")
_N8N: Final = re.compile(
    r"@n8n/n8n-nodes-langchain\.(?:lmChat|lm|embeddings)(?P<vendor>\w+)\Z|(?:n8n-nodes-base|@n8n/n8n-nodes-langchain)\.(?P<own>openAi|anthropic|googleGemini|mistralAi)\Z"
)
_N8N_VENDORS: Final[Mapping[str, str]] = {
    "openai": "openai-api",
    "azureopenai": "azure-openai",
    "anthropic": "anthropic-api",
    "awsbedrock": "bedrock",
    "googlegemini": "gemini-api",
    "googlevertex": "vertex",
    "googlepalm": "gemini-api",
    "groq": "groq-api",
    "mistralcloud": "mistral-la-plateforme",
    "mistralai": "mistral-la-plateforme",
    "deepseek": "deepseek-api",
    "openrouter": "openrouter",
    "xaigrok": "xai-api",
    "cohere": "cohere-api",
    "ollama": "self-hosted",
    "openhuggingfaceinference": "huggingface-inference",
    "huggingfaceinference": "huggingface-inference",
}


def looks(text: str) -> bool:
    """Whether a file may hold agents, flows or prompts of a framework."""
    return any(word in text for word in _WORDS) or bool(_PROMPT.search(text[:2_000]))


_WORDS: Final = (
    "backstory:",
    "haystack",
    "_target_:",
    "class_path:",
    "langchain/",
    "langgenius/",
    "n8n-nodes-",
    "remote::",
    "type: llm",
)
_PROMPT: Final = re.compile(r"^model: ['\"]?[\w-]+/", re.MULTILINE)


def extract(path: str, text: str, catalogue: Catalogue) -> Iterable[Sighting]:
    """What agents, flows and prompts call."""
    reach = reach_of(path)
    for document in documents(path, text):
        if path.lower().endswith((".prompt.yml", ".prompt.yaml")):
            yield from _of_github(document, catalogue, reach)
        for _, branch in branches(document):
            for one in (_agent, _component, _dify, _n8n, _llama_stack, _flow):
                yield from one(branch, catalogue, reach)
        yield from variables(document, catalogue, reach)


def _agent(branch: Branch, catalogue: Catalogue, reach: Reach) -> Iterator[Sighting]:
    """An agent of CrewAI: its `llm` is LiteLLM's text."""
    llm = first_text(branch, "llm", "function_calling_llm") if at(branch, "backstory") is not None else None
    whose, model = (None, "") if llm is None else routed(catalogue, "litellm", llm.value)
    if llm is not None and whose is not None:
        yield from use(catalogue, whose, model, llm.place, reach=reach, token=llm.value)


def _component(branch: Branch, catalogue: Catalogue, reach: Reach) -> Iterator[Sighting]:
    """A class of Python's that is made from a file, as Haystack and Hydra do."""
    named = first_text(branch, *_CLASS_KEYS)
    if named is None or len(named.value) > 200 or not _CLASS.match(named.value):
        return
    module, _, name = named.value.rpartition(".")
    whose = catalogue.client("python", module, name)
    if whose is None:
        return
    arguments = next((found for key in _ARGUMENTS if (found := at(branch, key)) is not None), branch)
    model = first_text(arguments, *_MODELS)
    does = "embeddings" if "mbed" in name else "chat"
    base = first_text(arguments, *_BASES)
    written = model.value if model is not None and model_name(model.value) else ""
    yield from use(catalogue, whose, written, named.place, base=base, does=does, reach=reach, token=named.value)


def _dify(branch: Branch, catalogue: Catalogue, reach: Reach) -> Iterator[Sighting]:
    """A model of Dify's: `provider: langgenius/openai/openai`, `name: gpt-5.2`."""
    named, model = text(branch, "provider"), first_text(branch, "name", "model")
    parts = named.value.split("/") if named is not None else []
    if len(parts) != 3 or model is None or at(branch, "mode") is None:
        return
    whose = provider(catalogue, parts[-1])
    if whose is not None and model_name(model.value):
        yield from use(catalogue, whose, model.value, model.place, reach=reach)


def _n8n(branch: Branch, catalogue: Catalogue, reach: Reach) -> Iterator[Sighting]:
    """A node of n8n's that talks to a model."""
    type = text(branch, "type")
    found = _N8N.match(type.value) if type is not None else None
    whose = _N8N_VENDORS.get((found["vendor"] or found["own"]).lower()) if found is not None else None
    if type is None or whose is None:
        return
    given = at(branch, "parameters")
    model = text(given, "model") or text(given, "model", "value") or first_text(given, "modelId", "modelName")
    written = model.value if model is not None and model_name(model.value) else ""
    does = "embeddings" if ".embeddings" in type.value else None
    base = text(given, "options", "baseURL")
    yield from use(catalogue, whose, written, type.place, base=base, does=does, reach=reach, token=type.value)


def _llama_stack(branch: Branch, catalogue: Catalogue, reach: Reach) -> Iterator[Sighting]:
    """A provider of Llama Stack's that is elsewhere: `provider_type: remote::openai`."""
    named = text(branch, "provider_type")
    if named is None or not named.value.startswith("remote::"):
        return
    whose = provider(catalogue, named.value.removeprefix("remote::"))
    if whose is not None:
        base = first_text(at(branch, "config"), "url", "base_url")
        yield from use(catalogue, whose, "", named.place, base=base, reach=reach, token=named.value)


def _flow(branch: Branch, catalogue: Catalogue, reach: Reach) -> Iterator[Sighting]:
    """A node of a prompt flow that asks a model."""
    type, named = text(branch, "type"), text(branch, "provider")
    model = first_text(at(branch, "inputs"), "model", "deployment_name")
    whose = provider(catalogue, named.value) if type is not None and type.value == "llm" and named is not None else None
    if whose is not None and named is not None:
        is_name = model is not None and whose != "azure-openai" and model_name(model.value) is not None
        yield from use(catalogue, whose, model.value if model and is_name else "", named.place, reach=reach)


def _of_github(document: Node, catalogue: Catalogue, reach: Reach) -> Iterator[Sighting]:
    """A prompt that GitHub Models runs."""
    model = text(document, "model")
    if isinstance(model, Leaf) and model_name(model.value):
        yield from use(catalogue, "github-models", model.value, model.place, reach=reach)
