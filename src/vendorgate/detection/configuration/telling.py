"""Sightings out of what files say: a package, an address, a model that a framework reaches.

In: leaves with their places, the catalogue. Out: sightings, none where nobody that is known is meant.
"""

from __future__ import annotations

import re
from typing import Final

from ..catalogue.addresses import UNKNOWN_PART, Address, address_of
from ..catalogue.catalogue import Catalogue
from ..code import Place
from ..documents.node import Leaf
from ..sighting import NOBODYS, OPENAI_COMPATIBLE, SELF_HOSTED, Kind, Reach, Setting, Sighting
from .purposes import doing

_TEMPLATES: Final = (".example", ".sample", ".template", ".dist", ".tmpl", ".tpl", "-example", "-sample", "_example")
"""What names of files hold that somebody copies and fills in."""
_OWN_HOSTS: Final = frozenset(
    ["azure-openai", "azure-ai-foundry", "claude-foundry", "huggingface-inference", SELF_HOSTED]
)
"""Whose customers have hosts of their own, so that one that is not known says nothing against them."""
OLLAMA_CLOUD: Final = "ollama-cloud"
"""Who serves the models of Ollama's whose names end with `cloud`."""
_NO_MODELS: Final = frozenset(["", "AUTODETECT", "auto", "default", "none", "null", "true", "false"])
_LONGEST: Final = 200
"""Of a model's name that is told."""
_MODEL: Final = re.compile(r"[\w.:/@+\-]+\Z")


def reach_of(path: str, otherwise: Reach = "used") -> Reach:
    """What a file's name says: a template is only declared."""
    name = path.rpartition("/")[2].lower()
    return "declared" if any(word in name for word in _TEMPLATES) else otherwise


def package(catalogue: Catalogue, system: str, name: Leaf) -> Sighting | None:
    """A package that is depended on."""
    provider = catalogue.package(system, name.value)
    if provider is None:
        return None
    return Sighting(provider, "dependency", name.place, reach="declared", token=name.value[:_LONGEST])


def model_name(text: str) -> str | None:
    """A model's name, where a text is one: a variable or a template is none."""
    is_one = len(text) <= _LONGEST and _MODEL.match(text) and "//" not in text and text not in _NO_MODELS
    return text if is_one and text[0] not in "/.-" else None


def address(catalogue: Catalogue, leaf: Leaf, kind: Kind = "host", reach: Reach = "used") -> Sighting | None:
    """A known host of a vendor, or one of our own; None for every other text."""
    found = catalogue.host(leaf.value)
    if found is None:
        return None
    endpoint = None if found.provider == SELF_HOSTED else catalogue.endpoint_at(found.provider, found.address.path)
    return Sighting(
        found.provider,
        kind,
        leaf.place,
        endpoint=endpoint,
        region=found.region,
        reach=reach,
        token=found.address.host.replace(UNKNOWN_PART, "*"),
    )


def vendor_address(catalogue: Catalogue, leaf: Leaf, kind: Kind = "host", reach: Reach = "used") -> Sighting | None:
    """A known host of a vendor: our own machines are nobody's that needs to be told."""
    found = address(catalogue, leaf, kind, reach)
    return None if found is None or found.provider == SELF_HOSTED else found


def served_at(catalogue: Catalogue, provider: str, base: Leaf | None) -> tuple[str, str | None, str | None]:
    """Who serves what a provider would, where an address is set: provider, region and gateway.

    An address that is not known, or that a variable holds, leaves nobody: the client speaks the provider's language,
    but its prompts go elsewhere.
    """
    if base is None:
        return provider, None, None
    found = catalogue.host(base.value)
    if found is None:
        is_own = provider in _OWN_HOSTS or catalogue.role(provider) in {"platform", "local"}
        return (provider if is_own else OPENAI_COMPATIBLE), None, None
    if catalogue.role(found.provider) in {"gateway", "recipient"}:
        return _behind(catalogue, provider, found.address), found.region, found.provider
    if found.provider == SELF_HOSTED and provider != SELF_HOSTED and catalogue.role(provider) == "local":
        return provider, None, None
    return found.provider, found.region, None


def _behind(catalogue: Catalogue, provider: str, at: Address) -> str:
    """Whom a gateway passes calls on to: its path may say so, else the client's own."""
    for segment in reversed(at.path.split("/")):
        named = _SEGMENTS.get(segment)
        if named is not None and named in catalogue.providers:
            return named
    return provider


_SEGMENTS: Final = {
    "openai": "openai-api",
    "anthropic": "anthropic-api",
    "google-ai-studio": "gemini-api",
    "google-vertex-ai": "vertex",
    "azure-openai": "azure-openai",
    "aws-bedrock": "bedrock",
    "groq": "groq-api",
    "mistral": "mistral-la-plateforme",
    "cohere": "cohere-api",
    "deepseek": "deepseek-api",
    "grok": "xai-api",
    "perplexity-ai": "perplexity-api",
    "replicate": "replicate-api",
    "huggingface": "huggingface-inference",
    "openrouter": "openrouter",
    "workers-ai": "cloudflare-workers-ai",
}
"""How gateways call providers in paths."""


def routed(catalogue: Catalogue, framework: str, text: str) -> tuple[str | None, str]:
    """Whom a framework reaches by a text such as `azure/gpt-5.2`, and the model; nobody where that is not known."""
    found = catalogue.prefixed(framework, text)
    if found is not None:
        return found
    facts = catalogue.frameworks.get(framework)
    if facts is None:
        return None, text
    if facts.splitter is not None and facts.splitter in text:
        return None, text
    if facts.unprefixed == "maker":
        return catalogue.maker(text), text
    return (facts.default if facts.unprefixed == "default" else None), text


def use(
    catalogue: Catalogue,
    provider: str,
    model: str,
    place: Place,
    *,
    base: Leaf | None = None,
    does: str | None = None,
    framework: str | None = None,
    region: str | None = None,
    settings: tuple[Setting, ...] = (),
    reach: Reach = "used",
    via: str | None = None,
    token: str | None = None,
) -> tuple[Sighting, ...]:
    """A configuration that names provider and model, with the endpoint that such a model is for; and who hears it."""
    in_path, name = located(model)
    known = model_name(name) if name else None
    if catalogue.role(provider) == "local" and name.endswith((":cloud", "-cloud")):
        provider, base = OLLAMA_CLOUD, None
    provider, told, gateway = served_at(catalogue, provider, base)
    what = does or doing(name)
    has_api = provider not in NOBODYS
    seen = Sighting(
        provider,
        "config",
        place,
        endpoint=catalogue.does(provider, what, framework) if has_api and what else None,
        model=known,
        region=region or in_path or told or region_of(catalogue, provider, name),
        settings=settings,
        via=via or gateway,
        reach=reach,
        token=(token if token is not None else (known or provider))[:_LONGEST],
    )
    if gateway is None or catalogue.role(gateway) != "recipient":
        return (seen,)
    return seen, Sighting(gateway, "config", base.place if base is not None else place, reach=reach, token=gateway)


_ARN: Final = re.compile(r"arn:[\w-]+:bedrock:([\w-]*):[^:]*:[\w-]+/(.+)\Z")
_REGIONAL: Final = re.compile(r"([a-z]{2,3}(?:-[a-z]+)+-\d)/(.+)\Z")
GEOGRAPHIES: Final = frozenset(["us", "eu", "apac", "global", "us-gov", "jp", "au", "ca", "in"])


def located(model: str) -> tuple[str | None, str]:
    """The region that stands in a model's text, and the model: `us-east-1/anthropic.claude…`, an ARN."""
    found = _ARN.match(model) or _REGIONAL.match(model)
    return (found[1] or None, found[2]) if found is not None else (None, model)


def region_of(catalogue: Catalogue, provider: str, model: str | None) -> str | None:
    """Where a platform's model runs, as its name says: `eu.anthropic.claude…` is an inference profile of Europe."""
    start, dot, rest = (model or "").partition(".")
    if not dot or start not in GEOGRAPHIES or "." not in rest:
        return None
    return start if is_regional(provider) else None


def is_regional(provider: str) -> bool:
    """Whether a provider is a platform whose region the one who calls it chooses."""
    return provider in {"bedrock", "vertex"} or provider.endswith(("-bedrock", "-vertex"))


def to_variable(text: str) -> str | None:
    """The variable that stands in the place of a value: `${NAME}`, `os.environ/NAME`, `{{ env.NAME }}`."""
    found = _VARIABLE.search(text)
    return None if found is None else found[1]


_VARIABLE: Final = re.compile(
    r"(?:os\.environ/|\$\{\{\s*(?:secrets|vars|env|inputs)\.|\$\{(?:env:)?|\$|env\.|process\.env\.|%)([A-Za-z_][A-Za-z0-9_]*)"
)


def is_address(text: str) -> bool:
    """Whether a text is an address that nobody needs to know."""
    return address_of(text) is not None
