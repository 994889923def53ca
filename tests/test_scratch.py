"""Temporary folders in memory: only where there is room, and taken away when a run is over."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.scratch import PREFIX, forget, in_memory


def test_where_there_is_room_a_folder_is_made_and_taken_away(tmp_path: Path) -> None:
    made = in_memory(tmp_path, 0)
    assert made is not None
    assert made.parent == tmp_path
    assert made.stat().st_mode & 0o777 == 0o700
    forbidden = made / "repository" / "objects"
    forbidden.mkdir(parents=True)
    (forbidden / "one").write_text("kept")
    forbidden.chmod(0o500)
    forget(made)
    assert list(tmp_path.iterdir()) == []


def test_without_room_or_without_such_a_place_there_is_none(tmp_path: Path) -> None:
    assert in_memory(tmp_path, 10**18) is None
    assert in_memory(tmp_path / "nowhere", 0) is None
    assert list(tmp_path.iterdir()) == []


def test_where_no_program_may_be_started_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there = os.statvfs(tmp_path)
    monkeypatch.setattr(os, "statvfs", lambda folder: SimpleNamespace(f_flag=there.f_flag | os.ST_NOEXEC))
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: SimpleNamespace(free=10**18))
    assert in_memory(tmp_path, 0) is None
    assert list(tmp_path.iterdir()) == []


def test_what_a_run_has_left_that_is_over_is_taken_away_and_nothing_else(tmp_path: Path) -> None:
    over = subprocess.run([sys.executable, "-I", "-c", "import os; print(os.getpid())"], stdout=subprocess.PIPE)
    left = tmp_path / f"{PREFIX}-{int(over.stdout)}-abc"
    others = [tmp_path / f"{PREFIX}-{os.getppid()}-abc", tmp_path / f"{PREFIX}-of-others", tmp_path / "else"]
    for folder in (left, *others):
        folder.mkdir()
        (folder / "file").write_text("here")
    elsewhere = tmp_path / f"{PREFIX}-{int(over.stdout)}-link"
    elsewhere.symlink_to(others[-1], target_is_directory=True)
    made = in_memory(tmp_path, 0)
    assert made is not None
    assert not left.exists()
    assert all((folder / "file").read_text() == "here" for folder in others)
