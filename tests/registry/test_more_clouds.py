"""What the shipped registry makes of usages of further clouds: Alibaba's two sites, Oracle's, and JumpStart."""

from __future__ import annotations

from typing import Any, Final

import pytest

from tests.registry.shipped import Part
from tests.registry.tables import Judged, Rows, seen, usage


def alibaba(place: str = "", model: str = "qwen3-max", endpoint: str = "chat completions", **settings: Any) -> Part:
    return usage("alibaba-model-studio", endpoint, model, settings=settings, **({"region": place} if place else {}))


def bailian(model: str = "qwen3-max", **more: Any) -> Part:
    return usage("alibaba-model-studio-china", "chat completions", model, **more)


def oracle(model: str | None = "meta.llama-3.3-70b-instruct", endpoint: str = "chat", **more: Any) -> Part:
    return usage("oci-generative-ai", endpoint, model, **more)


def jumpstart(model: str | None = "meta-textgeneration-llama-3-1-8b", **more: Any) -> Part:
    return usage("sagemaker-jumpstart", "invoke endpoint", model, **more)


FRANKFURT: Final[Part] = {"region": "eu", "cloud_region": "eu-frankfurt-1"}

ROWS: Final[Rows] = {
    "alibaba does not train": (alibaba(data_sharing=False), "training", "pass"),
    "alibaba may have consent": (alibaba(), "training", "unknown"),
    "alibaba serves another maker's model": (alibaba(model="glm-5.2", data_sharing=False), "training", "fail"),
    "alibaba by a model that nobody serves": (alibaba(model="qwen99-max", data_sharing=False), "training", "unknown"),
    "alibaba in the scope of the EU": (alibaba("eu", service_deployment_scope="european_union"), "residency", "pass"),
    "alibaba in the scope of the US": (alibaba("us", service_deployment_scope="united_states"), "residency", "pass"),
    "alibaba in Hong Kong": (alibaba("hk", service_deployment_scope="hong_kong"), "residency", "pass"),
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
    "alibaba in preview, which is not said": (alibaba(model="qwen3-max-preview"), "available", "unknown"),
    "alibaba says two things of keeping": (alibaba(), "retention", "unknown"),
    "alibaba keeps for nobody knows how long": (alibaba(), "kept for a month", "unknown"),
    "alibaba sums up what it trained on": (alibaba(), "summary", "pass"),
    "alibaba sums up nothing of other makers": (alibaba(model="kimi-k2.7-code"), "summary", "fail"),
    "bailian in China": (
        bailian(region="cn", settings={"service_deployment_scope": "chinese_mainland"}),
        "residency",
        "pass",
    ),
    "bailian in China, by nobody's word": (bailian(region="cn"), "residency", "unknown"),
    "bailian in the elastic zone": (
        bailian(region="cn", settings={"service_deployment_scope": "china_elastic_zone"}),
        "residency",
        "fail",
    ),
    "bailian in the EU": (bailian(region="eu"), "residency", "fail"),
    "bailian sums up what it trained on": (bailian(), "summary", "pass"),
    "bailian by a model that nobody serves": (bailian("gpt-5.2"), "for whoever pays", "unknown"),
    "bailian nowhere": (bailian(), "residency", "unknown"),
    "bailian by the other site's notice": (bailian(settings={"data_sharing": False}), "training", "unknown"),
    "oracle serves whoever pays": (oracle(), "for whoever pays", "pass"),
    "oracle does not train, by a page without a sentence on it": (oracle(), "training", "unknown"),
    "oracle in Frankfurt by an undated page": (oracle(**FRANKFURT), "residency", "unknown"),
    "oracle by a model that it does not run": (oracle("openai.gpt-5"), "for whoever pays", "unknown"),
    "gemini on oracle is google's": (oracle("google.gemini-2.5-pro", **FRANKFURT), "residency", "fail"),
    "jumpstart under the terms of AWS": (jumpstart(), "dpa", "pass"),
    "jumpstart's trust centre": (jumpstart(), "trust", "pass"),
    "jumpstart by an endpoint's name": (jumpstart("acme-endpoint"), "dpa", "unknown"),
    "jumpstart under a BAA, labelled by strangers": (
        jumpstart(features=["public_workforce"], agreements=["baa"]),
        "baa",
        "fail",
    ),
    "jumpstart keeps for nobody knows how long": (jumpstart(), "retention", "unknown"),
    "jumpstart does not train, says a seller": (jumpstart(features=["marketplace_models"]), "training", "unknown"),
    "jumpstart in a region": (jumpstart(region="eu", cloud_region="eu-central-1"), "residency", "unknown"),
}
"""By a sentence: the usage, the rule, what must come of it."""
IF_READ: Final[Rows] = {
    "oracle keeps nothing": (oracle(), "retention", "pass"),
    "oracle keeps nothing, in days": (oracle(), "nothing kept", "pass"),
    "oracle remembers for agents": (oracle(features=["project_memory"]), "retention", "fail"),
    "oracle by the endpoint of OpenAI's kind": (oracle(endpoint="chat completions"), "retention", "fail"),
    "oracle by grok": (oracle("xai.grok-4"), "retention", "fail"),
    "oracle by no model": (oracle(None), "retention", "unknown"),
    "oracle by a model of its own cluster": (oracle("ocid1.generativeaimodel.oc1.x"), "retention", "fail"),
    "oracle by a model that it passes on": (oracle("openai.gpt-5"), "nothing kept", "unknown"),
    "oracle says nothing of training, whatever the day": (oracle(), "training", "unknown"),
    "oracle in Frankfurt": (oracle(**FRANKFURT), "residency", "pass"),
    "oracle in Germany": (oracle(region="de", cloud_region="eu-frankfurt-1"), "residency", "pass"),
    "oracle in Frankfurt under a claim of the US": (
        oracle(region="us", cloud_region="eu-frankfurt-1"),
        "residency",
        "unknown",
    ),
    "oracle in Zurich under a claim of the EU": (
        oracle(region="eu", cloud_region="eu-zurich-1"),
        "residency",
        "unknown",
    ),
    "oracle in the EU by no region": (oracle(region="eu"), "residency", "unknown"),
    "grok on oracle in Frankfurt": (oracle("xai.grok-4", **FRANKFURT), "residency", "fail"),
    "jumpstart under a BAA": (jumpstart(agreements=["baa"]), "baa", "pass"),
    "jumpstart without a BAA": (jumpstart(), "baa", "fail"),
    "jumpstart under a BAA, in preview": (jumpstart(agreements=["baa"], lifecycle="preview"), "baa", "fail"),
    "jumpstart in a region that nobody promises": (
        jumpstart(region="eu", cloud_region="eu-central-1"),
        "residency",
        "unknown",
    ),
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
