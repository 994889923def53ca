"""A pack of 1,000 manifests, packed and verified, against one check of the same manifests that writes JSON.

The manifests have one usage each over five offerings, by the built-in bundle and registry. Each command runs in a
process of its own, one after the other in each round, three rounds after one that does not count. Seconds are the
processor's: each process has one thread and waits for nothing, and on a machine that is busy the clock says more. Peaks
are the system's, of each process alone. Nearly all of a pack's time goes into rendering, a quarter into the workbook.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from pathlib import Path

from cold_check import environment
from timing import Limit, judged, rounds
from vendorgate.load.files import shipped

MANIFESTS, ROUNDS = 1_000, 3
MOST_SECONDS, MOST_MEMORY = 20.0, 1_000.0
UNIT = 1 if sys.platform == "darwin" else 1024
OFFERINGS = ("openai-api", "azure-openai", "claude-bedrock", "anthropic-api", "gemini-vertex")
_MANIFEST = """\
version: 1
project: project-{number}
owner: team-{team}@example.org
usages:
  - id: summaries
    purpose: Summarise what customers write
    offering: {offering}
    data: [{data}]
    subjects: [us]
    region: us
"""


def write(folder: Path) -> None:
    """A thousand projects: a third of them with health data, so that some results fail."""
    known = {path.stem for path in Path(shipped("registry-snapshot").path, "offerings").iterdir()}
    offerings = [one for one in OFFERINGS if one in known]
    for number in range(MANIFESTS):
        path = folder / f"services/{number:04}/vendorgate.yaml"
        path.parent.mkdir(parents=True)
        offering = offerings[number % len(offerings)]
        data = "phi" if number % 3 == 0 else "pii"
        path.write_text(_MANIFEST.format(number=number, team=number % 40, offering=offering, data=data))


def measured(folder: Path, *arguments: str) -> tuple[float, float]:
    """Processor seconds and the peak in MB of one run."""
    command = [sys.executable, "-m", "vendorgate", *arguments]
    quiet = os.open(os.devnull, os.O_WRONLY)
    before = os.getcwd()
    os.chdir(folder)
    actions = [(os.POSIX_SPAWN_DUP2, quiet, 1), (os.POSIX_SPAWN_DUP2, quiet, 2)]
    process = os.posix_spawn(sys.executable, command, environment(), file_actions=actions)
    os.chdir(before)
    os.close(quiet)
    _, status, used = os.wait4(process, 0)
    assert os.waitstatus_to_exitcode(status) in (0, 1), arguments
    return used.ru_utime + used.ru_stime, used.ru_maxrss * UNIT / 1e6


def main() -> int:
    """Measure; 1 where a limit is exceeded."""
    judges = ("--policies", "builtin", "--registry", "builtin", "--as-of", "2026-11-24")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder)
        runs = {
            "check": ("check", ".", *judges, "--format", "json"),
            "pack": ("evidence", "pack", ".", "--output", "evidence.zip", *judges),
            "verify": ("verify", "evidence.zip"),
        }
        found: dict[str, list[tuple[float, float]]] = {one: [] for one in runs}
        for number in range(rounds(ROUNDS) + 1):
            for one, words in runs.items():
                took = measured(folder, *words)
                if number:  # the first round compiles modules, and does not count
                    found[one].append(took)
        size = (folder / "evidence.zip").stat().st_size / 1e6
    print(f"{MANIFESTS:,} manifests ({rounds(ROUNDS)} rounds), a pack of {size:.1f} MB")
    for one, values in found.items():
        seconds = statistics.median(taken for taken, _ in values)
        peak = max(peak for _, peak in values)
        base = statistics.median(a / b for (a, _), (b, _) in zip(values, found["check"], strict=True))
        print(f"  {one:<8} {seconds:>6.2f} s  {base:>6.2f} x  peak {peak:>6.0f} MB")
    pack, verify = found["pack"], found["verify"]
    return judged(
        [
            Limit("processor time of a pack", statistics.median(taken for taken, _ in pack), MOST_SECONDS, "s"),
            Limit("peak memory of a pack", max(peak for _, peak in pack), MOST_MEMORY, "MB"),
            Limit("peak memory of its verification", max(peak for _, peak in verify), MOST_MEMORY, "MB"),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
