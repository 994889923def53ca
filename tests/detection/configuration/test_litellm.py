"""LiteLLM's proxy: each model that it passes calls on to is a use."""

from __future__ import annotations

import pytest

from tests.detection.seen import seen


def model(parameters: str, more: str = "") -> list[str]:
    found = seen("conf/proxy.yaml", f"model_list:\n- model_name: gpt-5.2\n  litellm_params: {{{parameters}}}\n{more}")
    return [one.removeprefix("3 ") for one in found]


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ("model: openai/gpt-5.2", ["openai-api config used chat completions gpt-5.2"]),
        ("model: gpt-5.2", ["openai-api config used chat completions gpt-5.2"]),
        ("model: text-embedding-3-small", ["openai-api config used embeddings text-embedding-3-small"]),
        ("model: somebody/some-model", []),
        (
            "model: azure/my-deployment, api_base: os.environ/AZURE_API_BASE",
            ["azure-openai config used chat completions my-deployment"],
        ),
        ("model: openai/x, api_base: 'http://localhost:8000/v1'", ["self-hosted config used x"]),
        ("model: openai/x, api_base: 'https://api.groq.com/openai/v1'", ["groq-api config used chat completions x"]),
        ("model: openai/x, api_base: 'https://llm.acme.example/v1'", ["openai-compatible config used x"]),
        ("model: openai/x, api_base: os.environ/BASE", ["openai-compatible config used x"]),
        (
            "model: openai/gpt-5.2, api_base: 'https://oai.helicone.ai/v1'",
            ["openai-api config used chat completions gpt-5.2 via helicone", "helicone config used"],
        ),
        (
            "model: anthropic/claude-sonnet-5, api_base: 'https://gateway.ai.cloudflare.com/v1/a/b/anthropic'",
            ["anthropic-api config used messages claude-sonnet-5 via cloudflare-ai-gateway"],
        ),
        ("model: ollama/llama3, api_base: 'https://ollama.acme.example'", ["self-hosted config used llama3"]),
        (
            "model: bedrock/anthropic.claude-sonnet-5-v1:0, aws_region_name: eu-west-1",
            ["bedrock config used converse anthropic.claude-sonnet-5-v1:0 eu-west-1"],
        ),
        (
            "model: bedrock/us-east-1/anthropic.claude-v2:1",
            ["bedrock config used converse anthropic.claude-v2:1 us-east-1"],
        ),
        (
            "model: bedrock/converse/eu.anthropic.claude-v2:1",
            ["bedrock config used converse eu.anthropic.claude-v2:1 eu"],
        ),
        ("model: bedrock/invoke/anthropic.claude-v2:1", ["bedrock config used invoke model anthropic.claude-v2:1"]),
        (
            "model: 'bedrock/arn:aws:bedrock:us-east-1:1:inference-profile/us.anthropic.claude-v2:1'",
            ["bedrock config used converse us.anthropic.claude-v2:1 us-east-1"],
        ),
        (
            "model: vertex_ai/gemini-2.5-pro, vertex_location: europe-west1",
            ["vertex config used generate content gemini-2.5-pro europe-west1"],
        ),
        (
            "model: openrouter/anthropic/claude-sonnet-5",
            ["openrouter config used chat completions anthropic/claude-sonnet-5"],
        ),
        ("model: x, custom_llm_provider: groq", ["groq-api config used chat completions x"]),
        (
            "model: openai/gpt-5.2, api_key: os.environ/OPENAI_API_KEY",
            ["openai-api config used chat completions gpt-5.2", "openai-api env declared gpt-5.2"],
        ),
    ],
)
def test_a_model_is_served_by_whom_prefix_and_address_name(parameters: str, expected: list[str]) -> None:
    assert model(parameters) == expected


def test_what_is_asked_of_a_model_goes_by_its_mode() -> None:
    assert model("model: openai/x", "  model_info: {mode: image_generation}\n") == ["openai-api config used images x"]


def test_callbacks_receive_prompts_and_fallbacks_are_chosen_sometimes() -> None:
    more = "litellm_settings:\n  success_callback: [langfuse, prometheus]\n  fallbacks: [{a: [groq/x, b]}]\n"
    assert model("model: openai/x", more)[1:] == [
        "5 langfuse config used",
        "6 groq-api config optional chat completions x",
    ]


def test_a_configuration_inside_of_a_config_map_is_read_at_its_place() -> None:
    text = (
        "kind: ConfigMap\ndata:\n  config.yaml: |\n    model_list:\n    - model_name: a\n"
        "      litellm_params:\n        model: groq/x\n"
    )
    assert seen("k8s/litellm.yaml", text) == ["7 groq-api config used chat completions x"]


def test_a_template_of_a_configuration_only_declares() -> None:
    text = "model_list:\n- litellm_params: {model: groq/x}\n"
    assert seen("config.example.yaml", text) == ["2 groq-api config declared chat completions x"]


@pytest.mark.parametrize(
    "text", ["model_list: [{model: openai/gpt-5.2}]", "litellm_params: openai/gpt-5.2", "litellm_params: {"]
)
def test_what_is_no_list_of_models_says_nothing(text: str) -> None:
    assert seen("a.yaml", text) == []
