"""What the shipped registry makes of usages of hosts of open models: what passes, what must fail, what must stay
unknown, and the nearest wrong readings."""

from __future__ import annotations

from typing import Any, Final

import pytest

from tests.registry.shipped import Part
from tests.registry.tables import Judged, Rows, seen, usage


def cerebras(model: str | None = "gpt-oss-120b", endpoint: str | None = "chat completions", **more: Any) -> Part:
    return usage("cerebras-api", endpoint, model, **more)


def baseten(endpoint: str | None = "chat completions", model: str | None = "zai-org/GLM-5.3", **more: Any) -> Part:
    return usage("baseten", endpoint, model, **more)


def deepinfra(model: str | None = "zai-org/GLM-5.2", endpoint: str = "chat completions", **settings: Any) -> Part:
    return usage("deepinfra-api", endpoint, model, settings=settings)


def nebius(endpoint: str | None = "chat completions", zdr: object = True, **more: Any) -> Part:
    settings = {"zero_data_retention": zdr, **more.pop("settings", {})}
    return usage("nebius-token-factory", endpoint, "zai-org/GLM-5.3", settings=settings, **more)


def replicate(model: str | None = "meta/llama-3-70b", endpoint: str = "predictions", **more: Any) -> Part:
    return usage("replicate-api", endpoint, model, **more)


def in_place(region: str, place: str, kind: str = "dedicated") -> dict[str, Any]:
    """A deployment of a host, and the place that is claimed of it."""
    return {"region": region, "settings": {"deployment_type": kind, "deployment_region": place}}


NVIDIA: Final = usage("nvidia-nim-api", "chat completions", "meta/llama-3.3-70b-instruct")
SAMBANOVA: Final = usage("sambanova-cloud", "chat completions", "DeepSeek-V3.2")

ROWS: Final[Rows] = {
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
    "baseten under another framework": (
        baseten(agreements=["baa"], settings={"compliance_policy": "soc2"}),
        "baa",
        "fail",
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
    "nebius in France": (nebius(**in_place("fr", "fr")), "residency", "pass"),
    "nebius in Israel": (nebius(**in_place("il", "il")), "residency", "pass"),
    "nebius in the US": (nebius(**in_place("us", "us")), "residency", "pass"),
    "nebius in Germany, where it is not": (nebius(**in_place("de", "de")), "residency", "fail"),
    "nebius in the EU, deployed in the US": (nebius(**in_place("eu", "us")), "residency", "fail"),
    "nebius by a public endpoint that shows the EU": (nebius(**in_place("eu", "eu", "public")), "residency", "fail"),
    "nebius in the EU by nothing": (nebius(region="eu"), "residency", "unknown"),
    "nebius in the UK": (nebius(**in_place("gb", "gb")), "residency", "fail"),
    "nebius by a model that nobody serves": (
        {**nebius(), "models": ["zai-org/GLM-99"]},
        "retention",
        "unknown",
    ),
    "nebius in batches, which is not said": (nebius("batches"), "no batches", "unknown"),
    "nebius tells its report under an NDA": (nebius(agreements=["nda"]), "report", "pass"),
    "nebius tells its report to nobody else": (nebius(), "report", "fail"),
    "nebius is Dutch": (nebius(), "a Dutch contract", "pass"),
    "nebius under HIPAA, keeping": (nebius(zdr=False, agreements=["baa"]), "baa", "fail"),
    "nebius under HIPAA": (nebius(agreements=["baa"]), "baa", "unknown"),
    "nvidia trains": (NVIDIA, "training", "fail"),
    "nvidia trains whatever is set": ({**NVIDIA, "settings": {"data_sharing": False}}, "training", "fail"),
    "nvidia under a BAA": ({**NVIDIA, "agreements": ["baa"]}, "baa", "fail"),
    "nvidia bars personal data": (NVIDIA, "pii is barred", "pass"),
    "nvidia keeps for nobody knows how long": (NVIDIA, "retention", "unknown"),
    "nvidia by a container of one's own": ({**NVIDIA, "models": ["acme/nim"]}, "pii is barred", "unknown"),
    "sambanova by a forum": (SAMBANOVA, "training", "unknown"),
    "sambanova by a forum, in the free tier": ({**SAMBANOVA, "tier": "free"}, "retention", "fail"),
    "sambanova keeps for nobody knows how long": (SAMBANOVA, "kept for a month", "unknown"),
    "sambanova asks for no plan": (SAMBANOVA, "for whoever pays", "pass"),
    "sambanova by a model that nobody serves": (
        {**SAMBANOVA, "models": ["DeepSeek-V99"]},
        "for whoever pays",
        "unknown",
    ),
    "sambanova's trust centre": (SAMBANOVA, "trust", "unknown"),
    "replicate keeps for an hour": (replicate(), "retention", "fail"),
    "replicate clears by itself": (replicate(), "cleared by itself", "pass"),
    "replicate says nothing of training": (replicate(), "training", "unknown"),
}
"""By a sentence: the usage, the rule, what must come of it."""
IF_READ: Final[Rows] = {
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
    "replicate keeps files": (replicate(endpoint="files"), "kept for a month", "unknown"),
    "replicate tunes": (replicate(features=["fine_tuning"]), "kept for a month", "unknown"),
    "replicate by a name without an owner": (replicate("gpt-5"), "kept for a month", "unknown"),
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
