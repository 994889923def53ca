"""The fast door: ruff, mypy, the layers, and the tests of what changed.

`python -m tools.check` looks at what differs from the branch `main` (or what `--since` names), committed or not. The
tests of a module are those that stand in the folder of the same name, those that import it, and the golden files where
a report may have changed. `.ci/run` runs everything; this answers while you still remember what you did.
"""

from __future__ import annotations

import argparse
import ast
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
PACKAGE: Final = Path("src/vendorgate")
CHECKS: Final = {
    "ruff check": ("ruff", "check", "--quiet"),
    "ruff format": ("ruff", "format", "--check", "--quiet"),
    "mypy": ("mypy",),
    "layers": ("lint-imports",),
}
PROSE: Final = ("README.md", "docs", "examples")
"""Whose examples tests run."""
SHOWN: Final = ("commands", "report", "comparison", "frame", "evaluate")
"""Rooms whose changes golden files may show."""
SLOW: Final = ("laws", "browser", "language_server", "installing", "hooks", "fuzz")
"""Words in the names of tests that take longer than a minute; `.ci/run` has them."""


def main(arguments: Sequence[str]) -> int:
    """Run all of it; 0 where all holds, else 1."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.check", description="ruff, mypy, layers, tests of what changed"
    )
    parser.add_argument("--since", default="main", metavar="REF", help="what to compare with (default: main)")
    parser.add_argument("--all", action="store_true", help="also tests that take longer than a minute")
    given = parser.parse_args(arguments)
    began = time.monotonic()
    chosen = tests_of(changed(given.since), slow=given.all)
    running = {name: _started(command) for name, command in CHECKS.items()}
    failed = [name for name, process in running.items() if not _ended(name, process)]
    if chosen and not _tested(chosen):
        failed.append("tests")
    tested = f"{len(chosen)} files of tests" if chosen else "no tests: nothing that has any changed"
    print(f"{'failed: ' + ', '.join(failed) if failed else 'all holds'}; {tested}; {time.monotonic() - began:.0f} s")
    return 1 if failed else 0


def changed(since: str) -> list[Path]:
    """Files that differ from where this branch left another one, committed or not."""
    base = _git("merge-base", "HEAD", since).strip()
    names = _git("diff", "--name-only", "-z", base).split("\0") + _git(
        "ls-files", "-z", "-o", "--exclude-standard"
    ).split("\0")
    return sorted({Path(name) for name in names if name})


def tests_of(files: Iterable[Path], *, slow: bool) -> list[Path]:
    """The files of tests that may know of a change, in order."""
    files = list(files)
    every = [path.relative_to(ROOT) for path in sorted(ROOT.glob("tests/**/test_*.py"))]
    modules = {_module(path) for path in files if path.suffix == ".py"}
    folders = {Path("tests") / path.relative_to(PACKAGE).parent for path in files if path.is_relative_to(PACKAGE)}
    found = {path for path in every if path in files or path.parent in folders or _imports(path) & modules}
    if any(path.parts[0] in PROSE for path in files):
        found.add(Path("tests/test_readme.py"))
    if any(path.is_relative_to(PACKAGE / room) for path in files for room in SHOWN):
        found.add(Path("tests/golden/test_golden.py"))
    return sorted(path for path in found if slow or not any(word in str(path) for word in SLOW))


def _module(path: Path) -> str:
    parts = path.with_suffix("").parts
    parts = parts[1:] if parts[0] == "src" else parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def _imports(path: Path) -> frozenset[str]:
    """Modules that a file of tests names in its imports."""
    found = set[str]()
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return frozenset(found)


def _started(command: Sequence[str]) -> subprocess.Popen[str]:
    program = Path(sys.executable).with_name(command[0])
    return subprocess.Popen(
        [str(program), *command[1:]], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def _ended(name: str, process: subprocess.Popen[str]) -> bool:
    said, _ = process.communicate()
    if process.returncode != 0:
        print(f"{name}:\n{said.rstrip()}\n")
    return process.returncode == 0


def _tested(chosen: Sequence[Path]) -> bool:
    command = [sys.executable, "-m", "pytest", "-q", "-n", "auto", "--maxfail=10", *map(str, chosen)]
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0


def _git(*arguments: str) -> str:
    ended = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True)
    return ended.stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
