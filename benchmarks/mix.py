"""A fresh mix of usages, drawn by a seed: over offerings, models, endpoints, regions, data, tiers and settings.

Hardly one of them is another's twin, so that whatever is remembered must earn it. Drawn again where names contradict
what is declared, of which the functions written by hand know nothing. `kept` draws those of people who mind the rules;
otherwise each field is drawn by itself.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any, Final

from vendorgate.errors import Problem
from vendorgate.gate import Gate
from vendorgate.load.manifest import GivenManifest, manifest_from
from vendorgate.model.evaluation import Evaluation

OFFERINGS: Final = ("openai-api", "anthropic-api", "azure-openai", "claude-bedrock", "gemini-api")
DATA: Final = ("phi", "pii", "public", "internal", "confidential", "source_code", "financial", "synthetic")
SETTINGS: Final[Mapping[str, tuple[object, ...]]] = {
    "zero_data_retention": (True, True, False),
    "data_sharing": (False, False, True),
    "endpoint_location": ("us", "eu"),
    "external_web_access": (False, True),
    "enhanced_abuse_controls": (True, False),
    "hipaa_readiness": (True, False),
    "phi_in_schemas": (False, True),
    "inference_geo": ("us", "global"),
    "workspace_geo": ("us", "eu"),
    "content_logging": (False, True),
    "deployment_type": ("Standard", "DataZoneStandard", "GlobalStandard"),
    "data_retention_mode": ("none", "default", "inherit"),
    "model_invocation_logging": (False, True),
    "inference_profile": ("in_region", "us", "eu"),
    "store": (False, True),
    "session_resumption": (False, True),
    "billing": (True, False),
}
"""Of each setting the values that are drawn; the first is what rules want of it."""
GOOD: Final[Mapping[str, tuple[list[str], list[str]]]] = {
    "openai-api": (["responses", "embeddings", "chat completions"], ["gpt-5.2", "gpt-5.4-nano", "gpt-5.5"]),
    "anthropic-api": (["messages", "token counting"], ["claude-opus-5", "claude-sonnet-5", "claude-opus-4-8"]),
    "azure-openai": (["chat completions", "embeddings"], ["gpt-5.2", "gpt-5.4-nano", "gpt-5.5"]),
    "claude-bedrock": (["converse"], ["anthropic.claude-opus-4-7", "anthropic.claude-opus-4-8"]),
    "gemini-api": (["generate content"], ["gemini-3-pro"]),
}
"""Endpoints and models that hardly any rule minds."""
Usage = dict[str, Any]


def drawn(random: Random, gate: Gate, kept: bool) -> Usage:
    """One usage."""
    id = random.choice(OFFERINGS[:4] if kept else OFFERINGS)
    offering = gate.snapshot([id]).offerings[id]
    written, read = offering.written, {"data_sharing", *offering.settings_read}
    endpoints, models = GOOD[id] if kept else ([*(written.endpoints or ())], [*(written.models or ())])
    listed = [name.replace("*", "x").replace("?", "1") for name in random.sample(models, min(len(models), 2))]
    found: Usage = {
        "id": f"usage-{random.randrange(10**6)}",
        "purpose": "What it is for",
        "offering": id,
        "endpoints": random.sample(endpoints, random.randint(1, min(2, len(endpoints)))),
        "models": listed[: random.randint(1, 2)] if kept or random.random() < 0.9 else [*listed, "unheard-of"],
        "data": random.sample(DATA, random.randint(1, 3)),
        "subjects": random.sample(["us", "gb"] if kept else ["us", "de", "fr"], random.randint(1, 2)),
        "environment": random.choice(["production", "staging", "development"]),
        "tier": random.choice(["self_serve", "enterprise"] if kept else ["free", "self_serve", "enterprise"]),
        "features": random.sample(["streaming", "function_calling"], random.randint(0, 2)),
        "settings": {
            name: values[0] if kept else random.choice(values)
            for name, values in SETTINGS.items()
            if name in read and (kept or random.random() < 0.7)
        },
    }
    if kept or random.random() < 0.8:
        found["region"] = "us" if kept else random.choice(["us", "us", "eu", "de", "jp"])
    if not kept:
        found["lifecycle"] = random.choice(["ga", "ga", "preview"])
        features = random.sample(written.features or (), min(2, len(written.features or ())))
        found["features"] = [*found["features"], *(one for one in features if one not in found["features"])]
    return found


def given(usage: Usage, project: str, number: int) -> GivenManifest:
    """A manifest of one usage, as it is read."""
    owner = "health-platform@example.org"
    text = json.dumps({"version": 1, "project": project, "owner": owner, "usages": [usage]})
    path = f"manifest-{number}.yaml"
    problems: list[Problem] = []
    return GivenManifest(path, manifest_from(text.encode(), path, problems), tuple(problems))


Judged = tuple[GivenManifest, Evaluation]


def mix(gate: Gate, seed: int, count: int, kept: bool, today: datetime.date) -> Iterator[Judged]:
    """So many manifests of one usage, each with its evaluation."""
    random = Random(seed)
    while count:
        project = random.choice(["clinical-notes", "clinical-letters", "wiki"])
        read = given(drawn(random, gate, kept), project, count)
        found = gate.judge([read], as_of=today)
        if not any(subject.contradictions for subject in found.subjects):
            count -= 1
            yield read, found
