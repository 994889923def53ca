"""Compose files and Dockerfiles."""

from __future__ import annotations

import pytest

from tests.detection.seen import seen

COMPOSE = """x-shared: &shared
  OPENAI_API_KEY: ${OPENAI_API_KEY}
services:
  chat:
    image: ghcr.io/open-webui/open-webui:main
    environment:
      OPENAI_API_BASE_URL: "http://proxy:4000"
      OPENAI_API_KEY: sk-1
  worker:
    build: .
    environment:
      - GROQ_API_KEY=${GROQ_API_KEY:-none}
      - LLM_URL=${LLM_URL:-https://api.cerebras.ai/v1}
  proxy:
    image: ghcr.io/berriai/litellm:main-latest
    environment: {AWS_REGION: ap-northeast-1}
    command: ["--model", "azure/gpt-5.2", "--port", "4000"]
  database:
    image: postgres:17
    environment: {AWS_REGION: ap-northeast-1}
"""


def test_a_service_beside_it_is_our_own() -> None:
    assert seen("docker-compose.prod.yml", COMPOSE) == [
        "5 self-hosted config used",
        "7 self-hosted host used",
        "8 self-hosted env declared",
        "12 groq-api env declared",
        "13 cerebras host used",
        "15 litellm-proxy config used",
        "16 bedrock env declared ap-northeast-1",
        "17 azure-openai config used chat completions gpt-5.2",
        "2 openai-api env declared",
    ]


def test_models_of_compose_run_here() -> None:
    assert seen("compose.yaml", "models: {llm: {model: ai/smollm2}}") == ["1 self-hosted config used"]


@pytest.mark.parametrize(
    "path", ["compose.yaml", "docker-compose.yml", "compose.override.yml", "deploy/librechat-compose.yml"]
)
def test_compose_files_go_by_their_name(path: str) -> None:
    assert seen(path, "services: {a: {environment: [GROQ_API_KEY]}}") == ["1 groq-api env declared"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "RUN npx @anthropic-ai/sdk && uvx openai",
            ["1 openai-api dependency declared", "1 anthropic-api dependency declared"],
        ),
        ("FROM ghcr.io/berriai/litellm:main", ["1 litellm-proxy config used"]),
        ("FROM ollama/ollama@sha256:0", ["1 self-hosted config used"]),
        (
            "FROM python:3.12\nENV OPENAI_API_KEY=\nARG GROQ_API_KEY",
            ["2 openai-api env declared", "3 groq-api env declared"],
        ),
        ("ENV OPENAI_BASE_URL https://api.groq.com/openai/v1", ["1 groq-api host used"]),
        ("ENV A=b \\\n    OPENAI_API_KEY=x", ["2 openai-api env declared"]),
        (
            "RUN pip install --no-cache-dir openai==1.2 'anthropic>=1' && npm i groq-sdk@1",
            [
                "1 openai-api dependency declared",
                "1 anthropic-api dependency declared",
                "1 groq-api dependency declared",
            ],
        ),
        (
            "RUN apt-get update && \\\n  pip install \\\n  openai \\\n  flask && \\\n  echo anthropic",
            ["3 openai-api dependency declared"],
        ),
        ("# RUN pip install openai", []),
        ("RUN echo openai", []),
        ("RUN npm install -g @anthropic-ai/sdk", ["1 anthropic-api dependency declared"]),
        (
            'FROM ghcr.io/berriai/litellm\nCMD ["--model", "groq/llama-3"]',
            ["1 litellm-proxy config used", "2 groq-api config used chat completions llama-3"],
        ),
    ],
)
def test_a_dockerfile_says_what_an_image_is_made_of(text: str, expected: list[str]) -> None:
    assert seen("deploy/Dockerfile", text) == expected
