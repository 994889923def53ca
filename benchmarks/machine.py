"""What was measured on, and what of vendorgate: the processor, memory, Python, system, load; version and commit."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from functools import cache
from pathlib import Path

import msgspec

from vendorgate.version import VERSION

UNKNOWN = "not known"
JUDGES = ("src", "policies", "registry-snapshot", "benchmarks/*.py", "benchmarks/*.yaml", "benchmarks/bundle")
"""What changes figures."""


class Machine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A machine, as far as it changes figures."""

    processor: str
    cores: int
    memory_gb: float
    python: str
    system: str

    def __str__(self) -> str:
        return f"{self.processor}, {self.cores} cores, {self.memory_gb:g} GB; {self.python}; {self.system}"


def this_machine() -> Machine:
    """The one that this runs on."""
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return Machine(_processor(), os.cpu_count() or 1, _memory(), python, _system())


def load() -> float:
    """How many processes wanted a core, on average over the last minute."""
    return round(os.getloadavg()[0], 1)


@cache
def commit(folder: Path) -> str:
    """What is checked out, `changed` where files differ from it, and whose code processes import."""
    words = [_git(folder, "rev-parse", "--short=10", "HEAD") or UNKNOWN]
    if _git(folder, "status", "--porcelain", "--", *JUDGES):
        words.append("changed")
    if not _imported().is_relative_to(folder.resolve()):
        words.append("imported from elsewhere")
    return ", ".join(words)


def version() -> str:
    return VERSION


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _memory() -> float:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9, 1)


def _system() -> str:
    try:
        name = platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        return platform.platform()
    return f"{name}, {platform.system()} {platform.release().split('-')[0]}"


def _git(folder: Path, *words: str) -> str:
    try:
        done = subprocess.run(["git", "-C", str(folder), *words], capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def _imported() -> Path:
    """Where a process without Python's variables finds vendorgate, as the measured ones start."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    code = "import vendorgate; print(vendorgate.__file__)"
    done = subprocess.run([sys.executable, "-c", code], env=plain, capture_output=True, text=True, check=False)
    return Path(done.stdout.strip() or UNKNOWN)
