"""Kubernetes, pipelines, settings, deployments and scripts."""

from __future__ import annotations

import pytest

from tests.detection.seen import seen, sightings

DEPLOYMENT = """apiVersion: apps/v1
kind: Deployment
spec:
  template:
    spec:
      containers:
      - image: ghcr.io/berriai/litellm:main
        args: ["--model", "groq/x"]
        env:
        - name: OPENAI_API_KEY
          valueFrom: {secretKeyRef: {name: x, key: y}}
        - name: OPENAI_BASE_URL
          value: "http://vllm.ai.svc.cluster.local:8000/v1"
---
apiVersion: v1
kind: Secret
stringData:
  groq-api-key: gsk-1
  COHERE_API_KEY: x
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
spec:
  hosts: [api.openai.com, example.com]
"""


def test_a_cluster_says_what_pods_get_and_whom_they_may_reach() -> None:
    assert seen("deploy/app.yaml", DEPLOYMENT) == [
        "10 self-hosted env declared",
        "13 self-hosted host used",
        "7 litellm-proxy config used",
        "8 groq-api config used chat completions x",
        "18 groq-api env declared",
        "19 cohere-api env declared",
        "24 openai-api host used",
    ]


def test_templates_of_a_chart_are_read_like_what_they_make() -> None:
    text = (
        "{{- if .Values.on }}\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}\ndata:\n"
        "  GROQ_API_KEY: {{ .Values.key | quote }}\n  URL: https://api.cerebras.ai/v1\n{{- end }}\n"
    )
    assert seen("chart/templates/map.yaml", text) == ["7 groq-api env declared", "8 cerebras host used"]


def test_a_definition_of_resources_uses_nobody() -> None:
    text = "apiVersion: v1\nkind: CustomResourceDefinition\nspec: {OPENAI_API_KEY: x}\n"
    assert seen("crd.yaml", text) == []


WORKFLOW = """on: push
env:
  AWS_REGION: us-west-2
jobs:
  review:
    steps:
    - uses: actions/checkout@v4
    - uses: anthropics/claude-code-action@v1
      with:
        anthropic_api_key: ${{ secrets.ANTHROPIC_API_KEY }}
        claude_args: --max-turns 3 --model claude-sonnet-5
    - uses: anthropics/claude-code-action@0123
      with:
        use_bedrock: "true"
        model: eu.anthropic.claude-sonnet-5-v1:0
    - run: |
        pip install openai
        # curl https://api.groq.com/openai/v1/models
        curl -H x \\
          https://api.cerebras.ai/v1/chat/completions
      env:
        OPENAI_API_KEY: ${{ secrets.OPENAI_API_KEY }}
"""


def test_a_pipeline_calls_whom_its_actions_are_told_to_use() -> None:
    assert seen(".github/workflows/review.yml", WORKFLOW) == [
        "8 claude-code config used github actions claude-sonnet-5",
        "11 claude-code config used claude-sonnet-5",
        "10 claude-code env used",
        "12 bedrock config used converse eu.anthropic.claude-sonnet-5-v1:0 us-west-2",
        "15 bedrock config used eu.anthropic.claude-sonnet-5-v1:0 us-west-2",
        "22 openai-api env used",
        "17 openai-api dependency declared",
        "20 cerebras host used chat completions",
    ]


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        (
            ".gitlab-ci.yml",
            "variables: {GROQ_API_KEY: x}\njob:\n  script:\n  - npm i openai\n",
            [
                "1 groq-api env used",
                "4 openai-api dependency declared",
            ],
        ),
        (
            "action.yml",
            "runs:\n  steps:\n  - uses: anthropics/claude-code-action@v1\n",
            ["3 claude-code config used github actions"],
        ),
        (".github/workflows/a.yml", "jobs: {a: {uses: anthropics/claude-code-action-lookalike@v1}}", []),
        (
            "config/default.yaml",
            "openai:\n  endpoint: https://acme.openai.azure.com/\n  deployment_name: gpt-4\n",
            ["2 azure-openai host used"],
        ),
        ("action.yml", "runs: {steps: [{run: x, env: {OPENAI_API_KEY: x}}]}", ["1 openai-api env declared"]),
        (
            "kong.yaml",
            "plugins: [{config: {model: {provider: openai, name: gpt-5.2}}}]",
            [
                "1 openai-api config used chat completions gpt-5.2",
            ],
        ),
        (
            "stack.yml",
            "services:\n  a:\n    image: x\n    environment: {GROQ_API_KEY: x}\n",
            ["4 groq-api env declared"],
        ),
        (
            "kustomization.yaml",
            "configMapGenerator:\n- literals: [LLM_URL=https://api.cerebras.ai]\n",
            ["2 cerebras host used"],
        ),
        ("group_vars/all.yml", "app_env:\n  GROQ_API_KEY: x\n", ["2 groq-api env declared"]),
        ("job.nomad", 'job "a" { env { GROQ_API_KEY = "x" } }', ["1 groq-api env declared"]),
        ("settings.ini", "[llm]\nurl = https://api.groq.com/openai/v1\n", ["2 groq-api host used"]),
        ("src/application.conf", 'llm {\n  url = "https://api.groq.com/openai/v1"\n}', ["2 groq-api host used"]),
        ("config/llm.properties", "llm.url=https://api.groq.com/openai/v1\n", ["1 groq-api host used"]),
        (
            "Web.config",
            '<configuration><appSettings>\n<add key="OpenAI:ApiKey" value="x"/></appSettings></configuration>',
            [
                "2 openai-api env declared",
            ],
        ),
        (
            "Makefile",
            "OPENAI_API_KEY ?= x\nOPENAI_BASE_URL := https://api.groq.com/openai/v1\n",
            [
                "1 groq-api env declared",
                "2 groq-api host used",
            ],
        ),
        ("values.yaml", "conf: |\n  llm:\n    url: https://api.groq.com/openai/v1\nx: 1\n", ["3 groq-api host used"]),
        (
            "map.yaml",
            'apiVersion: v1\nkind: ConfigMap\ndata:\n  a.json: |\n    {\n      "url": "https://api.groq.com/v1"}\n',
            [
                "6 groq-api host used",
            ],
        ),
        ("gradle.properties", "OPENAI_API_KEY=x", ["1 openai-api env declared"]),
        (".streamlit/secrets.toml", 'OPENAI_API_KEY = "x"', ["1 openai-api env declared"]),
        ("supabase/config.toml", '[studio]\nopenai_api_key = "env(OPENAI_API_KEY)"', []),
        ("setup.sh", "az cognitiveservices account create --name x --kind OpenAI", ["1 azure-openai iac used"]),
        ("setup.sh", "az cognitiveservices account create --name x --kind SpeechServices", []),
        (
            "run.sh",
            "aws bedrock-runtime converse --model-id eu.anthropic.claude-v2:1 --region eu-west-1",
            [
                "1 bedrock call used converse eu.anthropic.claude-v2:1 eu-west-1",
            ],
        ),
        ("run.sh", "aws s3 ls # bedrock", []),
        ("config/default.yaml", "openai:\n  endpoint: https://acme.search.windows.net/\n", []),
        (
            "config/custom-environment-variables.yaml",
            "openai:\n  endpoint: AZURE_OPENAI_ENDPOINT\n",
            ["2 azure-openai env declared"],
        ),
        (
            "config.yaml",
            "llm: {provider: openai, model: gpt-5.2}",
            ["1 openai-api config used chat completions gpt-5.2"],
        ),
        (
            "config.yaml",
            "llm: {provider: azure-openai, model: gpt-5.2}",
            ["1 azure-openai config used chat completions gpt-5.2"],
        ),
        (
            "config.yaml",
            "llm: {provider: openai, model: x, base_url: 'http://localhost:1/v1'}",
            ["1 self-hosted config used x"],
        ),
        ("config.yaml", "cloud: {provider: aws, model: t3}", []),
        ("config/models.json", '[{"provider": "openai", "model": "gpt-5.2", "input_price": 1}]', []),
        ("data/models.json", '[{"provider": "openai", "model": "gpt-5.2"}]', []),
        (
            "appsettings.json",
            '{"AzureOpenAI": {"Endpoint": "https://a.openai.azure.com/", "Model": "gpt-5.2"}}',
            [
                "1 azure-openai host used",
                "1 azure-openai config used chat completions gpt-5.2",
            ],
        ),
        (
            "appsettings.Development.json",
            '{"OpenAI": {"Model": "gpt-5.2"}} // x',
            ["1 openai-api config declared gpt-5.2"],
        ),
        (
            "appsettings.json",
            '{"ConnectionStrings": {"ai": "Endpoint=https://a.openai.azure.com/;Key=hunter2"}}',
            ["1 azure-openai host used"],
        ),
        (
            "charts/app/values.yaml",
            "env:\n  GROQ_API_KEY: ''\nllm:\n  baseUrl: https://api.cerebras.ai/v1\n",
            [
                "2 groq-api env declared",
                "4 cerebras host used",
            ],
        ),
        (
            "wrangler.toml",
            '[ai]\nbinding = "AI"\n[vars]\nOPENAI_BASE_URL = "https://api.groq.com/openai/v1"\n',
            [
                "4 groq-api host used",
                "1 cloudflare-workers-ai config used",
            ],
        ),
        (
            "wrangler.jsonc",
            '{"ai": {"binding": "AI"}, // x\n "vars": {"GROQ_API_KEY": ""}}',
            [
                "2 groq-api env declared",
                "1 cloudflare-workers-ai config used",
            ],
        ),
        ("vercel.json", '{"env": {"OPENAI_API_KEY": "@key"}}', ["1 openai-api env declared"]),
        ("fly.toml", '[env]\nGROQ_API_KEY = "x"\n', ["2 groq-api env declared"]),
        ("render.yaml", "services:\n- envVars:\n  - key: GROQ_API_KEY\n    sync: false\n", ["3 groq-api env declared"]),
        ("app.json", '{"env": {"OPENAI_API_KEY": {"description": "x"}}}', ["1 openai-api env declared"]),
        (
            "deploy.sh",
            "export GROQ_API_KEY=x\ncurl https://api.openai.com/v1/embeddings\necho https://api.cerebras.ai\n",
            [
                "1 groq-api env declared",
                "2 openai-api host used embeddings",
            ],
        ),
    ],
)
def test_settings_and_deployments(path: str, text: str, expected: list[str]) -> None:
    assert seen(path, text) == expected


def test_a_connection_tells_its_host_and_never_its_key() -> None:
    text = '{"ConnectionStrings": {"ai": "Endpoint=https://a.openai.azure.com/;Key=hunter2"}}'
    assert "hunter2" not in repr(sightings("appsettings.json", text))
