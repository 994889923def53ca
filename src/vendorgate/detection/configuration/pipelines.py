"""Pipelines of GitHub, GitLab and others: actions that call a vendor, variables, commands.

In: path and text, the catalogue. Out: sightings. Where an action is told to use a platform, that is whom it calls.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from ..catalogue.catalogue import Catalogue
from ..documents.node import Leaf, Node, at, entries, first_text, items, nodes, text
from ..documents.yaml_reader import read_yaml
from ..sighting import Sighting
from .environment import Pair, environment, variable
from .groups import group, variables
from .shell import commands
from .telling import is_regional, located, model_name, region_of

_ROUTES: Final = {
    "use_bedrock": "CLAUDE_CODE_USE_BEDROCK",
    "use_vertex": "CLAUDE_CODE_USE_VERTEX",
    "use_vertex_ai": "GOOGLE_GENAI_USE_VERTEXAI",
    "use_foundry": "CLAUDE_CODE_USE_FOUNDRY",
}
"""By input of an action: the variable that says the same."""
_MODELS: Final = ("model", "claude-model", "claude_model", "anthropic_model", "gemini_model", "openai-model")
_ARGUMENT: Final = re.compile(r"--model[= ]\s*[\"']?([\w.:/@\-]+)")
_REGIONS: Final = ("aws-region", "aws_region", "gcp_location", "location", "region")


def extract(path: str, text: str, catalogue: Catalogue) -> Iterable[Sighting]:
    """What a pipeline calls."""
    for document in read_yaml(text):
        outer = group_below(document, "env")
        jobs = entries(at(document, "jobs")) or entries(document)
        for _, job in jobs:
            inside = [*outer, *group_below(job, "env")]
            for step in items(at(job, "steps")):
                yield from _step(step, inside, catalogue)
        is_action = path.rpartition("/")[2] in {"action.yml", "action.yaml"}
        yield from variables(document, catalogue, named_reach="declared" if is_action else "used")
        yield from _commands(document, catalogue)


def group_below(node: Node | None, key: str) -> list[Pair]:
    """The variables below a key."""
    found = at(node, key)
    return [] if found is None else group(found)


def _step(step: Node, outside: list[Pair], catalogue: Catalogue) -> Iterator[Sighting]:
    uses = text(step, "uses")
    caller = None if uses is None else catalogue.action(uses.value)
    if uses is None or caller is None:
        return
    given = at(step, "with")
    pairs = [*outside, *group_below(step, "env"), *_routes(given)]
    provider = _routed(caller, pairs, catalogue)
    model = _model(given, pairs)
    region = _region(given, pairs) if is_regional(provider) else None
    name = None if model is None else model_name(located(model.value)[1])
    yield Sighting(
        provider,
        "config",
        uses.place,
        endpoint=_endpoint(uses.value, provider, catalogue),
        model=name,
        region=region or region_of(catalogue, provider, name),
        token=uses.value.partition("@")[0][:200],
    )
    if model is not None and name is not None:
        yield Sighting(provider, "config", model.place, model=name, region=region, token=name)
    for key, _ in entries(given):
        named = key.value.replace("-", "_")
        whose = caller if named.upper() == _KEYS.get(caller) else variable(catalogue, named.upper())
        if whose is not None and named not in _ROUTES:
            yield Sighting(_routed(whose, pairs, catalogue), "env", key.place, token=key.value[:200])


def _endpoint(uses: str, provider: str, catalogue: Catalogue) -> str | None:
    """What an action calls: a product's own way for actions, else an endpoint of the API."""
    what = "responses" if uses.startswith("openai/codex") else "chat"
    return catalogue.does(provider, "action") or catalogue.does(provider, what)


def _routes(given: Node | None) -> list[Pair]:
    """Inputs that choose the platform, as variables."""
    return [
        (Leaf(_ROUTES[name], key.place), value)
        for key, value in entries(given)
        if (name := key.value.replace("-", "_")) in _ROUTES and isinstance(value, Leaf)
    ]


def _routed(provider: str, pairs: list[Pair], catalogue: Catalogue) -> str:
    """Whom an action really calls: the variables beside it may choose a platform."""
    marker = Leaf(_KEYS.get(provider, ""), pairs[0][0].place) if pairs else None
    if marker is None or not marker.value:
        return provider
    for seen in environment([*pairs, (marker, Leaf("", marker.place))], catalogue):
        if seen.token == marker.value and seen.place == marker.place:
            return provider if seen.provider == catalogue.variable(marker.value) else seen.provider
    return provider


_KEYS: Final = {
    "anthropic-api": "ANTHROPIC_API_KEY",
    "claude-code": "ANTHROPIC_API_KEY",
    "gemini-api": "GEMINI_API_KEY",
    "openai-api": "OPENAI_API_KEY",
}
"""By vendor: a variable that goes where its clients go."""


def _model(given: Node | None, pairs: list[Pair]) -> Leaf | None:
    """The model that an action is to use."""
    found = first_text(given, *_MODELS)
    if found is not None:
        return found
    arguments = first_text(given, "claude_args", "args")
    match = None if arguments is None else _ARGUMENT.search(arguments.value[:4_000])
    if arguments is not None and match is not None:
        return Leaf(match[1], arguments.place)
    return next((value for name, value in pairs if name.value in {"ANTHROPIC_MODEL", "GEMINI_MODEL"}), None)


def _region(given: Node | None, pairs: list[Pair]) -> str | None:
    found = first_text(given, *_REGIONS)
    values = [found] if found is not None else []
    values += [
        value for name, value in pairs if name.value in {"AWS_REGION", "CLOUD_ML_REGION", "GOOGLE_CLOUD_LOCATION"}
    ]
    return next((one.value for one in values if re.fullmatch(r"[a-z]{2,}[a-z0-9-]{0,30}", one.value)), None)


def _commands(document: Node, catalogue: Catalogue) -> Iterator[Sighting]:
    """What commands install and call."""
    for path, node in nodes(document):
        if (
            isinstance(node, Leaf)
            and path
            and path[-1] in {"run", "script", "before_script", "command", "bash", "inlineScript"}
        ):
            yield from commands(node, catalogue)
