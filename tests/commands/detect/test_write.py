"""`detect --write`: a manifest of what code tells, which no check takes before somebody says the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command import vendorgate

CODE = """
import os
from openai import OpenAI

client = OpenAI()
other = OpenAI(base_url=os.environ["LLM_URL"])

def ask(question):
    other.chat.completions.create(model="x", messages=[])
    return client.responses.create(model="gpt-5.2", input=question)
"""
MORE = """
import boto3

client = boto3.client("bedrock-runtime", region_name="eu-central-1")
client.converse(modelId="eu.anthropic.claude-sonnet-4-6")
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "app.py").write_text(CODE)
    return tmp_path


def written(folder: Path) -> str:
    return (folder / "vendorgate.yaml").read_text()


def test_a_new_manifest_says_what_was_seen_and_where(project: Path) -> None:
    ended = vendorgate("detect", "--write", folder=project)
    assert ended.code == 0
    text = written(project)
    assert "offering: openai-api" in text
    assert "endpoints: [responses]" in text
    assert "models: [gpt-5.2]" in text
    assert "# seen at app.py:" in text
    assert "left to declare in vendorgate.yaml: `data`" in ended.stderr


def test_what_is_drafted_passes_nothing_before_data_are_said(project: Path) -> None:
    vendorgate("detect", "--write", folder=project)
    ended = vendorgate("check", folder=project)
    assert ended.code == 2
    assert "`data` is empty" in ended.stderr


def test_a_client_that_nobody_can_tell_is_said_not_drafted_and_not_lost(project: Path) -> None:
    ended = vendorgate("detect", "--write", folder=project)
    assert "openai-compatible" not in written(project)
    assert "not drafted: whom the clients at app.py:6:9" in ended.stderr


def test_what_is_missing_is_added_and_nothing_else_changes(project: Path) -> None:
    before = (
        "# ours\nversion: 1\nproject: mine\nusages:\n"
        "  - id: ask   # the first\n    offering: openai-api\n    data: [public]\n"
    )
    (project / "vendorgate.yaml").write_text(before)
    (project / "more.py").write_text(MORE)
    ended = vendorgate("detect", "--write", folder=project)
    text = written(project)
    assert "1 usage added to vendorgate.yaml" in ended.stderr
    assert text.startswith(before)
    added = text.removeprefix(before)
    assert "offering: claude-bedrock" in added
    assert "cloud_region: eu-central-1" in added
    assert "# seen at more.py:4:10" in added
    assert "data: []  # which data it gets" in added


def test_who_is_declared_on_any_route_is_not_added(project: Path) -> None:
    (project / "more.py").write_text(MORE)
    (project / "vendorgate.yaml").write_text(
        "version: 1\nproject: mine\nusages:\n  - id: ask\n    offering: openai-api\n    data: [public]\n"
        "    fallbacks: [{offering: claude-bedrock}]\n"
    )
    before = written(project)
    ended = vendorgate("detect", "--write", folder=project)
    assert "nothing to add" in ended.stderr
    assert written(project) == before


def test_a_manifest_in_braces_gets_its_usage_without_comments(project: Path) -> None:
    (project / "vendorgate.yaml").write_text('{"version": 1, "project": "mine", "usages": []}\n')
    assert vendorgate("detect", "--write", folder=project).code == 0
    assert '"offering": "openai-api"' in written(project)


def test_twice_adds_nothing(project: Path) -> None:
    vendorgate("detect", "--write", folder=project)
    before = written(project)
    vendorgate("detect", "--write", folder=project)
    assert written(project) == before


def test_a_broken_manifest_stays_as_it_is(project: Path) -> None:
    (project / "vendorgate.yaml").write_text("version: [1\n")
    ended = vendorgate("detect", "--write", folder=project)
    assert ended.code == 2
    assert written(project) == "version: [1\n"


def test_two_manifests_are_refused(project: Path) -> None:
    for name in ("vendorgate.yaml", "vendorgate.yml"):
        (project / name).write_text("version: 1\nproject: mine\nusages: []\n")
    ended = vendorgate("detect", "--write", folder=project)
    assert (ended.code, "two manifests in one folder" in ended.stderr) == (2, True)


def test_nobody_is_nothing_to_write(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("print(1)\n")
    ended = vendorgate("detect", "--write", folder=tmp_path)
    assert "nothing to write" in ended.stderr
    assert not (tmp_path / "vendorgate.yaml").exists()


def test_the_folder_that_is_looked_at_gets_the_manifest(project: Path) -> None:
    (project / "service").mkdir()
    (project / "app.py").rename(project / "service/app.py")
    vendorgate("detect", "service", "--write", folder=project)
    assert "# seen at service/app.py:" in (project / "service/vendorgate.yaml").read_text()


def test_names_from_code_begin_no_line_of_their_own(project: Path) -> None:
    (project / "app.py").write_text(
        'from openai import OpenAI\nOpenAI().responses.create(model="gpt\\n  - id: evil\\n    offering: x")\n'
    )
    vendorgate("detect", "--write", folder=project)
    assert "\n  - id: evil" not in written(project)


def test_whom_the_code_does_not_tell_is_told_again_where_nothing_is_added(project: Path) -> None:
    vendorgate("detect", "--write", folder=project)
    ended = vendorgate("detect", "--write", folder=project)
    assert "declares everybody whom the code tells" in ended.stderr
    assert "not drafted: whom the clients at app.py:6:9 and 1 more place call" in ended.stderr


def test_whom_the_code_does_not_tell_is_not_told_where_it_is_declared(project: Path) -> None:
    vendorgate("detect", "--write", folder=project)
    text = (
        written(project) + "  - id: other\n    offering: unlisted\n    vendor: openai-compatible\n    data: [public]\n"
    )
    (project / "vendorgate.yaml").write_text(text)
    assert "not drafted" not in vendorgate("detect", "--write", folder=project).stderr
