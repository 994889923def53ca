"""A small catalogue of well-known vendors, whatever ships with the package."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from vendorgate.detection.catalogue.build import Known, _filled
from vendorgate.detection.catalogue.catalogue import Catalogue, Provider
from vendorgate.detection.catalogue.facts import Role
from vendorgate.detection.sighting import SELF_HOSTED
from vendorgate.model.signatures import Signatures

_OFFERINGS: Final[Mapping[str, Mapping[str, Any]]] = {
    "openai-api": {
        "packages": {
            "pypi": ["openai"],
            "npm": ["openai", "@ai-sdk/openai"],
            "go": ["github.com/openai/openai-go"],
            "maven": ["com.openai:openai-java"],
            "rubygems": ["ruby-openai"],
            "crates": ["async-openai"],
            "nuget": ["OpenAI"],
            "packagist": ["openai-php/client"],
        },
        "hosts": ["api.openai.com", "eu.api.openai.com"],
        "host_regions": {"eu.api.openai.com": "eu"},
        "env": ["OPENAI_API_KEY", "OPENAI_BASE_URL"],
        "model_ids": ["gpt-[345]*", "text-embedding-3-*"],
        "prefixes": {
            "litellm": ["openai/"],
            "langchain": ["openai:"],
            "promptfoo": ["openai:"],
            "continue": ["openai:"],
            "librechat": ["openAI:", "assistants:"],
            "opencode": ["openai/"],
            "spring_ai": ["spring.ai.openai."],
            "langchain4j": ["langchain4j.open-ai."],
            "quarkus_langchain4j": ["quarkus.langchain4j.openai."],
        },
    },
    "azure-openai": {
        "packages": {"npm": ["@azure/openai"], "nuget": ["Azure.AI.OpenAI"]},
        "hosts": ["*.openai.azure.com"],
        "env": ["AZURE_OPENAI_API_KEY", "AZURE_OPENAI_ENDPOINT"],
        "prefixes": {
            "litellm": ["azure/"],
            "langchain": ["azure_openai:"],
            "promptfoo": ["azureopenai:"],
            "librechat": ["azureOpenAI:"],
            "spring_ai": ["spring.ai.azure.openai."],
        },
        "iac": {
            "az": ["cognitiveservices account create{kind=OpenAI|AIServices}"],
            "terraform": [
                "azurerm_cognitive_account{kind=OpenAI|AIServices}",
                "azurerm_cognitive_deployment",
                "azurerm_ai_services",
            ],
            "bicep": [
                "Microsoft.CognitiveServices/accounts{kind=OpenAI|AIServices}",
                "Microsoft.CognitiveServices/accounts/deployments",
            ],
        },
    },
    "anthropic-api": {
        "packages": {
            "pypi": ["anthropic"],
            "npm": ["@anthropic-ai/sdk"],
            "go": ["github.com/anthropics/anthropic-sdk-go"],
        },
        "hosts": ["api.anthropic.com"],
        "env": ["ANTHROPIC_API_KEY", "ANTHROPIC_BASE_URL"],
        "model_ids": ["claude-*"],
        "client_symbols": {"python": ["haystack_integrations.components.generators.anthropic:AnthropicChatGenerator"]},
        "prefixes": {
            "litellm": ["anthropic/"],
            "promptfoo": ["anthropic:"],
            "continue": ["anthropic:"],
            "librechat": ["anthropic:"],
            "opencode": ["anthropic/"],
            "spring_ai": ["spring.ai.anthropic."],
        },
    },
    "claude-code": {
        "packages": {"npm": ["@anthropic-ai/claude-code"]},
        "ci_actions": ["anthropics/claude-code-action"],
    },
    "gemini-api": {
        "packages": {"pypi": ["google-genai"]},
        "hosts": ["generativelanguage.googleapis.com"],
        "env": ["GEMINI_API_KEY"],
        "model_ids": ["gemini-*"],
        "prefixes": {"litellm": ["gemini/"], "promptfoo": ["google:"], "librechat": ["google:"]},
    },
    "groq-api": {
        "packages": {"pypi": ["groq"], "npm": ["groq-sdk"]},
        "hosts": ["api.groq.com"],
        "env": ["GROQ_API_KEY"],
        "prefixes": {"litellm": ["groq/"], "continue": ["groq:"]},
    },
    "cohere-api": {
        "hosts": ["api.cohere.com"],
        "env": ["COHERE_API_KEY", "CO_API_KEY"],
        "prefixes": {"litellm": ["cohere/"], "continue": ["cohere:"]},
    },
    "openrouter": {
        "hosts": ["openrouter.ai/api"],
        "env": ["OPENROUTER_API_KEY"],
        "prefixes": {"litellm": ["openrouter/"], "continue": ["openrouter:"]},
    },
    "claude-bedrock": {},
    "amazon-nova-bedrock": {},
    "gemini-vertex": {},
}
_OTHERS: Final[Mapping[str, tuple[Role, Mapping[str, Any]]]] = {
    "bedrock": (
        "platform",
        {
            "packages": {
                "pypi": ["anthropic[bedrock]"],
                "npm": ["@aws-sdk/client-bedrock-runtime"],
                "maven": ["software.amazon.awssdk:bedrockruntime"],
            },
            "hosts": ["bedrock-runtime.{region}.amazonaws.com"],
            "env": ["AWS_BEARER_TOKEN_BEDROCK", "CLAUDE_CODE_USE_BEDROCK"],
            "prefixes": {"litellm": ["bedrock/", "bedrock/converse/", "bedrock/invoke/"]},
            "iac": {
                "terraform": ["aws_bedrock_*", "aws_bedrockagent_*"],
                "cloudformation": ["AWS::Bedrock::*", "BedrockInvokeModelPolicy"],
                "iam": ["bedrock:InvokeModel", "bedrock:*"],
            },
        },
    ),
    "vertex": (
        "platform",
        {
            "hosts": ["{region}-aiplatform.googleapis.com", "aiplatform.googleapis.com"],
            "env": ["GOOGLE_GENAI_USE_VERTEXAI"],
            "prefixes": {"litellm": ["vertex_ai/"]},
            "iac": {
                "terraform": ["google_vertex_ai_*", "google_project_service{service=aiplatform.googleapis.com}"],
                "iam": ["roles/aiplatform.user"],
            },
        },
    ),
    "cerebras": ("vendor", {"hosts": ["api.cerebras.ai"], "env": ["CEREBRAS_API_KEY"]}),
    "helicone": ("recipient", {"hosts": ["oai.helicone.ai"]}),
    "cloudflare-ai-gateway": ("gateway", {"hosts": ["gateway.ai.cloudflare.com"]}),
    "litellm-proxy": ("gateway", {}),
    "cloudflare-workers-ai": ("vendor", {}),
    "github-models": ("vendor", {}),
    "ollama-cloud": ("vendor", {}),
    "langfuse": (
        "recipient",
        {
            "prefixes": {"litellm_callback": ["langfuse"]},
            "env": ["LANGFUSE_SECRET_KEY"],
            "hosts": ["cloud.langfuse.com"],
        },
    ),
    SELF_HOSTED: (
        "local",
        {
            "env": ["OLLAMA_HOST"],
            "prefixes": {"litellm": ["ollama/"], "continue": ["ollama:"], "spring_ai": ["spring.ai.ollama."]},
        },
    ),
}
_MAKERS: Final = {
    "bedrock": {"anthropic": "claude-bedrock", "amazon": "amazon-nova-bedrock"},
    "vertex": {"gemini-2": "gemini-vertex"},
}


def catalogue() -> Catalogue:
    """The catalogue of these."""
    known = [
        Known(Provider(id, id, "offering", listed=True), "", "first_party", _signatures(said))
        for id, said in _OFFERINGS.items()
    ]
    known += [
        Known(Provider(id, id, role, _MAKERS.get(id, {})), "", "", _signatures(said))
        for id, (role, said) in _OTHERS.items()
    ]
    return _filled(known)


def _signatures(said: Mapping[str, Any]) -> Signatures:
    return msgspec.convert(said, Signatures)
