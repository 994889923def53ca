"""Every kind of difference, with right and wrong neighbours."""

from __future__ import annotations

from typing import Any

import pytest

from tests.drift.world import departing, held, manifest, seen, usage
from vendorgate.detection.model import Finding

OPENAI = usage("openai-api", endpoints=["responses"], models=["gpt-5.2"])
ZERO = {"settings": {"zero_data_retention": True}}
Usages = tuple[dict[str, Any], ...]
CASES: dict[str, tuple[Usages, tuple[Finding, ...], list[tuple[str, ...]]]] = {
    # undeclared-offering
    "what is declared is no difference": ((OPENAI,), (seen("openai-api", endpoint="responses", model="gpt-5.2"),), []),
    "an offering that nobody declares": (
        (OPENAI,),
        (seen("anthropic-api"),),
        [("undeclared-offering", "anthropic-api")],
    ),
    "another offering of no maker in particular": (
        (usage("groq-api"),),
        (seen("together-api"),),
        [("undeclared-offering", "together-api")],
    ),
    "no usages at all": ((), (seen("openai-api"),), [("undeclared-offering", "openai-api")]),
    "a fallback declares": ((usage("anthropic-api", fallbacks=["openai-api"]),), (seen("openai-api"),), []),
    "a gateway declares": ((usage("anthropic-api", via="openrouter"),), (seen("openrouter"),), []),
    "a vendor that nobody declares": ((OPENAI,), (seen("cerebras"),), [("undeclared-offering", "cerebras")]),
    "a vendor by its id": ((usage("unlisted", vendor="Cerebras"),), (seen("cerebras"),), []),
    "a vendor by its name": ((usage("unlisted", vendor="cerebras  inference"),), (seen("cerebras"),), []),
    "another unlisted vendor": (
        (usage("unlisted", vendor="Cerebras Systems"),),
        (seen("cerebras"),),
        [("undeclared-offering", "cerebras")],
    ),
    "a platform whose maker is not known": ((usage("claude-bedrock"),), (seen("bedrock"),), []),
    "a platform beside a service of its own": (
        (usage("speech"),),
        (seen("bedrock"), seen("speech")),
        [("undeclared-offering", "bedrock")],
    ),
    "the same by another of its makers": ((usage("nova-bedrock"),), (seen("bedrock"),), []),
    "a platform that nobody declares": (
        (usage("anthropic-api"),),
        (seen("bedrock"),),
        [("undeclared-offering", "bedrock")],
    ),
    "another maker of the same platform": (
        (usage("claude-bedrock"),),
        (seen("nova-bedrock"),),
        [("undeclared-offering", "nova-bedrock")],
    ),
    "a host that nobody can tell, and something that it could be": (
        (OPENAI,),
        (seen("openai-compatible"),),
        [("undeclared-offering", "openai-compatible")],
    ),
    "a host that nobody can tell, and nothing that it could be": (
        (usage("assistant", recipients=["langfuse-cloud"]),),
        (seen("openai-compatible"),),
        [("undeclared-offering", "openai-compatible")],
    ),
    # what a status is for
    "a test": ((), (seen("openai-api", status="test"),), []),
    "a list of packages": ((), (seen("openai-api", status="dependency"),), []),
    "a choice of whoever runs it": (
        (),
        (seen("openai-api", status="optional"),),
        [("undeclared-offering", "openai-api")],
    ),
    # undeclared-endpoint
    "another endpoint": (
        (OPENAI,),
        (seen("openai-api", endpoint="files"),),
        [("undeclared-endpoint", "openai-api", "files")],
    ),
    "two other endpoints": (
        (OPENAI,),
        (seen("openai-api", endpoint="files"), seen("openai-api", "src/b.py:1", endpoint="batches")),
        [("undeclared-endpoint", "openai-api", "files"), ("undeclared-endpoint", "openai-api", "batches")],
    ),
    "endpoints that are left out are told once": (
        (usage("openai-api"),),
        (seen("openai-api", endpoint="files"), seen("openai-api", "src/b.py:1", endpoint="batches")),
        [("undeclared-endpoint", "openai-api", "batches", "files")],
    ),
    "an endpoint of another usage": (
        (OPENAI, usage("openai-api", account="b", endpoints=["files"])),
        (seen("openai-api", endpoint="files"),),
        [],
    ),
    "an endpoint of another offering": (
        (OPENAI, usage("azure-openai", endpoints=["files"])),
        (seen("openai-api", endpoint="files"),),
        [("undeclared-endpoint", "openai-api", "files")],
    ),
    "an endpoint that nobody could declare": (
        (usage("hugging-face"), usage("hugging-face", account="b", endpoints=["chat"])),
        (seen("hugging-face", endpoint="text generation"), seen("hugging-face", endpoint="responses")),
        [
            ("undeclared-endpoint", "hugging-face", "responses"),
            ("undeclared-endpoint", "hugging-face", "text generation"),
        ],
    ),
    "an endpoint that only tells what there is": ((OPENAI,), (seen("openai-api", endpoint="models"),), []),
    "an endpoint of a fallback is its own": (
        (
            usage(
                "anthropic-api", endpoints=["messages"], fallbacks=[{"offering": "openai-api", "endpoints": ["files"]}]
            ),
        ),
        (seen("openai-api", endpoint="messages"),),
        [("undeclared-endpoint", "openai-api", "messages")],
    ),
    # undeclared-model
    "another model": (
        (OPENAI,),
        (seen("openai-api", model="gpt-4o"),),
        [("undeclared-model", "openai-api", "gpt-4o")],
    ),
    "a dated model is another": (
        (OPENAI,),
        (seen("openai-api", model="gpt-5.2-2026-01-01"),),
        [("undeclared-model", "openai-api", "gpt-5.2-2026-01-01")],
    ),
    "a model in another case": ((OPENAI,), (seen("openai-api", model="GPT-5.2"),), []),
    "models that are left out are told once": (
        (usage("openai-api", endpoints=["responses"]),),
        (seen("openai-api", model="b"), seen("openai-api", "src/b.py:1", model="a")),
        [("undeclared-model", "openai-api", "a", "b")],
    ),
    "the name of a deployment is no model": (
        (usage("azure-openai", models=["gpt-5.2"]),),
        (seen("azure-openai", model="prod"),),
        [],
    ),
    "infrastructure names the model itself": (
        (usage("azure-openai", models=["gpt-5.2"]),),
        (seen("azure-openai", model="gpt-4o", kind="iac"),),
        [("undeclared-model", "azure-openai", "gpt-4o")],
    ),
    # region-mismatch
    "the declared region": ((usage("claude-bedrock", region="us"),), (seen("claude-bedrock", region="us-east-1"),), []),
    "a region inside of the declared one": (
        (usage("claude-bedrock", region="eu"),),
        (seen("claude-bedrock", region="eu-central-1"),),
        [],
    ),
    "a region outside of the declared one": (
        (usage("claude-bedrock", region="eu"),),
        (seen("claude-bedrock", region="us-east-1"),),
        [("region-mismatch", "claude-bedrock", "us-east-1")],
    ),
    "the platform's own name": (
        (usage("claude-bedrock", cloud_region="us-east-1"),),
        (seen("claude-bedrock", region="US East 1"),),
        [],
    ),
    "another of the platform's names in the same country": (
        (usage("claude-bedrock", region="us", cloud_region="us-east-1"),),
        (seen("claude-bedrock", region="us-west-2"),),
        [("region-mismatch", "claude-bedrock", "us-west-2")],
    ),
    "a region that nobody knows": (
        (usage("claude-bedrock", region="us"),),
        (seen("claude-bedrock", region="apac"),),
        [("region-mismatch", "claude-bedrock", "apac")],
    ),
    "a region that is not declared": (
        (usage("claude-bedrock"),),
        (seen("claude-bedrock", region="us-east-1"), seen("claude-bedrock", "src/b.py:1", region="eu-central-1")),
        [("region-mismatch", "claude-bedrock", "eu-central-1", "us-east-1")],
    ),
    "declarations that contradict each other": (
        (usage("claude-bedrock", region="eu", cloud_region="us-east-1"),),
        (seen("claude-bedrock", region="us-east-1"),),
        [("region-mismatch", "claude-bedrock", "us-east-1")],
    ),
    "a country beside the platform's own name": (
        (usage("claude-bedrock", cloud_region="us-east-1"),),
        (seen("claude-bedrock", region="us"),),
        [],
    ),
    "another country beside the platform's own name": (
        (usage("claude-bedrock", cloud_region="us-east-1"),),
        (seen("claude-bedrock", region="eu"),),
        [("region-mismatch", "claude-bedrock", "eu")],
    ),
    "a region of another cloud": (
        (usage("claude-bedrock", region="nl"),),
        (seen("claude-bedrock", region="westeurope"),),
        [("region-mismatch", "claude-bedrock", "westeurope")],
    ),
    "a route takes the region of its usage": (
        (usage("openai-api", region="us", fallbacks=["claude-bedrock"]),),
        (seen("claude-bedrock", region="us-east-1"),),
        [],
    ),
    "a region as manifests name it": ((usage("openai-api", region="eu"),), (seen("openai-api", region="de"),), []),
    # route-mismatch
    "the same maker by another route": (
        (usage("azure-openai"),),
        (seen("openai-api"),),
        [("route-mismatch", "openai-api")],
    ),
    "the same maker on a platform": (
        (usage("anthropic-api"),),
        (seen("claude-bedrock"),),
        [("route-mismatch", "claude-bedrock")],
    ),
    "both routes are declared": ((usage("azure-openai"), OPENAI), (seen("openai-api"),), []),
    # setting-mismatch
    "stored responses under zero retention": (
        (usage("openai-api", **ZERO),),
        (seen("openai-api", settings={"store": True}),),
        [("setting-mismatch", "openai-api", "store=true")],
    ),
    "responses that are not stored": (
        (usage("openai-api", **ZERO),),
        (seen("openai-api", settings={"store": False}),),
        [],
    ),
    "stored responses where nothing is claimed": ((OPENAI,), (seen("openai-api", settings={"store": True}),), []),
    "a claimed agreement": (
        (usage("openai-api", agreements=["zdr"]),),
        (seen("openai-api", settings={"background": True}),),
        [("setting-mismatch", "openai-api", "background=true")],
    ),
    "a response before": (
        (usage("openai-api", **ZERO),),
        (seen("openai-api", settings={"previousResponseId": "x"}),),
        [("setting-mismatch", "openai-api", "previousResponseId=x")],
    ),
    "providers that collect": (
        (usage("openrouter", settings={"provider_data_collection": "deny"}),),
        (seen("openrouter", settings={"data_collection": "allow"}),),
        [("setting-mismatch", "openrouter", "data_collection=allow")],
    ),
    "providers that do not collect": (
        (usage("openrouter", settings={"provider_data_collection": "deny"}),),
        (seen("openrouter", settings={"data_collection": "deny"}),),
        [],
    ),
    "no zero retention for a call": (
        (usage("openrouter", **ZERO),),
        (seen("openrouter", settings={"zdr": False}),),
        [("setting-mismatch", "openrouter", "zdr=false")],
    ),
    "inference elsewhere": (
        (usage("anthropic-api", settings={"inference_geo": "us"}),),
        (seen("anthropic-api", settings={"inference_geo": "global"}),),
        [("setting-mismatch", "anthropic-api", "inference_geo=global")],
    ),
    "inference outside of the region": (
        (usage("anthropic-api", region="us"),),
        (seen("anthropic-api", settings={"inference_geo": "global"}),),
        [("setting-mismatch", "anthropic-api", "inference_geo=global")],
    ),
    "inference in the region": (
        (usage("anthropic-api", region="us"),),
        (seen("anthropic-api", settings={"inference_geo": "us"}),),
        [],
    ),
    "another usage claims nothing": (
        (usage("openai-api", **ZERO), usage("openai-api", account="b")),
        (seen("openai-api", settings={"store": True}),),
        [],
    ),
    # undeclared-recipient
    "a recipient that nobody declares": (
        (OPENAI,),
        (seen("langfuse-cloud", is_recipient=True),),
        [("undeclared-recipient", "langfuse-cloud")],
    ),
    "a recipient that is declared": (
        ({**OPENAI, "recipients": ["langfuse-cloud"]},),
        (seen("langfuse-cloud", is_recipient=True),),
        [],
    ),
    "a recipient that no registry lists": ((OPENAI,), (seen("arize"),), [("undeclared-recipient", "arize")]),
    "an unlisted recipient that is declared": (
        ({**OPENAI, "recipients": [{"offering": "unlisted", "vendor": "Arize Phoenix"}]},),
        (seen("arize"),),
        [],
    ),
    # gateways
    "a gateway on the way": (
        (OPENAI,),
        (seen("openai-api", via="helicone"),),
        [("undeclared-offering", "helicone")],
    ),
    "a gateway on the way that is declared": (
        ({**OPENAI, "via": {"offering": "unlisted", "vendor": "Helicone"}},),
        (seen("openai-api", via="helicone"),),
        [],
    ),
    "what a gateway passes on is not the gateway's": (
        ({**OPENAI, "via": {"offering": "openrouter", "endpoints": ["chat completions"]}},),
        (seen("openai-api", via="openrouter", endpoint="files"),),
        [("undeclared-endpoint", "openai-api", "files")],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_difference_is_told_as_what_it_is(name: str) -> None:
    usages, findings, expected = CASES[name]
    assert departing(held(findings, manifest(*usages)).drift) == expected


def test_endpoint_that_nobody_could_declare_is_not_said_to_be_left_out() -> None:
    code = [seen("hugging-face", endpoint="text generation")]
    (found,) = held(code, manifest(usage("hugging-face"))).drift
    assert "which the registry does not list" in found.message
    assert "have the bundle except it" in found.help
