"""`python -m tests.fuzz --kind manifests --examples 10000 --seed 1`: the fuzzers of `tests/fuzz/test_fuzz.py`, large.

What ends as it must not is told, and the file that did it is kept for `tests/malformed/`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.fuzz.kinds import KINDS, Tried, prepare, run


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--kind", choices=KINDS, action="append", help="which inputs; may be repeated (default: all)")
    parser.add_argument("--examples", type=int, default=1_000, help="how many of each kind")
    parser.add_argument("--seed", type=int, default=0, help="another seed makes other examples")
    parser.add_argument("--first", type=int, default=0, help="the number of the first example")
    parser.add_argument("--keep", type=Path, default=Path("fuzz-faults"), help="where files with faults are put")
    given = parser.parse_args()
    faults = 0
    for kind in given.kind or KINDS:
        start, codes = time.monotonic(), Counter[int]()
        with tempfile.TemporaryDirectory() as name:
            prepare(Path(name))
            for example in range(given.first, given.first + given.examples):
                tried = run(kind, example, given.seed, Path(name))
                codes[tried.ended.code] += 1
                if tried.fault is not None:
                    faults += 1
                    tell(kind, tried, given.seed, given.keep)
        ends = ", ".join(f"{count} ended with {code}" for code, count in sorted(codes.items()))
        sys.stderr.write(f"{kind}: {ends}, in {time.monotonic() - start:.0f} seconds\n")
    sys.stderr.write(f"{faults} faults\n")
    return 1 if faults else 0


def tell(kind: str, tried: Tried, seed: int, keep: Path) -> None:
    kept = keep / f"{kind}-{seed}-{tried.example}" / tried.file
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(tried.data)
    said = tried.ended.stderr.strip()[-300:]
    where = f"{kind} --seed {seed} --first {tried.example}"
    sys.stdout.write(f"{where}: {tried.fault}: {' '.join(tried.command)}\n  {kept}\n  {said}\n")


if __name__ == "__main__":
    sys.exit(main())
