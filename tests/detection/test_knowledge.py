"""Who is known by what: every name is one provider's, written as code has it, and names that mislead are nobody's."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

import pytest

from tests.detection.known import shipped_catalogue
from vendorgate.detection.catalogue.facts import ProviderFacts, providers
from vendorgate.detection.routing.hosts import is_api as is_api_host
from vendorgate.load.files import shipped
from vendorgate.logic.globs import names_any
from vendorgate.model.signatures import Signatures, symbol_parts
from vendorgate.snapshots import read_snapshot

SNAPSHOT = read_snapshot(shipped("registry-snapshot"), rules=False)
OFFERINGS = {one.id: one.written for one in SNAPSHOT.offerings.values()}
SAID: Mapping[str, Signatures] = {
    **{id: written.signatures or Signatures() for id, written in OFFERINGS.items()},
    **{one.id: one.signatures for one in providers()},
}
SYSTEMS = {"pypi", "npm", "go", "maven", "rubygems", "crates", "nuget", "packagist"}
LANGUAGES = {"python", "javascript", "go", "java", "csharp", "ruby", "rust", "php"}
TOOLS = {"terraform", "cloudformation", "bicep", "cdk", "pulumi", "gcloud", "az", "iam", "vpc_endpoint"}
FRAMEWORKS = {
    *("litellm", "langchain", "pydantic_ai", "ai_gateway", "instructor", "any_llm", "promptfoo", "continue"),
    *("librechat", "opencode", "mastra", "aider", "ruby_llm", "spring_ai", "langchain4j", "quarkus_langchain4j"),
    *("genai", "litellm_callback"),
}
KINDS: Mapping[str, set[str]] = {
    "packages": SYSTEMS,
    "weak_packages": SYSTEMS,
    "imports": LANGUAGES,
    "weak_imports": LANGUAGES,
    "client_symbols": LANGUAGES,
    "call_patterns": LANGUAGES,
    "iac": TOOLS,
    "prefixes": FRAMEWORKS,
}
LISTS = ("hosts", "weak_hosts", "url_paths", "env", "weak_env", "model_ids", "ci_actions")
ONE_EACH = ("packages", "imports", "client_symbols", "call_patterns", "iac", "prefixes", "hosts", "env", "ci_actions")
SHARED: Mapping[str, str] = {}
"""Names that two have, each with its reason."""
WEAK_TOO: Mapping[str, str] = {}
"""Names that are evidence of one and no evidence of another, each with its reason."""


def said(field: str) -> Iterator[tuple[str, str, str]]:
    """Provider, kind and name of everything that stands in a field; a plain list has the kind ''."""
    for id, one in SAID.items():
        value = getattr(one, field)
        for kind, names in value.items() if isinstance(value, dict) else (("", value),):
            yield from ((id, kind, name) for name in names)


@pytest.mark.parametrize("field", ONE_EACH)
def test_a_name_is_one_providers(field: str) -> None:
    owners: dict[tuple[str, str], list[str]] = defaultdict(list)
    for id, kind, name in said(field):
        owners[kind, name.lower() if field in {"hosts", "ci_actions"} else name].append(id)
    shared = {key: ids for key, ids in owners.items() if len(ids) > 1 and key[1] not in SHARED}
    assert not shared


@pytest.mark.parametrize("field", ["packages", "imports", "hosts", "env"])
def test_what_is_no_evidence_of_one_is_no_evidence_of_another(field: str) -> None:
    strong = {(kind, name) for _, kind, name in said(field)}
    weak = {(kind, name) for _, kind, name in said(f"weak_{field}")}
    assert {name for _, name in strong & weak} <= WEAK_TOO.keys()


@pytest.mark.parametrize("field", KINDS)
def test_names_stand_under_what_is_known(field: str) -> None:
    assert {kind for _, kind, _ in said(field)} <= KINDS[field]


@pytest.mark.parametrize("field", [*KINDS, *LISTS])
def test_a_name_is_written_once_and_without_space_around(field: str) -> None:
    seen: set[tuple[str, str, str]] = set()
    for row in said(field):
        assert row not in seen
        seen.add(row)
        assert row[2] == row[2].strip()


SILENT: Mapping[str, str] = {
    "notion-ai": "pages and interface are those of all of Notion",
    "slack-ai": "pages and interface are those of all of Slack",
}
"""Products that nothing in code tells from what they are part of, each with its reason."""


@pytest.mark.parametrize("id", SAID)
def test_a_provider_is_known_by_something(id: str) -> None:
    if id in SILENT:
        return
    assert any(getattr(SAID[id], field) for field in ONE_EACH) or SAID[id].model_ids


LABEL = r"(?:[a-z0-9-]|\{region\})+"
HOST = re.compile(rf"(?:\*\.)?{LABEL}(?:\.{LABEL})+(?:/[A-Za-z0-9._*-]+)*\Z")


@pytest.mark.parametrize("field", ["hosts", "weak_hosts"])
def test_a_host_is_a_host(field: str) -> None:
    wrong = [name for _, _, name in said(field) if not HOST.match(name)]
    assert not wrong


def test_a_host_leads_to_its_provider() -> None:
    known, lost = shipped_catalogue(), []
    for id, _, name in said("hosts"):
        text = f"https://{name.replace('*', 'acme').replace('{region}', 'eu-west-1')}/more"
        found = known.host(text)
        if found is None or found.provider != id:
            lost.append((name, id, found and found.provider))
        elif "{region}" in name:
            assert found.region == "eu-west-1"
    assert not lost


def test_a_region_of_a_host_is_one_that_manifests_know() -> None:
    clouds = SNAPSHOT.written.clouds or {}
    places = {"us", "eu", "global", *(place for names in clouds.values() for place in names.values())}
    for id, one in SAID.items():
        assert set(one.host_regions) <= set(one.hosts), id
        assert set(one.host_regions.values()) <= places, id


def test_a_symbol_has_a_module_and_leads_to_its_provider() -> None:
    known, lost = shipped_catalogue(), []
    for id, language, symbol in said("client_symbols"):
        module, name = symbol_parts(symbol)
        assert module, symbol
        assert name, symbol
        if known.client(language, module, name) != id:
            lost.append(symbol)
    assert not lost


@pytest.mark.parametrize("field", ["client_symbols", "call_patterns"])
def test_one_colon_divides_a_module_from_its_symbol(field: str) -> None:
    assert not [name for _, _, name in said(field) if len(re.findall(r"(?<!:):(?!:)", name)) != 1]


def test_a_resource_leads_to_its_provider() -> None:
    known, lost = shipped_catalogue(), []
    for id, tool, written in said("iac"):
        type, _, wanted = written.rstrip("}").partition("{")
        pairs = [one.partition("=") for one in wanted.split(",") if one]
        found = known.resource(
            tool, type.replace("*", "x"), {key: value.split("|")[0].replace("*", "x") for key, _, value in pairs}
        )
        if found != id:
            lost.append((written, id, found))
    assert not lost


def test_a_variable_leads_to_its_provider() -> None:
    known = shipped_catalogue()
    lost = [(name, id) for id, _, name in said("env") if known.variable(name.replace("*", "X")) != id]
    assert not lost
    assert all(re.match(r"[A-Z][A-Z0-9_]+\*?\Z", name) for field in ("env", "weak_env") for _, _, name in said(field))


def test_a_prefix_leads_to_its_provider() -> None:
    known = shipped_catalogue()
    lost = [
        (framework, text)
        for id, framework, text in said("prefixes")
        if framework not in {"litellm_callback", "ruby_llm"} and known.prefixed(framework, f"{text}m") != (id, "m")
    ]
    assert not lost


@pytest.mark.parametrize("facts", [one for one in providers() if one.role == "platform"], ids=lambda one: one.id)
def test_a_platform_leads_to_every_offering_of_it(facts: ProviderFacts) -> None:

    served = {id for id, written in OFFERINGS.items() if written.platform == facts.platform}
    assert served
    assert set(facts.apart) <= served
    assert served - set(facts.apart) <= set(facts.makers.values())
    elsewhere = {id for id in facts.makers.values() if id in OFFERINGS} - served
    assert elsewhere <= {"claude-foundry"}, "sold in Azure, and Anthropic's"


def test_no_provider_is_an_offering_of_the_registry() -> None:
    ids = [one.id for one in providers()]
    assert len(ids) == len(set(ids))
    assert not set(ids) & OFFERINGS.keys()


PASSED_ON: Mapping[str, tuple[str, ...]] = {
    "alibaba-model-studio": ("deepseek-*", "kimi-*", "glm-*", "minimax-*"),
    "alibaba-model-studio-china": ("deepseek-*", "kimi-*", "glm-*", "minimax-*"),
    "assemblyai-api": ("claude-*", "gemini-*", "gpt-*", "kimi*", "qwen*"),
    "elevenlabs-api": ("claude-*", "gemini-*"),
}
"""Models of others that a maker of models lists, since its own service asks them or serves them."""


@pytest.mark.parametrize("id", [id for id, written in OFFERINGS.items() if written.category == "first_party"])
def test_no_model_that_a_maker_lists_is_told_as_anothers(id: str) -> None:
    """By whomever it is served. Plain words (`best`, `command`) are told as nobody's."""
    known, written = shipped_catalogue(), read_snapshot(shipped("registry-snapshot"), [id]).offerings[id].written
    models = [one for one in written.models or () if not names_any(one.lower(), PASSED_ON.get(id, ()))]
    found = {model: known.maker(model.replace("*", "1").replace("?", "1")) for model in models}
    assert not {model: one for model, one in found.items() if one and OFFERINGS[one].developer != written.developer}


PACKAGES = [
    ("pypi", "openai", "openai-api"),
    ("pypi", "langchain_openai", "openai-api"),
    ("npm", "@ai-sdk/azure", "azure-openai"),
    ("npm", "@azure/openai", "azure-openai"),
    ("pypi", "anthropic", "anthropic-api"),
    ("pypi", "claude-agent-sdk", "anthropic-api"),
    ("npm", "@anthropic-ai/bedrock-sdk", "claude-bedrock"),
    ("npm", "@anthropic-ai/vertex-sdk", "claude-vertex"),
    ("npm", "@anthropic-ai/foundry-sdk", "claude-foundry"),
    ("npm", "groq-sdk", "groq-api"),
    ("npm", "groq", None),
    ("npm", "groq-js", None),
    ("npm", "next-sanity", None),
    ("pypi", "fireworks-ai", "fireworks-api"),
    ("pypi", "fireworks", None),
    ("pypi", "mistralai", "mistral-la-plateforme"),
    ("pypi", "mistral", None),
    ("pypi", "python-mistralclient", None),
    ("npm", "cohere-ai", "cohere-api"),
    ("npm", "cohere", None),
    ("pypi", "xai-sdk", "xai-api"),
    ("npm", "xai-sdk", None),
    ("pypi", "pygrok", None),
    ("pypi", "deepseek", None),
    ("pypi", "boto3", None),
    ("pypi", "huggingface_hub", None),
    ("pypi", "google-cloud-aiplatform", None),
    ("npm", "ai", None),
    ("npm", "@ai-sdk/react", None),
    ("npm", "@ai-sdk/provider", None),
    ("npm", "@ai-sdk/openai-compatible", None),
    ("npm", "swagger-ui-express", None),
    ("npm", "express-openapi-validator", None),
    ("nuget", "Microsoft.AspNetCore.OpenApi", None),
    ("nuget", "Microsoft.OpenApi", None),
    ("nuget", "azure.ai.openai", "azure-openai"),
    ("maven", "org.springframework.ai:spring-ai-starter-model-openai", "openai-api"),
    ("maven", "org.springframework.ai:spring-ai-bom", None),
    ("maven", "dev.langchain4j:langchain4j-azure-open-ai", "azure-openai"),
    ("maven", "org.openapitools:openapi-generator", None),
    ("go", "github.com/openai/openai-go/v2", "openai-api"),
    ("go", "github.com/cohere-ai/cohere-go/v2", "cohere-api"),
    ("rubygems", "ruby-openai", "openai-api"),
    ("rubygems", "ruby_llm", None),
    ("crates", "async-openai", "openai-api"),
    ("packagist", "openai-php/client", "openai-api"),
    ("pypi", "transformers", "self-hosted"),
    ("pypi", "tiktoken", "self-hosted"),
    ("npm", "@elevenlabs/elevenlabs-js", "elevenlabs-api"),
    ("npm", "@anthropic-ai/claude-code", "claude-code"),
    ("npm", "@anthropic-ai/claude-agent-sdk", "anthropic-api"),
    ("npm", "@github/copilot-sdk", "github-copilot-business"),
    ("pypi", "microsoft-agents-m365copilot", "microsoft-365-copilot"),
    ("npm", "@microsoft/agents-hosting", None),
    ("npm", "@notionhq/client", None),
    ("pypi", "slack-sdk", None),
    ("pypi", "deepgram", None),
    ("pypi", "stability", None),
    ("pypi", "langfuse", "langfuse-cloud"),
]


@pytest.mark.parametrize(("system", "name", "provider"), PACKAGES)
def test_a_package_names_its_provider_and_no_other(system: str, name: str, provider: str | None) -> None:
    assert shipped_catalogue().package(system, name) == provider


@pytest.mark.parametrize(
    ("language", "module", "provider"),
    [
        ("python", "openai.types.chat", "openai-api"),
        ("python", "openai_whisper", None),
        ("python", "google.genai.types", "gemini-api"),
        ("python", "google.cloud.storage", None),
        ("python", "google.cloud.aiplatform", None),
        ("python", "vertexai.generative_models", "gemini-vertex"),
        ("python", "vertexai", "vertex"),
        ("python", "fireworks", None),
        ("python", "fireworks.client", "fireworks-api"),
        ("python", "mistral", None),
        ("python", "mistralai.azure", "mistral-azure"),
        ("python", "boto3", None),
        ("python", "huggingface_hub", None),
        ("javascript", "groq", None),
        ("javascript", "openai/resources", "openai-api"),
        ("javascript", "@ai-sdk/google-vertex/anthropic", "claude-vertex"),
        ("javascript", "@ai-sdk/google-vertex/edge", "vertex"),
        ("go", "github.com/openai/openai-go/v3/option", "openai-api"),
        ("go", "github.com/openai/openai-go/azure", "azure-openai"),
        ("java", "com.openai.models", "openai-api"),
        ("java", "org.springframework.ai.azure.openai", "azure-openai"),
        ("csharp", "OpenAI.Chat", "openai-api"),
        ("csharp", "OpenAIExtensions", None),
        ("csharp", "Microsoft.OpenApi", None),
        ("ruby", "openai", "openai-api"),
        ("rust", "async_openai::types", "openai-api"),
        ("php", r"OpenAI\Laravel", "openai-api"),
    ],
)
def test_a_module_names_its_provider_and_no_other(language: str, module: str, provider: str | None) -> None:
    assert shipped_catalogue().module(language, module) == provider


@pytest.mark.parametrize(
    ("text", "provider", "region"),
    [
        ("https://api.openai.com/v1", "openai-api", None),
        ("https://eu.api.openai.com/v1", "openai-api", "eu"),
        ("https://platform.openai.com", None, None),
        ("https://cdn.openai.com", None, None),
        ("https://chatgpt.com", None, None),
        ("https://api.chatgpt.com/v1/compliance/workspaces", "chatgpt-enterprise", None),
        ("https://claude.ai/new", None, None),
        ("https://gemini.google.com", None, None),
        ("https://cursor.com/docs", None, None),
        ("https://graph.microsoft.com/v1.0/copilot/retrieval", "microsoft-365-copilot", None),
        ("https://graph.microsoft.com/v1.0/me/messages", None, None),
        ("https://slack.com/api/chat.postMessage", None, None),
        ("https://api.zoom.us/v2/users/me", None, None),
        ("https://api.zoom.us/v2/meetings/1/meeting_summary", "zoom-ai-companion", None),
        ("https://api.eu.deepgram.com/v1/listen", "deepgram-api", "eu"),
        ("https://github.com/openai/openai-python", None, None),
        ("https://acme.openai.azure.com/", "azure-openai", None),
        ("https://acme.services.ai.azure.com/anthropic/v1/messages", "claude-foundry", None),
        ("https://acme.services.ai.azure.com/openai/v1", "azure-openai", None),
        ("https://acme.services.ai.azure.com/models", "azure-ai", None),
        ("https://acme.cognitiveservices.azure.com/openai/deployments/x", "azure-openai", None),
        ("https://acme.cognitiveservices.azure.com/vision/v3.2", None, None),
        ("https://bedrock-runtime.eu-central-1.amazonaws.com", "bedrock", "eu-central-1"),
        ("https://bedrock.eu-central-1.amazonaws.com", None, None),
        ("https://europe-west4-aiplatform.googleapis.com/v1", "vertex", "europe-west4"),
        ("https://aiplatform.eu.rep.googleapis.com", "vertex", "eu"),
        ("https://openrouter.ai/api/v1", "openrouter", None),
        ("https://openrouter.ai/docs", None, None),
        ("https://huggingface.co/meta-llama/Llama-3", None, None),
        ("https://abc.eu-west-1.aws.endpoints.huggingface.cloud", "huggingface-inference", None),
        ("https://replicate.com/owner/model", None, None),
        ("https://api.cloudflare.com/client/v4/zones", None, None),
        ("https://api.cloudflare.com/client/v4/accounts/1/ai/run/@cf/meta/llama", "cloudflare-workers-ai", None),
        ("https://oai.helicone.ai/v1", "helicone", None),
    ],
)
def test_a_host_names_its_provider_and_region(text: str, provider: str | None, region: str | None) -> None:
    found = shipped_catalogue().host(text)
    assert (found and found.provider, found and found.region) == (provider, region)


@pytest.mark.parametrize(
    ("name", "provider"),
    [
        ("OPENAI_API_KEY", "openai-api"),
        ("AZURE_OPENAI_DEPLOYMENT_NAME", "azure-openai"),
        ("GEMINI_API_KEY", "gemini-api"),
        ("GOOGLE_GENAI_USE_VERTEXAI", "vertex"),
        ("AWS_BEARER_TOKEN_BEDROCK", "bedrock"),
        *((name, None) for name in ("GOOGLE_API_KEY", "HF_TOKEN", "GOOGLE_CLOUD_PROJECT", "CLOUD_ML_REGION")),
        *((name, None) for name in ("GOOGLE_APPLICATION_CREDENTIALS", "AWS_ACCESS_KEY_ID", "AWS_REGION")),
        *((name, None) for name in ("CLOUDFLARE_API_TOKEN", "DATABRICKS_TOKEN", "VERCEL_OIDC_TOKEN")),
        *((name, None) for name in ("AZURE_AI_SEARCH_KEY", "AZURE_RESOURCE_NAME", "FORGE_API_KEY", "META_API_KEY")),
    ],
)
def test_a_variable_that_serves_other_things_names_nobody(name: str, provider: str | None) -> None:
    assert shipped_catalogue().variable(name) == provider


@pytest.mark.parametrize(
    ("model", "maker"),
    [
        ("gpt-5.2", "openai-api"),
        ("ft:gpt-4o-mini:acme::x", "openai-api"),
        ("o3-mini", "openai-api"),
        ("claude-sonnet-4-5", "anthropic-api"),
        ("gemini-2.5-pro", "gemini-api"),
        ("mistral-large-latest", "mistral-la-plateforme"),
        ("deepseek-chat", "deepseek-api"),
        ("sonar-pro", "perplexity-api"),
        ("grok-4", "xai-api"),
        ("command-r-plus", "cohere-api"),
        ("command-line", None),
        ("gpt-oss-120b", None),
        ("gpt2", None),
        ("gpt-j-6b", None),
        ("gpt-neo-2.7B", None),
        ("gemma-3-27b-it", None),
        ("deepseek-r1-distill-llama-70b", None),
        ("llama-3.3-70b-versatile", None),
    ],
)
def test_a_model_names_its_maker_and_open_weights_nobody(model: str, maker: str | None) -> None:
    assert shipped_catalogue().maker(model) == maker


@pytest.mark.parametrize(
    ("platform", "model", "offering"),
    [
        ("bedrock", "anthropic.claude-sonnet-4-20250514-v1:0", "claude-bedrock"),
        ("bedrock", "us.anthropic.claude-sonnet-4-20250514-v1:0", "claude-bedrock"),
        ("bedrock", "eu.amazon.nova-pro-v1:0", "amazon-nova-bedrock"),
        ("bedrock", "meta.llama3-70b-instruct-v1:0", "llama-bedrock"),
        ("bedrock", "openai.gpt-oss-120b-1:0", "openai-bedrock"),
        ("bedrock", "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-v2", "claude-bedrock"),
        ("bedrock", "mistral.mistral-large-2402-v1:0", "mistral-bedrock"),
        ("bedrock", None, "bedrock"),
        ("bedrock", "openai.key", "bedrock"),
        ("bedrock", "https://openai.example/v1", "bedrock"),
        (
            "bedrock",
            "arn:aws:bedrock:eu-west-1:1:inference-profile/eu.mistral.pixtral-large-2502-v1:0",
            "mistral-bedrock",
        ),
        ("vertex", "openai/gpt-oss-120b-maas", "openai-vertex"),
        ("vertex", "projects/p/locations/l/publishers/meta/models/llama-3", "llama-vertex"),
        ("vertex", "anthropic.key", "vertex"),
        ("vertex", "gemini-2.5-pro", "gemini-vertex"),
        ("vertex", "claude-sonnet-4@20250514", "claude-vertex"),
        ("vertex", "publishers/anthropic/models/claude-sonnet-4", "claude-vertex"),
        ("vertex", "my-endpoint", "vertex"),
        ("azure-ai", "gpt-4o", "azure-openai"),
        ("azure-ai", "Llama-3.3-70B-Instruct", "llama-azure"),
        ("azure-ai", "Mistral-Large-2411", "mistral-azure"),
    ],
)
def test_the_model_says_which_offering_of_a_platform_it_is(platform: str, model: str | None, offering: str) -> None:
    found = shipped_catalogue().offering(platform, model)
    assert (found[0] or found[1]) == offering


@pytest.mark.parametrize(
    ("tool", "type", "properties", "provider"),
    [
        ("terraform", "azurerm_cognitive_account", {"kind": "OpenAI"}, "azure-openai"),
        ("terraform", "azurerm_cognitive_account", {"kind": "SpeechServices"}, None),
        ("terraform", "azurerm_cognitive_account", {}, None),
        ("terraform", "azurerm_cognitive_deployment", {"model.format": "OpenAI"}, "azure-openai"),
        ("terraform", "azurerm_cognitive_deployment", {"model.format": "Anthropic"}, "claude-foundry"),
        ("terraform", "azurerm_cognitive_deployment", {}, "azure-openai"),
        ("terraform", "aws_bedrockagent_agent", {}, "bedrock"),
        ("terraform", "aws_s3_bucket", {}, None),
        ("terraform", "google_project_service", {"service": "aiplatform.googleapis.com"}, "vertex"),
        ("terraform", "google_project_service", {"service": "storage.googleapis.com"}, None),
        ("cloudformation", "AWS::Bedrock::Agent", {}, "bedrock"),
        ("bicep", "Microsoft.CognitiveServices/accounts", {"kind": "FormRecognizer"}, None),
    ],
)
def test_a_resource_counts_by_the_property_that_decides(
    tool: str, type: str, properties: dict[str, str], provider: str | None
) -> None:
    assert shipped_catalogue().resource(tool, type, properties) == provider


@pytest.mark.parametrize(
    ("text", "is_api"),
    [
        ("https://api.openai.com/v1/responses", True),
        ("https://fal.run/fal-ai/flux", True),
        ("https://queue.fal.run/somebody/app", True),
        ("https://fal.run/docs/flux", False),
        ("https://model-abc.api.baseten.co/environments/production/predict", True),
        ("https://acme.cloud.databricks.com/serving-endpoints", True),
        ("https://us-south.ml.cloud.ibm.com/ml/v1/text/generation?version=2023-05-29", True),
        ("https://bedrock-agent-runtime.us-east-1.amazonaws.com/knowledgebases/x/retrieve", True),
        ("https://openrouter.ai/api/v1", True),
        ("https://api.openai.com/dashboard/billing/usage", False),
        ("https://api.together.ai/settings/api-keys", False),
    ],
)
def test_a_path_on_a_host_is_its_apis_or_a_pages(text: str, is_api: bool) -> None:
    known = shipped_catalogue()
    found = known.host(text)
    assert (found is not None and is_api_host(known, found)) is is_api
