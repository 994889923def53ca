"""What the shipped registry makes of usages of OpenAI and of the offerings of AWS and Azure, as people declare them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pytest

from tests.registry.shipped import Part, outcomes

COVERED: Final = {
    dimension: {"covered": dimension}
    for dimension in ("training_on_customer_data", "hipaa_baa", "retention_zdr", "data_residency", "gdpr_dpa")
}


def usage(offering: str, endpoint: str | None, model: str | None, **more: Any) -> dict[str, Any]:
    names = {"endpoints": [endpoint] if endpoint else None, "models": [model] if model else None}
    return {"offering": offering, **{key: value for key, value in names.items() if value}, **more}


def openai(endpoint: str = "responses", model: str = "gpt-5.2-2025-12-11", **more: Any) -> dict[str, Any]:
    return usage("openai-api", endpoint, model, **more)


def approved(**settings: Any) -> dict[str, Any]:
    """What an account at OpenAI needs for PHI."""
    return {"agreements": ["baa", "zdr"], "settings": {"zero_data_retention": True, **settings}}


def placed(region: str, **settings: Any) -> dict[str, Any]:
    """What a project at OpenAI needs outside the US."""
    return {
        "region": region,
        "agreements": ["zdr", "residency"],
        "settings": {"zero_data_retention": True, "endpoint_location": region, **settings},
    }


def american(**settings: Any) -> dict[str, Any]:
    return {"region": "us", "agreements": ["residency"], "settings": {"endpoint_location": "us", **settings}}


def bedrock(model: str | None = "anthropic.claude-opus-4-8", offering: str = "claude-bedrock", **more: Any) -> Part:
    return usage(offering, "converse", model, **more)


def kept(mode: str, **more: Any) -> dict[str, Any]:
    return {"settings": {"data_retention_mode": mode, "model_invocation_logging": False, **more}}


def azure(endpoint: str = "chat completions", model: str = "gpt-5.2", **more: Any) -> dict[str, Any]:
    return usage("azure-openai", endpoint, model, **more)


OPUS_US: Final = {"offering": "claude-platform-aws", "endpoints": ["messages"], "models": ["claude-opus-5"]}
US_SETTINGS: Final = {"inference_geo": "us", "workspace_geo": "us"}

ROWS: Final[Mapping[str, tuple[Part, str, str]]] = {
    # OpenAI: business associates.
    "responses under a BAA": (openai(**approved()), "hipaa_baa", "pass"),
    "a listed feature": (openai(features=["structured_outputs", "image_input"], **approved()), "hipaa_baa", "pass"),
    "an unlisted feature": (openai(features=["computer_use"], **approved()), "hipaa_baa", "fail"),
    "in preview": (openai(lifecycle="preview", **approved()), "hipaa_baa", "fail"),
    "web search without live access": (
        openai(features=["web_search"], **approved(external_web_access=False)),
        "hipaa_baa",
        "pass",
    ),
    "web search on another endpoint": (
        openai("chat completions", features=["web_search"], **approved(external_web_access=False)),
        "hipaa_baa",
        "fail",
    ),
    # OpenAI: places.
    "the US by its host": (openai(**american()), "data_residency", "pass"),
    "the US by no host": (openai(region="us", agreements=["residency"]), "data_residency", "unknown"),
    "the US by the general host": (
        openai(**american(endpoint_location="global")),
        "data_residency",
        "fail",
    ),
    "videos are in no table": (openai("videos", "sora-2", **american()), "data_residency", "fail"),
    "threads are in no table": (openai("threads", **american()), "data_residency", "fail"),
    "gpt-4 is in no table": (openai("chat completions", "gpt-4", **american()), "data_residency", "fail"),
    "a snapshot of gpt-4o is": (
        openai("chat completions", "gpt-4o-2024-11-20", **american()),
        "data_residency",
        "pass",
    ),
    "a third party's server": (openai(features=["mcp"], **american()), "data_residency", "fail"),
    "the EU": (openai(**placed("eu")), "data_residency", "pass"),
    "the EU without the amendment": (openai(**{**placed("eu"), "agreements": ["zdr"]}), "data_residency", "fail"),
    "the EU by another host": (openai(**placed("eu", endpoint_location="us")), "data_residency", "fail"),
    "legacy completions in the EU": (openai("completions", **placed("eu")), "data_residency", "fail"),
    "images in the EU": (openai("images", "gpt-image-2", **placed("eu")), "data_residency", "unknown"),
    "images in the EU, plain controls": (
        openai("images", "gpt-image-2", **placed("eu", enhanced_abuse_controls=False)),
        "data_residency",
        "fail",
    ),
    "images in the EU, enhanced controls": (
        openai("images", "gpt-image-2", **placed("eu", enhanced_abuse_controls=True)),
        "data_residency",
        "pass",
    ),
    "realtime in the EU": (openai("realtime", "gpt-realtime", **placed("eu")), "data_residency", "pass"),
    "realtime in Japan": (openai("realtime", "gpt-realtime", **placed("jp")), "data_residency", "fail"),
    "background mode in the EU": (openai(features=["background_mode"], **placed("eu")), "data_residency", "fail"),
    "sol in the EU, at priority": (
        openai(model="gpt-6-sol", features=["priority_processing"], **placed("eu")),
        "data_residency",
        "fail",
    ),
    "others in the EU, at priority": (
        openai(features=["priority_processing"], **placed("eu")),
        "data_residency",
        "pass",
    ),
    # Bedrock: a mode that permits sharing.
    **{
        f"{offering} in mode {mode}": (bedrock(None, offering, **kept(mode)), "training_on_customer_data", expected)
        for offering in ("claude-bedrock", "llama-bedrock", "amazon-nova-bedrock", "openai-bedrock")
        for mode, expected in {
            "none": "pass",
            "default": "pass",
            "aws_review": "pass",
            "provider_data_share": "fail",
            "inherit": "fail",
        }.items()
    },
    "claude in no mode that is told": (bedrock(), "training_on_customer_data", "unknown"),
    "claude keeps nothing": (bedrock(**kept("none")), "retention_zdr", "pass"),
    "sonnet 5.5 was not read": (bedrock("anthropic.claude-sonnet-5-5", **kept("none")), "retention_zdr", "fail"),
    "claude under the addendum": (bedrock(agreements=["baa"]), "hipaa_baa", "pass"),
    "claude under the addendum, in preview": (bedrock(agreements=["baa"], lifecycle="preview"), "hipaa_baa", "fail"),
    "haiku 5.5 was not read": (bedrock("anthropic.claude-haiku-5-5", agreements=["baa"]), "hipaa_baa", "fail"),
    "sonnet 5.5 by contract": (bedrock("anthropic.claude-sonnet-5-5"), "gdpr_dpa", "pass"),
    "gpt-oss keeps nothing": (
        bedrock("openai.gpt-oss-20b-1:0", "openai-bedrock", **kept("none")),
        "retention_zdr",
        "pass",
    ),
    "an EU profile": (
        bedrock("eu.anthropic.claude-opus-4-8", region="eu", settings={"inference_profile": "eu"}),
        "data_residency",
        "pass",
    ),
    "one region": (
        bedrock(region="eu", cloud_region="eu-west-3", settings={"inference_profile": "in_region"}),
        "data_residency",
        "pass",
    ),
    "one country by an EU profile": (
        bedrock(region="de", settings={"inference_profile": "eu"}),
        "data_residency",
        "fail",
    ),
    # Azure.
    "azure trains on nothing": (azure(), "training_on_customer_data", "pass"),
    "azure's previews": (azure(lifecycle="preview"), "training_on_customer_data", "fail"),
    "azure keeps nothing": (azure(agreements=["zdr"], settings={"content_logging": False}), "retention_zdr", "pass"),
    "azure keeps previews": (
        azure(lifecycle="preview", agreements=["zdr"], settings={"content_logging": False}),
        "retention_zdr",
        "fail",
    ),
    "azure in Frankfurt": (
        azure(region="de", cloud_region="Germany West Central", settings={"deployment_type": "Standard"}),
        "data_residency",
        "pass",
    ),
    "azure anywhere": (azure(region="eu", settings={"deployment_type": "GlobalStandard"}), "data_residency", "fail"),
    "foundry's web search": (
        usage(
            "claude-foundry",
            "messages",
            "claude-opus-5",
            region="us",
            features=["web_search"],
            settings={"hosting": "hosted_on_azure", "deployment_type": "DataZoneStandard"},
        ),
        "data_residency",
        "fail",
    ),
    # Claude Platform on AWS.
    "claude on AWS shares nothing": (
        {**OPUS_US, "settings": {"data_sharing": False}},
        "training_on_customer_data",
        "pass",
    ),
    "claude on AWS shares": ({**OPUS_US, "settings": {"data_sharing": True}}, "training_on_customer_data", "fail"),
    "claude on AWS says nothing": (OPUS_US, "training_on_customer_data", "unknown"),
    "claude on AWS in the US": ({**OPUS_US, "region": "us", "settings": US_SETTINGS}, "data_residency", "pass"),
    "claude on AWS, by inference alone": (
        {**OPUS_US, "region": "us", "settings": {"inference_geo": "us"}},
        "data_residency",
        "unknown",
    ),
    "an older claude on AWS": (
        {**OPUS_US, "models": ["claude-opus-4-1"], "region": "us", "settings": US_SETTINGS},
        "data_residency",
        "fail",
    ),
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Mapping[tuple[str, str], str]:
    usages = {name: declared for name, (declared, _, _) in ROWS.items()}
    return outcomes(tmp_path_factory.mktemp("clouds"), usages, COVERED)


@pytest.mark.parametrize("name", ROWS)
def test_shipped_registry_decides(name: str, found: Mapping[tuple[str, str], str]) -> None:
    _, dimension, expected = ROWS[name]
    assert found[name, dimension] == expected
