"""`index.yaml`: what it spares a check, what it cannot do, and who keeps it current."""

from __future__ import annotations

import json
import shlex
import shutil
from pathlib import Path

import pytest
import yaml

from tests.command import ROOT, Ended, vendorgate
from vendorgate.errors import Problem
from vendorgate.load.files import Folder
from vendorgate.load.index_file import offering_words, rendered
from vendorgate.load.snapshot import read_index
from vendorgate.snapshots import index_text

SHIPPED = Folder(str(ROOT / "registry-snapshot"), "registry-snapshot")
MANIFEST = "version: 1\nproject: demo\nusages: [{id: u, purpose: P, offering: alpha, data: [internal]}]\n"
POLICY = "version: 1\npolicies: [{id: p, title: P, require: [{'!=': [{var: offering.platform}, %s]}]}]\n"
GOOD = ROOT / "tests" / "malformed" / "good" / "registry"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A manifest, a bundle that names a platform, and a registry with an index."""
    shutil.copytree(GOOD, tmp_path / "registry-snapshot")
    (tmp_path / "vendorgate.yaml").write_text(MANIFEST, encoding="utf-8")
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "p.yaml").write_text(POLICY % "Beta", encoding="utf-8")
    assert vendorgate("registry", "index", folder=tmp_path).code == 0
    return tmp_path


def index(folder: Path) -> Path:
    return folder / "registry-snapshot" / "index.yaml"


def check(folder: Path) -> Ended:
    return vendorgate("check", "--as-of", "2026-11-23", "--format", "json", folder=folder)


def stale(ended: Ended) -> list[str]:
    return [one["severity"] for one in json.loads(ended.stdout)["notices"] if one["id"] == "stale-index"]


def test_the_index_that_ships_is_current() -> None:
    there = (ROOT / "registry-snapshot" / "index.yaml").read_bytes()
    assert there == index_text(SHIPPED), "run: vendorgate registry index --registry registry-snapshot"


def test_an_index_is_the_same_every_time_and_plain_yaml(folder: Path) -> None:
    before = index(folder).read_bytes()
    again = vendorgate("registry", "index", folder=folder)
    assert (again.code, index(folder).read_bytes()) == (0, before)
    assert "up to date" in again.stderr
    assert yaml.safe_load(before)["platforms"] == ["Alpha", "Beta"]
    assert yaml.safe_load(before)["facts"] == {"retention_zdr": ["days"]}


def test_a_check_with_an_index_reads_only_the_offerings_that_are_named(folder: Path) -> None:
    problems: list[Problem] = []
    offering = folder / "registry-snapshot" / "offerings" / "beta.yaml"
    offering.write_text("not: [an offering\n", encoding="utf-8")
    found = read_index(Folder(str(folder / "registry-snapshot"), "r"), problems, indexed=False)
    assert found is not None
    words = yaml.safe_load(index(folder).read_bytes())
    index(folder).write_text(json.dumps({**words, "sha256": found.digests}), encoding="utf-8")
    assert check(folder).code == 0


def test_an_index_of_other_files_is_not_used(folder: Path) -> None:
    offering = folder / "registry-snapshot" / "offerings" / "beta.yaml"
    text = offering.read_text(encoding="utf-8")
    offering.write_text(text.replace("platform: Beta", "platform: Gamma"), encoding="utf-8")
    ended = check(folder)
    assert ended.code == 2
    assert "`Beta` is not a platform" in ended.stderr
    (folder / "policies" / "p.yaml").write_text(POLICY % "Gamma", encoding="utf-8")
    ended = check(folder)
    assert (ended.code, stale(ended)) == (0, ["warning"])
    assert vendorgate("registry", "verify", folder=folder).code == 2
    assert vendorgate("registry", "index", folder=folder).code == 0
    assert stale(check(folder)) == []
    assert vendorgate("registry", "verify", folder=folder).code == 0


@pytest.mark.parametrize("change", ["more", "fewer"])
def test_an_index_of_more_or_fewer_files_is_not_used(change: str, folder: Path) -> None:
    offerings = folder / "registry-snapshot" / "offerings"
    if change == "more":
        text = (offerings / "beta.yaml").read_text(encoding="utf-8").replace("id: beta", "id: gamma")
        (offerings / "gamma.yaml").write_text(text, encoding="utf-8")
    else:
        (folder / "policies" / "p.yaml").write_text(POLICY % "Alpha", encoding="utf-8")
        (offerings / "beta.yaml").unlink()
    ended = check(folder)
    assert ended.code in (0, 1), ended.stderr
    assert stale(ended) == ["warning"]


def test_an_index_says_nothing_of_what_the_digest_of_a_snapshot_covers(folder: Path) -> None:
    before = json.loads(check(folder).stdout)["inputs"]["registry"]
    index(folder).unlink()
    assert json.loads(check(folder).stdout)["inputs"]["registry"] == before


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ('"version": 1', "`2` is not a value"),
        ('"platforms"', "unknown key `plattforms`"),
        ('"sha256": {', "stands twice"),
    ],
)
def test_an_index_is_read_strictly(change: str, message: str, folder: Path) -> None:
    new = {'"version": 1': '"version": 2', '"platforms"': '"plattforms"'}.get(change, '"sha256": {"alpha": "", ')
    text = index(folder).read_text(encoding="utf-8").replace(change, new)
    index(folder).write_text(text, encoding="utf-8")
    ended = check(folder)
    assert ended.code == 2
    assert message in ended.stderr


def test_an_index_that_lies_is_found_out(folder: Path) -> None:
    words = yaml.safe_load(index(folder).read_bytes())
    words["platforms"] = ["Alpha", "Azure"]
    words["facts"] = {"retention_zdr": ["days"] + [f"d{number}" for number in range(9)]}
    index(folder).write_text(json.dumps(words), encoding="utf-8")
    ended = vendorgate("registry", "verify", folder=folder)
    assert ended.code == 2
    assert "of platforms: `Azure` is not there, `Beta` is missing" in ended.stderr
    assert "`retention_zdr.d2` is not there and 6 more" in ended.stderr
    assert "vendorgate registry index" in ended.stderr


def test_an_index_is_written_anew_by_the_command_that_is_told_wherever_it_lies(folder: Path) -> None:
    elsewhere = folder / "elsewhere" / "a snapshot"
    elsewhere.parent.mkdir()
    (folder / "registry-snapshot").rename(elsewhere)
    (elsewhere / "offerings" / "beta.yaml").unlink()
    ended = vendorgate("registry", "verify", "--registry", "elsewhere/a snapshot", folder=folder)
    assert ended.code == 2
    told = "= help: write it anew: vendorgate registry index --registry 'elsewhere/a snapshot'\n"
    assert told in ended.stderr
    command = shlex.split(told.partition(": vendorgate ")[2])
    assert vendorgate(*command, folder=folder).code == 0
    assert vendorgate("registry", "verify", "--registry", "elsewhere/a snapshot", folder=folder).code == 0


def test_an_index_of_a_snapshot_with_mistakes_is_not_written(folder: Path) -> None:
    (folder / "registry-snapshot" / "offerings" / "beta.yaml").write_text("id: beta\n", encoding="utf-8")
    before = index(folder).read_bytes()
    assert vendorgate("registry", "index", folder=folder).code == 2
    assert index(folder).read_bytes() == before


def test_an_index_that_cannot_be_read_is_refused(folder: Path) -> None:
    index(folder).unlink()
    index(folder).mkdir()
    ended = check(folder)
    assert ended.code == 2
    assert "index.yaml" in ended.stderr


def test_an_index_without_offerings_has_no_words() -> None:
    assert yaml.safe_load(rendered(offering_words([]), {}))["platforms"] == []
