"""Variables of the environment: whose they are, and where an address beside them really leads."""

from __future__ import annotations

import pytest

from tests.detection.seen import seen, sightings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("OPENAI_API_KEY=sk-1", ["1 openai-api env declared"]),
        ("# OPENAI_API_KEY=sk-1", []),
        ("OPENAPI_KEY=x", []),
        ("RAG_OPENAI_API_KEY=", ["1 openai-api env declared"]),
        ("OPENAI_ACCESS_TOKEN=", ["1 openai-api env declared"]),
        ("AZURE_OPENAI_KEY=", ["1 azure-openai env declared"]),
        ("ACME_CO_API_KEY=", []),
        ("AWS_REGION=us-east-1", []),
        ("OPENAI_MODEL=gpt-5.2", ["1 openai-api env declared gpt-5.2"]),
        ("OPENAI_MODEL=$MODEL", ["1 openai-api env declared"]),
        (
            "OPENAI_API_KEY=\nOPENAI_BASE_URL=https://api.groq.com/openai/v1",
            ["1 groq-api env declared", "2 groq-api host used"],
        ),
        (
            "OPENAI_API_KEY=\nOPENAI_BASE_URL=http://localhost:1234/v1",
            ["1 self-hosted env declared", "2 self-hosted host used"],
        ),
        (
            "OPENAI_API_KEY=\nOPENAI_API_BASE_URL=https://llm.acme.example/v1",
            ["1 openai-compatible env declared", "2 openai-compatible host used"],
        ),
        ("OPENAI_BASE_URL=${URL}\nOPENAI_API_KEY=", ["1 openai-api env declared", "2 openai-api env declared"]),
        (
            "AZURE_OPENAI_ENDPOINT=https://gateway.acme.example\nAZURE_OPENAI_API_KEY=",
            ["1 azure-openai env declared", "2 azure-openai env declared"],
        ),
        ("LLM_URL=https://api.cerebras.ai/v1", ["1 cerebras host used"]),
        ("APP_URL=http://localhost:3000", []),
        ("SITE=https://evil.example/api.openai.com", []),
        (
            "CLAUDE_CODE_USE_BEDROCK=1\nANTHROPIC_API_KEY=\nAWS_REGION=eu-west-1",
            ["1 bedrock env declared", "2 bedrock env declared", "3 bedrock env declared eu-west-1"],
        ),
        ("CLAUDE_CODE_USE_BEDROCK=0\nANTHROPIC_API_KEY=", ["2 anthropic-api env declared"]),
        (
            "CLAUDE_CODE_USE_BEDROCK=1\nANTHROPIC_MODEL=eu.anthropic.claude-sonnet-5-v1:0",
            ["1 bedrock env declared", "2 bedrock env declared eu.anthropic.claude-sonnet-5-v1:0 eu"],
        ),
    ],
)
def test_variables_tell_whose_clients_read_them(text: str, expected: list[str]) -> None:
    assert seen("app/.env", text) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("http://localhost:1234/v1", "self-hosted host used"),
        ("${LLM_URL:-http://localhost:1234/v1}", "openai-compatible host used"),
        ("${LLM_URL:-https://api.groq.com/openai/v1}", "groq-api host used"),
        ("${LLM_URL}", "openai-api env declared"),
        ("http://proxy:4000", "self-hosted host used"),
        ("${LLM_URL:-http://proxy:4000}", "openai-compatible host used"),
    ],
)
def test_an_address_of_ours_that_somebody_may_set_otherwise_leaves_the_host_unknown(value: str, expected: str) -> None:
    text = f"services:\n  proxy: {{}}\n  app:\n    environment:\n      OPENAI_BASE_URL: {value}\n"
    assert seen("compose.yaml", text) == [f"5 {expected}"]


def test_our_own_models_stay_our_own_wherever_they_run() -> None:
    text = 'services: {app: {environment: {OLLAMA_HOST: "${OLLAMA_HOST:-http://localhost:11434}"}}}'
    assert seen("compose.yaml", text) == ["1 self-hosted host used"]


@pytest.mark.parametrize(
    "path", [".env.example", ".env.sample", "env.template", "conf/.env.dist", "deploy/prod.env.example"]
)
def test_a_template_only_declares(path: str) -> None:
    assert seen(path, "OPENAI_BASE_URL=https://api.groq.com/openai/v1") == ["1 groq-api host declared"]


@pytest.mark.parametrize("name", ["OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_MODEL", "ANY_URL"])
def test_no_value_that_could_be_a_secret_is_told(name: str) -> None:
    found = sightings(".env", f"{name}=https://me:hunter2@api.groq.com/v1?key=hunter2#hunter2")
    assert "hunter2" not in repr(found)
    assert "hunter2" not in repr(sightings(".env", f"{name}=https://me:hunter2@llm.acme.example/hunter2"))
