"""What a finding says beside who is called: gateways, settings, regions, choices, and what an import says."""

from __future__ import annotations

import pytest

from tests.detection.routing.said import in_python, seen

ELSEWHERE = {
    "a.py": 'from openai import OpenAI\nOpenAI(base_url="https://api.groq.com/openai/v1")\n',
    "a.ts": 'import OpenAI from "openai";\nnew OpenAI({ baseURL: "https://api.groq.com/openai/v1" });\n',
    "a.go": 'package a\nimport openai "github.com/sashabaranov/go-openai"\nfunc f() {\n'
    '\tc := openai.DefaultConfig("k")\n'
    '\tc.BaseURL = "https://api.groq.com/openai/v1"\n\topenai.NewClientWithConfig(c)\n}\n',
    "A.java": "package a;\nimport com.openai.client.okhttp.OpenAIOkHttpClient;\nclass A { Object c = OpenAIOkHttpClient"
    '.builder().baseUrl("https://api.groq.com/openai/v1").build(); }\n',
    "A.cs": "using OpenAI;\nclass A { object c = new OpenAIClient(key, new OpenAIClientOptions { Endpoint = "
    'new Uri("https://api.groq.com/openai/v1") }); }\n',
    "a.rb": 'require "openai"\nOpenAI::Client.new(uri_base: "https://api.groq.com/openai")\n',
    "a.rs": "use async_openai::{Client, config::OpenAIConfig};\nfn f() {\n    Client::with_config("
    'OpenAIConfig::new().with_api_base("https://api.groq.com/openai/v1"));\n}\n',
    "a.php": "<?php\nuse OpenAI;\n$c = OpenAI::factory()->withBaseUri('https://api.groq.com/openai/v1')->make();\n",
}


@pytest.mark.parametrize("path", ELSEWHERE)
def test_an_import_says_nothing_where_its_client_goes_elsewhere(path: str) -> None:
    beside = {"b/own.py": "from openai import OpenAI\nOpenAI()\n"}
    found = seen({path: ELSEWHERE[path], **beside})[path]
    assert {one.provider for one in found} == {"groq-api"}


def test_a_class_that_is_imported_names_its_own_provider() -> None:
    found = seen({"a.ts": 'const { AzureOpenAI } = await import("openai");\nconst c = new AzureOpenAI({});\n'})["a.ts"]
    assert {one.provider for one in found} == {"azure-openai"}


GATEWAYS = {
    "from portkey_ai import Portkey\nPortkey(provider='anthropic')": ("anthropic-api", "portkey"),
    "from portkey_ai import Portkey\nPortkey(provider=name)": ("openai-compatible", "portkey"),
    "from openai import OpenAI\nOpenAI(base_url='https://api.portkey.ai/v1', default_headers="
    "{'x-portkey-provider': 'groq'})": ("groq-api", "portkey"),
    "from anthropic import Anthropic\nAnthropic(base_url='https://anthropic.helicone.ai')": (
        "anthropic-api",
        "helicone",
    ),
}


@pytest.mark.parametrize("text", GATEWAYS, ids=str)
def test_a_gateway_passes_on_to_whom_it_is_told(text: str) -> None:
    assert GATEWAYS[text] in {(one.provider, one.via) for one in in_python(text) if one.kind == "call"}


def test_options_that_are_only_handed_on_may_be_absent() -> None:
    text = """
        import { createAnthropic } from "@ai-sdk/anthropic";
        export function model(config) {
          const { apiKey, baseURL } = config;
          return createAnthropic({ apiKey, baseURL })("claude-opus-5");
        }
        """
    found = seen({"a.ts": text})["a.ts"]
    assert ("anthropic-api", "messages", "optional") in {(one.provider, one.endpoint, one.reach) for one in found}


def test_a_table_of_many_providers_is_a_choice() -> None:
    text = """
        from openai import OpenAI
        CLIENTS = {
            "a": OpenAI(base_url="https://api.groq.com/openai/v1"),
            "b": OpenAI(base_url="https://api.deepseek.com"),
            "c": OpenAI(base_url="https://api.x.ai/v1"),
            "d": OpenAI(base_url="https://openrouter.ai/api/v1"),
        }
        """
    assert {one.reach for one in in_python(text) if one.kind == "call"} == {"optional"}


def test_a_model_of_ollamas_cloud_is_no_model_of_ours() -> None:
    found = in_python("from ollama import Client\nClient().chat(model='gpt-oss:120b-cloud')")
    assert "ollama-cloud" in {one.provider for one in found}


SETTINGS = {
    "from openai import OpenAI\nOpenAI().responses.create(model='gpt-5.2', store=True, background=True)": {
        ("store", True),
        ("background", True),
    },
    "from openai import OpenAI\nOpenAI().responses.create(model='gpt-5.2', previous_response_id=last.id)": {
        ("previous_response_id", True)
    },
    "from anthropic import Anthropic\nAnthropic().messages.create(model='claude-opus-5', inference_geo='us')": {
        ("inference_geo", "us")
    },
    "from openai import OpenAI\nOpenAI(base_url='https://openrouter.ai/api/v1').chat.completions.create("
    "model='x/y-1', extra_body={'provider': {'zdr': True, 'data_collection': 'deny'}})": {
        ("zdr", True),
        ("data_collection", "deny"),
    },
}


@pytest.mark.parametrize("text", SETTINGS, ids=str)
def test_settings_that_decide_what_is_kept_are_told(text: str) -> None:
    told = {(one.name, one.value) for found in in_python(text) for one in found.settings}
    assert told == SETTINGS[text]


REGIONS = {
    "import boto3\nboto3.client('bedrock-runtime', region_name='eu-central-1').converse()": ("eu-central-1"),
    "import boto3\nREGION = 'us-west-2'\nboto3.client('bedrock-runtime', region_name=REGION)": "us-west-2",
    "from anthropic import AnthropicBedrock\nAnthropicBedrock(aws_region='eu-west-1')": "eu-west-1",
    "from google import genai\ngenai.Client(vertexai=True, location='europe-west4')": "europe-west4",
    "from openai import OpenAI\nOpenAI(base_url='https://us.api.openai.com/v1')": "us",
}


@pytest.mark.parametrize("text", REGIONS, ids=str)
def test_regions_are_told(text: str) -> None:
    assert REGIONS[text] in {one.region for one in in_python(text)}


def test_a_table_of_numbers_by_model_only_describes() -> None:
    found = in_python("""
        import litellm
        LIMITS = {"bedrock/us.meta.llama4-scout-17b-instruct-v1:0": 200000, "openai/gpt-4o": {"in": 2.5, "out": 10}}
        litellm.completion(model="anthropic/claude-opus-5", max_tokens=LIMITS.get(name))
        """)
    assert {one.provider for one in found if one.kind == "call"} == {"anthropic-api"}


def test_a_method_of_anything_leads_nowhere() -> None:
    files = {
        "a/azure.go": 'package a\nimport openai "github.com/sashabaranov/go-openai"\n'
        "func f(config Config) {\n\tbase := config.GetBaseURL()\n\topenai.DefaultAzureConfig(token, base)\n}\n",
        "a/other.go": "package a\nfunc (s *anthropicSettings) GetBaseURL() string {\n"
        '\treturn "https://api.anthropic.com"\n}\n',
    }
    assert {one.provider for one in seen(files)["a/azure.go"]} == {"azure-openai"}


def test_a_provider_that_is_named_beside_a_model_is_one_of_a_choice() -> None:
    files = {
        "a.ts": 'import { initChatModel } from "langchain";\nexport const m = (c) => initChatModel(c.name, c);\n',
        "b.ts": 'export const choose = () => ({ name: n, modelProvider: "fireworks" });\nrun(choose());\n',
    }
    found = seen(files)["b.ts"]
    assert ("fireworks-api", "chat completions", "optional") in {
        (one.provider, one.endpoint, one.reach) for one in found
    }


def test_a_call_on_what_another_file_passes_is_a_clients() -> None:
    files = {
        "made.py": "from anthropic import Anthropic\nfrom ask import ask\nask(Anthropic())\n",
        "ask.py": "def ask(client):\n    return client.messages.create(model='claude-opus-5', messages=[])\n",
    }
    assert ("anthropic-api", "messages") in {(one.provider, one.endpoint) for one in seen(files)["ask.py"]}


OTHERS = {
    "another's client": "from twilio.rest import Client\nclient = Client()\nclient.messages.create(body=x, to=y)\n",
    "another's call": "def send(client):\n    client.messages.create(body='x', to=number)\n",
    "a database": "def save(db):\n    db.messages.create({'id': int, 'model': str})\n",
}


@pytest.mark.parametrize("case", OTHERS)
def test_a_call_of_the_same_name_on_something_else_is_nobodys(case: str) -> None:
    files = {"made.py": "from anthropic import Anthropic\nAnthropic()\n", "other.py": OTHERS[case]}
    assert "other.py" not in seen(files)


PAGES = (
    "https://api.together.xyz/settings/api-keys",
    "https://api.anthropic.com/schemas/v1.json",
    "https://api.openai.com/docs",
    "https://api.groq.com/logo.svg",
    "https://your-resource.openai.azure.com/",
)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_on_the_host_of_an_api_is_no_call(address: str) -> None:
    assert not in_python(f"open_page({address!r})")


def test_a_host_that_nothing_reaches_is_only_declared() -> None:
    found = seen({"a.py": "HOSTS = ['https://api.openai.com/v1']\n", "b.py": "print(1)\n"})["a.py"]
    assert {one.reach for one in found} == {"declared"}
    used = seen({"a.py": "HOSTS = ['https://api.openai.com/v1']\n", "b.py": "from a import HOSTS\nget(HOSTS[0])\n"})[
        "a.py"
    ]
    assert {one.reach for one in used} == {"used"}


SPLIT = {
    "a constant and a path": "HOST = 'https://api.openai.com'\npost(HOST + '/v1/embeddings')\n",
    "a host and a path": "request(hostname='api.openai.com', path='/v1/embeddings')\n",
    "a method that puts them together": (
        "BASE = 'https://api.openai.com/v1/'\ndef ask():\n    return post('embeddings/', BASE)\n"
        "def more():\n    return post('/embeddings')\n"
    ),
}


@pytest.mark.parametrize("case", SPLIT)
def test_a_path_that_stands_apart_says_its_endpoint(case: str) -> None:
    assert ("openai-api", "embeddings") in {(one.provider, one.endpoint) for one in in_python(SPLIT[case])}


NO_MODELS = ("mistral-correlation-id", "claude-settings.json", "chatgpt-", "GPT-4o", "gpt-4-client", "claude-code")


@pytest.mark.parametrize("text", NO_MODELS)
def test_a_name_that_only_begins_as_a_model_is_none(text: str) -> None:
    found = in_python(f"""
        from openai import OpenAI
        from anthropic import Anthropic
        from mistralai import Mistral
        clients = OpenAI(), Anthropic(), Mistral()
        show({text!r})
        """)
    assert text not in {one.model for one in found}


def test_a_list_of_names_of_hosts_calls_none_of_them() -> None:
    assert not in_python("ALLOWED = ['example.org', 'api.openai.com', 'api.anthropic.com']\ncheck(ALLOWED)\n")
