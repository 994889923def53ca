"""A file is read whole, or as far as one byte over its limit, however many bytes the system gives at once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from vendorgate.errors import Problem
from vendorgate.load.files import Limits, read_bytes

SIZES = (0, 1, 64 * 1024 - 1, 64 * 1024, 64 * 1024 + 1, 200_000)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("most", [None, 1_000])
def test_file_is_read_whole(size: int, most: int | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = bytes(number % 251 for number in range(size))
    path = tmp_path / "file.yaml"
    path.write_bytes(written)
    if most is not None:
        read = os.read
        monkeypatch.setattr(os, "read", lambda handle, count: read(handle, min(count, most)))
    problems: list[Problem] = []
    assert read_bytes(str(path), "file.yaml", problems, Limits(200_000, 1)) == written
    assert problems == []


@pytest.mark.parametrize("limit", [0, 10, 64 * 1024, 100_000])
def test_file_over_its_limit_is_read_one_byte_past_it(limit: int, tmp_path: Path) -> None:
    written = bytes(number % 251 for number in range(limit + 70_000))
    path = tmp_path / "file.yaml"
    path.write_bytes(written)
    assert read_bytes(str(path), "file.yaml", [], Limits(limit, 1)) == written[: limit + 1]


def test_no_file_stays_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[int] = []
    closed: list[int] = []
    real_open, real_close = os.open, os.close

    def remembered(path: str, flags: int) -> int:
        opened.append(real_open(path, flags))
        return opened[-1]

    def forgotten(handle: int) -> None:
        real_close(handle)
        closed.append(handle)

    def broken(handle: int, count: int) -> bytes:
        raise OSError(5, "Input/output error")

    (tmp_path / "file.yaml").write_bytes(b"version: 1\n")
    monkeypatch.setattr(os, "open", remembered)
    monkeypatch.setattr(os, "close", forgotten)
    problems: list[Problem] = []
    assert read_bytes(str(tmp_path / "file.yaml"), "file.yaml", problems) == b"version: 1\n"
    monkeypatch.setattr(os, "read", broken)
    assert read_bytes(str(tmp_path / "file.yaml"), "file.yaml", problems) is None
    assert [one.title for one in problems] == ["cannot be read: input/output error"]
    assert opened == closed
    assert len(opened) == 2
