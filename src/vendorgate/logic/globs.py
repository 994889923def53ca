"""Which of many things a text names, where each thing has globs: found without asking each of them.

In: the globs of things, in their order; texts. Out: a bit for each thing, the first one's the lowest, so that what
several texts name together is the `&` of theirs. `matches_glob` says what fits; most globs are not asked, because what
a glob begins or ends with is looked up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, Generic, TypeVar

from .functions import is_glob, matches_glob

_REMEMBERED: Final = 16_384
"""Texts, after which all are forgotten, so that a run over millions keeps no more."""
_MANY: Final = 32
"""Globs, from which on they are looked up; of fewer each is asked."""
_VERY_MANY: Final = 512
"""Globs, from which on it takes longer to look through them for a name than to look it up."""


class Globs:
    """The globs of things; one without any is named by nothing."""

    __slots__ = ("_all", "_beginning", "_ending", "_found", "_places")

    def __init__(self, things: Iterable[Iterable[str]]) -> None:
        self._places: dict[str, list[int]] = {}
        """Of each glob, or name, the things that have it."""
        for place, globs in enumerate(things):
            for glob in globs:
                self._places.setdefault(glob, []).append(place)
        self._all = bits(self._places.get("*", ()))
        self._beginning: dict[int, dict[str, list[str]]] = {}
        """Globs by how many plain characters they begin with, and by those."""
        self._ending: dict[int, dict[str, list[str]]] = {}
        """The same of those that end with more of them."""
        for glob in self._places:
            if glob != "*" and is_glob(glob):
                self._file(glob)
        self._found: dict[str, int] = {}

    def _file(self, glob: str) -> None:
        first = glob.partition("*")[0].partition("?")[0]
        last = glob.rpartition("*")[2].rpartition("?")[2]
        by_length, part = (self._beginning, first) if len(first) >= len(last) else (self._ending, last)
        by_length.setdefault(len(part), {}).setdefault(part, []).append(glob)

    def naming(self, text: str) -> int:
        """The things of which any glob fits a text."""
        found = self._found.get(text)
        if found is None:
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            found = self._found[text] = self._all | bits(
                place for glob in self._fitting(text) for place in self._places[glob]
            )
        return found

    def _fitting(self, text: str) -> Iterator[str]:
        """Every name and glob that fits, but for `*`."""
        if text in self._places and not is_glob(text):
            yield text
        for glob in self._possible(text):
            if matches_glob(text, glob):
                yield glob

    def _possible(self, text: str) -> Iterator[str]:
        """The globs that begin or end as a text does."""
        for length, globs in self._beginning.items():
            yield from globs.get(text[:length], ())
        for length, globs in self._ending.items():
            yield from globs.get(text[-length:], ())


def bits(places: Iterable[int]) -> int:
    """Places as bits of one number."""
    held = bytearray()
    for place in places:
        at = place >> 3
        if at >= len(held):
            held.extend(bytes(at + 1 - len(held)))
        held[at] |= 1 << (place & 7)
    return int.from_bytes(held, "little")


def places(bits: int) -> Iterator[int]:
    """The places of the bits that are set, from the lowest."""
    if bits:
        digits = f"{bits:b}"[::-1]
        at = digits.find("1")
        while at >= 0:
            yield at
            at = digits.find("1", at + 1)


Kept = TypeVar("Kept")


class SameObject(Generic[Kept]):
    """Something that is the same where it is the same object: to compare what it says would take as long as it is."""

    __slots__ = ("value",)

    def __init__(self, value: Kept) -> None:
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SameObject) and other.value is self.value


class _Listed:
    """Many globs, which are filed only where somebody asks for a name that is none of them: most that are asked are."""

    __slots__ = ("_found", "_globs", "_listed")

    def __init__(self, listed: tuple[str, ...]) -> None:
        self._listed = listed
        self._globs: Globs | None = None
        self._found: dict[str, bool] = {}

    def has(self, name: str) -> bool:
        """Whether any of them fits a name."""
        found = self._found.get(name)
        if found is None:
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            found = self._found[name] = self._is_listed(name) or self._filed().naming(name) != 0
        return found

    def _is_listed(self, name: str) -> bool:
        return len(self._listed) < _VERY_MANY and name in self._listed  # every glob fits itself, too

    def _filed(self) -> Globs:
        if self._globs is None:
            self._globs = Globs((self._listed,))
        return self._globs


def names_any(name: str, globs: tuple[str, ...]) -> bool:
    """Whether a name is among what globs name; remembered, since every cell and every way out asks it anew."""
    if not globs:
        return False
    return _asked(name, globs) if len(globs) < _MANY else _listed(SameObject(globs)).has(name)


@lru_cache(maxsize=4096)
def _asked(name: str, globs: tuple[str, ...]) -> bool:
    return any(matches_glob(name, glob) for glob in globs)


@lru_cache(maxsize=64)
def _listed(globs: SameObject[tuple[str, ...]]) -> _Listed:
    return _Listed(globs.value)
