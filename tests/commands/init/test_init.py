"""`vendorgate init`: by flags, at a terminal, and never over anything that is there."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import select
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest
import yaml

from tests.command import Ended, process, vendorgate

FLAGS = (
    "--project",
    "clinic",
    "--owner",
    "a@example.org",
    "--offering",
    "openai-api",
    "--data",
    "phi",
    "--data",
    "pii",
)


def test_manifest_by_flags_is_valid_and_names_what_matters(tmp_path: Path) -> None:
    ended = vendorgate("init", *FLAGS, "--usage", "notes", folder=tmp_path)
    assert ended.code == 0
    assert ended.stdout == "written: .vendorgate/manifest.schema.json\nwritten: vendorgate.yaml\n"
    text = (tmp_path / "vendorgate.yaml").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=.vendorgate/manifest.schema.json\n")
    assert yaml.safe_load(text) == {
        "version": 1,
        "project": "clinic",
        "owner": "a@example.org",
        "usages": [{"id": "notes", "offering": "openai-api", "data": ["phi", "pii"]}],
    }
    assert "#   zero_data_retention:" in text
    checked = vendorgate("check", folder=tmp_path)
    assert checked.code == 1  # it says too little to pass
    assert "not declared" in checked.stdout


def test_bundle_by_flags_judges_and_its_tests_pass(tmp_path: Path) -> None:
    arguments = ("init", "bundle", "--name", 'Ours: "all" # of it', "--pack", "hipaa", "--pack", "pci", "--register")
    ended = vendorgate(*arguments, folder=tmp_path)
    assert ended.code == 0
    assert yaml.safe_load((tmp_path / "policies" / "bundle.yaml").read_text(encoding="utf-8"))["packs"] == [
        "hipaa",
        "pci",
    ]
    assert vendorgate("init", *FLAGS, folder=tmp_path).code == 0
    report = json.loads(vendorgate("check", "--format", "json", folder=tmp_path).stdout)
    assert report["inputs"]["bundle"]["name"] == 'Ours: "all" # of it'
    assert report["inputs"]["agreements"] == "register"
    assert {"no-credentials", "phi-has-a-purpose"} <= {result["policy"] for result in report["results"]}
    assert vendorgate("policy", "test", folder=tmp_path).code == 0
    assert vendorgate("policy", "lint", folder=tmp_path).code == 0
    assert vendorgate("policy", "fmt", "--check", folder=tmp_path).code == 0


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("there", "arguments"),
    [
        ("vendorgate.yaml", FLAGS),
        ("policies/bundle.yaml", ("bundle", "--name", "b")),
        ("policies/own/own.yaml", ("bundle", "--name", "b")),
        ("policies/agreements.yaml", ("bundle", "--name", "b", "--register")),
    ],
)
def test_nothing_is_overwritten(tmp_path: Path, there: str, arguments: tuple[str, ...]) -> None:
    path = tmp_path / there
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("mine", encoding="utf-8")
    before = snapshot(tmp_path)
    ended = vendorgate("init", *arguments, folder=tmp_path)
    assert ended.code == 2
    assert "there is a file of that name" in ended.stderr
    assert there in ended.stderr
    assert snapshot(tmp_path) == before


def test_link_that_leads_nowhere_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "vendorgate.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    assert vendorgate("init", *FLAGS, folder=tmp_path).code == 2
    assert not (tmp_path / "elsewhere.yaml").exists()


def test_schema_that_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / ".vendorgate").mkdir()
    (tmp_path / ".vendorgate" / "manifest.schema.json").write_text("mine", encoding="utf-8")
    ended = vendorgate("init", *FLAGS, folder=tmp_path)
    assert ended.code == 0
    assert ended.stdout == "written: vendorgate.yaml\n"
    assert (tmp_path / ".vendorgate" / "manifest.schema.json").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), ["--offering is missing", "--data is missing"]),
        (
            ("--project", "A B", "--offering", "openai", "--data", "phl"),
            ["`A B` is no slug", "openai-api", "did you mean `phi`?"],
        ),
        (("--offering", "openai-api", "--data", "phi", "--usage", "U"), ["--usage: `U` is no slug"]),
        (("bundle",), ["--name is missing"]),
        (("bundle", "--name", "b", "--pack", "hippa"), ["did you mean `hipaa`?"]),
        (("manifset",), ["manifset"]),
    ],
)
def test_what_is_missing_or_wrong_is_said_at_once(tmp_path: Path, arguments: tuple[str, ...], words: list[str]) -> None:
    folder = tmp_path / "project"
    folder.mkdir()
    ended = vendorgate("init", *arguments, folder=folder)
    assert ended.code == 2
    assert ended.stdout == ""
    for word in words:
        assert word in ended.stderr
    assert snapshot(folder) == {}


def test_name_of_the_folder_is_the_project(tmp_path: Path) -> None:
    folder = tmp_path / "My Project (1)"
    folder.mkdir()
    assert vendorgate("init", "--offering", "openai-api", "--data", "phi", folder=folder).code == 0
    assert yaml.safe_load((folder / "vendorgate.yaml").read_text(encoding="utf-8"))["project"] == "my-project-1"


INTERRUPT = "\x03"
"""Ctrl-C. One that arrives just before Python waits for a line is only heard with the next key."""


def _take_the_terminal() -> None:
    """So that Ctrl-C reaches it, and stops it even where those who started the tests ignore it."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def answered(folder: Path, answers: list[tuple[str, str]], *arguments: str) -> Ended:
    """Run a command at a terminal, and answer each question when it is asked; Ctrl-C is pressed until it is heard."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "vendorgate", *arguments]
    running = subprocess.Popen(
        command,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=folder,
        start_new_session=True,
        preexec_fn=_take_the_terminal,
    )
    os.close(theirs)
    shown, deadline = "", time.monotonic() + 60
    waiting = list(answers)
    asked = 0
    while time.monotonic() < deadline:
        ready, _, _ = select.select([ours], [], [], 0.2)
        try:
            shown += os.read(ours, 4096).decode("utf-8") if ready else ""
        except OSError:  # the other end is closed
            break
        if waiting and waiting[0][0] in shown[asked:]:
            asked = len(shown)
            answer = waiting.pop(0)[1]
            os.write(ours, answer.encode() if answer == INTERRUPT else f"{answer}\n".encode())
        if running.poll() is not None and not ready:
            break
        if not ready and not waiting and answers[-1][1] == INTERRUPT:
            os.write(ours, INTERRUPT.encode())
    try:
        code = running.wait(10)
    finally:
        running.kill()
        running.wait()
        os.close(ours)
    assert not waiting, (waiting, shown)
    return Ended(code, shown, "")


def test_terminal_is_asked_and_a_wrong_answer_is_asked_again(tmp_path: Path) -> None:
    answers = [
        ("Project", "clinic"),
        ("Who answers", ""),
        ("A name for the first use", ""),
        ("Offering", "opneai-api"),
        ("did you mean `openai-api`?", "openai-api"),
        ("Classes of data", "phi, pii"),
    ]
    ended = answered(tmp_path, answers, "init")
    assert ended.code == 0, ended.stdout
    assert yaml.safe_load((tmp_path / "vendorgate.yaml").read_text(encoding="utf-8")) == {
        "version": 1,
        "project": "clinic",
        "usages": [{"id": "first-usage", "offering": "openai-api", "data": ["phi", "pii"]}],
    }


def test_terminal_is_asked_for_a_bundle(tmp_path: Path) -> None:
    answers = [("Name of the bundle", "Ours"), ("Packs to require", "hipaa, gdpr"), ("agreements register", "y")]
    ended = answered(tmp_path, answers, "init", "bundle")
    assert ended.code == 0, ended.stdout
    written = yaml.safe_load((tmp_path / "policies" / "bundle.yaml").read_text(encoding="utf-8"))
    assert (written["name"], written["packs"]) == ("Ours", ["hipaa", "gdpr"])
    assert (tmp_path / "policies" / "agreements.yaml").exists()


def test_interruption_writes_nothing(tmp_path: Path) -> None:
    ended = answered(tmp_path, [("Project", INTERRUPT)], "init")
    assert ended.code == 130
    assert snapshot(tmp_path) == {}


def test_without_a_terminal_nothing_is_asked(tmp_path: Path) -> None:
    assert process("init", folder=tmp_path).code == 2


def test_full_disk_leaves_nothing_behind(tmp_path: Path) -> None:
    from unittest import mock

    with mock.patch("vendorgate.frame.writing.os.fsync", side_effect=OSError(28, "No space left on device")):
        ended = vendorgate("init", *FLAGS, folder=tmp_path)
    assert ended.code == 2
    assert "no space left on device" in ended.stderr
    assert snapshot(tmp_path) == {}
