"""Spring, LibreChat, Continue, aider, opencode, Claude Code, promptfoo, and files of frameworks."""

from __future__ import annotations

import pytest

from tests.detection.seen import KNOWN, seen, sightings
from vendorgate.detection.code import Code, Import, Place
from vendorgate.detection.configuration.joining import joined
from vendorgate.detection.sighting import Sighting

SPRING = """spring.ai.openai.api-key=${OPENAI_API_KEY}
spring.ai.openai.chat.options.model=gpt-5.2
spring.ai.openai.embedding.options.model=${MODEL:text-embedding-3-small}
# spring.ai.anthropic.api-key=x
spring.ai.azure.openai.endpoint=https://acme.openai.azure.com
spring.datasource.url=jdbc:h2
"""


@pytest.mark.parametrize("path", ["src/main/resources/application.properties", "application-prod.properties"])
def test_properties_only_declare(path: str) -> None:
    assert seen(path, SPRING) == [
        "1 openai-api config declared",
        "2 openai-api config declared chat completions gpt-5.2",
        "3 openai-api config declared embeddings text-embedding-3-small",
        "5 azure-openai config declared",
    ]


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        (
            "application.yml",
            (
                "spring:\n  ai:\n    openai:\n      base-url: https://api.groq.com/openai\n"
                "      chat: {options: {model: x}}\n"
            ),
            [
                "4 groq-api config declared",
                "5 groq-api config declared chat completions x",
            ],
        ),
        (
            "application.properties",
            "langchain4j.open-ai.chat-model.base-url=http://localhost:1\nlangchain4j.open-ai.chat-model.model-name=x",
            [
                "1 self-hosted config declared",
                "2 self-hosted config declared x",
            ],
        ),
        (
            "application.properties",
            "%dev,it.quarkus.langchain4j.openai.base-url=http://localhost:1\nquarkus.langchain4j.openai.chat-model.model-name=gpt-5.2",
            [
                "1 self-hosted config declared",
                "2 openai-api config declared chat completions gpt-5.2",
            ],
        ),
        ("application.properties", "spring.ai.model.chat=anthropic", ["1 anthropic-api config declared"]),
    ],
)
def test_an_address_among_properties_leads_elsewhere(path: str, text: str, expected: list[str]) -> None:
    assert seen(path, text) == expected


STARTER = 'implementation "org.springframework.ai:spring-ai-starter-model-openai"'


def together(files: dict[str, str], codes: dict[str, Code] | None = None) -> dict[str, list[str]]:
    found = joined({path: sightings(path, text) for path, text in files.items()}, codes or {}, KNOWN())
    return {path: [short(one) for one in several] for path, several in found.items()}


def short(one: Sighting) -> str:
    return " ".join([one.provider, one.reach, one.endpoint or "-", one.model or "-"])


def test_properties_are_used_as_far_as_a_starter_above_them_is() -> None:
    found = together(
        {"a/build.gradle": STARTER, "a/src/application.properties": SPRING, "b/application.properties": SPRING}
    )
    assert found["a/src/application.properties"][1:] == [
        "openai-api used chat completions gpt-5.2",
        "openai-api used embeddings text-embedding-3-small",
        "azure-openai declared - -",
    ]
    assert {one.split()[1] for one in found["b/application.properties"]} == {"declared"}


def test_a_starter_calls_whom_the_properties_name() -> None:
    text = "spring.ai.openai.base-url=https://api.groq.com/openai"
    assert together({"build.gradle": STARTER, "src/application.properties": text})["build.gradle"] == [
        "groq-api used chat completions -"
    ]
    ours = "spring.ai.openai.base-url=http://localhost:8000"
    assert together({"build.gradle": STARTER, "src/application.properties": ours})["build.gradle"] == [
        "self-hosted used - -"
    ]
    open = "spring.ai.openai.base-url=${LLM_URL:http://localhost:8000}"
    found = together({"build.gradle": STARTER, "src/application.properties": open})["build.gradle"]
    assert found == ["openai-compatible used - -"]


@pytest.mark.parametrize(
    "path",
    ["src/test/resources/application.properties", "src/main/resources/application-dev.properties", "application-x.yml"],
)
def test_properties_of_one_profile_move_no_starter(path: str) -> None:
    ours = "spring.ai.openai.base-url: http://localhost:8000"
    assert together({"build.gradle": STARTER, path: ours})["build.gradle"] == ["openai-api used chat completions -"]


@pytest.mark.parametrize(
    ("path", "reach"),
    [
        ("application.properties", "used"),
        ("application-prod.properties", "used"),
        ("application-azure.properties", "optional"),
        ("application-dev.properties", "declared"),
    ],
)
def test_a_profile_is_chosen_by_somebody(path: str, reach: str) -> None:
    text = "spring.ai.openai.chat.options.model=gpt-5.2"
    assert together({"build.gradle": STARTER, path: text})[path] == [f"openai-api {reach} chat completions gpt-5.2"]


def test_a_document_for_one_profile_says_nothing_of_the_others() -> None:
    text = (
        "spring: {ai: {openai: {chat: {options: {model: gpt-5.2}}}}}\n---\n"
        "spring: {config: {activate: {on-profile: local}}, ai: {openai: {base-url: 'http://localhost:1'}}}\n"
    )
    found = together({"build.gradle": STARTER, "application.yml": text})
    assert found["build.gradle"] == ["openai-api used chat completions -"]
    assert found["application.yml"] == ["openai-api used chat completions gpt-5.2", "self-hosted declared - -"]


@pytest.mark.parametrize(
    ("path", "module", "expected"),
    [
        ("src/main/java/A.java", "org.springframework.ai.embedding.EmbeddingModel", ["embeddings"]),
        ("src/main/java/A.java", "org.springframework.ai.embeddings.Other", []),
        ("src/main/java/A.java", "dev.langchain4j.model.embedding.EmbeddingModel", []),
        ("src/test/java/A.java", "org.springframework.ai.embedding.EmbeddingModel", []),
        ("other/A.java", "org.springframework.ai.image.ImageModel", ["images"]),
    ],
)
def test_what_the_code_asks_of_a_starter_is_reached(path: str, module: str, expected: list[str]) -> None:
    code = Code("java", imports=(Import(module, Place(1, 1)),))
    found = together({"build.gradle": STARTER}, {path: code})["build.gradle"]
    assert found == ["openai-api used chat completions -", *(f"openai-api used {one} -" for one in expected)]


MODELS = (
    "model_list: [{litellm_params: {model: bedrock/apac.anthropic.claude-v2:1}}, {litellm_params: {model: groq/x}}]"
)
PROXY = "services: {a: {image: ghcr.io/berriai/litellm, environment: {AWS_REGION: ap-northeast-1}}}"


@pytest.mark.parametrize(
    ("compose", "model", "expected"),
    [
        ("docker-compose.yml", "conf/litellm.yaml", ["claude-bedrock used ap-northeast-1"]),
        ("a/docker-compose.yml", "b/litellm.yaml", []),
        ("docker-compose.example.yml", "litellm.yaml", []),
        ("docker-compose.yml", "litellm.example.yaml", []),
    ],
)
def test_a_region_of_the_environment_is_that_of_the_models_below_it(
    compose: str, model: str, expected: list[str]
) -> None:
    seen = {compose: sightings(compose, PROXY), model: sightings(model, MODELS)}
    found = joined(seen, {}, KNOWN())[compose]
    assert [f"{one.provider} {one.reach} {one.region}" for one in found[2:]] == expected


def test_a_region_that_a_model_names_itself_is_not_completed() -> None:
    exact = "model_list: [{litellm_params: {model: bedrock/anthropic.claude-v2:1, aws_region_name: us-east-1}}]"
    seen = {"compose.yml": sightings("compose.yml", PROXY), "litellm.yaml": sightings("litellm.yaml", exact)}
    assert len(joined(seen, {}, KNOWN())["compose.yml"]) == 2


LIBRECHAT = """version: 1.3.1
cache: true
endpoints:
  agents: {capabilities: [tools]}
  openAI: {fetch: true}
  anthropic: false
  assistants: {}
  custom:
  - name: Groq
    baseURL: https://api.groq.com/openai/v1
    models: {default: [llama-3]}
    addParams: {provider: {zdr: true, data_collection: deny}}
  - name: Ours
    baseURL: ${OURS}
    models: {default: [x], fetch: true}
"""


def test_librechat_turns_on_endpoints_and_adds_its_own() -> None:
    assert seen("librechat.yaml", LIBRECHAT) == [
        "5 openai-api config used chat completions",
        "7 openai-api config used assistants",
        "10 groq-api config used chat completions zdr=True data_collection=deny",
        "11 groq-api config used chat completions llama-3",
        "14 openai-compatible config used",
        "15 openai-compatible config used x",
    ]


@pytest.mark.parametrize("above", ["speech:\n  ", ""])
def test_librechat_speaks_and_listens(above: str) -> None:
    indent = "  " if above else ""
    text = f"version: 1\n{above}tts:\n{indent}  openai: {{model: tts-1}}\n{indent}  localai: {{url: 'http://x:1'}}\n"
    text += f"{indent}stt:\n{indent}  openai: {{url: 'https://api.groq.com/v1', model: whisper-1}}\n"
    assert [one.partition(" ")[2] for one in seen("librechat.yaml", text)] == [
        "openai-api config used speech tts-1",
        "self-hosted config used",
        "groq-api config used audio transcriptions whisper-1",
    ]


def test_an_option_of_what_is_done_says_that_it_is_done() -> None:
    text = (
        "quarkus.langchain4j.openai.image-model.size=1\nquarkus.langchain4j.openai.image-model.quality=low\n"
        "quarkus.langchain4j.openai.embedding-model.enabled=false\n%test.quarkus.langchain4j.openai.moderation-model.x=1\n"
    )
    assert seen("application.properties", text) == ["1 openai-api config declared images"]


def test_what_code_injects_of_quarkus_is_reached() -> None:
    starter = 'implementation "io.quarkiverse.langchain4j:quarkus-langchain4j-openai"'
    place = Place(1, 1)
    code = Code("java", imports=(Import("dev.langchain4j.model.image", place, (("ImageModel", "ImageModel"),)),))
    assert together({"build.gradle": starter}, {"src/A.java": code})["build.gradle"] == [
        "openai-api used chat completions -",
        "openai-api used images -",
    ]


def test_librechat_is_read_in_the_values_of_its_chart() -> None:
    text = "chart:\n  configYamlContent: |\n    version: 1\n    endpoints:\n      openAI: {}\n"
    assert seen("chart/values.yaml", text) == ["5 openai-api config used chat completions"]


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        (
            ".continue/config.yaml",
            "context: [{provider: openai}]\nmodels:\n- {provider: cohere, model: x, roles: [embed]}\n",
            [
                "3 cohere-api config used embed x",
            ],
        ),
        (
            ".continue/agents/a.yaml",
            "models: [{uses: anthropic/claude-sonnet-5}]",
            ["1 anthropic-api config used messages claude-sonnet-5"],
        ),
        (
            ".continue/config.json",
            '{"models": [{"provider": "openai", "model": "x", "apiBase": "http://localhost:1/v1"}]}',
            [
                "1 self-hosted config used x",
            ],
        ),
        (
            ".continue/config.yaml",
            "models: [{provider: ollama, model: 'gpt-oss:120b-cloud'}]",
            [
                "1 ollama-cloud config used chat completions gpt-oss:120b-cloud",
            ],
        ),
        (
            ".aider.conf.yml",
            "model: gpt-5.2\nopenai-api-base: https://api.groq.com/openai/v1\n",
            [
                "1 groq-api config used chat completions gpt-5.2",
                "2 groq-api host used",
            ],
        ),
        (
            "opencode.json",
            (
                '{"model": "anthropic/claude-sonnet-5", "small_model": "ours/x",'
                ' "provider": {"ours": {"options": {"baseURL": "http://127.0.0.1/v1"}}}}'
            ),
            [
                "1 anthropic-api config used messages claude-sonnet-5",
                "1 self-hosted config used x",
            ],
        ),
        (
            ".claude/settings.json",
            '{"model": "opus", "permissions": {}}',
            ["1 claude-code config used opus"],
        ),
        (
            ".claude/settings.json",
            '{"model": "x", "env": {"CLAUDE_CODE_USE_BEDROCK": "1"}}',
            ["1 bedrock env declared", "1 bedrock config used converse x"],
        ),
        (".codex/config.toml", 'model = "gpt-5.2"\n', ["1 openai-api config used responses gpt-5.2"]),
        (
            ".codex/config.toml",
            'model = "x"\nmodel_provider = "a"\n[model_providers.a]\nbase_url = "https://api.groq.com/openai/v1"\n',
            [
                "1 groq-api config used chat completions x",
            ],
        ),
        (
            ".mcp.json",
            '{"mcpServers": {"a": {"command": "npx", "args": ["openai"], "env": {"OPENAI_API_KEY": "x"}}}}',
            ["1 openai-api env declared"],
        ),
        (".vscode/mcp.json", '{"servers": {"a": {"url": "https://mcp.example/openai"}}}', []),
        (
            "agents.yaml",
            "a:\n  role: x\n  backstory: y\n  llm: groq/x\n",
            ["4 groq-api config used chat completions x"],
        ),
        (
            "pipe.yaml",
            (
                "a:\n  b:\n    type: haystack_integrations.components.generators.anthropic.AnthropicChatGenerator\n"
                "    init_parameters: {model: claude-sonnet-5}\n"
            ),
            [
                "3 anthropic-api config used messages claude-sonnet-5",
            ],
        ),
        (
            "app.prompt.yml",
            "model: openai/gpt-5.2\nmessages: []\n",
            ["1 github-models config used chat completions openai/gpt-5.2"],
        ),
        (
            "flow.json",
            (
                '{"nodes": [{"type": "@n8n/n8n-nodes-langchain.lmChatOpenAi",'
                ' "parameters": {"model": {"value": "gpt-5.2"}}}]}'
            ),
            [
                "1 openai-api config used chat completions gpt-5.2",
            ],
        ),
        (
            "app.yml",
            "model:\n  mode: chat\n  name: gpt-5.2\n  provider: langgenius/openai/openai\n",
            ["3 openai-api config used chat completions gpt-5.2"],
        ),
        (
            "run.yaml",
            "providers:\n  inference:\n  - provider_type: remote::groq\n  - provider_type: inline::x\n",
            ["3 groq-api config used chat completions"],
        ),
        (
            "flow.dag.yaml",
            "nodes:\n- type: llm\n  provider: AzureOpenAI\n  inputs: {deployment_name: d}\n  api: chat\n",
            ["3 azure-openai config used chat completions"],
        ),
        ("CLAUDE.md", "Use openai, model: gpt-5.2, https://api.openai.com", []),
    ],
)
def test_assistants_and_frameworks(path: str, text: str, expected: list[str]) -> None:
    assert seen(path, text) == expected


PROMPTFOO = """prompts: [x]
providers:
- openai:gpt-5.2
- openai:embedding:text-embedding-3-small
- id: http://10.0.0.1:1234/v1/chat/completions
- anthropic:messages:claude-sonnet-5:
    config: {temperature: 1}
- id: openai:chat:x
  config: {apiBaseUrl: https://api.groq.com/openai/v1}
- file://own.js
tests:
- assert: [{type: llm-rubric, provider: openai:responses:gpt-5.2}]
- vars: {provider: openai:x}
"""


@pytest.mark.parametrize("path", ["promptfooconfig.yaml", "evals-of-ours.yaml"])
def test_an_evaluation_asks_its_providers_and_its_judges(path: str) -> None:
    assert seen(path, PROMPTFOO) == [
        "3 openai-api config used chat completions gpt-5.2",
        "4 openai-api config used embeddings text-embedding-3-small",
        "5 self-hosted host used",
        "6 anthropic-api config used messages claude-sonnet-5",
        "8 groq-api config used chat completions x",
        "12 openai-api config used responses gpt-5.2",
    ]


@pytest.mark.parametrize(
    "text", ["providers: [openai:x]", "tests: [openai:x]", "# providers:\n# prompts:\nx: openai:gpt-5.2"]
)
def test_what_has_no_providers_with_prompts_is_no_evaluation(text: str) -> None:
    assert seen("a.yaml", text) == []
