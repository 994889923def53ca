"""One writer at a time: others wait, a killed one holds nothing up, and nothing is left behind."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import process
from tests.commands.waiver import folder as project
from vendorgate.errors import UsageError
from vendorgate.frame import locking
from vendorgate.frame.locking import locked, locked_bundle

HOLDER = """import sys, pathlib, time
from vendorgate.frame.locking import locked
with locked(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""
COUNTER = """import sys, pathlib, time
from vendorgate.frame.locking import locked
counter = pathlib.Path(sys.argv[1])
for _ in range(25):
    with locked(counter):
        value = int(counter.read_text())
        time.sleep(0.001)
        counter.write_text(str(value + 1))
"""


def test_nothing_is_lost_between_processes_and_nothing_is_left_behind(tmp_path: Path) -> None:
    counter = tmp_path / "counter"
    counter.write_text("0", encoding="utf-8")
    children = [subprocess.Popen([sys.executable, "-c", COUNTER, str(counter)]) for _ in range(4)]
    assert [child.wait(100) for child in children] == [0] * 4
    assert counter.read_text(encoding="utf-8") == "100"
    assert [path.name for path in tmp_path.iterdir()] == ["counter"]


def test_lock_dies_with_its_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "snapshot"
    child = subprocess.Popen([sys.executable, "-c", HOLDER, str(target)], stdout=subprocess.PIPE)
    assert child.stdout is not None
    assert child.stdout.readline() == b"held\n"
    monkeypatch.setattr(locking, "_PATIENCE", 0.1)
    with pytest.raises(UsageError, match="another vendorgate has been changing it"), locked(target):
        pass
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    assert (tmp_path / ".snapshot.lock").exists(), "a killed process cannot clean up"
    with locked(target):
        pass
    assert list(tmp_path.iterdir()) == []


def test_lock_is_free_again_after_a_failure(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), locked_bundle(tmp_path):
        raise ZeroDivisionError
    with locked_bundle(tmp_path):
        assert [path.name for path in tmp_path.iterdir()] == [".vendorgate.lock"]
    assert list(tmp_path.iterdir()) == []


def test_file_that_somebody_else_left_behind_locks_nothing(tmp_path: Path) -> None:
    (tmp_path / ".snapshot.lock").write_bytes(b"")
    (tmp_path / ".snapshot.lock").chmod(0o444)
    with locked(tmp_path / "snapshot"):
        pass


@pytest.mark.parametrize("obstacle", ["folder", "link", "no folder"])
def test_what_cannot_be_locked_is_an_error_with_its_place(obstacle: str, tmp_path: Path) -> None:
    target = tmp_path / "snapshot"
    if obstacle == "folder":
        (tmp_path / ".snapshot.lock").mkdir()
    elif obstacle == "link":
        (tmp_path / ".snapshot.lock").symlink_to(tmp_path / "elsewhere")
    else:
        target = tmp_path / "nowhere" / "snapshot"
    with pytest.raises(UsageError, match="cannot be locked") as error, locked(target):
        pass
    assert error.value.problems[0].location is not None
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_folder_that_may_not_be_written_is_an_error(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(UsageError, match="cannot be locked: permission denied"), locked(tmp_path / "snapshot"):
            pass
    finally:
        tmp_path.chmod(0o755)


def test_a_folder_that_refuses_a_lock_is_told_by_that_and_not_by_the_lock_that_is_not_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refused(path: Path, flags: int, mode: int = 0o777) -> int:
        if flags & os.O_CREAT:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return opened(path, flags, mode)

    opened = os.open
    monkeypatch.setattr(os, "open", refused)
    with pytest.raises(UsageError, match="cannot be locked: permission denied"), locked(tmp_path / "snapshot"):
        pass


def test_waivers_that_are_added_at_once_are_all_there(tmp_path: Path) -> None:
    ids = [f"u{index}" for index in range(8)]
    usages = [{"id": id, "offering": "alpha", "data": ["phi"]} for id in ids]
    project.write(tmp_path, **{"vendorgate.yaml": {"version": 1, "project": "demo", "usages": usages}})
    command = [sys.executable, "-m", "vendorgate", "waiver", "add", "vendorgate.yaml"]
    words = [part for name, value in project.WORDS.items() if name != "--usage" for part in (name, value)]
    children = [
        subprocess.Popen([*command, *words, "--usage", id, *project.INPUTS], cwd=tmp_path, stdout=subprocess.DEVNULL)
        for id in ids
    ]
    assert [child.wait(100) for child in children] == [0] * 8
    listed = process("waiver", "list", "vendorgate.yaml", *project.INPUTS, "--format", "json", folder=tmp_path)
    assert {f'"{id}"' for id in ids} <= set(listed.stdout.replace(",", " ").split())
    assert not (tmp_path / "policies" / ".vendorgate.lock").exists()
