"""What the shipped registry makes of usages of data platforms that serve models of many makers, and of a gateway."""

from __future__ import annotations

from typing import Any, Final

import pytest

from tests.registry.shipped import Part
from tests.registry.tables import Judged, Rows, seen, usage


def workers(model: str | None = "@cf/openai/gpt-oss-120b", **more: Any) -> Part:
    return usage("cloudflare-workers-ai", "run", model, **more)


def databricks(model: str | None = "databricks-gpt-oss-120b", **more: Any) -> Part:
    return usage("databricks-foundation-models", "chat completions", model, **more)


def vercel(model: str = "anthropic/claude-opus-4.6", **more: Any) -> Part:
    return usage("vercel-ai-gateway", "chat completions", model, **more)


def cortex(model: str | None = "llama3.3-70b", across: str | None = None, **more: Any) -> Part:
    settings = {"cortex_enabled_cross_region": across} if across else {}
    return usage("snowflake-cortex", "inference complete", model, settings=settings, **more)


def watsonx(endpoint: str | None = "text chat", model: str = "ibm/granite-4-h-small", **more: Any) -> Part:
    return usage("watsonx-ai", endpoint, model, **more)


ROWS: Final[Rows] = {
    "cloudflare in the EU": (workers(region="eu", tier="enterprise"), "residency", "fail"),
    "cloudflare has no regional services": (workers(tier="enterprise"), "no regional services", "pass"),
    "cloudflare does not train, by an undated page": (workers(settings={"data_sharing": False}), "training", "unknown"),
    "cloudflare's gateway passes on": (workers("openai/gpt-5.2", tier="enterprise"), "no regional services", "unknown"),
    "databricks trusts whoever asks": (databricks(), "configured", "pass"),
    "databricks keeps for 30 days": (databricks(), "retention", "fail"),
    "databricks keeps for 30 days by an undated page": (databricks(), "kept for a month", "unknown"),
    "databricks in the EU": (databricks(region="eu", settings={"cross_geo_processing": False}), "residency", "unknown"),
    "databricks across places": (databricks(region="eu", settings={"cross_geo_processing": True}), "residency", "fail"),
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
    "snowflake serves whoever pays": (cortex(), "for whoever pays", "pass"),
    "snowflake does not train, by a page that is too old": (cortex(), "training", "unknown"),
    "snowflake was audited, by a page that is too old": (cortex(), "audited", "unknown"),
    "snowflake by a model that nobody serves": (cortex("acme-model"), "for whoever pays", "unknown"),
    "snowflake anywhere": (cortex(across="ANY_REGION", region="us"), "residency", "fail"),
    "watsonx serves whoever pays": (watsonx(), "for whoever pays", "pass"),
    "watsonx has a trust centre": (watsonx(), "trust", "pass"),
    "watsonx keeps nothing, by a page that is too old": (watsonx(), "retention", "unknown"),
    "watsonx by its gateway": (
        watsonx("model gateway chat completions", features=["model_gateway"]),
        "training",
        "fail",
    ),
    "watsonx by its gateway, which is not said": (watsonx("model gateway chat completions"), "retention", "fail"),
    "watsonx by another vendor's model": (watsonx(model="openai/gpt-5.2"), "trust", "unknown"),
    "watsonx in Frankfurt, without a promise": (watsonx(region="eu"), "residency", "unknown"),
}
"""By a sentence: the usage, the rule, what must come of it."""
IF_READ: Final[Rows] = {
    "cloudflare does not train": (workers(settings={"data_sharing": False}), "training", "pass"),
    "cloudflare may have consent": (workers(), "training", "unknown"),
    "cloudflare by no model": (workers(None, settings={"data_sharing": False}), "training", "unknown"),
    "cloudflare keeps nothing beside, and promises nothing": (workers(), "retention", "unknown"),
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
        "unknown",
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
    "databricks keeps what it passes on": (databricks(features=["external_models"]), "kept for a month", "unknown"),
    "databricks under a BAA, by another profile": (
        databricks(agreements=["baa"], tier="enterprise", settings={"compliance_security_profile": "pci_dss"}),
        "baa",
        "fail",
    ),
    "databricks without a BAA": (
        databricks(tier="enterprise", settings={"compliance_security_profile": "hipaa"}),
        "baa",
        "fail",
    ),
    "databricks under a BAA": (
        databricks(agreements=["baa"], tier="enterprise", settings={"compliance_security_profile": "hipaa"}),
        "baa",
        "unknown",
    ),
    "vercel does not train": (vercel(settings={"disallow_prompt_training": True}), "training", "pass"),
    "vercel does not train, since nothing is kept": (
        vercel(settings={"zero_data_retention": True}),
        "training",
        "pass",
    ),
    "vercel trains by whomever it likes": (vercel(), "training", "unknown"),
    "vercel has a SOC 2": (vercel(), "audited", "pass"),
    "snowflake at home": (cortex(across="DISABLED", region="eu"), "residency", "pass"),
    "snowflake in the EU, whatever that has": (cortex(across="AWS_EU", region="eu"), "residency", "fail"),
    "snowflake in the EU under a claim of the US": (cortex(across="AWS_EU", region="us"), "residency", "fail"),
    "snowflake in Germany by the EU": (cortex(across="AWS_EU", region="de"), "residency", "fail"),
    "snowflake wherever AWS is": (cortex(across="AWS_GLOBAL", region="eu"), "residency", "fail"),
    "snowflake in two places": (cortex(across="AWS_US,AWS_EU", region="eu"), "residency", "fail"),
    "snowflake by nobody's word": (cortex(region="eu"), "residency", "unknown"),
    "snowflake at home, everywhere": (cortex(across="DISABLED", region="global"), "residency", "fail"),
    "snowflake at home, nowhere": (cortex(across="DISABLED"), "residency", "unknown"),
    "snowflake sends to OpenAI on Azure": (
        cortex(across="DISABLED", region="eu", features=["cortex_analyst_azure_openai"]),
        "residency",
        "fail",
    ),
    "snowflake in preview": (cortex(lifecycle="preview"), "training", "fail"),
    "snowflake does not train": (cortex(), "training", "pass"),
    "watsonx does not train": (watsonx(), "training", "pass"),
    "watsonx keeps nothing": (watsonx(), "retention", "pass"),
    "watsonx by its gateway and by the feature that nobody names": (
        watsonx("model gateway chat completions"),
        "no gateway",
        "unknown",
    ),
    "watsonx keeps what is saved": (watsonx(features=["saved_prompt_assets"]), "retention", "fail"),
    "watsonx by its gateway, read again": (
        watsonx("model gateway chat completions", features=["model_gateway"]),
        "retention",
        "fail",
    ),
    "watsonx without an endpoint": (watsonx(None), "training", "unknown"),
    "watsonx in Frankfurt, whatever the day": (watsonx(region="eu"), "residency", "unknown"),
}
"""The same, once every page has been read again."""
JUDGED: Final = seen(ROWS, IF_READ)


@pytest.mark.parametrize("name", ROWS)
def test_usage_comes_to(name: str, judged: Judged) -> None:
    _, rule, expected = ROWS[name]
    assert judged[(name, rule)] == expected


@pytest.mark.parametrize("name", IF_READ)
def test_usage_would_come_to(name: str, judged_if_read: Judged) -> None:
    _, rule, expected = IF_READ[name]
    assert judged_if_read[(name, rule)] == expected
