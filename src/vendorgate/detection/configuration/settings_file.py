"""Settings of applications and values of charts: addresses, and a provider with its model.

In: path and text, the catalogue. Out: sightings. Which words name a provider here is nobody's standard: those count
that LiteLLM, LangChain or a variable know.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from ..catalogue.catalogue import Catalogue
from ..documents.by_name import documents, inner_documents
from ..documents.node import Leaf, Node, branches, first_text, walk
from ..sighting import Reach, Sighting
from . import kubernetes, librechat, litellm, promptfoo
from .environment import variable
from .groups import addresses, variables
from .named import BASES, MODELS, PROVIDERS, named, section
from .telling import address, model_name, reach_of, use

_ENDPOINT: Final = re.compile(r"(?:^|;)\s*Endpoint=([^;]+)", re.IGNORECASE)


def looks(text: str) -> bool:
    """Whether nobody reads a file better, who knows what it is for."""
    return not any(one.looks(text) for one in (kubernetes, librechat, litellm, promptfoo))


def extract(path: str, text: str, catalogue: Catalogue) -> Iterable[Sighting]:
    """What settings say."""
    reach = reach_of(path)
    for document in documents(path, text):
        yield from _said(document, catalogue, reach)
        for inner in inner_documents(document):
            yield from _said(inner, catalogue, reach)


def _said(document: Node, catalogue: Catalogue, reach: Reach) -> Iterator[Sighting]:
    yield from variables(document, catalogue, reach)
    yield from addresses(document, catalogue, reach)
    yield from named(document, catalogue, reach)
    yield from _sections(document, catalogue, reach)
    yield from _names_of_variables(document, catalogue)


def _sections(document: Node, catalogue: Catalogue, reach: Reach) -> Iterator[Sighting]:
    """Sections that are called by a vendor, such as `AzureOpenAI`, and connections such as `Endpoint=https://…;Key=…`."""
    for path, branch in branches(document):
        whose = section(catalogue, path[-1]) if path else None
        model = first_text(branch, *MODELS)
        if whose is not None and model is not None and first_text(branch, *PROVIDERS) is None:
            known, base = model_name(model.value), first_text(branch, *BASES)
            if known is not None and base is None:
                yield Sighting(whose, "config", model.place, model=known, reach="declared", token=path[-1][:200])
            elif known is not None:
                yield from use(catalogue, whose, known, model.place, base=base, reach=reach)
    for _, leaf in walk(document):
        found = _ENDPOINT.search(leaf.value) if "ndpoint=" in leaf.value and len(leaf.value) < 2_000 else None
        seen = None if found is None else address(catalogue, Leaf(found[1].strip(), leaf.place), reach=reach)
        if seen is not None:
            yield seen


def _names_of_variables(document: Node, catalogue: Catalogue) -> Iterator[Sighting]:
    """Values that are names of variables, as in `custom-environment-variables`."""
    for _, leaf in walk(document):
        if leaf.value.isupper() and "_" in leaf.value and len(leaf.value) < 100:
            whose = variable(catalogue, leaf.value)
            if whose is not None:
                yield Sighting(whose, "env", leaf.place, reach="declared", token=leaf.value)
