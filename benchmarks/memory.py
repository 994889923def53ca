"""The most memory that a check of nine usages over five offerings holds at once, as the system counts it.

The largest peak of five processes, each after the other.
"""

from __future__ import annotations

import resource
import sys

from cold_check import CHECK, process
from timing import Limit, judged, rounds

MOST = 60.0
UNIT = 1 if sys.platform == "darwin" else 1024


def peak_after(arguments: list[str], *codes: int) -> float:
    """Run a process; the largest peak of all children so far, in MB."""
    process(arguments, *codes)()
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * UNIT / 1e6


def main() -> int:
    """Measure; 1 where the limit is exceeded."""
    nothing = peak_after([sys.executable, "-I", "-c", "pass"], 0)
    peaks = [peak_after([sys.executable, "-m", "vendorgate", *CHECK], 0, 1) for _ in range(rounds(5))]
    print(f"peak memory ({len(peaks)} runs)")
    print(f"  python -I -c pass  {nothing:>6.1f} MB\n  vendorgate check   {peaks[-1]:>6.1f} MB")
    return judged([Limit("peak memory of a check", peaks[-1], MOST, "MB")])


if __name__ == "__main__":
    sys.exit(main())
