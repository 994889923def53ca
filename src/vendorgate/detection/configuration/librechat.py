"""LibreChat: which endpoints its users can choose.

In: path and text, the catalogue. Out: sightings. A custom endpoint is whoever is at its address.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from ..catalogue.catalogue import Catalogue
from ..documents.by_name import inner_documents
from ..documents.node import Branch, Leaf, Node, at, entries, items, text, texts
from ..documents.yaml_reader import read_yaml
from ..sighting import OPENAI_COMPATIBLE, SELF_HOSTED, Reach, Sighting
from .groups import variables
from .named import provider
from .preferences import preferences
from .telling import reach_of, use

_LOOKS: Final = re.compile(r"^[ \t]*(?:endpoints|speech|tts|stt|ocr):", re.MULTILINE)
_OWN: Final = re.compile(
    r"^[ \t]*(?:version|cache|interface|modelSpecs|mcpServers|registration|fileConfig):", re.MULTILINE
)
_NO_VENDORS: Final = frozenset(["agents", "custom", "all", "gptPlugins"])


def looks(text: str) -> bool:
    """Whether a file of YAML is LibreChat's."""
    return bool(_LOOKS.search(text)) and bool(_OWN.search(text))


def extract(path: str, text: str, catalogue: Catalogue) -> Iterable[Sighting]:
    """What a configuration of LibreChat's turns on."""
    reach = reach_of(path)
    read = read_yaml(text)
    for document in (*read, *(inner for one in read for inner in inner_documents(one))):
        for name, endpoint in entries(at(document, "endpoints")):
            yield from _built_in(name, endpoint, catalogue, reach)
        for one in items(at(document, "endpoints", "custom")):
            yield from _custom(one, catalogue, reach)
        yield from _beside(document, catalogue, reach)
        yield from variables(document, catalogue, reach)


def _built_in(name: Leaf, endpoint: Node, catalogue: Catalogue, reach: Reach) -> Iterator[Sighting]:
    """One of the endpoints that LibreChat knows itself."""
    whose = dict(catalogue.prefixes.get("librechat", ())).get(f"{name.value}:")
    if whose is None or name.value in _NO_VENDORS or (isinstance(endpoint, Leaf) and endpoint.value == "false"):
        return
    does = "assistants" if "ssistants" in name.value else "chat"
    said = catalogue.does(whose, does) if does == "chat" else does
    yield Sighting(whose, "config", name.place, endpoint=said, reach=reach, token=name.value)
    if whose == "azure-openai":
        for one in items(at(endpoint, "groups")):
            yield from _group(one, catalogue, reach)
    for model in texts(at(endpoint, "models")):
        yield from use(catalogue, whose, model.value, model.place, reach=reach)


def _group(group: Node, catalogue: Catalogue, reach: Reach) -> Iterator[Sighting]:
    """Models of an Azure resource, which may have an address of its own."""
    for name, _ in entries(at(group, "models")):
        yield from use(catalogue, "azure-openai", name.value, name.place, base=text(group, "baseURL"), reach=reach)


def _custom(one: Node, catalogue: Catalogue, reach: Reach) -> Iterator[Sighting]:
    base, name = text(one, "baseURL"), text(one, "name")
    if base is None:
        return
    seen = use(
        catalogue,
        OPENAI_COMPATIBLE,
        "",
        base.place,
        base=base,
        settings=preferences(at(one, "addParams")),
        reach=reach,
        token=name.value if name is not None else "custom",
    )
    yield from seen
    for model in texts(at(one, "models", "default")):
        yield from use(catalogue, OPENAI_COMPATIBLE, model.value, model.place, base=base, reach=reach)


def _beside(document: Node, catalogue: Catalogue, reach: Reach) -> Iterator[Sighting]:
    """What reads scans, speaks and listens."""
    strategy = text(document, "ocr", "strategy")
    if strategy is not None and "mistral" in strategy.value:
        base = text(document, "ocr", "baseURL")
        yield from use(catalogue, "mistral-la-plateforme", "", strategy.place, base=base, does="ocr", reach=reach)
    for direction, does in (("tts", "speech"), ("stt", "transcription")):
        older = at(document, direction)
        for name, settings in (*entries(at(document, "speech", direction)), *entries(older)):
            whose = SELF_HOSTED if name.value == "localai" else provider(catalogue, name.value)
            if whose is not None and isinstance(settings, Branch):
                model = text(settings, "model")
                found = model.value if model is not None else ""
                yield from use(catalogue, whose, found, name.place, base=text(settings, "url"), does=does, reach=reach)
