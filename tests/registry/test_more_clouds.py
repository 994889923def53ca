"""What the shipped registry makes of usages of further clouds and data platforms that serve models of many makers.

All rows are judged at once, by one policy for each rule; those of pages without a day also in a registry in which they
have one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pytest

from tests.registry.shipped import Part, as_if_read, outcomes

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
    "audited": {"documented": "soc2_type2"},
    "nothing kept": {"<=": [{"var": "registry.retention_zdr.facts.retention_days"}, 0]},
    "for whoever pays": {"==": [{"var": "registry.training_on_customer_data.tier"}, "self_serve"]},
}


def usage(offering: str, endpoint: str | None, model: str | None, **more: Any) -> dict[str, Any]:
    names = {"endpoints": [endpoint] if endpoint else None, "models": [model] if model else None}
    return {"offering": offering, **{key: value for key, value in names.items() if value}, **more}


def oracle(model: str | None = "meta.llama-3.3-70b-instruct", endpoint: str = "chat", **more: Any) -> Part:
    return usage("oci-generative-ai", endpoint, model, **more)


def jumpstart(model: str | None = "meta-textgeneration-llama-3-1-8b", **more: Any) -> Part:
    return usage("sagemaker-jumpstart", "invoke endpoint", model, **more)


def cortex(model: str | None = "llama3.3-70b", across: str | None = None, **more: Any) -> Part:
    settings = {"cortex_enabled_cross_region": across} if across else {}
    return usage("snowflake-cortex", "inference complete", model, settings=settings, **more)


def watsonx(endpoint: str | None = "text chat", model: str = "ibm/granite-4-h-small", **more: Any) -> Part:
    return usage("watsonx-ai", endpoint, model, **more)


FRANKFURT: Final[Part] = {"region": "eu", "cloud_region": "eu-frankfurt-1"}

ROWS: Final[Mapping[str, tuple[Part, str, str]]] = {
    # Oracle: no page has a day.
    "oracle serves whoever pays": (oracle(), "for whoever pays", "pass"),
    "oracle does not train, by a page without a sentence on it": (oracle(), "training", "unknown"),
    "oracle in Frankfurt by an undated page": (oracle(**FRANKFURT), "residency", "unknown"),
    "gemini on oracle is google's": (oracle("google.gemini-2.5-pro", **FRANKFURT), "residency", "fail"),
    # JumpStart.
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
    # Snowflake: pages of 2021 and 2024.
    "snowflake serves whoever pays": (cortex(), "for whoever pays", "pass"),
    "snowflake does not train, by a page that is too old": (cortex(), "training", "unknown"),
    "snowflake was audited, by a page that is too old": (cortex(), "audited", "unknown"),
    "snowflake anywhere": (cortex(across="ANY_REGION", region="us"), "residency", "fail"),
    # watsonx.
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
IF_READ: Final[Mapping[str, tuple[Part, str, str]]] = {
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
    "snowflake at home": (cortex(across="DISABLED", region="eu"), "residency", "pass"),
    "snowflake in the EU": (cortex(across="AWS_EU", region="eu"), "residency", "pass"),
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
}
"""The same of the registry as it will be once every cell has a day."""
JUDGED: Final = tuple((usage["offering"], outcome) for usage, _, outcome in (*ROWS.values(), *IF_READ.values()))


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Mapping[tuple[str, str], str]:
    return outcomes(tmp_path_factory.mktemp("registry"), {name: row[0] for name, row in ROWS.items()}, RULES)


@pytest.fixture(scope="module")
def judged_if_read(tmp_path_factory: pytest.TempPathFactory) -> Mapping[tuple[str, str], str]:
    folder = tmp_path_factory.mktemp("registry")
    registry = as_if_read(folder / "read", sorted({row[0]["offering"] for row in IF_READ.values()}))
    rules = {rule: RULES[rule] for _, rule, _ in IF_READ.values()}
    return outcomes(folder, {name: row[0] for name, row in IF_READ.items()}, rules, registry)


@pytest.mark.parametrize("name", ROWS)
def test_usage_comes_to(name: str, judged: Mapping[tuple[str, str], str]) -> None:
    _, rule, expected = ROWS[name]
    assert judged[(name, rule)] == expected


@pytest.mark.parametrize("name", IF_READ)
def test_usage_would_come_to(name: str, judged_if_read: Mapping[tuple[str, str], str]) -> None:
    _, rule, expected = IF_READ[name]
    assert judged_if_read[(name, rule)] == expected
