"""A manifest that a change breaks is told first, hides nothing of the others, and is not taken for one that left."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.commands.review.repository import Repository, changed, manifest, usage
from tests.workbooks import texts
from vendorgate.commands.review.formats import NAMES

BEFORE: Any = {
    "a/vendorgate.yaml": manifest(usage("u", "alpha"), project="a"),
    "b/vendorgate.yml": manifest(usage("u", "alpha"), project="b"),
}
AFTER: Any = {
    "a/vendorgate.yaml": manifest(usage("u", "beta"), project="a"),
    "b/vendorgate.yml": manifest(usage("u", "alpha", "phl"), project="b"),
}


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return changed(tmp_path, BEFORE, AFTER)


def test_others_are_reviewed(repository: Repository) -> None:
    ended = repository.review("--format", "json")
    report = json.loads(ended.stdout)
    assert (ended.code, report["verdict"]) == (2, "incomplete")
    assert [one["path"] for one in report["report"]["not_judged"]] == ["b/vendorgate.yml"]
    assert {one["manifest"] for one in report["changes"]} == {"a/vendorgate.yaml"}
    assert (report["summary"]["new"], report["summary"]["gone"]) == (1, 0)
    assert report["gone"] == []
    assert "manifest-gone" not in ended.stdout


@pytest.mark.parametrize("format", NAMES)
def test_every_format_says_so(repository: Repository, format: str) -> None:
    ended = repository.review("--format", format)
    assert ended.code == 2
    said = texts(ended.stdout.encode("utf-8", "surrogateescape")) if format == "xlsx" else ended.stdout
    assert "phl" in said
    assert "b/vendorgate.yml" in said


def test_text_begins_and_ends_with_it(repository: Repository) -> None:
    said = repository.review().stdout
    assert said.startswith("error: `phl` is not a data class")
    assert said.splitlines()[-1].startswith("INCOMPLETE: 1 of 2 manifests not judged; 1 new")
    assert "**INCOMPLETE**" in repository.review("--format", "markdown").stdout


def test_only_what_is_new_and_nothing_of_it_does_not_make_it_pass(tmp_path: Path) -> None:
    repository = changed(tmp_path, BEFORE, {"b/vendorgate.yml": AFTER["b/vendorgate.yml"]})
    assert repository.review("--new-only").code == 2


def test_where_none_can_be_judged_there_is_no_report(tmp_path: Path) -> None:
    repository = changed(
        tmp_path, {"vendorgate.yaml": BEFORE["a/vendorgate.yaml"]}, {"vendorgate.yaml": "version: 2\n"}
    )
    ended = repository.review()
    assert (ended.code, ended.stdout) == (2, "")


def test_a_folder_is_every_manifest_below_it(repository: Repository) -> None:
    assert repository.review("a").code == 1
    assert repository.review(".").code == 2
    assert repository.review("..", folder="a").code == 2
    assert repository.review("policies").code == 2


def test_a_folder_with_manifests_of_both_names_hides_nothing_of_the_others(tmp_path: Path) -> None:
    repository = changed(tmp_path, BEFORE, {**AFTER, "b/vendorgate.yaml": BEFORE["b/vendorgate.yml"]})
    ended = repository.review("--format", "json")
    report = json.loads(ended.stdout)
    assert (ended.code, report["verdict"]) == (2, "incomplete")
    assert {one["path"] for one in report["report"]["not_judged"]} == {"b/vendorgate.yaml", "b/vendorgate.yml"}
    assert {one["manifest"] for one in report["changes"]} == {"a/vendorgate.yaml"}
    assert report["gone"] == []
