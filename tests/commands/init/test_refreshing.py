"""`vendorgate init --schemas` writes the schemas beside a project anew, as nothing else does, and nothing else."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.command import vendorgate
from tests.commands.init.folder import snapshot

PUBLIC = ("--project", "blog", "--offering", "openai-api", "--data", "public")
MANIFEST = ".vendorgate/manifest.schema.json"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    assert vendorgate("init", *PUBLIC, folder=tmp_path).code == 0
    assert vendorgate("init", "bundle", "--name", "acme", "--pack", "baseline", folder=tmp_path).code == 0
    return tmp_path


def test_schemas_know_what_the_bundle_has_come_to_know(project: Path) -> None:
    before = snapshot(project)
    bundle = project / "policies" / "bundle.yaml"
    bundle.write_text(bundle.read_text("utf-8") + "data_classes: [ticket_text]\n", "utf-8")
    added = vendorgate("init", "--usage", "more", "--offering", "openai-api", "--data", "public", folder=project)
    assert added.code == 0, added.stderr
    assert (project / MANIFEST).read_bytes() == before[MANIFEST]
    ended = vendorgate("init", "--schemas", folder=project)
    assert ended.code == 0, ended.stderr
    assert f"refreshed: {MANIFEST}\n" in ended.stdout
    assert "ticket_text" in (project / MANIFEST).read_text("utf-8")
    after = snapshot(project)
    assert {name for name in after if after[name] != before.get(name)} <= {
        *(name for name in after if name.startswith(".vendorgate")),
        "vendorgate.yaml",
        "policies/bundle.yaml",
    }
    again = vendorgate("init", "--schemas", folder=project).stdout.splitlines()
    assert {line.partition(":")[0] for line in again} == {"unchanged"}


def test_schema_of_another_version_is_as_this_one_has_it(project: Path) -> None:
    before = snapshot(project)
    for name in before:
        if name.startswith(".vendorgate"):
            (project / name).write_text("{}", "utf-8")
    ended = vendorgate("init", "--schemas", folder=project)
    assert {line.partition(":")[0] for line in ended.stdout.splitlines()} == {"refreshed"}
    assert json.loads((project / MANIFEST).read_text("utf-8"))["$schema"] == "http://json-schema.org/draft-07/schema#"
    schema = vendorgate("schema", "manifest", folder=project).stdout
    assert (project / MANIFEST).read_text("utf-8") == schema


def test_file_of_no_kind_is_left_and_named(project: Path) -> None:
    (project / ".vendorgate" / "mine.schema.json").write_text("{}", "utf-8")
    ended = vendorgate("init", "--schemas", folder=project)
    assert "left: .vendorgate/mine.schema.json, of which this version knows no kind\n" in ended.stdout
    assert (project / ".vendorgate" / "mine.schema.json").read_text("utf-8") == "{}"


def test_bundle_with_a_mistake_changes_nothing(project: Path) -> None:
    (project / MANIFEST).write_text("{}", "utf-8")
    (project / "policies" / "bundle.yaml").write_text("nam: x\n", "utf-8")
    before = snapshot(project)
    ended = vendorgate("init", "--schemas", folder=project)
    assert (ended.code, ended.stdout) == (2, "")
    assert snapshot(project) == before


@pytest.mark.parametrize("link", [MANIFEST, ".vendorgate"])
def test_nothing_is_written_through_a_link(link: str, project: Path) -> None:
    elsewhere = project.parent / f"{project.name}-elsewhere"
    (project / link).rename(elsewhere)
    (project / link).symlink_to(elsewhere)
    target = elsewhere / "manifest.schema.json" if elsewhere.is_dir() else elsewhere
    target.write_text("mine", "utf-8")
    ended = vendorgate("init", "--schemas", folder=project)
    assert (ended.code, ended.stdout) == (2, "")
    assert f"--> {link}:1:1" in ended.stderr
    assert "is a link" in ended.stderr
    assert target.read_text("utf-8") == "mine"


def test_where_no_schemas_are_that_is_said(tmp_path: Path) -> None:
    ended = vendorgate("init", "--schemas", folder=tmp_path)
    assert (ended.code, ended.stdout) == (2, "")
    assert "no schemas in .vendorgate/ here" in ended.stderr
    assert os.listdir(tmp_path) == []


def test_schemas_are_refreshed_by_themselves(project: Path) -> None:
    before = snapshot(project)
    ended = vendorgate("init", "--schemas", "--offering", "openai-api", folder=project)
    assert (ended.code, ended.stdout) == (2, "")
    assert "--schemas, and something of a manifest" in ended.stderr
    assert snapshot(project) == before


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes with names")
def test_what_is_no_file_is_not_waited_for(project: Path) -> None:
    (project / MANIFEST).unlink()
    os.mkfifo(project / MANIFEST)
    (project / ".vendorgate" / "bundle.schema.json").write_text("{}", "utf-8")
    ended = vendorgate("init", "--schemas", folder=project)
    assert ended.code == 2
    assert "a pipe, not a file" in ended.stderr
    assert (project / ".vendorgate" / "bundle.schema.json").read_text("utf-8") == "{}"
