"""Starters of Spring AI, langchain4j and Quarkus: packages that make a client by being on the classpath.

In: the coordinates of a package. Out: sightings of use: to chat; what more the code asks for, `joining` finds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from ...catalogue.catalogue import Catalogue
from ...documents.node import Leaf
from ...sighting import SELF_HOSTED, Reach, Sighting

_STARTERS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"org\.springframework\.ai:spring-ai-starter-model-(?P<vendor>[a-z0-9-]+)\Z",
        r"org\.springframework\.ai:spring-ai-(?P<vendor>[a-z0-9-]+)-spring-boot-starter\Z",
        r"dev\.langchain4j:langchain4j-(?P<vendor>[a-z0-9-]+)-spring-boot\d?-starter\Z",
        r"io\.quarkiverse\.langchain4j:quarkus-langchain4j-(?P<vendor>[a-z0-9-]+)\Z",
    )
)
_ALIASES: Final = re.compile(
    r"(?:.*-)?(?:spring-ai-starter-model-(?P<spring>[a-z0-9-]+)|spring-ai-(?P<legacy>[a-z0-9-]+)-spring-boot-starter"
    r"|(?<!quarkus-)langchain4j-(?P<langchain>[a-z0-9-]+)-spring-boot\d?-starter|quarkus-langchain4j-(?P<quarkus>[a-z0-9-]+))\Z"
)
_FRAMEWORKS: Final[Mapping[str, str]] = {
    "spring": "spring_ai",
    "legacy": "spring_ai",
    "langchain": "langchain4j",
    "quarkus": "quarkus_langchain4j",
}
"""By group of what a starter is called: the framework, as `prefixes` of signatures name it."""
VENDORS: Final[Mapping[str, str]] = {
    "openai": "openai-api",
    "openai-sdk": "openai-api",
    "open-ai": "openai-api",
    "open-ai-official": "openai-api",
    "azure-openai": "azure-openai",
    "azure-open-ai": "azure-openai",
    "anthropic": "anthropic-api",
    "bedrock": "bedrock",
    "bedrock-ai": "bedrock",
    "bedrock-converse": "bedrock",
    "vertex-ai": "vertex",
    "vertex-ai-gemini": "vertex",
    "vertex-ai-embedding": "vertex",
    "google-genai": "gemini-api",
    "google-genai-embedding": "gemini-api",
    "google-ai-gemini": "gemini-api",
    "ai-gemini": "gemini-api",
    "gemini": "gemini-api",
    "mistral": "mistral-la-plateforme",
    "mistral-ai": "mistral-la-plateforme",
    "mistralai": "mistral-la-plateforme",
    "deepseek": "deepseek-api",
    "huggingface": "huggingface-inference",
    "hugging-face": "huggingface-inference",
    "cohere": "cohere-api",
    "minimax": "minimax-api",
    "zhipuai": "zai-api",
    "moonshot": "moonshot-api",
    "qianfan": "baidu",
    "dashscope": "alibaba-model-studio-china",
    "oci-genai": "oci-generative-ai",
    "stability-ai": "stability-api",
    "watsonx": "watsonx-ai",
    "watsonx-ai": "watsonx-ai",
    "github-models": "github-models",
    "voyage-ai": "voyage-api",
    "jina": "jina-api",
    "ollama": SELF_HOSTED,
    "local-ai": SELF_HOSTED,
    "jlama": SELF_HOSTED,
    "llama3": SELF_HOSTED,
    "llama3-java": SELF_HOSTED,
    "docker-model-runner": SELF_HOSTED,
    "postgresml": SELF_HOSTED,
    "transformers": SELF_HOSTED,
}
"""By what artifacts and properties call a vendor."""


def starter(catalogue: Catalogue, name: Leaf, reach: Reach) -> tuple[Sighting, ...]:
    """What a package brings, where it is a starter."""
    found = next((match for one in _STARTERS if (match := one.match(name.value)) is not None), None)
    return () if found is None else _brought(catalogue, found["vendor"], name, reach)


def aliased(catalogue: Catalogue, alias: Leaf, reach: Reach) -> tuple[Sighting, ...]:
    """What the package brings that a script names by an alias of `libs.versions.toml`, after its usual name."""
    found = _ALIASES.match(alias.value.replace(".", "-").replace("_", "-")) if len(alias.value) < 200 else None
    if found is None:
        return ()
    vendor = next(group for group in found.groups() if group is not None)
    return _brought(catalogue, vendor, alias, reach)


def framework_of(token: str) -> str | None:
    """The framework whose starter a package or an alias of one is."""
    plain = token.replace(".", "-").replace("_", "-")
    found = _ALIASES.match(plain) if len(plain) < 200 else None
    if found is None:
        return None
    return _FRAMEWORKS[next(name for name, group in found.groupdict().items() if group is not None)]


def _brought(catalogue: Catalogue, vendor: str, name: Leaf, reach: Reach) -> tuple[Sighting, ...]:
    provider = catalogue.package("maven", name.value) or VENDORS.get(vendor)
    if provider is None:
        return ()
    does = "embeddings" if vendor.endswith("-embedding") else "chat"
    is_ours = provider == SELF_HOSTED or catalogue.role(provider) == "local"
    endpoint = None if is_ours else catalogue.does(provider, does)
    token = name.value.rpartition(":")[2][:200]
    return (Sighting(provider, "config", name.place, endpoint=endpoint, reach=reach, token=token),)
