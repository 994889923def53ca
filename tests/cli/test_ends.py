"""Every way that a command can end, its exit code, and what it says; never a traceback without `--debug`."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import ROOT, process, typed, vendorgate
from vendorgate.gate import Gate

PASSING = str(ROOT / "examples" / "newsletter" / "vendorgate.yaml")
FAILING = str(ROOT / "examples" / "clinic" / "vendorgate.yaml")
COMMAND = (sys.executable, "-m", "vendorgate")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--version",), 0, "vendorgate 0.1.0"),
        (("--help",), 0, "Exit codes"),
        (("check", "--help"), 0, "--fail-on"),
        (("check", PASSING), 0, "PASS  2 usages"),
        (("check", FAILING), 1, "FAIL  1 usage"),
    ],
)
def test_answers_go_to_stdout(arguments: tuple[str, ...], code: int, said: str) -> None:
    ended = process(*arguments, folder=ROOT)
    assert ended.code == code
    assert said in ended.stdout


MISTAKES: tuple[tuple[tuple[str, ...], str], ...] = (
    ((), "Commands:"),
    (("chekc",), "did you mean `check`?"),
    (("check", "--polices", "x"), "--policies"),
    (("check", "--format", "xml"), "xml"),
    (("check", "--as-of", "24.11.2026", PASSING), "YYYY-MM-DD"),
    (("check", "--as-of", "2026-02-30", PASSING), "YYYY-MM-DD"),
    (("check", "--fail-on", "eror", PASSING), "error"),
    (("check", "nowhere.yaml"), "no such file"),
    (("check", "src"), "no vendorgate.yaml or vendorgate.yml below this folder"),
    (("check", PASSING, "--policies", "nowhere"), "no such file"),
    (("check", PASSING, "--registry", "examples"), "snapshot.yaml"),
    (("explain", PASSING), "--usage"),
    (("explain", PASSING, "--usage", "proof-read"), "did you mean `proofread`?"),
    (("explain", PASSING, "--usage", "proofread", "--policy", "no-training"), "did you mean"),
    (("completion", "tcsh"), "tcsh"),
)


@pytest.mark.parametrize(("turn", "mistake"), [*enumerate(MISTAKES)])
def test_what_cannot_be_done_is_said_on_stderr_alone(turn: int, mistake: tuple[tuple[str, ...], str]) -> None:
    arguments, said = mistake
    ended = typed(*arguments, folder=ROOT, turn=turn)
    assert ended.code == 2
    assert ended.stdout == ""
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr


def test_fault_of_ours_is_exit_code_3(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*arguments: object, **options: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Gate, "judge", broken)
    ended = vendorgate("check", PASSING, folder=ROOT)
    assert ended.code == 3
    assert "ZeroDivisionError" in ended.stderr
    assert "report" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "Traceback" in vendorgate("check", PASSING, "--debug", folder=ROOT).stderr


def test_interruption_is_exit_code_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*arguments: object, **options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Gate, "judge", interrupted)
    ended = vendorgate("check", PASSING, folder=ROOT)
    assert ended.code == 130
    assert ended.stdout == ""


@pytest.mark.parametrize(("manifest", "code"), [(PASSING, 0), (FAILING, 1)])
def test_reader_that_leaves_early_does_not_change_the_verdict(manifest: str, code: int) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run((*COMMAND, "check", manifest), cwd=ROOT, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert ended.returncode == code
    assert b"Traceback" not in ended.stderr
    assert b"BrokenPipe" not in ended.stderr


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_full_disk_is_no_verdict() -> None:
    with open("/dev/full", "wb") as full:
        ended = subprocess.run((*COMMAND, "check", PASSING), cwd=ROOT, stdout=full, stderr=subprocess.PIPE, check=False)
    assert ended.returncode == 2
    assert b"no space left" in ended.stderr
    assert b"Traceback" not in ended.stderr


def on_a_terminal(environment: dict[str, str]) -> str:
    ours, theirs = pty.openpty()
    clean = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "TERM")}
    child = subprocess.Popen(
        (*COMMAND, "check", FAILING), cwd=ROOT, stdout=theirs, stderr=subprocess.DEVNULL, env={**clean, **environment}
    )
    os.close(theirs)
    said = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # Linux says so when the other end is closed
            break
        if not part:
            break
        said += part
    os.close(ours)
    assert child.wait(60) == 1
    return said.decode("utf-8")


def test_colour_only_where_it_is_wanted() -> None:
    assert "\x1b[1;31merror" in on_a_terminal({"TERM": "xterm-256color"})
    assert "\x1b" not in on_a_terminal({"TERM": "xterm-256color", "NO_COLOR": "1"})
    assert "\x1b" not in on_a_terminal({"TERM": "dumb"})
    assert "\x1b" not in process("check", FAILING, folder=ROOT, environment={"TERM": "xterm"}).stdout


def test_words_about_what_was_taken_go_to_stderr(tmp_path: Path) -> None:
    ended = process("check", PASSING, folder=tmp_path)
    assert "came with vendorgate" in ended.stderr
    (tmp_path / "policies").mkdir()
    shutil.copytree(ROOT / "registry-snapshot", tmp_path / "registry-snapshot")
    shutil.copytree(ROOT / "policies", tmp_path / "policies", dirs_exist_ok=True)
    assert process("check", PASSING, folder=tmp_path).stderr == "using policies/ and registry-snapshot/\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_script_names_the_command(shell: str) -> None:
    ended = process("completion", shell, folder=ROOT)
    assert ended.code == 0
    assert "_VENDORGATE_COMPLETE" in ended.stdout


def test_completion_completes() -> None:
    environment = {"_VENDORGATE_COMPLETE": "bash_complete", "COMP_WORDS": "vendorgate ch", "COMP_CWORD": "1"}
    assert process(folder=ROOT, environment=environment).stdout.strip() == "plain,check"
