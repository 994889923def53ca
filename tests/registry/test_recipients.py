"""What the shipped registry makes of those who get prompts beside: each is judged as a route of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pytest

from tests.registry.shipped import Part, by_route

RULES: Final[Mapping[str, Part]] = {
    **{
        dimension: {"covered": dimension}
        for dimension in (
            "soc2_type2",
            "iso_27001",
            "trust_center",
            "hipaa_baa",
            "gdpr_dpa",
            "training_on_customer_data",
            "retention_zdr",
            "data_residency",
        )
    },
    "is a recipient": {"==": [{"var": "offering.category"}, "recipient"]},
    "keeps for 30 days": {"<=": [{"var": "registry.retention_zdr.facts.retention_days"}, 30]},
}
HIPAA_HOST: Final = {"api_host": "hipaa.cloud.langfuse.com"}


def langfuse(**more: Any) -> Part:
    return {"offering": "langfuse-cloud", "endpoints": ["tracing"], **more}


def langsmith(endpoint: str = "tracing", host: str = "eu.api.smith.langchain.com", **more: Any) -> Part:
    return {"offering": "langsmith", "endpoints": [endpoint], "settings": {"api_host": host}, **more}


ROWS: Final[Mapping[str, tuple[Part, str, str]]] = {
    # Langfuse: what its host stands for.
    "langfuse does not train": (langfuse(), "training_on_customer_data", "pass"),
    "langfuse in the EU": (
        langfuse(region="eu", settings={"api_host": "cloud.langfuse.com"}),
        "data_residency",
        "pass",
    ),
    "langfuse in Japan": (
        langfuse(region="jp", settings={"api_host": "jp.cloud.langfuse.com"}),
        "data_residency",
        "pass",
    ),
    "langfuse in the US, on the host of the EU": (
        langfuse(region="us", settings={"api_host": "cloud.langfuse.com"}),
        "data_residency",
        "fail",
    ),
    "langfuse in the EU, by nobody's word": (langfuse(region="eu"), "data_residency", "unknown"),
    "langfuse in Germany": (
        langfuse(region="de", settings={"api_host": "cloud.langfuse.com"}),
        "data_residency",
        "fail",
    ),
    "langfuse on one's own host": (
        langfuse(region="eu", settings={"api_host": "langfuse.acme.example"}),
        "data_residency",
        "fail",
    ),
    "phi on langfuse": (langfuse(tier="enterprise", agreements=["baa"], settings=HIPAA_HOST), "hipaa_baa", "pass"),
    "phi on langfuse, on a lower plan": (langfuse(agreements=["baa"], settings=HIPAA_HOST), "hipaa_baa", "fail"),
    "phi on langfuse, unsigned": (langfuse(tier="enterprise", settings=HIPAA_HOST), "hipaa_baa", "fail"),
    "phi on langfuse in the EU": (
        langfuse(tier="enterprise", agreements=["baa"], settings={"api_host": "cloud.langfuse.com"}),
        "hipaa_baa",
        "fail",
    ),
    "phi on langfuse, on a host that nobody named": (
        langfuse(tier="enterprise", agreements=["baa"]),
        "hipaa_baa",
        "unknown",
    ),
    "langfuse with a window is not without retention": (
        langfuse(tier="enterprise", settings={"project_data_retention": 3, "zero_data_retention": True}),
        "retention_zdr",
        "unknown",
    ),
    "how long langfuse keeps": (langfuse(), "keeps for 30 days", "unknown"),
    "the report of langfuse, on a plan that gets none": (langfuse(settings={"plan": "core"}), "soc2_type2", "fail"),
    "the report of langfuse, on a plan that gets it": (langfuse(settings={"plan": "team"}), "soc2_type2", "pass"),
    "the report of langfuse, on a plan that nobody named": (langfuse(), "soc2_type2", "unknown"),
    # The revision that was read is more than a year old.
    "the dpa of langfuse is of last year": (
        langfuse(settings={"api_host": "cloud.langfuse.com"}),
        "gdpr_dpa",
        "unknown",
    ),
    "the dpa of langfuse does not name Japan": (
        langfuse(settings={"api_host": "jp.cloud.langfuse.com"}),
        "gdpr_dpa",
        "fail",
    ),
    # LangSmith: storage alone, and hardly anything is of this year.
    "langsmith in the EU": (langsmith(region="eu"), "data_residency", "pass"),
    "langsmith in the EU, on AWS in the US": (
        langsmith(region="eu", host="aws.api.smith.langchain.com"),
        "data_residency",
        "fail",
    ),
    "langsmith in Australia": (langsmith(region="au", host="apac.api.smith.langchain.com"), "data_residency", "pass"),
    "the playground of langsmith asks a model elsewhere": (
        langsmith("playground", region="eu"),
        "data_residency",
        "fail",
    ),
    "traces of langsmith that are judged by a model elsewhere": (
        langsmith(region="eu", features=["online_evaluators"]),
        "data_residency",
        "fail",
    ),
    "langsmith in the EU, for what nobody said": (
        {"offering": "langsmith", "region": "eu", "settings": {"api_host": "eu.api.smith.langchain.com"}},
        "data_residency",
        "unknown",
    ),
    "langsmith does not train, as of last year": (langsmith(), "training_on_customer_data", "unknown"),
    "phi on langsmith below Enterprise": (langsmith(agreements=["baa"]), "hipaa_baa", "fail"),
    "phi on langsmith, as of last year": (langsmith(tier="enterprise", agreements=["baa"]), "hipaa_baa", "unknown"),
    "langsmith is not without retention": (langsmith(), "retention_zdr", "unknown"),
    "phi on langsmith, unsigned": (langsmith(tier="enterprise"), "hipaa_baa", "fail"),
    "phi in the playground of langsmith": (
        langsmith("playground", tier="enterprise", agreements=["baa"]),
        "hipaa_baa",
        "fail",
    ),
    "phi on langsmith, judged by a model elsewhere": (
        langsmith(tier="enterprise", agreements=["baa"], features=["online_evaluators"]),
        "hipaa_baa",
        "fail",
    ),
    "the dpa of langsmith, unsigned": (langsmith(), "gdpr_dpa", "fail"),
    # Helicone: no page has a day.
    "helicone is a recipient": ({"offering": "helicone"}, "is a recipient", "pass"),
    "helicone keeps nothing of a request": (
        {
            "offering": "helicone",
            "endpoints": ["proxy"],
            "features": ["omit_logs"],
            "settings": {"helicone_omit_request": True, "helicone_omit_response": True},
        },
        "retention_zdr",
        "unknown",
    ),
    "helicone keeps the answers": (
        {
            "offering": "helicone",
            "endpoints": ["proxy"],
            "settings": {"helicone_omit_request": True, "helicone_omit_response": False},
        },
        "retention_zdr",
        "fail",
    ),
    "the proxy of helicone runs anywhere": (
        {"offering": "helicone", "endpoints": ["proxy"], "region": "eu", "settings": {"endpoint_location": "eu"}},
        "data_residency",
        "fail",
    ),
    # Braintrust: the control plane is somewhere.
    "braintrust is a recipient": ({"offering": "braintrust"}, "is a recipient", "pass"),
    "braintrust as a service has no place": (
        {"offering": "braintrust", "tier": "enterprise", "region": "eu", "settings": {"deployment_type": "saas"}},
        "data_residency",
        "fail",
    ),
    "braintrust in one's own cloud keeps names elsewhere": (
        {"offering": "braintrust", "tier": "enterprise", "region": "eu", "settings": {"deployment_type": "byoc"}},
        "data_residency",
        "unknown",
    ),
    "braintrust does not train, says nobody": ({"offering": "braintrust"}, "training_on_customer_data", "unknown"),
    # Datadog: a site is somewhere.
    "datadog is a recipient": ({"offering": "datadog-llm-observability"}, "is a recipient", "pass"),
    "datadog keeps traces for 15 days": (
        {"offering": "datadog-llm-observability", "endpoints": ["traces"]},
        "retention_zdr",
        "unknown",
    ),
    "phi on datadog, although a BAA is signed": (
        {"offering": "datadog-llm-observability", "tier": "enterprise", "agreements": ["baa"]},
        "hipaa_baa",
        "unknown",
    ),
    "phi on datadog, unsigned": ({"offering": "datadog-llm-observability"}, "hipaa_baa", "fail"),
    "datadog in the EU": (
        {"offering": "datadog-llm-observability", "region": "eu", "settings": {"endpoint_location": "eu"}},
        "data_residency",
        "unknown",
    ),
    "datadog in the EU, judged by OpenAI": (
        {
            "offering": "datadog-llm-observability",
            "region": "eu",
            "features": ["openai_evaluations"],
            "settings": {"endpoint_location": "eu"},
        },
        "data_residency",
        "fail",
    ),
}


JUDGED: Final = tuple((usage["offering"], expected) for usage, _, expected in ROWS.values())
"""Which offering is seen to come to what."""
BESIDE: Final[Part] = {
    "offering": "anthropic-api",
    "endpoints": ["messages"],
    "models": ["claude-opus-5"],
    "region": "eu",
    "tier": "enterprise",
    "settings": {"data_sharing": False, "api_host": "cloud.langfuse.com", "zero_data_retention": True},
    "agreements": ["baa", "dpa", "zdr"],
    "recipients": ["langfuse-cloud", {"offering": "helicone", "endpoints": ["proxy"]}],
}
"""Whose settings and agreements are the vendor's, and nobody else's."""
Judged = Mapping[tuple[str, str, str, str], str]


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Judged:
    usages = {name: usage for name, (usage, _, _) in ROWS.items()}
    return by_route(tmp_path_factory.mktemp("recipients"), {**usages, "beside": BESIDE}, RULES)


@pytest.mark.parametrize("name", ROWS)
def test_shipped_registry_decides_for_a_recipient(name: str, judged: Judged) -> None:
    usage, rule, expected = ROWS[name]
    assert judged[name, rule, "primary", usage["offering"]] == expected


@pytest.mark.parametrize(
    ("rule", "recipient", "expected"),
    [
        ("training_on_customer_data", "langfuse-cloud", "pass"),
        # The vendor's agreements, tier and host do not reach who gets the prompts beside.
        ("hipaa_baa", "langfuse-cloud", "fail"),
        ("data_residency", "langfuse-cloud", "unknown"),
        ("retention_zdr", "helicone", "unknown"),
        ("training_on_customer_data", "helicone", "unknown"),
    ],
)
def test_who_gets_prompts_beside_is_judged_by_itself(rule: str, recipient: str, expected: str, judged: Judged) -> None:
    assert judged["beside", "training_on_customer_data", "primary", "anthropic-api"] == "pass"
    assert judged["beside", rule, "recipient", recipient] == expected
