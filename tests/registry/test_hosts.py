"""What the shipped registry makes of usages of hosts, gateways and clouds of many makers' models, as people declare
them: what passes, what must fail, what must stay unknown, and the nearest wrong readings.

All rows are judged at once, by one policy for each rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pytest

from tests.registry.shipped import Part, as_if_read, outcomes


def fact(dimension: str, name: str, value: object) -> Part:
    return {"==": [{"var": f"registry.{dimension}.facts.{name}"}, value]}


RULES: Final[Mapping[str, Part]] = {
    **{
        short: {"covered": dimension}
        for short, dimension in {
            "training": "training_on_customer_data",
            "retention": "retention_zdr",
            "residency": "data_residency",
            "baa": "hipaa_baa",
            "dpa": "gdpr_dpa",
            "trust": "trust_center",
        }.items()
    },
    "code": {"covered": "gpai_cop"},
    "summary": {"covered": "art53_summary"},
    "audited": {"documented": "soc2_type2"},
    "iso": {"documented": "iso_27001"},
    "nothing kept": {"<=": [{"var": "registry.retention_zdr.facts.retention_days"}, 0]},
    "kept for a month": {"<=": [{"var": "registry.retention_zdr.facts.retention_days"}, 30]},
    "pii is barred": fact("hipaa_baa", "personal_data_allowed", False),
    "breach in two days": {"<=": [{"var": "registry.gdpr_dpa.facts.breach_notice_hours"}, 48]},
    "subprocessors are told": {">=": [{"var": "registry.gdpr_dpa.facts.subprocessor_notice_days"}, 14]},
    "for whoever pays": {"==": [{"var": "registry.training_on_customer_data.tier"}, "self_serve"]},
    "configured": {"==": [{"var": "registry.data_residency.default"}, "requires_config"]},
    "cleared by itself": {"==": [{"var": "registry.retention_zdr.default"}, "enabled"]},
    "no regional services": fact("data_residency", "regional_services", False),
    "the router keeps nothing": fact("retention_zdr", "router_retention_days", 0),
    "a Dutch contract": fact("gdpr_dpa", "headquarters_country", "nl"),
}


def usage(offering: str, endpoint: str | None, model: str | None, **more: Any) -> dict[str, Any]:
    names = {"endpoints": [endpoint] if endpoint else None, "models": [model] if model else None}
    return {"offering": offering, **{key: value for key, value in names.items() if value}, **more}


def cerebras(model: str | None = "gpt-oss-120b", endpoint: str | None = "chat completions", **more: Any) -> Part:
    return usage("cerebras-api", endpoint, model, **more)


def baseten(endpoint: str | None = "chat completions", model: str | None = "zai-org/GLM-5.3", **more: Any) -> Part:
    return usage("baseten", endpoint, model, **more)


def deepinfra(model: str | None = "zai-org/GLM-5.2", endpoint: str = "chat completions", **settings: Any) -> Part:
    return usage("deepinfra-api", endpoint, model, settings=settings)


def nebius(endpoint: str | None = "chat completions", zdr: object = True, **more: Any) -> Part:
    settings = {"zero_data_retention": zdr, **more.pop("settings", {})}
    return usage("nebius-token-factory", endpoint, "zai-org/GLM-5.3", settings=settings, **more)


def alibaba(place: str = "", model: str = "qwen3-max", endpoint: str = "chat completions", **settings: Any) -> Part:
    return usage("alibaba-model-studio", endpoint, model, settings=settings, **({"region": place} if place else {}))


def bailian(model: str = "qwen3-max", **more: Any) -> Part:
    return usage("alibaba-model-studio-china", "chat completions", model, **more)


def workers(model: str | None = "@cf/openai/gpt-oss-120b", **more: Any) -> Part:
    return usage("cloudflare-workers-ai", "run", model, **more)


def databricks(model: str | None = "databricks-gpt-oss-120b", **more: Any) -> Part:
    return usage("databricks-foundation-models", "chat completions", model, **more)


def replicate(model: str | None = "meta/llama-3-70b", endpoint: str = "predictions", **more: Any) -> Part:
    return usage("replicate-api", endpoint, model, **more)


def vercel(model: str = "anthropic/claude-opus-4.6", **more: Any) -> Part:
    return usage("vercel-ai-gateway", "chat completions", model, **more)


def in_place(region: str, place: str, kind: str = "dedicated") -> dict[str, Any]:
    """A deployment of a host, and the place that is claimed of it."""
    return {"region": region, "settings": {"deployment_type": kind, "deployment_region": place}}


NVIDIA: Final = usage("nvidia-nim-api", "chat completions", "meta/llama-3.3-70b-instruct")
SAMBANOVA: Final = usage("sambanova-cloud", "chat completions", "DeepSeek-V3.2")

ROWS: Final[Mapping[str, tuple[Part, str, str]]] = {
    # Cerebras.
    "cerebras keeps nothing": (cerebras(), "retention", "pass"),
    "cerebras keeps nothing, in days": (cerebras(), "nothing kept", "pass"),
    "cerebras does not train": (cerebras(), "training", "pass"),
    "cerebras by an endpoint that nobody named": (cerebras(endpoint=None), "retention", "unknown"),
    "cerebras by a model that nobody serves": (cerebras("gpt-oss-999b"), "training", "unknown"),
    "cerebras by a dedicated endpoint": (cerebras("acme-endpoint"), "retention", "unknown"),
    "cerebras by another maker's model": (cerebras("gpt-5.2"), "retention", "unknown"),
    "cerebras keeps nothing, and signs nothing": (cerebras(agreements=["baa"]), "baa", "unknown"),
    "cerebras in no place": (cerebras(region="us"), "residency", "unknown"),
    "cerebras has a report": (cerebras(), "audited", "pass"),
    "cerebras in the free tier": (cerebras(tier="free"), "training", "fail"),
    # Baseten.
    "baseten keeps nothing of a call": (baseten(), "retention", "pass"),
    "baseten keeps nothing of a prediction": (baseten("predict", None), "retention", "pass"),
    "baseten queues": (baseten("async predict", None), "retention", "fail"),
    "baseten queues for a time that one note names": (baseten("async predict", None), "kept for a month", "unknown"),
    "baseten caches weights": (baseten("predict", None, features=["weight_caching"]), "retention", "fail"),
    "baseten by an endpoint that nobody named": (baseten(None), "retention", "unknown"),
    "baseten by a deployment": (baseten("predict", "model-abc123"), "training", "unknown"),
    "baseten does not train": (baseten(), "training", "pass"),
    "baseten tells of sub-processors": (baseten(), "subprocessors are told", "pass"),
    "baseten under a BAA that nobody read": (
        baseten(agreements=["baa"], settings={"compliance_policy": "hipaa"}),
        "baa",
        "unknown",
    ),
    "baseten without a BAA": (baseten(settings={"compliance_policy": "hipaa"}), "baa", "fail"),
    "baseten in a place without a list": (
        baseten(region="us", tier="enterprise", settings={"compliance_policy_region": "us"}),
        "residency",
        "unknown",
    ),
    "baseten in a place that is not the policy's": (
        baseten(region="eu", tier="enterprise", settings={"compliance_policy_region": "us", "hosting": "baseten"}),
        "residency",
        "fail",
    ),
    # DeepInfra.
    "deepinfra does not train": (deepinfra(data_sharing=False), "training", "pass"),
    "deepinfra may have consent": (deepinfra(), "training", "unknown"),
    "deepinfra has consent": (deepinfra(data_sharing=True), "training", "fail"),
    "deepinfra resells claude": (deepinfra("anthropic/claude-opus-5", data_sharing=False), "training", "fail"),
    "deepinfra serves gemma": (deepinfra("google/gemma-3-27b-it", data_sharing=False), "training", "fail"),
    "deepinfra by no model": (deepinfra(None, data_sharing=False), "training", "unknown"),
    "deepinfra by an invention": (deepinfra("zai-org/GLM-99", data_sharing=False), "training", "unknown"),
    "deepinfra keeps nothing": (deepinfra(), "retention", "pass"),
    "deepinfra keeps what google gets": (deepinfra("google/gemini-2.5-pro"), "retention", "fail"),
    "deepinfra keeps bulk jobs": (deepinfra(endpoint="batches"), "retention", "fail"),
    "deepinfra keeps images": (deepinfra("black-forest-labs/FLUX-1-schnell", "images"), "retention", "fail"),
    "deepinfra makes images by its own endpoint, too": (deepinfra(endpoint="inference"), "retention", "fail"),
    "deepinfra in the EU": ({**deepinfra(), "region": "eu"}, "residency", "fail"),
    "deepinfra has a certificate": (deepinfra(), "iso", "pass"),
    "deepinfra has a SOC 2 of some type": (deepinfra(), "audited", "unknown"),
    # Nebius.
    "nebius without retention": (nebius(), "retention", "pass"),
    "nebius without training": (nebius(), "training", "pass"),
    "nebius as it comes": (nebius(zdr=False), "training", "fail"),
    "nebius as nobody says": (nebius(settings={"store": False}, zdr="on request"), "retention", "fail"),
    "nebius with nothing declared": (
        usage("nebius-token-factory", "chat completions", "zai-org/GLM-5.3"),
        "training",
        "unknown",
    ),
    "nebius keeps batches": (nebius("batches", features=["batch_processing"]), "retention", "fail"),
    "nebius keeps files": (nebius("files"), "training", "fail"),
    "nebius keeps what its lab gets": (nebius(features=["data_lab"]), "retention", "fail"),
    "nebius keeps for no time that is known": (nebius(), "kept for a month", "unknown"),
    "nebius in the EU": (nebius(**in_place("eu", "eu")), "residency", "pass"),
    "nebius in Finland": (nebius(**in_place("fi", "fi")), "residency", "pass"),
    "nebius in Germany, where it is not": (nebius(**in_place("de", "de")), "residency", "fail"),
    "nebius in the EU, deployed in the US": (nebius(**in_place("eu", "us")), "residency", "fail"),
    "nebius by a public endpoint that shows the EU": (nebius(**in_place("eu", "eu", "public")), "residency", "fail"),
    "nebius in the EU by nothing": (nebius(region="eu"), "residency", "unknown"),
    "nebius in the UK": (nebius(**in_place("gb", "gb")), "residency", "fail"),
    "nebius is Dutch": (nebius(), "a Dutch contract", "pass"),
    "nebius under HIPAA": (nebius(agreements=["baa"]), "baa", "unknown"),
    # NVIDIA.
    "nvidia trains": (NVIDIA, "training", "fail"),
    "nvidia trains whatever is set": ({**NVIDIA, "settings": {"data_sharing": False}}, "training", "fail"),
    "nvidia under a BAA": ({**NVIDIA, "agreements": ["baa"]}, "baa", "fail"),
    "nvidia bars personal data": (NVIDIA, "pii is barred", "pass"),
    "nvidia keeps for nobody knows how long": (NVIDIA, "retention", "unknown"),
    "nvidia by a container of one's own": ({**NVIDIA, "models": ["acme/nim"]}, "pii is barred", "unknown"),
    # SambaNova.
    "sambanova by a forum": (SAMBANOVA, "training", "unknown"),
    "sambanova by a forum, in the free tier": ({**SAMBANOVA, "tier": "free"}, "retention", "fail"),
    "sambanova keeps for nobody knows how long": (SAMBANOVA, "kept for a month", "unknown"),
    "sambanova asks for no plan": (SAMBANOVA, "for whoever pays", "pass"),
    "sambanova's trust centre": (SAMBANOVA, "trust", "unknown"),
    # Alibaba, told apart by host.
    "alibaba does not train": (alibaba(data_sharing=False), "training", "pass"),
    "alibaba may have consent": (alibaba(), "training", "unknown"),
    "alibaba serves another maker's model": (alibaba(model="glm-5.2", data_sharing=False), "training", "fail"),
    "alibaba by a model that nobody serves": (alibaba(model="qwen99-max", data_sharing=False), "training", "unknown"),
    "alibaba in the scope of the EU": (alibaba("eu", service_deployment_scope="european_union"), "residency", "pass"),
    "alibaba in Frankfurt, which is global": (alibaba("eu", service_deployment_scope="global"), "residency", "fail"),
    "alibaba in Germany, which the scope does not hold": (
        alibaba("de", service_deployment_scope="european_union"),
        "residency",
        "fail",
    ),
    "alibaba in the EU, by nobody's word": (alibaba("eu"), "residency", "unknown"),
    "alibaba in the US by the EU's scope": (
        alibaba("us", service_deployment_scope="european_union"),
        "residency",
        "fail",
    ),
    "alibaba in Singapore": (alibaba("sg", service_deployment_scope="international"), "residency", "fail"),
    "alibaba says two things of keeping": (alibaba(), "retention", "unknown"),
    "alibaba keeps for nobody knows how long": (alibaba(), "kept for a month", "unknown"),
    "alibaba sums up what it trained on": (alibaba(), "summary", "pass"),
    "alibaba sums up nothing of other makers": (alibaba(model="kimi-k2.7-code"), "summary", "fail"),
    "bailian in China": (bailian(region="cn"), "residency", "pass"),
    "bailian in the EU": (bailian(region="eu"), "residency", "fail"),
    "bailian nowhere": (bailian(), "residency", "unknown"),
    "bailian by the other site's notice": (bailian(settings={"data_sharing": False}), "training", "unknown"),
    # Cloudflare.
    "cloudflare in the EU": (workers(region="eu", tier="enterprise"), "residency", "fail"),
    "cloudflare has no regional services": (workers(tier="enterprise"), "no regional services", "pass"),
    "cloudflare does not train, by an undated page": (workers(settings={"data_sharing": False}), "training", "unknown"),
    "cloudflare's gateway passes on": (workers("openai/gpt-5.2"), "no regional services", "unknown"),
    # Databricks.
    "databricks trusts whoever asks": (databricks(), "configured", "pass"),
    "databricks keeps for 30 days": (databricks(), "retention", "fail"),
    "databricks keeps for 30 days by an undated page": (databricks(), "kept for a month", "unknown"),
    "databricks in the EU": (databricks(region="eu", settings={"cross_geo_processing": False}), "residency", "unknown"),
    "databricks across places": (databricks(region="eu", settings={"cross_geo_processing": True}), "residency", "fail"),
    # Replicate.
    "replicate keeps for an hour": (replicate(), "retention", "fail"),
    "replicate clears by itself": (replicate(), "cleared by itself", "pass"),
    "replicate says nothing of training": (replicate(), "training", "unknown"),
    # Vercel.
    "vercel without retention": (vercel(settings={"zero_data_retention": True}), "retention", "pass"),
    "vercel as it comes": (vercel(), "retention", "unknown"),
    "vercel with retention": (vercel(settings={"zero_data_retention": False}), "retention", "fail"),
    "vercel without training is not without retention": (
        vercel(settings={"disallow_prompt_training": True}),
        "retention",
        "unknown",
    ),
    "vercel for free": (vercel(tier="free", settings={"zero_data_retention": True}), "retention", "fail"),
    "vercel with a key of one's own": (
        vercel(features=["byok"], settings={"zero_data_retention": True}),
        "retention",
        "fail",
    ),
    "vercel searches": (
        vercel("perplexity/sonar", features=["web_search"], settings={"zero_data_retention": True}),
        "retention",
        "fail",
    ),
    "vercel searches and says nothing of it": (
        vercel("perplexity/sonar-pro", settings={"zero_data_retention": True}),
        "retention",
        "unknown",
    ),
    "vercel keeps nothing, whatever the providers do": (vercel(), "nothing kept", "unknown"),
    "vercel itself keeps nothing": (vercel(), "the router keeps nothing", "pass"),
    "vercel in the EU, after a stop anywhere": (
        vercel(region="eu", settings={"inference_region": "eu"}),
        "residency",
        "unknown",
    ),
    "vercel in the US under a claim of the EU": (
        vercel(region="eu", settings={"inference_region": "us"}),
        "residency",
        "fail",
    ),
}
"""By a sentence: the usage, the rule, what must come of it."""
IF_READ: Final[Mapping[str, tuple[Part, str, str]]] = {
    "cloudflare does not train": (workers(settings={"data_sharing": False}), "training", "pass"),
    "cloudflare may have consent": (workers(), "training", "unknown"),
    "cloudflare by no model": (workers(None, settings={"data_sharing": False}), "training", "unknown"),
    "cloudflare keeps nothing": (workers(), "retention", "pass"),
    "cloudflare keeps nothing for a time": (workers(), "nothing kept", "unknown"),
    "cloudflare behind its gateway": (workers(features=["ai_gateway"]), "retention", "unknown"),
    "cloudflare behind its gateway, which logs": (
        workers(features=["ai_gateway"], settings={"collect_log_payload": True}),
        "retention",
        "fail",
    ),
    "cloudflare behind its gateway, which logs nothing": (
        workers(features=["ai_gateway"], settings={"collect_log_payload": False}),
        "retention",
        "pass",
    ),
    "cloudflare with a store": (workers(features=["kv"]), "retention", "fail"),
    "cloudflare has a SOC 2 of some service": (workers(), "audited", "unknown"),
    "databricks does not train": (databricks(), "training", "pass"),
    "databricks does not train in a free account": (databricks(tier="free"), "training", "fail"),
    "databricks passes on": (databricks(features=["external_models"]), "training", "fail"),
    "databricks by an endpoint of one's own": (databricks("acme-gpt"), "training", "unknown"),
    "databricks keeps, and no day changes that": (databricks(), "retention", "fail"),
    "databricks keeps open weights' prompts for a month": (databricks(), "kept for a month", "pass"),
    "databricks keeps a partner's prompts": (databricks("databricks-claude-opus-5"), "kept for a month", "unknown"),
    "databricks in no place that a page names": (
        databricks(region="eu", settings={"cross_geo_processing": False}),
        "residency",
        "unknown",
    ),
    "databricks under a BAA": (
        databricks(agreements=["baa"], tier="enterprise", settings={"compliance_security_profile": "hipaa"}),
        "baa",
        "unknown",
    ),
    "replicate keeps, and no day changes that": (replicate(), "retention", "fail"),
    "replicate keeps for a month at most": (replicate(), "kept for a month", "pass"),
    "replicate keeps more than nothing": (replicate(), "nothing kept", "fail"),
    "replicate keeps what its web site makes": (replicate(features=["web_interface"]), "kept for a month", "unknown"),
    "replicate passes on to another vendor": (replicate("openai/gpt-5"), "kept for a month", "unknown"),
    "replicate runs open weights": (replicate("openai/gpt-oss-120b"), "kept for a month", "pass"),
    "replicate keeps trainings": (
        replicate(endpoint="trainings", features=["fine_tuning"]),
        "kept for a month",
        "unknown",
    ),
    "replicate by a name without an owner": (replicate("gpt-5"), "kept for a month", "unknown"),
    "vercel does not train": (vercel(settings={"disallow_prompt_training": True}), "training", "pass"),
    "vercel does not train, since nothing is kept": (
        vercel(settings={"zero_data_retention": True}),
        "training",
        "pass",
    ),
    "vercel trains by whomever it likes": (vercel(), "training", "unknown"),
    "vercel has a SOC 2": (vercel(), "audited", "pass"),
}
"""The same of the registry as it will be once every cell has a day."""
JUDGED: Final = tuple((usage["offering"], outcome) for usage, _, outcome in (*ROWS.values(), *IF_READ.values()))


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Mapping[tuple[str, str], str]:
    return outcomes(tmp_path_factory.mktemp("registry"), {name: row[0] for name, row in ROWS.items()}, RULES)


@pytest.mark.parametrize("name", ROWS)
def test_usage_comes_to(name: str, judged: Mapping[tuple[str, str], str]) -> None:
    _, rule, expected = ROWS[name]
    assert judged[(name, rule)] == expected


@pytest.fixture(scope="module")
def judged_if_read(tmp_path_factory: pytest.TempPathFactory) -> Mapping[tuple[str, str], str]:
    folder = tmp_path_factory.mktemp("registry")
    registry = as_if_read(folder / "read", sorted({row[0]["offering"] for row in IF_READ.values()}))
    rules = {rule: RULES[rule] for _, rule, _ in IF_READ.values()}
    return outcomes(folder, {name: row[0] for name, row in IF_READ.items()}, rules, registry)


@pytest.mark.parametrize("name", IF_READ)
def test_usage_would_come_to(name: str, judged_if_read: Mapping[tuple[str, str], str]) -> None:
    _, rule, expected = IF_READ[name]
    assert judged_if_read[(name, rule)] == expected
