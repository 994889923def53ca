"""Kubernetes: what pods get as variables, which hosts they may reach, which images they run.

In: path and text, the catalogue. Out: sightings. Names of secrets are told, and nothing of what is in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from ..catalogue.catalogue import Catalogue
from ..documents.by_name import inner_documents
from ..documents.node import Branch, Leaf, Node, at, nodes, text, texts
from ..documents.yaml_reader import read_yaml
from ..sighting import Reach, Sighting
from .compose import started
from .environment import variable
from .groups import addresses, variables
from .images import image, is_litellm
from .named import named
from .telling import reach_of

_LOOKS: Final = re.compile(r"^(?:apiVersion|kind):", re.MULTILINE)
_SECRETS: Final = frozenset(["Secret", "SealedSecret", "ExternalSecret"])


def looks(text: str) -> bool:
    """Whether a file of YAML describes what runs in a cluster."""
    return len(set(_LOOKS.findall(text[:200_000]))) == 2


def extract(path: str, text: str, catalogue: Catalogue) -> Iterable[Sighting]:
    """What the objects of a file use."""
    reach = reach_of(path)
    for document in read_yaml(text):
        yield from _object(document, catalogue, reach)


def _object(document: Node, catalogue: Catalogue, reach: Reach) -> Iterator[Sighting]:
    kind = text(document, "kind")
    if kind is None or kind.value == "CustomResourceDefinition":
        return
    if kind.value in _SECRETS:
        yield from _secret(document, catalogue)
        return
    for one in (document, *inner_documents(document)):
        yield from variables(one, catalogue, reach)
        yield from addresses(one, catalogue, reach)
        yield from named(one, catalogue, reach)
    for _, node in nodes(document):
        runs = text(node, "image") if isinstance(node, Branch) else None
        if runs is not None:
            seen = image(runs, reach)
            if seen is not None:
                yield seen
            if is_litellm(runs.value):
                yield from started([*texts(at(node, "command")), *texts(at(node, "args"))], catalogue, reach)


def _secret(document: Node, catalogue: Catalogue) -> Iterator[Sighting]:
    """Whose variables a secret holds, by their names."""
    for _, node in nodes(document):
        if not isinstance(node, Branch):
            continue
        named = [key for key, _ in node.entries]
        named += [found for key in ("secretKey", "key") if (found := text(node, key)) is not None]
        for name in named:
            whose = variable(catalogue, _written(name))
            if whose is not None:
                yield Sighting(whose, "env", name.place, reach="declared", token=name.value[:200])


def _written(name: Leaf) -> str:
    """A key of a secret, as a variable is written: `openai-api-key` is `OPENAI_API_KEY`."""
    plain = name.value.replace("-", "_").replace(".", "_").upper()
    return plain if "_" in plain and len(plain) < 100 else ""
