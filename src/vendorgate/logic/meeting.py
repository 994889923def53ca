"""Whether any text fits two globs at once.

In: two globs. Out: yes or no. Takes one step for each character of the one, on a bit for each of the other.
"""

from __future__ import annotations

import re


def meets(one: str, other: str) -> bool:
    """Whether a text fits both."""
    wanted = re.sub(r"\*+", "*", other)
    places = _places(wanted)
    runs, single = places.get("*", 0), places.get("?", 0)
    anything = (1 << len(wanted)) - 1 & ~runs
    reached = _onward(1, runs)
    """The places of the other to which texts lead that fit the one so far."""
    for character in one:
        if character == "*":
            lowest = reached & -reached
            reached = (1 << len(wanted) + 1) - lowest
            continue
        fitting = anything if character == "?" else single | places.get(character, 0)
        reached = _onward((reached & fitting) << 1 | reached & runs, runs)
        if not reached:
            return False
    return bool(reached >> len(wanted))


def _places(glob: str) -> dict[str, int]:
    """Where each character stands: a bit for each place."""
    found: dict[str, int] = {}
    for place, character in enumerate(glob):
        found[character] = found.get(character, 0) | 1 << place
    return found


def _onward(reached: int, runs: int) -> int:
    """Places, and those behind a `*` that stands for nothing."""
    return reached | (reached & runs) << 1
