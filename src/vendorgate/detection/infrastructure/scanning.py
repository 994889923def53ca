"""What tells of a vendor anywhere in a description of infrastructure: rights, names of models, addresses, variables.

In: a document whose names are worked out, the catalogue. Out: sightings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ..catalogue.catalogue import Catalogue
from ..code import Place
from ..configuration.groups import is_variable, variables
from ..configuration.telling import is_regional, model_name, region_of, vendor_address
from ..documents.by_name import inner_documents
from ..documents.node import Branch, Leaf, Node, Path, branches, first_text, nodes, text, walk
from ..sighting import Sighting

_ACTION: Final = re.compile(r"[a-z][a-z0-9-]*:[A-Za-z*]+\Z|roles/[\w.]+\Z")
_ARN: Final = re.compile(
    r"arn:[\w*-]+:bedrock:(?P<region>[^:]*):[^:]*:(?:foundation-model|inference-profile|application-inference-profile"
    r"|provisioned-model|custom-model)/(?P<model>[^\s\"']+)"
)
_SERVICE: Final = re.compile(r"com\.amazonaws\.[^.\s]+\.bedrock(?:-[a-z-]+)?\Z|bedrock(?:-[a-z-]+)?\.amazonaws\.com\Z")
_MODEL: Final = re.compile(
    r"(?:(?:us|eu|apac|global|us-gov|jp|au|ca|in)\.)?(?:anthropic\.claude|amazon\.(?:nova|titan|rerank)|meta\.llama"
    r"|mistral\.|cohere\.(?:command|embed|rerank)|ai21\.|deepseek\.|openai\.gpt|qwen\.|stability\.|writer\.|luma\.)"
    r"[\w.-]*\d[\w.:-]*\Z"
)
_NAMES: Final = {
    "AmazonBedrockFullAccess": "bedrock",
    "AmazonBedrockLimitedAccess": "bedrock",
    "AmazonBedrockStudioPermissionsBoundary": "bedrock",
    "AmazonBedrockMarketplaceAccess": "bedrock",
    "BedrockInvokeModelPolicy": "bedrock",
    "Cognitive Services OpenAI User": "azure-openai",
    "Cognitive Services OpenAI Contributor": "azure-openai",
    "5e0bd9bd-7b93-4f28-af87-19fc36ad61bd": "azure-openai",
    "a001fd3d-188f-4b5b-821b-7da978bf7442": "azure-openai",
}
"""Policies and roles that give the right to call somebody, by name or by id."""
_FORMATS: Final = {
    "OpenAI": "azure-openai",
    "Anthropic": "claude-foundry",
    "Meta": "llama-azure",
    "Mistral AI": "mistral-azure",
}
"""Whose models Azure deploys, by `format`."""
_GIVEN: Final = re.compile(r"model(?:_?name|_?id)?\Z", re.IGNORECASE)
_LONGEST: Final = 500


def scanned(document: Node, catalogue: Catalogue) -> Iterator[Sighting]:
    """Everything that a document says wherever it says it, in texts that are documents, too."""
    yield from _scanned(document, catalogue)
    for inner in inner_documents(document):
        yield from _scanned(inner, catalogue)


def _scanned(document: Node, catalogue: Catalogue) -> Iterator[Sighting]:
    told: set[str] = set()
    denied = _denied(document)
    for path, node in nodes(document):
        if node.place in denied:
            continue
        written = node.value if isinstance(node, Leaf) else ""
        for name in (*path[-1:], written):
            seen = _right(Leaf(name, node.place), catalogue) if 3 < len(name) <= _LONGEST else None
            if seen is not None and seen.token not in told:
                told.add(seen.token)
                yield seen
        if isinstance(node, Leaf) and 3 < len(written) <= _LONGEST:
            yield from _named(path, node, catalogue)
    yield from deployed(document, catalogue)
    yield from variables(document, catalogue)


def _named(path: Path, leaf: Leaf, catalogue: Catalogue) -> Iterator[Sighting]:
    """A model or a host."""
    yield from _model(leaf, catalogue)
    if _is_host(leaf.value) and not (path and is_variable(path[-1])):
        found = vendor_address(catalogue, leaf, kind="iac")
        if found is not None:
            yield found


def _denied(document: Node) -> set[Place]:
    """The places of what a policy denies."""
    return {
        leaf.place
        for _, branch in branches(document)
        if (effect := first_text(branch, "Effect", "effect")) is not None and effect.value == "Deny"
        for _, leaf in walk(branch)
    }


def _is_host(text: str) -> bool:
    return "." in text and ":" not in text.partition("://")[0] and not re.search(r"\s", text)


def _right(leaf: Leaf, catalogue: Catalogue) -> Sighting | None:
    """The right to call somebody."""
    name = leaf.value.strip()
    whose = catalogue.resource("iam", name) if _ACTION.match(name) else None
    if whose is None:
        whose = _NAMES.get(name.rpartition("/")[2]) or _NAMES.get(name)
    if whose is None and _SERVICE.match(name):
        whose = "bedrock"
    return None if whose is None else Sighting(whose, "iac", leaf.place, token=name[:200])


def _model(leaf: Leaf, catalogue: Catalogue) -> Iterator[Sighting]:
    """A model of Bedrock's: by its resource name, or by its own name, which has a form that no other has."""
    arn = _ARN.search(leaf.value)
    if arn is None and not _MODEL.match(leaf.value):
        return
    model = arn["model"] if arn is not None else leaf.value
    region = arn["region"] if arn is not None and re.fullmatch(r"[a-z0-9-]{2,30}", arn["region"]) else None
    offering, _ = catalogue.offering("bedrock", model) if re.match(r"[\w.-]*[a-z]", model) else (None, None)
    yield Sighting(
        offering or "bedrock",
        "iac",
        leaf.place,
        model=model_name(model),
        region=region or region_of(catalogue, "bedrock", model),
        token=model.replace("\0", "*")[:200],
    )


def deployed(document: Node, catalogue: Catalogue) -> Iterator[Sighting]:
    """Models that Azure is to deploy: `model: {format: OpenAI, name: gpt-5.2}`."""
    for _, branch in branches(document):
        format, name = text(branch, "format"), text(branch, "name")
        whose = _FORMATS.get(format.value) if format is not None else None
        if whose is None or name is None or whose not in catalogue.providers:
            continue
        known = model_name(name.value)
        yield Sighting(whose, "iac", name.place, model=known, token=known or whose)


def given_model(name: Leaf, value: Leaf | None, catalogue: Catalogue) -> Iterator[Sighting]:
    """A parameter that names a model of OpenAI's, which Azure deploys where a description says so."""
    if value is not None and _GIVEN.search(name.value) and catalogue.maker(value.value) == "openai-api":
        known = model_name(value.value)
        yield Sighting(
            "azure-openai", "iac", value.place, model=known, reach="declared", token=known or name.value[:200]
        )


def place_of_region(body: Node, provider: str, outside: str | None = None) -> str | None:
    """Where a resource is, as it says itself, or as its provider's block does."""
    for key in ("location", "region"):
        found = text(body, key)
        if found is not None and re.fullmatch(r"[a-z][a-z0-9-]{2,30}", found.value):
            return found.value
    return outside if is_regional(provider) else None


def body_of(node: Node) -> Branch | None:
    """The body of a block, also of one with a condition or a loop before it."""
    if isinstance(node, Branch):
        return node
    return next((one for one in getattr(node, "items", ()) if isinstance(one, Branch)), None)


def properties_of(body: Node) -> dict[str, str]:
    """The properties of a resource, those of blocks with a dot between; the first of several counts."""
    found: dict[str, str] = {}
    for path, leaf in walk(body):
        for name in (".".join(path), ".".join(path).removeprefix("body.").removeprefix("properties.")):
            if leaf.value != "\0":
                found.setdefault(name, leaf.value)
    return found
