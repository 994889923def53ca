"""What the shipped registry makes of usages of makers whose models clouds serve beside others: Cohere and Mistral on
Bedrock, DeepSeek on Azure, Claude behind Google Cloud."""

from __future__ import annotations

from typing import Any, Final

import pytest

from tests.registry.shipped import Part
from tests.registry.tables import Judged, Rows, seen, usage


def bedrock(model: str | None, endpoint: str = "converse", **more: Any) -> Part:
    maker = "cohere" if model is None or "cohere" in model else "mistral"
    return usage(f"{maker}-bedrock", endpoint, model, **more)


def kept(mode: str, logging: object = False) -> dict[str, Any]:
    return {"settings": {"data_retention_mode": mode, "model_invocation_logging": logging}}


def profile(name: str, region: str) -> dict[str, Any]:
    return {"region": region, "settings": {"inference_profile": name}}


def google(model: str | None = "claude-opus-5", **settings: Any) -> Part:
    return usage("claude-platform-google-cloud", "messages", model, settings=settings)


def deepseek(
    model: str | None = "DeepSeek-V4-Flash",
    endpoint: str = "chat completions",
    offer: str = "azure_direct",
    **more: Any,
) -> Part:
    settings = {"offer_type": offer, **more.pop("settings", {})}
    return usage("deepseek-azure", endpoint, model, settings=settings, **more)


def zone(kind: str = "DataZoneStandard", region: str = "eu") -> dict[str, Any]:
    return {"region": region, "settings": {"deployment_type": kind}}


EMBED: Final = "cohere.embed-v4:0"
LARGE: Final = "mistral.mistral-large-3-675b-instruct"
UNWATCHED: Final[Part] = {"agreements": ["zdr"], "settings": {"content_logging": False}}

ROWS: Final[Rows] = {
    **{
        f"{maker} {name}": row
        for maker, model in {"cohere": EMBED, "mistral": LARGE}.items()
        for name, row in {
            "is audited": (bedrock(model), "report", "pass"),
            "is certified": (bedrock(model), "certificate", "pass"),
            "under a BAA": (bedrock(model, agreements=["baa"]), "baa", "pass"),
            "without a BAA": (bedrock(model), "baa", "fail"),
            "shares with nobody": (bedrock(model, **kept("aws_review")), "training", "pass"),
            "in mode none": (bedrock(model, **kept("none")), "retention", "pass"),
            "in mode none, logging": (bedrock(model, **kept("none", True)), "retention", "fail"),
        }.items()
    },
    "cohere under a BAA, in preview": (bedrock(EMBED, agreements=["baa"], lifecycle="preview"), "baa", "fail"),
    "cohere under a BAA, from the marketplace": (
        bedrock(EMBED, agreements=["baa"], features=["bedrock_marketplace"]),
        "baa",
        "fail",
    ),
    "cohere in another mode": (bedrock(EMBED, **kept("default")), "retention", "fail"),
    "cohere in no mode that is known": (bedrock(EMBED), "retention", "unknown"),
    "cohere may share": (bedrock(EMBED, **kept("provider_data_share")), "training", "fail"),
    "cohere by another maker's model": (
        usage("cohere-bedrock", "converse", LARGE, **kept("none")),
        "retention",
        "unknown",
    ),
    "cohere in the EU by an undated table": (bedrock(f"eu.{EMBED}", **profile("eu", "eu")), "residency", "unknown"),
    "cohere command in the EU": (
        bedrock("cohere.command-r-v1:0", **profile("in_region", "eu")),
        "residency",
        "fail",
    ),
    "cohere signed the code": (bedrock(EMBED), "code", "pass"),
    "cohere sums up a model that is not here": (bedrock(EMBED), "summary", "fail"),
    "mistral with a knowledge base": (
        bedrock(LARGE, features=["knowledge_bases"], **kept("none")),
        "retention",
        "fail",
    ),
    "mistral in no mode that is known": (bedrock(LARGE), "training", "unknown"),
    "mistral sums up large 3": (bedrock(LARGE), "summary", "pass"),
    "mistral sums up no mixtral": (bedrock("mistral.mixtral-8x7b-instruct-v0:1"), "summary", "fail"),
    "mistral of the first-party API": (
        usage("mistral-bedrock", "converse", "mistral-large-latest", **kept("none")),
        "retention",
        "unknown",
    ),
    "claude on google signed the code": (google(), "code", "pass"),
    "claude on google has a portal": (google(), "trust", "pass"),
    "claude on google under a BAA of google's": ({**google(), "agreements": ["baa"]}, "baa", "unknown"),
    "claude on google by an agreement of another platform": (
        {**google(zero_data_retention=True), "agreements": ["zdr"]},
        "retention",
        "unknown",
    ),
    "claude on google, shared": (google(data_sharing=True), "training", "fail"),
    "claude on google by a name of vertex": (google("claude-opus-5@20260301"), "trust", "unknown"),
    "claude on google sums up opus 5": (google(), "summary", "pass"),
    "claude on google sums up no haiku": (google("claude-haiku-4-5"), "summary", "fail"),
    "deepseek on a certified platform": (deepseek(), "managed", "pass"),
    "deepseek in an audit that names nobody": (deepseek(), "audited", "unknown"),
    "deepseek under a BAA that does not name it": (deepseek(agreements=["baa"]), "baa", "unknown"),
    "deepseek by fireworks": (deepseek("FW-DeepSeek-V4-Pro"), "managed", "unknown"),
    "deepseek by a router": (deepseek("model-router"), "managed", "unknown"),
    "deepseek signed nothing": (deepseek(), "code", "unknown"),
    "deepseek sums up v3.2": (deepseek("DeepSeek-V3.2"), "summary", "pass"),
    "deepseek sums up no r1": (deepseek("DeepSeek-R1"), "summary", "fail"),
    "deepseek does not train, by a page that is too old": (deepseek(), "training", "unknown"),
}
"""By a sentence: the usage, the rule, what must come of it."""
IF_READ: Final[Rows] = {
    "cohere in the EU": (bedrock(f"eu.{EMBED}", **profile("eu", "eu")), "residency", "pass"),
    "cohere in the EU by a profile of the US": (bedrock(f"us.{EMBED}", **profile("us", "eu")), "residency", "unknown"),
    "cohere in the EU by the global profile": (
        bedrock(f"global.{EMBED}", **profile("global", "eu")),
        "residency",
        "fail",
    ),
    "cohere in a region, everywhere": (bedrock(EMBED, **profile("in_region", "global")), "residency", "fail"),
    "cohere everywhere, as declared": (bedrock(f"global.{EMBED}", **profile("global", "global")), "residency", "fail"),
    "cohere global under a profile of the EU": (
        bedrock(f"global.{EMBED}", **profile("eu", "eu")),
        "residency",
        "unknown",
    ),
    "cohere in Germany by the EU": (bedrock(EMBED, **profile("eu", "de")), "residency", "fail"),
    "cohere in a region of Germany": (
        bedrock(EMBED, cloud_region="eu-central-1", **profile("in_region", "de")),
        "residency",
        "pass",
    ),
    "cohere rerank in the EU": (bedrock("cohere.rerank-v3-5:0", **profile("in_region", "eu")), "residency", "fail"),
    "devstral in a region of the EU": (
        bedrock("mistral.devstral-2-123b", **profile("in_region", "eu")),
        "residency",
        "pass",
    ),
    "devstral in France, where it is not": (
        bedrock("mistral.devstral-2-123b", **profile("in_region", "fr")),
        "residency",
        "fail",
    ),
    "mistral large in a region of the EU": (bedrock(LARGE, **profile("in_region", "eu")), "residency", "fail"),
    "mistral large in a region of the US": (bedrock(LARGE, **profile("in_region", "us")), "residency", "pass"),
    "mistral large and devstral in the EU": (
        {**bedrock(LARGE, **profile("in_region", "eu")), "models": [LARGE, "mistral.devstral-2-123b"]},
        "residency",
        "fail",
    ),
    "pixtral in the EU": (
        bedrock("eu.mistral.pixtral-large-2502-v1:0", **profile("eu", "eu")),
        "residency",
        "pass",
    ),
    "pixtral in a region": (
        bedrock("mistral.pixtral-large-2502-v1:0", **profile("in_region", "us")),
        "residency",
        "fail",
    ),
    "mixtral in the EU": (
        bedrock("mistral.mixtral-8x7b-instruct-v0:1", **profile("in_region", "eu")),
        "residency",
        "fail",
    ),
    "claude on google does not train": (google(data_sharing=False), "training", "pass"),
    "claude on google may be shared": (google(), "training", "unknown"),
    "claude on google in no place": ({**google(), "region": "us"}, "residency", "unknown"),
    "deepseek does not train": (deepseek(), "training", "pass"),
    "deepseek in preview": (deepseek(lifecycle="preview"), "training", "fail"),
    "deepseek from a marketplace": (deepseek(offer="marketplace_serverless"), "training", "fail"),
    "deepseek from nobody says where": (usage("deepseek-azure", None, "DeepSeek-R1"), "training", "unknown"),
    "deepseek unwatched": (deepseek(**UNWATCHED), "retention", "pass"),
    "deepseek unwatched by a setting alone": (deepseek(settings={"content_logging": False}), "retention", "fail"),
    "deepseek watched": (deepseek(agreements=["zdr"], settings={"content_logging": True}), "retention", "fail"),
    "deepseek unwatched, by responses": (deepseek(endpoint="responses", **UNWATCHED), "retention", "fail"),
    "deepseek in the data zone": (deepseek(**zone()), "residency", "pass"),
    "deepseek in the data zone, in Germany": (deepseek(**zone(region="de")), "residency", "fail"),
    "deepseek in the zone of the US": (deepseek(**zone(region="us")), "residency", "fail"),
    "deepseek deployed globally": (deepseek(**zone("GlobalStandard")), "residency", "fail"),
    "deepseek in batches": (deepseek(**zone("DataZoneBatch")), "residency", "fail"),
    "another deepseek in the data zone": (deepseek("DeepSeek-R1", **zone()), "residency", "fail"),
    "deepseek in a zone that nobody names": (deepseek(region="eu"), "residency", "unknown"),
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
