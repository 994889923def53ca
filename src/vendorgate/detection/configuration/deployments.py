"""Where an application is deployed: Vercel, Fly, Render, Heroku, Netlify, App Engine, Cloudflare, ECS.

In: path and text, the catalogue. Out: sightings of variables and hosts; of Cloudflare's also its own models.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..catalogue.catalogue import Catalogue
from ..documents.by_name import documents
from ..documents.node import Node, at, entries
from ..documents.node import text as text_at
from ..sighting import Reach, Sighting
from .groups import addresses, variables
from .telling import reach_of

_BINDING = "ai"


def extract(path: str, text: str, catalogue: Catalogue) -> Iterable[Sighting]:
    """What a file of deployment sets."""
    for document in documents(path, text):
        yield from _said(document, catalogue, reach_of(path))


def _said(document: Node, catalogue: Catalogue, reach: Reach) -> Iterator[Sighting]:
    yield from variables(document, catalogue, reach)
    yield from addresses(document, catalogue, reach)


def extract_wrangler(path: str, text: str, catalogue: Catalogue) -> Iterable[Sighting]:
    """The same of Cloudflare's Workers, with the binding to the models that Cloudflare serves."""
    for document in documents(path, text):
        yield from _said(document, catalogue, reach_of(path))
        for above in (document, *_environments(document)):
            bound = at(above, _BINDING)
            if text_at(bound, "binding") is not None and bound is not None:
                yield Sighting("cloudflare-workers-ai", "config", bound.place, reach=reach_of(path), token=_BINDING)


def _environments(document: Node) -> Iterator[Node]:
    yield from (value for _, value in entries(at(document, "env")))
