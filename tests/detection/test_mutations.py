"""The same program written otherwise uses the same: names, aliases, functions around it, lines, folders, comments."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

import msgspec
import pytest

from tests.detection.known import shipped_catalogue
from vendorgate.detection.pipeline import detect_bytes

Found = set[tuple[str, str | None, str | None]]


def found(files: Mapping[str, str]) -> Found:
    """Offering or vendor, endpoint and model of every finding that tells what is called."""
    detection = detect_bytes({path: text.encode() for path, text in files.items()}, shipped_catalogue())
    return {(one.name, one.endpoint, one.model) for one in detection.findings if one.endpoint or one.model}


class Program(msgspec.Struct, frozen=True):
    """A small program, and how its language writes what is changed."""

    path: str
    text: str
    uses: Found
    comment: str
    """What a comment begins with."""
    alias: tuple[str, str] = ("", "")
    """A name that is imported, and how it is imported by another one."""
    within: tuple[str, str] = ("", "")
    """What comes before and after the statements, to have them in a function."""
    head: int = 0
    """Lines that stay outside of it."""


OPENAI: Final[Found] = {("openai-api", "responses", "gpt-5.2")}
PYTHON = Program(
    "app.py",
    """\
from openai import OpenAI

client = OpenAI(timeout=30)
answer = client.responses.create(model="gpt-5.2", input="hello")
print(answer.output_text)
""",
    OPENAI,
    "#",
    ("import OpenAI\n", "import OpenAI as Vendor\n"),
    ("def run(flag: bool = False) -> None:", ""),
    2,
)
TYPESCRIPT = Program(
    "app.ts",
    """\
import OpenAI from 'openai';

const client = new OpenAI({ timeout: 30 });
const answer = await client.responses.create({ model: 'gpt-5.2', input: 'hello' });
console.log(answer.output_text);
""",
    OPENAI,
    "//",
    ("import OpenAI from", "import { OpenAI as Vendor } from"),
    ("export async function run(flag: boolean) {", "}"),
    2,
)
GO = Program(
    "app.go",
    """\
package app

import "github.com/anthropics/anthropic-sdk-go"

func run() {
	client := anthropic.NewClient()
	answer, err := client.Messages.New(ctx, anthropic.MessageNewParams{Model: "claude-sonnet-4-5"})
	print(answer, err)
}
""",
    {("anthropic-api", "messages", "claude-sonnet-4-5")},
    "//",
    ('import "github', 'import vendor "github'),
)
JAVA = Program(
    "src/main/java/App.java",
    """\
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;

class App {
    void run() {
        OpenAIClient client = OpenAIOkHttpClient.fromEnv();
        var answer = client.responses().create(ResponseCreateParams.builder().model("gpt-5.2").input("hello").build());
    }
}
""",
    OPENAI,
    "//",
)
CSHARP = Program(
    "App.cs",
    """\
using OpenAI.Chat;

class App
{
    void Run()
    {
        ChatClient client = new ChatClient(model: "gpt-5.2", apiKey: key);
        var answer = client.CompleteChat("hello");
    }
}
""",
    {("openai-api", "chat completions", "gpt-5.2")},
    "//",
)
RUBY = Program(
    "app.rb",
    """\
require "openai"

client = OpenAI::Client.new(request_timeout: 30)
answer = client.chat(parameters: { model: "gpt-5.2", messages: [] })
puts answer
""",
    {("openai-api", "chat completions", "gpt-5.2")},
    "#",
    within=("def run(flag)", "end"),
    head=2,
)
PROGRAMS = {"Python": PYTHON, "TypeScript": TYPESCRIPT, "Go": GO, "Java": JAVA, "C#": CSHARP, "Ruby": RUBY}


def renamed(one: Program) -> dict[str, str]:
    return {one.path: re.sub(r"\bclient\b(?!\.okhttp|\.OpenAIClient)", "zephyr", re.sub(r"\banswer\b", "b2", one.text))}


def aliased(one: Program) -> dict[str, str]:
    old, new = one.alias
    text = one.text.replace(old, new, 1)
    if one is GO:
        return {one.path: text.replace("anthropic.", "vendor.")}
    return {one.path: text.replace("OpenAI(", "Vendor(") if old else text}


def in_function(one: Program) -> dict[str, str]:
    before, after = one.within
    lines = one.text.splitlines()
    if not before:
        return {one.path: one.text}
    inner = [f"    {line}" for line in lines[one.head :]]
    return {one.path: "\n".join([*lines[: one.head], before, *inner, after]) + "\n"}


def reformatted(one: Program) -> dict[str, str]:
    """Arguments on lines of their own, empty lines between statements, and other ends of lines."""
    spread = re.sub(r"\((?=[\w{'\"][^()]*[:=\"])", "(\n", one.text)
    return {one.path: spread.replace("\n\n", "\n\n\n").replace("\n", "\r\n")}


def moved(one: Program) -> dict[str, str]:
    name = one.path.rpartition("/")[2]
    return {f"services/triage/core/{name}": one.text}


def commented(one: Program) -> dict[str, str]:
    """Comments that name others change nothing, whatever stands in them."""
    mark = one.comment
    told = (
        f"{mark} groq = Groq(); groq.chat.completions.create(model='llama-3.3-70b') at https://api.groq.com/openai/v1"
    )
    package = one.text.startswith("package")
    head, _, rest = one.text.partition("\n") if package else ("", "", one.text)
    aside = f" {mark} not https://api.mistral.ai"
    lines = [line + aside if line.endswith(("{", ";")) else line for line in rest.split("\n")]
    return {one.path: f"{head}\n{told}\n" + "\n".join(lines) + f"\n{told}\n"}


def beside_others(one: Program) -> dict[str, str]:
    return {one.path: one.text, "README.md": "# about openai and groq\n", "lib/other.py": "x = 1\n"}


MUTATIONS: dict[str, Callable[[Program], dict[str, str]]] = {
    "as it is": lambda one: {one.path: one.text},
    "other names": renamed,
    "another name for what is imported": aliased,
    "in a function": in_function,
    "other lines": reformatted,
    "in another folder": moved,
    "with comments": commented,
    "beside other files": beside_others,
}


@pytest.mark.parametrize("language", PROGRAMS)
@pytest.mark.parametrize("mutation", MUTATIONS)
def test_program_written_otherwise_uses_the_same(language: str, mutation: str) -> None:
    one = PROGRAMS[language]
    assert found(MUTATIONS[mutation](one)) == one.uses


APART: dict[str, dict[str, str]] = {
    "Python": {
        "core/vendor.py": "from openai import OpenAI\n\nclient = OpenAI(timeout=30)\nMODEL = 'gpt-5.2'\n",
        "core/app.py": "from .vendor import MODEL, client\n\nclient.responses.create(model=MODEL, input='hello')\n",
    },
    "Python, by a function": {
        "core/vendor.py": "from openai import OpenAI\n\ndef make(**more):\n    return OpenAI(**more)\n",
        "core/app.py": "from core import vendor\n\nclient = vendor.make(timeout=3)\nasync def run():\n"
        "    await client.responses.create(model='gpt-5.2', input='hello')\n",
    },
    "Python, by a class": {
        "core/vendor.py": "from openai import OpenAI\n\nclass Vendor:\n    def __init__(self):\n"
        "        self.client = OpenAI()\n        self.model = 'gpt-5.2'\n\n    def ask(self, text):\n"
        "        return self.client.responses.create(model=self.model, input=text)\n",
        "core/app.py": "from core.vendor import Vendor\n\nVendor().ask('hello')\n",
    },
    "Python, by options": {
        "app.py": "import openai\n\nOPTIONS = {'model': 'gpt-5.2'}\nclient = openai.OpenAI()\n"
        "client.responses.create(**OPTIONS, input='hello')\n",
    },
    "a notebook": {
        "app.ipynb": msgspec.json.encode(
            {
                "cells": [
                    {"cell_type": "code", "source": ["%pip install openai\n", "from openai import OpenAI"]},
                    {"cell_type": "code", "source": "client = OpenAI()"},
                    {"cell_type": "code", "source": ["client.responses.create(model='gpt-5.2', input='hello')"]},
                ]
            }
        ).decode()
    },
    "TypeScript": {
        "core/vendor.ts": "import OpenAI from 'openai';\nexport const client = new OpenAI();\n"
        "export const MODEL = 'gpt-5.2';\n",
        "core/app.ts": "import { MODEL, client } from './vendor';\n"
        "await client.responses.create({ model: MODEL, input: 'hello' });\n",
    },
}


@pytest.mark.parametrize("case", APART)
def test_program_in_several_pieces_uses_the_same(case: str) -> None:
    assert found(APART[case]) >= OPENAI
    assert {name for name, _, _ in found(APART[case])} == {"openai-api"}


class Settings(msgspec.Struct, frozen=True):
    """A configuration, and ways to write the same."""

    path: str
    text: str
    same: tuple[str, ...]


SETTINGS = {
    "variables": Settings(
        ".env",
        "OPENAI_API_KEY=\nOPENAI_BASE_URL=https://api.groq.com/openai/v1\n",
        (
            "# ANTHROPIC_API_KEY=\nOPENAI_API_KEY=\n\nOPENAI_BASE_URL=https://api.groq.com/openai/v1\n",
            'export OPENAI_BASE_URL="https://api.groq.com/openai/v1"\r\nexport OPENAI_API_KEY=\r\n',
        ),
    ),
    "proxy": Settings(
        "litellm_config.yaml",
        "model_list:\n- model_name: a\n  litellm_params:\n    model: anthropic/claude-sonnet-4-5\n",
        (
            "# openai/gpt-5\nmodel_list:\n  - litellm_params: {model: 'anthropic/claude-sonnet-4-5'}\n",
            '{"model_list": [{"model_name": "b", "litellm_params": {"model": "anthropic/claude-sonnet-4-5"}}]}',
        ),
    ),
    "compose": Settings(
        "docker-compose.yml",
        "services:\n  a:\n    image: b\n    environment:\n      ANTHROPIC_API_KEY: ${ANTHROPIC_API_KEY}\n",
        (
            "services:\n  z:\n    environment:\n    - ANTHROPIC_API_KEY=${ANTHROPIC_API_KEY} # not OPENAI_API_KEY\n",
            "x-a: &a {ANTHROPIC_API_KEY: '${ANTHROPIC_API_KEY}'}\nservices: {a: {image: b, environment: *a}}\n",
        ),
    ),
    "resources": Settings(
        "main.tf",
        'resource "azurerm_cognitive_account" "a" {\n  kind = "OpenAI"\n}\n',
        (
            '# aws_bedrock_agent\nresource "azurerm_cognitive_account" "z" {\n\n  kind     = "OpenAI" // b\n}\n',
            'resource "azurerm_cognitive_account" "b" {\r\n  /* kind = "Other" */\r\n  kind = "OpenAI"\r\n}\r\n',
        ),
    ),
}


def named(files: Mapping[str, str]) -> set[tuple[str, str, str | None, str | None]]:
    detection = detect_bytes({path: text.encode() for path, text in files.items()}, shipped_catalogue())
    return {(one.name, one.status, one.endpoint, one.model) for one in detection.findings}


@pytest.mark.parametrize(("kind", "at"), [(kind, at) for kind, one in SETTINGS.items() for at in range(len(one.same))])
def test_configuration_written_otherwise_says_the_same(kind: str, at: int) -> None:
    one = SETTINGS[kind]
    before = named({one.path: one.text})
    assert before
    assert named({one.path: one.same[at]}) == before
    assert named({f"deploy/{one.path}": one.text}) == before
