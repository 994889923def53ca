"""Where a client's calls go: its class, the address that it is given, and what cannot be told."""

from __future__ import annotations

import pytest

from tests.detection.routing.said import endpoints, in_python, providers, seen

CHAT = """
import os
from openai import OpenAI
{before}
client = OpenAI({given})
client.chat.completions.create(model=name)
"""
ADDRESSES = {
    "none": ("", "", {"openai-api"}),
    "a literal": ("", 'base_url="https://api.groq.com/openai/v1"', {"groq-api"}),
    "a constant": ('HERE = "https://api.deepseek.com"', "base_url=HERE", {"deepseek-api"}),
    "a constant of a class": (
        'class Hosts:\n    mistral = "https://api.mistral.ai/v1"',
        "base_url=Hosts.mistral",
        {"mistral-la-plateforme"},
    ),
    "a text put together": ('path = "/v1"', 'base_url=f"https://api.x.ai{path}"', {"xai-api"}),
    "a host whose first label is not known": ("", 'base_url=f"https://{name}.openai.azure.com/"', {"azure-openai"}),
    "a default of a variable": ("", 'base_url=os.getenv("URL", "https://api.together.xyz/v1")', {"together-api"}),
    "a variable": ("", 'base_url=os.environ["LLM_URL"]', {"openai-compatible"}),
    "OpenAI's own variable": ("", 'base_url=os.getenv("OPENAI_BASE_URL")', {"openai-compatible"}),
    "a vendor's variable": ("", 'base_url=os.environ["AZURE_OPENAI_ENDPOINT"] + "/openai/v1/"', {"azure-openai"}),
    "this machine": ("", 'base_url="http://localhost:1234/v1"', {"self-hosted"}),
    "a private network": ("", 'base_url="http://10.2.3.4:8000/v1"', {"self-hosted"}),
    "this machine unless a variable says otherwise": (
        "",
        'base_url=os.getenv("URL", "http://localhost:1234/v1")',
        {"openai-compatible"},
    ),
    "a host of nobody that is known": ("", 'base_url="https://llm.example.org/v1"', {"openai-compatible"}),
    "a host in a path": ("", 'base_url="https://evil.example/api.openai.com"', {"openai-compatible"}),
    "a host within a longer one": ("", 'base_url="https://api.groq.com.evil.example"', {"openai-compatible"}),
    "a host before an at sign": ("", 'base_url="https://api.groq.com@evil.example"', {"openai-compatible"}),
    "something that a function gives": ("", "base_url=address_of(tenant)", {"openai-compatible"}),
    "one of two": (
        "",
        'base_url="https://api.groq.com/openai/v1" if fast else "https://api.x.ai/v1"',
        {"groq-api", "xai-api"},
    ),
    "nothing": ("", "base_url=None", {"openai-api"}),
    "a region's host": ("", 'base_url="https://eu.api.openai.com/v1"', {"openai-api"}),
    "a gateway before a vendor": (
        "",
        'base_url="https://gateway.ai.cloudflare.com/v1/account/gateway/anthropic"',
        {"anthropic-api"},
    ),
    "a proxy that is told": ("", 'base_url="https://oai.helicone.ai/v1"', {"openai-api"}),
}


@pytest.mark.parametrize("case", ADDRESSES, ids=str)
def test_an_address_alone_says_who_is_called(case: str) -> None:
    before, given, expected = ADDRESSES[case]
    found = in_python(CHAT.format(before=before, given=given))
    called = [one for one in found if one.kind == "call"]
    assert providers(called) - {"helicone"} == expected
    assert {endpoint for _, endpoint in endpoints(called)} == {"chat completions"}


def test_the_region_of_a_host_is_told() -> None:
    found = in_python(CHAT.format(before="", given='base_url="https://eu.api.openai.com/v1"'))
    assert {one.region for one in found if one.kind == "call"} == {"eu"}


def test_a_gateway_is_told_beside_who_is_behind_it() -> None:
    found = in_python(CHAT.format(before="", given='base_url="https://oai.helicone.ai/v1"'))
    assert ("openai-api", "helicone") in {(one.provider, one.via) for one in found}


CLASSES = {
    "from openai import AzureOpenAI\nclient = AzureOpenAI(azure_endpoint=address)": "azure-openai",
    "from anthropic import AnthropicBedrock\nclient = AnthropicBedrock(aws_region='eu-west-1')": "claude-bedrock",
    "from anthropic import AnthropicVertex\nclient = AnthropicVertex(region='europe-west1')": "claude-vertex",
    "from anthropic import AnthropicFoundry\nclient = AnthropicFoundry(resource='x')": "claude-foundry",
    "from google import genai\nclient = genai.Client(api_key=key)": "gemini-api",
    "from google import genai\nclient = genai.Client(vertexai=True, location='us-central1')": "vertex",
    "from google import genai\nclient = genai.Client(vertexai=False)": "gemini-api",
    "import boto3\nclient = boto3.client('bedrock-runtime', region_name='us-east-1')": "bedrock",
    "import boto3\nclient = boto3.Session().client(service_name='bedrock-runtime')": "bedrock",
    "import boto3\nNAME = 'bedrock-runtime'\nclient = boto3.client(NAME)": "bedrock",
    "from langchain_openai import ChatOpenAI\nmodel = ChatOpenAI(model='gpt-5.2')": "openai-api",
    "from langchain_openai import ChatOpenAI\nmodel = ChatOpenAI(openai_api_base='https://api.groq.com/openai/v1')": (
        "groq-api"
    ),
    "from langchain_openai import AzureChatOpenAI\nmodel = AzureChatOpenAI(azure_deployment='x')": "azure-openai",
    "from llama_index.llms.anthropic import Anthropic\nmodel = Anthropic(model='claude-opus-5')": "anthropic-api",
}


@pytest.mark.parametrize("text", CLASSES, ids=str)
def test_a_class_says_who_is_called(text: str) -> None:
    assert providers(in_python(text)) == {CLASSES[text]}


NOBODY = (
    "import boto3\nclient = boto3.client('s3')",
    "class OpenAI:\n    pass\n\nclient = OpenAI()",
    "from mine.openai import OpenAI\nclient = OpenAI()",
    "from openapi import OpenAI\nclient = OpenAI()",
    "from detector.plugins.openai import OpenAIDetector\nOpenAIDetector()",
    "from fireworks import LaunchPad\nLaunchPad()",
    "from mistral import Client\nClient()",
    "url = 'https://platform.openai.com/docs'\nshow(url)",
    "url = 'https://evil.example/api.openai.com'\nget(url)",
    "url = 'https://api.together.xyz/settings/api-keys'\nshow(url)",
    "perplexity = load('perplexity')\nperplexity.compute(model_id='gpt2')",
    "db.replicate('primary')",
)


@pytest.mark.parametrize("text", NOBODY, ids=str)
def test_what_only_looks_like_a_vendor_is_nobody(text: str) -> None:
    assert not providers(in_python(text))


SPREAD = {
    "a constant": 'const d = { baseURL: "https://api.deepseek.com" };\nnew OpenAI({ ...d, apiKey: "k" });\n',
    "a member of one": 'const d = { a: { baseURL: "https://api.deepseek.com" } };\n'
    'new OpenAI({ ...d.a, apiKey: "k" });\n',
    "a constant that is imported": 'import { d } from "./d";\nnew OpenAI({ ...d });\n',
    "assigned": 'const d = Object.assign({}, { baseURL: "https://api.deepseek.com" });\nnew OpenAI(d);\n',
    "before what is written out": 'const d = { baseURL: "https://api.x.ai" };\n'
    'new OpenAI({ ...d, baseURL: "https://api.deepseek.com" });\n',
}


@pytest.mark.parametrize("case", SPREAD)
def test_an_address_that_is_spread_into_the_options_counts(case: str) -> None:
    text = 'import OpenAI from "openai";\n' + SPREAD[case]
    found = seen({"a.ts": text, "d.ts": 'export const d = { baseURL: "https://api.deepseek.com" };\n'})["a.ts"]
    assert {one.provider for one in found if one.kind == "call"} == {"deepseek-api"}


def test_an_address_that_is_spread_into_keywords_counts() -> None:
    text = "D = {'base_url': 'https://api.deepseek.com'}\nE = {**D, 'api_key': k}\nOpenAI(**E)\n"
    found = seen({"a.py": "from openai import OpenAI\n" + text})["a.py"]
    assert {one.provider for one in found if one.kind == "call"} == {"deepseek-api"}


def test_a_name_that_is_called_as_its_module_is_found_in_it() -> None:
    text = "from openai import OpenAI\nfrom .config import config\nOpenAI(base_url=config['url'])\n"
    config = "config = {'url': 'https://api.deepseek.com'}\n"
    found = seen({"a/a.py": text, "a/config.py": config, "a/__init__.py": ""})["a/a.py"]
    assert {one.provider for one in found if one.kind == "call"} == {"deepseek-api"}


def test_no_class_of_one_vendor_is_given_the_address_of_another() -> None:
    found = in_python(
        "import os\nfrom langchain_groq import ChatGroq\nChatGroq(base_url=os.environ['MISTRAL_BASE_URL'])"
    )
    assert providers(found) == {"groq-api"}
