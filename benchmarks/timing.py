"""Measures alternatives interleaved, so that all of them meet the same machine, and says which limits are met.

A ratio is the median, over all rounds, of one alternative's time divided by another's in the same round. `python
benchmarks` gives a script a file to write its limits into, and may ask for fewer rounds; by itself a script prints.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

Seconds = Mapping[str, list[float]]
"""Of each alternative, the seconds that one call took, round by round."""

LIMITS, QUICK = "BENCHMARKS_LIMITS", "BENCHMARKS_QUICK"
"""Variables of the environment: the file that limits go into, a line each; and that few rounds are enough."""
FEW = 3


@dataclass(frozen=True)
class Limit:
    """A number that must not be exceeded."""

    what: str
    found: float
    limit: float
    unit: str = "x"

    @property
    def met(self) -> bool:
        return self.found <= self.limit


def rounds(usual: int) -> int:
    """How many rounds to measure: the usual number, or few where somebody only takes a look."""
    return min(usual, FEW) if os.environ.get(QUICK) else usual


def processor() -> float:
    """Seconds of the processor that this process has had, and those of its children that have ended.

    Other programs of a machine change them less than the clock's, which go on while others have the core.
    """
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def interleaved(
    alternatives: Mapping[str, Callable[[], object]],
    usual_rounds: int,
    calls: int = 1,
    clock: Callable[[], float] = time.perf_counter,
) -> Seconds:
    """Time each alternative once a round, `calls` calls at a time, after one round that does not count.

    The order is turned by one place each round, so that none always follows the same neighbour.
    """
    seconds: dict[str, list[float]] = {name: [] for name in alternatives}
    items = list(alternatives.items())
    enabled = gc.isenabled()
    gc.disable()
    try:
        for number in range(rounds(usual_rounds) + 1):
            gc.collect()
            for name, call in items:
                start = clock()
                for _ in range(calls):
                    call()
                took = (clock() - start) / calls
                if number:
                    seconds[name].append(took)
            items = items[1:] + items[:1]
    finally:
        if enabled:
            gc.enable()
    return seconds


def ratio(seconds: Seconds, one: str, other: str) -> float:
    """How many times longer one alternative takes than another."""
    return statistics.median(a / b for a, b in zip(seconds[one], seconds[other], strict=True))


def show(title: str, seconds: Seconds, base: str, unit: str = "ms") -> None:
    """A table of medians and of their ratios to one alternative."""
    factor = {"ms": 1e3, "us": 1e6}[unit]
    print(f"{title} ({len(seconds[base])} rounds)")
    for name, values in seconds.items():
        spread = statistics.quantiles(values, n=4)
        print(
            f"  {name:<44} {statistics.median(values) * factor:>9.1f} {unit}"
            f"  (middle half {spread[0] * factor:.1f} to {spread[2] * factor:.1f})"
            f"  {ratio(seconds, name, base):>6.2f} x"
        )


def judged(limits: list[Limit]) -> int:
    """Print each limit with what was found; the exit code is 1 where one is exceeded."""
    for one in limits:
        state = "met" if one.met else "NOT MET"
        print(f"{one.what}: {one.found:.2f} {one.unit}, limit {one.limit:g} {one.unit}: {state}")
    if file := os.environ.get(LIMITS):
        with Path(file).open("a", encoding="utf-8") as lines:
            lines.writelines(json.dumps(asdict(one)) + "\n" for one in limits)
    return 0 if all(one.met for one in limits) else 1
