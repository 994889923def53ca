"""`detect --from`: a configuration that is named, taken at its word."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command import vendorgate

FILES = {
    "litellm": ("proxy.example.yaml", "model_list:\n- litellm_params: {model: groq/llama-3}\n"),
    "librechat": (
        "chat.yaml",
        "version: 1\nendpoints:\n  custom:\n  - {name: x, baseURL: 'https://api.groq.com/openai/v1'}\n",
    ),
    "continue": ("assistant.json", '{"models": [{"provider": "groq", "model": "llama-3"}]}'),
    "cyclonedx": (
        "bom.json",
        '{"bomFormat": "CycloneDX", "services": [{"name": "x", "endpoints": ["https://api.groq.com/openai/v1"]}]}',
    ),
}


@pytest.mark.parametrize("kind", sorted(FILES))
def test_a_configuration_says_what_is_used(kind: str, tmp_path: Path) -> None:
    name, text = FILES[kind]
    (tmp_path / name).write_text(text)
    ended = vendorgate("detect", "--from", kind, name, "--format", "json", folder=tmp_path)
    assert ended.code == 0, ended.stderr
    (offering,) = json.loads(ended.stdout)["offerings"]
    assert (offering["offering"], offering["status"]) == ("groq-api", "used")


@pytest.mark.parametrize("kind", sorted(FILES))
def test_a_file_of_another_kind_is_a_mistake_with_its_place(kind: str, tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text("services: {a: {image: nginx}}\n")
    ended = vendorgate("detect", "--from", kind, "other.yaml", folder=tmp_path)
    assert ended.code == 2
    assert "other.yaml:1:1" in ended.stdout + ended.stderr
    assert "another kind with --from" in ended.stdout + ended.stderr


def test_what_our_own_bill_says_is_imported_again(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text('from openai import OpenAI\nOpenAI().responses.create(model="gpt-5.2")\n')
    bill = vendorgate("detect", "--format", "cyclonedx", folder=tmp_path).stdout
    (tmp_path / "bom.json").write_text(bill)
    ended = vendorgate("detect", "--from", "cyclonedx", "bom.json", "--format", "json", folder=tmp_path)
    (offering,) = json.loads(ended.stdout)["offerings"]
    assert (offering["offering"], offering["endpoints"], offering["models"]) == (
        "openai-api",
        ["responses"],
        ["gpt-5.2"],
    )
