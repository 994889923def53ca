"""Which files are meant, and where each lies in what it belongs to."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.command import vendorgate
from vendorgate.frame.detecting import files_of

CALL = "from openai import OpenAI\n\nOpenAI().responses.create(model='gpt-5')\n"


def project(folder: Path, *paths: str) -> Path:
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(CALL, encoding="utf-8")
    return folder


def places(*paths: str) -> list[str]:
    return [one.place for one in files_of(paths)]


def test_folders_above_what_was_asked_for_say_nothing(tmp_path: Path) -> None:
    there = project(tmp_path / "dev" / "tests" / "project", "a.py", "tests/b.py")
    assert places(str(there)) == ["a.py", "tests/b.py"]
    assert places(str(there / "a.py")) == ["a.py"]


def test_in_a_repository_a_place_is_told_from_its_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there = project(tmp_path / "dev" / "project", "tests/b.py")
    (there / ".git").mkdir()
    assert places(str(there / "tests")) == ["tests/b.py"]
    assert places(str(there / "tests" / "b.py")) == ["tests/b.py"]
    monkeypatch.chdir(there / "tests")
    assert places() == places(".") == places("b.py") == places(os.path.join("..", "tests")) == ["tests/b.py"]


def test_outside_of_a_repository_the_folder_that_is_named_is_the_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = project(tmp_path / "dev" / "project", "tests/b.py", "tests/trees/one/a.py")
    monkeypatch.chdir(there)
    assert places("tests/trees/one") == ["a.py"]
    assert places("tests/b.py") == ["b.py"]
    assert places(".") == ["tests/b.py", "tests/trees/one/a.py"]


def test_code_in_a_folder_for_tools_of_somebody_is_used_code(tmp_path: Path) -> None:
    there = project(tmp_path / "dev" / "project", "a.py")
    ended = vendorgate("detect", str(there), "--format", "csv", folder=tmp_path)
    assert '"used"' in ended.stdout
    assert '"tooling"' not in ended.stdout
