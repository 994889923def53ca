"""A fleet judged by `fleet check`: seconds, memory and ratio to reading and decoding the same JSON lines.

Rows of as many subjects as asked for (10,000, 100,000 and a million), by two processes, with the policies and the
registry that ship, of the wheel as users install it. A usage is one of 400 shapes that teams copy from each other, of
which every tenth differs in its region, tier, environment or lifecycle, under an id and a purpose of its own; the
worst case draws every field by itself, so that hardly two usages are alike. Time is the processor's of all processes
together, and the clock's beside it; the peak is that of the largest process, as the system counts it; decoding is
msgspec's of each line, in one process. All that is generated is deleted.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import msgspec

from installed import installed, wheel
from timing import Limit, judged, rounds
from vendorgate.load.files import shipped
from vendorgate.model.vocabulary import DATA_CLASSES

DAY = "2026-11-24"
SHAPES, TEAMS = 400, 2_000
MOST_RATIO, MOST_MB, MOST_SECONDS = 15.0, 500.0, 30.0
UNIT = 1 if sys.platform == "darwin" else 1024
OFFERINGS = sorted(path.stem for path in Path(shipped("registry-snapshot").path, "offerings").glob("*.yaml"))
Usage = dict[str, Any]


_FEW = {
    "region": ("eu", "us", "de", "fr", "gb", "jp", "au"),
    "tier": ("free", "self_serve", "enterprise"),
    "environment": ("production", "staging", "development"),
    "lifecycle": ("ga", "ga", "preview"),
}
"""Fields with few values."""


def drawn(random: Random) -> Usage:
    """A usage of which every field is drawn by itself."""
    usage: Usage = {
        "offering": random.choice(OFFERINGS),
        "data": sorted(random.sample(sorted(DATA_CLASSES), random.choice((1, 1, 2, 3)))),
        "tier": random.choice(_FEW["tier"]),
        "environment": random.choice(_FEW["environment"]),
        "lifecycle": random.choice(_FEW["lifecycle"]),
    }
    if random.random() < 0.7:
        usage["region"] = random.choice(_FEW["region"])
    if random.random() < 0.7:
        usage["subjects"] = sorted(random.sample(("eu", "us", "gb", "ch", "jp", "br"), random.choice((1, 2))))
    if random.random() < 0.5:
        usage["settings"] = {
            name: random.random() < 0.7 for name in ("zero_data_retention", "abuse_monitoring_opt_out")
        }
    if random.random() < 0.4:
        usage["agreements"] = sorted(random.sample(("baa", "dpa", "zdr", "scc"), random.choice((1, 2))))
    return usage


def _varied(random: Random) -> Usage:
    """A field in which teams differ that do the same."""
    field = random.choice(("region", "tier", "environment", "lifecycle"))
    return {field: random.choice(_FEW[field])}


class Fleet:
    """Makes manifests, the same ones for the same seed."""

    def __init__(self, seed: int, *, worst: bool) -> None:
        self._random = Random(seed)
        self._worst = worst
        self._shapes = [drawn(self._random) for _ in range(SHAPES)]
        self._weights = [1 / (place + 1) for place in range(SHAPES)]

    def _usage(self, number: int) -> Usage:
        random = self._random
        if self._worst:
            usage = drawn(random)
        else:
            (shape,) = random.choices(self._shapes, self._weights)
            usage = {**shape, **(_varied(random) if random.random() < 0.1 else {})}
        return {"id": f"usage-{number}", "purpose": f"Purpose {random.randrange(1000)} of it", **usage}

    def rows(self, subjects: int) -> Any:
        """Rows of so many subjects, some four in a manifest."""
        number = made = 0
        while made < subjects:
            usages = [self._usage(place) for place in range(min(self._random.choice((1, 2, 4, 4, 8)), subjects - made))]
            team = self._random.randrange(TEAMS)
            manifest = {
                "version": 1,
                "project": f"project-{number}",
                "owner": f"team-{team}@acme.example",
                "usages": usages,
            }
            yield {"path": f"team-{team}/project-{number}/vendorgate.yaml", "manifest": manifest}
            number, made = number + 1, made + len(usages)


def write(path: Path, subjects: int, *, worst: bool) -> None:
    """A file of rows."""
    encode = msgspec.json.Encoder().encode
    with path.open("wb") as file:
        for row in Fleet(7, worst=worst).rows(subjects):
            file.write(encode(row) + b"\n")


MEASURE = """
import json, resource, subprocess, sys, time
start = time.perf_counter()
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
took = time.perf_counter() - start
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([code, took, used.ru_utime + used.ru_stime, used.ru_maxrss]))
"""
"""Runs a command; how it ended, seconds of the clock and of the processor, and the peak of the largest process."""


def measured(*command: str) -> tuple[float, float, float]:
    """Seconds of the clock, of all processors, and the largest peak in MB, of a command and all that it starts."""
    run = subprocess.run([sys.executable, "-c", MEASURE, *command], capture_output=True, text=True, check=True)
    code, clock, processor, peak = json.loads(run.stdout)
    if code not in (0, 1):
        raise SystemExit(f"{' '.join(command)} ended with {code}")
    return clock, processor, peak * UNIT / 1e6


DECODE = "import sys, msgspec\nd = msgspec.json.Decoder().decode\nfor line in open(sys.argv[1], 'rb'): d(line)\n"


@cache
def _installed() -> str:
    return str(installed(wheel()) / "python")


def program(format: str) -> str:
    """Python with the wheel as users install it; for rows in Parquet the checkout's, which has pyarrow beside it."""
    return sys.executable if format == "parquet" else _installed()


def check(rows: Path, jobs: int, format: str) -> tuple[float, float, float]:
    """Judge a file of rows, and take the run away."""
    out = rows.parent / "run"
    words = ("fleet", "check", str(rows), "--out", str(out), "--as-of", DAY, "--jobs", str(jobs), "--rows", format)
    judges = ("--policies", "builtin", "--registry", "builtin")
    try:
        return measured(program(format), "-m", "vendorgate", *words, *judges)
    finally:
        size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file()) / 1e6
        cases = json.loads((out / "run.json").read_text("utf-8"))["counts"]["cases"] if out.is_dir() else 0
        print(f"    {cases:,} distinct cases, {size:,.0f} MB on the disk")
        shutil.rmtree(out, ignore_errors=True)


PLAN = (
    (10_000, "none", False),
    (100_000, "none", False),
    (1_000_000, "none", False),
    (100_000, "jsonl", False),
    (10_000, "none", True),
    (50_000, "none", True),
)
"""Subjects, the format of rows, and whether it is the worst case; a million of that take half an hour and 10 GB."""


def main() -> int:
    """Measure; 1 where a limit is exceeded."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--subjects", type=int, help="of one run, in place of all")
    asked.add_argument("--rows", choices=("jsonl", "parquet", "none"), default="none")
    asked.add_argument("--worst", action="store_true", help="draw every field by itself")
    asked.add_argument("--jobs", type=int, default=2)
    given = asked.parse_args()
    plan = PLAN if rounds(9) == 9 else PLAN[:1]
    if given.subjects:
        plan = ((given.subjects, given.rows, given.worst),)
    return judged([limit for one in plan for limit in _limits(*one, jobs=given.jobs)])


def _limits(subjects: int, format: str, worst: bool, *, jobs: int) -> list[Limit]:
    with tempfile.TemporaryDirectory() as folder:
        rows = Path(folder) / "rows.jsonl"
        write(rows, subjects, worst=worst)
        return _measured(rows, subjects, jobs, format, worst=worst)


def _measured(rows: Path, subjects: int, jobs: int, format: str, *, worst: bool) -> list[Limit]:
    decoding = measured(sys.executable, "-c", DECODE, str(rows))
    clock, processor, peak = check(rows, jobs, format)
    what = f"{subjects:,} subjects, {'every field drawn by itself' if worst else 'shapes that repeat'}, rows: {format}"
    print(f"  {what} ({rows.stat().st_size / 1e6:,.0f} MB)")
    print(f"    {clock:.1f} s by the clock, {processor:.1f} s of processors, {peak:.0f} MB the largest process")
    print(f"    decoding: {decoding[0]:.1f} s by the clock, {decoding[1]:.1f} s of the processor")
    by_clock, by_processor = clock / decoding[0], processor / decoding[1]
    print(f"    {by_clock:.1f} times decoding by the clock, {by_processor:.1f} by processors")
    print(f"    {processor / subjects * 1e6:.1f} µs of processors a subject")
    found = [Limit(f"peak of the largest process, {what}", peak, MOST_MB, "MB")]
    if not worst and format == "none" and subjects >= 100_000:
        found.append(Limit(f"check to decoding, {what}", clock / decoding[0], MOST_RATIO))
    if not worst and format == "none" and subjects == 1_000_000:
        found.append(Limit(f"by the clock, {what}", clock, MOST_SECONDS, "s"))
    return found


if __name__ == "__main__":
    sys.exit(main())
