"""Whether two globs can mean the same project.

In: globs. Out: whether some slug matches both. Projects of manifests that nobody has given may exist, so that trying
the known ones would not be enough.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final, Literal

from ...logic.functions import is_glob, matches_glob

_ENDS: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
"""What a slug begins and ends with."""
_INSIDE: Final = _ENDS | frozenset("._-")
_MOST: Final = 250_000
"""Pairs of places that are tried; globs so long that it takes more are taken to meet."""
_WILD: Final = ("a", "-")
"""One character of each class, where both globs leave the choice."""
LastCharacter = Literal["", "a", "-"]
"""The class of the last character: none yet, one that may end a slug, one that may not."""
Positions = tuple[int, int, LastCharacter]
"""How far either glob has been read, and what came last."""


@lru_cache(maxsize=65_536)
def meet(one: str, other: str) -> bool:
    """Whether some slug matches both globs."""
    for plain, glob in ((one, other), (other, one)):
        if not is_glob(plain):
            return _is_slug(plain) and matches_glob(plain, glob)
    seen: set[Positions] = set()
    waiting: list[Positions] = [(0, 0, "")]
    while waiting and len(seen) < _MOST:
        place = waiting.pop()
        if place == (len(one), len(other), "a"):
            return True
        fresh = [step for step in _steps(one, other, place) if step not in seen]
        seen.update(fresh)
        waiting.extend(fresh)
    return bool(waiting)


def _is_slug(text: str) -> bool:
    return bool(text) and text[0] in _ENDS and text[-1] in _ENDS and _INSIDE.issuperset(text)


def _steps(one: str, other: str, place: Positions) -> Iterator[Positions]:
    """The places that one character more, or the end of a `*`, leads to."""
    left, right, last = place
    first, second = one[left : left + 1], other[right : right + 1]
    if first == "*":
        yield left + 1, right, last
    if second == "*":
        yield left, right + 1, last
    if first and second:
        allowed = _INSIDE if last else _ENDS
        for character in _common(first, second):
            if character in allowed:
                yield left + (first != "*"), right + (second != "*"), "a" if character in _ENDS else "-"


def _common(first: str, second: str) -> tuple[str, ...]:
    """Characters, one of each class, that both globs take at a place."""
    wild = ("*", "?")
    if first in wild:
        return _WILD if second in wild else (second,)
    return (first,) if second in wild or first == second else ()
