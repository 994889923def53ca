"""Nowhere to write, nothing to read: the exit code is the verdict's, or 2 where the verdict could not be reported."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import termios
import time

import pytest

from tests.cli.test_ends import FAILING, PASSING
from tests.command import ROOT
from tests.thoroughness import pairs

FULL = "/dev/full"
COMMAND = f"{sys.executable} -m vendorgate"
PIPE = 65_536
"""Bytes that a pipe holds."""
NEEDS_FULL = pytest.mark.skipif(not os.path.exists(FULL), reason="needs /dev/full")


def _waiting(pipe: int) -> int:
    """Bytes that can be read."""
    return int.from_bytes(fcntl.ioctl(pipe, termios.FIONREAD, b"\0\0\0\0"), sys.byteorder)


def ended(line: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A line of the shell, in which `$VG` is the command, `$P` passes, `$F` fails and `$R` is a small registry."""
    known = {"VG": COMMAND, "P": PASSING, "F": FAILING, "R": "--registry tests/cases/shared/registry"}
    return subprocess.run(
        ("bash", "-c", line),
        cwd=ROOT,
        env={**os.environ, **known, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


ENDS = (
    ("$VG check $P", 0),
    ("$VG check $F", 1),
    ("$VG check nowhere.yaml", 2),
    ("$VG check --as-of tomorrow", 2),
    ("$VG registry list $R", 0),
    ("$VG chekc", 2),
    ("$VG", 2),
)
NO_MESSAGES = ("2>/dev/full", "2>&-", "2>/dev/full <&-", "2>&- <&-")
ANSWERS = ("$VG check $P", "$VG check $F", "$VG registry list $R", "$VG --help", "$VG --version", "$VG completion bash")
NO_ANSWER = (">/dev/full", ">&-", ">&- <&-", ">/dev/full 2>/dev/full", ">&- 2>&-")


@NEEDS_FULL
@pytest.mark.parametrize(("end", "lost"), pairs(ENDS, NO_MESSAGES))
def test_messages_that_nobody_takes_change_no_exit_code(end: tuple[str, int], lost: str) -> None:
    line, code = end
    assert ended(f"{line} {lost}").returncode == code


@NEEDS_FULL
@pytest.mark.parametrize(("line", "lost"), pairs(ANSWERS, NO_ANSWER))
def test_report_that_nobody_takes_is_no_verdict(line: str, lost: str) -> None:
    found = ended(f"{line} {lost}")
    assert found.returncode == 2
    assert "Traceback" not in found.stderr
    assert "2>" in lost or "standard output cannot be written" in found.stderr


@pytest.mark.parametrize(
    ("line", "code"), [("$VG check $P", 0), ("$VG check $F", 1), ("$VG registry list $R", 0), ("$VG --help", 0)]
)
def test_reader_who_had_enough_changes_nothing(line: str, code: int) -> None:
    found = ended(f"set -o pipefail; {line} 2>&1 | true")
    assert found.returncode == code
    found = ended(f"set -o pipefail; {line} | head -1")
    assert found.returncode == code
    assert "Traceback" not in found.stderr


def test_closed_stream_is_not_taken_by_a_file_that_is_opened_later() -> None:
    found = ended('$VG check $P --output json="$T" --format json >&- 2>&-; echo $?; head -c 1 "$T"', T=os.devnull)
    assert found.stdout.startswith("2\n")


def test_pipe_that_does_not_wait_gets_the_whole_report() -> None:
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    manifests = [
        str(ROOT / "examples" / name / "vendorgate.yaml") for name in ("clinic", "eu-support-bot", "newsletter")
    ]
    line = (*COMMAND.split(), "check", *manifests, "--format", "html")
    with subprocess.Popen(line, cwd=ROOT, stdout=writing, stderr=subprocess.DEVNULL) as child:
        os.close(writing)
        deadline = time.monotonic() + 60
        while _waiting(reading) < PIPE and time.monotonic() < deadline:
            time.sleep(0.01)
        with open(reading, encoding="utf-8") as pipe:
            text = pipe.read()
        assert child.wait(60) == 1
    assert len(text) > PIPE
    assert text.rstrip().endswith("</html>")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-16"])
def test_no_locale_and_no_encoding_changes_what_is_written(encoding: str) -> None:
    odd = {"LC_ALL": "C", "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    line = "$VG check $F --as-of 2026-11-24"
    assert ended(line, **odd).stdout == ended(line).stdout
