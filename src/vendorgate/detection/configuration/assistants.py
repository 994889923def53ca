"""Coding assistants: aider, opencode, Claude Code, Codex, Gemini CLI, and servers that give them tools.

In: path and text, the catalogue. Out: sightings. A server of tools (MCP) is no vendor: only the variables that it gets
are told. Instructions (`CLAUDE.md`, `.cursor/rules`) say nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from ..catalogue.catalogue import Catalogue
from ..documents.by_name import documents
from ..documents.node import Leaf, at, branches, entries, first_text, items, text, walk
from ..documents.yaml_reader import read_yaml
from ..sighting import OPENAI_COMPATIBLE, Sighting
from .environment import Pair, environment
from .groups import addresses, group, variables
from .litellm import of_model
from .named import provider
from .telling import model_name, routed, use

_AIDER_MODELS: Final = ("model", "weak-model", "editor-model", "opus", "sonnet")


def extract_aider(path: str, text_: str, catalogue: Catalogue) -> Iterable[Sighting]:
    """aider's `.aider.conf.yml` and `.aider.model.settings.yml`."""
    for document in read_yaml(text_):
        base = first_text(document, "openai-api-base")
        for key in _AIDER_MODELS:
            model = text(document, key)
            if model is not None:
                yield from _of_aider(model, base, catalogue)
        for one in items(document):
            named = text(one, "name")
            if named is not None:
                yield from of_model(named, catalogue, at(one, "extra_params"), reach="optional")
        keys = [(_variable(key), value) for key, value in entries(document) if isinstance(value, Leaf)]
        yield from environment(keys, catalogue)


def _of_aider(model: Leaf, base: Leaf | None, catalogue: Catalogue) -> Iterator[Sighting]:
    whose, name = routed(catalogue, "litellm", model.value)
    if whose is not None:
        at_base = base if whose == "openai-api" else None
        yield from use(catalogue, whose, name, model.place, base=at_base, token=model.value)


def _variable(key: Leaf) -> Leaf:
    return Leaf(key.value.upper().replace("-", "_"), key.place)


def extract_opencode(path: str, text_: str, catalogue: Catalogue) -> Iterable[Sighting]:
    """opencode's models, by `provider/model`; a provider of one's own has its address beside it."""
    for document in documents(path, text_):
        bases = {name.value: text(one, "options", "baseURL") for name, one in entries(at(document, "provider"))}
        for keys, leaf in walk(document):
            if keys and keys[-1] in {"model", "small_model"} and "/" in leaf.value:
                yield from _of_opencode(leaf, bases.get(leaf.value.partition("/")[0]), catalogue)
        for name, one in entries(at(document, "provider")):
            for model, _ in entries(at(one, "models")):
                leaf = Leaf(f"{name.value}/{model.value}", model.place)
                yield from _of_opencode(leaf, bases.get(name.value), catalogue)
        yield from variables(document, catalogue)


def _of_opencode(leaf: Leaf, base: Leaf | None, catalogue: Catalogue) -> Iterator[Sighting]:
    whose, model = routed(catalogue, "opencode", leaf.value)
    if whose is None and base is not None:
        whose, model = OPENAI_COMPATIBLE, leaf.value.partition("/")[2]
    if whose is not None:
        yield from use(catalogue, whose, model, leaf.place, base=base, token=leaf.value)


def extract_claude(path: str, text_: str, catalogue: Catalogue) -> Iterable[Sighting]:
    """Claude Code's settings: its model, and the variables that choose the platform."""
    for document in documents(path, text_):
        pairs = group(at(document, "env") or document)
        model = text(document, "model")
        yield from environment(pairs, catalogue)
        if model is not None:
            whose, known = _platform(pairs, catalogue), model_name(model.value)
            yield Sighting(whose, "config", model.place, catalogue.does(whose, "chat"), known, token=known or whose)


def _platform(pairs: list[Pair], catalogue: Catalogue) -> str:
    """Whom Claude Code's calls reach: Anthropic as the product has it, or the platform that the variables choose."""
    itself = "claude-code" if "claude-code" in catalogue.providers else "anthropic-api"
    place = pairs[0][0].place if pairs else None
    if place is None:
        return itself
    key = (Leaf("ANTHROPIC_API_KEY", place), Leaf("", place))
    found = [one for one in environment([*pairs, key], catalogue) if one.token == "ANTHROPIC_API_KEY"]  # noqa: S105
    return found[-1].provider if found and found[-1].provider != "anthropic-api" else itself


def extract_codex(path: str, text_: str, catalogue: Catalogue) -> Iterable[Sighting]:
    """Codex: its model, at the provider that is chosen."""
    for document in documents(path, text_):
        for _, branch in branches(document):
            model, chosen = text(branch, "model"), text(branch, "model_provider")
            if model is None:
                continue
            chosen = chosen or text(document, "model_provider")
            base = text(document, "model_providers", chosen.value, "base_url") if chosen is not None else None
            whose = _of_codex(chosen, catalogue)
            does = "responses" if whose == "openai-api" else None
            yield from use(catalogue, whose, model.value, model.place, base=base, does=does)


def _of_codex(chosen: Leaf | None, catalogue: Catalogue) -> str:
    if chosen is None or chosen.value == "openai":
        return "openai-api"
    return provider(catalogue, chosen.value) or OPENAI_COMPATIBLE


def extract_gemini(path: str, text_: str, catalogue: Catalogue) -> Iterable[Sighting]:
    """Gemini CLI's model."""
    for document in documents(path, text_):
        model = text(document, "model") or text(document, "model", "name")
        if model is not None:
            yield from use(catalogue, "gemini-api", model.value, model.place)


def extract_tools(path: str, text_: str, catalogue: Catalogue) -> Iterable[Sighting]:
    """Servers of tools, and settings of editors: whose variables and addresses they hold."""
    for document in documents(path, text_):
        yield from variables(document, catalogue, "declared")
        yield from addresses(document, catalogue, "declared")
