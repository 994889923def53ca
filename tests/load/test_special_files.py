"""A pipe, a socket or a device in the place of an input is refused, and not waited for.

Each runs in a process of its own, which a regression would leave waiting until its time is up.
"""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.command import Ended, process
from tests.test_malformed import COMMAND, GOOD, PLACES
from vendorgate.errors import Problem
from vendorgate.load.files import NotAFile, opened, read_bytes

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
READ = {**PLACES, "tests": "policies/policy.test.yaml"}


def pipe(path: Path) -> str:
    os.mkfifo(path)
    return "a pipe, not a file"


def link_to_a_pipe(path: Path) -> str:
    os.mkfifo(path.with_suffix(".pipe"))
    path.symlink_to(path.with_suffix(".pipe").name)
    return "a pipe, not a file"


def listening(path: Path) -> str:
    before = Path.cwd()
    os.chdir(path.parent)  # the name of a socket may not be long
    try:
        with socket.socket(socket.AF_UNIX) as one:
            one.bind(path.name)
    finally:
        os.chdir(before)
    return "a socket, not a file"


def device(path: Path) -> str:
    path.symlink_to("/dev/zero")
    return "a device, not a file"


def assert_refused(ended: Ended, place: str, said: str) -> None:
    assert ended.code == 2, ended.stderr
    assert ended.stdout == ""
    assert f"error: {said}\n --> {place}:1:1" in ended.stderr


@pytest.mark.parametrize("kind", READ)
def test_pipe_in_the_place_of_an_input_is_refused(kind: str, tmp_path: Path) -> None:
    shutil.copytree(GOOD, tmp_path, dirs_exist_ok=True)
    place = tmp_path / READ[kind]
    place.parent.mkdir(exist_ok=True)
    place.unlink(missing_ok=True)
    said = link_to_a_pipe(place) if kind in ("manifest", "snapshot") else pipe(place)
    assert_refused(process(*COMMAND, folder=tmp_path), READ[kind], said)


@pytest.mark.parametrize("make", [listening, device])
def test_socket_or_device_as_a_manifest_is_refused(make: Callable[[Path], str], tmp_path: Path) -> None:
    shutil.copytree(GOOD, tmp_path, dirs_exist_ok=True)
    place = tmp_path / PLACES["manifest"]
    place.unlink()
    said = make(place)
    assert_refused(process(*COMMAND, folder=tmp_path), PLACES["manifest"], said)


COMMANDS = {
    "verify": ("verify", "pipe", "--manifest", "vendorgate.yaml", "--policies", "policies", "--registry", "registry"),
    "import": ("registry", "import", "pipe", "--registry", "registry"),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_pipe_as_what_another_command_reads_is_refused(command: str, tmp_path: Path) -> None:
    shutil.copytree(GOOD, tmp_path, dirs_exist_ok=True)
    pipe(tmp_path / "pipe")
    ended = process(*COMMANDS[command], folder=tmp_path)
    assert ended.code == 2
    assert "a pipe, not a file" in ended.stderr
    assert "pipe:1:1" in ended.stderr


def test_pipe_that_nobody_reads_is_no_place_for_a_report(tmp_path: Path) -> None:
    shutil.copytree(GOOD, tmp_path, dirs_exist_ok=True)
    pipe(tmp_path / "pipe")
    ended = process(*COMMAND, "--output", "json=pipe", folder=tmp_path)
    assert ended.code == 2
    assert ended.stdout == ""
    assert "--output json=pipe: cannot be written" in ended.stderr


def test_report_goes_to_a_pipe_that_somebody_reads(tmp_path: Path) -> None:
    shutil.copytree(GOOD, tmp_path, dirs_exist_ok=True)
    pipe(tmp_path / "pipe")
    reading = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert process(*COMMAND, "--output", "json=pipe", folder=tmp_path).code == 0
        assert os.read(reading, 10_000).startswith(b"{")
    finally:
        os.close(reading)


def test_what_takes_the_place_of_a_file_meanwhile_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("a: 1", encoding="utf-8")
    looked_at = os.stat(path)
    path.unlink()
    pipe(path)
    monkeypatch.setattr(os, "stat", lambda path: looked_at)
    with pytest.raises(NotAFile, match="a pipe, not a file"):
        opened(path)


def test_link_to_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"a: 1")
    (tmp_path / "b.yaml").symlink_to("a.yaml")
    problems: list[Problem] = []
    assert read_bytes(str(tmp_path / "b.yaml"), "b.yaml", problems) == b"a: 1"
    assert problems == []
