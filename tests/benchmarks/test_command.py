"""`python benchmarks` runs every script of its folder, tells of broken ones, and says in its table what its JSON says.

The folders here have scripts of a line or two beside the command's own modules; nothing long is run.
"""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.command import ROOT

BENCHMARKS = ROOT / "benchmarks"
COMMAND = ("__main__", "figures", "figure_tables", "listing", "machine", "running", "timing")
"""Modules of the command itself."""
SCRIPT = """\
\"\"\"{title}. And more.\"\"\"
import sys
from timing import Limit, judged, rounds

def main() -> int:
    {body}

if __name__ == "__main__":
    sys.exit(main())
"""
SCRIPTS = {
    "fast": 'return judged([Limit("a | b", 1.234, 2.0), Limit("memory", float(rounds(60)), 60.0, "MB")])',
    "slow": 'return judged([Limit("what takes long", 3.0, 2.5, "s")])',
    "broken": 'raise LookupError("no <such> thing")',
    "silent": "return 0",
    "torn": 'judged([Limit("half", 1.0, 2.0)]); raise OSError("disk full")',
}


def folder_with(path: Path, *names: str) -> Path:
    """A folder of benchmarks: the command, and scripts."""
    path.mkdir()
    for module in COMMAND:
        shutil.copy(BENCHMARKS / f"{module}.py", path)
    for name in names:
        (path / f"{name}.py").write_text(SCRIPT.format(title=f"What {name} is", body=SCRIPTS[name]), "utf-8")
    return path


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("BENCHMARKS_")}
    return subprocess.run(
        [sys.executable, str(folder), *words], env=plain, capture_output=True, text=True, check=False, timeout=60
    )


def lines_of(table: str, name: str) -> list[list[str]]:
    return [re.split(r" {2,}", line) for line in table.splitlines() if line.startswith(f"{name} ")]


@pytest.fixture(scope="module")
def all_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.CompletedProcess[str], dict[str, Any]]:
    """All scripts run once, with few rounds."""
    folder = folder_with(tmp_path_factory.mktemp("all") / "benchmarks", *SCRIPTS)
    done = run(folder, "--quick", "--json", str(folder / "found.json"))
    return done, msgspec.json.decode((folder / "found.json").read_bytes())


def test_it_goes_on_after_a_broken_benchmark_and_ends_with_2(all_run: Any) -> None:
    done, found = all_run
    assert done.returncode == 2
    states = {one["name"]: one["state"] for one in found["benchmarks"]}
    broken = dict.fromkeys(("broken", "silent", "torn"), "could not run")
    assert states == {"fast": "met", "slow": "not met", **broken}


def test_a_broken_benchmark_is_told_with_what_it_said_last(all_run: Any) -> None:
    done, found = all_run
    problems = {one["name"]: one["problem"] for one in found["benchmarks"] if one["problem"]}
    assert problems == {
        "broken": "exit code 1, told no limit: LookupError: no <such> thing",
        "silent": "exit code 0, told no limit",
        "torn": "exit code 1, told 1 limits: OSError: disk full",
    }
    assert all(f"\n{name} could not run: {problem}\n" in done.stdout for name, problem in problems.items())
    assert "; could not run: broken, silent, torn\n" in done.stdout
    assert "Traceback" in done.stderr


def test_the_table_says_what_the_json_says(all_run: Any) -> None:
    done, found = all_run
    table = done.stdout.rpartition("benchmark  limit ")[2].partition("broken could not run")[0]
    for one in found["benchmarks"]:
        said = [line[1:] for line in lines_of(table, one["name"])]
        expected = [
            [f"few rounds, for a look: {limit['what']}", f"{limit['found']:.2f} {limit['unit']}",
             f"{limit['limit']:g} {limit['unit']}", "met" if limit["met"] else "not met"]
            for limit in one["limits"]
        ]  # fmt: skip
        assert said == expected
    assert "3 of 4 limits met" not in done.stdout  # what a broken benchmark told before it broke counts for nothing
    assert "2 of 3 limits met" in done.stdout


def test_figures_say_on_what_machine_and_of_what_they_are(all_run: Any) -> None:
    done, found = all_run
    machine = found["machine"]
    assert set(machine) == {"processor", "cores", "memory_gb", "python", "system"}
    assert machine["cores"] == os.cpu_count()
    assert machine["python"].endswith(".".join(map(str, sys.version_info[:3])))
    assert machine["processor"] in done.stdout
    for one in found["benchmarks"]:
        assert one["quick"] is True
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\dZ", one["begun"])
        assert len(one["load"]) == 2
        assert one["vendorgate"], one["commit"]


def test_few_rounds_are_asked_for_by_quick_alone(tmp_path: Path, all_run: Any) -> None:
    folder = folder_with(tmp_path / "benchmarks", "fast")
    done = run(folder, "--json", str(tmp_path / "found.json"))
    usual = msgspec.json.decode((tmp_path / "found.json").read_bytes())["benchmarks"][0]
    quick = next(one for one in all_run[1]["benchmarks"] if one["name"] == "fast")
    assert [one["limits"][1]["found"] for one in (quick, usual)] == [3.0, 60.0]
    assert (done.returncode, usual["quick"]) == (0, False)
    assert "for a look" not in done.stdout


def test_a_limit_that_is_not_met_ends_with_1_and_others_are_kept(tmp_path: Path) -> None:
    folder, path = folder_with(tmp_path / "benchmarks", "fast", "slow"), tmp_path / "found.json"
    assert run(folder, "fast", "--json", str(path)).returncode == 0
    assert run(folder, "slow", "--json", str(path), "--update").returncode == 1
    kept = msgspec.json.decode(path.read_bytes())
    assert [(one["name"], one["state"]) for one in kept["benchmarks"]] == [("fast", "met"), ("slow", "not met")]
    kept["machine"]["cores"] = 999
    path.write_bytes(msgspec.json.encode(kept))
    refused = run(folder, "slow", "--json", str(path), "--update")
    assert refused.returncode == 2
    assert "figures of another machine" in refused.stderr


def test_a_file_that_has_no_figures_is_refused_before_anything_runs(tmp_path: Path) -> None:
    folder, path = folder_with(tmp_path / "benchmarks", "slow"), tmp_path / "found.json"
    path.write_text('{"schema": "vendorgate.benchmarks/1", "machine"', "utf-8")
    refused = run(folder, "--json", str(path), "--update")
    assert refused.returncode == 2
    assert "what takes long" not in refused.stdout


def test_a_name_that_is_none_is_told_with_the_nearest(tmp_path: Path) -> None:
    refused = run(folder_with(tmp_path / "benchmarks", "slow"), "slaw")
    assert refused.returncode == 2
    assert "no benchmark `slaw`; did you mean slow?" in refused.stderr


def test_the_readme_gets_the_figures_between_its_marks(tmp_path: Path) -> None:
    folder = folder_with(tmp_path / "benchmarks", "fast", "slow")
    page = (BENCHMARKS / "README.md").read_text("utf-8")
    (folder / "README.md").write_text(page, "utf-8")
    (folder / "torn.py").write_text(SCRIPT.format(title="", body="raise OSError('a | b')"), "utf-8")
    run(folder, "--json", str(folder / "figures.json"))
    assert run(folder, "--readme").returncode == 0
    written = (folder / "README.md").read_text("utf-8")
    assert "| fast | a \\| b | 1.23 x | 2 x | met |" in written
    assert "| slow | what takes long | 3.00 s | 2.5 s | **not met** |" in written
    assert "| torn | exit code 1, told no limit: OSError: a \\| b |  |  | **could not run** |" in written
    marks = re.compile("<!-- figures.*<!-- end of figures -->", re.S)
    assert marks.sub("", written) == marks.sub("", page)
    assert run(folder, "--readme").returncode == 0
    assert (folder / "README.md").read_text("utf-8") == written


def test_every_script_of_the_folder_is_run_and_says_what_it_measures() -> None:
    told = {line.split()[0] for line in run(BENCHMARKS, "--list").stdout.splitlines()}
    scripts = {path for path in BENCHMARKS.glob("*.py") if "__main__" in path.read_text("utf-8")}
    assert told == {path.stem for path in scripts} - {"__main__", "other_detectors", "listing"}
    for path in scripts:
        assert ast.get_docstring(ast.parse(path.read_text("utf-8"))), path


def test_every_script_can_be_imported_and_tells_its_limits() -> None:
    names = [line.split()[0] for line in run(BENCHMARKS, "--list").stdout.splitlines()]
    code = (
        "import importlib, inspect, sys; sys.path.insert(0, sys.argv[1])\n"
        "for one in map(importlib.import_module, sys.argv[2:]): assert 'judged(' in inspect.getsource(one.main), one"
    )
    subprocess.run([sys.executable, "-c", code, str(BENCHMARKS), *names], check=True, timeout=60)


def test_the_readme_says_what_the_figures_say(tmp_path: Path) -> None:
    folder = folder_with(tmp_path / "benchmarks")
    for name in ("figures.json", "README.md"):
        shutil.copy(BENCHMARKS / name, folder)
    assert run(folder, "--readme").returncode == 0
    assert (folder / "README.md").read_text("utf-8") == (BENCHMARKS / "README.md").read_text("utf-8")
