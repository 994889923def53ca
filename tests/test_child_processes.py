"""A process that a command starts executes nothing of the folder that the command reads."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from tests.command import ROOT
from vendorgate.child_processes import nothing_of_this_folder

FOREIGN: Final = ("multiprocessing", "struct", "pickle", "selectors", "msgspec", "yaml", "vendorgate", "linecache")
"""Modules that a process imports which `multiprocessing` starts, or vendorgate in it."""
MANIFEST: Final = ROOT / "examples" / "newsletter" / "vendorgate.yaml"
STARTING: Final = """
import sys
import multiprocessing, os
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from vendorgate.child_processes import nothing_of_this_folder
if __name__ == "__main__":
    with nothing_of_this_folder() if sys.argv[1] == "apart" else nullcontext():
        with ProcessPoolExecutor(1, multiprocessing.get_context(sys.argv[2])) as pool:
            print(pool.submit(pow, 2, 3).result())
"""


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """A repository with modules that say when they are executed."""
    folder = tmp_path / "repository"
    folder.mkdir()
    for name in FOREIGN:
        (folder / f"{name}.py").write_text(f"open('executed', 'a').write('{name}\\n')\nraise SystemExit(1)\n")
    shutil.copy(MANIFEST, folder)
    return folder


def executed(folder: Path) -> list[str]:
    """What was executed of a folder."""
    told = folder / "executed"
    return told.read_text().split() if told.exists() else []


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    variables = {**plain, "PYTHONPATH": str(ROOT / "src")}
    return subprocess.run(
        (sys.executable, *words), cwd=folder, env=variables, capture_output=True, text=True, check=False
    )


@pytest.mark.skipif(sys.platform == "win32", reason="has no forkserver")
@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_process_imports_nothing_of_the_folder_it_is_started_in(method: str, foreign: Path, tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(STARTING)
    done = run(foreign, str(program), "apart", method)
    assert (done.stdout, executed(foreign)) == ("8\n", []), done.stderr
    run(foreign, str(program), "as ever", method)
    assert "multiprocessing" in executed(foreign)  # without that it would


def test_processes_of_others_are_started_as_ever() -> None:
    from multiprocessing import util

    before = util._args_from_interpreter_flags  # type: ignore[attr-defined]
    with nothing_of_this_folder(), nothing_of_this_folder():
        assert util._args_from_interpreter_flags is not before  # type: ignore[attr-defined]
    assert util._args_from_interpreter_flags is before  # type: ignore[attr-defined]


COMMAND: Final = """
from vendorgate.__main__ import main
if __name__ == "__main__":
    main()
"""


def test_fleet_is_gathered_and_judged_from_a_foreign_repository(foreign: Path, tmp_path: Path) -> None:
    program, store = tmp_path / "vendorgate-command.py", str(tmp_path / "store")
    program.write_text(COMMAND)
    git = ("git", "-c", "user.name=somebody", "-c", "user.email=somebody@example.org")
    for words in (("init", "-q"), ("add", "vendorgate.yaml"), ("commit", "-qm", "first")):
        subprocess.run((*git, *words), cwd=foreign, check=True)
    gathered = run(foreign, str(program), "fleet", "gather", str(tmp_path), "--store", store, "--code")
    assert (gathered.returncode, executed(foreign)) == (0, []), gathered.stderr
    check = ("fleet", "check", store, "--out", str(tmp_path / "run"), "--jobs", "2", "--as-of", "2026-11-23")
    checked = run(foreign, str(program), *check)
    assert (checked.returncode, executed(foreign)) == (0, []), checked.stderr
