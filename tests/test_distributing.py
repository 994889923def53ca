"""Tests that are handed out to workers all run, and nothing that went wrong is lost."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import ROOT

CONFTEST = """\
import pytest
from tests.distributing import Distributing, Telling

def pytest_xdist_make_scheduler(config, log):
    return Distributing(config, log)

def pytest_configure(config):
    if hasattr(config, "workerinput"):
        config.pluginmanager.register(Telling())
"""
TESTS = """\
import pytest

@pytest.fixture
def setup():
    raise ValueError("in setup")

@pytest.fixture
def teardown():
    yield
    raise ValueError("in teardown")

@pytest.mark.parametrize("number", range(50))
def test_passes(number): pass

def test_fails(): assert 1 == 2
def test_cannot_begin(setup): pass
def test_cannot_end(teardown): pass
def test_says_something_and_cannot_end(teardown): print("said"); assert 3 == 4
@pytest.mark.skip
def test_is_passed_over(): pass
@pytest.mark.xfail
def test_is_known_to_fail(): assert 5 == 6
@pytest.mark.xfail(strict=True)
def test_was_known_to_fail(): pass
"""
CRASHES = "import os\ndef test_ends_its_worker(): os._exit(3)\n"


def told(folder: Path, *arguments: str) -> tuple[int, str, list[str]]:
    """The exit code, the counts, and the lines of what did not pass."""
    without = [word for name in ("cacheprovider", "hypothesispytest", "pytest_cov") for word in ("-p", f"no:{name}")]
    command = (sys.executable, "-m", "pytest", *without, "-ra", *arguments, str(folder))
    environment = {name: value for name, value in os.environ.items() if name != "PYTEST_ADDOPTS"}
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    lines = ended.stdout.splitlines()
    counts = re.sub(r" in [\d.]+s.*| *=+ *", "", lines[-1])
    return ended.returncode, counts, sorted(line for line in lines if re.match(r"[A-Z]{4,} .*::", line))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "pytest.ini").write_text(f"[pytest]\npythonpath = {ROOT}\n", encoding="utf-8")
    (tmp_path / "conftest.py").write_text(CONFTEST, encoding="utf-8")
    for name in "ab":
        (tmp_path / f"test_{name}.py").write_text(TESTS, encoding="utf-8")
    return tmp_path


def test_what_workers_tell_is_what_one_process_tells(folder: Path) -> None:
    alone = told(folder, "-n0")
    assert alone[1] == "6 failed, 102 passed, 2 skipped, 2 xfailed, 6 errors"
    assert told(folder, "-n2", "--dist=loadfile") == alone


def test_worker_that_dies_is_told(folder: Path) -> None:
    (folder / "test_b.py").write_text(CRASHES, encoding="utf-8")
    code, _, lines = told(folder, "-n2", "--dist=loadfile", "--max-worker-restart=0", "-k", "passes or worker")
    assert code != 0
    assert [line for line in lines if line.startswith("FAILED") and "test_ends_its_worker" in line]
