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
from tests.distributing import Distributing, Opening

def pytest_xdist_make_scheduler(config, log):
    return Distributing(config, log)

def pytest_configure_node(node):
    Opening.want(node)

def pytest_configure(config):
    if Opening.is_wanted(config):
        config.pluginmanager.register(Opening(config))
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

@pytest.fixture(scope="session")
def session():
    yield
    raise ValueError("when all is done")

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
CRASHES = """\
import os, time
def test_passes(): time.sleep(1.1)
def test_ends_its_worker(): os._exit(3)
"""
WAITS = """\
import pathlib, time
IMPORTED = pathlib.Path(__file__).with_name("imported")
def test_waits():
    until = time.monotonic() + 20
    while time.monotonic() < until and not (IMPORTED.exists() and len(IMPORTED.read_bytes()) == 4):
        time.sleep(0.05)
"""
ONE_WORKER = ("-n1", "--dist=loadfile")
WORKERS = ("-n2", "--dist=loadfile")


def told(folder: Path, *arguments: str, remembers: bool = False) -> tuple[int, str, list[str]]:
    """The exit code, the counts, and the lines of what did not pass.

    Its temporary folder is its own: that of the machine holds those of earlier runs of the suite, and pytest would
    take them away meanwhile.
    """
    plugins = ("-p", "xdist", *(() if remembers else ("-p", "no:cacheprovider")))
    own = f"--basetemp={folder.with_suffix('.temporary')}"
    command = (sys.executable, "-m", "pytest", *plugins, own, "-ra", *arguments, str(folder))
    environment = {name: value for name, value in os.environ.items() if name != "PYTEST_ADDOPTS"}
    environment["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
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
    assert told(folder, *WORKERS) == alone


@pytest.mark.parametrize(
    ("asked", "code", "counts"),
    [
        (("-k", "passes and not 7", "--durations=1"), 0, "90 passed"),
        (("-k", "nothing"), 5, "no tests ran"),
        (("-k", "passed_over"), 0, "2 skipped"),
    ],
)
def test_what_is_asked_of_tests_is_asked_of_each_file(
    folder: Path, asked: tuple[str, ...], code: int, counts: str
) -> None:
    assert told(folder, *ONE_WORKER, *asked)[:2] == (code, counts)


def test_first_failure_is_the_last(folder: Path) -> None:
    code, counts, _ = told(folder, *ONE_WORKER, "-x", "-k", "fails or was_known")
    assert code != 0
    assert counts == "1 failed"


def test_tests_that_are_named_run_alone(folder: Path) -> None:
    (folder / "test_b.py").write_text("def test_passes(): pass\n", encoding="utf-8")
    named = str(folder / "test_b.py")
    assert told(folder / "test_a.py::test_fails", *ONE_WORKER, named)[1] == "1 failed, 1 passed"


def test_what_failed_before_runs_again_and_nothing_else(folder: Path) -> None:
    (folder / "test_b.py").write_text("def test_passes(): pass\n", encoding="utf-8")
    assert told(folder, *ONE_WORKER, remembers=True)[1] == "3 failed, 52 passed, 1 skipped, 1 xfailed, 3 errors"
    assert told(folder, *ONE_WORKER, "--lf", remembers=True)[1] == "3 failed, 1 passed, 3 errors"


def test_each_file_is_imported_once_and_those_of_a_folder_by_one_worker(folder: Path) -> None:
    """Whoever has none of the folder waits here until all of it is done, as with other files."""
    (folder / "browser").mkdir()
    for name in "abcd":
        test = noting(folder, "imported", name) + "def test_takes(made): pass\n"
        (folder / "browser" / f"test_browser_{name}.py").write_text(test, encoding="utf-8")
    made = "@pytest.fixture(scope='session')\ndef made():\n    " + noting(folder, "made", "m")
    (folder / "conftest.py").write_text(CONFTEST + made, encoding="utf-8")
    for name in "ab":
        (folder / f"test_{name}.py").write_text(WAITS, encoding="utf-8")
    assert told(folder, *WORKERS)[1] == "6 passed"
    assert sorted((folder / "imported").read_text(encoding="utf-8")) == ["a", "b", "c", "d"]
    assert (folder / "made").read_text(encoding="utf-8") == "m"


def noting(folder: Path, file: str, text: str) -> str:
    return f"with open(r'{folder / file}', 'a') as file: file.write('{text}')\n"


def test_what_is_about_no_test_is_told(folder: Path) -> None:
    """A file that cannot be imported, and what cannot be taken down when all is done."""
    (folder / "test_a.py").write_text(TESTS + "def test_takes(session): pass\n", encoding="utf-8")
    (folder / "test_b.py").write_text("import nothing_of_this_name\n", encoding="utf-8")
    code, counts, lines = told(folder, *ONE_WORKER, "-k", "takes or passes")
    assert (code, counts) == (1, "51 passed, 2 errors")
    assert [line.split("::")[-1].partition(" - ")[0] for line in lines] == ["test_takes"]


def test_worker_that_dies_is_told(folder: Path) -> None:
    """Its other tests are told, too, if the last second has not taken them along."""
    (folder / "test_b.py").write_text(CRASHES, encoding="utf-8")
    code, counts, lines = told(folder, *WORKERS, "--max-worker-restart=1", "-k", "passes or worker")
    assert (code, counts) == (1, "1 failed, 51 passed")
    assert [line for line in lines if line.startswith("FAILED") and "test_ends_its_worker" in line]
