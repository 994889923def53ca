"""Settings of applications and values of charts: addresses, and a provider with its model.

In: path and text, the catalogue. Out: sightings. Which words name a provider here is nobody's standard: those count
that LiteLLM, LangChain or a variable know.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from ..catalogue.catalogue import Catalogue
from ..documents.by_name import documents
from ..documents.node import Leaf, Node, branches, first_text, walk
from ..sighting import Reach, Sighting
from . import kubernetes, librechat, litellm, promptfoo
from .environment import variable
from .groups import addresses, variables
from .telling import address, model_name, reach_of, use

_PROVIDERS: Final = (
    "provider",
    "llm_provider",
    "llmProvider",
    "model_provider",
    "modelProvider",
    "ai_provider",
    "aiProvider",
    "Provider",
    "LlmProvider",
)
_MODELS: Final = (
    "model",
    "model_name",
    "modelName",
    "model_id",
    "modelId",
    "Model",
    "ModelId",
    "ModelName",
    "llm_model",
)
_BASES: Final = (
    "base_url",
    "baseURL",
    "baseUrl",
    "api_base",
    "apiBase",
    "endpoint",
    "api_url",
    "apiUrl",
    "url",
    "host",
    "Endpoint",
    "BaseUrl",
    "azure_endpoint",
    "openai_api_base",
)
_ENDPOINT: Final = re.compile(r"(?:^|;)\s*Endpoint=([^;]+)", re.IGNORECASE)
_PRICE: Final = re.compile(r"price|pricing|cost|context_?(?:window|length|size)", re.IGNORECASE)
"""What tables of models have that nobody calls because of them."""
_WORD: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z][a-z])")


def looks(text: str) -> bool:
    """Whether nobody reads a file better, who knows what it is for."""
    return not any(one.looks(text) for one in (kubernetes, librechat, litellm, promptfoo))


def extract(path: str, text: str, catalogue: Catalogue) -> Iterable[Sighting]:
    """What settings say."""
    reach = reach_of(path)
    for document in documents(path, text):
        yield from variables(document, catalogue, reach)
        yield from addresses(document, catalogue, reach)
        yield from _named(document, catalogue, reach)
        yield from _sections(document, catalogue, reach)
        yield from _names_of_variables(document, catalogue)


def _named(document: Node, catalogue: Catalogue, reach: Reach) -> Iterator[Sighting]:
    """Branches that name a provider and a model."""
    for _, branch in branches(document):
        named, model = first_text(branch, *_PROVIDERS), first_text(branch, *_MODELS)
        is_use = (
            named is not None and model is not None and not any(_PRICE.search(key.value) for key, _ in branch.entries)
        )
        whose = provider(catalogue, named.value) if is_use and named is not None else None
        if whose is not None and model is not None and model_name(model.value) is not None:
            yield from use(catalogue, whose, model.value, model.place, base=first_text(branch, *_BASES), reach=reach)


def provider(catalogue: Catalogue, name: str) -> str | None:
    """Who is meant by a name such as `openai`, `azure_openai` or `AzureOpenAI`."""
    plain = _WORD.sub("_", name.strip()).lower().replace("-", "_").replace(" ", "_")
    for framework, mark in (("litellm", "/"), ("langchain", ":"), ("pydantic_ai", ":")):
        for one in (plain, plain.replace("_", "")):
            found = dict(catalogue.prefixes.get(framework, ())).get(f"{one}{mark}")
            if found is not None:
                return found
    return variable(catalogue, f"{plain.upper()}_API_KEY") if plain.isascii() and len(plain) > 2 else None


def _sections(document: Node, catalogue: Catalogue, reach: Reach) -> Iterator[Sighting]:
    """Sections that are called by a vendor, such as `AzureOpenAI`, and connections such as `Endpoint=https://…;Key=…`."""
    for path, branch in branches(document):
        whose = section(catalogue, path[-1]) if path else None
        model = first_text(branch, *_MODELS)
        if whose is not None and model is not None and first_text(branch, *_PROVIDERS) is None:
            known, base = model_name(model.value), first_text(branch, *_BASES)
            if known is not None and base is None:
                yield Sighting(whose, "config", model.place, model=known, reach="declared", token=path[-1][:200])
            elif known is not None:
                yield from use(catalogue, whose, known, model.place, base=base, reach=reach)
    for _, leaf in walk(document):
        found = _ENDPOINT.search(leaf.value) if "ndpoint=" in leaf.value and len(leaf.value) < 2_000 else None
        seen = None if found is None else address(catalogue, Leaf(found[1].strip(), leaf.place), reach=reach)
        if seen is not None:
            yield seen


def section(catalogue: Catalogue, name: str) -> str | None:
    """Whose section it is: one that is called by a vendor's variables, written together or apart."""
    if not name.isascii() or not name.replace("_", "").replace("-", "").isalnum():
        return None
    apart = _WORD.sub("_", name.replace("AI", "ai")).upper().replace("-", "_")
    for one in (apart, apart.replace("_", "")):
        if (found := catalogue.variables.get(f"{one}_API_KEY")) is not None:
            return found
    return None


def _names_of_variables(document: Node, catalogue: Catalogue) -> Iterator[Sighting]:
    """Values that are names of variables, as in `custom-environment-variables`."""
    for _, leaf in walk(document):
        if leaf.value.isupper() and "_" in leaf.value and len(leaf.value) < 100:
            whose = variable(catalogue, leaf.value)
            if whose is not None:
                yield Sighting(whose, "env", leaf.place, reach="declared", token=leaf.value)
