"""What the commitments of hosts and clouds leave out, name by name, and what they take in beside: each from a usage
that passes, with one thing changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import pytest

from tests.registry import test_data_platforms, test_hosts, test_makers_on_clouds, test_more_clouds
from tests.registry.shipped import Part
from tests.registry.tables import Judged, Rows, judge_if_read

BASES: Final[Rows] = {
    **test_hosts.ROWS,
    **test_hosts.IF_READ,
    **test_data_platforms.ROWS,
    **test_data_platforms.IF_READ,
    **test_more_clouds.ROWS,
    **test_more_clouds.IF_READ,
    **test_makers_on_clouds.ROWS,
    **test_makers_on_clouds.IF_READ,
}
BEDROCK: Final = ["bedrock_marketplace"]
KEEPING: Final = ["agents", "background_mode", "bedrock_marketplace", "knowledge_bases"]
TUNING: Final = ["batch_processing", "data_lab", "fine_tuning"]
OUT: Final[Mapping[str, Mapping[str, list[str]]]] = {
    "alibaba does not train": {"models": ["deepseek-v4-pro", "glm-5.2", "kimi-k2.7-code"]},
    "bailian sums up what it trained on": {"models": ["deepseek-r1", "moonshot-kimi-k2-instruct"]},
    "baseten keeps nothing of a prediction": {"features": ["postgres_data_tables"], "endpoints": ["training jobs"]},
    "cloudflare does not train": {"models": ["openai/gpt-5.2"]},
    "cohere in mode none": {"features": KEEPING},
    "cohere in the EU": {"features": BEDROCK},
    "cohere is audited": {"features": BEDROCK},
    "cohere is certified": {"features": BEDROCK},
    "cohere shares with nobody": {"features": BEDROCK},
    "deepinfra keeps nothing": {
        "features": ["batch_processing", "image_generation"],
        "models": ["anthropic/claude-opus-5"],
    },
    "deepseek in the data zone": {
        "features": ["batch_processing"],
        "lifecycle": ["preview"],
        "offer_type": ["marketplace_serverless"],
    },
    "deepseek unwatched": {
        "features": ["batch_processing"],
        "lifecycle": ["preview"],
        "offer_type": ["marketplace_serverless"],
    },
    "jumpstart under a BAA": {"features": ["ground_truth_plus", "studio_lab", "vendor_workforce"]},
    "mistral in mode none": {"features": KEEPING, "data_retention_mode": ["default", "inherit"]},
    "mistral is audited": {"features": BEDROCK},
    "mistral is certified": {"features": BEDROCK},
    "mistral large in a region of the US": {"features": BEDROCK, "models": ["mistral.mixtral-8x7b-instruct-v0:1"]},
    "mistral shares with nobody": {"features": BEDROCK, "data_retention_mode": ["inherit", "provider_data_share"]},
    "mistral under a BAA": {"features": BEDROCK, "lifecycle": ["preview"]},
    "nebius in the EU": {"features": TUNING, "endpoints": ["batches", "files", "fine-tuning jobs"]},
    "nebius without retention": {"features": TUNING, "endpoints": ["batches", "files", "fine-tuning jobs"]},
    "nebius without training": {"features": TUNING, "endpoints": ["batches", "files", "fine-tuning jobs"]},
    "oracle in Frankfurt": {"features": ["agents", "project_memory"]},
    "oracle keeps nothing": {"features": ["agents", "files", "fine_tuning", "project_memory", "vector_stores"]},
    "snowflake at home": {"features": ["egress_cost_optimizer"], "region": ["cn"]},
    "snowflake does not train": {"features": ["cortex_analyst_azure_openai"]},
    "watsonx keeps nothing": {"features": ["model_gateway", "saved_prompt_assets", "watsonx_governance_monitoring"]},
    "watsonx does not train": {"features": ["model_gateway"], "endpoints": ["model gateway chat completions"]},
}
"""By a usage that passes: what makes it fail, one at a time."""
TOO: Final[Mapping[str, Mapping[str, list[str]]]] = {
    "alibaba does not train": {"models": ["qwq-plus", "qvq-max", "wan2.7-t2v"]},
    "alibaba sums up what it trained on": {"models": ["qwq-plus", "qvq-max", "wan2.7-t2v"]},
    "bailian sums up what it trained on": {"models": ["qwq-plus", "qvq-max", "wan2.7-t2v"]},
    "cerebras keeps nothing": {"endpoints": ["completions"]},
    "cloudflare does not train": {"models": ["@hf/thebloke/codellama-7b-instruct-awq"]},
    "deepinfra keeps nothing": {"endpoints": ["embeddings"]},
    "deepseek in the data zone": {"models": ["deepseek-v4-flash"]},
    "deepseek sums up v3.2": {"models": ["deepseek-v3.2"]},
    "deepseek unwatched": {"endpoints": ["models chat completions"]},
    "mistral sums up large 3": {
        "models": [
            "mistral.ministral-3-3b-instruct",
            "mistral.ministral-3-8b-instruct",
            "mistral.ministral-3-14b-instruct",
        ]
    },
    "mistral large in a region of the US": {
        "models": ["mistral.magistral-small-2509", "mistral.ministral-3-8b-instruct", "mistral.voxtral-small-24b-2507"]
    },
    "nebius in the EU": {"endpoints": ["completions", "embeddings"]},
    "nebius without retention": {"endpoints": ["completions", "embeddings"]},
    "nebius without training": {"endpoints": ["completions", "embeddings"]},
    "oracle keeps nothing": {
        "endpoints": ["generate text", "embed text"],
        "models": ["cohere.command-a-03-2025", "openai.gpt-oss-120b"],
    },
    "oracle in Frankfurt": {"models": ["cohere.command-a-03-2025", "openai.gpt-oss-120b"]},
    "replicate keeps for a month at most": {"endpoints": ["model predictions", "deployment predictions"]},
    "vercel without retention": {"endpoints": ["responses", "embeddings", "language model"]},
    "watsonx does not train": {"endpoints": ["text generation", "embeddings"]},
    "watsonx keeps nothing": {"endpoints": ["text generation", "embeddings"]},
}
"""By a usage that passes: what passes in the place of what it declares."""
PROFILES: Final = ("us", "us-gov", "eu", "apac", "jp", "au", "ca", "in")
WITHOUT: Final[Mapping[str, list[str]]] = {
    "baa": [
        "claude on google has a portal",
        "cloudflare does not train",
        "databricks does not train",
        "deepinfra does not train",
        "deepseek does not train",
        "nebius without training",
        "snowflake does not train",
        "vercel without retention",
        "watsonx does not train",
    ],
    "dpa": ["cloudflare does not train", "deepinfra does not train"],
}
"""By an agreement that nothing stands in for: usages that pass otherwise."""
IMPLIED: Final[Mapping[str, list[tuple[str, str, str]]]] = {
    "alibaba-model-studio-china": [("models", "deepseek-v3-2-exp", "available")],
    "claude-platform-google-cloud": [("models", "claude-mythos-preview", "available")],
    "cloudflare-workers-ai": [("models", "@cf/acme/model-beta", "available")],
    "cohere-bedrock": [("models", f"{name}.cohere.embed-v4:0", "in a region") for name in PROFILES],
    "deepinfra-api": [("endpoints", "batches", "no batches"), ("endpoints", "images", "no images")],
    "mistral-bedrock": [("models", f"{name}.mistral.pixtral-large-2502-v1:0", "in a region") for name in ("us", "eu")],
    "nebius-token-factory": [("endpoints", "fine-tuning jobs", "no tuning")],
    "replicate-api": [
        ("models", "acme/model-preview", "available"),
        ("endpoints", "trainings", "no tuning"),
        ("endpoints", "deployment predictions", "no deployments"),
    ],
    "sagemaker-jumpstart": [("endpoints", "training jobs", "no tuning")],
    "vercel-ai-gateway": [("models", "google/gemini-3-pro-preview", "available")],
}
"""By offering: what says by itself what its declaration does not, and the rule that is unknown by it."""
PLACES: Final[Mapping[str, str]] = {
    **{f"us-{place}-1": "us" for place in ("ashburn", "chicago", "phoenix")},
    "sa-saopaulo-1": "br",
    "uk-london-1": "gb",
    "me-riyadh-1": "sa",
    "ap-hyderabad-1": "in",
    "ap-osaka-1": "jp",
}
"""Where else Oracle's regions lie."""


def changed(base: Part, axis: str, value: str) -> dict[str, Any]:
    """The usage with one thing of it another."""
    if axis in ("lifecycle", "region"):
        return {**base, axis: value}
    if axis in ("features", "endpoints", "models"):
        extra = {"features": ["deployments"]} if value == "deployment predictions" else {}
        return {**base, **extra, axis: [value]}
    return {**base, "settings": {**base["settings"], axis: value}}


def rows() -> Iterator[tuple[str, tuple[Part, str, str]]]:
    for table, expected in ((OUT, "fail"), (TOO, "pass")):
        for name, changes in table.items():
            usage, rule, _ = BASES[name]
            for axis, values in changes.items():
                for value in values:
                    yield f"{name}; {axis}: {value}", (changed(usage, axis, value), rule, expected)
    for agreement, names in WITHOUT.items():
        for name in names:
            yield f"{name}; without a {agreement}", (BASES[name][0], agreement, "fail")
    settings = {"inference_profile": "in_region"}
    for offering, implied in IMPLIED.items():
        for axis, value, rule in implied:
            usage = {"offering": offering, "settings": settings, axis: [value]}
            yield f"{offering}; {axis}: {value}", (usage, rule, "unknown")
    oracle, rule, _ = BASES["oracle in Frankfurt"]
    for place, region in PLACES.items():
        yield f"oracle in {place}", ({**oracle, "cloud_region": place, "region": region}, rule, "pass")
    yield "oracle in Toronto", ({**oracle, "cloud_region": "ca-toronto-1", "region": "ca"}, rule, "fail")


ROWS: Final[Rows] = dict(rows())


def test_what_is_changed_passed() -> None:
    assert {BASES[name][2] for name in (*OUT, *TOO)} == {"pass"}


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Judged:
    return judge_if_read(tmp_path_factory.mktemp("registry"), ROWS)


@pytest.mark.parametrize("name", ROWS)
def test_usage_would_come_to(name: str, judged: Judged) -> None:
    _, rule, expected = ROWS[name]
    assert judged[(name, rule)] == expected
