"""Measures alternatives interleaved, so that all of them meet the same machine, and says which limits are met.

A ratio is the median, over all rounds, of one alternative's time divided by another's in the same round.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

Seconds = Mapping[str, list[float]]
"""Of each alternative, the seconds that one call took, round by round."""


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


def interleaved(alternatives: Mapping[str, Callable[[], object]], rounds: int, calls: int = 1) -> Seconds:
    """Time each alternative once a round, `calls` calls at a time, after one round that does not count.

    The order is turned by one place each round, so that none always follows the same neighbour.
    """
    seconds: dict[str, list[float]] = {name: [] for name in alternatives}
    items = list(alternatives.items())
    enabled = gc.isenabled()
    gc.disable()
    try:
        for number in range(rounds + 1):
            gc.collect()
            for name, call in items:
                start = time.perf_counter()
                for _ in range(calls):
                    call()
                took = (time.perf_counter() - start) / calls
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
    rounds = len(seconds[base])
    print(f"{title} ({rounds} rounds)")
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
    return 0 if all(one.met for one in limits) else 1
