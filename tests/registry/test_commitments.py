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
KEPT_BRIEFLY: Final = {"<=": [{"var": "registry.retention_zdr.facts.retention_days"}, 30]}
AVAILABLE: Final = {"==": [{"var": "usage.lifecycle"}, "ga"]}
AUDITED: Final = {"documented": "soc2_type2"}
SEARCHES_NOT: Final = {"disjoint": [{"var": "usage.features"}, ["web_search"]]}
GROUNDS_NOT: Final = {"disjoint": [{"var": "usage.features"}, ["grounding_google_search"]]}
NOT_COMPOUND: Final = {"disjoint": [{"var": "usage.features"}, ["compound_systems"]]}
NO_AGENTS: Final = {"disjoint": [{"var": "usage.features"}, ["managed_agents"]]}
IN_THE_EU: Final = {"within": [{"var": "usage.region"}, "eu"]}
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
COMPOUND: Final = {**GROQ, "models": ["groq/compound-mini"]}
SEARCHES: Final = ["compound_systems", "web_search", "code_execution"]
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
    # What names say by themselves.
    ("a preview under the default", {**VERTEX, "models": ["gemini-3-pro-preview"]}, AVAILABLE, "unknown"),
    (
        "a preview that says so",
        {**VERTEX, "models": ["gemini-3-pro-preview"], "lifecycle": "preview"},
        AVAILABLE,
        "fail",
    ),
    ("no preview", VERTEX, AVAILABLE, "pass"),
    ("an experiment", {"offering": "gemini-api", "models": ["gemini-exp-1206"]}, AVAILABLE, "unknown"),
    ("nano banana in preview", {"offering": "gemini-api", "models": ["nano-banana-pro-preview"]}, AVAILABLE, "unknown"),
    ("mythos in preview", {**CLAUDE, "models": ["claude-mythos-preview"]}, AVAILABLE, "unknown"),
    ("mythos", {**CLAUDE, "models": ["claude-mythos-5"]}, AVAILABLE, "pass"),
    ("mythos on vertex in preview", {**VERTEX_CLAUDE, "models": ["claude-mythos-preview"]}, AVAILABLE, "unknown"),
    ("grok in beta", {**GROK, "models": ["grok-4.20-beta-0309"]}, AVAILABLE, "unknown"),
    ("grok", GROK, AVAILABLE, "pass"),
    ("labs", {**MISTRAL, "models": ["labs-leanstral-1-5"]}, AVAILABLE, "unknown"),
    ("nightly", {"offering": "cohere-api", "models": ["command-nightly"]}, AVAILABLE, "unknown"),
    ("deepseek's beta", {"offering": "deepseek-api", "endpoints": ["completions beta"]}, AVAILABLE, "unknown"),
    (
        "deepseek's experiment",
        {"offering": "deepseek-api", "models": ["deepseek-v4-flash-vision-exp"]},
        AVAILABLE,
        "unknown",
    ),
    ("a routed preview", {**ROUTED, "models": ["google/gemini-3-pro-preview:free"]}, AVAILABLE, "unknown"),
    ("a routed beta", {**ROUTED, "models": ["openrouter/horizon-beta"]}, AVAILABLE, "unknown"),
    ("a routed model", {**ROUTED, "models": ["mistralai/mistral-large-2512:nitro"]}, AVAILABLE, "pass"),
    (
        "a preview of the Hub",
        {"offering": "huggingface-inference", "models": ["Qwen/Qwen3-Max-Preview:together"]},
        AVAILABLE,
        "unknown",
    ),
    ("sonar without its search", SONAR, SEARCHES_NOT, "unknown"),
    ("sonar with its search", {**SONAR, "features": ["web_search"]}, SEARCHES_NOT, "fail"),
    ("online", {**ROUTED, "models": ["openai/gpt-5.2:online"]}, SEARCHES_NOT, "unknown"),
    ("offline", {**ROUTED, "models": ["openai/gpt-5.2"]}, SEARCHES_NOT, "pass"),
    ("routed sonar", {**ROUTED, "models": ["perplexity/sonar-pro"]}, SEARCHES_NOT, "unknown"),
    ("routed research", {**ROUTED, "models": ["openai/o3-deep-research"]}, SEARCHES_NOT, "unknown"),
    (
        "research at Google",
        {"offering": "gemini-api", "models": ["deep-research-pro-preview-12-2025"], "lifecycle": "preview"},
        GROUNDS_NOT,
        "unknown",
    ),
    ("compound systems", COMPOUND, NOT_COMPOUND, "unknown"),
    ("compound systems that are half said", {**COMPOUND, "features": ["web_search"]}, NOT_COMPOUND, "unknown"),
    ("compound systems that say so", {**COMPOUND, "features": SEARCHES}, NOT_COMPOUND, "fail"),
    ("a model of groq's", GROQ, NOT_COMPOUND, "pass"),
    (
        "an american variant in the EU",
        {**FIREWORKS, "models": ["accounts/fireworks/routers/glm-5p3-us"], "region": "eu"},
        IN_THE_EU,
        "unknown",
    ),
    ("agents without their feature", {**CLAUDE, "endpoints": ["managed agents"]}, NO_AGENTS, "unknown"),
    ("messages", CLAUDE, NO_AGENTS, "pass"),
    # Where clouds' regions lie.
    ("iowa in the EU", {**VERTEX, "region": "eu", "cloud_region": "us-central1"}, IN_THE_EU, "unknown"),
    ("london in the EU", {**VERTEX_CLAUDE, "region": "eu", "cloud_region": "europe-west2"}, IN_THE_EU, "unknown"),
    ("berlin in the EU", {**VERTEX, "region": "eu", "cloud_region": "europe-west10"}, IN_THE_EU, "pass"),
    ("berlin in germany", {**VERTEX, "region": "de", "cloud_region": "Europe West10"}, IN_THE_EU, "pass"),
    ("the multi-region", {**VERTEX, "region": "eu", "cloud_region": "eu"}, IN_THE_EU, "pass"),
    ("global in the EU", {**VERTEX, "region": "eu", "cloud_region": "global"}, IN_THE_EU, "unknown"),
    ("nowhere", {**VERTEX, "region": "eu", "cloud_region": "europe-west99"}, IN_THE_EU, "unknown"),
    # Models that an offering does not serve.
    ("claude among geminis", {**VERTEX, "models": ["claude-sonnet-5"]}, AUDITED, "unknown"),
    ("llama among geminis", {**VERTEX, "models": ["llama-4-scout-17b-16e-instruct-maas"]}, AUDITED, "unknown"),
    ("a deployment among geminis", {**VERTEX, "models": ["endpoints/1234567890"]}, AUDITED, "unknown"),
    ("glm among mistrals", {**MISTRAL, "models": ["zai-glm-5-3"]}, AUDITED, "unknown"),
    ("gpt among sonars", {**SONAR, "models": ["openai/gpt-5.2"]}, TRAINING, "fail"),
    ("an invented opus", {**CLAUDE, "models": ["claude-opus-9"]}, AUDITED, "unknown"),
    ("a deployment at fireworks", {**FIREWORKS, "models": ["accounts/acme/deployments/abc"]}, AUDITED, "unknown"),
    ("a router at fireworks", {**FIREWORKS, "models": ["accounts/fireworks/routers/auto"]}, AUDITED, "unknown"),
    # How long what is kept.
    ("messages for a month", CLAUDE, KEPT_BRIEFLY, "pass"),
    ("messages of fable for a month", {**CLAUDE, "models": ["claude-fable-5"]}, KEPT_BRIEFLY, "pass"),
    (
        "batches for a month",
        {**CLAUDE, "endpoints": ["messages", "batches"], "features": ["batch_processing", "prompt_caching"]},
        KEPT_BRIEFLY,
        "pass",
    ),
    (
        "files for ever",
        {**CLAUDE, "endpoints": ["messages", "files"], "features": ["files_api"]},
        KEPT_BRIEFLY,
        "unknown",
    ),
    ("agents for ever", {**CLAUDE, "features": ["managed_agents"]}, KEPT_BRIEFLY, "unknown"),
    ("skills for how long", {**CLAUDE, "features": ["agent_skills"]}, KEPT_BRIEFLY, "unknown"),
    ("claude, of no endpoint", {**CLAUDE, "endpoints": None}, KEPT_BRIEFLY, "unknown"),
    ("gemini for longer", {"offering": "gemini-api", "endpoints": ["generate content"]}, KEPT_BRIEFLY, "fail"),
    ("gemini's files", {"offering": "gemini-api", "endpoints": ["files"]}, KEPT_BRIEFLY, "unknown"),
    ("vertex for longer", VERTEX, KEPT_BRIEFLY, "fail"),
    ("groq's batches", {**GROQ, "endpoints": ["batches"], "features": ["batch_processing"]}, KEPT_BRIEFLY, "pass"),
    ("groq's fine-tuning", {**GROQ, "endpoints": ["fine-tuning jobs"]}, KEPT_BRIEFLY, "unknown"),
    ("groq's searches", {**GROQ, "features": ["web_search"]}, KEPT_BRIEFLY, "unknown"),
    ("responses at fireworks", {**FIREWORKS, "endpoints": ["responses"]}, KEPT_BRIEFLY, "pass"),
    ("jobs at fireworks", {**FIREWORKS, "endpoints": ["batch jobs"]}, KEPT_BRIEFLY, "unknown"),
    ("mistral for a month", MISTRAL, KEPT_BRIEFLY, "pass"),
    ("mistral's agents", {**MISTRAL, "endpoints": ["agents"]}, KEPT_BRIEFLY, "unknown"),
    ("grok for a month", GROK, KEPT_BRIEFLY, "pass"),
    ("grok's files", {**GROK, "endpoints": ["files"]}, KEPT_BRIEFLY, "unknown"),
    ("cohere for a month", {"offering": "cohere-api", "endpoints": ["chat", "datasets"]}, KEPT_BRIEFLY, "pass"),
    ("cohere's jobs", {"offering": "cohere-api", "endpoints": ["embed jobs"]}, KEPT_BRIEFLY, "unknown"),
    ("what openrouter's providers keep", ROUTED, KEPT_BRIEFLY, "unknown"),
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
