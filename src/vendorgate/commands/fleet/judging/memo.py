"""Answers that are kept while there is room: of two generations the older one goes when the younger one is full.

In: keys and what they stand for. Out: what a key stands for, if it is still known.
"""

from __future__ import annotations

from typing import Generic, TypeVar

Key = TypeVar("Key")
Kept = TypeVar("Kept")


class Memo(Generic[Key, Kept]):
    """At most twice `most` answers; one that is asked for again stays."""

    __slots__ = ("_most", "_old", "_young")

    def __init__(self, most: int) -> None:
        self._most = most
        self._young: dict[Key, Kept] = {}
        self._old: dict[Key, Kept] = {}

    def get(self, key: Key) -> Kept | None:
        """What a key stands for; None where it is not known, or no longer."""
        found = self._young.get(key)
        if found is None:
            found = self._old.get(key)
            if found is not None:
                self.keep(key, found)
        return found

    def keep(self, key: Key, found: Kept) -> Kept:
        """Remember what a key stands for."""
        if len(self._young) >= self._most:
            self._old, self._young = self._young, {}
        self._young[key] = found
        return found

    def __len__(self) -> int:
        return len(self._young) + len(self._old)
