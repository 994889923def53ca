"""Docker's compose files: what services run, with which variables.

In: path and text, the catalogue. Out: sightings. An address of a service beside it is our own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from ..catalogue.catalogue import Catalogue
from ..documents.node import Branch, Leaf, Node, at, entries, first_text, items, text, texts
from ..documents.node import text as text_at
from ..documents.yaml_reader import read_yaml
from ..sighting import SELF_HOSTED, Reach, Sighting
from .environment import Pair, default_of, environment
from .images import image, is_litellm
from .litellm import of_model
from .telling import reach_of

_SERVICES: Final = re.compile(r"^services:[ \t\r]*$", re.MULTILINE)
_RUNS: Final = re.compile(r"^[ \t]+(?:image|build):", re.MULTILINE)


def looks(text: str) -> bool:
    """Whether a file of YAML describes services, whatever it is called."""
    return bool(_SERVICES.search(text)) and bool(_RUNS.search(text)) and "apiVersion:" not in text


def extract(path: str, text: str, catalogue: Catalogue) -> Iterable[Sighting]:
    """What the services of a compose file use."""
    reach = reach_of(path)
    for document in read_yaml(text):
        services = entries(at(document, "services"))
        inside = frozenset(_names(services))
        for _, service in services:
            yield from _service(service, catalogue, reach, inside)
        for name, model in entries(at(document, "models")):
            if text_at(model, "model") is not None:
                yield Sighting(SELF_HOSTED, "config", name.place, reach=reach, token=name.value[:200])
        for key, shared in entries(document):
            if key.value.startswith("x-"):
                yield from environment(pairs(_environment_of(shared)), catalogue, reach, inside)


def _names(services: Iterable[tuple[Leaf, Node]]) -> Iterator[str]:
    for name, service in services:
        yield name.value
        for key in ("container_name", "hostname"):
            if (found := text(service, key)) is not None:
                yield found.value


def _service(service: Node, catalogue: Catalogue, reach: Reach, inside: frozenset[str]) -> Iterator[Sighting]:
    runs = text(service, "image")
    told = None if runs is None else image(Leaf(default_of(runs.value), runs.place), reach)
    if told is not None:
        yield told
    variables = pairs(at(service, "environment"))
    variables += pairs(at(service, "build", "args"))
    yield from environment(variables, catalogue, reach, inside)
    if runs is not None and is_litellm(runs.value):
        yield from _proxy(service, variables, catalogue, reach)


def _proxy(service: Node, variables: Iterable[Pair], catalogue: Catalogue, reach: Reach) -> Iterator[Sighting]:
    """What LiteLLM is started with; its region of AWS is that of the Bedrock models of its configuration."""
    for name, value in variables:
        if name.value in {"AWS_REGION", "AWS_REGION_NAME", "AWS_DEFAULT_REGION"} and "$" not in value.value:
            yield Sighting("bedrock", "env", name.place, region=value.value or None, reach="declared", token=name.value)
    words = [*texts(at(service, "entrypoint")), *texts(at(service, "command"))]
    yield from started(words, catalogue, reach)


def started(words: list[Leaf], catalogue: Catalogue, reach: Reach) -> Iterator[Sighting]:
    """What the words of a command say that starts LiteLLM: `--model openai/gpt-5.2`."""
    split = [Leaf(part, word.place) for word in words for part in word.value.split()]
    for word, following in pairwise(split):
        if word.value in {"--model", "-m"}:
            yield from of_model(following, catalogue, reach=reach)


def pairs(node: Node | None) -> list[Pair]:
    """Names and values of variables, of a mapping or of a list of `NAME=value`."""
    if isinstance(node, Branch):
        return [(name, value if isinstance(value, Leaf) else Leaf("", value.place)) for name, value in node.entries]
    found = []
    for one in items(node):
        if isinstance(one, Leaf):
            name, _, value = one.value.partition("=")
            found.append((Leaf(name.strip(), one.place), Leaf(value, one.place)))
        elif (named := first_text(one, "name", "key")) is not None:
            found.append((named, text(one, "value") or Leaf("", named.place)))
    return found


def _environment_of(shared: Node) -> Node | None:
    return at(shared, "environment") or shared
