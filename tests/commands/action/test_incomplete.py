"""Manifests that could not be judged beside others: told everywhere, and no alert is closed because of that."""

from __future__ import annotations

import json
from pathlib import Path

from tests.commands.action.api import serving
from tests.commands.action.repositories import POLICY, manifest, pull_request
from tests.commands.action.runner import machine
from tests.commands.action.test_steps import checked_out

BASE = {"policies/p.yaml": POLICY, "a/vendorgate.yaml": manifest("phi", project="a")}
BROKEN = {"b/vendorgate.yml": manifest("phl", project="b")}


def test_check_that_is_incomplete(tmp_path: Path) -> None:
    runner, made = checked_out(tmp_path, {**BASE, **BROKEN})
    ran = runner.run("schedule", {"schedule": "17 5 * * 1"}, made, manifests=".", sarif="true")
    assert (ran.code, ran.outputs["verdict"], ran.outputs["exit-code"]) == (2, "incomplete", "2")
    assert json.loads(ran.outputs["counts"])["blocking"] == 1
    report = json.loads(Path(ran.outputs["report-json"]).read_text(encoding="utf-8"))
    assert [one["path"] for one in report["not_judged"]] == ["b/vendorgate.yml"]
    assert not ran.uploads()
    assert "INCOMPLETE" in ran.summary
    assert "b/vendorgate.yml" in ran.summary
    assert {"b/vendorgate.yml", "a/vendorgate.yaml"} <= {one.properties.get("file") for one in ran.said}


def test_pull_request_that_breaks_a_manifest_is_told_in_its_comment(tmp_path: Path) -> None:
    change = pull_request(tmp_path, BASE, BROKEN)
    with serving() as api:
        runner = machine(tmp_path, change.workspace, api=api.url)
        ran = runner.run("pull_request", change.payload(), change.merge, comment="on-failure")
    assert (ran.code, ran.outputs["verdict"]) == (2, "incomplete")
    (comment,) = api.comments
    assert "INCOMPLETE" in comment["body"]


def test_where_nothing_could_be_judged_it_is_not_checked(tmp_path: Path) -> None:
    runner, made = checked_out(tmp_path, {"policies/p.yaml": POLICY, **BROKEN})
    ran = runner.run("schedule", {"schedule": "17 5 * * 1"}, made, manifests=".", sarif="true")
    assert (ran.code, ran.outputs["verdict"], ran.outputs["counts"]) == (2, "not-checked", "{}")
    (annotation,) = [one for one in ran.said if "file" in one.properties]
    assert annotation.name == "error"
    assert annotation.properties["file"] == "b/vendorgate.yml"
    assert (annotation.properties["line"], annotation.properties["col"]) == ("4", "42")
    assert "did you mean `phi`?" in annotation.text
    assert "not checked" in ran.summary
    assert "b/vendorgate.yml" in ran.summary
    log = json.loads(Path(ran.outputs["sarif-file"]).read_text(encoding="utf-8"))
    assert [one["ruleId"] for one in log["runs"][0]["results"]] == ["invalid-input"]
    assert not ran.uploads()  # it would close every alert
    assert any("close the alerts" in text for text in ran.texts("warning"))
