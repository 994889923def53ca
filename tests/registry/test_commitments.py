"""What the shipped registry makes of usages as people declare them: wrong passes that are closed, and what passes.

All rows are judged at once, by one policy for each rule.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest

from tests.command import ROOT
from vendorgate import Gate

AS_OF = datetime.date(2026, 11, 28)
TRAINING: Final = {"covered": "training_on_customer_data"}
RETENTION: Final = {"covered": "retention_zdr"}
RESIDENCY: Final = {"covered": "data_residency"}
BAA: Final = {"covered": "hipaa_baa"}
Part = Mapping[str, Any]

CLAUDE: Final = {"offering": "anthropic-api", "endpoints": ["messages"], "models": ["claude-opus-5"]}
CLAUDE_BAA: Final = {**CLAUDE, "agreements": ["baa"], "settings": {"hipaa_readiness": True}}
CLAUDE_US: Final = {**CLAUDE, "region": "us", "settings": {"inference_geo": "us", "workspace_geo": "us"}}
VERTEX: Final = {"offering": "gemini-vertex", "endpoints": ["generate content"], "models": ["gemini-2.5-pro"]}
VERTEX_CLAUDE: Final = {"offering": "claude-vertex", "models": ["claude-opus-5"]}
FIREWORKS: Final = {
    "offering": "fireworks-api",
    "endpoints": ["chat completions"],
    "models": ["accounts/fireworks/models/glm-5p3"],
}
QUIET_FIREWORKS: Final = {**FIREWORKS, "settings": {"content_logging": False, "data_sharing": False}}
MISTRAL: Final = {"offering": "mistral-la-plateforme", "endpoints": ["chat completions"], "models": ["mistral-large-3"]}
MISTRAL_ZDR: Final = {**MISTRAL, "agreements": ["zdr"], "settings": {"zero_data_retention": True}}
MISTRAL_EU: Final = {**MISTRAL, "region": "eu", "settings": {"endpoint_location": "eu"}}
ROUTED: Final = {"offering": "openrouter", "endpoints": ["chat completions"], "models": ["z-ai/glm-5.3"]}
VAULT: Final = {"offering": "cohere-api", "settings": {"deployment_type": "model_vault"}}
GROQ: Final = {"offering": "groq-api", "endpoints": ["chat completions"], "models": ["openai/gpt-oss-120b"]}
GROQ_ZDR: Final = {**GROQ, "settings": {"zero_data_retention": True}}
GROK: Final = {"offering": "xai-api", "endpoints": ["chat completions"], "models": ["grok-4.6"]}
GROK_US: Final = {**GROK, "region": "us", "settings": {"endpoint_location": "us"}}
SONAR: Final = {"offering": "perplexity-api", "endpoints": ["responses (agent)"], "models": ["sonar-pro"]}


def shares(usage: Part, shared: object) -> Part:
    """The usage with sharing declared."""
    return {**usage, "settings": {**usage.get("settings", {}), "data_sharing": shared}}


ROWS: Final[list[tuple[str, Part, Part, str]]] = [
    # Sharing that can be switched on is asked for.
    *(
        row
        for name, usage in {"claude": CLAUDE, "grok": GROK, "groq": GROQ, "fireworks": FIREWORKS}.items()
        for row in (
            (f"{name} shares", shares(usage, True), TRAINING, "fail"),
            (f"{name} shares in a word", shares(usage, "false"), TRAINING, "fail"),
            (f"{name} says nothing of sharing", usage, TRAINING, "unknown"),
            (f"{name} shares nothing", shares(usage, False), TRAINING, "pass"),
        )
    ),
    (
        "fireworks trains on its own models",
        {**QUIET_FIREWORKS, "models": ["accounts/fireworks/models/firefunction-v2"]},
        TRAINING,
        "fail",
    ),
    ("flux is none of them", {**QUIET_FIREWORKS, "models": ["accounts/fireworks/models/flux-1"]}, TRAINING, "pass"),
    ("opus on vertex, in a cyber programme or not", VERTEX_CLAUDE, TRAINING, "unknown"),
    (
        "opus on vertex, in a cyber programme",
        {**VERTEX_CLAUDE, "settings": {"cyber_verification_program": True}},
        TRAINING,
        "fail",
    ),
    ("an older opus on vertex", {**VERTEX_CLAUDE, "models": ["claude-opus-4-6"]}, TRAINING, "pass"),
    ("sonar", {**SONAR, "features": ["web_search"]}, TRAINING, "pass"),
    (
        "a preset names no model",
        {"offering": "perplexity-api", "endpoints": ["responses (agent)"]},
        TRAINING,
        "unknown",
    ),
    # Business associates.
    ("claude under a BAA", CLAUDE_BAA, BAA, "pass"),
    ("claude searches under a BAA", {**CLAUDE_BAA, "features": ["web_search"]}, BAA, "fail"),
    ("claude uses a computer under a BAA", {**CLAUDE_BAA, "features": ["computer_use"]}, BAA, "pass"),
    ("claude uses a browser under a BAA", {**CLAUDE_BAA, "features": ["browser_use"]}, BAA, "fail"),
    ("vertex under a BAA", {**VERTEX, "agreements": ["baa"]}, BAA, "pass"),
    ("vertex under a BAA, in preview", {**VERTEX, "agreements": ["baa"], "lifecycle": "preview"}, BAA, "fail"),
    (
        "vertex under a BAA, grounded",
        {**VERTEX, "agreements": ["baa"], "features": ["grounding_google_search"]},
        BAA,
        "fail",
    ),
    # Zero retention.
    (
        "fable at any place of its name",
        {**CLAUDE, "models": ["claude-fable-5-2"], "agreements": ["zdr"], "settings": {"zero_data_retention": True}},
        RETENTION,
        "fail",
    ),
    ("mistral without retention", MISTRAL_ZDR, RETENTION, "pass"),
    ("mistral in preview", {**MISTRAL_ZDR, "lifecycle": "preview"}, RETENTION, "fail"),
    ("mistral in labs", {**MISTRAL_ZDR, "models": ["labs-leanstral-1-5"], "lifecycle": "preview"}, RETENTION, "fail"),
    ("fireworks without logs", QUIET_FIREWORKS, RETENTION, "pass"),
    ("fireworks with logs", {**FIREWORKS, "settings": {"content_logging": True}}, RETENTION, "fail"),
    ("fireworks' own", {**QUIET_FIREWORKS, "models": ["accounts/fireworks/models/f1-mini"]}, RETENTION, "fail"),
    ("groq keeps nothing", GROQ_ZDR, RETENTION, "pass"),
    ("groq searches", {**GROQ_ZDR, "features": ["web_search"]}, RETENTION, "fail"),
    ("groq runs code", {**GROQ_ZDR, "features": ["code_execution"]}, RETENTION, "fail"),
    (
        "openrouter, where providers may keep for safety",
        {**ROUTED, "settings": {"zero_data_retention": True, "content_logging": False, "zdr_only": False}},
        RETENTION,
        "fail",
    ),
    (
        "openrouter, where nobody said so",
        {**ROUTED, "settings": {"zero_data_retention": True, "content_logging": False}},
        RETENTION,
        "unknown",
    ),
    (
        "openrouter, none but those that keep nothing",
        {**ROUTED, "settings": {"zero_data_retention": True, "content_logging": False, "zdr_only": True}},
        RETENTION,
        "pass",
    ),
    ("sonar's promise ended", {**SONAR, "endpoints": ["sonar chat completions"]}, RETENTION, "unknown"),
    ("deepseek has no such mode", {"offering": "deepseek-api"}, RETENTION, "fail"),
    # Places.
    ("claude in the US", CLAUDE_US, RESIDENCY, "pass"),
    ("claude's files", {**CLAUDE_US, "endpoints": ["files"]}, RESIDENCY, "fail"),
    ("an older claude in the US", {**CLAUDE_US, "models": ["claude-opus-4-5"]}, RESIDENCY, "fail"),
    (
        "opus at a single region",
        {**VERTEX_CLAUDE, "region": "eu", "settings": {"endpoint_location": "europe-west1"}},
        RESIDENCY,
        "fail",
    ),
    (
        "opus at a multi-region",
        {**VERTEX_CLAUDE, "region": "eu", "settings": {"endpoint_location": "eu"}},
        RESIDENCY,
        "pass",
    ),
    (
        "sonnet 4.6 at a single region",
        {"offering": "claude-vertex", "models": ["claude-sonnet-4-6"], "region": "eu", "cloud_region": "europe-west1"}
        | {"settings": {"endpoint_location": "europe-west1"}},
        RESIDENCY,
        "pass",
    ),
    (
        "an endpoint that sounds american",
        {**VERTEX, "region": "us", "settings": {"endpoint_location": "us-elsewhere"}},
        RESIDENCY,
        "fail",
    ),
    ("mistral's host in the EU", MISTRAL_EU, RESIDENCY, "pass"),
    ("conversations are nowhere", {**MISTRAL_EU, "endpoints": ["conversations"]}, RESIDENCY, "fail"),
    ("tools are elsewhere", {**MISTRAL_EU, "features": ["web_search"]}, RESIDENCY, "fail"),
    ("grok in the US", GROK_US, RESIDENCY, "pass"),
    ("a grok that was not read", {**GROK_US, "models": ["grok-4.7"]}, RESIDENCY, "fail"),
    (
        "dedicated in the US",
        {**FIREWORKS, "region": "us", "settings": {"deployment_type": "dedicated", "deployment_region": "us"}},
        RESIDENCY,
        "pass",
    ),
    (
        "dedicated is global by default",
        {**FIREWORKS, "region": "us", "settings": {"deployment_type": "dedicated"}},
        RESIDENCY,
        "unknown",
    ),
    (
        "an american variant",
        {**FIREWORKS, "models": ["accounts/fireworks/routers/glm-5p3-us"], "region": "us"},
        RESIDENCY,
        "pass",
    ),
    (
        "an enterprise account in the US",
        {**FIREWORKS, "tier": "enterprise", "region": "us"}
        | {"settings": {"endpoint_location": "us", "data_residency": "us"}},
        RESIDENCY,
        "pass",
    ),
    ("cohere's vault in the US", {**VAULT, "region": "us"}, RESIDENCY, "pass"),
    ("cohere's vault in the EU", {**VAULT, "region": "eu"}, RESIDENCY, "fail"),
    ("cohere's vault in the EU, agreed", {**VAULT, "region": "eu", "agreements": ["residency"]}, RESIDENCY, "pass"),
    ("cohere's vault in Japan, agreed", {**VAULT, "region": "jp", "agreements": ["residency"]}, RESIDENCY, "fail"),
    ("cohere's vault nowhere", VAULT, RESIDENCY, "unknown"),
]


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> Mapping[tuple[str, str], str]:
    """What came of each usage under each rule, by their places in the table."""
    folder: Path = tmp_path_factory.mktemp("commitments")
    rules = _rules()
    policies = [{"id": f"r{index}", "title": "R", "require": [rule]} for index, rule in enumerate(rules)]
    usages = [{"id": f"u{index}", "data": ["internal"], **_declared(row[1])} for index, row in enumerate(ROWS)]
    (folder / "policies").mkdir()
    (folder / "policies/p.yaml").write_text(json.dumps({"version": 1, "policies": policies}), encoding="utf-8")
    manifest = folder / "vendorgate.yaml"
    manifest.write_text(json.dumps({"version": 1, "project": "p", "usages": usages}), encoding="utf-8")
    checked = Gate(folder / "policies", ROOT / "registry-snapshot").check(manifest, as_of=AS_OF)
    return {(result.subject.usage, result.policy.id): result.outcome for result in checked.results}


def _declared(usage: Part) -> Part:
    """A usage without what a row takes out of it."""
    return {field: value for field, value in usage.items() if value is not None}


def _rules() -> list[Part]:
    found: list[Part] = []
    for _, _, rule, _ in ROWS:
        if rule not in found:
            found.append(rule)
    return found


@pytest.mark.parametrize("index", range(len(ROWS)), ids=[row[0] for row in ROWS])
def test_shipped_registry_decides(index: int, outcomes: Mapping[tuple[str, str], str]) -> None:
    _, _, rule, expected = ROWS[index]
    assert outcomes[f"u{index}", f"r{_rules().index(rule)}"] == expected
