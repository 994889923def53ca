"""Names told by numbers: those of a facet in the order in which a report shows them, other texts as they come.

In: texts. Out: numbers, and the texts by number.
"""

from __future__ import annotations

from collections.abc import Mapping

from .model import NO_TALLY, Tally


class Texts:
    """Texts by number, in the order in which they came."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {"": 0}

    def number(self, text: str | None) -> int:
        """Of a text; 0 of none."""
        return self._numbers.setdefault(text or "", len(self._numbers))

    def all(self) -> tuple[str, ...]:
        return tuple(self._numbers)


class Tallied:
    """Names with what is counted of each."""

    def __init__(self) -> None:
        self._tallies: dict[str | None, Tally] = {}

    def add(self, name: str | None, tally: Tally = NO_TALLY) -> None:
        """Count something of a name, or only say that there is one."""
        known = self._tallies.get(name)
        self._tallies[name] = tally if known is None else known.plus(tally)

    def ranked(self) -> tuple[tuple[str | None, ...], tuple[Tally, ...]]:
        """Those with most that blocks first, then those with most; who has no name after the others."""
        rows = sorted(self._tallies.items(), key=_rank)
        return tuple(name for name, _ in rows), tuple(tally for _, tally in rows)


def places(names: tuple[str | None, ...]) -> Mapping[str | None, int]:
    """Where each name stands."""
    return {name: place for place, name in enumerate(names)}


def _rank(row: tuple[str | None, Tally]) -> tuple[int, int, bool, str]:
    name, tally = row
    return -tally.blocks, -tally.total, name is None, name or ""
