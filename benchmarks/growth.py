"""What an organization may have many of: twice as many take at most 2.6 times the time and the memory.

For each thing and command three processes: with N of it, with N/2, and with one, whose time and memory are taken off
the others'. Processor time, the least of three rounds; the peak as the system counts it. What twice as many hardly add
(less than 0.1 s, or 8 MB) has no ratio. N is 10,000, or as many as the contract lets a file or a rule hold, or fewer
where it says so. Of each thing the command with the largest ratio is held against the limit. Worlds are generated, as
JSON, in a folder of their own; `growth.py waivers` tries those things alone whose names have that in them.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from growing_worlds import GROWTHS, WORLD, Growth
from timing import Limit, judged, rounds

MOST = 2.6
LEAST_SECONDS, LEAST_MEGABYTES = 0.1, 8.0
"""What twice as many must add at least, so that a ratio says something."""
UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True)
class Cost:
    """What a process took."""

    seconds: float
    """Of the processor, the least of the rounds."""
    megabytes: float


def cost(arguments: tuple[str, ...], folder: Path, times: int) -> Cost:
    """Run a command some times."""
    found = [_run(arguments, folder) for _ in range(times)]
    return Cost(min(one.seconds for one in found), max(one.megabytes for one in found))


def _run(arguments: tuple[str, ...], folder: Path) -> Cost:
    output = folder / "output.txt"
    child = os.fork()
    if not child:
        os.chdir(folder)
        with output.open("w", encoding="utf-8") as file:
            os.dup2(file.fileno(), 1)
            os.dup2(file.fileno(), 2)
        os.execv(sys.executable, [sys.executable, "-m", "vendorgate", *arguments])
    _, status, used = os.wait4(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, 1):
        raise RuntimeError(f"{' '.join(arguments)} ended with {code}: {output.read_text(encoding='utf-8')[:2_000]}")
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss * UNIT / 1e6)


def world(growth: Growth, count: int, folder: Path) -> Path:
    """A world with so many of a thing."""
    for name, value in {**WORLD, **growth.files(count)}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(value), encoding="utf-8")
    return folder


def grown(growth: Growth, most: int) -> list[Limit]:
    """Measure one thing with each of its commands; of those the largest ratios."""
    count = min(growth.most, most)
    ratios: dict[str, list[tuple[float, str]]] = {"time": [], "memory": []}
    above = Path(tempfile.mkdtemp())
    try:
        folders = [world(growth, each, above / str(each)) for each in (1, count // 2, count)]
        for name, arguments in growth.commands.items():
            none, half, whole = (cost(arguments, folder, rounds(3)) for folder in folders)
            found = {
                "time": _ratio(half.seconds - none.seconds, whole.seconds - none.seconds, LEAST_SECONDS),
                "memory": _ratio(half.megabytes - none.megabytes, whole.megabytes - none.megabytes, LEAST_MEGABYTES),
            }
            told = "  ".join(f"{one:4.2f} x" if one is not None else "     -" for one in found.values())
            took = f"{whole.seconds:>7.2f} s  {whole.megabytes:>6.0f} MB"
            print(f"  {growth.what:<52} {name:<17} {count:>6}  {took}  {told}", flush=True)
            for what, one in found.items():
                ratios[what] += [] if one is None else [(one, name)]
    finally:
        shutil.rmtree(above)
    largest = {what: max(each) for what, each in ratios.items() if each}
    return [
        Limit(f"{growth.what}, {count:,} to {count // 2:,}: {what} of {name}", one, MOST)
        for what, (one, name) in largest.items()
    ]


def _ratio(half: float, whole: float, least: float) -> float | None:
    return whole / half if half > 0 and whole - half > least else None


def main() -> int:
    """Measure; 1 where a limit is exceeded."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=10_000, help="the largest N")
    parser.add_argument("things", nargs="*", help="parts of names of things; none: all")
    asked = parser.parse_args()
    print(f"  {'what':<52} {'command':<17} {'N':>6}  {'time':>9}  {'memory':>9}  to half: time, memory")
    chosen = [one for one in GROWTHS if not asked.things or any(part in one.what for part in asked.things)]
    return judged([limit for one in chosen for limit in grown(one, asked.most)])


if __name__ == "__main__":
    sys.exit(main())
