"""Of no file nothing can be said, which is no pass."""

from __future__ import annotations

from pathlib import Path

from tests.command import vendorgate


def test_a_folder_without_files_is_an_error(tmp_path: Path) -> None:
    ended = vendorgate("detect", folder=tmp_path)
    assert ended.code == 2
    assert "no files to read" in ended.stderr
    assert "name a folder that holds code, and that may be read" in ended.stderr
