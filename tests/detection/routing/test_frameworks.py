"""Frameworks: what their texts, classes and functions reach, and by which endpoint."""

from __future__ import annotations

import pytest

from tests.detection.routing.said import in_python, seen
from vendorgate.detection.sighting import Sighting

PYTHON = {
    "from litellm import completion\ncompletion(model='gpt-5.2')": ("openai-api", "chat completions", "gpt-5.2"),
    "import litellm\nlitellm.completion(model='azure/gpt-4o')": ("azure-openai", "chat completions", "gpt-4o"),
    "import litellm\nlitellm.embedding(model='mistral/mistral-embed')": (
        "mistral-la-plateforme",
        "embeddings",
        "mistral-embed",
    ),
    "import litellm\nlitellm.completion(model='bedrock/eu.anthropic.claude-sonnet-4-6')": (
        "bedrock",
        "converse",
        "eu.anthropic.claude-sonnet-4-6",
    ),
    "import litellm\nlitellm.completion(model='openai/x-1', api_base='https://api.groq.com/openai/v1')": (
        "groq-api",
        "chat completions",
        "x-1",
    ),
    "import litellm\nlitellm.completion(model='openai/x-1', api_base='http://localhost:8000')": (
        "self-hosted",
        "chat completions",
        "x-1",
    ),
    "import dspy\ndspy.LM('anthropic/claude-opus-5')": ("anthropic-api", "messages", "claude-opus-5"),
    "from crewai import LLM\nLLM(model='gemini/gemini-2.5-pro')": ("gemini-api", "generate content", "gemini-2.5-pro"),
    "from langchain.chat_models import init_chat_model\ninit_chat_model('groq:llama-3.3-70b')": (
        "groq-api",
        "chat completions",
        "llama-3.3-70b",
    ),
    "from langchain.chat_models import init_chat_model\ninit_chat_model('x-1', model_provider='xai')": (
        "xai-api",
        "chat completions",
        "x-1",
    ),
    "from pydantic_ai import Agent\nAgent('openai:gpt-5.2')": ("openai-api", "chat completions", "gpt-5.2"),
    "from pydantic_ai import Agent\nNAME = 'anthropic:claude-opus-5'\nAgent(NAME)": (
        "anthropic-api",
        "messages",
        "claude-opus-5",
    ),
    "from agents import Agent\nAgent(name='a', model='gpt-5.2')": ("openai-api", "responses", "gpt-5.2"),
    "from agents import Agent\nAgent(name='a', model='litellm/anthropic/claude-opus-5')": (
        "anthropic-api",
        "messages",
        "claude-opus-5",
    ),
    "from langchain_openai import OpenAIEmbeddings\nOpenAIEmbeddings(model='text-embedding-3-small')": (
        "openai-api",
        "embeddings",
        "text-embedding-3-small",
    ),
    "from langchain_aws import ChatBedrockConverse\nChatBedrockConverse(model='us.amazon.nova-pro-v1:0')": (
        "bedrock",
        "converse",
        "us.amazon.nova-pro-v1:0",
    ),
    "from strands import Agent\nAgent()": ("bedrock", "converse", None),
    "from llama_index.embeddings.cohere import CohereEmbedding\nCohereEmbedding(model_name='embed-v4.0')": (
        "cohere-api",
        "embed",
        "embed-v4.0",
    ),
}


@pytest.mark.parametrize("text", PYTHON, ids=str)
def test_a_framework_reaches_whom_it_names(text: str) -> None:
    found = in_python(text)
    assert PYTHON[text] in {(one.provider, one.endpoint, one.model) for one in found if one.kind == "call"}
    assert {one.provider for one in found if one.kind == "call"} == {PYTHON[text][0]}


SCRIPTS = {
    'import { openai } from "@ai-sdk/openai";\ngenerateText({ model: openai("gpt-5.2") });': (
        "openai-api",
        "responses",
        "gpt-5.2",
    ),
    'import { openai } from "@ai-sdk/openai";\ngenerateText({ model: openai.chat("gpt-5.2") });': (
        "openai-api",
        "chat completions",
        "gpt-5.2",
    ),
    'import { openai } from "@ai-sdk/openai";\nembed({ model: openai.embedding("text-embedding-3-small") });': (
        "openai-api",
        "embeddings",
        "text-embedding-3-small",
    ),
    'import { createOpenAI } from "@ai-sdk/openai";\n'
    'const groq = createOpenAI({ baseURL: "https://api.groq.com/openai/v1" });\n'
    'streamText({ model: groq("llama-3.3-70b") });': ("groq-api", "chat completions", "llama-3.3-70b"),
    'import { createOpenAICompatible } from "@ai-sdk/openai-compatible";\n'
    'const some = createOpenAICompatible({ baseURL: "https://api.deepseek.com" });\n'
    'streamText({ model: some("deepseek-chat") });': ("deepseek-api", "chat completions", "deepseek-chat"),
    'import { generateText } from "ai";\ngenerateText({ model: "openai/gpt-5.2" });': (
        "vercel-ai-gateway",
        "chat completions",
        "openai/gpt-5.2",
    ),
    'import { ChatAnthropic } from "@langchain/anthropic";\nnew ChatAnthropic({ model: "claude-opus-5" });': (
        "anthropic-api",
        "messages",
        "claude-opus-5",
    ),
    'import { ChatOpenAI } from "@langchain/openai";\n'
    'new ChatOpenAI({ configuration: { baseURL: "https://openrouter.ai/api/v1" }, model: "x/y-1" });': (
        "openrouter",
        "chat completions",
        "x/y-1",
    ),
    'import { BedrockRuntimeClient, InvokeModelCommand } from "@aws-sdk/client-bedrock-runtime";\n'
    'const client = new BedrockRuntimeClient({ region: "eu-west-1" });\n'
    'client.send(new InvokeModelCommand({ modelId: "amazon.titan-embed-text-v2:0" }));': (
        "bedrock",
        "invoke model",
        "amazon.titan-embed-text-v2:0",
    ),
    'import { Agent } from "@mastra/core/agent";\nnew Agent({ name: "a", model: "anthropic/claude-opus-5" });': (
        "anthropic-api",
        "messages",
        "claude-opus-5",
    ),
}


@pytest.mark.parametrize("text", SCRIPTS, ids=str)
def test_a_framework_of_scripts_reaches_whom_it_names(text: str) -> None:
    found = seen({"a.ts": text})["a.ts"]
    assert SCRIPTS[text] in {(one.provider, one.endpoint, one.model) for one in found if one.kind == "call"}
    assert {one.provider for one in found if one.kind == "call"} == {SCRIPTS[text][0]}


OTHERS = {
    ("a.go", "go-openai"): (
        (
            'package a\nimport openai "github.com/sashabaranov/go-openai"\nfunc f() {\n'
            '\tconfig := openai.DefaultConfig("k")\n\tconfig.BaseURL = "https://api.groq.com/openai/v1"\n'
            "\tc := openai.NewClientWithConfig(config)\n"
            '\tc.CreateChatCompletion(ctx, openai.ChatCompletionRequest{Model: "llama-3.3-70b"})\n}\n'
        ),
        ("groq-api", "chat completions", "llama-3.3-70b"),
    ),
    ("a.go", "openai-go"): (
        (
            'package a\nimport (\n\t"github.com/openai/openai-go"\n\t"github.com/openai/openai-go/option"\n)\n'
            "func f() {\n"
            '\tclient := openai.NewClient(option.WithBaseURL("https://api.deepseek.com"))\n'
            '\tclient.Chat.Completions.New(ctx, openai.ChatCompletionNewParams{Model: "deepseek-chat"})\n}\n'
        ),
        ("deepseek-api", "chat completions", "deepseek-chat"),
    ),
    ("A.java", "langchain4j"): (
        (
            "package a;\nimport dev.langchain4j.model.openai.OpenAiChatModel;\nclass A {\n"
            '  Object m = OpenAiChatModel.builder().baseUrl("https://api.groq.com/openai/v1")'
            '.modelName("llama-3.3-70b").build();\n}\n'
        ),
        ("groq-api", "chat completions", "llama-3.3-70b"),
    ),
    ("A.java", "openai-java"): (
        (
            "package a;\nimport com.openai.client.okhttp.OpenAIOkHttpClient;\nclass A {\n"
            "  void f() {\n    var client = OpenAIOkHttpClient.builder().apiKey(k).build();\n"
            "    client.chat().completions().create(params);\n  }\n}\n"
        ),
        ("openai-api", "chat completions", None),
    ),
    ("A.cs", "Azure"): (
        (
            "using Azure.AI.OpenAI;\nclass A {\n  void F() {\n"
            "    var client = new AzureOpenAIClient(new Uri(endpoint), credential);\n"
            '    var chat = client.GetChatClient("gpt-4o");\n    chat.CompleteChat("hi");\n  }\n}\n'
        ),
        ("azure-openai", "chat completions", "gpt-4o"),
    ),
    ("A.cs", "Semantic Kernel"): (
        (
            "using Microsoft.SemanticKernel;\nclass A {\n  void F() {\n"
            '    builder.AddOpenAIChatCompletion("gpt-5.2", key);\n  }\n}\n'
        ),
        ("openai-api", "chat completions", "gpt-5.2"),
    ),
    ("a.rb", "ruby-openai"): (
        (
            'client = OpenAI::Client.new(uri_base: "https://api.groq.com/openai")\n'
            'client.chat(parameters: { model: "llama-3.3-70b" })\n'
        ),
        ("groq-api", "chat completions", "llama-3.3-70b"),
    ),
    ("a.rs", "async-openai"): (
        (
            "use async_openai::{Client, config::OpenAIConfig};\nfn f() {\n"
            '    let config = OpenAIConfig::new().with_api_base("https://api.groq.com/openai/v1");\n'
            "    let client = Client::with_config(config);\n    client.chat().create(request);\n}\n"
        ),
        ("groq-api", "chat completions", None),
    ),
    ("a.php", "openai-php"): (
        "<?php\n$client = OpenAI::client($key);\n$client->chat()->create(['model' => 'gpt-5.2']);\n",
        ("openai-api", "chat completions", "gpt-5.2"),
    ),
}


@pytest.mark.parametrize("case", OTHERS, ids=" ".join)
def test_other_languages_reach_whom_they_name(case: tuple[str, str]) -> None:
    text, expected = OTHERS[case]
    found = seen({case[0]: text})[case[0]]
    assert expected in {(one.provider, one.endpoint, one.model) for one in found if one.kind == "call"}
    assert {one.provider for one in found if one.kind == "call"} == {expected[0]}


def _called(found: list[Sighting]) -> dict[str, str]:
    return {one.provider: one.reach for one in found if one.kind == "call"}


def test_fallbacks_are_reached_only_when_the_first_fails() -> None:
    found = in_python("import litellm\nlitellm.completion(model='gpt-5.2', fallbacks=['groq/llama-3.3-70b'])")
    assert _called(found) == {"openai-api": "used", "groq-api": "optional"}


def test_each_model_of_a_router_is_one_of_a_choice() -> None:
    found = in_python("""
        from litellm import Router
        router = Router(model_list=[
            {"model_name": "a", "litellm_params": {"model": "azure/gpt-4o"}},
            {"model_name": "a", "litellm_params": {"model": "openai/x", "api_base": "https://api.groq.com/openai/v1"}},
        ])
        router.completion(model="a")
        """)
    assert _called(found) == {"azure-openai": "optional", "groq-api": "optional"}


def test_a_recipient_is_told_beside_who_is_called() -> None:
    found = in_python("from langfuse.openai import OpenAI\nOpenAI().chat.completions.create(model='gpt-5.2')")
    assert {"langfuse-cloud", "openai-api"} == {one.provider for one in found}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("", {"langfuse-cloud"}),
        ("host='https://us.cloud.langfuse.com'", {"langfuse-cloud"}),
        ("host='http://localhost:3000'", {"self-hosted"}),
        ("host='https://langfuse.acme.example'", {"openai-compatible"}),
    ],
)
def test_a_recipient_that_one_runs_oneself_is_not_the_vendors(given: str, expected: set[str]) -> None:
    found = in_python(f"from langfuse import Langfuse\nLangfuse({given})")
    assert {one.provider for one in found if one.kind == "call"} == expected


def test_a_callback_names_a_recipient() -> None:
    found = in_python("import litellm\nlitellm.success_callback = ['langfuse']")
    assert {one.provider for one in found} == {"langfuse-cloud"}


HANDED_OVER = {
    "wrapped": ("wrapLanguageModel({ model: groq('m'), middleware: other() })", {"groq-api"}),
    "of a provider of one's own": (
        "customProvider({ languageModels: { a: groq('m') } }).languageModel('a')",
        {"groq-api"},
    ),
    "of a registry": ("createProviderRegistry({ groq, xai }).languageModel('groq:m')", {"groq-api", "xai-api"}),
    "wrapped in a provider of one's own": (
        "customProvider({ languageModels: { a: wrapLanguageModel({ model: xai('m') }) } }).languageModel('a')",
        {"xai-api"},
    ),
}


@pytest.mark.parametrize("case", HANDED_OVER)
def test_a_model_is_found_in_the_object_that_is_handed_over(case: str) -> None:
    model, providers = HANDED_OVER[case]
    text = (
        "import { generateText, wrapLanguageModel, customProvider, createProviderRegistry } from 'ai';\n"
        "import { groq } from '@ai-sdk/groq';\nimport { xai } from '@ai-sdk/xai';\n"
        f"const model = {model};\ngenerateText({{ model }});\n"
    )
    found = seen({"a.ts": text})["a.ts"]
    assert {one.provider for one in found if one.kind == "call"} == providers


NAMED_AS_THEIR_MODULE = {
    "deepSeek": ("deepSeek", "@ai-sdk/deepseek", "deepSeek('m')", "deepseek-api"),
    "amazonBedrock": ("amazonBedrock", "@ai-sdk/amazon-bedrock", "amazonBedrock('m')", "bedrock"),
    "googleVertex": ("googleVertex", "@ai-sdk/google-vertex", "googleVertex('m')", "vertex"),
    "createDeepSeek": ("createDeepSeek", "@ai-sdk/deepseek", "createDeepSeek()('m')", "deepseek-api"),
    "another name": ("deepSeek as d", "@ai-sdk/deepseek", "d.chat('m')", "deepseek-api"),
}


@pytest.mark.parametrize("case", NAMED_AS_THEIR_MODULE)
def test_a_package_of_one_provider_hands_out_what_is_named_as_it(case: str) -> None:
    name, module, model, provider = NAMED_AS_THEIR_MODULE[case]
    imports = f"import {{ generateText }} from 'ai';\nimport {{ {name} }} from '{module}';\n"
    found = seen({"a.ts": f"{imports}generateText({{ model: {model} }});\n"})["a.ts"]
    assert {one.provider for one in found if one.kind == "call"} == {provider}


def test_what_is_named_otherwise_is_no_provider() -> None:
    text = "import { weatherTool } from '@ai-sdk/deepseek';\nweatherTool('m');\n"
    assert {one.kind for one in seen({"a.ts": text}).get("a.ts", [])} <= {"import", "model"}


NEIGHBOURS = {
    "a.php": "<?php\nuse GuzzleHttp\\Client;\n$c = new Client(['base_uri' => $address]);\n",
    "b.php": "<?php\n$c = new Client($address);\n",
    "A.java": "package a;\nimport com.acme.OpenAIClient;\nclass A { Object c = new OpenAIClient(); }\n",
    "a.rs": "use reqwest::Client;\nfn f() { Client::new(); }\n",
    "a.go": 'package a\nimport "example.org/openai"\nfunc f() {\n\topenai.NewClient("k")\n}\n',
    "a.ts": 'import OpenAI from "./openai";\nnew OpenAI();\n',
    "a.rb": "module Mine\n  class Client; end\nend\nMine::Client.new\n",
}


@pytest.mark.parametrize("path", NEIGHBOURS)
def test_a_class_of_the_same_name_from_elsewhere_is_nobodys(path: str) -> None:
    real = {"real/b.py": "from openai import OpenAI\nOpenAI()\n"}
    assert path not in seen({path: NEIGHBOURS[path], **real})
