"""The bill of materials is one that CycloneDX's own schema takes, and the same for the same code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command import vendorgate
from tests.commands.detect.bills import wrong

CODE = """
import boto3
from langfuse import observe
from openai import OpenAI

OpenAI().responses.create(model="gpt-5.2", input="?")
OpenAI(base_url="http://localhost:11434/v1").chat.completions.create(model="llama3")
boto3.client("bedrock-runtime", region_name="us-east-1").converse(modelId="anthropic.claude-sonnet-4-6")
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "app.py").write_text(CODE, encoding="utf-8")
    return tmp_path


def bill(folder: Path) -> str:
    ended = vendorgate("detect", "--format", "cyclonedx", folder=folder)
    assert ended.code == 0
    return ended.stdout


def test_a_bill_is_what_the_schema_takes(project: Path) -> None:
    assert wrong(bill(project)) == []
    assert wrong(bill(project).replace('"name": "gpt-5.2"', '"nome": "gpt-5.2"'))


def test_the_same_code_has_the_same_bill(project: Path) -> None:
    assert bill(project) == bill(project)


def test_another_model_is_another_bill(project: Path) -> None:
    before = json.loads(bill(project))["serialNumber"]
    (project / "app.py").write_text(CODE.replace("gpt-5.2", "gpt-5.1"), encoding="utf-8")
    assert json.loads(bill(project))["serialNumber"] != before


def test_a_service_says_where_it_is_seen_and_whether_it_is_ours(project: Path) -> None:
    services = {one["bom-ref"]: one for one in json.loads(bill(project))["services"]}
    assert services["openai-api"]["name"] == "OpenAI API"
    assert services["openai-api"]["x-trust-boundary"] is True
    assert "x-trust-boundary" not in services["self-hosted"]
    said = [(one["name"], one["value"]) for one in services["openai-api"]["properties"]]
    assert ("vendorgate:endpoint", "responses") in said
    assert ("vendorgate:recipient", "langfuse-cloud") in said
    assert any(name == "vendorgate:evidence" and value.startswith("app.py:6:") for name, value in said)


def test_nobody_is_a_bill_too(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("print(1)\n")
    assert wrong(bill(tmp_path)) == []


def test_where_nothing_is_read_the_bill_says_so(tmp_path: Path) -> None:
    ended = vendorgate("detect", "nowhere", "--output", "cyclonedx=bom.json", folder=tmp_path)
    assert ended.code == 2
    text = (tmp_path / "bom.json").read_text()
    assert wrong(text) == []
    assert "no such file or folder" in text
