"""The table of extractors: which files it gets, and that no text is too much for it."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.detection.patience import PATIENCE
from tests.detection.seen import KNOWN, sightings
from tests.detection.small import catalogue
from tests.thoroughness import pairs
from vendorgate.detection.extractors import EXTRACTORS
from vendorgate.detection.reading.unreadable import Unreadable

PATHS = (
    "requirements.txt",
    "pyproject.toml",
    "setup.py",
    "setup.cfg",
    "Pipfile",
    "environment.yml",
    "package.json",
    "pom.xml",
    "build.gradle",
    "libs.versions.toml",
    "go.mod",
    "Gemfile",
    "Cargo.toml",
    "a.csproj",
    "composer.json",
    ".env",
    "compose.yml",
    "Dockerfile",
    "config.yaml",
    "app.json",
    "wrangler.toml",
    "application.properties",
    "application.yml",
    ".github/workflows/a.yml",
    "deploy.sh",
    ".continue/config.yaml",
    ".aider.conf.yml",
    "opencode.json",
    ".claude/settings.json",
    ".codex/config.toml",
    ".mcp.json",
    "main.tf",
    "main.tf.json",
    "main.bicep",
    "azuredeploy.json",
    "template.yaml",
    "Pulumi.yaml",
)
WORDS = (
    *"{}[]:=,\"'\\#-&*!|><$/\n \t\0()@",
    "\n  ",
    "\n- ",
    "{{",
    "}}",
    "---\n",
    "openai",
    "gpt-5.2",
    "model_list:",
    "litellm_params:",
    "model:",
    "services:",
    "environment:",
    "OPENAI_API_KEY",
    "https://api.groq.com",
    "<dependency>",
    "dependencies",
    "implementation",
    "pip install ",
    "RUN ",
    'resource "aws_bedrock_guardrail" "a" {',
    "resource a 'Microsoft.CognitiveServices/accounts@1' = {",
    "Type: AWS::Bedrock::Agent",
    "bedrock:InvokeModel",
    "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-v2",
    "apiVersion: v1\nkind: Secret\n",
    "endpoints:\n  custom:\n",
    "version: 1\n",
    "providers:",
    "prompts:",
    "backstory:",
    "steps:",
    "uses: anthropics/claude-code-action@v1",
    "with:",
    "provider:",
    "spring.ai.openai.chat.options.model",
)


@given(st.sampled_from(PATHS), st.lists(st.sampled_from(WORDS)) | st.lists(st.text(max_size=20), max_size=8))
def test_no_text_makes_an_extractor_fail(path: str, words: list[str]) -> None:
    for one in EXTRACTORS:
        if one.wants(path):
            with suppress(Unreadable):
                tuple(one.extract(path, "".join(words), KNOWN()))


@pytest.mark.parametrize("path", PATHS)
def test_every_kind_of_file_is_wanted(path: str) -> None:
    assert any(one.wants(path) and one.wants(f"deep/below/{path}") for one in EXTRACTORS)


@pytest.mark.parametrize(
    "path",
    [
        "README.md",
        "src/main.py",
        "poetry.lock",
        "package-lock.json",
        "go.sum",
        "docs/env.md",
        "environment.ts",
        "Cargo.lock",
    ],
)
def test_other_files_are_not_wanted(path: str) -> None:
    assert not any(one.wants(path) and one.looks is None for one in EXTRACTORS)


_LENGTH = 20_000
HOSTILE = {
    "blank lines": "\n",
    "lines of spaces": "      \n",
    "services": "services:\n ",
    "endpoints": "endpoints:\n ",
    "providers": "providers:\n ",
    "quotes": "\"'",
    "one line": "x",
    "pairs": "OPENAI_API_KEY=x ",
    "lines": "OPENAI_BASE_URL=https://api.groq.com\n",
    "installs": "RUN pip install openai\n",
    "one install": "RUN pip install ",
    "continued": "RUN pip install \\\n",
    "references": "${",
    "requirements": "openai\n",
    "brackets": "openai[",
    "gradle": "implementation(",
    "underscores": "_A",
}


@pytest.mark.parametrize(("path", "text"), pairs(PATHS, sorted(HOSTILE)))
def test_no_file_takes_much_longer_than_another_of_its_length(path: str, text: str) -> None:
    one = HOSTILE[text]
    began = time.process_time()
    sightings(path, one * (_LENGTH // len(one)))
    assert time.process_time() - began < PATIENCE


@pytest.mark.parametrize("path", ["values.yaml", "template.yaml", "map.yaml", "librechat.yaml"])
def test_texts_in_texts_and_what_aliases_repeat_take_no_longer(path: str) -> None:
    nested = "".join(f"{'  ' * depth}a: |\n" for depth in range(300))
    repeated = "apiVersion: v1\nkind: ConfigMap\na: &a |\n" + "  b: c\n" * 5_000 + "c:\n" + "- *a\n" * 2_000
    began = time.process_time()
    sightings(path, "endpoints:\nversion: 1\nAWSTemplateFormatVersion: x\n" + nested)
    sightings(path, repeated)
    assert time.process_time() - began < PATIENCE


def test_names_of_kinds_are_all_different() -> None:
    assert len({one.name for one in EXTRACTORS}) == len(EXTRACTORS)


def test_the_catalogue_of_these_tests_knows_its_vendors() -> None:
    assert catalogue().host("https://api.groq.com/openai/v1") is not None
