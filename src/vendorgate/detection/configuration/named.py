"""Providers by the words that applications have for them, each its own: `openai`, `azure_openai`, `AzureOpenAI`.

In: names and branches, the catalogue. Out: providers, and sightings of branches that name one with a model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ..catalogue.catalogue import Catalogue
from ..documents.node import Node, branches, first_text
from ..sighting import Reach, Sighting
from .environment import variable
from .telling import model_name, use

PROVIDERS: Final = (
    "provider",
    "llm_provider",
    "llmProvider",
    "model_provider",
    "modelProvider",
    "ai_provider",
    "aiProvider",
    "Provider",
    "LlmProvider",
    "backend",
)
MODELS: Final = (
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
BASES: Final = (
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
_PRICE: Final = re.compile(r"price|pricing|cost|context_?(?:window|length|size)", re.IGNORECASE)
"""What tables of models have that nobody calls because of them."""
_WORD: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z][a-z])")


def named(document: Node, catalogue: Catalogue, reach: Reach) -> Iterator[Sighting]:
    """Branches that name a provider and a model."""
    for path, branch in branches(document):
        named, model = first_text(branch, *PROVIDERS), first_text(branch, *MODELS)
        if model is None and path[-1:] == ("model",):  # as Kong writes it
            model = first_text(branch, "name")
        is_use = (
            named is not None and model is not None and not any(_PRICE.search(key.value) for key, _ in branch.entries)
        )
        whose = provider(catalogue, named.value) if is_use and named is not None else None
        if whose is not None and model is not None and model_name(model.value) is not None:
            yield from use(catalogue, whose, model.value, model.place, base=first_text(branch, *BASES), reach=reach)


def provider(catalogue: Catalogue, name: str) -> str | None:
    """Who is meant by a name such as `openai`, `azure_openai` or `AzureOpenAI`."""
    plain = _WORD.sub("_", name.strip()).lower().replace("-", "_").replace(" ", "_")
    for framework, mark in (("litellm", "/"), ("langchain", ":"), ("pydantic_ai", ":")):
        for one in (plain, plain.replace("_", "")):
            found = dict(catalogue.prefixes.get(framework, ())).get(f"{one}{mark}")
            if found is not None:
                return found
    return variable(catalogue, f"{plain.upper()}_API_KEY") if plain.isascii() and len(plain) > 2 else None


def section(catalogue: Catalogue, name: str) -> str | None:
    """Whose section it is: one that is called by a vendor's variables, written together or apart."""
    if not name.isascii() or not name.replace("_", "").replace("-", "").isalnum():
        return None
    apart = _WORD.sub("_", name.replace("AI", "ai")).upper().replace("-", "_")
    for one in (apart, apart.replace("_", "")):
        if (found := catalogue.variables.get(f"{one}_API_KEY")) is not None:
            return found
    return None
