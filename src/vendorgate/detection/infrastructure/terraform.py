"""Terraform and OpenTofu, in their language or as JSON.

In: path and text, the catalogue. Out: sightings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from ..catalogue.catalogue import Catalogue
from ..configuration.telling import model_name
from ..documents.block_reader import read_hcl
from ..documents.json_reader import read_json
from ..documents.node import Leaf, Node, entries, items, text
from ..sighting import Reach, Sighting
from .resolving import terraform
from .scanning import body_of, given_model, place_of_region, properties_of, scanned

_MODELS: Final = ("model.name", "model_id", "foundation_model", "model_arn", "model", "model_name")
_NO_MODELS: Final = re.compile(
    r"google_vertex_ai_(?!endpoint|reasoning_engine|rag|cache|deployment|publisher)|azurerm_ai_foundry"
)
"""Resources of a platform that serve no model by themselves."""
_MODULES: Final = (
    (re.compile(r"(?:^|/)openai/azurerm(?:\Z|/)|azure-?openai", re.IGNORECASE), "azure-openai"),
    (re.compile(r"(?:^|[/-])bedrock[\w-]*/aws(?:\Z|/)|terraform-aws-bedrock"), "bedrock"),
    (re.compile(r"(?:^|/)vertex-ai/google(?:\Z|/)"), "vertex"),
)


def extract(path: str, text_: str, catalogue: Catalogue) -> Iterable[Sighting]:
    """What a file sets up, and whom it lets call."""
    written = read_json(text_) if path.lower().endswith(".json") else read_hcl(text_)
    if written is None:
        return
    document = terraform(written)
    outside = _region(document)
    for key, value in entries(document):
        if key.value in {"resource", "data"}:
            yield from _resources(value, catalogue, outside)
        elif key.value == "module":
            yield from _modules(value, catalogue)
        elif key.value == "variable":
            for name, one in entries(value):
                yield from given_model(name, text(one, "default"), catalogue)
        elif ".tfvars" in path:
            yield from given_model(key, value if isinstance(value, Leaf) else None, catalogue)
    yield from scanned(document, catalogue)


def _region(document: Node) -> str | None:
    """Where resources are that do not say it, as the blocks of providers do."""
    for key, value in entries(document):
        for _, provider in entries(value) if key.value == "provider" else ():
            found = text(provider, "region")
            if found is not None and re.fullmatch(r"[a-z][a-z0-9-]{2,30}", found.value):
                return found.value
    return None


def _resources(types: Node, catalogue: Catalogue, outside: str | None) -> Iterator[Sighting]:
    for type, named in entries(types):
        for name, found in entries(named):
            for one in (found, *items(found)):
                body = body_of(one)
                if body is not None:
                    yield from _resource(type, name, body, catalogue, outside)
                    break


def _resource(type: Leaf, name: Leaf, body: Node, catalogue: Catalogue, outside: str | None) -> Iterator[Sighting]:
    said = properties_of(body)
    provider = catalogue.resource("terraform", type.value, said)
    if provider is None:
        return
    model = next((said[key] for key in _MODELS if key in said), None)
    reach: Reach = "declared" if _NO_MODELS.match(type.value) else "used"
    yield Sighting(
        provider,
        "iac",
        type.place,
        model=model_name(model) if model is not None and "arn:" not in model else None,
        region=place_of_region(body, provider, outside),
        reach=reach,
        token=type.value[:200],
    )


def _modules(named: Node, catalogue: Catalogue) -> Iterator[Sighting]:
    """Modules of the public registry that set up somebody's service."""
    for _, found in entries(named):
        source = text(body_of(found) or found, "source")
        if source is None or source.value.startswith(".") or len(source.value) > 300:
            continue
        whose = next((provider for pattern, provider in _MODULES if pattern.search(source.value)), None)
        if whose is not None and whose in catalogue.providers:
            yield Sighting(whose, "iac", source.place, token=source.value[:200])
