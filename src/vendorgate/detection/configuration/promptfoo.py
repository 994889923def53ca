"""promptfoo: which providers an evaluation asks, and which judge its answers.

In: path and text, the catalogue. Out: sightings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from ..catalogue.catalogue import Catalogue
from ..documents.by_name import documents
from ..documents.node import Branch, Leaf, Node, at, entries, first_text, items, nodes, text
from ..sighting import Reach, Sighting
from .groups import variables
from .preferences import preferences
from .telling import address, reach_of, routed, use

_PROVIDERS: Final = re.compile(r"^[\"' ]*(?:providers|targets)[\"']?:", re.MULTILINE)
_OTHERS: Final = re.compile(r"^[\"' ]*(?:prompts|tests|redteam|defaultTest|scenarios)[\"']?:", re.MULTILINE)
_DOES: Final[Mapping[str, str]] = {
    "chat": "chat",
    "messages": "chat",
    "completion": "completion",
    "embedding": "embeddings",
    "embeddings": "embeddings",
    "responses": "responses",
    "image": "images",
    "moderation": "moderation",
    "realtime": "realtime",
    "transcription": "transcription",
    "text-generation": "completion",
}
"""What may stand between the provider and the model."""


def looks(text: str) -> bool:
    """Whether a file is promptfoo's: providers, with prompts or tests."""
    return bool(_PROVIDERS.search(text)) and bool(_OTHERS.search(text))


def extract(path: str, text: str, catalogue: Catalogue) -> Iterable[Sighting]:
    """What an evaluation calls."""
    reach = reach_of(path)
    for document in documents(path, text):
        for key in ("providers", "targets"):
            found = at(document, key)
            for one in (found, *items(found)):
                yield from _provider(one, catalogue, reach)
        for keys, node in nodes(document):
            if keys and keys[-1] in {"provider", "grader"} and "vars" not in keys:
                yield from _provider(node, catalogue, reach)
        yield from variables(document, catalogue, reach)


def _provider(one: Node | None, catalogue: Catalogue, reach: Reach) -> Iterator[Sighting]:
    """A provider: its text, a mapping with `id`, or a mapping from its text to its settings."""
    if isinstance(one, Leaf):
        yield from _named(one, None, catalogue, reach)
        return
    id = text(one, "id")
    if id is not None:
        yield from _named(id, at(one, "config"), catalogue, reach)
        return
    for name, settings in entries(one):
        if ":" in name.value and isinstance(settings, Branch | Leaf):
            yield from _named(name, at(settings, "config"), catalogue, reach)


def _named(id: Leaf, settings: Node | None, catalogue: Catalogue, reach: Reach) -> Iterator[Sighting]:
    if "://" in id.value or id.value in {"http", "https"}:
        at_address = text(settings, "url") or id
        seen = address(catalogue, at_address, reach=reach)
        if seen is not None:
            yield seen
        return
    provider, rest = routed(catalogue, "promptfoo", id.value)
    if provider is None:
        return
    kind, colon, model = rest.partition(":")
    does = _DOES.get(kind)
    if does is None or not colon:
        model = "" if does is not None else rest
    region = first_text(settings, "region", "location")
    yield from use(
        catalogue,
        provider,
        model,
        id.place,
        base=first_text(settings, "apiBaseUrl", "apiHost"),
        does=does,
        region=None if region is None else region.value[:50],
        settings=preferences(settings),
        reach=reach,
        token=id.value,
    )
