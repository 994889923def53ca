"""Continue, the coding assistant: its models with their providers.

In: path and text, the catalogue. Out: sightings. `context: provider: code` is no vendor: only models are looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from ..catalogue.catalogue import Catalogue
from ..documents.by_name import documents
from ..documents.node import Branch, Node, at, entries, first_text, items, text, texts
from ..sighting import Sighting
from .telling import use

_SINGLE: Final[Mapping[str, str]] = {
    "tabAutocompleteModel": "chat",
    "embeddingsProvider": "embeddings",
    "reranker": "rerank",
}
"""Keys of the older format that hold one model, with what it does."""
_ROLES: Final[Mapping[str, str]] = {"embed": "embeddings", "rerank": "rerank"}


def extract(path: str, text: str, catalogue: Catalogue) -> Iterable[Sighting]:
    """The models that an assistant may use."""
    for document in documents(path, text):
        models = at(document, "models")
        for one in (*items(models), *(value for _, value in entries(models))):
            yield from _model(one, None, catalogue)
        for key, does in _SINGLE.items():
            found = at(document, key)
            for single in (found, *items(found)):
                if isinstance(single, Branch):
                    yield from _model(single, does, catalogue)


def _model(one: Node, does: str | None, catalogue: Catalogue) -> Iterator[Sighting]:
    hub = text(one, "uses")
    if hub is not None:
        yield from _of_hub(hub.value, one, catalogue)
        return
    named, model = text(one, "provider"), text(one, "model")
    provider = None if named is None else whose(catalogue, named.value)
    if named is None or provider is None:
        return
    roles = [role.value for role in texts(at(one, "roles"))]
    told = does or next((_ROLES[role] for role in roles if role in _ROLES), None)
    region = first_text(at(one, "env"), "region", "location") or text(one, "region")
    yield from use(
        catalogue,
        provider,
        model.value if model is not None else "",
        named.place,
        base=first_text(one, "apiBase", "api_base"),
        does=told,
        region=None if region is None else region.value[:50],
        token=named.value,
    )


def _of_hub(name: str, one: Node, catalogue: Catalogue) -> Iterator[Sighting]:
    """A model of Continue's hub, such as `anthropic/claude-sonnet-5`."""
    owner, _, model = name.partition("/")
    provider = whose(catalogue, owner)
    if provider is not None and model:
        yield from use(catalogue, provider, model, one.place, token=name)


def whose(catalogue: Catalogue, name: str) -> str | None:
    """Whom Continue calls by a name."""
    known = dict(catalogue.prefixes.get("continue", ()))
    return known.get(f"{name}:") or known.get(f"{name.lower()}:")
