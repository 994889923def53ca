"""`--output`: refused before anything is judged where it cannot be written, and written whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from tests.command import ROOT, Ended, process, vendorgate

FAILING = ROOT / "examples" / "clinic" / "vendorgate.yaml"


def check(*more: str, folder: Path, manifest: Path = FAILING) -> Ended:
    return vendorgate("check", str(manifest), "--as-of", "2026-11-24", *more, folder=folder)


def test_reports_are_written_beside_the_one_that_is_printed(tmp_path: Path) -> None:
    ended = check("--output", "json=a.json", "--output", "text=b.txt", folder=tmp_path)
    assert ended.code == 1
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["verdict"] == "fail"
    assert (tmp_path / "b.txt").read_text(encoding="utf-8") == ended.stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.json", "b.txt"]


def test_report_replaces_an_older_one_and_keeps_its_permissions(tmp_path: Path) -> None:
    old = tmp_path / "a.json"
    old.write_text("old", encoding="utf-8")
    old.chmod(0o640)
    check("--output", "json=a.json", folder=tmp_path)
    assert old.read_text(encoding="utf-8").startswith("{")
    assert old.stat().st_mode & 0o777 == 0o640


def test_older_report_gives_way_to_why_nothing_is_judged(tmp_path: Path) -> None:
    old = tmp_path / "a.json"
    old.write_text("old", encoding="utf-8")
    broken = tmp_path / "broken.yaml"
    broken.write_text("version: 2\n", encoding="utf-8")
    assert check("--output", "json=a.json", folder=tmp_path, manifest=broken).code == 2
    assert json.loads(old.read_text(encoding="utf-8"))["schema"] == "vendorgate.problems/1"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.json", "broken.yaml"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("json=missing/a.json", "missing"),
        ("json=folder", "folder"),
        ("json=file/a.json", "file"),
        ("json=", "FORMAT=PATH"),
        ("a.json", "FORMAT=PATH"),
        ("jsno=a.json", "did you mean `json`?"),
        ("jsn=a.json", "did you mean `json`?"),
    ],
)
def test_destination_that_cannot_be_is_refused_before_anything_is_judged(given: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("", encoding="utf-8")
    broken = tmp_path / "broken.yaml"
    broken.write_text("version: 2\n", encoding="utf-8")
    ended = check("--output", "text=fine.txt", "--output", given, folder=tmp_path, manifest=broken)
    assert ended.code == 2
    assert ended.stdout == ""
    assert said in ended.stderr
    assert "broken.yaml" not in ended.stderr
    assert (tmp_path / "fine.txt").read_text(encoding="utf-8").endswith("not checked: 1 problem\n")


def test_report_never_overwrites_an_input(tmp_path: Path) -> None:
    for name in ("policies", "registry-snapshot"):
        shutil.copytree(ROOT / name, tmp_path / name)
    manifest = tmp_path / "vendorgate.yaml"
    shutil.copyfile(FAILING, manifest)
    before = manifest.read_bytes()
    for path in ("vendorgate.yaml", "./policies/new.yaml", "registry-snapshot/snapshot.yaml"):
        ended = vendorgate("check", "--output", f"json={path}", folder=tmp_path)
        assert ended.code == 2
        assert path in ended.stderr
    assert manifest.read_bytes() == before


def test_two_reports_cannot_go_to_one_file(tmp_path: Path) -> None:
    assert check("--output", "json=a", "--output", "text=./a", folder=tmp_path).code == 2
    assert json.loads((tmp_path / "a").read_text(encoding="utf-8"))["verdict"] == "not-checked"


@pytest.mark.skipif(not os.path.exists("/dev/stdout"), reason="needs /dev/stdout")
def test_report_can_go_to_a_device(tmp_path: Path) -> None:
    ended = process("check", str(FAILING), "--output", "json=/dev/null", folder=tmp_path)
    assert ended.code == 1
    assert os.path.exists("/dev/null")
    assert not os.path.isfile("/dev/null")
