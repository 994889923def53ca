"""The wheel of this tree in an environment of its own, with what it depends on and nothing else, as users install it.

The wheel is built from the tree with what is installed here; its dependencies come from the package index.
"""

from __future__ import annotations

import atexit
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from timing import rounds

ROOT = Path(__file__).parent.parent


class Command(NamedTuple):
    """A process that ends with one of some exit codes."""

    arguments: tuple[str, ...]
    codes: tuple[int, ...] = (0,)
    folder: str | None = None
    variables: Mapping[str, str] = {}


class Spent(NamedTuple):
    """What a process took, in seconds."""

    processor: float
    wall: float


def temporary() -> Path:
    """A folder until this process ends."""
    folder = tempfile.TemporaryDirectory()
    atexit.register(folder.cleanup)
    return Path(folder.name)


def environment() -> dict[str, str]:
    """The environment without what changes how Python starts."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


def wheel() -> Path:
    """The wheel of this tree."""
    folder = temporary()
    build = (sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT))
    subprocess.run(build, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def installed(built: Path, *options: str) -> Path:
    """The folder of the programs of an environment into which pip put a wheel."""
    folder = temporary() / "environment"
    subprocess.run((sys.executable, "-m", "venv", str(folder)), check=True, capture_output=True)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    pip = (str(programs / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *options)
    subprocess.run((*pip, str(built)), check=True, env=environment())
    return programs


def spent(command: Command) -> Spent:
    """Run a process to its end."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(
        command.arguments,
        cwd=command.folder,
        env={**environment(), **command.variables},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode in command.codes, (command, done.returncode)
    return Spent(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall)


def interleaved(commands: Mapping[str, Command], usual_rounds: int) -> dict[str, list[Spent]]:
    """Run each once a round, in an order that turns by one place, after a round that does not count."""
    found: dict[str, list[Spent]] = {name: [] for name in commands}
    items = list(commands.items())
    for number in range(rounds(usual_rounds) + 1):
        for name, command in items:
            one = spent(command)
            if number:
                found[name].append(one)
        items = items[1:] + items[:1]
    return found
