"""Which models the offerings name: current names fit, inventions and other makers' do not."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any, Final

import pytest

from tests.command import ROOT
from tests.yaml_text import value_of
from vendorgate.logic.globs import names_any

SERVED: Final[Mapping[str, str]] = {
    "anthropic-api": (
        "claude-opus-5 claude-opus-5-5 claude-opus-4-8 claude-opus-4-1-20250805 claude-sonnet-5-5 claude-sonnet-4-6"
        " claude-sonnet-4-5-20250929 claude-haiku-4-5-20251001 claude-haiku-5-5 claude-fable-5-1 claude-mythos-5-2"
        " claude-mythos-preview claude-3-5-haiku-latest"
    ),
    "claude-vertex": (
        "claude-opus-5@20260301 claude-opus-5@default claude-sonnet-5-5 claude-haiku-4-5@20251001 claude-opus-4-6"
        " claude-sonnet-4-5@20250929 claude-3-5-sonnet-v2@20241022 claude-mythos-5 claude-fable-5-1@default"
    ),
    "gemini-api": (
        "gemini-2.5-pro gemini-2.5-flash-lite gemini-2.5-flash-preview-09-2025 gemini-3-pro-preview gemini-3.8-flash"
        " gemini-4-argon gemini-flash-latest gemini-embedding-001 models/embedding-001 imagen-4.0-generate-001"
        " veo-3.1-generate-preview gemma-4-31b-it deep-research-pro-preview-12-2025 gemini-3.5-transcribe"
    ),
    "gemini-vertex": (
        "gemini-2.0-flash-001 gemini-2.5-pro google/gemini-2.5-flash gemini-3.1-pro-preview gemini-4-carbon"
        " text-embedding-005 imagen-3.0-generate-002 veo-3.0-fast-generate-001 gemma-4-26b-a4b-it-maas"
    ),
    "xai-api": (
        "grok-4 grok-4-1-fast-reasoning grok-4.3-latest grok-4.7 grok-4.20-multi-agent-0309"
        " grok-4.20-beta-0309-reasoning grok-code-fast-1 grok-imagine-image-2026-03-02 grok-voice-think-fast-2.0"
    ),
    "mistral-la-plateforme": (
        "mistral-large-latest mistral-large-4 mistral-medium-2508 mistral-small-2603 ministral-3-14b-2512"
        " magistral-medium-2509 codestral-latest devstral-small-latest pixtral-large-latest voxtral-mini-tts-2603"
        " mistral-ocr-4-1 mistral-embed open-mistral-nemo labs-leanstral-1-5-1"
    ),
    "perplexity-api": "sonar sonar-pro sonar-reasoning-pro sonar-deep-research pplx-embed-v1-4b",
    "cohere-api": (
        "command-a-03-2025 command-a-plus-05-2026 command-r7b-12-2024 command-r-plus embed-v4.0 embed-v5.0-pro"
        " rerank-v3.5 rerank-v5.0-fast c4ai-aya-expanse-32b cohere-transcribe-03-2026"
    ),
    "deepseek-api": "deepseek-chat deepseek-reasoner deepseek-flash deepseek-v4-pro deepseek-v4-flash-vision-exp",
    "fireworks-api": (
        "accounts/fireworks/models/kimi-k3 accounts/fireworks/routers/glm-5p3-us"
        " accounts/fireworks/routers/kimi-k3-fast"
    ),
    "openai-api": (
        "gpt-6-astra gpt-6.2-sol gpt-5.6 gpt-5.5-pro-2026-04-23 gpt-5.4-mini-2026-03-17 gpt-5.3-codex"
        " gpt-5.2-chat-latest gpt-5-search-api-2025-10-14 gpt-4.1-nano"
        " gpt-4o-2024-08-06 gpt-4o-search-preview-2025-03-11 chatgpt-4o-latest"
        " gpt-4-turbo-preview gpt-3.5-turbo-instruct o1-pro o3-deep-research-2025-06-26 computer-use-preview"
        " gpt-realtime-2.1-mini gpt-4o-transcribe-diarize gpt-live-1.1 whisper-1 tts-1-hd"
        " gpt-image-2.5-flare-2026-09-08 sora-2-pro text-embedding-3-large omni-moderation-latest babbage-002"
    ),
    "azure-openai": (
        "gpt-5.2 gpt-6-sol-2026-09-22 gpt-5.3-chat gpt-5.1-codex-mini-2025-11-13 gpt-4o gpt-35-turbo-16k"
        " gpt-chat-latest o4-mini codex-mini gpt-oss-120b"
        " gpt-realtime-1.5-2026-02-23 gpt-4o-realtime-preview-2024-12-17 whisper tts-hd"
        " dall-e-3 sora-2 text-embedding-ada-002"
    ),
    "openai-bedrock": (
        "openai.gpt-oss-120b-1:0 openai.gpt-oss-safeguard-20b us-gov.openai.gpt-oss-20b-1:0 openai.gpt-5.5"
        " us.openai.gpt-6-sol global.openai.gpt-6.1-terra gpt-oss-20b"
    ),
    "claude-bedrock": (
        "anthropic.claude-opus-5-5 anthropic.claude-sonnet-4-6 anthropic.claude-haiku-4-5 claude-opus-5"
        " eu.anthropic.claude-haiku-4-5-20251001-v1:0 us.anthropic.claude-opus-4-6-v1 apac.anthropic.claude-sonnet-5"
        " global.anthropic.claude-sonnet-4-20250514-v1:0 us-gov.anthropic.claude-sonnet-4-5-20250929-v1:0"
        " jp.anthropic.claude-opus-4-7 au.anthropic.claude-mythos-preview ca.anthropic.claude-sonnet-5-5"
        " apac.anthropic.claude-3-5-sonnet-20241022-v2:0 anthropic.claude-3-7-sonnet-20250219-v1:0"
    ),
    "llama-bedrock": (
        "meta.llama3-8b-instruct-v1:0 us.meta.llama4-scout-17b-instruct-v1:0 eu.meta.llama3-2-3b-instruct-v1:0"
    ),
    "amazon-nova-bedrock": (
        "amazon.nova-pro-v1:0 eu.amazon.nova-micro-v1:0 jp.amazon.nova-2-lite-v1:0 global.amazon.nova-2-lite-v1:0"
        " us.amazon.nova-2-pro-preview-20251202-v1:0 amazon.nova-canvas-v1:0 amazon.nova-2-5-sonic nova-lite"
    ),
    "claude-platform-aws": "claude-opus-5 claude-opus-4-7-20260416 claude-haiku-4-5-20251001 claude-fable-5-2",
    "claude-foundry": "claude-opus-5 claude-opus-5-5-fast claude-sonnet-4-6 claude-haiku-4-5 claude-mythos-5-1",
    "llama-azure": "Llama-4-Scout-17B-16E-Instruct llama-3.3-70b-instruct Meta-Llama-3.1-405B-Instruct",
    "mistral-azure": "Mistral-Large-3 mistral-large-3 mistral-document-ai-2512 Codestral-2501 ministral-3b",
    "cerebras-api": "gpt-oss-120b llama3.1-8b qwen-3-235b-a22b-instruct-2507 zai-glm-4.7 gemma-4-31b",
    "baseten": "deepseek-ai/DeepSeek-V3.1 moonshotai/Kimi-K3 openai/gpt-oss-120b zai-org/GLM-5.3-Fast",
    "deepinfra-api": "meta-llama/Meta-Llama-3.1-8B-Instruct-Turbo deepseek-ai/DeepSeek-V4-Pro google/gemini-2.5-pro",
    "nebius-token-factory": (
        "meta-llama/Llama-3.3-70B-Instruct nvidia/Llama-3_1-Nemotron-Ultra-253B-v1 zai-org/GLM-5.3"
    ),
    "nvidia-nim-api": (
        "meta/llama-3.3-70b-instruct nvidia/llama-3.1-nemotron-ultra-253b-v1 moonshotai/kimi-k2-instruct"
    ),
    "sambanova-cloud": "DeepSeek-V3.2 Meta-Llama-3.3-70B-Instruct gpt-oss-120b MiniMax-M2.7",
    "alibaba-model-studio": "qwen3-max qwen-plus-latest qwq-plus wan2.7-t2v deepseek-v4-pro",
    "alibaba-model-studio-china": "qwen3-max qwen-long deepseek-r1 moonshot-kimi-k2-instruct",
    "cloudflare-workers-ai": "@cf/meta/llama-3.3-70b-instruct-fp8-fast @hf/thebloke/codellama-7b-instruct-awq",
    "databricks-foundation-models": (
        "databricks-claude-opus-5 databricks-gpt-oss-20b system.ai.kimi-k3 databricks-gte-large-en"
    ),
    "oci-generative-ai": (
        "cohere.command-a-03-2025 meta.llama-4-scout-17b-16e-instruct xai.grok-4 google.gemini-2.5-pro"
    ),
    "replicate-api": "meta/llama-2-70b-chat black-forest-labs/flux-2-pro acme/ours:3f0457e4",
    "sagemaker-jumpstart": "meta-textgeneration-llama-3-1-8b huggingface-llm-mistral-7b-instruct deepseek-llm-r1",
    "snowflake-cortex": "claude-sonnet-4-5 llama3.1-70b snowflake-arctic mistral-large2 openai-gpt-4.1",
    "watsonx-ai": "ibm/granite-4-h-small meta-llama/llama-3-3-70b-instruct mistralai/mistral-medium-2505",
    "cohere-bedrock": "cohere.command-r-plus-v1:0 cohere.embed-v4:0 eu.cohere.embed-v4:0 cohere.rerank-v3-5:0",
    "mistral-bedrock": "mistral.mistral-large-2407-v1:0 mistral.devstral-2-123b eu.mistral.pixtral-large-2502-v1:0",
    "claude-platform-google-cloud": "claude-opus-5 claude-opus-4-7-20260416 claude-haiku-4-5-20251001",
    "deepseek-azure": "DeepSeek-R1 deepseek-v3.1 DeepSeek-V4-Flash",
}
"""Names that the vendors' own libraries know, by offering."""
STRANGERS: Final[Mapping[str, str]] = {
    "anthropic-api": (
        "claude-opus-9 claude-opus-5-20 claude-opus-5-2026030 claude-opus-5-20260301x claude-5 anthropic.claude-opus-5"
        " claude-opus-5@20260301 gpt-5.2"
    ),
    "claude-vertex": "claude-opus-5-20260301 claude-opus-5@latest gemini-2.5-pro llama-4-scout-17b-16e-instruct-maas",
    "gemini-api": "gemini-5-pro gemini-2.5-pro-ours tunedModels/ours claude-sonnet-5 gpt-5.2 gemini",
    "gemini-vertex": (
        "claude-sonnet-5 claude-opus-5@20260301 meta/llama-4-maverick-17b-128e-instruct-maas mistral-large-2411"
        " openai/gpt-oss-120b-maas projects/p/locations/l/endpoints/1 gemini-3.8-flash-cyber"
        " deepseek-ai/deepseek-v3.2-maas"
    ),
    "xai-api": "grok-9 grok gpt-5.2 grok-4.7-ours",
    "mistral-la-plateforme": "zai-glm-5-3 glm-5-2 mistral-large-9 ft:open-mistral-7b:ours mistral gpt-5.2",
    "perplexity-api": "openai/gpt-5.2 anthropic/claude-opus-5 preset/pro-search sonar-ours pplx-70b-online",
    "cohere-api": "command-b embed-v9.0 gpt-5.2 command-a-03-2025-ft",
    "deepseek-api": "deepseek-v9 deepseek-ai/DeepSeek-V4-Pro-0813 deepseek-r1-distill-qwen-32b gpt-5.2",
    "fireworks-api": (
        "accounts/acme/models/ours accounts/acme/deployments/1 accounts/fireworks/routers/auto gpt-oss-120b"
        " accounts/fireworks/routers/firerouter"
    ),
    "openai-api": "gpt-oss-120b claude-opus-5 deepseek-chat gpt-9 gpt-5.2-ours ft:gpt-4o-2024-08-06:acme::x",
    "azure-openai": "model-router auto DeepSeek-R1 our-gpt-deployment claude-opus-5 gpt-5.2-prod FW-GPT-OSS-120B",
    "openai-bedrock": "openai.gpt-4o zz.openai.gpt-5.5 eu.openai.gpt-5.5 anthropic.claude-opus-5 xai.grok-4.6",
    "claude-bedrock": (
        "anthropic.claude-opus-9 zz.anthropic.claude-opus-5 global.anthropic.claude-opus-5-turbo"
        " us.amazon.nova-pro-v1:0"
        " arn:aws:bedrock:us-east-1:123456789012:inference-profile/global.anthropic.claude-opus-5"
        " arn:aws:bedrock:eu-west-1:123456789012:application-inference-profile/x"
    ),
    "llama-bedrock": "meta.llama9-1b-instruct-v1:0 zz.meta.llama4-scout-17b-instruct-v1:0 amazon.nova-pro-v1:0",
    "amazon-nova-bedrock": "amazon.titan-text-express-v1 amazon.nova-9-pro-v1:0 us.anthropic.claude-opus-5",
    "claude-platform-aws": "claude-opus-9 anthropic.claude-opus-5 gpt-5.2 claude-opus-5-turbo claude-2.1",
    "claude-foundry": "claude-opus-9 gpt-5.2 model-router anthropic.claude-opus-5 claude-opus-5-prod",
    "llama-azure": "Phi-4 model-router Llama-9-1B-Instruct gpt-5.2 Llama-3.3-70B-ours",
    "mistral-azure": "Codestral-9 model-router Phi-4 DeepSeek-R1 Mistral-Large-9",
    "cerebras-api": "gpt-oss-999b llama-3.3-70b-ours gpt-5.2 zai-glm-99",
    "baseten": "model-abc123 abc12345 gpt-5.2 zai-org/GLM-99",
    "deepinfra-api": "deepinfra/auto meta-llama/Llama-99 acme/ours openai/gpt-5.2",
    "nebius-token-factory": "acme/ours-lora zai-org/GLM-99 gpt-5.2 anthropic/claude-opus-5",
    "nvidia-nim-api": "nvidia/ours meta/llama-9-instruct gpt-5.2",
    "sambanova-cloud": "gpt-5.2 DeepSeek-V9 Meta-Llama-3.3-70B-ours",
    "alibaba-model-studio": "qwen99-max gpt-5.2 ft-qwen-plus-ours claude-opus-5",
    "alibaba-model-studio-china": "qwen99-max gpt-5.2 claude-opus-5",
    "cloudflare-workers-ai": "openai/gpt-5.2 anthropic/claude-opus-5 dynamic/route gpt-oss-120b",
    "databricks-foundation-models": "acme-endpoint databricks-claude-opus-99 gpt-5.2 external-gpt",
    "oci-generative-ai": "openai.gpt-5 ocid1.generativeaimodel.oc1.x cohere.command-z google.gemini-9",
    "replicate-api": "gpt-5 flux ours",
    "sagemaker-jumpstart": "acme-endpoint jumpstart-dft-llama gpt-5.2 meta-textgeneration",
    "snowflake-cortex": "auto gpt-5.2 llama9-1b claude-opus-9",
    "watsonx-ai": "openai/gpt-5.2 anthropic/claude-opus-5 acme/deployment ibm/granite-99",
    "cohere-bedrock": "cohere.command-a-plus zz.cohere.embed-v4:0 mistral.mistral-large-2407-v1:0 command-r-plus",
    "mistral-bedrock": (
        "mistral.mistral-large-9 global.mistral.pixtral-large-2502-v1:0 mistral-large-latest cohere.embed-v4:0"
    ),
    "claude-platform-google-cloud": "claude-opus-9 claude-opus-5@20260301 gemini-2.5-pro anthropic.claude-opus-5",
    "deepseek-azure": "FW-DeepSeek-V4-Pro DeepSeek-V9 model-router MAI-DS-R1 deepseek-chat",
}
"""Other makers' models, routers, deployments, and names that nobody gave."""


@functools.cache
def listed(offering: str) -> tuple[str, ...]:
    written: dict[str, Any] = value_of(
        (ROOT / "registry-snapshot" / "offerings" / f"{offering}.yaml").read_text(encoding="utf-8")
    )
    return tuple(written["models"])


@pytest.mark.parametrize(("offering", "name"), [(id, name) for id, names in SERVED.items() for name in names.split()])
def test_model_that_is_served_is_known(offering: str, name: str) -> None:
    assert names_any(name, listed(offering))


@pytest.mark.parametrize(
    ("offering", "name"), [(id, name) for id, names in STRANGERS.items() for name in names.split()]
)
def test_model_that_is_not_the_offerings_is_unknown(offering: str, name: str) -> None:
    assert not names_any(name, listed(offering))


@pytest.mark.parametrize("offering", ["openrouter", "together-api", "huggingface-inference", "groq-api"])
def test_whoever_serves_any_model_lists_none(offering: str) -> None:
    written = value_of((ROOT / "registry-snapshot" / "offerings" / f"{offering}.yaml").read_text(encoding="utf-8"))
    assert "models" not in written
