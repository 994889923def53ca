"""AWS's descriptions: CloudFormation, SAM, the Serverless Framework, and policies of IAM as JSON.

In: path and text, the catalogue. Out: sightings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from ..catalogue.catalogue import Catalogue
from ..configuration.telling import model_name
from ..documents.by_name import documents
from ..documents.node import Leaf, Node, at, branches, entries, text
from ..sighting import Sighting
from .resolving import arm
from .scanning import place_of_region, properties_of, scanned

_LOOKS: Final = re.compile(
    r"AWS::[A-Za-z0-9]+::|AWSTemplateFormatVersion|^provider:\s*(?:aws\b|\n\s+name:\s*aws)", re.MULTILINE
)
_POLICY: Final = re.compile(r"\"Statement\"\s*:")
_MODELS: Final = ("Properties.FoundationModel", "Properties.ModelId", "Properties.ModelArn", "FoundationModel")


def looks(text: str) -> bool:
    """Whether a file describes resources of AWS, or rights to them."""
    return bool(_LOOKS.search(text)) or bool(_POLICY.search(text))


def extract(path: str, text_: str, catalogue: Catalogue) -> Iterable[Sighting]:
    """What a template sets up, and whom it lets call."""
    for written in documents(path, text_):
        document = arm(written)
        outside = text(document, "provider", "region")
        for _, branch in branches(document):
            type = text(branch, "Type")
            if type is not None and type.value.startswith("AWS::"):
                yield from _resource(type, branch, catalogue, outside)
        yield from scanned(document, catalogue)


def _resource(type: Leaf, body: Node, catalogue: Catalogue, outside: Leaf | None) -> Iterator[Sighting]:
    provider = catalogue.resource("cloudformation", type.value)
    if provider is None:
        return
    said = properties_of(body)
    model = next((said[key] for key in _MODELS if key in said), None)
    region = outside.value if outside is not None and re.fullmatch(r"[a-z0-9-]{2,30}", outside.value) else None
    yield Sighting(
        provider,
        "iac",
        type.place,
        model=model_name(model) if model is not None and "arn:" not in model else None,
        region=place_of_region(body, provider, region),
        token=type.value[:200],
    )


def extract_pulumi(path: str, text_: str, catalogue: Catalogue) -> Iterable[Sighting]:
    """What a program of Pulumi's in YAML sets up."""
    for document in documents(path, text_):
        for _, one in entries(at(document, "resources")):
            type = text(one, "type")
            dotted = re.sub(r"[:/]+", ".", type.value) if type is not None else ""
            provider = catalogue.resource("pulumi", dotted, properties_of(at(one, "properties") or one))
            if type is not None and provider is not None:
                yield Sighting(provider, "iac", type.place, token=type.value[:200])
        yield from scanned(document, catalogue)
